"""Kind `grammar`: patterns, quotations, look-alikes in the sentence, slots, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.kinds import Context

from .checks import USER, hits, refused, texts


def spec(*match: object, **parameters: object) -> dict[str, object]:
    return {"kind": "grammar", "match": list(match), **parameters}


def test_hits_with_span_tag_and_suggestion() -> None:
    pattern = {"pattern": "the (?P<span>[singular]) were", "tag": "odd", "suggestion": "was"}
    (hit,) = hits(spec(pattern), "Here the house were big.")
    assert (hit.start, hit.end, hit.tags, hit.suggestion) == (9, 14, ("odd",), "was")


def test_quotations_are_skipped_unless_asked_for() -> None:
    text = 'He said "the house were big", and ‘the river were low’. The road were dry.'
    assert texts(spec("the [singular] were"), text) == ["The road were"]
    assert texts(spec("the [singular] were", quoted="any"), text) == [
        "the house were",
        "the river were",
        "The road were",
    ]


def test_unless_looks_at_the_sentence_alone() -> None:
    guarded = {"pattern": "the house", "unless": ["if"]}
    assert texts(spec(guarded), "If so, the house. The house, if so. But the house. If not.") == ["the house"]
    assert texts(spec("the house", unless=["if [any]{0,5} the house"]), "If so, the house. The house if.") == [
        "The house"
    ]


def test_patterns_do_not_cross_lines() -> None:
    assert texts(spec("the [any]{0,9} house"), "the\nhouse, the old\nhouse, the old house") == ["the old house"]


def test_slots_from_a_lexicon_beside_the_rule(tmp_path: Path) -> None:
    (tmp_path / "blows.txt").write_text("[hard]\nhit\n[soft]\ntouched\n", encoding="utf-8")
    context = Context(folder=tmp_path, builtin=True)
    slotted = spec("[blow] by", slots={"blow": "blows.txt#hard"})
    assert texts(slotted, "hit by, touched by", context=context) == ["hit by"]
    assert refused(spec("[blow] by", slots={"blow": "blows.txt#none"}), context=context) == (
        "slots.blow",
        "'blows.txt#none' has no entries",
    )


@pytest.mark.parametrize(
    ("match", "problem"),
    [
        (["zzyzx house"], "'zzyzx' is not in the table of words"),
        (["[noun]?"], "it matches the empty text or any word"),
        ([], "expected at least one pattern"),
    ],
)
def test_refused_of_users(match: list[str], problem: str) -> None:
    key, found = refused(spec(*match), context=USER)
    assert (key, found[: len(problem)]) == ("match", problem)
