"""From a pattern that is tied to the start of a line to the words with which a line that it matches can begin.

Lines that begin with one of few words are found by looking up each line's first word: no text is searched for it.
"""

from __future__ import annotations

import re
import re._constants as sre
from collections.abc import Iterable
from math import log2
from typing import Any

from linter.literals import ASCII_WORD, LETTERS_PER_WORD, MOST_SIGNS, Node, bits_of_word, lower

LENGTH = 4  # characters of a word that are looked at
ANY_NUMBER = "#"  # stands for words that begin with a digit
_OPEN = "*"  # after the beginning of a word that may go on in any way
_WORD = re.compile(rf"\w{{1,{LENGTH}}}")
_MOST = 400  # words, or beginnings of words, that a pattern may have
_WORDS_PER_LINE, _LINES_WITH_NUMBER = 32.0, 0.02
_REPEATS = LENGTH + 1  # a word is full after so many rounds of any repetition


class _UnknownError(Exception):
    """The pattern may begin with any word."""


def first_words(items: Iterable[Node], *, whole: bool) -> frozenset[str]:
    """The keys under which `keys_of` finds every line that the parsed pattern matches; empty if that can be any line.

    `whole`: the pattern must match to the line's end.
    """
    found: set[str] = set()
    try:
        open_ = _sequence(items, frozenset([""]), found)
        found.update(map(_closed if whole else _opened, open_))
    except _UnknownError:
        return frozenset()
    return frozenset(found)


def first_word(text: str, start: int, end: int) -> str:
    """The first word of the line text[start:end] of a folded text, as far as it is looked at; "": there is none."""
    match = _WORD.search(text, start, end)
    return match.group() if match else ""


def keys_of(word: str) -> list[str]:
    """The keys of the lines with this first word."""
    if not word:
        return []
    keys = [word, *(word[:length] + _OPEN for length in range(1, min(len(word), LENGTH - 1) + 1))]
    return [*keys, ANY_NUMBER] if word[:1].isdigit() else keys


def bits_of_first(keys: frozenset[str]) -> float:
    """How rarely a line begins so, in bits per character of text, as for literals."""
    rate = 0.0
    for key in keys:
        word = key.rstrip(_OPEN)
        if key == ANY_NUMBER:
            rate += _LINES_WITH_NUMBER / (_WORDS_PER_LINE * LETTERS_PER_WORD)
        elif word.isalpha() and ASCII_WORD.issuperset(word):
            whole = not key.endswith(_OPEN) and len(word) < LENGTH
            rate += 2.0 ** -bits_of_word(word, True, whole) / _WORDS_PER_LINE
    return -log2(rate) if rate else 0.0


def _closed(word: str) -> str:
    if not word:
        raise _UnknownError
    return word


def _opened(word: str) -> str:
    return word if len(_closed(word)) >= LENGTH else word + _OPEN


def _sequence(items: Iterable[Node], words: frozenset[str], found: set[str]) -> frozenset[str]:
    """Beginnings of first words after the items; what is complete goes to `found`."""
    for op, value in items:
        if not words:
            return words
        words = _node(op, value, words, found)
        if len(words) + len(found) > _MOST:
            raise _UnknownError
    return words


def _node(op: Any, value: Any, words: frozenset[str], found: set[str]) -> frozenset[str]:
    if op is sre.LITERAL:
        return _after_sign(value, words, found)
    if op is sre.IN:
        return _after_class(value, words, found)
    if op is sre.BRANCH:
        return frozenset().union(*(_sequence(branch, words, found) for branch in value[1]))
    if op is sre.SUBPATTERN:
        return _sequence(value[3], words, found)
    if op is sre.ATOMIC_GROUP:
        return _sequence(value, words, found)
    if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return words
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        low, high, body = value
        reached = words if low == 0 else frozenset()
        for count in range(1, min(int(high), _REPEATS) + 1):
            words = _sequence(body, words, found)
            if count >= low or count == _REPEATS:
                reached |= words
        return reached
    return _after_any(words, found)


def _after_sign(code: int, words: frozenset[str], found: set[str]) -> frozenset[str]:
    sign = lower(code)
    if not sign:
        return _after_any(words, found)
    if not _is_word(sign):
        return _after_gap(words, found)
    longer = {word + sign for word in words}
    found.update(word for word in longer if len(word) >= LENGTH)
    return frozenset(word for word in longer if len(word) < LENGTH)


def _after_gap(words: frozenset[str], found: set[str]) -> frozenset[str]:
    """After a sign that is in no word: signs before the first word are passed over."""
    found.update(word for word in words if word)
    return words & {""}


def _after_any(words: frozenset[str], found: set[str]) -> frozenset[str]:
    """After any sign: the words may end or go on."""
    found.update(map(_opened, words))
    return frozenset()


def _after_class(members: list[Node], words: frozenset[str], found: set[str]) -> frozenset[str]:
    if all(op is sre.LITERAL for op, _ in members) and len(members) <= MOST_SIGNS:
        return frozenset().union(*(_after_sign(code, words, found) for _, code in members))
    if _is_gap(members):
        return _after_gap(words, found)
    if members == [(sre.CATEGORY, sre.CATEGORY_DIGIT)] and "" in words:
        found.add(ANY_NUMBER)
        words -= {""}
    return _after_any(words, found)


def _is_gap(members: list[Node]) -> bool:
    """Has a class no sign of which words are made?"""
    if members[0][0] is sre.NEGATE:
        return (sre.CATEGORY, sre.CATEGORY_WORD) in members
    return not any(map(_holds_word_sign, members))


def _holds_word_sign(member: Node) -> bool:
    op, value = member
    if op is sre.LITERAL:
        return _is_word(chr(value))
    if op is sre.RANGE:
        return any(_is_word(chr(code)) for code in range(value[0], value[1] + 1))
    return value not in (sre.CATEGORY_SPACE, sre.CATEGORY_NOT_WORD)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
