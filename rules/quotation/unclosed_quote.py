"""QUO001: a paragraph with an odd number of double quotation marks, and which of them lost its partner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from linter.analysis import Analysis, Line, ends_in_stop
from linter.model import Hit

_INCHES = re.compile(r"[\d½¼¾⅛⅜⅝⅞'′]\"|''|``")  # and two single marks for a double one
_OPENS_AFTER = frozenset(" \t([{-–—'‘«/>*_…,:;")
_NAME = r"(?-i:[A-Z])[\w.'-]+"
_SPEAKERS = rf"(?:he|she|they|it|{_NAME}(?: {_NAME}){{0,3}}|(?:the|his|her|a|an|one|its|their) [\w' -]{{3,40}}?)"
_SAY = r"(?:said|says|told|added|adds|explained|insisted|wrote|argued|recalled|admitted|warned|complained|joked|noted)"
_CREDIT = re.compile(  # what stands behind a closing mark: ", he said." ", said Lyle, a nurse."
    rf",[’']? (?:{_SPEAKERS} {_SAY}"
    r"(?=[.,;:]|$| (?:on|in|at|to|of|after|during|yesterday|today|reporters|journalists)\b)"
    rf"|{_SAY} {_SPEAKERS}(?=[.,;:]|$))",
    re.IGNORECASE,
)
_RESUMED = re.compile(  # '," he said. "'
    rf"[,.?!…]\"\s+(?:{_SAY}\s[^\"]{{3,120}}|[^\"]{{2,80}}\s{_SAY}\b[^\"]{{0,80}})[.:]\s+\"\Z"
)
_LEADING = frozenset("when if as after and but so then before because".split())
_FORMS = ("paragraph", "caption", "quotation")
_LONGEST = 300  # characters of a quotation whose end is surely lost
_LEAST = 25  # characters of a paragraph whose marks count
_NEAR = 8  # lines in which a quotation that runs on is closed


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield spans from an open mark: `attribution`, `end` or `open`; or up to a closing one: `closing`."""
    plain = analysis.plain
    if '"' not in plain:
        return
    count = plain.count
    odd = [line for line in analysis.lines if count('"', line.start, line.end) & 1]
    if not odd or len(odd) > options["most"]:
        return
    for line in odd:
        if _LEAST <= line.end - line.start <= options["longest"] and analysis.form(line) in (
            "paragraph",
            "caption",
            "quotation",
        ):
            yield from _judge(analysis, line)


def _judge(analysis: Analysis, line: Line) -> Iterator[Hit]:
    plain, text = analysis.plain, analysis.text
    if _INCHES.search(plain, line.start, line.end):
        return
    opened = -1  # the mark that waits for its partner
    at = plain.find('"', line.start, line.end)
    while at >= 0:
        opens = _opens(plain, text, at, line)
        if opens and opened >= 0:
            yield from _before_next(plain, opened, at)
            return
        if opens is None:
            opens = opened < 0
        if not opens and opened < 0:
            if not _runs_on(analysis, line, closing=True):
                yield Hit(analysis.sentence_at(at).start, at + 1, ("closing",))
            return
        opened = at if opens else -1
        at = plain.find('"', at + 1, line.end)
    if opened < 0 or _runs_on(analysis, line, closing=False):
        return
    credit = _CREDIT.search(plain, opened + 8, line.end)
    if credit and credit.end() - opened <= _LONGEST and not _is_spoken(plain, opened, credit.start()):
        yield Hit(opened, credit.end(), ("attribution",))
    elif ends_in_stop(text, line.start, line.end) and line.end - opened > 12:
        short = line.end - opened <= _LONGEST
        sure = short and (_RESUMED.search(plain, line.start, opened + 1) or _is_last(analysis, line))
        yield Hit(opened, line.end, ("end",) if sure else ("open",))


def _before_next(plain: str, opened: int, at: int) -> Iterator[Hit]:
    """Two opening marks in a row: the first quotation has lost its end where a credit stands between them."""
    credit = _CREDIT.search(plain, opened + 8, at)
    if credit and credit.end() - opened <= _LONGEST and not _is_spoken(plain, opened, credit.start()):
        yield Hit(opened, credit.end(), ("attribution",))
    elif not ends_in_stop(plain, opened, at - 1):  # else the next paragraph of the quotation, on the same line
        yield Hit(opened, at, ("open",))


def _is_spoken(plain: str, opened: int, credit: int) -> bool:
    """Does a sentence or a clause of the speaker's lead to the credit? 'When I came in, he said hello.'"""
    clause = plain[max(plain.rfind(mark, opened, credit) for mark in '.?!"') + 1 : credit].split()
    return bool(clause) and clause[0].lower() in (
        "when",
        "if",
        "as",
        "after",
        "and",
        "but",
        "so",
        "then",
        "before",
        "because",
    )


def _opens(plain: str, text: str, at: int, line: Line) -> bool | None:
    """Does the mark at an offset open a quotation? None: it might do either."""
    mark = text[at]
    if mark == "“":
        return True
    if mark == "”":  # in Swedish it opens, too
        swedish = plain[at - 1 : at].isspace() and plain[at + 1 : at + 2].isalnum() and at > line.start
        return None if swedish else False
    if mark == "„":
        return True
    before = plain[at - 1] if at > line.start else " "
    after = plain[at + 1] if at + 1 < line.end else " "
    opens, closes = before in _OPENS_AFTER, not (after.isalnum() or after in "'$£€“‘[(")
    if before.isspace() != after.isspace():
        return before.isspace()
    return opens if opens != closes else None


def _runs_on(analysis: Analysis, line: Line, *, closing: bool) -> bool:
    """Is the quotation continued in the next paragraph, or does it come from the ones before?"""
    lines, plain, text = analysis.lines, analysis.plain, analysis.text
    if closing:
        for before in reversed(lines[max(line.index - _NEAR, 0) : line.index]):
            if plain.count('"', before.start, before.end) & 1:
                return True
        return plain[line.start] == '"'
    after = lines[line.index + 1] if line.index + 1 < len(lines) else None
    if after is None:
        return False
    if plain[after.start] == '"' or text[after.start] in "«'‘":
        return True
    for other in lines[line.index + 1 : line.index + 1 + _NEAR]:
        marks = plain.count('"', other.start, other.end)
        if marks & 1:
            return _opens(plain, text, plain.find('"', other.start, other.end), other) is not True
    return False


def _is_last(analysis: Analysis, line: Line) -> bool:
    """Does nothing follow but credits, tags and footers?"""
    return not any(analysis.is_prose(other) for other in islice(analysis.lines, line.index + 1, None))
