"""What the HTML report is told: texts cut at findings, findings placed, the worst articles, inert data."""

from __future__ import annotations

import io
import json
import re
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import linter.reports.htmlpage as htmlpage
from linter.config import Config
from linter.decision import decide
from linter.model import Article, Finding, Span, Verdict
from linter.readers.html import parse
from linter.reports import ReportOptions, Summary
from linter.reports.formats import html
from linter.reports.htmlpage.details import FINDINGS, details_of
from linter.reports.htmlpage.encoding import embedded, packed
from linter.reports.htmlpage.listing import Entry, Listing, Rank, rank_of
from linter.reports.htmlpage.marks import MOST, Line, Mark, Part, marked_lines, parts_of
from linter.reports.htmlpage.overview import Overview
from linter.reports.htmlpage.page import SCRIPTS, STYLES
from linter.reports.htmlpage.rows import Row, row_of
from linter.source import LineIndex, source_span

ANYTHING = st.text(st.characters() | st.sampled_from("\r\n\n\u2028\x00🛳\ud800 a"), max_size=60)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text, and marks that overlap, nest, touch and cross lines; some are empty."""
    text = draw(ANYTHING)
    edges = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(edges, edges), max_size=8))
    return text, [Mark(min(span), max(span), number) for number, span in enumerate(spans)]


def pieces(lines: list[Line]) -> list[tuple[str, set[int]]]:
    """The segments of lines with the numbers on them."""
    segments = [segment for line in lines for segment in ([line] if isinstance(line, str) else line)]
    return [(one, set()) if isinstance(one, str) else (str(one[0]), set(map(int, one[1:]))) for one in segments]


def joined(lines: list[Line]) -> str:
    return "".join(text for text, _ in pieces(lines))


@given(marked_texts())
def test_lines_are_the_text_and_each_finding_is_its_own_characters(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    lines = marked_lines(text, marks)
    expected = [{mark.number for mark in marks if mark.start <= at < mark.end} for at in range(len(text))]
    assert joined(lines) == text
    assert [numbers for piece, numbers in pieces(lines) for _ in piece] == expected
    assert all(piece for piece, _ in pieces(lines))
    index = LineIndex(text)
    starts = [sum(len(joined([line])) for line in lines[:n]) for n in range(len(lines))]
    assert [index.position(start) for start in starts] == [(n + 1, 1) for n in range(len(lines))]


@given(marked_texts(), st.data())
def test_a_window_shows_what_the_whole_shows_there(given_: tuple[str, list[Mark]], data: st.DataObject) -> None:
    text, marks = given_
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = marked_lines(text, marks, Span(start, end))
    assert joined(lines) == text[start:end]
    shown = [numbers for piece, numbers in pieces(lines) for _ in piece]
    assert shown == [{mark.number for mark in marks if mark.start <= at < mark.end} for at in range(start, end)]


def test_overlapping_and_nested_findings_share_segments() -> None:
    marks = [Mark(0, 9, 0), Mark(4, 6, 1), Mark(5, 12, 2)]
    assert marked_lines("one\ntwo and\n", marks) == [
        [["one\n", 0]],
        [["t", 0, 1], ["w", 0, 1, 2], ["o a", 0, 2], ["nd\n", 2]],
    ]


def test_of_a_very_long_text_the_beginning_and_the_findings_are_shown() -> None:
    text = "".join(f"line {n} of many\n" for n in range(1, 20_000))
    starts = [text.index("line 9000 "), text.index("line 19999 ")]
    marks = [Mark(start, start + 4, n) for n, start in enumerate(starts)]
    parts = parts_of(text, marks)
    assert sum(part.skipped + len(joined(part.lines)) for part in parts) == len(text)
    assert sum(len(joined(part.lines)) for part in parts) < MOST
    assert [(part.skipped > 0, part.first) for part in parts] == [
        (False, 1),
        *((True, text.count("\n", 0, start - 300) + 1) for start in starts),
    ]
    marked = [(piece, numbers) for part in parts for piece, numbers in pieces(part.lines) if numbers]
    assert marked == [("line", {0}), ("line", {1})]


def test_a_very_long_text_stays_within_bounds_however_much_of_it_is_flagged() -> None:
    text = "word " * 400_000
    for marks in ([Mark(0, len(text), 0)], [Mark(start, start + 900, start) for start in range(0, len(text), 1000)]):
        parts = parts_of(text, marks)
        assert sum(part.skipped + len(joined(part.lines)) for part in parts) == len(text)
        assert 4_000 <= sum(len(joined(part.lines)) for part in parts) <= MOST


def test_forms_of_lines_are_kept_by_their_place() -> None:
    assert parts_of("Head\n\nItem\nText", [], {0: "heading", 6: "list"}) == [
        Part(["Head\n", "\n", "Item\n", "Text"], forms={0: "heading", 2: "list"})
    ]


# --- pages

PAGE = """<html><head><title>Bridge opens &mdash; The Post</title></head><body>
<article><h1>Bridge opens</h1><p>The mayor &amp; the <b>engineer</b> opened the bridge on Monday, she said.</p>
<p style="display:none">Best casino bonus <a href="https://casino.example/a">casino</a></p>
<p>Sign up for our <i>daily</i> newsletter</p></article></body></html>"""


def at(article: Article, text: str, **changes: Any) -> Finding:
    """A finding at the first place of some source."""
    start = article.source.index(text)
    index = LineIndex(article.source)
    (line, column), (end_line, end_column) = index.position(start), index.position(start + len(text))
    given = Finding(
        rule="NWS001", name="newsletter-signup", category="republication", severity="warning", confidence="likely",
        message="it", field="text", start=start, end=start + len(text), line=line, column=column, end_line=end_line,
        end_column=end_column, text=text, suggestion=None, points=0, related=[], fingerprint=text,
    )  # fmt: skip
    return replace(given, **changes)


def test_findings_of_a_page_are_marked_in_its_text_or_listed_by_themselves() -> None:
    article = parse(PAGE, "p.html")
    hidden = article.page and article.page.hidden[0]
    assert hidden
    found = [
        at(article, "mayor &amp; the <b>engineer"),
        at(article, article.source[hidden.start : hidden.end]),
        at(article, "<title>Bridge opens"),
        at(article, "Sign up for our <i>daily</i> newsletter"),
        replace(at(article, "<html>"), start=0, end=0, text=""),
        replace(at(article, "<html>"), field="title", start=0, end=6, text="Bridge"),
    ]
    verdict = Verdict(path="p.html", title=article.title, findings=found)
    details = details_of(verdict, article, scored=True, options=ReportOptions())
    assert [one.where for one in details.findings] == ["text", "page", "page", "text", "absent", "title"]
    marked = [(piece, numbers) for part in details.text for piece, numbers in pieces(part.lines) if numbers]
    assert marked == [("mayor & the engineer", {0}), ("Sign up for our daily newsletter", {3})]
    assert pieces(details.title) == [("Bridge", {5}), (" opens — The Post", set())]
    assert details.findings[1].excerpt == article.source[hidden.start : hidden.end]


@given(st.data())
def test_what_is_flagged_in_a_page_is_what_is_marked(data: st.DataObject) -> None:
    words = st.sampled_from(["a", "Zeile", "&amp;", "&nbsp;", "<b>x</b>", " ", "\n", "<br>", "é", "🛳️", "<!-- c -->"])
    paragraphs = data.draw(st.lists(st.lists(words, min_size=1, max_size=8).map("".join), min_size=1, max_size=4))
    article = parse("".join(f"<p>{one}</p>\n" for one in paragraphs), "p.html")
    visible = [n for n, char in enumerate(article.text) if not char.isspace()]
    if not visible:
        return
    first = data.draw(st.sampled_from(visible))
    last = data.draw(st.sampled_from([n for n in visible if n >= first]))
    span = source_span(article.offsets, first, last + 1)
    finding = replace(at(article, article.source[span.start : span.end]), start=span.start, end=span.end)
    details = details_of(Verdict(path="p", findings=[finding]), article, scored=True, options=ReportOptions())
    shown = "".join(piece for part in details.text for piece, numbers in pieces(part.lines) if numbers)
    assert shown == article.text[first : last + 1]


# --- what is kept


def finding(number: int = 0, **changes: Any) -> Finding:
    source = Article(text="Sign up", source="Sign up")
    return replace(at(source, "Sign up"), fingerprint=str(number), **changes)


def test_of_very_many_findings_the_severest_are_listed_and_the_sum_still_adds_up() -> None:
    found = [finding(n, severity="error" if n % 10 == 0 else "info", points=1 if n > 990 else 0) for n in range(1000)]
    article = Article(text="Sign up", source="Sign up")
    verdict = Verdict(path="a", findings=found, score=91, band="clean", reasons=[991, 992])
    details = details_of(verdict, article, scored=True, options=ReportOptions())
    listed = [int(one.fingerprint) for one in details.findings]
    assert len(listed) == FINDINGS and listed == sorted(listed)
    assert set(range(0, 1000, 10)) | set(range(991, 1000)) <= set(listed)
    assert details.unlisted.alarms == 500
    assert details.scoring and [listed[n] for n in details.scoring.reasons] == [991, 992]
    assert details.scoring.free == 991


def test_the_worst_articles_are_kept() -> None:
    def verdict(**changes: Any) -> Verdict:
        return Verdict(path="a", **changes)

    ranks = [
        rank_of(verdict(decision="pass", score=20), 1, scored=True),
        rank_of(verdict(decision="fail", score=80), 2, scored=True),
        rank_of(verdict(decision="fail", score=30), 3, scored=True),
        rank_of(verdict(decision="fail", score=30), 4, scored=True),
        rank_of(verdict(decision="warn", score=30), 5, scored=True),
        rank_of(verdict(decision="fail", score=30), 6, scored=False),
        rank_of(verdict(decision="fail", error="?", findings=[finding()]), 7, scored=True),
    ]
    assert [-rank.before for rank in sorted(ranks, reverse=True)] == [3, 4, 2, 7, 6, 5, 1]


@given(st.permutations(range(40)), st.integers(1, 50))
def test_a_listing_holds_the_worst_in_order(lost: list[int], most: int) -> None:
    listing = Listing(most)
    for number, points in enumerate(lost):
        rank = Rank(0, points, 0, -number)
        if listing.takes(rank):
            listing.add(Entry(rank, Row(place=str(points), decision="pass"), b""))
    assert [entry.rank.lost for entry in listing.worst_first()] == sorted(lost, reverse=True)[:most]


def test_the_page_says_how_much_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "Listing", lambda: Listing(3))
    out = io.StringIO()
    report = html.Report(out, ReportOptions())
    for score in range(10, 100, 10):
        verdict = Verdict(path=f"{score}.txt", score=score, band="?", words=200)
        report.add(verdict, Article(text=f"No. {score}", source=f"No. {score}", path=f"{score}.txt"))
    report.close(Summary())
    data = data_of(out.getvalue())
    assert [row["place"] for row in data["articles"]] == ["10.txt", "20.txt", "30.txt"]
    assert data["overview"]["articles"] == 9 and sum(data["overview"]["histogram"]) == 9
    assert [details["text"][0]["lines"] for details in details_in(out.getvalue())] == [
        ["No. 10"],
        ["No. 20"],
        ["No. 30"],
    ]


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def details_in(page: str) -> list[Any]:
    blocks = re.findall(r'<script type="text/plain" id="details-\d+">(.*?)</script>', page, re.DOTALL)
    return [unpacked(line) for block in blocks for line in block.split("\n")]


def unpacked(line: str | bytes) -> Any:
    return json.loads(zlib.decompress(b64decode(line), wbits=-zlib.MAX_WBITS))


def test_a_score_that_was_not_asked_for_is_not_in_the_page() -> None:
    article = Article(text="Sign up", source="Sign up", profile="markdown", path="own.md")
    found = [finding(points=7), finding(1, points=9, value=True)]
    verdict = Verdict(path="own.md", score=84, band="minor issues", findings=found, words=300, reasons=[1, 0])
    decide(verdict, article, Config())
    for options, shown in (({}, False), ({"show_score": True}, True), ({"explain_score": True}, True)):
        out = io.StringIO()
        report = html.Report(out, ReportOptions(**options))
        report.add(verdict, article, own=True)
        report.close(Summary(), own=not shown)
        row, details = data_of(out.getvalue())["articles"][0], details_in(out.getvalue())[0]
        assert (row.get("score"), "scoring" in details) == ((84, True) if shown else (None, False))
        assert row.get("own", False) is not shown


def test_overview_counts_alarms_and_every_article() -> None:
    overview = Overview()
    article = Article(text="Sign up", source="Sign up")
    found = [finding(), finding(1, severity="error"), finding(2, value=True), finding(3, known="baseline")]
    for path, score, findings in (("a/b/c.txt", 74, found), ("a/b/d.txt", 75, []), ("a/b/d.txt", None, [])):
        overview.count(Verdict(path=path, score=score, findings=findings), scored=True, options=ReportOptions())
    assert (overview.articles, overview.unscored, overview.known, overview.alarms) == (3, 1, 1, [1, 1, 0])
    assert {n: number for n, number in enumerate(overview.histogram) if number} == {14: 1, 15: 1}
    assert overview.bands == [["clean", 90, 0], ["minor issues", 75, 1], ["notable issues", 60, 1],
                              ["serious issues", 40, 0], ["severe", 0, 0]]  # fmt: skip
    rule = overview.rules["NWS001"]
    assert (rule.hits, rule.articles) == ([1, 1, 0], 1)
    assert (overview.inputs.number, overview.inputs.folder) == (2, "a/b")
    assert row_of(Verdict(path="a", findings=found), article, scored=True).rules == {"NWS001": 6}


# --- data in a page


@settings(max_examples=40)
@given(
    st.recursive(
        ANYTHING | st.integers(-9, 9) | st.none(), lambda inner: st.lists(inner) | st.dictionaries(ANYTHING, inner)
    )
)
def test_data_comes_out_as_it_went_in_and_holds_no_markup(data: Any) -> None:
    text = embedded(data)
    assert json.loads(text) == data
    assert not set("<\u2028\u2029") & set(text)
    text.encode()  # as a file
    assert unpacked(packed(data)) == data


def test_every_file_of_the_page_is_part_of_it() -> None:
    folder = Path(htmlpage.__file__).parent
    assert {path.stem for path in (folder / "styles").iterdir()} == set(STYLES)
    assert {path.stem for path in (folder / "scripts").iterdir()} == set(SCRIPTS)
    sources = [path.read_text("utf-8") for path in folder.rglob("*.[jc]s*")]
    assert sources and not any(
        re.search("</(script|style)|<!--|innerHTML|outerHTML|insertAdjacent|\\beval\\b", one) for one in sources
    )


def test_what_no_encoder_takes_is_written_all_the_same() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    report = html.Report(out, ReportOptions())
    text = "\ud800 \x00 \u2028 </script> <!-- \U0001f6f3"
    article = Article(text=text, source=text, path="caf\udce9.txt", title=text, author=text)
    report.add(Verdict(path=article.path, title=text, because=text), article)
    report.close(Summary())
    out.flush()
    page = out.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert page.count("</script>") == 3
    assert data_of(page)["articles"][0]["title"] == text
    assert details_in(page)[0]["text"] == [{"lines": [text]}]


def test_the_page_of_nothing_is_a_page() -> None:
    out = io.StringIO()
    html.Report(out, ReportOptions()).close(Summary(), own=True)
    assert data_of(out.getvalue())["articles"] == []
    assert msgspec.json.decode(json.dumps(data_of(out.getvalue())["overview"]), type=Overview).articles == 0
