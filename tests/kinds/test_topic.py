"""Kind `topic`: a cue, a headline behind it, and whether that belongs to the article."""

from __future__ import annotations

from typing import Any

import pytest

from linter.model import Hit

from .checks import hits

STORY = "The harbour was closed after the fire, the harbour master said.\n\n"


def spec(**parameters: Any) -> dict[str, Any]:
    return {"kind": "topic", "match": [{"pattern": "see also", "tag": "cue"}], **parameters}


def headlines(line: str, **parameters: Any) -> list[tuple[str, str]]:
    text = STORY + line
    found = hits(spec(**parameters), text)
    assert all((hit.start, hit.end) == (len(STORY), len(text)) and hit.tags[1] == "cue" for hit in found)
    return [(hit.tags[0], (hit.values or {})["headline"]) for hit in found]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("See also: Pop star stuns fans", [("off-topic", "Pop star stuns fans")]),
        ("See also  Pop Star Stuns Fans", [("off-topic", "Pop Star Stuns Fans")]),
        ("See also ➤ Pop star stuns fans", [("off-topic", "Pop star stuns fans")]),
        ("» SEE ALSO | ‘Pop’ star stuns fans", [("off-topic", "‘Pop’ star stuns fans")]),
        ("See also The Fire at the Harbour", [("on-topic", "The Fire at the Harbour")]),
        ("See also Pop Star Stuns Her Fans", [("off-topic", "Pop Star Stuns Her Fans")]),
        ("See also the small room behind the stairs", []),
        ("See also Pop star stuns her many fans", []),
        ("See also: Pop star stuns", []),
        ("See also: pop star stuns fans", []),
        ("See also: Pop star stuns fans.", []),
        ("See also: Pop star stuns fans; more", [("off-topic", "Pop star stuns fans; more")]),
        ("See also: The fall of the Harlan Co.", [("off-topic", "The fall of the Harlan Co.")]),
        ("See also", []),
        ("They see also: Pop star stuns fans", []),
    ],
)
def test_cue_and_headline(line: str, found: list[tuple[str, str]]) -> None:
    assert headlines(line) == found


def test_limits() -> None:
    assert headlines("See also: Pop star stuns fans", least=5) == []
    assert headlines("See also: Pop star stuns fans", most=3) == []
    assert headlines("See also Pop star Stuns fans", title_case=0.5) == [("off-topic", "Pop star Stuns fans")]


def test_the_title_field_counts_as_text() -> None:
    text = "All was quiet in town.\n\nSee also: Pop star stuns fans"
    (hit,) = hits(spec(), text, title="The stars of pop")
    assert hit.tags == ("on-topic", "cue")


def test_a_cue_alone_weighs_what_the_rule_says() -> None:
    text = STORY + "See also:"
    assert hits(spec(), text) == []
    assert hits(spec(alone=0.5), text) == [Hit(len(STORY), len(text), ("cue",), 0.5)]
