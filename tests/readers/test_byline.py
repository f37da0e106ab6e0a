"""Bylines that stand in a page's text alone."""

from __future__ import annotations

import time

import pytest

from linter.readers import article_from_text
from linter.readers._byline import author_in_text


@pytest.mark.parametrize(
    ("page", "author"),
    [
        ('<a href="/staff/ada" rel="author">Ada Holm</a>', "Ada Holm"),
        ('<div class="author"><span>By</span> <a href="/x">Ada Holm</a></div>', "Ada Holm"),
        ('<p class="entry byline">\n By <b>Ada van der Holm</b> and Piet Brandt</p>', "Ada van der Holm"),
        ('<p class="byline">By Ada Holm and Piet Brandt | 3 March</p>', "Ada Holm and Piet Brandt"),
        ('<span itemprop="author" itemscope><span itemprop="name">Zoë O’Brien-Łuk</span></span>', "Zoë O’Brien-Łuk"),
        ("<span class='post-author'>Written by Ada Holm on Monday</span>", "Ada Holm"),
        ('<div class="author-box">About us</div><a rel=author>More posts</a><p class=x>Ada Holm</p>', None),
        ('<p class="byline">3 March 2025</p>', None),
        ('<p class="authorised">Ada Holm</p>', None),
        ('<a rel="author"></a>', None),
        ('<p class="byline">the editors of this page</p>', None),
        ("", None),
    ],
)
def test_authors(page: str, author: str | None) -> None:
    assert author_in_text(page) == author
    assert article_from_text(f"<body>{page}<p>Text.</p>", "html").author == author


def test_what_the_page_declares_comes_first() -> None:
    page = '<meta name="author" content="Piet Brandt"><body><a rel="author">Ada Holm</a>'
    assert article_from_text(page, "html").author == "Piet Brandt"


@pytest.mark.parametrize(
    "part", ['<a rel="author" ', '<a class="', '<p class="byline">', "<a rel=author>x</a>", "<" * 5]
)
def test_the_time_is_linear(part: str) -> None:
    times = []
    for size in (20_000, 80_000):
        page = part * (size // len(part))
        start = time.perf_counter()
        author_in_text(page)
        times.append(time.perf_counter() - start)
    assert times[1] < max(20 * times[0], 0.5)


def test_dates_in_elements() -> None:
    page = '<time datetime="2020-01-01">old</time><h1>A</h1><time datetime="2025-03-03T08:00">today</time>'
    assert article_from_text(page, "html").date == "2025-03-03T08:00"
    assert article_from_text('<time datetime="2020-01-01">old</time>', "html").date == "2020-01-01"
    assert (
        article_from_text(f'{page}<b itemprop="datePublished" content="2025-03-02">b</b>', "html").date == "2025-03-02"
    )


PAGE = """<html><head><title>Bridge to stay shut until June - Oxbrook Mail</title>
<meta property="og:title" content="Bridge to stay shut until June"></head><body>
<p>By the river</p><p>Tuesday, 1 May 2001</p><p>{before}</p><h1>Bridge to stay shut until June</h1>
<p>{behind}</p><p>The county said on Monday that the bridge over the Arden stays shut.</p></body></html>"""


@pytest.mark.parametrize(
    ("before", "behind", "author", "date"),
    [
        ("", "By Ada Holm - 9 February 2018", "Ada Holm", "9 February 2018"),
        ("", "By ADA HOLM and PIET BRANDT | Oct. 8, 2021 7:45 AM", "ADA HOLM and PIET BRANDT", "Oct. 8, 2021"),
        ("Published 2025-03-02", "Written by Ada van der Holm, MD", "Ada van der Holm", "2025-03-02"),
        ("", "Par ODILE BRANDT Correspondante à Oxbrook", None, "1 May 2001"),
        ("", "By Monday the bridge will be open", None, "1 May 2001"),
        (
            "",
            "By the end of 12 May 2024 all of the piers that the flood had damaged were to be mended",
            None,
            "1 May 2001",
        ),
    ],
)
def test_bylines_and_dates_near_the_headline(before: str, behind: str, author: str | None, date: str | None) -> None:
    article = article_from_text(PAGE.format(before=before, behind=behind), "html")
    assert (article.author, article.date) == (author, date)


def test_lines_far_from_the_headline_say_nothing() -> None:
    page = PAGE.replace("<h1>", "<p>A line.</p>" * 4 + "<h1>").replace("</h1>", "</h1>" + "<p>A line.</p>" * 13)
    article = article_from_text(page.format(before="", behind="By Ada Holm, 3 May 2024"), "html")
    assert (article.author, article.date) == (None, None)
