"""From a Python pattern to strings of which every match contains at least one: what one automaton can look for.

All such strings of a rule book stand in a single Aho-Corasick automaton, whose cost does not grow with their number.
Where one of them occurs, its line is tried with the pattern; a pattern without good strings has an RE2 gate instead.
(The idea is that of RE2's FilteredRE2; it is done here because offsets, and so lines, are needed.)
"""

from __future__ import annotations

import re._constants as sre
from collections.abc import Iterable
from math import log2
from typing import Any, NamedTuple

from linter.words import STOP_WORDS

_MOST_STRINGS = 64  # alternatives that are multiplied out; more are kept apart
_LEAST_BITS = 12.0
# Bits of surprise per character, from the letter frequencies of English text; other characters are rarer.
_BITS = {
    char: bits
    for bits, chars in {
        2.5: " ", 3.0: "e", 3.5: "taoin", 4.0: "srhld", 5.0: "cumfpgwyb0123456789.,-'\"", 6.5: "vkjxqz()",
        8.0: ":;!?/$%&#£€éñöü–—…•·«»", 9.0: "[]",
    }.items()
    for char in chars
}  # fmt: skip
_RARE = 12.0  # braces, bars, backslashes, signs, letters of other scripts: hardly ever in English prose
_COMMON = STOP_WORDS | {"said", "people", "year", "time", "news", "read", "story", "report", "image", "article"}

Node = tuple[Any, Any]


class _Part(NamedTuple):
    """What a piece of a pattern matches exactly (None: not so few strings), and strings of which it contains one."""

    exact: frozenset[str] | None
    contains: frozenset[str] | None


_NOTHING = _Part(frozenset([""]), None)
_UNKNOWN = _Part(None, None)


def literals_of(items: Iterable[Node]) -> tuple[str, ...]:
    """Lower-case strings of which every match of a parsed pattern contains one; empty where there are no good ones."""
    part = _sequence(items)
    best = _better(part.contains, part.exact)
    if best is None or _worth(best) < _LEAST_BITS:
        return ()
    # A string that contains another one is found with it.
    return tuple(sorted(s for s in best if not any(other != s and other in s for other in best)))


def crosses_lines(items: Iterable[Node]) -> bool:
    """Does a pattern name a line break, or the start or end of the text? Others are matched line by line."""
    for op, value in items:
        if op is sre.LITERAL:
            crosses = value == 10
        elif op is sre.IN:
            crosses = _names_break(value)
        elif op is sre.BRANCH:
            crosses = any(map(crosses_lines, value[1]))
        elif op is sre.SUBPATTERN:
            crosses = crosses_lines(value[3])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            crosses = crosses_lines(value[2])
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            crosses = crosses_lines(value[1])
        elif op is sre.ATOMIC_GROUP:
            crosses = crosses_lines(value)
        elif op is sre.AT:
            crosses = value not in (sre.AT_BOUNDARY, sre.AT_NON_BOUNDARY)
        else:
            crosses = op not in (sre.ANY, sre.NOT_LITERAL)
        if crosses:
            return True
    return False


def _names_break(members: list[Node]) -> bool:
    """Is a line break in the class by name, or by a category and its opposite?"""
    if members[0][0] is sre.NEGATE:
        return False  # [^.!?] means: within a sentence
    categories = {value for op, value in members if op is sre.CATEGORY}
    opposites = (sre.CATEGORY_SPACE, sre.CATEGORY_NOT_SPACE), (sre.CATEGORY_WORD, sre.CATEGORY_NOT_WORD)
    return any(
        value == 10 if op is sre.LITERAL else op is sre.RANGE and value[0] <= 10 <= value[1] for op, value in members
    ) or any(categories.issuperset(pair) for pair in opposites)


def _sequence(items: Iterable[Node]) -> _Part:
    run: frozenset[str] = frozenset([""])  # what the pieces since the last unknown one match exactly
    best: frozenset[str] | None = None
    whole = True
    for op, value in items:
        part = _node(op, value)
        if part.exact is not None and len(run) * len(part.exact) <= _MOST_STRINGS:
            run = frozenset(head + tail for head in run for tail in part.exact)
            continue
        best, whole = _better(_better(best, run), part.contains), False
        run = part.exact if part.exact is not None else frozenset([""])
    best = _better(best, run)
    return _Part(run if whole else None, best)


def _node(op: Any, value: Any) -> _Part:
    if op is sre.LITERAL:
        return _exactly([value])
    if op is sre.IN and all(member is sre.LITERAL for member, _ in value) and len(value) <= 6:
        return _exactly([code for _, code in value])
    if op is sre.BRANCH:
        return _branches([_sequence(branch) for branch in value[1]])
    if op is sre.SUBPATTERN:
        return _sequence(value[3])
    if op is sre.ATOMIC_GROUP:
        return _sequence(value)
    if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return _NOTHING
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        low, high, body = value[0], value[1], _sequence(value[2])
        if low == 0:
            exact = body.exact if high == 1 else None
            return _Part(exact | {""}, None) if exact is not None else _UNKNOWN
        return body if low == high == 1 else _Part(None, _better(body.contains, body.exact))
    return _UNKNOWN


def _exactly(codes: list[int]) -> _Part:
    chars = frozenset(map(chr, codes))
    # Lower case depends on the place of a sigma; what has no case of its own length stays out as well.
    if any(char in "Σσς" or len(char.lower()) != 1 for char in chars):
        return _UNKNOWN
    chars = frozenset(char.lower() for char in chars)
    return _Part(chars, chars)


def _branches(parts: list[_Part]) -> _Part:
    exact: frozenset[str] | None = frozenset()
    contains: frozenset[str] | None = frozenset()
    for part in parts:
        exact = exact | part.exact if exact is not None and part.exact is not None else None
        best = _better(part.contains, part.exact)
        contains = contains | best if contains is not None and best is not None else None
    if exact is not None and len(exact) > _MOST_STRINGS:
        exact = None
    return _Part(exact, contains)


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return one if other is None else other
    return one if _worth(one) >= _worth(other) else other


def _worth(strings: frozenset[str]) -> float:
    """How rarely any of the strings is likely to occur, in bits."""
    return min(map(_bits, strings), default=0.0) - log2(max(len(strings), 1)) / 2


def _bits(string: str) -> float:
    bits = sum(_BITS.get(char, _RARE) for char in string)
    return bits / 2 if string.strip() in _COMMON else bits
