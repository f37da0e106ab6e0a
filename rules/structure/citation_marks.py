"""STR003: marks of notes that were left behind: "[12]", "[edit]", "[citation needed]", superscript figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_LABEL = re.compile(
    r"\[ ?(?:edit(?: source)?|citation needed|clarification needed|better source needed|original research\??"
    r"|verification needed|failed verification|dubious(?: [-–—] discuss)?|dead link|full citation needed"
    r"|page needed|non-primary source needed|according to whom\?|by whom\?|who\?|when\?|note \d{1,2}|nb \d{1,2}) ?\]"
)
_NUMBERED = re.compile(r"\[\d{1,3}(?:(?:, ?|[-–])\d{1,3})*\](?:(?:, ?)?\[\d{1,3}\])*")
# After three letters or more, so that "km²", "CO²" and "mc²" are none.
_RAISED = re.compile(r"(?<=[^\W\d_]{3})[.,;:!?]?[\"'”’)]?[¹²³⁰⁴-⁹]+(?:[,⁻–][¹²³⁰⁴-⁹]+)*(?![\w⁻])")
_UNITS = frozenset(
    "metres meters feet yards miles inches hectares acres dynes quadrat chi kilometres kilometers".split()
)
# A superscript that came as a plain figure: "in the hull.3 The engine"
_FLAT = re.compile(r"(?<=[a-z]{4})[.,;]([\"'”’)]?)(\d{1,2})(?= [A-Z][a-z]|\s*\n|\s*\Z)")
_NOTE = re.compile(r"\[?\^?\d{1,3}(?:\]|\.|\)|:|\s+(?=[A-Z\"“‘]))|\^|[¹²³⁰⁴-⁹*†‡]")
_NOTES = re.compile(
    r"(?:end|foot)?notes|references|sources|bibliography|literature|citations|works cited|further reading"
)
_PARAGRAPH = re.compile(r"\b(?:at|paras?\.?|paragraphs?|and|to|see|in|from|section|chapter) \Z")
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+\Z")
_ABOUT = "wikipedia"


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield labels wherever they stand, and numbers where the notes they lead to are missing."""
    folded = analysis.folded
    if "[" in folded and folded.count(_ABOUT) < 2:
        page = analysis.article.page
        links = [link.start for link in page.links] if page else []
        for match in _LABEL.finditer(folded):
            # On the encyclopedia's own page the words of the label are a link.
            if not any(match.start() <= start < match.end() for start in links):
                yield Hit(*match.span(), ("label",))
    numbers = [*_numbered(analysis), *_raised(analysis), *_flat(analysis)]
    if numbers and not _has_notes(analysis, numbers[0].start):
        yield from sorted(numbers, key=lambda hit: hit.start)


def _numbered(analysis: Analysis) -> list[Hit]:
    """Numbers in brackets behind a stop or quotation mark; behind a word or a blank only where there are several."""
    text = analysis.text
    sure: list[Hit] = []
    likely: list[Hit] = []
    for match in _NUMBERED.finditer(text) if "[" in text else ():
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if _PARAGRAPH.search(text, max(start - 12, 0), start):
            continue
        if not before or before in "([{=<>+*/_\n–-" or after.isalnum() or (after and after in "([=_/"):
            continue  # the number of an element, the head of a note
        hit = Hit(start, end, ("number",))
        (sure if before in ".,;:!?\"'”’)%" else likely).append(hit)
    # After a word or a blank it may be a paragraph of a judgment: notes count from one, and up.
    firsts = [int(_FIGURES.findall(text[hit.start : hit.end])[0]) for hit in likely]
    counted = len(set(firsts)) > 1 and firsts[0] <= 3 and firsts == sorted(firsts)
    return sure + likely if counted or (sure and len(likely) < 3) else sure


def _raised(analysis: Analysis) -> list[Hit]:
    """Superscript figures behind words that are no units."""
    text = analysis.text
    if text.isascii():
        return []
    found = []
    for match in _RAISED.finditer(text):
        word = _WORD.search(text, max(match.start() - 24, 0), match.start())
        if not word or word.group().lower() not in _UNITS:
            skip = len(match.group()) - len(match.group().lstrip(".,;:!?\"'”’)"))
            found.append(Hit(match.start() + skip, match.end(), ("raised",)))
    return found


def _flat(analysis: Analysis) -> list[Hit]:
    """Plain figures behind full stops, two or more of them in order: a single one is a slip of another kind."""
    matches = list(_FLAT.finditer(analysis.text))
    numbers = [int(match[2]) for match in matches]
    if len(numbers) < 2 or numbers[0] > 3 or any(not 0 < b - a < 4 for a, b in pairwise(numbers)):
        return []
    return [Hit(match.start(2), match.end(2), ("flat",)) for match in matches]


def _has_notes(analysis: Analysis, first: int) -> bool:
    """Does a line after the first number begin like a note, or does a heading say that notes follow?"""
    text, folded = analysis.text, analysis.folded
    for line in analysis.lines[analysis.line_at(first).index + 1 :]:
        if _NOTE.match(text, line.start, line.end) or _NOTES.match(folded, line.start, min(line.end, line.start + 30)):
            return True
    return False
