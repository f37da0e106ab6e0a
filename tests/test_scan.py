"""The plan: which checks run on an article, and what they are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds.checks import analysis_of

from linter.analysis import Analysis
from linter.kinds import Found, Gate, PhraseHit
from linter.model import Hit
from linter.scan import Plan


class Probe:
    """A check that only has gates and phrases."""

    def __init__(self, gates: Sequence[Gate] = (), phrases: Sequence[str] = ()) -> None:
        self.gates, self.phrases = gates, phrases

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        return iter(())


NEVER, FOLDED, EXACT = Gate("none", "folded"), Gate("foo|bar", "folded"), Gate("Foo", "plain")


def test_a_check_without_gates_and_phrases_always_runs() -> None:
    assert Plan([Probe()]).scan(analysis_of("")) == [(0, Found((), ()))]
    assert Plan([]).scan(analysis_of("text")) == []


def test_checks_come_in_their_order_with_the_gates_that_passed() -> None:
    checks = [
        Probe([NEVER, FOLDED, EXACT]), Probe([NEVER]), Probe(), Probe([EXACT], ["foo", "a foo"]),
    ]  # fmt: skip
    assert Plan(checks).scan(analysis_of("a FOO")) == [
        (0, Found([1], ())), (2, Found((), ())), (3, Found((), [PhraseHit(0, 5, 1), PhraseHit(2, 5, 0)])),
    ]  # fmt: skip
    assert Plan(checks).scan(analysis_of("Foo")) == [
        (0, Found([1, 2], ())), (2, Found((), ())), (3, Found([0], [PhraseHit(0, 3, 0)])),
    ]  # fmt: skip


def test_a_gate_sees_the_white_space_at_the_edges_of_its_line() -> None:
    gate = Gate(" not ", "folded", literals=(" not",), by_line=True)
    found = Plan([Probe([gate])]).scan(analysis_of("First line.\n It is not \nit is\n not "))
    assert found == [(0, Found([0], (), {0: [1, 3]}))]


def test_checks_may_share_a_phrase() -> None:
    found = Plan([Probe(phrases=["x", "foo"]), Probe(phrases=["foo"])]).scan(analysis_of("foo"))
    assert found == [(0, Found((), [PhraseHit(0, 3, 1)])), (1, Found((), [PhraseHit(0, 3, 0)]))]


@pytest.mark.parametrize(
    ("phrase", "text", "starts"),
    [
        ("art", "art smart arty Art-house xart1 art1", [0, 15]),
        ("art", "éart artß (art)_art_", [11, 16]),
        ("(a)", "x(a)x", [1]),
        ("a b", "🙂 a b a b", [2, 6]),
        ("ii", "iii ii", [4]),
        ("ab ab", "ab ab ab", [0, 3]),
    ],
)
def test_phrases_are_whole_words(phrase: str, text: str, starts: list[int]) -> None:
    found = dict(Plan([Probe(phrases=[phrase])]).scan(analysis_of(text)))
    assert [hit.start for hit in found.get(0, Found((), ())).phrases] == starts


pieces = st.sampled_from(["a", "b", "ab", " ", "İ", "é", "🙂", "-", "\n", "A", "’", "'", "ß"])
texts = st.lists(pieces, max_size=14).map("".join)


@given(texts, st.lists(st.lists(pieces, min_size=1, max_size=4).map("".join).filter(str.strip), min_size=1, max_size=6))
@settings(deadline=None, max_examples=200)
def test_the_automaton_finds_what_a_plain_search_finds(text: str, phrases: list[str]) -> None:
    analysis = analysis_of(text)
    folded = analysis.folded
    wanted = [analysis_of(phrase).folded for phrase in phrases]

    def parts_a_word(at: int) -> bool:
        return 0 < at < len(folded) and folded[at - 1].isalnum() and folded[at].isalnum()

    expected = {
        PhraseHit(at, at + len(phrase), wanted.index(phrase))
        for phrase in wanted
        for at in range(len(folded))
        if folded.startswith(phrase, at) and not parts_a_word(at) and not parts_a_word(at + len(phrase))
    }
    found = dict(Plan([Probe(phrases=list(dict.fromkeys(wanted)))]).scan(analysis))
    hits = found[0].phrases if found else []
    kept = list(dict.fromkeys(wanted))
    assert {hit._replace(phrase=wanted.index(kept[hit.phrase])) for hit in hits} == expected
    assert len(hits) == len(expected)


def test_a_scan_takes_any_text() -> None:
    plan = Plan([Probe([Gate("a.b", "folded")]), Probe([Gate(r"\x{61}[^\x{62}]", "plain")])])
    assert plan.scan(analysis_of("a\0b \U0010ffff")) == [(0, Found([0], ())), (1, Found([0], ()))]
