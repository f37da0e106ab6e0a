"""The articles that a page lists: the worst of a run, so many at most."""

from __future__ import annotations

from heapq import heappush, heapreplace
from typing import NamedTuple

from linter.decision import alarms
from linter.model import Verdict
from linter.reports.htmlpage.rows import Row

MOST = 5_000

_DECISIONS = ("pass", "warn", "fail")  # in rising order


class Rank(NamedTuple):
    """How bad an article is; the larger the worse. Of equal ones the earlier counts as worse."""

    decision: int
    lost: int  # points; -1 where no score is shown
    alarms: int
    before: int  # minus its number in the run


class Entry(NamedTuple):
    """An article as the page has it: its row, and its packed details. No two have the same rank."""

    rank: Rank
    row: Row
    details: bytes


def rank_of(verdict: Verdict, number: int, *, scored: bool) -> Rank:
    """The rank of the article with this number in the run. `scored`: is its score to be shown?"""
    lost = 100 - verdict.score if scored and verdict.score is not None else -1
    return Rank(_DECISIONS.index(verdict.decision), lost, len(alarms(verdict)), -number)


class Listing:
    """Keeps the worst articles; memory is bounded by their number."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._heap: list[Entry] = []

    def takes(self, rank: Rank) -> bool:
        """Is an article of this rank among the worst so far?"""
        return len(self._heap) < self._most or rank > self._heap[0].rank

    def add(self, entry: Entry) -> None:
        """Keep an article, in the place of the least bad one where there is no room."""
        if len(self._heap) < self._most:
            heappush(self._heap, entry)
        else:
            heapreplace(self._heap, entry)

    def worst_first(self) -> list[Entry]:
        """The articles that are kept."""
        return sorted(self._heap, reverse=True)
