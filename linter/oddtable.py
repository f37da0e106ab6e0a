"""The table of odd wordings: which sequences of words a paraphrasing machine writes, and what they stand for.

Looked up by the first two words: the second words of each first word are sorted, so that one bisection finds a pair.
What a pair stands for is two word numbers, or a text; longer wordings hang on their first pair.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from linter.lexicon import BUILTIN
from linter.wordcodes import MOST_WORDS, word_codes

FILE = BUILTIN.parent / "tables" / "odd-wording.z"
KINDS = ("collocation", "compound", "marker", "idiom")
LEVELS = 3
NUMBER = MOST_WORDS  # stands for any number in digits
_LONGER = 0xFF  # a pair that begins longer wordings
_TEXT = 0xFFFF  # in the place of the first word: the meaning is a text
_SAME = 0xFFFE  # in the place of a word: it is the usual one


class Tables(msgspec.Struct, array_like=True):
    """What is in the file; the bytes are little-endian arrays of the type codes in ARRAYS."""

    starts: bytes  # by first word: where its second words begin
    seconds: bytes
    grades: bytes  # kind and level of each pair, or _LONGER
    ones: bytes  # the meaning's first word; _TEXT; or where the longer wordings begin, in units of 65,536
    twos: bytes
    longer: bytes  # wordings: rest of the words, each number + 1, 0 at the end, grade, number of the text (two places)
    texts: str  # one per line


ARRAYS = {"starts": "I", "seconds": "H", "grades": "B", "ones": "H", "twos": "H", "longer": "H"}


class Wording(NamedTuple):
    """An odd wording in a text: `codes[first:end]`."""

    first: int
    end: int
    kind: int
    level: int
    meaning: str


class OddTable:
    """The table, ready for look-up."""

    def __init__(self, tables: Tables) -> None:
        self._arrays = {name: array(code) for name, code in ARRAYS.items()}
        for name, values in self._arrays.items():
            values.frombytes(getattr(tables, name))
            if sys.byteorder == "big":
                values.byteswap()
        self._seconds, self._texts = self._arrays["seconds"], tables.texts.split("\n")
        starts = self._arrays["starts"]
        bounds = [(starts[n], starts[n + 1]) for n in range(len(starts) - 1)]
        # By the code of the first word, small or with a capital.
        self._bounds = {}
        for number, (low, high) in enumerate(bounds):
            if low == high:
                continue
            if number == NUMBER:
                self._bounds.update(dict.fromkeys("01Y", (low, high)))
            else:
                self._bounds[chr(0x100 + number)] = self._bounds[chr(0x100 + MOST_WORDS + number)] = low, high
        self._values = _Values()

    def find(self, codes: str) -> Iterator[Wording]:
        """The odd wordings of a text's codes, in order; the longest at each place."""
        bounds, values, seconds = self._bounds, self._values, self._seconds
        reached = 0
        for at, (code, following) in enumerate(pairwise(codes)):
            span = bounds.get(code)
            if span is not None:
                value = values[following]
                place = bisect_left(seconds, value, span[0], span[1])
                if place < span[1] and seconds[place] == value and at >= reached:
                    found = self._at(codes, at, place)
                    if found is not None:
                        reached = found.end - 1
                        yield found

    def _at(self, codes: str, at: int, place: int) -> Wording | None:
        grade, ones, twos = self._arrays["grades"][place], self._arrays["ones"], self._arrays["twos"]
        if grade == _LONGER:
            return self._longer(codes, at, ones[place] << 16 | twos[place])
        one, two = ones[place], twos[place]
        if one != _TEXT:
            one = self._values[codes[at]] if one == _SAME else one
            two = self._values[codes[at + 1]] if two == _SAME else two
        return Wording(at, at + 2, grade // LEVELS, grade % LEVELS, self._meaning(one, two))

    def _longer(self, codes: str, at: int, place: int) -> Wording | None:
        longer, best = self._arrays["longer"], None
        while longer[place] != _TEXT:
            end, fits = at + 2, True
            while longer[place]:
                fits = fits and end < len(codes) and self._values[codes[end]] == longer[place] - 1
                end += 1
                place += 1
            grade, high, low = longer[place + 1 : place + 4]
            if fits and (best is None or end > best.end):
                best = Wording(at, end, grade // LEVELS, grade % LEVELS, self._texts[high << 16 | low])
            place += 4
        return best

    def _meaning(self, one: int, two: int) -> str:
        if one == _TEXT:
            return self._texts[two]
        words = word_codes().words
        return f"{words[one]} {words[two]}"


class _Values(dict[str, int]):
    """What a code is in the table."""

    def __missing__(self, code: str) -> int:
        number = NUMBER if code in "01Y" else word_codes().number(code)
        self[code] = value = number if number >= 0 else _TEXT
        return value


@cache
def odd_table() -> OddTable:
    """The shipped table."""
    return OddTable(msgspec.msgpack.decode(zlib.decompress(FILE.read_bytes()), type=Tables))


def pack(wordings: Iterable[tuple[tuple[int, ...], str, int, int]]) -> bytes:
    """The file's bytes from (numbers of the words, meaning, kind, level)."""
    pairs: dict[tuple[int, int], list[tuple[tuple[int, ...], str, int]]] = defaultdict(list)
    for words, meaning, kind, level in wordings:
        pairs[words[0], words[1]].append((words[2:], meaning, kind * LEVELS + level))
    packed, texts = {name: array(code) for name, code in ARRAYS.items()}, dict[str, int]()
    numbers = {word: number for number, word in enumerate(word_codes().words)}
    last = -1
    for (first, second), found in sorted(pairs.items()):
        packed["starts"].extend([len(packed["seconds"])] * (first - last))
        last = first
        packed["seconds"].append(second)
        usual = found[0][1].split(" ")
        if len(found) > 1 or found[0][0]:
            grade, (one, two) = _LONGER, divmod(len(packed["longer"]), 0x10000)
            for rest, text, value in sorted(found):
                place = texts.setdefault(text, len(texts))
                packed["longer"].extend([*(number + 1 for number in rest), 0, value, *divmod(place, 0x10000)])
            packed["longer"].append(_TEXT)
        elif len(usual) == 2 and all(word in numbers for word in usual):
            grade, one, two = found[0][2], numbers[usual[0]], numbers[usual[1]]
            one, two = (_SAME if one == first else one), (_SAME if two == second else two)
        else:
            place = texts.setdefault(found[0][1], len(texts))
            grade, one, two = found[0][2], _TEXT, place
            if place >= 0x10000:
                raise ValueError("more texts than a pair can name")
        packed["grades"].append(grade)
        packed["ones"].append(one)
        packed["twos"].append(two)
    packed["starts"].extend([len(packed["seconds"])] * (NUMBER + 1 - last))
    if sys.byteorder == "big":
        for values in packed.values():
            values.byteswap()
    data = {name: values.tobytes() for name, values in packed.items()}
    return zlib.compress(msgspec.msgpack.encode(Tables(**data, texts="\n".join(texts))), 9)
