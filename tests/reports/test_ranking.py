"""The worst of many: as if all had been kept and sorted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linter.reports.ranking import FAILING, Badness, Ranking, badness, badness_of_article, badness_of_error

from .test_reports import VERDICT, finding


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2))), st.integers(1, 8))
def test_what_is_kept_is_what_sorting_would_put_first(given: list[Badness], limit: int) -> None:
    ranking: Ranking[tuple[Badness, int]] = Ranking(limit)
    made = []

    def make(bad: Badness, number: int) -> tuple[Badness, int]:
        made.append(number)
        return bad, number

    for number, bad in enumerate(given):
        ranking.add(bad, lambda bad=bad, number=number: make(bad, number))  # type: ignore[misc]
    ranked = sorted(enumerate(given), key=lambda item: item[1], reverse=True)  # stable: the first of equals first
    assert ranking.worst_first() == [(bad, number) for number, bad in ranked[:limit]]
    assert ranking.left_out == max(len(given) - limit, 0)
    assert len(made) <= len(given)
    if len(set(given)) == 1:
        assert len(made) == min(limit, len(given))  # nothing is made that is not kept


def test_what_is_worse() -> None:
    ranked = [
        badness_of_error(replace(VERDICT, error="gone")),
        FAILING,
        badness(finding("boat", 4, 18, severity="error", points=12)),
        badness(finding("boat", 4, 18, severity="error", points=2, confidence="certain")),
        badness(finding("boat", 4, 18, severity="error", points=2, confidence="hint")),
        badness(finding("boat", 4, 18, points=30)),
        badness(finding("boat", 4, 18)),
        badness_of_error(replace(VERDICT, error="not valid JSON", record=3)),
        badness(finding("boat", 4, 18, severity="info", points=30)),
    ]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == len(ranked)


def test_which_article_is_worse() -> None:
    error, warning = finding("boat", 4, 18, severity="error"), finding("boat", 4, 18)
    fails = replace(VERDICT, decision="fail")
    ranked = [
        badness_of_article(replace(fails, error="gone"), []),
        badness_of_article(replace(fails, score=70), [error]),
        badness_of_article(fails, [error, warning]),
        badness_of_article(fails, [error]),
        badness_of_article(replace(fails, score=41), []),
        badness_of_article(replace(fails, record=3, error="not valid JSON", score=None), []),
        badness_of_article(replace(VERDICT, decision="warn"), [warning]),
        badness_of_article(replace(VERDICT, decision="warn", score=None), []),
    ]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == len(ranked)
