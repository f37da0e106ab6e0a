"""What a run spends its time on: every check that ran is there, nothing is counted twice."""

from __future__ import annotations

import time

import pytest

from linter import Linter
from linter.costs import ANALYSIS, REST, SCAN, SCORE, Costs
from linter.readers import article_from_text

TEXT = "Mayor opens bridge\n\nAdvertisement\n\nThe mayor opened the bridge on Monday, she said.\n"


def test_time_within_is_not_counted_twice() -> None:
    costs = Costs()
    with costs.of("outer", 3):
        time.sleep(0.02)
        with costs.of("inner"):
            time.sleep(0.05)
    assert costs.seconds["outer"] == pytest.approx(0.02, abs=0.015)
    assert costs.seconds["inner"] == pytest.approx(0.05, abs=0.015)
    assert costs.on == {"outer": 3, "inner": 1}


def test_a_measured_run_finds_the_same_and_names_every_check() -> None:
    costs = Costs()
    measured, usual = Linter(costs=costs), Linter()
    articles = [article_from_text(TEXT), article_from_text("Short.")]
    begin = time.perf_counter()
    outcomes = measured.run_all(articles)
    whole = time.perf_counter() - begin
    assert [outcome.verdict for outcome in outcomes] == [outcome.verdict for outcome in usual.run_all(articles)]
    assert costs.articles == 2
    assert 0.8 * whole < sum(costs.seconds.values()) <= whole
    rules = {rule.id for rule in measured.rules}
    shared = {name for name in costs.seconds if name not in rules}
    assert {ANALYSIS, SCAN, SCORE, REST, f"{ANALYSIS}: lines"} <= shared
    assert all(name.startswith(ANALYSIS) for name in shared - {SCAN, SCORE, REST})
    assert costs.on["INJ005"] == 1  # by its gate
    assert costs.on["HDR007"] == 2  # it has none


def test_without_costs_nothing_is_measured() -> None:
    costs = Costs()
    Linter(costs=costs).lint(TEXT)
    before = dict(costs.seconds)
    Linter().lint(TEXT)
    assert costs.seconds == before
