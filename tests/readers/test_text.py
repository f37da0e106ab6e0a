from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.readers import article_from_text
from linter.readers.text import unwrap

FIXTURES = Path(__file__).parents[2] / "fixtures" / "text"


def test_wrapped_paragraphs_are_joined_and_nothing_else() -> None:
    source = (FIXTURES / "wrapped.txt").read_text(encoding="utf-8")
    article = article_from_text(source)
    expected = source
    for at in ("forty\n", "April\n", "had\n"):
        expected = expected.replace(at, at.replace("\n", " "))
    assert (article.text, article.source, article.offsets, article.blocks, article.title) == (
        expected, source, None, None, None
    )  # fmt: skip


WRAPPED = (
    "The council met again on Monday to hear what the engineers had\n"
    "found under the old market hall, where water has been rising since\n"
    "autumn and the floor has begun to give."
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_keep_their_length(end: str) -> None:
    source = f"Head{end}{end}{WRAPPED}{end}{end}Tail{end}".replace("\n", end).replace("\r\r\n", "\r\n")
    text = article_from_text(source).text
    assert len(text) == len(source)
    assert text.splitlines() == ["Head", "", WRAPPED.replace("\n", " " * len(end)), "", "Tail"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Short note\n" + WRAPPED, id="a short line in the group"),
        pytest.param(WRAPPED.replace("\nfound", "\n- found"), id="a list"),
        pytest.param(WRAPPED.replace("\n", "\n> "), id="quoted mail"),
        pytest.param(WRAPPED.replace("\n", "\n    "), id="indented"),
        pytest.param(WRAPPED.replace(" the ", " | "), id="columns"),
        pytest.param("\n".join(line.capitalize() for line in WRAPPED.split("\n")), id="verse"),
        pytest.param("\n".join(line.rstrip(".") + "." for line in WRAPPED.split("\n")), id="one-line paragraphs"),
        pytest.param(WRAPPED.replace("had\n", "\n"), id="a break that was not forced"),
        pytest.param("\n".join(WRAPPED.split("\n")[1:]), id="two lines"),
        pytest.param(WRAPPED.replace("\n", "\n" + "word " * 20), id="long lines"),
        pytest.param(WRAPPED.replace("\n", "\n\n"), id="paragraphs"),
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert unwrap(text) == text


def test_odd_line_breaks_become_plain_ones() -> None:
    assert article_from_text("a\rb\u2028c\x0bd\r\ne").text == "a\nb\nc\nd\r\ne"


@given(st.lists(st.sampled_from([*WRAPPED.split("\n"), "", "Short.", "\r", "x" * 70]), max_size=12).map("\n".join))
def test_only_breaks_change(text: str) -> None:
    result = unwrap(text)
    assert len(result) == len(text)
    assert all(old == new or (old in "\r\n" and new == " ") for old, new in zip(text, result, strict=True))
