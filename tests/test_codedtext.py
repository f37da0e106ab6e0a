"""Coded texts: the way back from codes to the text, quotations, and odd wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.codedtext import QUOTED, CodedText
from linter.wordcodes import TOKEN

TEXTS = st.text(st.sampled_from(list("ab Z\n\t.,'\"-9é€’中"))) | st.text()


@given(TEXTS)
def test_each_code_is_the_code_of_its_token(text: str) -> None:
    coded = CodedText(text)
    spans = [match.span() for match in TOKEN.finditer(text)]
    assert len(coded.codes) == len(spans) + 2
    assert [coded.span(at + 1, at + 2) for at in range(len(spans))] == spans
    assert coded.tokens == TOKEN.findall(text)
    assert [coded.code_at(start) for start, _ in spans] == [at + 1 for at in range(len(spans))]
    if spans:
        assert coded.span(1, len(spans) + 1) == (spans[0][0], spans[-1][1])


@given(TEXTS)
def test_quotations_are_blanked_in_place(text: str) -> None:
    coded = CodedText(text)
    assert len(coded.unquoted) == len(coded.codes)
    assert all(a in (b, QUOTED) for a, b in zip(coded.unquoted, coded.codes, strict=True))
    assert coded.unquoted.count("\n") == coded.codes.count("\n")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('He said "it will rain" on it', "it will rain"),
        ('"No" and "yes and no"', "No yes and no"),
        ('He said "it will rain\non it', "it will rain"),  # an open mark reaches to the end of its line
        ("no marks at all", ""),
    ],
)
def test_what_is_quoted(text: str, masked: str) -> None:
    coded = CodedText(text)
    quoted = [token for token, code in zip(coded.tokens, coded.unquoted[1:], strict=False) if code == QUOTED]
    assert " ".join(quoted) == masked


def test_odd_wordings_are_the_longest_and_hyphened_ones_count() -> None:
    coded = CodedText("A road cork, in entrance of the hall. The road-cork grew.")
    assert [(odd.meaning, coded.tokens[odd.first - 1 : odd.end - 1]) for odd in coded.odd_wordings] == [
        ("traffic jam", ["road", "cork"]),
        ("in front of the", ["in", "entrance", "of", "the"]),
        ("traffic jam", ["road-cork"]),
    ]
    assert coded.is_rewritten
    assert not CodedText("A traffic jam in front of the hall.").is_rewritten
