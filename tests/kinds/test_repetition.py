"""Kind `repetition`: headlines, sentences, paragraphs, words that stand twice."""

from __future__ import annotations

from typing import Any

import pytest

from linter.model import Hit

from .checks import hits, refused, texts


def spec(unit: str, **parameters: Any) -> dict[str, Any]:
    return {"kind": "repetition", "unit": unit, **parameters}


def test_words() -> None:
    text = "The the boat, boat! It was was\nwas Duran Duran. And and 7 7 x-x that that"
    assert hits(spec("word", allow=["that"]), text) == [
        Hit(0, 7, suggestion="The"), Hit(23, 30, suggestion="was"), Hit(48, 55, suggestion="And"),
    ]  # fmt: skip


def test_common_words_alone() -> None:
    text = "It was was said.\n\nA lighthouse lighthouse shone.\n\nThe THE end, had had, and 'the the'."
    assert texts(spec("word", commonest=100, allow=["had"]), text) == ["was was", "The THE"]


HEADLINE = "Ferry runs aground off the cape"


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        (f"{HEADLINE}\n\nFERRY RUNS AGROUND, OFF THE CAPE\n\nIt did.", None, ["FERRY RUNS AGROUND, OFF THE CAPE"]),
        (f"{HEADLINE}\n\nIt did.", HEADLINE, []),
        (f"{HEADLINE}\n\nIt did.\n\n{HEADLINE}", HEADLINE, [HEADLINE]),
        (f"{HEADLINE}\n\n" + "It did.\n\n" * 9 + HEADLINE, HEADLINE, []),
        (f"By A. Writer\n\n{HEADLINE}\n\nIt did.", HEADLINE, []),
        ("Ferry runs\n\nFerry runs\n\nIt did.", None, []),
        (f"{HEADLINE}\n\n{HEADLINE} at night in a storm\n\nIt did.", None, []),
        ("", HEADLINE, []),
    ],
)
def test_headlines(text: str, title: str | None, found: list[str]) -> None:
    assert texts(spec("headline"), text, title=title) == found


ONE = "The old mill at the weir burned down on Monday night after a lightning strike."
TWO = "Monday night a lightning strike burned the old mill at the weir down."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{ONE} {ONE}", [f"{ONE} {ONE}"]),
        (f"{ONE}\n\n{ONE}\n", [f"{ONE}\n\n{ONE}"]),
        (f"{ONE} {TWO} Nobody was hurt.", [f"{ONE} {TWO}"]),
        (f"{ONE} Nobody was hurt. {ONE}", []),
        (f"{ONE}\n\nNobody was hurt.\n\n{ONE}", []),
        (f"- {ONE}\n- {ONE}", []),
        (ONE.rstrip(".") + "\n\n" + ONE, []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert texts(spec("sentence", containment=0.9), text) == found


def test_glued_sentences_are_told_apart() -> None:
    text = f"He left. {ONE}{TWO} All is well."
    (hit,) = hits(spec("sentence", containment=0.9, glued_containment=0.5), text)
    assert (text[hit.start : hit.end], hit.tags) == (f"{ONE}{TWO}", ("glued",))


def test_paragraphs() -> None:
    rule = "* * * * * * *"
    text = f"A paragraph of some length.\n\nOther.\n\na PARAGRAPH of some length\n\nOther.\n\n{rule}\n\n{rule}"
    assert texts(spec("paragraph", least=10), text) == ["a PARAGRAPH of some length"]


@pytest.mark.parametrize("name", ["overlap", "containment"])
@pytest.mark.parametrize("value", [0, -1, 1.1])
def test_what_is_refused(name: str, value: float) -> None:
    assert refused(spec("word", **{name: value})) == (name, "expected a share above 0, at most 1")
