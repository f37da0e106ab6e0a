"""Kind `block`: a heading and the short lines under it."""

from __future__ import annotations

from typing import Any

import pytest

from linter.model import Hit

from .checks import hits


def spec(**parameters: Any) -> dict[str, Any]:
    return {"kind": "block", "match": ["related stories"], **parameters}


def found(text: str, **parameters: Any) -> list[tuple[str, tuple[str, ...], str]]:
    return [(text[h.start : h.end], h.tags, (h.values or {})["count"]) for h in hits(spec(**parameters), text)]


BOX = "Related Stories\n\nMan Bites Dog\nTen Recipes For Spring\n\nWho Won?"
AFTER = "\n\nThe council met on Monday, and it voted.\n"


def test_heading_and_items_are_one_hit() -> None:
    assert found(f"A story.\n\n{BOX}{AFTER}") == [(BOX, (), "3")]
    assert found(f"A story.\n\n{BOX}\n") == [(BOX, ("last",), "3")]


@pytest.mark.parametrize(
    ("item", "counts"),
    [
        ("Man Bites Dog", True),
        ("“Man” Bites Dog!", True),
        ("12 Ways To Sleep", True),
        ("— Man Bites Dog", True),
        ("Émile Wins", True),
        ("man bites dog", False),
        ("Man bites dog.", False),
        ("He said “man bites dog.”", False),
        ("Man bites dog…", False),
        ("These are the stories:", False),
        ("Man, dog,", False),
        ("One two three four", False),
    ],
)
def test_what_is_an_item(item: str, counts: bool) -> None:
    text = f"Related stories\n{item}\n"
    expected = [(text.rstrip(), ("last",), "1")] if counts else []
    assert found(text, least=1, item_words=3 if item.startswith("One") else 18) == expected


def test_limits() -> None:
    text = "Related stories\nOne\nTwo\n\n\n\nThree\nFour"
    assert found(text) == [("Related stories\nOne\nTwo", (), "2")]
    assert found(text, least=3) == []
    assert found(text, gap=3) == [(text, ("last",), "4")]
    assert found(text, gap=3, most=3) == [("Related stories\nOne\nTwo\n\n\n\nThree", (), "3")]


def test_the_next_box_begins_behind_the_last() -> None:
    text = "Related stories\nRelated stories\nOne\n\nRelated stories\nTwo\nThree"
    assert hits(spec(most=2), text) == [
        Hit(0, 35, values={"count": "2"}), Hit(37, len(text), ("last",), values={"count": "2"}),
    ]  # fmt: skip


def test_a_heading_alone_at_the_end_counts_where_the_rule_says_so() -> None:
    text = "A story.\n\nRelated stories\n"
    assert found(text) == []
    assert found(text, alone=True) == [("Related stories", ("last",), "0")]
    assert found("Related stories", alone=True) == []
