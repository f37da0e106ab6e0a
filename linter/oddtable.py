"""The table of odd wordings: which sequences of words a paraphrasing machine writes, and what they stand for.

Looked up word by word, where few texts are linted: the codes of the words that may follow are a slice of one long
string, where one character is found faster than by bisection. A run over many texts builds an automaton of all of them.
What a pair stands for is two word numbers, or a text; longer wordings hang on their first pair, by their third word.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import compress, count, pairwise
from operator import contains
from typing import Any, NamedTuple

import msgspec

from linter.lexicon import BUILTIN
from linter.wordcodes import MOST_WORDS, word_codes

FILE = BUILTIN.parent / "tables" / "odd-wording.z"
KINDS = ("collocation", "compound", "marker", "idiom")
LEVELS = 3  # of the table's wordings: weak, plain and strong evidence
BESIDE = LEVELS  # the level of what is believed only beside better evidence: see linter.substitution
NUMBER = MOST_WORDS  # stands for any number in digits
_LONGER = 0xFF  # a pair that begins longer wordings
_TEXT = 0xFFFF  # in the place of the first word: the meaning is a text
_NONE = "\x02"  # in the place of a third word
_SAME = 0xFFFE  # in the place of a word: it is the usual one
# An automaton takes 40 µs for an article where the pairs take 130, and .25 s to build.
_MANY_TEXTS = 2_500
_UNLIKE = re.compile(f"[1Y{chr(0x100 + MOST_WORDS)}-{chr(0xFF + 2 * MOST_WORDS)}]")  # what is read as another code


class Tables(msgspec.Struct, array_like=True):
    """What is in the file; bytes are little-endian arrays of the type codes in ARRAYS."""

    starts: bytes  # by first word: where its second words begin
    seconds: bytes  # their codes
    grades: bytes  # kind and level of each pair, or _LONGER
    ones: bytes  # the meaning's first word; _TEXT; or the number of a pair that begins longer ones, in units of 65,536
    twos: bytes
    branches: bytes  # by pair that begins longer ones: where its third words begin
    thirds: bytes  # their codes; _NONE where the pair is a wording by itself
    places: bytes  # by third word: where the rest begins
    longer: bytes  # rest of the words, each number + 1, 0 at the end, grade, number of the text (two places)
    texts: str  # one per line


ARRAYS = {
    "starts": "I", "seconds": "H", "grades": "B", "ones": "H", "twos": "H", "branches": "I", "thirds": "H",
    "places": "I", "longer": "H",
}  # fmt: skip
_STRINGS = ("seconds", "thirds")  # used as strings of codes


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
        self._arrays = {name: array(code) for name, code in ARRAYS.items() if name not in _STRINGS}
        for name, values in self._arrays.items():
            values.frombytes(getattr(tables, name))
            if sys.byteorder == "big":
                values.byteswap()
        starts, seconds = self._arrays["starts"], tables.seconds.decode("utf-16-le")
        self._thirds, self._lines = tables.thirds.decode("utf-16-le"), tables.texts
        self._thirds_of, self._rests_of = _Thirds(self), _Rests(self)
        self._texts_seen = 0
        self._automaton: Any = None
        # By first word the codes of the second ones, as a string: nothing finds one character faster.
        self._seconds = _Seconds(
            (chr(_code(number)), seconds[low:high]) for number, (low, high) in enumerate(pairwise(starts)) if low < high
        )

    def find(self, codes: str) -> Iterator[Wording]:
        """The odd wordings of a text's codes, in order; the longest at each place."""
        small, reached = _UNLIKE.sub(_small, codes), 0
        for at in self._places(small):
            if at >= reached:
                found = self._at(small, at)
                if found is not None:
                    reached = found.end - 1
                    yield found

    def _places(self, codes: str) -> Iterable[int]:
        """Where wordings begin, in order: pair by pair, or by the automaton in a run over many texts."""
        if self._automaton is None:
            self._texts_seen += 1
            if self._texts_seen < _MANY_TEXTS:
                return self._places_of_pairs(codes)
            import ahocorasick_rs

            self._automaton = ahocorasick_rs.AhoCorasick(list(self._wordings()), store_patterns=False)
        return sorted({start for _, start, _ in self._automaton.find_matches_as_indexes(codes, overlapping=True)})

    def _places_of_pairs(self, small: str) -> Iterator[int]:
        thirds_of = self._thirds_of
        # All of it runs in C: this is the one look at every word of every article.
        for at in compress(count(), map(contains, map(self._seconds.__getitem__, small), small[1:])):
            # Most pairs only begin longer wordings, and another word follows.
            thirds = thirds_of[small[at : at + 2]]
            if thirds and thirds[0] != _NONE:
                third = small[at + 2 : at + 3]
                if not third or third not in thirds:
                    continue
                if not small.startswith(self._rests_of[small[at : at + 3]], at + 3):
                    continue
            yield at

    def _wordings(self) -> Iterator[str]:
        """The codes of every wording of the table."""
        arrays, thirds = self._arrays, self._thirds
        for first, seconds in self._seconds.items():
            start = arrays["starts"][_number(first)]
            grades = arrays["grades"][start : start + len(seconds)]
            for place, second, grade in zip(count(start), seconds, grades, strict=False):
                pair = first + second
                if grade != _LONGER:
                    yield pair
                    continue
                for at in range(*self._branches(place)):
                    yield pair if thirds[at] == _NONE else pair + thirds[at] + self._rest(at)

    def has(self, pair: str) -> bool:
        """Does a wording begin with this pair of codes?"""
        return pair[1] in self._seconds[pair[0]]

    def place(self, pair: str) -> int:
        """Where in the table a pair of codes stands, that is in it."""
        return self._arrays["starts"][_number(pair[0])] + self._seconds[pair[0]].index(pair[1])

    def thirds(self, place: int) -> str:
        """The codes of the third words of the wordings that begin with the pair at a place; none: it begins none."""
        if self._arrays["grades"][place] != _LONGER:
            return ""
        first, last = self._branches(place)
        return self._thirds[first:last]

    def rests(self, pair: str, third: str) -> tuple[str, ...]:
        """What has to follow three words, by their codes, for each of the wordings that begin with them."""
        return tuple(self._rest(at) for at in range(*self._branches(self.place(pair))) if self._thirds[at] == third)

    def _branches(self, place: int) -> tuple[int, int]:
        """Where the third words begin and end of the pair at a place, that begins longer wordings."""
        pair = self._arrays["ones"][place] << 16 | self._arrays["twos"][place]
        first, last = self._arrays["branches"][pair : pair + 2]
        return first, last

    def _rest(self, branch: int) -> str:
        longer, place, codes = self._arrays["longer"], self._arrays["places"][branch], ""
        while longer[place]:
            codes += chr(_code(longer[place] - 1))
            place += 1
        return codes

    def _at(self, codes: str, at: int) -> Wording | None:
        first, second, place = codes[at], codes[at + 1], self.place(codes[at : at + 2])
        arrays = self._arrays
        grade, one, two = arrays["grades"][place], arrays["ones"][place], arrays["twos"][place]
        if grade == _LONGER:
            return self._longer(codes, at, place)
        if one == _TEXT:
            meaning = self._texts[two]
        else:
            words, number = word_codes().words, word_codes().number
            one = number(first) if one == _SAME else one
            two = number(second) if two == _SAME else two
            meaning = f"{words[one]} {words[two]}"
        return Wording(at, at + 2, grade // LEVELS, grade % LEVELS, meaning)

    def _longer(self, codes: str, at: int, pair: int) -> Wording | None:
        """The longest wording that begins with the pair at a place of the table."""
        first, last = self._branches(pair)
        thirds, best = self._thirds, None
        if thirds[first] == _NONE:
            best = self._fits(codes, at, at + 2, self._arrays["places"][first])
        third = codes[at + 2 : at + 3]
        place = thirds.find(third, first, last) if third else -1
        while 0 <= place < last and thirds[place] == third:
            found = self._fits(codes, at, at + 3, self._arrays["places"][place])
            if found is not None and (best is None or found.end > best.end):
                best = found
            place += 1
        return best

    def _fits(self, codes: str, at: int, end: int, place: int) -> Wording | None:
        """The wording whose words from `end` on stand at a place of the table, if they stand in the text."""
        longer = self._arrays["longer"]
        while longer[place]:
            if end >= len(codes) or _number(codes[end]) != longer[place] - 1:
                return None
            end += 1
            place += 1
        grade, high, low = longer[place + 1 : place + 4]
        return Wording(at, end, grade // LEVELS, grade % LEVELS, self._texts[high << 16 | low])

    @cached_property
    def _texts(self) -> list[str]:
        return self._lines.split("\n")


class _Thirds(dict[str, str]):
    """The third words of each pair that was met."""

    def __init__(self, table: OddTable) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, pair: str) -> str:
        thirds = self[pair] = self._table.thirds(self._table.place(pair))
        return thirds


class _Rests(dict[str, tuple[str, ...]]):
    """What follows the three words that were met and begin longer wordings."""

    def __init__(self, table: OddTable) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, words: str) -> tuple[str, ...]:
        rests = self[words] = self._table.rests(words[:2], words[2])
        return rests


class _Seconds(dict[str, str]):
    """The second words by the first one; none for a word that begins nothing."""

    def __missing__(self, code: str) -> str:
        return ""


def _small(match: re.Match[str]) -> str:
    """The code of a word without regard to its case; all numbers as one."""
    code = match[0]
    return chr(ord(code) - MOST_WORDS) if ord(code) >= 0x100 else "0"


def _code(number: int) -> int:
    return 0x100 + number if number < NUMBER else ord("0")


def _number(code: str) -> int:
    return NUMBER if code == "0" else word_codes().number(code)


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
        packed["seconds"].append(_code(second))
        usual = found[0][1].split(" ")
        if len(found) > 1 or found[0][0]:
            grade, (one, two) = _LONGER, divmod(len(packed["branches"]), 0x10000)
            packed["branches"].append(len(packed["thirds"]))
            for rest, text, value in sorted(found):
                packed["thirds"].append(_code(rest[0]) if rest else ord(_NONE))
                packed["places"].append(len(packed["longer"]))
                place = texts.setdefault(text, len(texts))
                packed["longer"].extend([*(number + 1 for number in rest[1:]), 0, value, *divmod(place, 0x10000)])
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
    packed["branches"].append(len(packed["thirds"]))
    if sys.byteorder == "big":
        for values in packed.values():
            values.byteswap()
    data = {name: values.tobytes() for name, values in packed.items()}
    return zlib.compress(msgspec.msgpack.encode(Tables(**data, texts="\n".join(texts))), 9)
