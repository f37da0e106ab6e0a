"""SEO004: clickbait phrases in the title, the headline, and short lines that are headlines of other stories."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs

from linter.analysis import Analysis, Line, unify_typography
from linter.kinds import Context
from linter.lexicon import read_lexicon
from linter.model import Hit

_MOST, _LEAST = 22, 4  # words of a line that can be a headline
_SENTENCE_MOST = 7  # words of a line that ends in a full stop: "You won't believe this one."
_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
# Words that are clickbait only as a cry; in the line of a report they are verbs like others.
_CRIES = re.compile(
    r"(?:shocking|bombshell|exposed|busted|owned|insane|unbelievable|omg|wow|шок)\b\s*[!:…—-]"
    r"|^\W*(?:shocking|bombshell|exposed|busted|omg|wow|unbelievable|шок)\b"
)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the phrase, once for each title or line."""
    title = analysis.article.title or ""
    if title:
        yield from (Hit(*s, ("title",), field="title") for s in _bait(unify_typography(title).lower(), strict=False))
    for line in analysis.lines:
        length = line.end - line.start
        if length < 16 or (length > 160 and line.index) or length > 240 or not _is_headline(analysis, line):
            continue
        for first, last in _bait(analysis.folded[line.start : line.end], strict=line.index > 0):
            yield Hit(line.start + first, line.start + last, ("line",) if line.index else ())


def _is_headline(analysis: Analysis, line: Line) -> bool:
    words = len(analysis.line_words(line))
    if words < _LEAST or words > (_MOST if line.index else 2 * _MOST):
        return False
    text = analysis.folded[line.start : line.end]
    ends = text.rstrip("\"')»").endswith(".") and not text.endswith("...")
    return not ends or words <= _SENTENCE_MOST


def _bait(text: str, *, strict: bool) -> Iterator[tuple[int, int]]:
    """The phrases of a title or line; those that overlap are one."""
    automaton, sections = _phrases()
    quotes = [match.span() for match in _QUOTED.finditer(text)] if '"' in text or "'" in text else []
    start = end = -1
    for number, first, last in sorted(automaton.find_matches_as_indexes(text, overlapping=True), key=lambda m: m[1:]):
        inside = (first and text[first - 1].isalnum() and text[first].isalnum()) or (
            last < len(text) and text[last].isalnum() and text[last - 1].isalnum()
        )
        section = sections[number]
        if inside or any(one < first and last < other for one, other in quotes) or (strict and section == "title"):
            continue
        if section == "cry" and (strict or not _CRIES.search(text)):
            continue
        if first < end:
            end = max(end, last)
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


@cache
def _phrases() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    entries = read_lexicon("clickbait-phrases.txt", Context(folder=Path(__file__).parent, builtin=True))
    return ahocorasick_rs.AhoCorasick([e.phrase for e in entries]), [e.tag or "" for e in entries]
