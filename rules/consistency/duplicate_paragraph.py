"""SEM006: a paragraph that stands in the article twice, word by word or nearly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis, Line
from linter.model import Hit
from linter.words import fold_words

_EDGE = 8  # words: what is no copy from its beginning or to its end is not compared
_GRAM = 5


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield later copies: `exact`, or `near` where a few words differ."""
    least, coded, text = options["least"], analysis.coded, analysis.text
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    numbers = []
    number = -1
    for codes in coded.codes.split("\n"):
        if not codes:
            continue
        number += 1
        if len(codes) <= 2 * _EDGE:
            continue
        one, other = firsts.setdefault(codes[:_EDGE], number), lasts.setdefault(codes[-_EDGE:], number)
        if one != number:
            numbers.append((one, number))
        elif other != number:
            numbers.append((other, number))
    if not numbers:
        return
    lines = analysis.lines
    for first, later in numbers:
        if later >= len(lines):
            return
        before, copy = lines[first], lines[later]
        if copy.end - copy.start < least or before.zone == "headline" or not _is_prose(analysis, copy):
            continue
        if text[before.start : before.end] == text[copy.start : copy.end]:
            yield Hit(copy.start, copy.end, ("exact",))
        elif _alike(analysis, before, copy, options["overlap"]):
            yield Hit(copy.start, copy.end, ("near",))


def _is_prose(analysis: Analysis, line: Line) -> bool:
    return analysis.form(line) in ("paragraph", "caption", "quotation") and analysis.is_prose(line, 8)


def _alike(analysis: Analysis, one: Line, other: Line, least: float) -> bool:
    grams = [_grams(analysis.folded[line.start : line.end]) for line in (one, other)]
    return len(grams[0] & grams[1]) >= least * len(grams[0] | grams[1]) > 0


def _grams(text: str) -> set[tuple[str, ...]]:
    words = fold_words(text)
    return {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}
