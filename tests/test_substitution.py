"""The second look: packed and read back, looked up, and only where there is other evidence."""

from __future__ import annotations

import time
import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.codedtext import CodedText
from linter.substitution import (
    COMMON,
    FILE,
    FIXED,
    KIN_STEP,
    MOST_KIN,
    MOST_TIMES,
    TIMES_STEP,
    Substitutions,
    Tables,
    pack,
    substitutions,
)
from linter.wordcodes import word_codes

SIZE = 40  # words of small tables
WORDS = st.integers(0, SIZE - 1)
KIN = st.tuples(st.integers(0, MOST_KIN - 1), st.integers(0, MOST_TIMES))
CLEAN = (
    "The company said on Monday that the third round of talks took part of the day. The governing body had lost its "
    "way, and electric cars were too dear for most people in the country."
)
SPUN = (
    "Ladies who took portion within the third spherical of the contest mentioned the governing physique had misplaced "
    "its manner. Electrical automobiles could be price rather more subsequent yr."
)


def read(packed: bytes) -> Substitutions:
    return Substitutions(msgspec.msgpack.decode(zlib.decompress(packed), type=Tables))


@given(
    st.dictionaries(st.tuples(WORDS, WORDS), st.integers(0, 2 * FIXED - COMMON - 1), max_size=60),
    st.dictionaries(WORDS, st.dictionaries(WORDS, KIN, max_size=4), max_size=10),
)
@settings(deadline=None, max_examples=80)
def test_what_was_packed_is_read(
    grades: dict[tuple[int, int], int], usual: dict[int, dict[int, tuple[int, int]]]
) -> None:
    table = read(
        pack(
            grades,
            [1e6] * SIZE,
            {word: [(one, kin + 16 * times) for one, (kin, times) in of.items()] for word, of in usual.items()},
        )
    )
    for one in range(SIZE):
        assert {two: grade for two in range(SIZE) if (grade := table.grade(one, two)) is not None} == {
            second: grade for (first, second), grade in grades.items() if first == one
        }
        expected = [
            (word, -KIN_STEP * kin, TIMES_STEP * times) for word, (kin, times) in sorted(usual.get(one, {}).items())
        ]
        assert table.stands_for(one) == expected


@pytest.mark.parametrize(
    ("text", "usual", "kind"),
    [
        ("He lost by a third spherical", "third round", "collocation"),  # one word
        ("the common side impacts of it", "side effects", "compound"),
        ("a fast normal catastrophe fund", "natural disaster", "compound"),  # both words
        ("The panels of the pad launch", "launch pad", "compound"),  # in the other order
    ],
)
def test_what_is_found(text: str, usual: str, kind: str) -> None:
    found = {pair.meaning: pair for pair in substitutions().find(CodedText(text).codes)}
    assert usual in found
    assert found[usual].kind == kind


@pytest.mark.parametrize("text", ["", "\n", "third", "third spherical", "12 spherical", "Ann Spherical", "\x01 \x02"])
def test_short_texts_and_names(text: str) -> None:
    assert [pair.meaning for pair in substitutions().find(CodedText(text).codes)] == (
        ["third round"] if text == "third spherical" else []
    )


def test_nothing_is_looked_for_without_evidence() -> None:
    assert CodedText(CLEAN).odd_rate == 0.0
    assert CodedText(CLEAN).odd_pairs == []
    assert CodedText(SPUN).odd_rate > 18
    quoted = CodedText(f'They "took portion" in the "third spherical" of a "governing physique". {CLEAN}')
    assert quoted.odd_pairs == []


def test_pairs_of_the_second_look_do_not_overlap_other_wordings() -> None:
    places = [at for odd in CodedText(SPUN).odd_wordings for at in range(odd.first, odd.end)]
    assert len(places) == len(set(places))


@given(st.text(alphabet=st.sampled_from([*map(chr, range(0x100, 0x140)), "x", "X", "0", ".", "\n", '"']), max_size=40))
@settings(deadline=None, max_examples=100)
def test_any_codes_can_be_looked_at(codes: str) -> None:
    found = list(substitutions().find(codes))
    assert [pair.first for pair in found] == sorted({pair.first for pair in found})
    assert all(0 <= pair.first < len(codes) - 1 for pair in found)


def test_the_shipped_table_loads_fast() -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        read(FILE.read_bytes())
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1  # 0.02 s measured; the machine may be busy
    assert (
        substitutions().grade(*(word_codes().number(word_codes()[word]) for word in ("climate", "change"))) is not None
    )
