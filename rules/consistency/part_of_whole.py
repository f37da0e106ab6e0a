"""SEM015: a part that is larger than its whole, a majority of the fewer votes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit
from linter.wordcodes import word_codes

_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_NUMBER = (
    r"(?<![\w.,:/$£€-])(?P<@>\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w:,./-]\d|-|/|%| per ?cent|st\b|nd\b|rd\b|th\b)"
    r"(?: ?(?P<@s>thousand|million|billion|(?:k|m|bn)\b))?"
)
_SOME = r"(?:(?:about|around|some|nearly|almost|roughly|just|over|only|more than|at least) )*"
_AMONG = r"(?:among them|of whom|of them|of which)"
_VERBS = r"(?:from|were|are|was|had|have|died|in|women|men|children)"
_ADOPT, _ADOPTED = r"(?:approve|pass|adopt|accept|back|support)", r"(?:passed|approved|adopted|backed|carried)"
_PLURAL = r"(?:[a-z]+ )?(?:[a-z]{2,}s|people|women|men|children)\b"
_FAR = 12  # tokens between the two numbers
_CROWD_MARGIN = 1.2  # a full ground may hold some more


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    a, b = _NUMBER.replace("@", "a"), _NUMBER.replace("@", "b")
    shapes = {
        "among": rf"{a} [a-z-]+[^\d.;:()\"\n]{{0,25}}, {_AMONG} {_SOME}{b}(?= {_VERBS}\b)",
        "of": rf"{a} of (?:the|its|their|his|her|our) {b} {_PLURAL}",
        "vote": rf"\bvot(?:ed|es?|ing)(?: by)? {a} ?(?:to|-|–) ?{b} (?:in favou?r|to {_ADOPT})\b",
        "passed": rf"\b{_ADOPTED}(?: the [a-z ]{{2,30}})? by {a} (?:votes )?to {b}\b(?! (?:per|%))",
        "crowd": rf"\b(?:crowd|attendance|audience) of {_SOME}{a}[^\d.;:\n]{{1,60}}, which (?:holds|seats) {_SOME}{b}",
    }
    return {name: re.compile(shape) for name, shape in shapes.items()}


@cache
def _gate() -> tuple[re.Pattern[str], frozenset[str]]:
    """Two numbers with a joining word between them, in codes; words of votes."""
    codes = word_codes()

    def of(words: str) -> str:
        return "".join(codes[word] for word in words.split())

    some = of("about around some nearly almost roughly just over only more than at least")
    joins = (
        f"{codes['of']}[{of('the its their his her our')}]|{codes['votes']}?(?P<vote>{codes['to']}|-)"
        f"|[^0\n]{{1,{_FAR}}}[{of('whom them which holds seats')}][{some}]{{0,3}}"
    )
    return re.compile(f"0(?:{joins})0"), frozenset(of("voted vote votes voting passed approved adopted backed carried"))


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the part and the whole with what stands between them."""
    coded = analysis.coded
    gate, votes = _gate()
    last = -1
    for found in gate.finditer(coded.codes):
        start = found.start()
        if found["vote"] and votes.isdisjoint(coded.codes[max(start - _FAR, 0) : start]):
            continue
        sentence = analysis.sentence_at(coded.span(start, found.end()).start)
        if sentence.start > last:
            last = sentence.start
            yield from _judge(analysis.folded[sentence.start : sentence.end], sentence.start)


def _judge(sentence: str, start: int) -> Iterator[Hit]:
    for kind, pattern in _patterns().items():
        for match in pattern.finditer(sentence):
            a, b = (float(match[name].replace(",", "")) * _SCALES.get(match[f"{name}s"] or "", 1) for name in "ab")
            if re.fullmatch(r"(?:19|20)\d\d", match["a"]):
                continue
            wrong = {"of": a > b, "crowd": a > _CROWD_MARGIN * b}.get(kind, a < b)
            if wrong:
                yield Hit(start + match.start(), start + match.end(), (kind,))
