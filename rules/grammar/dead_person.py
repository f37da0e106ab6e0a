"""Somebody reported dead who, further down, is going to do something (GRM009)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import re2

from linter.analysis import Analysis
from linter.model import Hit
from linter.wordcodes import word_codes

_NAME = r"(?:[A-Z][\w'-]+|al-[A-Z]\w+|bin|von|van|de|da|del|di|el)"
_PERSON = rf"(?P<name>{_NAME}(?: {_NAME}){{1,4}})"
_AGE = r"(?:, (?:aged? )?\d{1,3},?| \(\d{1,3}\))?,?"
_DEATHS = (
    rf"{_PERSON}{_AGE} (?:(?:who|and) )?(?:was|were|had been|has been) (?:\w+ )?(?:killed|murdered|shot dead|"
    r"stabbed to death|assassinated|executed|found dead|pronounced dead|declared dead|beheaded|electrocuted|"
    r"among the dead|among those killed)\b",
    rf"{_PERSON}{_AGE} (?:who )?(?:has |had )?(?:died|drowned|passed away|succumbed to)\b(?! (?:down|out|away\b))",
    rf"\b(?:killed|murdered|assassinated) (?:\w+ ){{0,3}}{_PERSON}, (?:aged? )?\d{{1,3}}\b",
    r"\b(?:dead|killed|victims?|deceased)\b[^.!?\n]{0,60}\b(?:was|were|has been|been) (?:named|identified) as "
    rf"{_PERSON}",
    rf"\bdeath of {_PERSON}\b",
)
_DEATH = re.compile(
    r"\b(?:killed|murdered|stabbed to|assassinated|executed|dead|beheaded|electrocuted|died|drowned|passed away|"
    r"succumbed|victims?|deceased|death of)\b"
)
_BEFORE, _BEHIND = 120, 140  # code points
_WILL = "(?:will|is expected to|is set to|is going to|is due to|plans to|intends to)"
_FUTURE = (
    rf"(?:, [^,.\n]{{3,60}},)? {_WILL} "
    r"(?:not |also |now |then )?(?:be |have )?(?P<verb>\w+)"
)
_GOING_TO, _INSERTED = re.compile(f" {_WILL} "), 64
_LAST_NAME = re.compile(f"{_NAME}\\Z")
_LAST_WORD, _LONGEST_WORD = re.compile(r"[\w'-]+\Z"), 60
_WHO_DIED = re.compile(
    r"who (?<!\wwho )(?:died|drowned|perished|was killed|was shot dead|was murdered)\b[^,.;\n]{0,40}, "
    r"(?:will|plans to) (?:be |have )?(?P<verb>\w+)"
)
_SPARED = frozenset(
    """buried remembered mourned honoured honored missed cremated laid lie rest interred commemorated live sorely
    posthumously never forever always receive awarded given inducted survived eulogised eulogized tried portrayed
    played replaced succeeded named recognised recognized celebrated featured appear go""".split()
)
_TITLES = frozenset(
    ("President", "Minister", "King", "Queen", "Prince", "Saint", "St", "Street", "Road", "Hall", "Park")
)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the dead are going to do, from the name to the verb."""
    text = analysis.plain
    if " will " not in text and " is expected to " not in text and " is set to " not in text:
        return
    for match in _WHO_DIED.finditer(text):
        if match["verb"] not in _SPARED and not analysis.is_quoted(*match.span()):
            yield Hit(*match.span())
    futures = _futures(text)
    dead = _dead(analysis, {last for _, last in futures}) if futures else {}
    for name, starts in sorted(_with_a_future(text, futures, dead).items()):
        if " " not in name and _namesakes(text, name):
            continue
        future = re.compile(rf"\b{re.escape(name)}{_FUTURE}")
        for match in filter(None, (future.match(text, start) for start in starts)):
            if match["verb"] not in _SPARED and not analysis.is_quoted(*match.span()):
                yield Hit(*match.span())


def _futures(text: str) -> list[tuple[int, str]]:
    """The ends of what may be names before words of a future, each with its last word."""
    futures = []
    for match in _GOING_TO.finditer(text):
        end = match.start()
        # The name stands right before them, or before what is inserted between commas.
        ends = (end, text.rfind(",", max(end - _INSERTED, 0), end - 1)) if text[end - 1] == "," else (end,)
        for end in ends:
            last = _LAST_WORD.search(text, max(end - _LONGEST_WORD, 0), end) if end > 0 else None
            if last and _LAST_NAME.match(last[0]):
                futures.append((end, last[0]))
    return futures


def _dead(analysis: Analysis, lasts: set[str]) -> dict[str, int]:
    """The names of the dead, with the place from which on they are, as far as they end in one of these words."""
    text, dead = analysis.plain, dict[str, int]()
    for start, end in _near_deaths(text):
        if not any(text.find(last, start, end) >= 0 for last in lasts):
            continue
        for match in (match for pattern in _patterns() for match in pattern.finditer(text, start, end)):
            name = match["name"].split()
            if _TITLES.isdisjoint(name) and not analysis.is_quoted(*match.span("name")):
                for known in (" ".join(name), name[-1]):
                    dead[known] = min(dead.get(known, match.end()), match.end())
    return dead


def _with_a_future(text: str, futures: list[tuple[int, str]], dead: Mapping[str, int]) -> dict[str, list[int]]:
    """Where each name stands before words of a future, behind the place from which on its bearer is dead."""
    by_last: dict[str, list[str]] = defaultdict(list)
    for name in dead:
        by_last[name.rpartition(" ")[2]].append(name)
    found: dict[str, list[int]] = defaultdict(list)
    for end, last in futures if dead else ():
        for name in by_last.get(last, ()):
            start = end - len(name)
            if start >= dead[name] and text.startswith(name, start):
                found[name].append(start)
    return found


def _near_deaths(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text around words of death: the patterns begin with names, which are everywhere."""
    start = end = -1
    for match in filter(None, (_DEATH.match(text, maybe.start()) for maybe in _deaths().finditer(text))):
        low, high = max(match.start() - _BEFORE, 0), match.end() + _BEHIND
        if low > end >= 0:
            yield start, end
            start = low
        start, end = (low if start < 0 else start), high
    if end >= 0:
        yield start, end


@cache
def _deaths() -> Any:
    """Where to look for a death at all: RE2 is quicker, and knows the edges of English words only."""
    return re2.compile(_DEATH.pattern)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _DEATHS))


def _namesakes(text: str, surname: str) -> bool:
    """Do two people share a surname, so that it may be the other one?"""
    before = {match[1] for match in re.finditer(rf"([A-Z][\w'-]+) {re.escape(surname)}\b", text)}
    return sum(word.lower() not in word_codes() for word in before) > 1
