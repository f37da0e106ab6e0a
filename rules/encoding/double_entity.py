"""ENC008: character references of HTML that were encoded twice or more often."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_CHAIN = re.compile(
    r"&(?:amp;)+(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,10});|&(?:amp;){2,}|&#0?38;#?\w{2,8};"
)
_URL = re.compile(r"(?:https?://|www\.)\S*\Z")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield each chain, with the character that it was made from."""
    text = analysis.text
    for match in _CHAIN.finditer(text):
        plain = match.group()
        for _ in range(8):
            once = unescape(plain)
            if once == plain:
                break
            plain = once
        if len(plain) > 2 or _URL.search(text, max(0, match.start() - 300), match.start()):
            continue  # no such reference
        yield Hit(match.start(), match.end(), suggestion=" " if plain == "\xa0" else plain, values={"plain": plain})
