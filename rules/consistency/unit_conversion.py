"""SEM011: a measure whose conversion in brackets, behind a slash or behind 'or' does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import word_codes

Value = tuple[float, float]  # a number and its rounding
Unit = tuple[str, float]  # its dimension and its size
_MONEY = frozenset("$£€")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9, "k": 1e3}
_ABOUT = (
    r"(?:about|around|roughly|approximately|approx\.?|some|nearly|almost|over|just over|just under|under|more than"
    r"|less than|up to|or|c\.|ca\.?|~|=)"
)
# Before a measure: parts of a longer one ("two and a", "5ft", "8 by"), money, times.
_PART_BEFORE = re.compile(
    r"(?:[$£€]|(?:[\d½¼¾⅓⅔]|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|ft|feet"
    r"|foot|lbs?|pounds?|stones?|st|miles?|yards?|inch(?:es)?))[,.:/'’]?(?: ?(?:and|by|to|or|point|times|x|×|-|–))*"
    r"(?: (?:an?|half))?[ -]?)$"
)
_ABSURD, _SWAPPED = 0.15, 0.04  # relative: a conversion that is off by more; one that fits the other way round
_REACH = 4  # tokens to the second number, and on to its unit
_OFF = 0.1  # relative: the rounding granted to numbers above ten
_DEGREES = 3.0  # the rounding granted to temperatures
_ZERO_F = 32.0


@cache
def _units() -> dict[str, list[Unit]]:
    """(dimension, size in its smallest common unit) of each way to write a unit; two where countries differ."""
    units: dict[str, list[Unit]] = {}
    for entry in shipped_lexicon("units.txt"):
        if entry.tag == "number":
            continue
        sizes = [(entry.tag or "", float(size)) for size in (entry.meaning or "1").split("/")]
        units[entry.phrase] = units.get(entry.phrase, []) + sizes
    return units


@cache
def _words() -> dict[str, float]:
    return {entry.phrase: float(entry.meaning or 0) for entry in shipped_lexicon("units.txt") if entry.tag == "number"}


@cache
def _pattern() -> re.Pattern[str]:
    unit, word = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (_units(), _words()))
    number = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{word})"
    quantity = (
        rf"(?P<minus@>minus |[-−](?=\d))?(?P<n@>{number})(?:(?P<r@> ?[-–] ?| to | and |-to-)(?P<m@>{number}))?"
        rf"(?: ?(?P<s@>thousand|million|billion|(?<=\d)(?:bn|k)))?[ -]?(?P<u@>{unit})(?![\w²³])"
    )
    one, two = quantity.replace("@", "1"), quantity.replace("@", "2")
    between = rf"\.?(?P<mark> ?[(\[] ?| ?/ ?|, or )(?:{_ABOUT} ){{0,2}}"
    return re.compile(rf"(?<![\w.,$£€:-]){one}{between}{two}(?P<end>\.? ?[)\]]|,|;|/)?")


@cache
def _last_words() -> frozenset[str]:
    return frozenset(re.split("[ -]", unit)[-1] for unit in _units())


def _is_unit(token: str) -> bool:
    """Does a token end a measure: feet, 66ft, 20-metre?"""
    return token.lower().rpartition("-")[2].lstrip("0123456789.,°") in _last_words()


@cache
def _signs() -> re.Pattern[str]:
    """The signs between two measures, in codes: a unit before it, a number behind it, be they one word or two."""
    codes = word_codes()
    words = {form for word in _last_words() if word for form in (word, word.capitalize())}
    units = "".join({re.escape(codes[word]) for word in words} | set("xXAhH01"))
    return re.compile(f"[(/\\[{codes['or']}](?<=[{units}.,].)(?=[^\n]{{0,{_REACH - 1}}}[01ohHxXYA])")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield pairs of measures: `swapped` where the units are the wrong way round, else `off`; `or` in running text."""
    coded, last = analysis.coded, -1
    for match in _signs().finditer(coded.codes):
        tokens, sign = coded.tokens, match.start()
        word = tokens[sign - 2] if sign > 1 else ""
        if word in (",", ".") and sign > 2:
            word = tokens[sign - 3]
        if not _is_unit(word):
            continue
        number = next((at for at in range(sign, min(sign + _REACH, len(tokens))) if tokens[at][0].isdigit()), None)
        if number is None or not any(map(_is_unit, tokens[number : number + _REACH])):
            continue
        if not _MONEY.isdisjoint((tokens[sign - 3], tokens[number - 1])):
            continue
        start = coded.span(max(sign - 12, 1), sign)[0]
        line = analysis.line_at(coded.span(sign, sign + 1)[0])
        text = analysis.folded
        begin, end = max(start, line.start, last), min(line.end, coded.span(sign, sign + 1)[1] + 70)
        for pair in _pattern().finditer(text, begin, end):
            tag = _judge(text, pair, line.start)
            if tag:
                last = pair.end()
                yield Hit(pair.start(), last, (tag,))


def _judge(text: str, pair: re.Match[str], line: int) -> str | None:
    bracket = pair["mark"].strip()[:1] in ("(", "[")
    if bracket and not pair["end"]:
        return None
    one, two = _quantity(pair, 1), _quantity(pair, 2)
    before = text[max(pair.start() - 16, line) : pair.start()]
    if one is None or two is None or (bool(pair["r1"]) != bool(pair["r2"])) or _PART_BEFORE.search(before):
        return None
    pairs = [
        (first, second)
        for first in _units()[pair["u1"]]
        for second in _units()[pair["u2"]]
        if first[0] == second[0] and first != second
    ]
    if not pairs or pair["u1"] == pair["u2"]:
        return None
    values = list(zip(one, two, strict=True))
    if any(_fits(x, y, a, b, _ABSURD) for a, b in pairs for x, y in values):
        return None
    if any(_fits((x[0], 0), (y[0], 0), b, a, _SWAPPED) for a, b in pairs for x, y in values):
        return "swapped"
    return "or" if "or" in pair["mark"] else "off"


def _quantity(pair: re.Match[str], number: int) -> list[Value] | None:
    """The values of a measure, each with its rounding, in its unit."""
    scale = _SCALES.get(pair[f"s{number}"] or "", 1.0)
    sign = -1.0 if pair[f"minus{number}"] else 1.0
    values = []
    for name in ("n", "m"):
        written = pair[f"{name}{number}"]
        if written is None:
            continue
        if written in _words():
            value = _words()[written]
            step = 1.0 if value > 1 else 0.5
        else:
            plain = written.replace(",", "")
            value = float(plain)
            decimals = len(plain.partition(".")[2])
            step = 10.0**-decimals if decimals else 10.0 ** (len(plain) - len(plain.rstrip("0")))
        step = min(step / 2, _OFF * value) if value >= 10 else step / 2
        values.append((sign * value * scale, step * scale))
    return values


def _fits(one: Value, two: Value, a: Unit, b: Unit, off: float) -> bool:
    """Is value `one` in unit `a` about value `two` in unit `b`, at most `off` (relative) from it?"""
    if a[0] == "temperature":
        return _fits_degrees(one, two, a[1] > 1)
    ratio = a[1] / b[1]
    low, high = (one[0] - one[1]) * ratio, (one[0] + one[1]) * ratio
    return low * (1 - off) <= two[0] + two[1] and two[0] - two[1] <= high * (1 + off)


def _fits_degrees(one: Value, two: Value, celsius: bool) -> bool:
    """As temperatures, or as differences between temperatures."""
    other = [one[0] * 1.8 + _ZERO_F, one[0] * 1.8] if celsius else [(one[0] - _ZERO_F) / 1.8, one[0] / 1.8]
    granted = _DEGREES + one[1] * (1.8 if celsius else 0.6) + two[1]
    return any(abs(value - two[0]) <= max(granted, _OFF * abs(value)) for value in other)
