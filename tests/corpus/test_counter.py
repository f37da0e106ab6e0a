"""Counting exactly in bounded memory."""

from __future__ import annotations

import tempfile
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.corpus import counter
from linter.corpus.counter import Counted, LineCounter

added = st.lists(st.tuples(st.integers(0, 2), st.text("abé", min_size=1, max_size=2)), max_size=80)


def counted(lines: list[tuple[int, str]], entries: int) -> list[Counted]:
    counts = LineCounter(entries)
    for group, line in lines:
        counts.add(group, line)
    return sorted(counts.repeated())


@given(added, st.integers(1, 9))
@settings(deadline=None)
def test_counts_are_exact_however_little_memory_there_is(lines: list[tuple[int, str]], entries: int) -> None:
    expected = sorted(Counted(*key, times) for key, times in Counter(lines).items() if times > 1)
    assert counted(lines, entries) == expected


def test_many_files_become_few_and_all_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, most = [], 0

    def temporary_file(*args: object, **options: object) -> object:
        nonlocal most
        opened.append(real(*args, **options))
        most = max(most, sum(not file.closed for file in opened))
        return opened[-1]

    real = tempfile.TemporaryFile
    monkeypatch.setattr(counter.tempfile, "TemporaryFile", temporary_file)
    lines = [(0, f"line {n % 700}") for n in range(2000)]
    assert counted(lines, 5) == sorted(Counted(0, f"line {n}", 3 if n < 600 else 2) for n in range(700))
    assert len(opened) > 400
    assert most <= 100
    assert all(file.closed for file in opened)


def test_only_a_digest_is_kept_of_what_occurs_once() -> None:
    counts = LineCounter(100)
    for number in range(1000):
        counts.add(0, f"{number} " + "x" * 500)
    counts.add(0, "0 " + "x" * 500)
    sizes = [file.seek(0, 2) for level in counts._levels for file in level]
    assert sum(sizes) < 1000 * 40
    assert [one.times for one in counts.repeated()] == [2]
