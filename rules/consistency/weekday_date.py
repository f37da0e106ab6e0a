"""SEM002: a weekday and a date that do not fall together, in the year that is named or in any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

from linter.analysis import Analysis
from linter.model import Hit
from linter.wordcodes import closed_class, word_codes

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day),? (?:the )?"
    rf"(?:(?P<m1>{_MONTH})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?,? (?P<m2>{_MONTH})\b\.?)"
    r"(?![\d:]|[.,]\d)(?:,? (?P<year>(?:18|19|20)\d\d)\b(?!-))?"
)
_FIRST_YEAR = 1800
_LEAP = 2024  # a year with a 29 February, to know the days of any
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class _Day(Struct):
    start: int
    end: int
    weekday: int
    month: int
    day: int
    year: int | None


@cache
def _gate() -> re.Pattern[str]:
    codes = word_codes()
    weekdays, months = ("".join(codes[name] for name in closed_class(kind)) for kind in ("weekday", "month"))
    months += codes["May"] + codes["March"] + codes["may"] + codes["march"]
    return re.compile(f"[{weekdays}],?{codes['the']}?(?:[{months}]|[01o]{codes['of']}?[{months}X]|X\\.?[01o])")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield dates of the wrong weekday: `year` (as it is written), `pair` (against another date), `guess` (else)."""
    coded = analysis.coded
    days = []
    for match in _gate().finditer(coded.codes):
        found = _DATE.match(analysis.folded, coded.span(match.start(), match.end())[0])
        if found and (day := _day(found)):
            days.append(day)
    if not days:
        return
    loose = []
    for day in days:
        if day.year is None:
            loose.append(day)
        elif day.year >= _FIRST_YEAR and not _falls(day, day.year):
            yield Hit(day.start, day.end, ("year",), values={"weekday": _name(day, day.year)})
    if loose:
        yield from _loose(analysis, loose, [day for day in days if day.year])


def _loose(analysis: Analysis, days: list[_Day], dated: list[_Day]) -> Iterator[Hit]:
    """Dates without a year: against each other, and against the one year that is near."""
    wrong = set()
    for one, other in pairwise(days):
        if abs(one.month - other.month) <= 1 and not dated and not _share_year(one, other):
            wrong.add(other.start)
            yield Hit(other.start, other.end, ("pair",), values={"weekday": "another day"})
    published = (analysis.article.date or "")[:4]
    years = {int(published)} if published.isdigit() else set(map(int, _YEAR.findall(analysis.text)))
    if len(years) != 1:
        return
    year = years.pop()
    for day in days:
        if day.start not in wrong and not any(_falls(day, near) for near in (year - 1, year, year + 1)):
            yield Hit(day.start, day.end, ("guess",), values={"weekday": _name(day, year)})


def _day(match: re.Match[str]) -> _Day | None:
    month = _MONTHS.index((match["m1"] or match["m2"])[:3]) + 1
    number = int(match["d1"] or match["d2"])
    year = int(match["year"]) if match["year"] else None
    try:
        date(_LEAP, month, number)
    except ValueError:
        return None
    return _Day(match.start(), match.end(), _WEEKDAYS.index(match["weekday"][:3]), month, number, year)


def _falls(day: _Day, year: int) -> bool:
    try:
        return date(year, day.month, day.day).weekday() == day.weekday
    except ValueError:  # 29 February
        return True


def _name(day: _Day, year: int) -> str:
    return date(year, day.month, day.day).strftime("%A")


def _share_year(one: _Day, other: _Day) -> bool:
    return any(_falls(one, year) and _falls(other, year) for year in range(_LEAP - 27, _LEAP + 1))
