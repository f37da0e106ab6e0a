"""Kind `density`: enough of another check's hits."""

from __future__ import annotations

from typing import Any

import pytest

from linter.model import Hit

from .checks import hits, refused, texts


def spec(**limits: Any) -> dict[str, Any]:
    match = [{"pattern": "very", "tag": "sure"}, "really"]
    return {"kind": "density", "of": {"kind": "pattern", "on": "text", "match": match}, **limits}


TEXT = "Very very good, really: one two three four."  # eight words, three hits


@pytest.mark.parametrize(
    ("limits", "fires"),
    [
        ({}, True),
        ({"count": 3}, True),
        ({"count": 4}, False),
        ({"count": 5, "counts_as": {"sure": 2}}, True),
        ({"count": 6, "counts_as": {"sure": 2}}, False),
        ({"distinct": 2}, True),
        ({"distinct": 3}, False),
        ({"per_1000_words": 375}, True),
        ({"per_1000_words": 376}, False),
        ({"share": 0.375}, True),
        ({"share": 0.38}, False),
    ],
)
def test_limits(limits: dict[str, Any], fires: bool) -> None:
    assert texts(spec(**limits), TEXT) == (["Very", "very", "really"] if fires else [])


def test_hits_carry_count_and_rate() -> None:
    values = {"count": "3", "rate": "375.0"}
    assert hits(spec(), TEXT) == [
        Hit(0, 4, ("sure",), values=values), Hit(5, 9, ("sure",), values=values), Hit(16, 22, values=values),
    ]  # fmt: skip
    assert hits(spec(emit="first"), TEXT) == [Hit(0, 4, ("sure",), values=values)]


def test_nothing_in_an_empty_text() -> None:
    assert hits(spec(), "") == []


def test_what_is_refused() -> None:
    assert refused({"kind": "density", "of": spec()}) == (
        "of", "a density of a density says nothing: expected another kind",
    )  # fmt: skip
    assert refused({"kind": "density", "of": {"match": ["a"]}}) == ("of", "a check needs a 'kind'")
    assert refused({"kind": "density", "of": {"kind": "pattern", "match": ["a", "("]}})[0] == "of.match.1"
