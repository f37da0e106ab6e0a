from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model import Article
from linter.readers import ReadOptions, Source, article_from_text, read

from .checks import html, lines, source_of

O = "\ufffc"  # noqa: E741

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Bridge &amp; road | The
 Example</title>
<meta property="og:title" content="Bridge &amp; road">
<meta property="og:site_name" content='The Example'>
<meta property="article:author" content="https://example.org/staff/7">
<meta name="author" content="Mo Lund">
<meta property="article:published_time" content="2024-05-06T07:08:09Z">
<link rel="alternate canonical" href="https://example.org/bridge">
<style>p { color: red }</style>
<script>document.write("<p>no</p>")</script>
</head>
<body class="a > b">
<nav><ul><li><a href="/">Home</a></li><li>News</ul></nav>
<!-- <p>no</p> -->
<h1>Bridge &amp; <em>road</em></h1>
<p>The bridge
   is <b>shut</b>&nbsp;&#8217;til <code>x</code> May 😀.<br>A&nbsp;ferry runs<noscript>no</noscript>.
<p>One <img src="x.jpg"> two<wbr>three</p>
<blockquote><p>We wait.</p></blockquote>
<figure><img><figcaption>The bridge, <i>shut</i></figcaption></figure>
<table><tr><th>Day<th>Boats</tr><tr><td>Mon</td><td>2 &lt; 3</td></tr></table>
<template>no</template><svg><text>no</text></svg>
<div>Last <div>line</div></div>
</body></html>"""


def test_a_whole_page() -> None:
    article = article_from_text(PAGE, "html")
    assert lines(article) == [
        ("list", "Home"),
        ("list", "News"),
        ("heading", "Bridge & road"),
        ("paragraph", f"The bridge is shut\xa0’til {O} May 😀."),
        ("paragraph", "A\xa0ferry runs."),
        ("paragraph", f"One {O} twothree"),
        ("quotation", "We wait."),
        ("caption", "The bridge, shut"),
        ("table", f"Day {O} Boats"),
        ("table", f"Mon {O} 2 < 3"),
        ("paragraph", "Last"),
        ("paragraph", "line"),
    ]
    assert article.text.startswith("Home\nNews\n\nBridge & road\n\nThe bridge")
    assert "😀.\nA\xa0ferry" in article.text
    assert (article.title, article.author, article.date) == ("Bridge & road", "Mo Lund", "2024-05-06T07:08:09Z")
    assert (article.url, article.publisher, article.language) == ("https://example.org/bridge", "The Example", "en-GB")
    assert source_of(article, "😀.") == "😀."
    assert source_of(article, "shut\xa0’til") == "shut</b>&nbsp;&#8217;til"
    assert source_of(article, "bridge is") == "bridge\n   is"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("no markup at all", [("paragraph", "no markup at all")]),
        ("a < b, 3<4 and <3", [("paragraph", "a < b, 3<4 and <3")]),
        ("<p>a<p>b</i></div>c", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("a <b title='x > y' data=\"<i>\">b</b>", [("paragraph", "a b")]),
        ('a <b title="x>b</b> c', [("paragraph", "a b c")]),
        ("a<!-- b", [("paragraph", "a")]),
        ("a<!-->b<!--[if IE]><p>c</p><![endif]-->d", [("paragraph", "abd")]),
        ("a<?php b ?>c<![CDATA[d]]>e", [("paragraph", "ace")]),
        ("a<script>b", [("paragraph", "a")]),
        ("a<SCRIPT>b</Script >c", [("paragraph", "ac")]),
        ("a <svg/> b", [("paragraph", f"a {O} b")]),
        ("<head>a<p>b", [("paragraph", "b")]),
        ("<title>a</title>", []),
        ("<a>Share</a><a>Tweet</a>", [("paragraph", "Share Tweet")]),
        ("&lt;b&gt; &amp;amp; &nope; &copy &copycat &#0;", [("paragraph", "<b> &amp; &nope; © ©cat \ufffd")]),
        ("a\u2028b\r\n\tc  d", [("paragraph", "a b c d")]),
        ("<ol><li>a<ul><li>b</ul></ol>c", [("list", "a"), ("list", "b"), ("paragraph", "c")]),
        ("<table><tr><td><p>a</p><p>b</p></table>", [("paragraph", "a"), ("paragraph", "b")]),
        ("", []),
    ],
)
def test_odd_markup(source: str, expected: list[tuple[str, str]]) -> None:
    assert html(source) == expected


TAGS = ["<p>", "</p>", "<b>", "</b>", "<br>", "<!--", "-->", "<script>", "</script>", "<li>", "<table>", "<td>"]
TAGS += ["&amp;", '<a href="', "'", ">", "\r\n", "<h1>", "</ul>"]


@given(st.lists(st.one_of(st.text(max_size=4), st.sampled_from(TAGS))))
@settings(max_examples=250, deadline=None)
def test_any_markup_at_all(parts: list[str]) -> None:
    lines(article_from_text("".join(parts), "html"))


def _read(tmp_path: Path, data: bytes) -> Article:
    file = tmp_path / "page.html"
    file.write_bytes(data)
    articles: Iterator[Article] = read(Source("page.html", file), ReadOptions())
    (article,) = articles
    return article


def test_the_declared_charset_is_tried_after_utf8(tmp_path: Path) -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Мост закрыт</p>'
    article = _read(tmp_path, page.encode("cp1251"))
    assert (article.text, article.note) == ("Мост закрыт", "not valid UTF-8; read as cp1251, as declared")
    article = _read(tmp_path, page.encode())
    assert (article.text, article.note) == ("Мост закрыт", None)
    article = _read(tmp_path, b"<meta charset=nonsense><p>caf\xe9")
    assert (article.text, article.note) == ("café", "not valid UTF-8; read as cp1252")
