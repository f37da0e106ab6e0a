"""SRC: what event news is expected to have: days, people named with what they say, quotations, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.kinds import PhraseHit
from linter.model import Hit

_DAY_OF_MONTH = re.compile(r" \d{1,2}(?!\d)")
_BEFORE, _BEFORE_REACH = re.compile(r"(?<!\w)\d{1,2}(?:st|nd|rd|th)?(?: of)? $"), 9
_NAME = r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ]\.)?(?: (?:de|van|von|bin|al|el|la|di|da|der|den))* [A-ZÀ-Þ][\w'’-]+"
_NAMED_BEFORE = re.compile(rf"(?<!\w){_NAME}(?:, [^,.\n]{{3,60}},)? $")
_NAMED_AFTER = re.compile(r" (?:(?:[A-Z][\w.]+|[a-z]{1,12}) ){0,4}[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ][\w'’-]+")
_CAPITALS = frozenset(map(chr, (*range(ord("A"), ord("Z") + 1), *range(ord("À"), ord("Þ") + 1))))
_SMALL_WORDS = 54  # code points: a blank and four words in lower case, with the blanks behind them, have 53
_NAME_REACH = 120  # code points before a verb
_QUOTATION, _SINGLE = (
    re.compile(r'"(?<![^\s(\[–—-]")[^"\n]{6,}"?'),
    re.compile(r"'(?<![^\s(\[]')[^'\n]{15,}?(?:(?<=\w)'(?=\w)[^'\n]*)*'(?!\w)"),
)
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_PERSON = re.compile(
    r"(?<!^)(?<![.!?] )(?<!\w)[A-ZÀ-Þ][a-zß-ÿ'’-]+ (?:[A-Z]\. )?[A-ZÀ-Þ][\w'’-]+|(?:Mr|Mrs|Ms|Dr|Prof)\.? [A-Z]"
)


def times(analysis: Analysis, options: Mapping[str, Any], phrases: Iterable[PhraseHit]) -> Iterator[Hit]:
    """Yield what says when: weekdays, days of a month, "yesterday"; months only with a day beside them."""
    text, alone = analysis.folded, options["alone"]
    for start, end, number in phrases:
        if (
            number < alone
            or _DAY_OF_MONTH.match(text, end)
            or _BEFORE.search(text[max(start - _BEFORE_REACH, 0) : start])
        ):
            yield Hit(start, end)


def named_sources(analysis: Analysis, options: Mapping[str, Any], phrases: Iterable[PhraseHit]) -> Iterator[Hit]:
    """Yield verbs of saying with a name, of two words and more, right before or close behind them."""
    text = analysis.plain
    for start, end, _ in phrases:
        if not text[end : end + _SMALL_WORDS].islower() and _NAMED_AFTER.match(text, end):
            yield Hit(start, end)
            continue
        before = text[max(start - _NAME_REACH, 0) : start]
        if before[-3:].strip() and _named_before(before):
            yield Hit(start, end)


def _named_before(before: str) -> bool:
    """Does a name, or a name and a role between commas, end here?"""
    if not before.endswith(" "):
        return False
    last = before[before.rfind(" ", 0, -1) + 1 : -1]
    return (last[-1:] == "," or last[:1] in _CAPITALS) and _NAMED_BEFORE.search(before) is not None


def quotations(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield quotations of more than a word; in single marks only where a text has none in double ones."""
    text = analysis.plain
    for match in (_QUOTATION if '"' in text else _SINGLE).finditer(text):
        yield Hit(*match.span())


def numbers(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield numbers in figures."""
    for match in _NUMBER.finditer(analysis.folded):
        yield Hit(*match.span())


def hearsay(analysis: Analysis, options: Mapping[str, Any], phrases: Iterable[PhraseHit]) -> Iterator[Hit]:
    """Yield phrases that lend a claim a source, in sentences that name nobody; the longest at each place."""
    reached = -1
    for start, end, _ in sorted(phrases, key=lambda phrase: (phrase.start, -phrase.end)):
        if start < reached:
            continue
        sentence = analysis.sentence_at(start)
        if not _PERSON.search(analysis.plain, sentence.start, sentence.end):
            reached = end
            yield Hit(start, end)
