"""Intervals and tests of shares, and draws: against the definitions, computed the slow way."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import comb, exp, isclose, lgamma, log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.labelled.proportions import fisher, holm, wilson
from linter.labelled.resampling import binomial, resampled

SMALL = st.integers(1, 40)


@settings(deadline=None)
@given(SMALL, SMALL, st.data())
def test_fishers_test_adds_up_every_table_that_is_no_likelier(
    of_first: int, of_second: int, data: st.DataObject
) -> None:
    first, second = data.draw(st.integers(0, of_first)), data.draw(st.integers(0, of_second))
    hits = first + second
    tables = [
        comb(of_first, here) * comb(of_second, hits - here) for here in range(min(hits, of_first) + 1) if here <= hits
    ]
    own = comb(of_first, first) * comb(of_second, second)
    exact = Fraction(sum(table for table in tables if table <= own), comb(of_first + of_second, hits))
    assert isclose(fisher(first, of_first, second, of_second), exact, rel_tol=1e-9)
    assert isclose(fisher(second, of_second, first, of_first), exact, rel_tol=1e-9)


def test_fishers_test_of_large_numbers() -> None:
    assert isclose(fisher(3, 4, 1, 4), 0.4857142857, rel_tol=1e-9)  # the lady tasting tea, two-sided
    assert fisher(0, 100_000, 50_000, 100_000) == 0
    assert fisher(0, 10, 0, 20) == fisher(10, 10, 20, 20) == 1
    assert 0.52 < fisher(25_000, 50_000, 25_100, 50_000) < 0.54


def test_holm_orders_and_multiplies() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.001, 0.6, 0.02]) == pytest.approx([1, 0.004, 1, 0.06])
    assert holm([]) == []


def test_wilson_gives_published_values() -> None:
    low, high = wilson(81, 263) or (0, 0)  # Newcombe 1998, "Two-sided confidence intervals for the single proportion"
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    low, high = wilson(0, 20) or (1, 0)
    assert (low, round(high, 4)) == (0, 0.1611)
    assert wilson(20, 20) == (pytest.approx(1 - 0.1611, abs=1e-4), 1)
    assert wilson(0, 0) is None


@settings(deadline=None)
@given(st.integers(1, 10_000), st.data())
def test_wilson_contains_the_share(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    interval = wilson(part, whole)
    assert interval is not None
    assert 0 <= interval[0] <= part / whole <= interval[1] <= 1


@pytest.mark.parametrize(
    ("trials", "chance"), [(5, 0.3), (40, 0.05), (40, 0.9), (60, 0.4), (1000, 0.02), (1000, 0.5), (5000, 0.8)]
)
def test_draws_follow_the_binomial_distribution(trials: int, chance: float) -> None:
    """Chi-squared over all outcomes, pooled so that 20 of each are expected: under the mean plus five deviations."""
    random, draws = Random(7), 20_000
    seen = Counter(binomial(trials, chance, random) for _ in range(draws))
    expected = observed = squares = 0.0
    cells = 0
    for successes in range(trials + 1):
        ways = lgamma(trials + 1) - lgamma(successes + 1) - lgamma(trials - successes + 1)
        expected += draws * exp(ways + successes * log(chance) + (trials - successes) * log(1 - chance))
        observed += seen[successes]
        if expected >= 20:
            squares += (observed - expected) ** 2 / expected
            cells, expected, observed = cells + 1, 0.0, 0.0
    assert cells > 3
    assert squares < cells + 5 * (2 * cells) ** 0.5


@settings(deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=12), st.integers())
def test_a_resample_is_as_large_and_adds_nothing_new(counts: list[int], seed: int) -> None:
    drawn = resampled(counts, Random(seed))
    assert sum(drawn) == sum(counts)
    assert all(count or not here for count, here in zip(counts, drawn, strict=True))
    assert drawn == resampled(counts, Random(seed))


def test_resamples_spread_as_a_multinomial_does() -> None:
    random, counts = Random(3), [2, 0, 30, 300, 668]
    drawn = [resampled(counts, random) for _ in range(4000)]
    for place, count in enumerate(counts):
        values = [sample[place] for sample in drawn]
        mean = sum(values) / len(values)
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        exact = count * (1 - count / 1000)
        assert mean == pytest.approx(count, abs=5 * (exact / 4000) ** 0.5)
        assert variance == pytest.approx(exact, rel=0.15)
