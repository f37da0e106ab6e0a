"""Hits -> findings: look-alikes, levels, merging."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds.checks import analysis_of, rule

from linter.analysis import Analysis
from linter.findings import Candidate, LookAlikes, Merged, merge
from linter.model import Block, Hit
from linter.rulefile import Rule

NEIGHBOURS = {"merge": "neighbours"}


def candidate(analysis: Analysis, of: Rule, start: int, end: int, **values: Any) -> Candidate:
    own_site = values.pop("own_site", False)
    hit = Hit(start, end, **values)
    return Candidate(of, hit, analysis.line_at(start) if hit.field == "text" and start < end else None, own_site)


def result(found: list[Merged]) -> list[tuple[str, str, tuple[int, int], list[str]]]:
    return [(m.rule.id, m.severity, tuple(m.span), m.related) for m in found]


def merged(analysis: Analysis, *candidates: Candidate) -> list[tuple[str, str, tuple[int, int], list[str]]]:
    return result(merge(analysis, candidates))


# ---- merging -------------------------------------------------------------------------------------------------

TEXT = "aaaa bbbb\n\n  cccc\n\r\ndddd eeee\n\nffff\n"  # lines at 0, 13, 20, 31
A = analysis_of(TEXT)


def test_overlaps_become_one_and_the_others_are_related() -> None:
    one, two, three = rule("TST001"), rule("TST002", severity="error"), rule("TST003")
    hits = (candidate(A, one, 0, 4), candidate(A, two, 3, 7), candidate(A, three, 6, 9), candidate(A, one, 9, 10))
    assert merged(A, *hits) == [("TST002", "error", (0, 9), ["TST001", "TST003"]), ("TST001", "warning", (9, 10), [])]


def test_what_only_touches_stays_apart() -> None:
    assert merged(A, candidate(A, rule("TST001"), 0, 4), candidate(A, rule("TST001"), 4, 9)) == [
        ("TST001", "warning", (0, 4), []), ("TST001", "warning", (4, 9), []),
    ]  # fmt: skip


def test_families_are_never_crossed() -> None:
    hits = [candidate(A, rule(name, **NEIGHBOURS), 0, 9) for name in ("TST001", "TSU001")]
    assert merged(A, *hits) == [("TST001", "warning", (0, 9), []), ("TSU001", "warning", (0, 9), [])]


def test_neighbouring_lines_become_one_block() -> None:
    one, two = rule("TST001", **NEIGHBOURS), rule("TST002", **NEIGHBOURS)
    hits = (candidate(A, one, 0, 9), candidate(A, two, 13, 17), candidate(A, one, 20, 29))
    assert merged(A, *hits) == [("TST001", "warning", (0, 29), ["TST002"])]


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ((0, 9), (20, 29), []),  # a line between them
        ((0, 4), (13, 17), []),  # the first ends within its line
        ((0, 9), (15, 17), []),  # the second begins within its line
        ((0, 9), (13, 17), ["TST001"]),  # a rule that merges only what overlaps
        ((0, 9), (13, 17), ["TST002"]),
    ],
)
def test_what_are_no_neighbours(first: tuple[int, int], second: tuple[int, int], overlaps: list[str]) -> None:
    rules = [rule(name, **({} if name in overlaps else NEIGHBOURS)) for name in ("TST001", "TST002")]
    hits = [candidate(A, of, *span) for of, span in zip(rules, (first, second), strict=True)]
    assert merged(A, *hits) == [("TST001", "warning", first, []), ("TST002", "warning", second, [])]


def test_decoration_before_a_line_is_no_hindrance() -> None:
    analysis = analysis_of("aaa\n\n» bbb «\nccc")
    hits = [candidate(analysis, rule("TST001", **NEIGHBOURS), *span) for span in ((0, 3), (7, 12), (13, 16))]
    assert [m.span for m in merge(analysis, [hits[0], candidate(analysis, hits[0].rule, 5, 12), hits[2]])] == [(0, 16)]


def test_weights_add_up_within_a_block_only() -> None:
    weak = rule("TST001", **NEIGHBOURS)
    half = {"weight": 0.5}
    assert merged(A, candidate(A, weak, 0, 9, **half)) == []
    assert merged(A, candidate(A, weak, 0, 9, **half), candidate(A, weak, 20, 29, **half)) == []
    both = (candidate(A, weak, 0, 9, **half), candidate(A, weak, 13, 17, **half))
    assert merged(A, *both) == [("TST001", "warning", (0, 17), [])]
    assert merged(A, both[0], candidate(A, rule("TSU001", **NEIGHBOURS), 13, 17, **half)) == []


def test_evidence_names_a_finding_before_a_weak_hit_and_the_surer_before_the_earlier() -> None:
    hits = (
        candidate(A, rule("TST001"), 0, 5, weight=0.5),
        candidate(A, rule("TST002", confidence="hint"), 1, 6),
        candidate(A, rule("TST003", confidence="certain"), 2, 9),
    )
    assert merged(A, *hits) == [("TST003", "warning", (0, 9), ["TST001", "TST002"])]
    assert merged(A, *hits[:2]) == [("TST002", "warning", (0, 6), ["TST001"])]


def test_of_nested_hits_the_outermost_names_the_finding() -> None:
    inner, outer = candidate(A, rule("TST001", severity="error"), 2, 4), candidate(A, rule("TST002"), 0, 9)
    weak = candidate(A, rule("TST002"), 0, 9, weight=0.5)
    assert merged(A, inner, outer) == [("TST002", "error", (0, 9), ["TST001"])]
    assert merged(A, inner, weak) == [("TST001", "error", (0, 9), ["TST002"])]


def test_fields_are_kept_apart() -> None:
    one = rule("TST001")
    title = {"field": "title"}
    hits = (candidate(A, one, 0, 4), candidate(A, one, 0, 4, **title), candidate(A, one, 2, 6, **title))
    assert [(m.hit.field, m.span) for m in merge(A, hits)] == [("text", (0, 4)), ("title", (0, 6))]


def test_absences_are_kept_apart() -> None:
    assert merged(A, *[candidate(A, rule("TST001"), 0, 0)] * 2) == [("TST001", "warning", (0, 0), [])] * 2


def test_an_absence_is_part_of_no_hit() -> None:
    hits = candidate(A, rule("TST001"), 0, 0), candidate(A, rule("TST002"), 0, 4)
    assert merged(A, *hits) == [("TST001", "warning", (0, 0), []), ("TST002", "warning", (0, 4), [])]


# ---- levels --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "severity"),
    [
        ({"tag": "x"}, "error"),
        ({"tag": "y"}, "warning"),
        ({"tag": "own-site"}, "error"),
        ({"profile": "text"}, "error"),
        ({"profile": "html"}, "warning"),
        ({"preset": "scraped"}, "error"),
        ({"preset": "own"}, "warning"),
        ({"zone": "headline"}, "error"),
        ({"zone": ["body", "headline"]}, "error"),
        ({"zone": ["body", "tail"]}, "warning"),
        ({"form": "paragraph"}, "error"),
        ({"form": "list"}, "warning"),
        ({"quoted": False}, "error"),
        ({"quoted": True}, "warning"),
        ({"count": 1}, "error"),
        ({"count": 2}, "warning"),
        ({"block": 1}, "error"),
        ({"block": 2}, "warning"),
        ({"tag": "x", "profile": "html"}, "warning"),
        ({"tag": "x", "profile": "text", "count": 1}, "error"),
    ],
)
def test_conditions(when: dict[str, Any], severity: str) -> None:
    of = rule("TST001", levels=[{"when": when, "severity": "error"}])
    assert merged(A, candidate(A, of, 0, 4, tags=("x",), own_site=True)) == [("TST001", severity, (0, 4), [])]


def test_a_quotation_is_one() -> None:
    of = rule("TST001", levels=[{"when": {"quoted": True}, "severity": "info"}])
    analysis = analysis_of("A “bad” word")
    assert merged(analysis, candidate(analysis, of, 3, 6)) == [("TST001", "info", (3, 6), [])]


def test_the_first_level_that_holds_wins() -> None:
    levels = [{"when": {"tag": "y"}, "severity": "off"}, {"when": {"tag": "x"}, "severity": "info"},
              {"when": {"profile": "text"}, "severity": "error"}]  # fmt: skip
    of = rule("TST001", levels=levels)
    assert merged(A, *(candidate(A, of, at, at + 1, tags=tag) for at, tag in ((0, ("x",)), (2, ("y",)), (4, ())))) == [
        ("TST001", "info", (0, 1), []), ("TST001", "error", (4, 5), []),
    ]  # fmt: skip


def test_counts_are_of_the_article_and_blocks_of_the_finding() -> None:
    levels = [{"when": {"block": 2}, "severity": "error"}, {"when": {"count": 3}, "severity": "info"}]
    of = rule("TST001", levels=levels, **NEIGHBOURS)
    assert merged(A, *(candidate(A, of, *span) for span in ((0, 9), (13, 17), (31, 35)))) == [
        ("TST001", "error", (0, 17), []), ("TST001", "info", (31, 35), []),
    ]  # fmt: skip


SUPPORTED = {
    "supports": "copying",
    "severity": "info",
    "confidence": "hint",
    "points": 0,
    "levels": [
        {"when": {"support": 3, "per_1000_words": 8}, "severity": "error", "confidence": "certain", "points": 7},
        {"when": {"tag": "weak"}, "severity": "off"},
    ],
}


@pytest.mark.parametrize(
    ("words", "tags", "severity"),
    [
        (6, ["plain", "plain"], "info"),
        (6, ["plain", "plain", "plain"], "error"),
        (6, ["strong", "plain"], "error"),
        (6, ["strong", "weak", "weak", "weak", "weak"], "error"),
        (6, ["strong", "weak"], "info"),
        (400, ["plain", "plain", "plain"], "info"),  # 7.5 per 1,000 words
        (370, ["plain", "plain", "plain"], "error"),
    ],
)
def test_support_is_of_different_hits_by_rules_of_one_mind(words: int, tags: list[str], severity: str) -> None:
    analysis = analysis_of(" ".join(f"w{number}" for number in range(words)))
    rules = [rule("TST001", **SUPPORTED), rule("TSU001", **SUPPORTED)]
    spans = list(analysis.token_spans(analysis.lines[0]))[: len(tags)]
    some = [candidate(analysis, rules[n % 2], *span, tags=(tags[n],)) for n, span in enumerate(spans)]
    first = next(found for found in merge(analysis, some) if found.hit.start == 0)
    expected = ("error", "certain", 7) if severity == "error" else ("info", "hint", 0)
    assert (first.severity, first.confidence, first.points) == expected


def test_the_same_wording_again_is_no_more_support() -> None:
    analysis = analysis_of("one one one one")
    spans = list(analysis.token_spans(analysis.lines[0]))
    found = merge(analysis, [candidate(analysis, rule("TST001", **SUPPORTED), *span) for span in spans])
    assert [m.severity for m in found] == ["info"] * 4


def test_what_is_off_leaves_the_span_and_the_related_rules() -> None:
    off = rule("TST001", levels=[{"when": {"preset": "scraped"}, "severity": "off"}])
    assert merged(A, candidate(A, off, 0, 9), candidate(A, rule("TST002"), 5, 9)) == [("TST002", "warning", (5, 9), [])]
    assert merged(A, candidate(A, off, 0, 9)) == []


# ---- the order of candidates ---------------------------------------------------------------------------------

SPANS = [(0, 4), (0, 9), (5, 9), (3, 7), (13, 17), (20, 24), (20, 29), (31, 35), (0, 0)]
RULES = [
    rule("TST001", **NEIGHBOURS), rule("TST002", severity="error", **NEIGHBOURS), rule("TST003", confidence="certain"),
    rule("TSU001", **NEIGHBOURS), rule("TSU002", levels=[{"when": {"count": 2}, "severity": "error"}]),
    rule("TSU003", levels=[{"when": {"zone": "tail"}, "severity": "off"}], **NEIGHBOURS),
]  # fmt: skip
single = st.builds(
    lambda of, span, weight: candidate(A, of, *span, weight=weight),
    st.sampled_from(RULES), st.sampled_from(SPANS), st.sampled_from([0.4, 0.5, 1.0]),
)  # fmt: skip
candidates = st.lists(single, max_size=8)
distinct = st.lists(single, max_size=8, unique_by=lambda c: (c.hit.start, c.hit.end, c.rule.family))


@given(distinct.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
@settings(deadline=None, max_examples=200)
def test_the_order_of_candidates_does_not_matter(pair: tuple[list[Candidate], list[Candidate]]) -> None:
    one, other = (merged(A, *some) for some in pair)
    assert one == other


@pytest.mark.parametrize("keys", [NEIGHBOURS, {}])
def test_the_order_of_candidates_of_one_span_does_not_matter(keys: dict[str, Any]) -> None:
    weak, wide = rule("TST001", **NEIGHBOURS), rule("TST002", **keys)
    first, second, third = candidate(A, weak, 0, 9), candidate(A, weak, 13, 17), candidate(A, wide, 13, 17)
    assert [merged(A, *some) for some in ([first, second, third], [second, third])] == [
        merged(A, *some) for some in ([first, third, second], [third, second])
    ]


@given(candidates)
@settings(deadline=None, max_examples=300)
def test_findings_of_a_family_never_overlap_and_come_from_its_candidates(some: list[Candidate]) -> None:
    found = merge(A, some)
    assert [(m.span, m.rule.id) for m in found] == sorted((m.span, m.rule.id) for m in found)
    for family in ("TST", "TSU"):
        spans = [m.span for m in found if m.rule.family == family and m.span.start < m.span.end]
        assert all(one.end <= two.start for one, two in pairwise(spans))
    for m in found:
        members = [c for c in some if m.span.start <= c.hit.start and c.hit.end <= m.span.end]
        assert {m.rule.id, *m.related} <= {c.rule.id for c in members}
        assert m.span.start in {c.hit.start for c in members}
        assert m.span.end in {c.hit.end for c in members}


# ---- look-alikes ---------------------------------------------------------------------------------------------

STORY = "A Headline\n\nThe first line is long enough, and it ends.\n\nfoo “bar” baz\n\n- an item\n\nThe last line."


@pytest.mark.parametrize(
    ("unless", "word", "spared"),
    [
        ({"quoted": True}, "bar", True),
        ({"quoted": True}, "baz", False),
        ({"line": ["baz$"]}, "foo", True),
        ({"line": ["^baz", "qux"]}, "foo", False),
        ({"line": ["headline"]}, "Head", True),
        ({"before": ["it ends"]}, "foo", True),
        ({"before": ["headline"]}, "foo", False),
        ({"before": ["."]}, "Head", False),
        ({"after": ["item"]}, "foo", True),
        ({"after": ["last"]}, "foo", False),
        ({"after": ["."]}, "last", False),
        ({"forms": ["list", "table"]}, "item", True),
        ({"forms": ["list"]}, "foo", False),
        ({"tags": ["x", "y"]}, "foo", True),
        ({"tags": ["y"]}, "foo", False),
        ({"prose": 9}, "first", True),
        ({"prose": 10}, "first", False),
        ({"prose": 3}, "foo", False),
        ({"about": {"words": ["line"], "count": 2}}, "foo", True),
        ({"about": {"words": ["line"], "count": 2}}, "first", False),
        ({"about": {"words": ["lin", "fir", "head"]}}, "foo", True),
        ({}, "foo", False),
    ],
)
def test_unless(unless: dict[str, Any], word: str, spared: bool) -> None:
    analysis = analysis_of(STORY)
    at = STORY.index(word)
    hit = Hit(at, at + len(word), ("x",))
    assert LookAlikes(rule("TST001", unless=unless)).spares(analysis, hit, analysis.line_at(at)) is spared


def test_forms_of_the_reader_and_zones() -> None:
    analysis = analysis_of("One\n\nTwo", blocks=[Block(0, 3, "caption")])
    hits = [Hit(0, 3), Hit(5, 8)]
    by_form = LookAlikes(rule("TST001", unless={"forms": ["caption"]}))
    by_zone = LookAlikes(rule("TST001", zones=["tail"]))
    assert [by_form.spares(analysis, hit, analysis.line_at(hit.start)) for hit in hits] == [True, False]
    assert [by_zone.spares(analysis, hit, analysis.line_at(hit.start)) for hit in hits] == [True, False]


# ---- merging part by part ------------------------------------------------------------------------------------

LINED = analysis_of("aaaa bbbb\n\ncccc dddd\neeee\n\n\nffff gggg\n\nhhhh\n")
PLACES = [
    (line.start + start, line.start + end)
    for line in LINED.lines
    for start, end in [(0, 4), (0, 9), (2, 7), (5, 9)]
    if line.start + end <= line.end
]


def parted(keys: dict[str, Any]) -> st.SearchStrategy[list[Candidate]]:
    rules = [rule("TST001", **keys), rule("TST002", severity="error", **keys)]
    make = st.builds(lambda of, span: candidate(LINED, of, *span), st.sampled_from(rules), st.sampled_from(PLACES))
    return st.lists(make, max_size=7)


def again(found: list[Merged]) -> list[Candidate]:
    """Findings as candidates for another merge."""
    return [candidate(LINED, m.rule, m.span.start, m.span.end) for m in found]


@pytest.mark.parametrize("keys", [NEIGHBOURS, {}])
@given(data=st.data())
@settings(deadline=None, max_examples=200)
def test_merging_is_associative(keys: dict[str, Any], data: st.DataObject) -> None:
    one, two, three = (data.draw(parted(keys)) for _ in range(3))

    def blocks(*parts: list[Candidate]) -> list[tuple[int, int]]:
        return [tuple(m.span) for m in merge(LINED, [c for part in parts for c in part])]

    left = blocks(again(merge(LINED, one + two)), three)
    right = blocks(one, again(merge(LINED, two + three)))
    assert left == right == blocks(one, two, three)
