"""From a Python pattern to strings of which every match contains at least one: what one automaton can look for.

All such strings of a rule book stand in a single Aho-Corasick automaton, whose cost does not grow with their number.
Where one of them occurs, its line is tried with the pattern; a pattern without good strings has an RE2 gate instead.
(The idea is that of RE2's FilteredRE2; it is done here because offsets, and so lines, are needed.)
"""

from __future__ import annotations

import re._constants as sre
import string
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from math import log2
from typing import Any, NamedTuple

from linter.lexicon import frequent_words

EDGE = "\b"  # at the start or end of a string: no ASCII letter, digit or underscore stands beside it
ASCII_WORD = frozenset(string.ascii_letters + string.digits + "_")
_MOST_STRINGS = 400  # alternatives that are multiplied out; more are kept apart
_SHORTEST = 20  # strings that are looked for in others
MOST_SIGNS = 24  # characters of a class that count as alternatives
_ENOUGH_BITS = 22.0
# Bits of surprise per character of what are no English words; signs that are not listed hardly ever occur in prose.
_BITS = {
    char: bits
    for bits, chars in {
        2.5: " ", 3.0: "e", 3.5: "taoin", 4.0: "srhld", 5.0: "cumfpgwyb0123456789.,-'\"", 6.5: "vkjxqz()",
        8.0: ":;!?/$%&#£€éñöü–—…•·«»", 9.0: "[]", 1.0: "\n\t\r",
    }.items()
    for char in chars
}  # fmt: skip
_RARE = 15.0
# English words by rank, whose frequencies are about a tenth of its inverse (Zipf); the rest is rarer than the last.
_LETTERS = ("a", "i")  # which the list of words has not, and which are among the first ten
_WORDS, _ZIPF, LETTERS_PER_WORD, _TOGETHER = 3000, 0.1, 5.0, 0.35

Node = tuple[Any, Any]


class _Part(NamedTuple):
    """What a piece of a pattern matches exactly (None: not so few strings), and strings of which it contains one."""

    exact: frozenset[str] | None
    contains: frozenset[str] | None


_NOTHING = _Part(frozenset([""]), None)
_EDGE = _Part(frozenset([EDGE]), None)
_UNKNOWN = _Part(None, None)


def literals_of(items: Iterable[Node]) -> tuple[tuple[str, ...], float]:
    """Lower-case strings of which every match of a parsed pattern contains one, and how rarely one of them occurs.

    The latter in bits per character of text; no strings and 0 where there are none. A string that begins or ends with
    EDGE only counts where it is not part of a longer word.
    """
    part = _sequence(items)
    best = _better(part.contains, part.exact)
    if best is None or not (bits := _worth(best)):
        return (), 0.0
    best = frozenset(map(_trimmed, best))
    shortest = sorted(best, key=len)[:_SHORTEST]  # a string that contains another one is found with it
    return tuple(sorted(s for s in best if not any(other != s and other in s for other in shortest))), bits


def _trimmed(wording: str) -> str:
    """Edges only at the ends, and there only beside an ASCII letter or digit.

    Beside other signs an edge would mean that a word stands there, and other letters are no word to RE2.
    """
    bare = wording.replace(EDGE, "")
    start = EDGE if wording.startswith(EDGE) and bare[0] in ASCII_WORD else ""
    return start + bare + (EDGE if wording.endswith(EDGE) and bare[-1] in ASCII_WORD else "")


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
    for op, value in _joined(items):
        part = _node(op, value)
        if part.exact is not None and len(run) * len(part.exact) <= _MOST_STRINGS:
            if len(part.exact) > 1:  # the shorter and fewer strings may be good enough
                best = _better(best, run)
            run = frozenset(head + tail for head in run for tail in part.exact)
            best = _better(best, part.contains) if op is sre.ASSERT else best
            continue
        best, whole = _better(_better(best, run), part.contains), False
        run = part.exact if part.exact is not None else frozenset([""])
    best = _better(best, run)
    return _Part(run if whole else None, best)


def _joined(items: Iterable[Node]) -> Iterator[Node]:
    """The items, with each run of literals as one item: patterns are mostly words."""
    codes: list[int] = []
    for op, value in items:
        if op is sre.LITERAL and lower(value):
            codes.append(value)
            continue
        if codes:
            yield sre.LITERAL, "".join(map(lower, codes))
            codes = []
        yield op, value
    if codes:
        yield sre.LITERAL, "".join(map(lower, codes))


@cache
def lower(code: int) -> str:
    """A character in lower case; "" where that depends on its place (a sigma) or is not one character."""
    lower = chr(code).lower()
    return "" if chr(code) in "Σσς" or len(lower) != 1 else lower


def _node(op: Any, value: Any) -> _Part:
    if op is sre.LITERAL:
        strings = frozenset([value]) if isinstance(value, str) else None
        return _Part(strings, strings)
    if op is sre.IN and all(member is sre.LITERAL for member, _ in value) and len(value) <= MOST_SIGNS:
        return _one_of([code for _, code in value])
    if op is sre.BRANCH:
        return _branches([_sequence(branch) for branch in value[1]])
    if op is sre.SUBPATTERN:
        return _sequence(value[3])
    if op is sre.ATOMIC_GROUP:
        return _sequence(value)
    if op is sre.AT and value is sre.AT_BOUNDARY:
        return _EDGE
    if op is sre.ASSERT:
        ahead = _sequence(value[1]) if value[0] > 0 else _UNKNOWN
        return _Part(frozenset([""]), _better(ahead.contains, ahead.exact))
    if op is sre.ASSERT_NOT:
        return _EDGE if _is_word_class(value[1]) else _NOTHING
    if op is sre.AT:
        return _NOTHING
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        low, high, body = value[0], value[1], _sequence(value[2])
        if low == 0:
            exact = body.exact if high == 1 else None
            return _Part(exact | {""}, None) if exact is not None else _UNKNOWN
        return body if low == high == 1 else _Part(None, _better(body.contains, body.exact))
    return _UNKNOWN


def _is_word_class(items: Iterable[Node]) -> bool:
    """Is this one character of a class that all letters, digits and underscores belong to?"""
    inner = list(items)
    if len(inner) != 1 or inner[0][0] is not sre.IN:
        return False
    members = inner[0][1]
    return members[0][0] is not sre.NEGATE and (sre.CATEGORY, sre.CATEGORY_WORD) in members


def _one_of(codes: list[int]) -> _Part:
    strings = frozenset(map(lower, codes))
    return _UNKNOWN if "" in strings else _Part(strings, strings)


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


@lru_cache(1000)
def _worth(strings: frozenset[str]) -> float:
    """How rarely any of the strings is likely to occur, in bits."""
    rate = sum(2.0 ** -min(_bits(wording), _ENOUGH_BITS) for wording in strings)
    return -log2(rate) if rate else 0.0


@cache
def _bits(wording: str) -> float:
    bare = wording.replace(EDGE, "")
    tokens = bare.split()
    bits = []
    for number, token in enumerate(tokens):
        starts = number > 0 or wording[0] in (EDGE, " ")
        ends = number + 1 < len(tokens) or wording[-1] in (EDGE, " ")
        word = token.isalpha() and token.isascii()
        bits.append(bits_of_word(token, starts, ends) if word else _bits_of_signs(token))
    if not bits:
        return _bits_of_signs(bare)
    rarest = max(bits)  # words that are found together often are: the others tell little more
    return rarest + _TOGETHER * (sum(bits) - rarest)


def _bits_of_signs(token: str) -> float:
    return sum(_BITS.get(char, _RARE) for char in token)


@cache
def bits_of_word(token: str, starts: bool, ends: bool) -> float:
    """Bits of some letters as a word, or the start, end or middle of words."""
    text, offsets = _ranked()
    wanted = "\n" * starts + token + "\n" * ends
    rate, at = _ZIPF / _WORDS / 10, text.find(wanted)
    while at >= 0:
        rate += _ZIPF / bisect_right(offsets, at + starts)
        at = text.find(wanted, at + 1)
    return -log2(rate / LETTERS_PER_WORD)


@cache
def _ranked() -> tuple[str, list[int]]:
    """The commonest words, one per line, and the offset of each."""
    first, *rest = frequent_words(_WORDS)
    words = [first, *_LETTERS, *rest]
    return "\n" + "\n".join(words) + "\n", list(accumulate((len(word) + 1 for word in words[:-1]), initial=1))
