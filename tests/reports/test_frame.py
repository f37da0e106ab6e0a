"""Code frames: what is shown of a line, and that the carets stand under what is flagged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linter.model import Article, Finding
from linter.reports.frame import FieldText, excerpt, frame
from linter.reports.paper import columns, safe
from linter.source import LineIndex


def finding_at(source: str, start: int, end: int) -> Finding:
    lines = LineIndex(source)
    line, column = lines.position(start)
    end_line, end_column = lines.position(end)
    return Finding(
        rule="TST001", name="stray-word", category="style", severity="info", confidence="hint", message="",
        field="text", start=start, end=end, line=line, column=column, end_line=end_line, end_column=end_column,
        text=source[start:end], suggestion=None, points=0, related=[], fingerprint="",
    )  # fmt: skip


def framed(source: str, flagged: str, width: int = 80) -> list[tuple[str, str, str]]:
    start = source.index(flagged)
    text = FieldText(Article(text=source, source=source), "text")
    return frame(text, finding_at(source, start, start + len(flagged)), width)


def test_tabs_and_wide_characters() -> None:
    assert framed("\tFähre 東京 stray", "stray") == [("1", " Fähre 東京 stray", "            ^^^^^")]


def test_long_lines_are_cut_around_the_span() -> None:
    [(_, line, carets)] = framed("a " * 200 + "stray" + " b" * 200, "stray", 40)
    assert line == "…" + "a " * 7 + "stray" + " b" * 7 + " …"
    assert carets == " " * 15 + "^" * 5


def test_a_span_at_an_end_of_a_long_line_keeps_what_fits() -> None:
    assert framed("a " * 200 + "stray", "stray", 30) == [("1", "…" + " a" * 9 + " stray", " " * 20 + "^" * 5)]
    assert framed("stray" + " b" * 200, "stray", 30) == [("1", "stray" + " b" * 9 + " …", "^" * 5)]
    assert framed("x" * 10 + "stray " * 99, "stray " * 99, 30) == [
        ("1", "…xxxxxxstray stray stray …", " " * 7 + "^" * 18)
    ]


def test_a_span_of_many_lines_shows_the_first_and_the_last() -> None:
    source = "one\n  two\n\nfour\nfive\nsix\n"
    assert framed(source, "  two\n\nfour\nfive") == [("2", "  two", "^^^^^"), (" ", "…", ""), ("5", "five", "^^^^")]
    assert framed(source, "one\n  two\n\nfo") == [("1", "one", "^^^"), (" ", "…", ""), ("4", "four", "^^")]
    assert framed(source, "two\n\nfour") == [("2", "  two", "  ^^^"), ("4", "four", "^^^^")]


def test_crlf_is_not_shown() -> None:
    assert framed("one\r\ntwo three\r\n", "two") == [("2", "two three", "^^^")]


def test_an_absence_has_no_frame() -> None:
    text = FieldText(Article(text="one", source="one"), "text")
    assert frame(text, finding_at("one", 0, 0), 80) == []


@given(st.text(max_size=120), st.integers(0, 120), st.integers(1, 120), st.integers(20, 100))
def test_any_span_of_any_text(source: str, start: int, length: int, width: int) -> None:
    start, end = min(start, len(source)), min(start + length, len(source))
    text = FieldText(Article(text=source, source=source), "text")
    for gutter, line, carets in frame(text, finding_at(source, start, end), width):
        assert safe(line) == line
        assert columns(carets) <= max(columns(line), 1) or carets.strip() == "^"
        assert not gutter.strip() or carets.strip(" ^") == ""


def test_excerpts() -> None:
    assert excerpt("one two three", 4, 7, 3) == ("…ne ", "two", " th…")
    assert excerpt("one two three", 4, 7, 60) == ("one ", "two", " three")
