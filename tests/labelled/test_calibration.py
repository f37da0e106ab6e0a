"""Figures on labelled scores, against their definitions computed pair by pair and article by article."""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import isclose
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.labelled.auc import Estimate, Sides, auc, estimate, pooled
from linter.labelled.calibration import Calibration, Figures
from linter.labelled.labels import SIDES, Labels, Side, as_label, fields_of, listed, value_of
from linter.labelled.thresholds import choose, loss
from linter.model import Finding, Verdict

SCORES = st.lists(st.integers(0, 100) | st.sampled_from([88, 94, 100]), min_size=1, max_size=25)
TINY = {"resamples": 40}


def sides(reliable: list[int], unreliable: list[int]) -> Sides:
    return Sides(Counter(reliable), Counter(unreliable))


def naive(reliable: list[int], unreliable: list[int]) -> float:
    won = [(bad < good) + (bad == good) / 2 for good, bad in product(reliable, unreliable)]
    return sum(won) / len(won)


def finding(rule: str, points: int = 0, *, value: bool = False) -> Finding:
    return Finding(
        rule=rule, name=f"name-of-{rule.lower()}", category="style", severity="info", confidence="hint", message="m",
        field="text", start=0, end=1, line=1, column=1, end_line=1, end_column=2, text="x", suggestion=None,
        points=points, related=[], fingerprint="", value=value,
    )  # fmt: skip


def verdict(score: int | None, *findings: Finding, abstained: str | None = None) -> Verdict:
    return Verdict(path="d.jsonl", record=0, score=score, findings=list(findings), abstained=abstained)


def figures_of(reliable: list[int], unreliable: list[int], **options: int) -> Figures:
    calibration = Calibration(**{"resamples": 40, **options})
    for side, scores in zip(SIDES, (reliable, unreliable), strict=True):
        for score in scores:
            calibration.add(side, verdict(score))
    return calibration.figures()


@settings(deadline=None)
@given(SCORES, SCORES)
def test_the_auc_is_the_share_of_pairs(reliable: list[int], unreliable: list[int]) -> None:
    assert isclose(auc(sides(reliable, unreliable)), naive(reliable, unreliable), abs_tol=1e-12)
    assert isclose(auc(sides(unreliable, reliable)), 1 - naive(reliable, unreliable), abs_tol=1e-12)


@settings(deadline=None)
@given(SCORES, SCORES, st.integers())
def test_the_interval_contains_the_auc_and_is_the_same_for_a_seed(
    reliable: list[int], unreliable: list[int], seed: int
) -> None:
    given_ = sides(reliable, unreliable)
    found = estimate(given_, Random(seed), 40)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found == estimate(given_, Random(seed), 40)


def test_the_interval_is_as_wide_as_that_of_delong() -> None:
    """DeLong, DeLong & Clarke-Pearson 1988: the variance from each article's share of won pairs."""
    random = Random(5)
    good = [min(100, round(random.gauss(88, 8))) for _ in range(300)]
    bad = [min(100, round(random.gauss(84, 11))) for _ in range(120)]
    variance = 0.0
    for own, placements in (
        (good, [naive([score], bad) for score in good]),
        (bad, [naive(good, [score]) for score in bad]),
    ):
        mean = sum(placements) / len(own)
        variance += sum((one - mean) ** 2 for one in placements) / (len(own) - 1) / len(own)
    found = estimate(sides(good, bad), Random(0))
    assert found.high - found.low == pytest.approx(2 * 1.96 * variance**0.5, rel=0.1)


def test_many_articles_take_no_longer_than_few() -> None:
    few, many = (sides([90, 95, 100] * size, [85, 95, 100] * size) for size in (50, 50_000))
    wide, narrow = estimate(few, Random(0)), estimate(many, Random(0))
    assert wide.value == narrow.value
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(1000**0.5, rel=0.15)


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=6), st.integers(1, 30))
@settings(deadline=None, max_examples=50)
def test_groups_are_pooled_by_their_pairs(groups: list[tuple[list[int], list[int]]], times: int) -> None:
    pairs = [len(good) * len(bad) for good, bad in groups]
    exact = sum(naive(*group) * weight for group, weight in zip(groups, pairs, strict=True)) / sum(pairs)
    found = pooled([sides(*group) for group in groups * times], Random(1), 20)
    assert isclose(found.value, exact, abs_tol=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_groups_are_what_varies_where_there_are_many() -> None:
    pairs = [sides([90], [80])] * 60 + [sides([80], [90])] * 40
    found = pooled(pairs, Random(0))
    assert found.value == pytest.approx(0.6)
    assert found.high - found.low == pytest.approx(2 * 1.96 * (0.24 / 99) ** 0.5, rel=1e-3)
    heavy = sides([90, 92, 94, 96] * 25, [88, 91, 93, 95] * 25)  # 10,000 pairs beside 100
    assert pooled([heavy, *pairs], Random(0)).value == pytest.approx((auc(heavy) * 10_000 + 60) / 10_100)
    assert pooled([heavy, *pairs], Random(0)).low == pytest.approx(estimate(heavy, Random(0)).low, abs=0.01)


@settings(deadline=None)
@given(SCORES, SCORES, st.sampled_from([0.0, 0.01, 0.05, 0.1, 0.3]))
def test_a_threshold_drops_what_a_recount_finds(reliable: list[int], unreliable: list[int], goal: float) -> None:
    def dropped(scores: list[int], threshold: int) -> int:
        return sum(score < threshold for score in scores)

    given_ = sides(reliable, unreliable)
    allowed = [t for t in range(101) if dropped(reliable, t) / len(reliable) <= goal]
    best = max(allowed, key=lambda t: (dropped(unreliable, t), -t))
    assert choose(given_, goal) == best
    gains = [dropped(unreliable, t) * len(reliable) - dropped(reliable, t) * len(unreliable) for t in range(101)]
    balance = choose(given_, None)
    assert (gains[balance], balance) == (max(gains), gains.index(max(gains)))
    found = loss(given_, best)
    assert (found.dropped.reliable, found.dropped.unreliable) == (dropped(reliable, best), dropped(unreliable, best))
    assert found.shares.unreliable == dropped(unreliable, best) / len(unreliable)


@given(SCORES, SCORES)
@settings(deadline=None, max_examples=50)
def test_the_bands_add_up(reliable: list[int], unreliable: list[int]) -> None:
    figures = figures_of(reliable, unreliable)
    assert [(one.lowest, one.highest) for one in figures.bands] == [(90, 100), (75, 89), (60, 74), (40, 59), (0, 39)]
    for band in figures.bands:
        inside = range(band.lowest, band.highest + 1)
        assert band.reliable == sum(score in inside for score in reliable)
        assert band.unreliable == sum(score in inside for score in unreliable)
        assert band.articles == band.reliable + band.unreliable
        assert (band.share_unreliable is None) == (band.articles == 0)
    assert sum(band.articles for band in figures.bands) == len(reliable) + len(unreliable)


def test_a_threshold_is_measured_on_articles_that_it_was_not_chosen_on() -> None:
    random = Random(2)
    good = [random.randint(60, 100) for _ in range(400)]
    bad = [random.randint(40, 100) for _ in range(400)]
    figures = figures_of(good, bad, seed=3)
    assert [one.goal for one in figures.thresholds] == ["lose-1%", "lose-5%", "lose-10%", "balance"]
    for one in figures.thresholds:
        assert one.fresh is not None
        assert one.fresh.shares != one.chosen.shares
        half = one.fresh.dropped.unreliable / one.fresh.shares.unreliable
        assert 150 < half < 250
    assert figures_of(good, bad, seed=3) == figures
    assert figures_of(good, bad, seed=4).thresholds != figures.thresholds
    assert {one.fresh for one in figures_of(good[:90], bad).thresholds} == {None}


def test_a_threshold_that_is_given_is_measured_as_it_is() -> None:
    calibration = Calibration(**TINY)
    for side, score in (("reliable", 70), ("reliable", 90), ("unreliable", 60), ("unreliable", 69)):
        calibration.add(side, verdict(score))
    last = calibration.figures(min_score=70).thresholds[-1]
    assert msgspec.to_builtins(last) == {
        "goal": "configured",
        "chosen": {
            "min_score": 70,
            "dropped": {"reliable": 0, "unreliable": 2},
            "shares": {"reliable": 0.0, "unreliable": 1.0},
        },
        "fresh": None,
    }


def test_rules_are_counted_by_article_and_side() -> None:
    calibration = Calibration(**TINY)
    for number in range(40):
        calibration.add("reliable", verdict(100, *[finding("BBB001", 2)] * (number < 4)))
        calibration.add(
            "unreliable", verdict(90, *[finding("AAA001", 3)] * 2 * (number < 20), finding("CCC001", 1, value=True))
        )
        calibration.add("unreliable", verdict(None, finding("BBB001"), abstained="too short to score: 7 words"))
    figures = calibration.figures(rules=["AAA001", "DDD001"])
    assert [one.rule for one in figures.rules] == ["CCC001", "AAA001", "BBB001"]
    assert figures.silent_rules == ["DDD001"]
    measure, first, second = (msgspec.to_builtins(one) for one in figures.rules)
    assert (measure["measure"], measure["ratio"], measure["more_often"]) == (True, None, "unreliable")
    assert first.pop("p") < first.pop("p_holm") < 1e-5
    assert first == {
        "rule": "AAA001",
        "name": "name-of-aaa001",
        "measure": False,
        "articles": {"reliable": 0, "unreliable": 20},
        "shares": {"reliable": 0.0, "unreliable": 0.5},
        "points": {"reliable": 0.0, "unreliable": 3.0},
        "difference": 0.5,
        "ratio": None,
        "more_often": "unreliable",
    }
    assert (second["articles"], second["points"]["reliable"]) == ({"reliable": 4, "unreliable": 0}, 0.2)
    assert (second["difference"], second["ratio"], second["more_often"]) == (-0.1, 0.0, None)
    assert second["p"] == second["p_holm"] == pytest.approx(0.1156, abs=1e-4)
    unscored = msgspec.to_builtins(figures.sides["unreliable"])
    assert unscored == {"articles": 80, "scored": 40, "abstained": {"too short to score": 40}}


def grouped(scores: dict[str, tuple[list[int], list[int]]]) -> Figures:
    calibration = Calibration(by=["desk"], **TINY)
    for name, both in scores.items():
        for side, own in zip(SIDES, both, strict=True):
            for score in own:
                calibration.add(side, verdict(score), {"desk": name})
    return calibration.figures()


def test_an_auc_within_groups_leaves_out_what_the_groups_differ_in() -> None:
    even = [70, 80, 90] * 20
    high = [score + 10 for score in even]
    figures = grouped({"north": (high, high[:6]), "south": (even[:6], even)})
    assert figures.auc.low > 0.5
    (desks,) = figures.groupings
    assert desks.pooled is not None
    assert (desks.groups, desks.both, desks.known, desks.covered) == (2, 2, 1, 1)
    assert (desks.pooled.value, [(one.name, one.reliable, one.unreliable) for one in desks.largest]) == (
        0.5,
        [("north", 60, 6), ("south", 6, 60)],
    )
    assert figures.warnings[-1].startswith("Within each desk the difference is no more than chance would give: ")
    worse = [score - 3 for score in even]
    figures = grouped({"north": (high * 9, [score + 10 for score in worse]), "south": (even, worse * 9)})
    within = figures.groupings[0].pooled
    assert within is not None
    assert 0.5 < within.low < within.high < figures.auc.low
    assert figures.warnings == [
        f"Within each desk the AUC is {within.value:.3f} and not {figures.auc.value:.3f}: much of the overall "
        "figures, those of the rules among them, measures the desk, and not the handling."
    ]


def test_labels_that_go_with_the_groups_are_warned_of() -> None:
    figures = grouped({"north": ([90] * 60, []), "south": ([], [80] * 60)})
    (desks,) = figures.groupings
    assert (desks.both, desks.pooled, desks.largest) == (0, None, [])
    said = "articles of both sides: the figures may measure the desk, and not the handling."
    assert figures.warnings == [f"No desk has {said}"]
    figures = grouped({"north": ([90] * 60, []), "south": ([], [80] * 60), "east": ([80] * 5, [90] * 5)})
    assert figures.warnings == [f"Only 8 % of the articles are of a desk with {said}"]
    assert grouped({"": ([90] * 60, [80] * 60)}).warnings == []


def test_few_articles_and_many_without_a_score_are_warned_of() -> None:
    calibration = Calibration(**TINY)
    for number in range(100):
        calibration.add("reliable", verdict(90 if number < 80 else None, abstained="x"))
        calibration.add("unreliable", verdict(90 if number < 49 else None, abstained="x"))
    assert calibration.figures().warnings == [
        "Few articles with a score (49 unreliable): under 50 of a side the figures are rough.",
        "51 % of the unreliable articles have no score: the figures are of the others.",
    ]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("  Mostly\nFALSE ", "mostly false"),
        (True, "true"),
        (1, "1"),
        (0.0, "0"),
        (0.5, "0.5"),
        ("", None),
        (None, None),
        ([1], "(a list)"),
    ],
)
def test_values_as_labels(value: object, label: str | None) -> None:
    assert as_label(value) == label


def test_a_label_may_stand_inside_a_field() -> None:
    record = {"label": "x", "meta": {"kind": {"deep": True}, "b": 1}, "meta.kind": "own", "list": [1]}
    assert [value_of(record, name) for name in ("label", "meta.kind", "meta.kind.deep", "meta.b", "meta.c")] == [
        "x", "own", True, 1, None,
    ]  # fmt: skip
    assert [value_of(record, name) for name in ("list.0", "none", "label.x", "")] == [None] * 4
    assert value_of(None, "label") is None
    assert fields_of(record) == ["label", "meta.kind", "meta.b", "meta.kind", "list"]


def test_sides_of_labels() -> None:
    labels = Labels("label", listed("Reliable, mostly  true,"), listed("fake"))
    expected: dict[str | None, Side | None] = {
        "mostly true": "reliable",
        "fake": "unreliable",
        "real": None,
        None: None,
    }
    assert {label: labels.side(label) for label in expected} == expected
    assert labels.of({"label": "Mostly True"}) == "mostly true"


def test_an_estimate_of_sides_that_never_mix_has_no_width() -> None:
    assert estimate(sides([90, 95], [10, 20]), Random(0), 40) == Estimate(1, 1, 1)
