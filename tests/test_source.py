import re

from hypothesis import given
from hypothesis import strategies as st

from linter.model import Article, OffsetMap, Span
from linter.source import LineIndex, TextBuilder, slice_of, source_span, unify_breaks


def _built() -> tuple[str, str, OffsetMap]:
    source = "Fish &amp; <b>chips</b>"
    builder = TextBuilder(source)
    builder.copy(0, 5)
    builder.replace("&", 5, 10)
    builder.copy(10, 11)
    builder.insert("|", 14)
    builder.copy(14, 19)
    builder.replace("", 19, 23)
    return source, *builder.build()


def test_builder() -> None:
    source, text, offsets = _built()
    assert text == "Fish & |chips"
    assert offsets == OffsetMap([0, 5, 6, 7, 8, 13], [0, 5, 10, 14, 14], [5, 10, 11, 14, 19])
    article = Article(text=text, source=source, offsets=offsets)
    spans = {
        "Fish": "Fish", "ish & ": "ish &amp; ", "&": "&amp;", "|": "", "& |": "&amp; <b>", "hip": "hip",
        "|chips": "chips", text: "Fish &amp; <b>chips",
    }  # fmt: skip
    for words, expected in spans.items():
        start = text.index(words)
        assert slice_of(article, source_span(offsets, start, start + len(words))) == expected


def test_empty_spans_and_texts_without_a_map() -> None:
    _, text, offsets = _built()
    assert source_span(offsets, 3, 3) == Span(3, 3)
    assert source_span(offsets, 9, 9) == Span(15, 15)
    assert source_span(None, 2, 5) == Span(2, 5)
    assert source_span(TextBuilder("abc").build()[1], 0, 0) == Span(0, 0)
    assert text


@given(st.text(st.sampled_from(list("ab\r\n\x0b\x0c\x1c\x85\u2028\u2029😀"))))
def test_breaks_keep_their_place(source: str) -> None:
    text = unify_breaks(source)
    assert len(text) == len(source)
    assert text.replace("\r\n", "\n").split("\n") == re.split("\r\n|[\r\n\x0b\x0c\x1c\x85\u2028\u2029]", source)


def test_endswith_looks_at_the_last_piece() -> None:
    builder = TextBuilder("ab")
    assert not builder.endswith("")
    builder.copy(0, 2)
    assert builder.endswith("b")
    builder.insert("\n", 2)
    assert builder.endswith("\n")
    assert builder.length == 3


@given(st.text(st.sampled_from(list("ab\r\n\u2028é😀"))), st.data())
def test_lines_and_columns(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = re.split("\r\n|[\r\n]", text[:offset])
    if text[offset - 1 : offset + 1] == "\r\n" and offset:  # inside a break: still on its line
        before = [*before[:-2], before[-2] + "\r"]
    assert LineIndex(text).position(offset) == (len(before), len(before[-1]) + 1)


def test_line_spans() -> None:
    text = "one\r\ntwo\nthree"
    index = LineIndex(text)
    assert [text[slice(*index.line_span(line))] for line in (1, 2, 3)] == ["one\r\n", "two\n", "three"]
