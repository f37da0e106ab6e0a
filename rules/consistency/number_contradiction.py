"""SEM001: the same thing counted twice, with digits that changed places or with other zeros."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations, count
from operator import attrgetter
from typing import Any

from linter.analysis import Analysis
from linter.codedtext import CodedText
from linter.lazy import lazy
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import closed_class
from linter.words import STOP_WORDS, stem

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "k": 3, "m": 6, "mn": 6, "bn": 9, "tn": 12}
_NUMERAL = re.compile(r"(\d[\d,]*)(?:\.(\d+))?(k|m|mn|bn|tn)?(?:-([a-z-]+))?")
_GATE = re.compile("[0h]")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:-[a-z-]+|[kmbt]n?)?")
_DIGITS = {code: None for code in range(128) if chr(code) not in " 123456789"}
_AROUND, _UNIT_WORDS, _MOST = 9, 3, 60  # tokens around a number; of its unit; numbers of a text that are compared
_TABLE = 300  # different numbers: more are no report
_LARGE = 3  # the zeros of a number in thousands
_ENDS = frozenset('.;:!?()\n"')


class _Number:
    """A number in a text; what is counted is only worked out where it is asked for, for few numbers."""

    def __init__(
        self, tokens: list[str], index: int, length: int, digits: str, power: int, hyphened: str, sign: str
    ) -> None:
        self.index, self.length = index, length  # of its token; in tokens
        self.digits, self.power = digits, power  # without zeros at either end; the value is digits * 10 ** power
        self.sign = sign  # of money or a share
        self._tokens, self._hyphened = tokens, hyphened

    @lazy
    def _following(self) -> list[str]:
        at = self.index + self.length
        return (self._hyphened.split("-") if self._hyphened else []) + _content(self._tokens[at : at + _AROUND])

    @lazy
    def unit(self) -> tuple[str, ...]:
        """Stems of what is counted."""
        return tuple(map(stem, self._following[:_UNIT_WORDS]))

    @lazy
    def context(self) -> frozenset[str]:
        """Stems of the words around it."""
        before = _content(reversed(self._tokens[max(self.index - _AROUND, 0) : self.index]))
        return frozenset(map(stem, (*before, *self._following)))


@cache
def _common() -> frozenset[str]:
    """Units of which any article counts several: years, points, dollars."""
    return frozenset(stem(entry.phrase) for entry in shipped_lexicon("counted.txt") if entry.tag == "common")


@cache
def _victims() -> frozenset[str]:
    return frozenset(stem(entry.phrase) for entry in shipped_lexicon("counted.txt") if entry.tag == "victims")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the later of two numbers: `swapped` digits or other `zeros`, sure ones also tagged `sure`."""
    coded = analysis.coded
    tokens = coded.tokens
    indices = [match.start() - 1 for match in _GATE.finditer(coded.codes)]
    written = [tokens[index] for index in indices]
    distinct = set(written)
    if len(set(map(_key, distinct))) == len(distinct) or len(distinct) > _TABLE:
        return
    hits: list[Hit] = []
    for key, places in _by_key(written, indices):
        if len(places) <= _MOST and _differ(key, {tokens[at] for at in places}) and _may_share(tokens, places):
            hits += _compare(analysis, coded, [n for index in places if (n := _read(tokens, index))])
    if 0 < len(hits) <= options["most"] and _are_figures(analysis.plain):  # else a table, a list of results
        yield from sorted(hits, key=attrgetter("start"))


@lru_cache(20_000)  # the same numbers stand in many articles
def _key(number: str) -> str:
    """What numbers have in common that are written with the same digits, zeros aside; a word without digits itself."""
    return "".join(sorted(number.translate(_DIGITS))) or number


def _by_key(written: Iterable[str], places: Iterable[int]) -> Iterable[tuple[str, list[int]]]:
    """The places of the numbers with each key."""
    by_key: dict[str, list[int]] = {}
    for number, place in zip(written, places, strict=False):
        by_key.setdefault(_key(number), []).append(place)
    return by_key.items()


def _differ(key: str, written: set[str]) -> bool:
    """Is a number with these digits written in two ways, one of them long where it is a single digit?"""
    return len(written) > 1 and (len(key) > 1 or max(map(len, written)) > 2 * _LARGE)


def _are_figures(text: str) -> bool:
    """Do two figures differ by themselves, and not only by the capitals of the words that are joined to them?"""
    figures = sorted(set(_FIGURE.findall(text)))
    return any(_differ(key, {figures[at] for at in places}) for key, places in _by_key(figures, count()))


def _may_share(tokens: list[str], places: list[int]) -> bool:
    """A cheap test: are numbers large, or is a word behind two of them the same?"""
    if any(len(tokens[index]) > _LARGE or "-" in tokens[index] for index in places):
        return True
    words = [word[:4].lower() for index in places for word in {*tokens[index + 1 : index + 1 + _UNIT_WORDS]}]
    return len(words) > len(set(words))


def _compare(analysis: Analysis, coded: CodedText, numbers: list[_Number]) -> Iterator[Hit]:
    told: set[int] = set()
    for one, other in combinations(numbers, 2):
        if other.index in told or other.index - one.index < _AROUND:
            continue
        kind = _kind(one, other)
        if kind is None or one.sign != other.sign:
            continue
        certainty = _certainty(one, other, kind)
        if not certainty:
            continue
        span, before = (coded.span(number.index + 1, number.index + 1 + number.length) for number in (other, one))
        if _apart(analysis, before.start, span.start):
            told.add(other.index)
            first = " ".join(coded.tokens[one.index : one.index + one.length])
            yield Hit(span.start, span.end, (kind, "sure") if certainty > 1 else (kind,), values={"other": first})


def _apart(analysis: Analysis, one: int, other: int) -> bool:
    """Do two offsets stand in different sentences of prose? Within one, numbers are of different things."""
    lines = analysis.line_at(one), analysis.line_at(other)
    return any(analysis.is_prose(line, 8) for line in lines) and (
        analysis.sentence_at(one) != analysis.sentence_at(other)
    )


def _kind(one: _Number, other: _Number) -> str | None:
    if one.digits == other.digits:
        return "zeros" if one.power != other.power else None
    size = len(one.digits) + one.power, len(other.digits) + other.power
    swapped = size[0] == size[1] and sorted(one.digits) == sorted(other.digits)  # a zero that moved is chance
    return "swapped" if swapped else None


def _certainty(one: _Number, other: _Number, kind: str) -> int:
    """0: nothing, 1: worth a look, 2: nearly certain."""
    if one.sign == "%" or (one.sign and min(one.power, other.power) < _LARGE):  # shares, prices
        return 0
    units = set(one.unit[:2]) & set(other.unit[:2])
    same = bool(units) and (one.unit[0] in units or other.unit[0] in units) and not units <= _common()
    long = len(one.digits) > 2 or (kind == "swapped" and len(one.digits) + one.power > _LARGE)
    if not same and (kind == "zeros" or not long):
        return 0
    shared = len((one.context & other.context) - units)
    if kind == "swapped":
        sure = (long and (same or shared)) or (same and (len(units) > 1 or shared > 1 or bool(units & _victims())))
        return 2 if sure else int(same or (long and not one.sign))
    if len(one.digits) == 1 and (shared < 2 or max(one.power, other.power) < _LARGE):
        return 0
    return 2 if shared > 1 or len(units) > 1 else int(bool(shared) or long)


def _read(tokens: list[str], index: int) -> _Number | None:
    match = _NUMERAL.fullmatch(tokens[index].lower())
    if not match or (index and (tokens[index - 1] in ":/-" or tokens[index - 1].lower() in closed_class("month"))):
        return None
    whole, decimals = match[1].replace(",", ""), match[2] or ""
    if len(whole) == 4 and whole.isdigit() and whole[:2] in ("18", "19", "20") and not decimals and "," not in match[1]:
        return None
    power, length = -len(decimals), 1
    at = index + 1
    sign = tokens[index - 1] if index and tokens[index - 1] in "$£€" else ""
    if at < len(tokens) and tokens[at] in ("%", "percent", "per"):
        sign = "%"
    scale = match[3] if match[3] in _SCALES else tokens[at].lower() if at < len(tokens) else ""
    if scale in _SCALES:
        power += _SCALES[scale]
        if not match[3]:
            length = 2
    digits = (whole + decimals).lstrip("0")
    bare = digits.rstrip("0")
    hyphened = match[4] or ""
    if not bare or hyphened.startswith(("year", "month", "day", "minute")):
        return None
    return _Number(tokens, index, length, bare, power + len(digits) - len(bare), hyphened, sign)


def _content(tokens: Any) -> list[str]:
    """The content words up to the end of the clause."""
    words = []
    for token in tokens:
        if token in _ENDS:
            break
        word = token.lower()
        if word[0].isalpha() and word not in STOP_WORDS and len(word) > 2:
            words.append(word)
    return words
