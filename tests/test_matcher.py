"""Engines, time limits and views of the matcher; what its parameters mean is tested with kind `pattern`."""

from __future__ import annotations

import re
import time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds.checks import BUILTIN, USER, analysis_of, hits, texts, ungated

from linter.kinds import Found, ParameterError, build
from linter.matcher import LineTest, Matcher, Params, Pattern, TimeLimitError
from linter.model import Hit


def matcher(*match: str | Pattern, user: bool = False, **parameters: Any) -> Matcher:
    return Matcher(Params(match=list(match), **parameters), USER if user else BUILTIN)


def everything(some: Matcher, text: str) -> list[Hit]:
    return list(some.hits(analysis_of(text), Found(range(len(some.gates)), ())))


def test_a_gate_per_pattern_on_the_view_that_it_is_matched_on() -> None:
    gates = matcher("foo", Pattern(pattern="bar", at="end")).gates
    assert [gate.view for gate in gates] == ["folded", "folded"]
    assert len({gate.pattern for gate in gates}) == 2
    assert matcher("Foo", case="exact").gates[0].view == "plain"
    assert len(matcher("foo").gates) == len(Matcher(Params(match="foo"), BUILTIN).gates) == 1


def test_only_patterns_whose_gates_passed_are_tried() -> None:
    some, analysis = matcher("foo.*", "foo b.*"), analysis_of("foo bar")
    found = [some.match_line(analysis, analysis.lines[0], passed) for passed in ([], [1], [0, 1])]
    assert [result and result[0].pattern for result in found] == [None, "foo b.*", "foo.*"]


@pytest.mark.parametrize("user", [False, True])
@pytest.mark.parametrize("pattern", [r"\w+ b", "f(o|x)+", "[fo]{3}", "foo|bar", r"é\S", "🙂 ."])
def test_engines_agree_on_offsets(pattern: str, user: bool) -> None:
    text = "🙂 foo bar éa\nfoo é🙂 foo\n"
    one, other = (
        everything(matcher(pattern, on="text", engine=engine, user=user), text) for engine in ("re2", "python")
    )
    assert one == other
    assert one


@pytest.mark.parametrize("place", [{"on": "text"}, {"at": "anywhere"}, {"at": "start"}, {"at": "whole"}, {"at": "end"}])
def test_a_users_backtracking_is_cut_off(place: dict[str, Any]) -> None:
    some = matcher(r"(?:a|aa)+\d?$", user=True, engine="python", **place)
    start = time.process_time()
    with pytest.raises(TimeLimitError, match=r"took longer than 0\.25 s"):
        everything(some, "a" * 60 + "!b" + "\n" + "a" * 60 + "!b")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("pattern", ["(a+)+$", "(?:a|aa)+$", "(a|aa|aaa)*b"])
def test_re2_takes_linear_time(pattern: str) -> None:
    start = time.process_time()
    everything(matcher(pattern, user=True, on="text"), "a" * 20_000 + "!")
    assert time.process_time() - start < 1


def test_a_hit_in_the_text_belongs_to_the_line_it_begins_in() -> None:
    zoned = matcher(Pattern(pattern=r"foo\s*\nbar", zones=["body"]), on="text")
    text = "A headline foo\n\nbar\n\nfoo\nbar\n\nfoo\n\nEnd."
    assert [text[hit.start : hit.end] for hit in everything(zoned, text)] == ["foo\nbar"]


@pytest.mark.parametrize("view", ["don’t", "a\xa0b", "“a”", "a‑b"])
@pytest.mark.parametrize("case", ["ignore", "exact"])
def test_articles_are_folded_before_patterns_see_them(view: str, case: str) -> None:
    folded = analysis_of(view).plain
    assert [hit.end - hit.start for hit in everything(matcher(re.escape(folded), on="text", case=case), view)] == [
        len(view)
    ]


words = st.sampled_from(["foo", "Foo", "bar", "»", "«", "-", "don’t", "İ", "🙂", "\r", ".", "“x”", "1"])
lines = st.lists(words, max_size=5).map(" ".join)


@given(st.lists(lines, max_size=5).map("\n".join), st.sampled_from(["whole", "start", "end", "anywhere"]))
@settings(deadline=None, max_examples=150)
def test_line_matches_mean_what_they_say(text: str, at: str) -> None:
    pattern = "foo(?: bar)?"
    check, analysis = (
        build({"kind": "pattern", "match": [pattern], "at": at, "span": "match"}, BUILTIN),
        analysis_of(text),
    )
    found = {(hit.start, hit.end) for hit in ungated(check, analysis)}
    for line in analysis.lines:
        core, view = analysis.core(line), analysis.folded
        edges = {
            "whole": [(core.start, core.end)], "start": [(core.start, e) for e in range(core.start, line.end + 1)],
            "end": [(s, core.end) for s in range(line.start, core.end + 1)],
            "anywhere": [(s, e) for s in range(line.start, line.end + 1) for e in range(s, line.end + 1)],
        }[at]  # fmt: skip
        possible = {edge for edge in edges if re.fullmatch(pattern, view[slice(*edge)])}
        mine = {span for span in found if line.start <= span[0] < line.end}
        assert bool(mine) == bool(possible)
        assert len(mine) <= 1
        assert mine <= possible


def test_an_end_pattern_is_found_behind_an_overlapping_match() -> None:
    assert hits({"kind": "pattern", "match": ["a.*?b|bc"], "at": "end"}, "a b bc ab c abc")


def test_a_bound_of_words_needs_two_numbers() -> None:
    with pytest.raises(msgspec.ValidationError):
        build({"kind": "pattern", "match": "foo", "words": [1]}, BUILTIN)


@pytest.mark.parametrize("pattern", [r"\b", r"\bo*"])
def test_an_empty_match_is_no_hit(pattern: str) -> None:
    try:
        some = matcher(pattern, on="text", user=True)
    except ParameterError:
        return
    assert all(hit.start < hit.end for hit in everything(some, "foo bar"))


@pytest.mark.parametrize("builtin", [True, False])
def test_a_line_test_is_any_of_its_patterns(builtin: bool) -> None:
    test = LineTest.of(["^foo", "bar|baz$"], builtin=builtin)
    assert test is not None
    assert [test(text) for text in ("foo", "a foo", "a bar b", "baz b", "a baz")] == [True, False, True, False, True]
    assert LineTest.of([], builtin=builtin) is None


def test_a_match_that_begins_with_blanks_is_on_the_line_of_its_first_word() -> None:
    spec = {"kind": "pattern", "on": "text", "match": [{"pattern": r"(?<![^\n])[ ]*title: \w+", "zones": ["headline"]}]}
    assert texts(spec, "A line\n title: 0000\nA line of words.") == []
    assert texts(spec, " title: 0000\nA line of words.\nA line of words.\nMore.\nThe last one.") == ["title: 0000"]
