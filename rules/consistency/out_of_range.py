"""SEM012: numbers that can't be: days, times, ages, shares, temperatures, fractions of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any

from linter.analysis import Analysis
from linter.codedtext import CodedText
from linter.model import Hit
from linter.wordcodes import closed_class, word_codes

_LONG = frozenset("january march may july august october december".split())
_PERSONS = """man woman boy girl mother father grandmother grandfather teenager pensioner student teacher farmer driver
    resident suspect victim passenger player midfielder striker defender goalkeeper actor actress singer driver nurse
    doctor fisherman fishermen worker retiree widow widower brother sister son daughter man's woman's""".split()
_MANY = """people persons residents inhabitants soldiers troops deaths votes voters posts jobs homes houses women men
    children pupils students patients passengers officers firefighters workers employees civilians migrants refugees
    prisoners protesters spectators police schools hospitals villages buildings families members cars buses""".split()
_SHARERS = """people voters respondents votes residents patients women men children students pupils households adults
    members employees workers""".split()
_WEATHER = ("heatwave", "heatwaves", "forecasters", "forecaster", "meteorologists", "meteorologist")
_AVERAGE = re.compile(
    r"\b(?:average|averag|per|every|each|ratio|mean|typical|rates?|equivalent|full-time|fte|times|household|births?|"
    r"fertility|million|billion|thousand|statistic\w*|for an?|to an?|or more|expected|odds)\b"
)
_TIME = re.compile(
    r"(?<![\d.:,$£€])(?<![$£€] )(?:\d{1,2}[:.][6-9]\d|(?:2[4-9]|[3-9]\d)[:.][0-5]\d) ?p\.?m\b"
)  # p.m. after an amount of money is per month
_HEAT = re.compile(
    r"(?<![\d.,])(?:(?:[6-9]\d|[1-9]\d\d)(?:\.\d)? ?(?:°|º|degrees? |deg )? ?(?:c|celsius|centigrade)"
    r"|(?:1[4-9]\d|[2-9]\d\d)(?:\.\d)? ?(?:°|º|degrees? |deg )? ?(?:f|fahrenheit))\b"
)
_OLDEST = 125
_ODD_AGE = re.compile(
    r"\b(?:mumm|skelet|remains|vampire|tortoise|bibl|fossil|wizard|elf\b|immortal|ancient|burial|fiction)"
)


@cache
def _gate() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def of(words: Iterable[str]) -> str:
        return "".join(
            sorted({re.escape(codes[form]) for word in words for form in (word, word.capitalize())} - {"x", "X"})
        )

    codes = word_codes()
    months, the = of(closed_class("month") | {"may", "march"}), codes["the"]
    numbers = (
        f"[0oh](?:(?<=[0o])(?P<day>{codes['of']}?[{months}])|(?<=0)(?P<some>[{of(_MANY)}])"
        f"|(?<=0)(?P<share>(?:%|{codes['percent']}|{codes['per']}.){codes['of']}[{the}{codes['all']}]?[{of(_SHARERS)}])"
        f"|(?<=h)(?P<old>[{of(_PERSONS)}]))"
    )
    weather = of(_WEATHER)
    return re.compile(numbers), re.compile(
        f"[{months}{weather}](?:(?<=[{weather}])(?P<heat>)|(?P<month>(?<=[{months}])[0o]))"
    )


def find(analysis: Analysis, options: Mapping[str, Any], timed: bool) -> Iterator[Hit]:
    """Yield what can't be, tagged by its kind. `timed`: is there a time of the afternoon in the text?"""
    coded, text, hot = analysis.coded, analysis.folded, False
    for match in chain.from_iterable(pattern.finditer(coded.codes) for pattern in _gate()):
        kind = str(match.lastgroup)
        if kind == "heat":
            hot = True
            continue
        words = [word.lower() for word in coded.tokens[match.start() - 1 : match.end() - 1]]
        if _CHECKS[kind](words, coded, match):
            span = coded.span(match.start(), match.end())
            sentence = analysis.sentence_at(span.start)
            around = text[sentence.start : sentence.end]
            if (kind == "some" and _AVERAGE.search(around)) or (kind == "old" and _ODD_AGE.search(around)):
                continue
            yield Hit(span.start, span.end, (kind,))
    if timed:
        for time in _TIME.finditer(text):
            yield Hit(time.start(), time.end(), ("time",))
    if hot:
        yield from _heat(analysis)


def _heat(analysis: Analysis) -> Iterator[Hit]:
    for match in _HEAT.finditer(analysis.folded):
        sentence = analysis.sentence_at(match.start())
        if re.search(r"temperatures?|mercury|thermometers?", analysis.folded[sentence.start : sentence.end]):
            yield Hit(match.start(), match.end(), ("heat",))


def _number(word: str) -> float:
    try:
        return float(re.sub(r"[^\d.]", "", word))
    except ValueError:
        return 0.0


def _is_no_day(word: str, month: str) -> bool:
    day = re.sub(r"(?:st|nd|rd|th)$", "", word)
    if not day.isdigit() or len(day) > 2:
        return False
    return (month == "february" and day in ("30", "31")) or (day == "31" and month not in _LONG and month != "february")


def _month(words: list[str], coded: CodedText, match: re.Match[str]) -> bool:
    following = coded.codes[match.end() : match.end() + 2]
    if words[-1] in ("30", "31") and following[:1] not in (",", ".", "Y", ")", "\n", ";", ""):
        return False  # June 31 people
    return _is_no_day(words[-1], words[0]) and not following.startswith(("%", "-"))


def _day(words: list[str], coded: CodedText, match: re.Match[str]) -> bool:
    before = coded.tokens[match.start() - 2] if match.start() > 1 else ""
    return _is_no_day(words[0], words[-1]) and before not in (":", "$", "-", "/", "until")


def _some(words: list[str], coded: CodedText, match: re.Match[str]) -> bool:
    before = coded.tokens[match.start() - 2] if match.start() > 1 else ""
    return bool(re.fullmatch(r"[1-9]\d{0,2}\.\d", words[0])) and before not in ("$", "£", "€", "/", "-")


def _share(words: list[str], coded: CodedText, match: re.Match[str]) -> bool:
    return 100 < _number(words[0]) < 100_000


def _old(words: list[str], coded: CodedText, match: re.Match[str]) -> bool:
    age = re.fullmatch(r"(\d{3})-year-old", words[0])
    return bool(age) and _OLDEST < _number(words[0].partition("-")[0]) < 300


_CHECKS = {"day": _day, "month": _month, "some": _some, "share": _share, "old": _old}
