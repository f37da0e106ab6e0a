"""Occurrences of many strings: the same with few texts and with many, and what the plainest search finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linter.occurrences import Occurrences

WORDS = st.text("abc é😀", min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=30, unique=True), st.text("abc é😀", max_size=80))
def test_few_texts_and_many_give_what_is_there(strings: list[str], text: str) -> None:
    expected = {
        (number, at, at + len(string))
        for number, string in enumerate(strings)
        for at in range(len(text))
        if text.startswith(string, at)
    }
    first, all_ = Occurrences(strings).find(text), Occurrences(strings).find(text, together=128)
    assert first == all_
    assert set(first) == expected and len(first) == len(expected)
    assert [end for _, _, end in first] == sorted(end for _, _, end in first)


def test_one_object_changes_over_from_few_texts_to_many() -> None:
    occurrences = Occurrences(["ferry", "ferry leaves", "is late"])
    found = [occurrences.find("The ferry leaves, it is late.") for _ in range(6)]
    assert found == [[(0, 4, 9), (1, 4, 16), (2, 21, 28)]] * 6
