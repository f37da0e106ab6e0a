"""Words as such: stems, stop words, folding."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.words import STOP_WORDS, fold_words, stem, stems


@pytest.mark.parametrize(
    ("words", "common"),
    [
        (("vote", "votes", "voted's"), False),
        (("harbour", "harbours", "harbour's", "harbour’s"), True),
        (("walk", "walks", "walked", "walking"), True),
        (("reportedly", "reported", "report"), True),
        (("industrialise", "industrial"), True),
        (("gas", "ga"), False),
        (("bus", "bed"), False),
    ],
)
def test_stems_see_one_word_in_its_forms(words: tuple[str, ...], common: bool) -> None:
    assert (len(set(map(stem, words))) == 1) is common


def test_stems_count_content_words() -> None:
    assert stems("the harbour's boats, and the harbour boat: 2019 of_it x") == Counter({"harbour": 2, "boat": 2})
    assert stems("") == Counter()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don’t — stop!", ["don't", "stop"]),
        ("U.S. Open 2019", ["u", "s", "open", "2019"]),
        ("ÉTÉ à l'île", ["été", "à", "l'île"]),
        ("snake_case", ["snake", "case"]),
        ("…", []),
    ],
)
def test_fold_words(text: str, folded: list[str]) -> None:
    assert fold_words(text) == folded


def test_stop_words_are_folded() -> None:
    assert {word for word in STOP_WORDS if not word.isalpha() or word != word.lower()} == set()
    assert {"the", "of", "said"} <= STOP_WORDS


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_any_text(text: str) -> None:
    folded = fold_words(text)
    assert all(any(char.isalnum() for char in word) for word in folded)
    assert all(1 <= len(stem(word)) <= 8 for word in folded)
    assert set(stems(text.lower())).isdisjoint({""})
