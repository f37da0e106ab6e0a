"""Lines that a pattern matches are found under the keys of the pattern's first words."""

from __future__ import annotations

from re._parser import parse

import pytest

from linter.firstwords import bits_of_first, first_word, first_words, keys_of
from linter.gate import gated


def firsts(pattern: str, *, whole: bool = True) -> set[str]:
    """The keys of a pattern's first words."""
    return set(first_words(parse(pattern), whole=whole))


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("read more", {"read"}),
        ("reading on", {"read"}),
        ("see also", {"see"}),
        (r"\W{0,4}(?:see|go) on", {"see", "go"}),
        ("(?:please )?click here", {"plea", "clic"}),
        (r"(?:the |our )?best\b.*", {"the", "our", "best"}),
        (r"[(\[]?via \w+", {"via"}),
        (r"\d+ comments", {"#"}),
        (r"ads? by", {"ad", "ads"}),
        (r"ad\w*", {"ad", "ad*"}),
        (r"in[^\n]*", {"in", "in*"}),
        (r"(?=x)[ab]c d", {"ac", "bc"}),
        (r"(?:go )+", {"go"}),
        (r"\w+ more", set()),
        (r".{0,9}read", set()),
        (r"\W*", set()),
        (r"(?:read)? ?\w+", set()),
    ],
)
def test_first_words_of_a_pattern(pattern: str, keys: set[str]) -> None:
    assert firsts(pattern) == keys


def test_a_match_that_needs_not_reach_the_end_may_end_within_a_word() -> None:
    assert firsts("go", whole=False) == {"go*"}
    assert firsts("gone", whole=False) == {"gone"}


def test_keys_of_a_line() -> None:
    line = "» going 3d"
    assert keys_of(first_word(line, 0, len(line))) == ["goin", "g*", "go*", "goi*"]
    assert keys_of(first_word("go on", 0, 5)) == ["go", "g*", "go*"]
    assert keys_of(first_word("- 24 h", 0, 6)) == ["24", "2*", "24*", "#"]
    assert keys_of(first_word("***", 0, 3)) == []


def test_rarer_first_words_have_more_bits() -> None:
    assert bits_of_first(frozenset(["the"])) < bits_of_first(frozenset(["read"])) < bits_of_first(frozenset(["zulu"]))
    assert bits_of_first(frozenset(["read", "more"])) < bits_of_first(frozenset(["read"]))


def test_a_pattern_has_first_words_where_they_are_rarer_than_its_strings() -> None:
    pattern = r"view (?:\w+ )*it\b"
    assert gated(pattern, "start").first_words == ("view",)
    assert gated("in the zeitgeist", "start").literals == ("in the zeitgeist",)
    assert gated(pattern).first_words == ()
