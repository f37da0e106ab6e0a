"""The table of odd wordings: packed and read back, looked up, and small enough."""

from __future__ import annotations

import time
import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter import oddtable
from linter.oddtable import FILE, KINDS, LEVELS, NUMBER, OddTable, Tables, odd_table, pack
from linter.wordcodes import word_codes

NUMBERS = st.integers(0, 40) | st.just(NUMBER)
WORDINGS = st.dictionaries(
    st.lists(NUMBERS, min_size=2, max_size=5).map(tuple),
    st.tuples(
        st.sampled_from(["one", "two words", "three words here"]),
        st.integers(0, len(KINDS) - 1),
        st.integers(0, LEVELS - 1),
    ),
    max_size=30,
)


def codes_of(numbers: tuple[int, ...]) -> str:
    return "".join(chr(0x100 + number) if number < NUMBER else "0" for number in numbers)


def table_of(wordings: dict[tuple[int, ...], tuple[str, int, int]], texts_seen: int) -> OddTable:
    packed = pack((words, *what) for words, what in wordings.items())
    table = OddTable(msgspec.msgpack.decode(zlib.decompress(packed), type=Tables))
    table._texts_seen = texts_seen
    return table


in_short_and_long_runs = pytest.mark.parametrize("texts_seen", [0, oddtable._MANY_TEXTS])


@in_short_and_long_runs
@given(WORDINGS)
@settings(deadline=None, max_examples=80)
def test_what_was_packed_is_found(texts_seen: int, wordings: dict[tuple[int, ...], tuple[str, int, int]]) -> None:
    table = table_of(wordings, texts_seen)
    for words, (meaning, kind, level) in wordings.items():
        assert (0, len(words), kind, level, meaning) in list(table.find(codes_of(words)))


@in_short_and_long_runs
@given(WORDINGS, st.lists(NUMBERS, max_size=12))
@settings(deadline=None, max_examples=80)
def test_only_the_longest_wordings_are_found(
    texts_seen: int, wordings: dict[tuple[int, ...], tuple[str, int, int]], numbers: list[int]
) -> None:
    expected, reached = [], 0
    for at in range(len(numbers)):
        parts = (tuple(numbers[at : at + size]) for size in range(2, 6))
        sizes = [len(part) for part in parts if part in wordings]
        if at >= reached and sizes:
            expected.append((at, at + max(sizes)))
            reached = at + max(sizes) - 1
    found = table_of(wordings, texts_seen).find(codes_of(tuple(numbers)))
    assert [(wording.first, wording.end) for wording in found] == expected


def test_the_shipped_tables_are_small_and_load_fast() -> None:
    assert sum(file.stat().st_size for file in FILE.parent.iterdir()) < 2_000_000
    times = []
    for _ in range(5):
        start = time.perf_counter()
        OddTable(msgspec.msgpack.decode(zlib.decompress(FILE.read_bytes()), type=Tables))
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1  # 0.03 s measured; the machine may be busy


def test_the_shipped_table_fits_the_table_of_words() -> None:
    found = {odd.meaning: odd for odd in odd_table().find("".join(word_codes()[w] for w in "a climate alter".split()))}
    assert list(found) == ["climate change"]
    assert KINDS[found["climate change"].kind] == "compound"
