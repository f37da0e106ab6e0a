"""The items of earlier runs are remembered for a year after they were last seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from linter.model import Article
from linter.seen import Seen


def item(number: int) -> Article:
    return Article(text="", source="", path="feed.xml", record=number, id=str(number))


def test_items_are_forgotten_a_year_after_they_were_last_seen(tmp_path: Path) -> None:
    def new(today: date, *numbers: int) -> list[bool]:
        seen = Seen(tmp_path / "seen", today)
        found = [seen.is_new(item(number)) for number in numbers]
        seen.write()
        return found

    assert new(date(2026, 1, 1), 1, 2) == [True, True]
    assert new(date(2026, 6, 1), 1) == [False]
    assert new(date(2027, 1, 3), 3) == [True]  # 2 is forgotten here
    assert new(date(2027, 1, 4), 1, 2) == [False, True]


def test_an_item_that_stands_twice_in_one_run_is_new_both_times(tmp_path: Path) -> None:
    seen = Seen(tmp_path / "seen")
    assert [seen.is_new(item(1)), seen.is_new(item(1)), seen.passed_over] == [True, True, 0]
