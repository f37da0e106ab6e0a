"""The source at any place of a page's text, markup and entities resolved, is the visible text."""

from __future__ import annotations

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from linter import Config, Linter
from linter.model import Article
from linter.readers import article_from_text
from linter.source import PLACEHOLDER, source_span, text_offset

from .checks import lines

WORD = st.sampled_from(["bridge", "é", "Ferry", "Röhre", "😀", "x", "3", "a.b", "“so”", "naïve", "R"])
ENTITY = st.sampled_from(["&amp;", "&nbsp;", "&#8217;", "&lt;", "&eacute;", "&#x1F600;", "&copy", "&quot;"])
UNSEEN = st.sampled_from(
    [
        "<!-- no -->", "<!---->", "<script>var no = '<p>no</p>';</script>", "<style>.no { color: red }</style>",
        "<span hidden>no <b>no</b></span>", "<i style='display:none'>no</i>", "<template>no</template>", "<wbr>",
        "<noscript><p>no</p></noscript>", '<b class="material-icons">no</b>',
    ]
)  # fmt: skip
TAG = st.sampled_from(
    [
        "<b>", "</b>", "<em class='a > b'>", "</em>", "<br>", "<br/>", "<a href='/x?a&amp;b'>", "</a>", "<p>", "</p>",
        "<div>", "</div>", "<ul><li>", "</ul>", "<table><tr><td>", "<td>", "</tr>", "</table>", "<table>", "<h2>",
        "</h2>", "<blockquote>", "</blockquote>", "</nothing>", "<span",
        "<img alt='no'>", "\n", "\t\n ", " < ",
    ]
)  # fmt: skip
PARTS = st.lists(st.one_of(WORD, WORD, ENTITY, UNSEEN, TAG, st.just(" ")), max_size=40)

_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style|template|noscript)\b.*?</\1>|<span hidden>.*?</span>|<i style='display:none'>.*?</i>"
    r"|<b class=\"material-icons\">.*?</b>",
    re.DOTALL,
)
_TAG = re.compile(r"</?[a-z](?:[^<>'\"]|'[^']*')*>")


def visible(source: str) -> str:
    """What is seen of a piece of markup, without blanks."""
    return "".join(html.unescape(_TAG.sub("", _UNSEEN.sub("", source))).split())


def squashed(text: str) -> str:
    return "".join(text.replace(PLACEHOLDER, "").split())


def check(article: Article, start: int, end: int) -> None:
    first, last = source_span(article.offsets, start, end)
    assert visible(article.source[first:last]) == squashed(article.text[start:end])


@given(PARTS, st.data())
@settings(max_examples=200, deadline=None)
def test_any_piece_of_the_text_is_what_is_seen_of_its_source(parts: list[str], data: st.DataObject) -> None:
    article = article_from_text("".join(parts), "html")
    lines(article)
    for _ in range(5):
        start = data.draw(st.integers(0, len(article.text)))
        end = data.draw(st.integers(start, len(article.text)))
        check(article, start, end)
    check(article, 0, len(article.text))


@given(PARTS, st.integers(0, 300))
@settings(max_examples=100, deadline=None)
def test_source_offsets_lead_back_to_the_text(parts: list[str], at: int) -> None:
    article = article_from_text("".join(parts), "html")
    assert article.offsets is not None
    place = text_offset(article.offsets, at)
    assert 0 <= place <= len(article.text)
    if place < len(article.text):
        assert source_span(article.offsets, place, place + 1).end >= at
    if place:
        assert source_span(article.offsets, place - 1, place).start <= at


SPELLINGS = st.sampled_from(
    [
        "Advertisement", "<b>Adver</b>tisement", "Adver<wbr>tisement", "&#65;dvertisement", "<i>Advertisement",
        "Ad<!-- no -->vertisement", "<span>Advertise<span hidden>no</span>ment</span>",
    ]
)  # fmt: skip
LINTER = Linter(Config(select=["INJ005"]))


@given(st.lists(st.one_of(PARTS.map("".join), SPELLINGS), min_size=1, max_size=8), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_findings_source_is_what_it_says(paragraphs: list[str], whole: bool) -> None:
    source = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    verdict = LINTER.lint(f"<html><body>{source}</body></html>" if whole else source, profile="html")
    for finding in verdict.findings:
        assert re.fullmatch("(Advertisement)+", visible(finding.text))  # neighbours are one finding
        assert finding.message.startswith("'Advertisement")


@given(SPELLINGS)
@settings(max_examples=20, deadline=None)
def test_a_label_is_found_however_it_is_marked_up(spelling: str) -> None:
    source = f"<p>The bridge is shut.</p><p>{spelling}</p><p>A ferry runs.</p>"
    (finding,) = LINTER.lint(source, profile="html").findings
    assert visible(finding.text) == "Advertisement"
