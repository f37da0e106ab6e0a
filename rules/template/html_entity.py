"""TPL007: character references of HTML that were left in the text, also those that lost a sign on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.entities import html5
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_OPEN_NAMES = "nbsp|rsquo|lsquo|rdquo|ldquo|ndash|mdash|hellip|quot|apos|amp"  # written without a semicolon as well
_REFERENCE = re.compile(
    rf"&(?:(?P<name>[A-Za-z][A-Za-z0-9]{{1,24}});|#(?P<number>\d{{2,6}}|[xX][0-9a-fA-F]{{2,5}});?"
    rf"|(?P<open>nbsp|(?:{_OPEN_NAMES})(?![\w=]))"
    # blanks that a translation or a tokeniser put in
    rf"| ?# ?(?P<loose>\d{{2,5}}) ?;| (?P<loosename>{_OPEN_NAMES}|lt|gt|eacute);|(?P<wide>{_OPEN_NAMES}) ;)"
)
_BARE = re.compile(  # an ampersand that a cleaning step took away
    r"(?<![\w&;#])(?P<bare>nbsp|rsquo|lsquo|rdquo|ldquo|ndash|mdash|hellip|quot|apos);"
    r"|(?<![\w&#=/])#(?P<barenumber>8[012]\d\d|0?39|038|160);"
)
_BARE_CUE = re.compile(  # the semicolon comes first: a search for it is quick
    r";(?:(?<=nbsp;)|(?<=quo;)|(?<=dash;)|(?<=hellip;)|(?<=quot;)|(?<=apos;)|(?<=#\d\d;)|(?<=#\d{3};)|(?<=#\d{4};))"
)
_LETTER = re.compile(r"[^\W\d_]")
_URL = re.compile(r"(?:https?://|www\.)\S*\Z")
_DOUBLED = re.compile(r"(?:amp;)*#?\w{2,10};")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield each reference, with the character that it stands for."""
    text = analysis.text
    for match in _references(text):
        char = _meaning(match)
        if char is None or (char == "&" and _DOUBLED.match(text, match.end())):
            continue  # no reference; or one encoded twice, which is another defect
        if match.lastgroup in ("bare", "barenumber", "loose") and char.isalnum():
            continue
        tag = "letter" if _LETTER.fullmatch(char) else "sign"
        if char == "&" and _URL.search(text, max(0, match.start() - 300), match.start()):
            tag = "address"
        yield Hit(match.start(), match.end(), (tag,), suggestion=" " if char == "\xa0" else char, values={"char": char})


def _references(text: str) -> list[re.Match[str]]:
    """The references in order, also those without their ampersand."""
    found = list(_REFERENCE.finditer(text))
    if _BARE_CUE.search(text):
        taken = {match.end() for match in found}
        found += (match for match in _BARE.finditer(text) if match.end() not in taken)
        found.sort(key=lambda match: match.start())
    return found


def _meaning(match: re.Match[str]) -> str | None:
    """The character that a reference stands for; None where there is none."""
    kind = match.lastgroup
    value = match[kind] if kind else ""
    if kind == "name":
        return html5.get(f"{value};") or html5.get(f"{value.lower()};")
    if kind in ("number", "loose", "barenumber"):
        char = unescape(f"&#{value};")
        return None if char.startswith("&") or not char or char == "\ufffd" else char
    return html5.get(f"{value};")
