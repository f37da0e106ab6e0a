"""The second look at a text that a paraphrasing machine went through: words that stand where others are usual.

Directly evident wordings (`linter.oddtable`) are a few in a rewritten text. Once they are there, the rest of its odd
word pairs can be trusted, which in clean news would be chance: a word that is a known substitute of another, where the
other would make a common pair with its neighbour, and this one makes a pair that is not in use.
"""

from __future__ import annotations

import math
import sys
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import msgspec

from linter.lexicon import BUILTIN
from linter.wordcodes import NAME, word_codes

FILE = BUILTIN.parent / "tables" / "usual-pairs.z"
IN_USE, COMMON, FIXED = 0, 1, 12  # grades of pairs: in use; from COMMON on by their count; fixed compounds
GRADE_STEP, LEAST_LOG = 0.5, 5.0  # decimal logarithms: of a grade, and of the first one
UNIGRAM_STEP = 20  # units of a logarithm of a word's count
TIMES_STEP, MOST_TIMES = 0.3, 3  # of a logarithm of how often the lists have a substitution
KIN_STEP, MOST_KIN = 0.25, 15  # of a logarithm of how alike two words are used; from so many steps on they are not
CORPUS_WORDS = 588e9  # of the counts
# Scores, decimal logarithms of how much too rare a pair is. Of single words, the sure ones stand 5 times in 1,000 words
# of clean news and 40 times in spun ones; the lower threshold adds a tenth to the true ones, and half to the others.
_LEAST_SINGLE, _SURE, _LEAST_DOUBLE, _LEAST_SWAPPED = 1.2, 1.8, 3.0, 0.4
COMPOUND_BONUS, DOUBLE_MALUS = 0.7, 0.5
DOUBLE_SHARE = 0.7  # of the evidence of two substitutions, which are no independent events
_RARER, _LISTED = 0.5, 0.5  # weights: of how much rarer the word is than the usual one, of its being listed
_CORPUS_LOG = math.log10(CORPUS_WORDS)
_LEAST_EXPECTED, _LEAST_ESTIMATE = 3.5, 3.0
_BESIDE_FUNCTION = 0.8  # weight of evidence from a function word, beside which most words can stand
_MOST = 12  # usual words looked at for each of two


class Tables(msgspec.Struct, array_like=True):
    """What is in the file; bytes are arrays of little-endian numbers, two bytes each where not said otherwise."""

    pairs: bytes  # by word: how many second words are usual behind it
    low: bytes  # of each second word: its number less that of the one before, the low byte of it
    high: bytes  # the high byte
    grades: bytes  # of each pair, a byte
    unigrams: bytes  # of each word: the logarithm of its count in steps, a byte
    substitutes: bytes  # by word: how many words it may stand for
    usual: bytes  # their numbers
    kin: bytes  # a byte: how alike the two are used, in steps, and 16 times how often the lists have it (0 to 3)


class Usual(NamedTuple):
    """A word that another may stand for."""

    word: int
    kin: float  # logarithm of the share of its places that the other may take
    listed: float  # logarithm of how often the lists have the substitution


class OddPair(NamedTuple):
    """A pair of words, `codes[first:first + 2]`, and the usual one."""

    first: int
    meaning: str
    score: float
    kind: str
    sure: bool  # good enough to count how many there are


class Substitutions:
    """The table, ready for look-up; what belongs to a word is unpacked when the word is met."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._pairs = [0, *accumulate(_numbers(tables.pairs))]
        self._substitutes = [0, *accumulate(_numbers(tables.substitutes))]
        self._usual = _numbers(tables.usual)
        self._seconds = _Seconds(self)
        self._stands_for: dict[int, list[Usual]] = {}
        self._numbers = _WordNumbers()

    def grade(self, one: int, two: int) -> int | None:
        """The grade of a pair of words by their numbers; None for one that is not in use."""
        return self._seconds[one].get(two)

    def seconds(self, word: int) -> dict[int, int]:
        """The second words that are in use behind a word, with the grades of the pairs."""
        part = slice(*self._pairs[word : word + 2])
        steps = map(int.__add__, self._tables.low[part], (high << 8 for high in self._tables.high[part]))
        return dict(zip(accumulate(steps), self._tables.grades[part], strict=True))

    def stands_for(self, word: int) -> list[Usual]:
        """The words that a word may stand for."""
        usual = self._stands_for.get(word)
        if usual is None:
            part = slice(*self._substitutes[word : word + 2])
            usual = self._stands_for[word] = [
                Usual(number, _KIN[kin & 15], _TIMES[kin >> 4])
                for number, kin in zip(self._usual[part], self._tables.kin[part], strict=True)
            ]
        return usual

    def find(self, codes: str) -> Iterator[OddPair]:
        """The odd pairs of a text's codes, in order, each with the usual one; no two begin with the same word."""
        numbers = list(map(self._numbers.__getitem__, codes))
        stands_for, seconds, best = self.stands_for, self._seconds, dict[int, OddPair]()
        for at, (word, following) in enumerate(pairwise([*numbers, -1])):
            if word < 0 or (_FIRST_CAPITAL <= codes[at] <= _LAST_CAPITAL and codes[at - 1 : at] not in _OPENING):
                continue
            substitute = stands_for(word)
            found = [self._single(codes, numbers, at)] if substitute else []
            if following >= 0 and not _FIRST_CAPITAL <= codes[at + 1] <= _LAST_CAPITAL:
                if substitute and stands_for(following):
                    found.append(self._double(numbers, at))
                if seconds[following].get(word, IN_USE) >= FIXED:
                    found.append(self._swapped(numbers, at))
            for pair in found:
                if pair and (pair.first not in best or best[pair.first].score < pair.score):
                    best[pair.first] = pair
        yield from (best[at] for at in sorted(best))

    def _single(self, codes: str, numbers: list[int], at: int) -> OddPair | None:
        """The word alone is a substitute: by those of its neighbours beside which it is not in use."""
        word, best, seconds = numbers[at], None, self._seconds
        neighbours = []
        if at and (before := numbers[at - 1]) >= 0 and word not in seconds[before]:
            neighbours.append((True, before, self._weight(codes[at - 1])))
        if at + 1 < len(numbers) and (after := numbers[at + 1]) >= 0 and after not in seconds[word]:
            neighbours.append((False, after, self._weight(codes[at + 1])))
        for usual in self.stands_for(word) if neighbours else ():
            score, most, common = 0.0, 0.0, (-1, -1)
            for is_before, other, weight in neighbours:
                pair = (other, usual.word) if is_before else (usual.word, other)
                grade = seconds[pair[0]].get(pair[1])
                if not grade:
                    continue
                odd = (other, word) if is_before else (word, other)
                gain = self._gain(odd, pair, grade, usual.kin) * weight
                score += gain
                if gain > most:
                    most, common, first = gain, pair, at - is_before
            if not most:
                continue
            score += _RARER * (self._count(usual.word) - self._count(word)) + _LISTED * usual.listed
            score += COMPOUND_BONUS if self._is_fixed(common) else 0.0
            if score >= _LEAST_SINGLE and (best is None or score > best.score):
                best = self._found(first, common, score, score >= _SURE)
        return best

    def _double(self, numbers: list[int], at: int) -> OddPair | None:
        """Both words are substitutes of those of a fixed compound."""
        odd, best = (numbers[at], numbers[at + 1]), None
        if odd[1] in self._seconds[odd[0]]:
            return None
        others = self.stands_for(odd[1])[:_MOST]
        for one in self.stands_for(odd[0])[:_MOST] if others else ():
            seconds = self._seconds[one.word]
            for two in others:
                grade = seconds.get(two.word, IN_USE)
                if grade < FIXED:
                    continue
                gain = self._gain(odd, (one.word, two.word), grade, one.kin + two.kin)
                score = gain + COMPOUND_BONUS - DOUBLE_MALUS + DOUBLE_SHARE * (one.listed + two.listed)
                if score >= _LEAST_DOUBLE and (best is None or score > best.score):
                    best = self._found(at, (one.word, two.word), score)
        return best

    def _swapped(self, numbers: list[int], at: int) -> OddPair | None:
        """The words of a fixed compound have changed places, as these two have."""
        two, one = numbers[at : at + 2]
        grade = self._seconds[one][two]
        if one in self._seconds[two]:
            return None
        gain = self._gain((two, one), (one, two), grade, 0.0)
        return self._found(at, (one, two), gain) if gain >= _LEAST_SWAPPED else None

    def _found(self, first: int, pair: tuple[int, int], score: float, sure: bool = True) -> OddPair:
        words = word_codes().words
        kind = "compound" if self._is_fixed(pair) else "collocation"
        return OddPair(first, f"{words[pair[0]]} {words[pair[1]]}", score, kind, sure)

    def _is_fixed(self, pair: tuple[int, int]) -> bool:
        return self._seconds[pair[0]].get(pair[1], IN_USE) >= FIXED

    def _weight(self, code: str) -> float:
        return _BESIDE_FUNCTION if word_codes().is_function(code) else 1.0

    def _gain(self, odd: tuple[int, int], common: tuple[int, int], grade: int, kin: float) -> float:
        """The logarithm of how much oftener the common pair is met than the odd one may be expected to."""
        count = LEAST_LOG + GRADE_STEP * ((grade - COMMON) % (FIXED - COMMON) + 0.5)
        have = self._count(odd[0]) + self._count(odd[1])
        share = have - self._count(common[0]) - self._count(common[1])
        expected = max(have - _CORPUS_LOG, count + share + kin, _LEAST_EXPECTED)
        if expected > LEAST_LOG:  # so many were to be expected that it would be in the counts, were it in use
            expected = max(2 * LEAST_LOG - expected, _LEAST_ESTIMATE)
        return count - expected

    def _count(self, word: int) -> float:
        return self._tables.unigrams[word] / UNIGRAM_STEP


class _Seconds(dict[int, dict[int, int]]):
    """The usual second words of each word that was met."""

    def __init__(self, table: Substitutions) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, word: int) -> dict[int, int]:
        seconds = self[word] = self._table.seconds(word)
        return seconds


class _WordNumbers(dict[str, int]):
    """The number of the word of each code that was met; -1 for what is no word of the table."""

    def __missing__(self, code: str) -> int:
        number = self[code] = word_codes().number(code) if code > "\x7f" else -1
        return number


_OPENING = ('"', ".", "\n")  # what stands before a word that has a capital wherever it stands
_FIRST_CAPITAL, _LAST_CAPITAL = NAME[-3], NAME[-1]
_KIN = [-KIN_STEP * step for step in range(MOST_KIN)] + [-9.0]
_TIMES = [TIMES_STEP * step for step in range(MOST_TIMES + 1)]


def _numbers(data: bytes) -> array[int]:
    numbers = array("H", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


@cache
def substitutions() -> Substitutions:
    """The shipped table."""
    return Substitutions(msgspec.msgpack.decode(zlib.decompress(FILE.read_bytes()), type=Tables))


def pack(
    grades: Mapping[tuple[int, int], int], counts: Sequence[float], usual: Mapping[int, Sequence[tuple[int, int]]]
) -> bytes:
    """The file's bytes from the grades of pairs, the counts of all words, and (usual word, kin) of the substitutes."""
    pairs, sizes, standing = array("H", bytes(2 * len(counts))), array("H"), array("H")
    low, high, marks, kin = bytearray(), bytearray(), bytearray(), bytearray()
    last = -1, 0
    for (one, two), grade in sorted(grades.items()):
        step = two - last[1] if one == last[0] else two
        last = one, two
        pairs[one] += 1
        low.append(step & 0xFF)
        high.append(step >> 8)
        marks.append(grade)
    for number in range(len(counts)):
        of_word = sorted(usual.get(number, ()))
        sizes.append(len(of_word))
        standing.extend(word for word, _ in of_word)
        kin.extend(alike for _, alike in of_word)
    if sys.byteorder == "big":
        for values in (pairs, sizes, standing):
            values.byteswap()
    unigrams = bytes(round(math.log10(count) * UNIGRAM_STEP) for count in counts)
    tables = Tables(
        pairs.tobytes(), bytes(low), bytes(high), bytes(marks), unigrams, sizes.tobytes(), standing.tobytes(),
        bytes(kin),
    )  # fmt: skip
    return zlib.compress(msgspec.msgpack.encode(tables), 9)
