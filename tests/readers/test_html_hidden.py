"""What browsers don't show is no part of the text, and is kept for the rules."""

from __future__ import annotations

import time

import pytest

from linter import Config, Linter
from linter.model import Hidden
from linter.readers import article_from_text

from .checks import html, lines

HIDING = "<style>.x, #y { display: none } .z { left: -9999px; position: absolute } .x.on { display: block }</style>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</p><p hidden>b</p><p>c</p>", ["a", "c"]),
        ("<p>a<span hidden>b</span>c</p>", ["ac"]),
        ("<p>a</p>b<div style='display : none'>c<div>d</div>e</div>f", ["a", "b", "f"]),
        ("<div style=display:none>a<p>b</div><p>c", ["c"]),
        ("<p style='color:red;font-size:0'>a</p><p style='font-size:0.9em'>b</p>", ["b"]),
        ("<p style='text-indent:-9999px'>a</p><p style='text-indent:-1em'>b</p>", ["b"]),
        ("<div hidden>a<!-- </div> -->b<script>'</div>'</script>c</div>d", ["d"]),
        ("<ul><li>a<ul hidden><li>b</ul><li>c</ul>", ["a", "c"]),
        ("<p>a</p><div hidden>b<p>c</p>", ["a", "b", "c"]),  # never closed: hides nothing
        ("<p>a</p><p hidden=until-found>b</p><input hidden><p>c", ["a", "b", "c"]),
        (HIDING + "<p class='w x'>a</p><p id=y>b</p><p class=z>c</p><p class=xx>d</p>", ["d"]),
        ("<style>.x{display:none}.on{display:block}</style><p class=x>a</p><p class='x on'>b</p>", ["b"]),
        ("<style>@media print{.x{display:none}}</style><p class=x>a</p>", ["a"]),
        ("<style>/* .x{display:none} */ p .x{display:none}</style><p class=x>a</p>", ["a"]),
        ("<p>said<span class='link-icon'>opens a window</span> he</p>", ["said he"]),
        ("<p>a<i class=material-icons>face</i> b <span class=sr-only>(new)</span>c</p>", ["a b c"]),
        ("<p>a<span class='has-icon'>b</span></p>", ["ab"]),
    ],
)
def test_hidden_elements(source: str, expected: list[str]) -> None:
    assert [line for _, line in html(source)] == expected


def test_what_hides_more_than_it_shows_is_shown_by_a_script_later() -> None:
    body = "<p>The bridge opened on Monday.</p>" * 60
    assert len(html(f"<h1>Bridge</h1><div style='display:none'>{body}</div>")) == 61


def test_hidden_passages_are_kept_with_their_places() -> None:
    source = "<p>a</p><div hidden class=t>b &amp; <a href='/x?a&amp;b'>c</a><script>d</script></div><p hidden></p>"
    article = article_from_text(source, "html")
    assert article.page is not None
    (hidden,) = article.page.hidden
    assert hidden == Hidden(8, source.index("<p hidden"), "b & c", ("/x?a&b",), False)
    assert article_from_text("<p hidden data-toggle=1>a</p>", "html").page.hidden[0].shown_later  # type: ignore[union-attr]


def test_metadata_in_hidden_elements_count() -> None:
    article = article_from_text("<div hidden><time datetime=2024-05-06 pubdate>May</time></div><p>a</p>", "html")
    assert (article.date, article.text) == ("2024-05-06", "a")


def test_a_finding_on_hidden_text_is_told_in_source_offsets_and_can_be_silenced() -> None:
    passage = "<p style='display:none'>A ferry takes people over, but no cars and no horses.</p>"
    source = f"<p>The bridge is shut.</p>\n{passage}\n<p>It will be mended.</p>"
    linter = Linter(Config(select=["ENC010"]))
    (finding,) = linter.lint(source, profile="html").findings
    assert (finding.text, finding.field, finding.line, finding.column) == (passage, "text", 2, 1)
    assert source[finding.start : finding.end] == passage
    for comment in ("<!-- newslint-disable-next-line ENC010 -->\n", "<!-- newslint-disable-file -->"):
        outcome = linter.run(article_from_text(source.replace("\n", f"\n{comment}", 1), "html"))
        assert (outcome.verdict.findings, outcome.unused) == ([], [])


@pytest.mark.parametrize(
    "source",
    [
        "<div hidden>" * 30_000,
        "".join(f"<x{n} hidden>" for n in range(30_000)),
        "<p hidden>a</p>" * 30_000,
        "<style>" + ".a{display:none}" * 30_000 + "</style>" + "<p class=a>b</p>" * 10_000,
        "<style>" + "{" * 300_000 + "</style>" + "<span class=icon>" * 30_000,
        "<div hidden><!--" * 30_000,
        "</div>" * 30_000 + "<div>" * 30_000 + "</p></section>" * 30_000,
    ],
)
def test_hostile_pages_take_linear_time(source: str) -> None:
    start = time.process_time()
    lines(article_from_text(source, "html"))
    assert time.process_time() - start < 4
