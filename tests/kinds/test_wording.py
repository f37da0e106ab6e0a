"""Kind `wording`: the table of odd wordings, by its lists, in and out of quotations and names."""

from __future__ import annotations

import pytest

from .checks import USER, hits, refused, texts


def spec(name: str, **parameters: object) -> dict[str, object]:
    return {"kind": "wording", "list": name, **parameters}


def test_each_list_has_its_own() -> None:
    text = "A road cork in entrance of the hall: they spilled the grains, said the early caution."
    assert texts(spec("compound"), text) == ["road cork"]
    assert texts(spec("marker"), text) == ["in entrance of the"]
    assert texts(spec("idiom"), text) == ["spilled the grains"]
    assert texts(spec("collocation"), text) == ["early caution"]


def test_the_usual_wording_is_the_suggestion() -> None:
    (hit,) = hits(spec("compound"), "A road cork.")
    assert (hit.suggestion, hit.tags) == ("traffic jam", ("strong",))


def test_capitals_may_be_a_name() -> None:
    assert texts(spec("compound"), "The Road Cork. Road cork, road Cork.") == ["Road cork"]
    assert texts(spec("marker"), "Final 12 months, the Final 12 Months") == ["Final 12 months", "Final 12 Months"]


def test_a_short_quotation_speaks_of_the_wording_and_a_long_one_is_speech() -> None:
    text = 'He wrote "road cork" for it. "We sat in the road cork for hours and nobody came," she said.'
    assert [hit.start for hit in hits(spec("compound"), text)] == [text.index("road cork for hours")]


def test_weak_wordings_may_need_a_better_one_beside_them() -> None:
    weak = "The early caution came."
    assert texts(spec("collocation", alone=False), weak) == []
    assert texts(spec("collocation", alone=False), f"{weak} A road cork.") == ["early caution"]


@pytest.mark.parametrize("name", ["collocation", "marker"])
def test_rules_of_users_have_their_own_lexicons(name: str) -> None:
    assert refused(spec(name), context=USER)[0] == "kind"
