"""What a run spends its time on, by checks and by what they share: `check --profile`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from linter.analysis import Analysis
from linter.engine import Engine, Outcome, Work
from linter.kinds import Found
from linter.lazy import lazy
from linter.model import Article

# What is no check's own. An attribute of the analysis is worked out for whoever asks first, and counted here.
ANALYSIS, SCAN, SCORE, REST = "analysis", "scan", "score", "engine"


class Costs:
    """Seconds by what they were spent on; none is counted twice: what is measured within another is not the other's.

    Checks go by the ID of their rule. `on`: on how many articles; `articles`: how many there were.
    """

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.on: Counter[str] = Counter()
        self.articles = 0
        self._within: list[float] = []  # of what is being measured: the seconds of what is measured within

    @contextmanager
    def of(self, what: str, articles: int = 1) -> Iterator[None]:
        """Measure what is done within, on so many articles."""
        self._within.append(0.0)
        begin = perf_counter()
        try:
            yield
        finally:
            whole = perf_counter() - begin
            self.seconds[what] += whole - self._within.pop()
            self.on[what] += articles
            if self._within:
                self._within[-1] += whole

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Measure attributes that are worked out by need."""
        lazy.measured = lambda name: self.of(f"{ANALYSIS}: {name.strip('_')}")
        try:
            yield
        finally:
            lazy.measured = None


class MeasuredEngine(Engine):
    """An engine that says what it spends its time on."""

    def __init__(self, costs: Costs, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.costs = costs

    def lint_all(self, articles: Sequence[Article]) -> list[Outcome]:
        """As any engine."""
        self.costs.articles += len(articles)
        with self.costs.watching(), self.costs.of(REST, len(articles)):
            return super().lint_all(articles)

    def _begin(self, article: Article) -> Work:
        with self.costs.of(ANALYSIS):
            return super()._begin(article)

    def _scan(self, analyses: Sequence[Analysis]) -> dict[int, list[tuple[int, Found]]]:
        with self.costs.of(SCAN, len(analyses)):
            return super()._scan(analyses)

    def _check(self, number: int, works: Sequence[Work], places: list[tuple[int, Found]]) -> None:
        with self.costs.of(self._rules[number].id, len(places)):
            super()._check(number, works, places)

    def _finish(self, work: Work) -> Outcome:
        with self.costs.of(SCORE):
            return super()._finish(work)
