"""Strings of which every match of a pattern contains one."""

from __future__ import annotations

import pytest
from kinds.checks import BUILTIN, USER, texts

from linter.gate import gated


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("leave a reply", ("leave a reply",)),
        ("(?:newsletter|podcast)s?", ("newsletter", "podcast")),
        (r"\bquarterly\b", ("\bquarterly\b",)),
        (r"(?<!\w)quarterly(?![\w-])", ("\bquarterly\b",)),
        (r"(?<![^\w])quarterly", ("quarterly",)),  # the opposite of an edge
        (r"\b«quarterly", ("«quarterly",)),  # an edge beside a sign would mean a letter
        (r"\w+ (?=.{0,9}quarterly)", ("quarterly",)),  # what must follow must be there
        (r"(?!quarterly)\w{4}", ()),
        ("(?:quarterly)?", ()),
        ("the", ()),  # on every line
        ("of the|quarterly", ()),  # one of them is
        ("Σίσυφος", ("υφο",)),  # the lower case of a sigma depends on its place
        ("Quarterly", ("quarterly",)),
    ],
)
def test_literals(pattern: str, literals: tuple[str, ...]) -> None:
    assert gated(pattern).literals == literals


@pytest.mark.parametrize(
    ("pattern", "one_line"),
    [
        (r"a\s+b", True), (r"[^.]{0,80}", True), (r"a\nb", False), (r"[\s\S]", False), (r"a$", False), (r"\Aa", False),
        (r"(?<![^\n])a", True), (r"(?=\n)a", False), (r"a\b", True),
    ],
)  # fmt: skip
def test_what_is_matched_line_by_line(pattern: str, one_line: bool) -> None:
    assert gated(pattern).one_line is one_line


def test_a_letter_that_is_none_to_re2_does_not_hide_a_word() -> None:
    spec = {"kind": "pattern", "on": "text", "match": [r"\bquarterly\b"]}
    assert texts(spec, "équarterly and quarterly", context=USER) == ["quarterly", "quarterly"]
    assert texts(spec, "équarterly and quarterly", context=BUILTIN) == ["quarterly"]
