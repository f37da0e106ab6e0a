"""Kind `rate`: what a measure costs, by its distance from what is usual."""

from __future__ import annotations

from typing import Any

import pytest

from linter.kinds import build, rate
from linter.model import Hit, Span
from linter.reference import PRIOR, Measure, Reference, reference

from .checks import BUILTIN, PROSE, analysis_of, hits, refused, ungated

MEASURE = Measure(articles=9, mean=10.0, p5=2.0, p25=6.0, p50=10.0, p75=12.0, p95=18.0, p99=20.0,
                  window_75=16.0, window_99=40.0)  # fmt: skip


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Reference(name="made up", date="2026-01-01", script="", articles={}, measures={"thing": MEASURE})
    monkeypatch.setattr(rate, "reference", lambda: made)


def spec(unusual: str, points: float = 8.0, **values: Any) -> dict[str, Any]:
    of = {"kind": "phrases", "entries": ["zest"]}
    return {"kind": "rate", "of": of, "measure": "thing", "unusual": unusual, "points": points, **values}


def text(words: int, things: int, *, every: int = 3, start: int = 0) -> str:
    """A line of `words` words, `things` of which are counted, one in `every` from `start` on."""
    made = ["word"] * words
    for number in range(things):
        made[start + every * number] = "zest"
    return " ".join(made)


def cost(found: list[Hit]) -> float:
    return sum(hit.points or 0.0 for hit in found)


def shrunk(count: int, words: int) -> float:
    return (count + PRIOR * 10) / (words / 1000 + PRIOR)


@pytest.mark.parametrize("things", [0, 1, 3, 6, 9])
def test_too_little_costs_its_distance_from_the_median(things: int) -> None:
    found = hits(spec("less"), text(900, things))
    share = min(max((10 - shrunk(things, 900)) / (10 - 2), 0), 1) ** 1.5
    points = 8 * share if 8 * share >= 1 else 0
    assert cost(found) == pytest.approx(points)
    assert [(hit.start, hit.end, hit.tags) for hit in found] == (
        [(0, 0, ("floor",) if share == 1 else ())] if points else []
    )


def test_the_floor_is_tagged() -> None:
    (found,) = hits(spec("less"), text(2400, 0))
    assert (found.points, found.tags) == (8, ("floor",))


def test_a_short_text_is_taken_for_a_usual_one_more_than_a_long_one() -> None:
    costs = [cost(hits(spec("less"), text(words, 0))) for words in (100, 300, 900, 3000)]
    assert costs == sorted(costs)
    assert costs[0] < 2 < 6 < costs[-1]


@pytest.mark.parametrize("things", [4, 5, 6, 7, 8, 30])
def test_too_much_costs_its_distance_from_the_upper_quartile(things: int) -> None:
    found = hits(spec("more"), text(200, things))
    points = 8 * min(max((shrunk(things, 200) - 12) / (20 - 12), 0), 1)
    assert cost(found) == pytest.approx(points if points >= 1 else 0)
    assert len(found) == (min(things, 12) if points >= 1 else 0)
    assert len({hit.points for hit in found}) <= 1  # each has its share


def test_a_single_hit_is_no_rate() -> None:
    short = Measure(articles=9, mean=0.0, p5=0, p25=0, p50=0, p75=0.0, p95=1.0, p99=2.0, window_99=9.0)
    rate.reference().measures["thing"] = short
    assert cost(hits(spec("more"), text(100, 1))) == pytest.approx(0.4 * 8)
    assert cost(hits(spec("more"), text(100, 2))) == pytest.approx(8)


def test_the_worst_window_of_a_long_text_counts_by_itself() -> None:
    spread, crowded = text(2000, 12, every=150), text(2000, 12, every=2, start=1000)
    assert cost(hits(spec("more"), spread)) == 0
    rate_there = (12 + PRIOR * 10) / (0.25 + PRIOR)
    assert cost(hits(spec("more"), crowded)) == pytest.approx(8 * (rate_there - 16) / (40 - 16))


def test_windows_are_not_looked_at_in_short_texts() -> None:
    assert cost(hits(spec("more"), text(499, 5, every=2, start=200))) == 0


def test_the_densest_window() -> None:
    def densest(at: list[int], *residue: Span) -> int:
        analysis = analysis_of("word " * 1000)
        analysis.residue = list(residue)
        return rate.densest(analysis, [Hit(start, start + 1) for start in at])

    assert densest([0, 10, 1500, 1510, 1511, 4000]) == 3
    assert densest([10, 1500, 1510]) == 3
    assert densest([]) == 0
    assert densest([0, 2000]) == 1
    assert densest([0, 2000], Span(100, 604)) == 2  # and the blank behind the residue


def test_values_of_the_message() -> None:
    (found,) = hits(spec("less"), text(900, 3))
    assert found.values == {"count": "3", "words": "900", "rate": "3.3", "usual": "10.0", "most": "12.0"}


def test_quotations_count_unless_the_rule_says_so() -> None:
    quoted = '"' + text(30, 9) + '" ' + text(170, 0)
    assert cost(hits(spec("more"), quoted)) == pytest.approx(8)
    assert hits(spec("more", quoted=False), quoted) == []


def test_residue_leaves_counts_and_denominators() -> None:
    body, residue = text(200, 3), text(100, 30)
    analysis = analysis_of(f"{body}\n{residue}")
    check = build(spec("more"), BUILTIN)
    assert cost(ungated(check, analysis)) == pytest.approx(8)
    analysis = analysis_of(f"{body}\n{residue}")
    analysis.residue = [Span(len(body) + 1, len(analysis.text))]
    assert analysis.own_words == 200
    assert ungated(check, analysis) == []


def test_what_costs_nothing_is_told_at_the_far_end_only() -> None:
    assert [hit.points for hit in hits(spec("less", points=0.0), text(3000, 0))] == [0.0]
    assert hits(spec("less", points=0.0), text(900, 3)) == []


def test_only_event_news_is_measured_for_some() -> None:
    assert hits(spec("less", only="event-news"), text(900, 0)) == []  # it names nobody
    assert len(hits(spec("less", only="event-news"), PROSE * 4)) == 1
    assert hits(spec("less", only="event-news"), f"Opinion\n\n{PROSE * 4}") == []


def test_genres_that_are_left_out() -> None:
    loud = text(200, 30)
    assert hits(spec("more", not_in=["interview"]), loud)
    assert hits(spec("more", not_in=["interview"]), f"Interview\n\n{loud}\n\n{text(9, 0)}.") == []
    assert hits(spec("more"), f"Satire\n\n{loud}\n\n{text(9, 0)}.") == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"of": {"entries": ["zest"]}}, ("of", "a check needs a 'kind'")),
        ({"measure": "things"}, ("measure", "'things' is not in the reference: expected one of thing")),
        ({"of": {"kind": "phrases"}}, ("of.lexicon", "expected a lexicon or entries")),
    ],
)
def test_what_is_refused(values: dict[str, Any], expected: tuple[str, str]) -> None:
    assert refused({**spec("less"), **values}) == expected


def test_the_shipped_reference_tells_articles_apart() -> None:
    for name, measure in reference().measures.items():
        assert measure.p5 <= measure.p25 <= measure.p50 <= measure.p75 <= measure.p95 <= measure.p99, name
        assert measure.p99 > measure.p75 and measure.window_99 > measure.window_75, name
        assert measure.articles >= 1000
