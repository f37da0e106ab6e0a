"""The worst of many, worst first, without keeping all of them."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush, heapreplace
from typing import Generic, TypeVar

from linter.decision import breaks
from linter.model import CONFIDENCES, SEVERITIES, Finding, Verdict

T = TypeVar("T")
Badness = tuple[float, ...]

FAILING: Badness = (len(SEVERITIES) - 1, 101, 0)  # an article that fails without a finding that says why: before all
_DECISIONS = ("pass", "warn", "fail")  # in rising order


def badness(finding: Finding) -> Badness:
    """How bad a finding is: by its severity, then by what it costs, then by how sure it is."""
    return SEVERITIES.index(finding.severity), finding.points, CONFIDENCES.index(finding.confidence)


def badness_of_error(verdict: Verdict) -> Badness:
    """How bad it is that something can't be read: an input comes before all, a record behind what costs points."""
    return (len(SEVERITIES) - 1, 102, 0) if breaks(verdict) else (1, 0, 0)


def badness_of_article(verdict: Verdict, raised: list[Finding]) -> Badness:
    """How bad an article is: by its decision, unreadable inputs first, then by its worst alarm, then by its score."""
    worst = max((SEVERITIES.index(finding.severity) for finding in raised), default=-1)
    lost = 0 if verdict.score is None else 100 - verdict.score
    return _DECISIONS.index(verdict.decision), breaks(verdict), worst, lost, len(raised)


class Ranking(Generic[T]):
    """Keeps the `limit` worst of what it is given; of equally bad ones the first. `left_out` counts the others."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._heap: list[tuple[Badness, int, T]] = []  # numbers differ, so that what is kept is never compared
        self._given = 0

    def add(self, bad: Badness, make: Callable[[], T]) -> None:
        """Keep what `make` returns, where something so bad is kept."""
        rank = (bad, -self._given)
        self._given += 1
        if len(self._heap) < self._limit:
            heappush(self._heap, (*rank, make()))
        elif rank > self._heap[0][:2]:
            heapreplace(self._heap, (*rank, make()))

    @property
    def left_out(self) -> int:
        """How many were not kept."""
        return self._given - len(self._heap)

    def worst_first(self) -> list[T]:
        """What was kept."""
        return [item for _, _, item in sorted(self._heap, key=lambda entry: entry[:2], reverse=True)]
