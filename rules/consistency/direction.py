"""SEM014: a rise to less, a fall to more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from linter.analysis import Analysis
from linter.codedtext import CodedText
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import word_codes

_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_NUMBER = (
    r"(?P<@c>[$£€]|us\$)?(?<![\w.,:-])(?P<@>\d[\d,]*(?:\.\d+)?)(?![\w:]\d|/|st\b|nd\b|rd\b|th\b)"
    r"(?: ?(?P<@s>thousand|million|billion|(?:k|m|mn|bn|tn)\b))?(?P<@u> ?%| percent\b| per ?cent\b| points?\b|p\b|-)?"
)
_SOME = r"(?:(?:about|around|some|nearly|almost|roughly|just|over|under|only|more than|less than|a record|an) )*"
_UP = r"(?:up|rising|an increase|a rise|growing|increasing)"
_DOWN = r"(?:down|a fall|a drop|a decline|a decrease|falling|dropping)"
_BY = r"(?: (?:by )?[\d.]+(?: ?%| percent| per ?cent))?"
_GAP = r"[^\d.;:()\"\n]{0,50}?"
_FAR = 14  # tokens between 'from' and 'to'
_MOST = 20  # times: numbers that are further apart are of different things
# Where smaller is more, or where two numbers in a row are something else.
_OTHERWISE = re.compile(
    r"\b(?:no\. ?\d+|number \d+|place|rank|ranks|ranked|ranking|positions?|seed|spot|handicap|par|league|ladder|rating|"
    r"chart|loss|losses|deficit|minus|negative|yen|dollar|pound|sterling|euro|currency|lira|rupees?|roubles?|rubles?|"
    r"pesos?|yuan|lead|led|leads|margin|lap|seconds|minutes|odds|yields?|age|aged|spread|grade|tier|division|against)\b"
)


@cache
def _moves(kind: str) -> list[str]:
    return [entry.phrase for entry in shipped_lexicon("counted.txt") if entry.tag == kind]


@cache
def _patterns() -> dict[str, list[tuple[bool, re.Pattern[str]]]]:
    """By the shape: patterns of two numbers, and whether the first must be the larger one."""
    a, b = _NUMBER.replace("@", "a"), _NUMBER.replace("@", "b")
    rose, fell = (f"(?:{'|'.join(_moves(kind))})" for kind in ("rise", "fall"))
    shapes = {
        "change": [
            (True, rf"{a}{_GAP}, (?:which was |or )?{_UP} from {_SOME}{b}"),
            (False, rf"{a}{_GAP}, (?:which was |or )?{_DOWN} from {_SOME}{b}"),
        ],
        "to": [
            (True, rf"\b{rose}{_BY}{_GAP} to {_SOME}{a}{_GAP}(?<=[ ,])from {_SOME}{b}"),
            (False, rf"\b{fell}{_BY}{_GAP} to {_SOME}{a}{_GAP}(?<=[ ,])from {_SOME}{b}"),
        ],
        "from": [
            (False, rf"\b{rose} from {_SOME}{a}{_GAP} to {_SOME}{b}"),
            (True, rf"\b{fell} from {_SOME}{a}{_GAP} to {_SOME}{b}"),
        ],
        "rising": [(False, rf"{a}{_GAP}, (?:rising|increasing|growing|climbing) to {_SOME}{b}")],
    }
    return {name: [(more, re.compile(shape)) for more, shape in group] for name, group in shapes.items()}


class _Words(Struct, frozen=True):
    """Codes of joining words, and where a number follows one of them."""

    number: re.Pattern[str]
    start: str
    end: str
    change: frozenset[str]
    ups: frozenset[str]
    downs: frozenset[str]
    rising: frozenset[str]


@cache
def _words() -> _Words:
    codes = word_codes()

    def of(words: str) -> frozenset[str]:
        return frozenset(codes[word] for word in words.split()) - {"x"}

    some = "".join(of("a an about around some nearly almost roughly just over under only more less than"))
    ups, downs = (of(" ".join(_moves(kind))) | of(extra) for kind, extra in (("rise", "up"), ("fall", "down")))
    change = of("up down increase rise fall drop decline decrease falling dropping rising growing increasing")
    number = re.compile(f"[{codes['from']}{codes['to']}][{some}]{{0,3}}[$u]?0")  # u: a sign like £
    rising = of("rising increasing growing climbing")
    return _Words(number, codes["from"], codes["to"], change, ups | rising, downs, rising)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the two numbers with what stands between them."""
    coded = analysis.coded
    done: set[tuple[str, int]] = set()
    for shape, index in _shapes(coded):
        sentence = analysis.sentence_at(coded.span(index, index + 1).start)
        if (shape, sentence.start) in done:
            continue
        done.add((shape, sentence.start))
        around = analysis.folded[sentence.start : sentence.end]
        for more, pattern in _patterns()[shape]:
            for match in pattern.finditer(around):
                if _contradicts(match, more) and not _OTHERWISE.search(around):
                    yield Hit(sentence.start + match.start(), sentence.start + match.end())


def _shapes(coded: CodedText) -> Iterator[tuple[str, int]]:
    """Where in the codes a pattern may match, and which; only where the numbers may be the wrong way round."""
    words, codes = _words(), coded.codes
    last = {words.start: (-_FAR, 0), words.end: (-_FAR, 0)}  # of 'from' and 'to': its place and that of its number
    for match in words.number.finditer(codes):
        index, number = match.start(), match.end() - 1
        word, before = codes[index], codes[index - 1]
        first, value = last[words.end if word == words.start else words.start]
        last[word] = index, number
        if index - first < _FAR:
            moves = frozenset(codes[max(first - _FAR, 0) : first])
            ups, downs = not moves.isdisjoint(words.ups), not moves.isdisjoint(words.downs)
            if word == words.end:
                ups, downs = downs, ups
            if (ups and _less(coded, value, number)) or (downs and _less(coded, number, value)):
                yield "to" if word == words.start else "from", index
        value = codes.rfind("0", max(index - _FAR, 0), index)
        if value >= 0 and word == words.start and before in words.change:
            pair = (value, number) if before in words.ups else (number, value)
            if _less(coded, *pair):
                yield "change", index
        elif value >= 0 and word == words.end and before in words.rising and _less(coded, number, value):
            yield "rising", index


def _less(coded: CodedText, one: int, other: int) -> bool:
    """May a number be less than another one, with the scale behind it or without?"""
    values = []
    for index in (one, other):
        figure = coded.tokens[index - 1].replace(",", "")
        digits = figure.rstrip("kmbnt")
        following = coded.tokens[index].lower() if index < len(coded.tokens) else ""
        if not digits.replace(".", "", 1).isdecimal():
            return False
        values.append((float(digits), float(digits) * _SCALES.get(figure[len(digits) :] or following, 1.0)))
    return any(small < large for small, large in zip(*values, strict=True))


def _contradicts(match: re.Match[str], more: bool) -> bool:
    units = [(match[f"{name}u"] or "").strip(" s") for name in "ab"]
    if units[0] != units[1] or units[0] == "-" or bool(match["ac"]) != bool(match["bc"]):
        return False
    a, b = (float(match[name].replace(",", "")) for name in "ab")
    scales = [_SCALES.get(match[f"{name}s"] or "", 1.0) for name in "ab"]
    if (scales[0] > 1) == (scales[1] > 1):
        a, b = a * scales[0], b * scales[1]
    elif max(a, b) >= _SCALES["thousand"]:  # not 'from 31 to 28 million'
        return False
    if not a or not b or max(a, b) > _MOST * min(a, b) or re.fullmatch(r"(?:19|20)\d\d", match["a"]):
        return False
    return a < b if more else a > b
