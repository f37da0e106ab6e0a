"""SEO004: clickbait phrases in the title, the headline, and short lines that are headlines of other stories."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis, Line, unify_typography
from linter.kinds import PhraseHit
from linter.lexicon import shipped_lexicon
from linter.model import Hit

_MOST, _LEAST = 22, 4  # words of a line that can be a headline
_SENTENCE_MOST = 7  # words of a line that ends in a full stop: "You won't believe this one."
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
# Words that are clickbait only as a cry; in the line of a report they are verbs like others.
_CRIES = re.compile(
    r"(?:shocking|bombshell|exposed|busted|owned|insane|unbelievable|omg|wow|шок)\b\s*[!:…—-]"
    r"|^\W*(?:shocking|bombshell|exposed|busted|omg|wow|unbelievable|шок)\b"
)


_Phrase = tuple[int, int, str]  # start, end, section


def find(analysis: Analysis, options: Mapping[str, Any], phrases: Iterable[PhraseHit]) -> Iterator[Hit]:
    """Yield the phrase, once for each title or line."""
    title = analysis.article.title or ""
    if title and not _phrases().keys().isdisjoint(_WORD.findall(title := unify_typography(title).lower())):
        found = sorted(_in_title(title))
        yield from (Hit(*span, ("title",), field="title") for span in _bait(title, found, strict=False))
    by_line: dict[int, list[_Phrase]] = defaultdict(list)
    for start, end, number in sorted(phrases):
        line = analysis.line_at(start)
        section = shipped_lexicon("clickbait-phrases.txt")[number].tag or ""
        by_line[line.index].append((start - line.start, end - line.start, section))
    for index, found in by_line.items():
        line = analysis.lines[index]
        length = line.end - line.start
        if length < 16 or (length > 160 and line.index) or length > 240 or not _is_headline(analysis, line):
            continue
        for first, last in _bait(analysis.folded[line.start : line.end], found, strict=line.index > 0):
            yield Hit(line.start + first, line.start + last, ("line",) if line.index else ())


def _is_headline(analysis: Analysis, line: Line) -> bool:
    words = len(analysis.line_tokens[line.index])
    if words < _LEAST or words > (_MOST if line.index else 2 * _MOST):
        return False
    if words <= _SENTENCE_MOST:
        return True
    text = analysis.folded
    if text[line.end - 1] in "\"')»":
        return not text[line.start : line.end].rstrip("\"')»").endswith(".")
    return text[line.end - 1] != "." or text.endswith("...", line.start, line.end)


def _bait(text: str, found: list[_Phrase], *, strict: bool) -> Iterator[tuple[int, int]]:
    """Those of the phrases of a title or line that are bait; those that overlap are one."""
    quotes = [match.span() for match in _QUOTED.finditer(text)] if found else []
    start = end = -1
    for first, last, section in found:
        if any(one < first and last < other for one, other in quotes) or (strict and section == "title"):
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


def _in_title(text: str) -> Iterator[_Phrase]:
    """Every phrase of a title, at word boundaries; those of the text have been found."""
    phrases = _phrases()
    for word in {word for word in _WORD.findall(text) if word in phrases}:
        for phrase, section in phrases[word]:
            start = text.find(phrase)
            while start >= 0:
                end = start + len(phrase)
                before, after = text[start - 1 : start], text[end : end + 1]
                if not (before.isalnum() and phrase[0].isalnum()) and not (after.isalnum() and phrase[-1].isalnum()):
                    yield start, end, section
                start = text.find(phrase, end)


@cache
def _phrases() -> dict[str, list[tuple[str, str]]]:
    """The phrases with their sections, by their longest word."""
    phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in shipped_lexicon("clickbait-phrases.txt"):
        phrases[max(_WORD.findall(entry.phrase), key=len)].append((entry.phrase, entry.tag or ""))
    return dict(phrases)
