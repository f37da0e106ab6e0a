"""Kind `pattern`: what its parameters mean, hit by hit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linter.kinds import Context, build
from linter.matcher import TimeLimitError
from linter.model import Hit
from linter.scan import Plan

from .checks import BUILTIN, USER, analysis_of, hits, refused, texts


def spec(*match: Any, **parameters: Any) -> dict[str, Any]:
    return {"kind": "pattern", "match": list(match), **parameters}


TEXT = "Foo bar\n\n  » foo «  \n\nThe foo bar, foo.\n"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["» foo «"]),
        ({"at": "whole", "span": "core"}, ["foo"]),
        ({"at": "start"}, ["Foo bar", "» foo «"]),
        ({"at": "start", "span": "match"}, ["Foo", "foo"]),
        ({"at": "end", "span": "match"}, ["foo"]),
        ({"at": "anywhere", "span": "match"}, ["Foo", "foo", "foo"]),
        ({"at": "anywhere", "span": "sentence"}, ["Foo bar", "» foo «", "The foo bar, foo."]),
        ({"at": "anywhere", "words": [3, 9]}, ["» foo «", "The foo bar, foo."]),
        ({"on": "text"}, ["Foo", "foo", "foo", "foo"]),
        ({"on": "text", "case": "exact"}, ["foo", "foo", "foo"]),
        ({"case": "exact", "at": "start"}, ["» foo «"]),
    ],
)
@pytest.mark.parametrize("engine", ["python", "re2"])
def test_where_a_pattern_matches(parameters: dict[str, Any], found: list[str], engine: str) -> None:
    assert texts(spec("foo", engine=engine, **parameters), TEXT) == found


def test_a_hit_has_tag_weight_span_and_values() -> None:
    pattern = {"pattern": r"(?P<who>\w+) says (?P<span>hello)", "tag": "greeting", "weight": 0.5}
    assert hits(spec(pattern, at="start"), "Anna says hello to all\n") == [
        Hit(10, 15, ("greeting",), 0.5, None, {"who": "Anna", "span": "hello"})
    ]


def test_the_first_pattern_that_matches_a_line_wins_it() -> None:
    first, second = {"pattern": "foo.*", "tag": "first"}, {"pattern": "foo", "tag": "second"}
    assert [hit.tags for hit in hits(spec(first, second), "foo\n\nfoo bar\n")] == [("first",), ("first",)]
    assert [hit.tags for hit in hits(spec(second, first), "foo\n\nfoo bar\n")] == [("second",), ("first",)]


def test_patterns_of_one_list_differ_in_place_zone_words_and_span() -> None:
    patterns = (
        {"pattern": "foo", "at": "start", "words": [2, 2]},
        {"pattern": "bar", "at": "end", "span": "match"},
        {"pattern": "baz", "zones": ["tail"]},
    )
    text = "A headline\n\nfoo one\n\nfoo one two\n\nbaz\n\na bar\n\nbaz\n"
    assert texts(spec(*patterns), text) == ["foo one", "bar", "baz"]


def test_hits_on_the_text_come_in_its_order_whatever_the_order_of_the_patterns() -> None:
    assert texts(spec("three", "one", "two one", on="text"), "one two one three") == ["one", "two one", "one", "three"]


def test_typography_is_folded_and_offsets_are_those_of_the_text() -> None:
    assert texts(spec("don't go - now", at="anywhere", span="match"), "🙂 “Don’t\xa0go ‐ now”") == ["Don’t\xa0go ‐ now"]


def test_an_end_pattern_is_found_behind_an_earlier_match() -> None:
    assert texts(spec("foo", at="end", span="match"), "foo and foo ➤") == ["foo"]


@pytest.mark.parametrize(
    ("match", "parameters", "key", "problem"),
    [
        ([], {}, "match", "at least one pattern"),
        (["a", "x*"], {"engine": "python"}, "match.1", "matches the empty string"),
        (["("], {}, "match.0", "not a valid python pattern"),
        (["Foo"], {}, "match.0", "capitals"),
        ([{"pattern": "ok"}, {"pattern": "Foo"}], {}, "match.1", "capitals"),
        (["foo"], {"on": "text", "at": "start"}, "at", "only match 'anywhere'"),
        (["foo"], {"at": "sentence"}, "at", "one on lines anywhere else"),
    ],
)
def test_what_is_refused(match: list[Any], parameters: dict[str, Any], key: str, problem: str) -> None:
    # Shipped patterns are not tried on the empty string when they are loaded: a test does that.
    found, text = refused(spec(*match, **parameters), context=USER if "empty" in problem else BUILTIN)
    assert found == key
    assert problem in text


@pytest.mark.parametrize("pattern", [r"\Bfoo\S\W\D", r"foo(?P<name>x)(?P=name)"])
def test_capitals_of_escapes_and_names_are_none(pattern: str) -> None:
    assert build(spec(pattern, engine="python"), USER).gates


@pytest.mark.parametrize("pattern", ["foo(?=bar)", "(?<!x)foo", r"(a)\1"])
def test_a_users_look_around_is_refused_unless_the_engine_is_named(pattern: str) -> None:
    key, problem = refused(spec(pattern), context=USER)
    assert (key, "not a valid re2 pattern" in problem) == ("match.0", True)
    assert build(spec(pattern, engine="python"), USER).gates


@pytest.mark.parametrize("on", ["text", "line"])
@pytest.mark.parametrize("pattern", ["(a+)+$", "(?:a|aa)+$", "(a*)*b"])
def test_a_users_catastrophic_pattern_is_cut_off(pattern: str, on: str) -> None:
    text = "Here: " + "a" * 60 + "!\n"
    at = {"at": "anywhere"} if on == "line" else {}
    check, analysis = build(spec(pattern, engine="python", on=on, **at), USER), analysis_of(text)
    found = dict(Plan([check]).scan(analysis))
    if 0 in found:  # the gate may see that nothing can match
        try:
            assert list(check.run(analysis, found[0])) == []
        except TimeLimitError as err:
            assert "took longer than" in str(err)
    assert texts(spec(pattern, on=on, **at), "b " + "a" * 60, context=USER)


def test_groups_have_names_in_users_patterns_too() -> None:
    assert texts(spec(r"(?P<who>\w+) says (?P<span>hello)", at="start"), "Anna says hello", context=USER) == ["hello"]


def test_white_space_alone_has_no_hits() -> None:
    assert texts(spec(r"\s", on="text"), " \n ") == []


def test_a_slot_stands_for_the_entries_of_a_lexicon(tmp_path: Path) -> None:
    (tmp_path / "agencies.txt").write_text("[news]\nNorth Wire\nL’Agence\n[photo]\nA+B Pictures\n")
    context, text = Context(folder=tmp_path, builtin=True), "photo: north wire\nphoto: l'agence\nphoto: a+b pictures\n"
    of_all = spec("photo: {agency}", slots={"agency": "agencies.txt"})
    of_one = spec("photo: {agency}", slots={"agency": "agencies.txt#news"})
    assert texts(of_all, text, context=context) == ["photo: north wire", "photo: l'agence", "photo: a+b pictures"]
    assert texts(of_one, text, context=context) == ["photo: north wire", "photo: l'agence"]
    assert refused(spec("photo", slots={"agency": "agencies.txt"}), context=context)[0] == "slots.agency"
    assert refused(spec("{agency}", slots={"agency": "agencies.txt#tv"}), context=context)[0] == "slots.agency"
    assert refused(spec("{agency}", slots={"agency": "none.txt"}), context=context)[0] == "lexicon"
