"""Kind `fuzzy`: lines near a lexicon's lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linter.kinds import Context
from linter.model import Hit

from .checks import hits, texts

LEXICON = """get the latest news from our town every morning before you have even had your first coffee of the day
[pitch]
get the latest news in your inbox
the best stories of the week
the best stories of the month
"""


@pytest.fixture
def here(tmp_path: Path) -> Context:
    (tmp_path / "l.txt").write_text(LEXICON)
    return Context(folder=tmp_path, builtin=True)


def spec(**parameters: Any) -> dict[str, Any]:
    return {"kind": "fuzzy", "lexicon": "l.txt", **parameters}


@pytest.mark.parametrize(
    "line",
    [
        "Get the latest news in your inbox",
        "GET THE LATEST NEWS, IN YOUR INBOX!",
        "» Get all the latest news in your inbox",
        "get the lates news in your inbox",
    ],
)
def test_near_lines(here: Context, line: str) -> None:
    assert texts(spec(), f"{line}\n", context=here) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "the latest news", "He gets the news of the week from his wife", "inbox", "", "…",
        "get the latest news in your inbox " * 5,
    ],
)  # fmt: skip
def test_other_lines(here: Context, line: str) -> None:
    assert texts(spec(), f"{line}\n", context=here) == []


def test_a_long_entry_that_holds_all_words_hides_no_shorter_one(here: Context) -> None:
    line = "get the latest news before your inbox"
    assert hits(spec(min_ratio=100), line, context=here) == [Hit(0, len(line), ("pitch",))]


def test_weights_by_tag_and_bounds_of_words(here: Context) -> None:
    line = "The best stories of the week"
    assert hits(spec(weights={"pitch": 0.5}), line, context=here) == [Hit(0, len(line), ("pitch",), 0.5)]
    assert hits(spec(words=(7, 9)), line, context=here) == []
