"""SEM001: the same thing counted twice, with digits that changed places or with other zeros."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from operator import attrgetter
from typing import Any

from msgspec import Struct

from linter.analysis import Analysis
from linter.codedtext import CodedText
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


class _Number(Struct):
    index: int  # of its token
    length: int  # in tokens
    digits: str  # without zeros at either end
    power: int  # of ten: the value is digits * 10 ** power
    unit: tuple[str, ...]  # stems of what is counted
    context: frozenset[str]
    sign: str  # of money or a share


@cache
def _common() -> frozenset[str]:
    """Units of which any article counts several: years, points, dollars."""
    return frozenset(stem(entry.phrase) for entry in shipped_lexicon("counted.txt") if entry.tag == "common")


@cache
def _victims() -> frozenset[str]:
    return frozenset(stem(entry.phrase) for entry in shipped_lexicon("counted.txt") if entry.tag == "victims")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the later of two numbers: `swapped` digits or other `zeros`, sure ones also tagged `sure`."""
    written = _FIGURE.findall(analysis.plain)
    if len(written) < 2 or not _alike(set(written)):
        return
    coded = analysis.coded
    tokens = coded.tokens
    indices = [match.start() - 1 for match in _GATE.finditer(coded.codes)]
    written = [tokens[index] for index in indices]
    if len(written) < 2:
        return
    distinct = set(written)
    if len(distinct) > _TABLE:
        return
    hits: list[Hit] = []
    for same in _alike(distinct):
        places = [index for index, token in zip(indices, written, strict=True) if token in same]
        if len(places) <= _MOST and _may_share(tokens, places):
            hits += _compare(analysis, coded, [n for index in places if (n := _read(tokens, index))])
    if len(hits) <= options["most"]:  # else a table, a list of results
        yield from sorted(hits, key=attrgetter("start"))


def _alike(written: set[str]) -> list[list[str]]:
    """Numbers that are written with the same digits, zeros aside."""
    numbers = list(written)
    alike: dict[str, list[str]] = {}
    for number, digits in zip(numbers, " ".join(numbers).translate(_DIGITS).split(" "), strict=True):
        if digits:
            alike.setdefault("".join(sorted(digits)), []).append(number)
    return [
        same for digits, same in alike.items()
        if len(same) > 1 and (len(digits) > 1 or max(map(len, same)) > 2 * _LARGE)
    ]  # fmt: skip


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
    units = set(one.unit[:2]) & set(other.unit[:2])
    same = bool(units) and (one.unit[0] in units or other.unit[0] in units) and not units <= _common()
    shared = len((one.context & other.context) - units)
    long = len(one.digits) > 2 or (kind == "swapped" and len(one.digits) + one.power > _LARGE)
    if one.sign == "%" or (one.sign and min(one.power, other.power) < _LARGE):  # shares, prices
        return 0
    if kind == "swapped":
        sure = (long and (same or shared)) or (same and (len(units) > 1 or shared > 1 or bool(units & _victims())))
        return 2 if sure else int(same or (long and not one.sign))
    if not same or (len(one.digits) == 1 and (shared < 2 or max(one.power, other.power) < _LARGE)):
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
            at, length = at + 1, 2
    digits = (whole + decimals).lstrip("0")
    bare = digits.rstrip("0")
    following = (match[4].split("-") if match[4] else []) + _content(tokens[at : at + _AROUND])
    if not bare or (match[4] or "").startswith(("year", "month", "day", "minute")):
        return None
    before = [stem(word) for word in _content(reversed(tokens[max(index - _AROUND, 0) : index]))]
    unit = tuple(stem(word) for word in following[:_UNIT_WORDS])
    return _Number(
        index, length, bare, power + len(digits) - len(bare), unit, frozenset((*before, *map(stem, following))), sign
    )


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
