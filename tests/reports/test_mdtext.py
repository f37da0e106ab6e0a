"""Text in Markdown is shown as it is: rendered by the library that GitHub uses, nothing of it is markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.reports.mdtext import code, fenced, linked, prose, text
from linter.reports.paper import safe

# Words of what Markdown, HTML and the sites that show it take for something else.
HOSTILE = st.lists(
    st.sampled_from(
        r"""a 1 * ** _ __ ` `` ``` ~ ~~ [ ] ( ) < > & &amp; &lt; | || \ \| # ## + - -- = === . 1. 1) ! $ $$ : :tada: @
        @all #12 !3 a/b#4 GH-5 www.x.org http://y https://z.org/a_b x@y.org <b> </b> <!-- --> <script> [x](http://y)
        [^1] ![i](j) {{ }} /close ]]> mailto:a@b xmpp:a@b %7E""".split()
    )
    | st.sampled_from([" ", "  ", "\n", "\t", "\r\n", "\u202e", "\x1b", "\ud800", "\u2028", "é", "🛳️"])
    | st.text(max_size=3)
).map("".join)
SPACE = "\u200b"


class Shown(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag + "".join(f" {name}={value}" for name, value in attributes))

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(markdown: str) -> Shown:
    return Shown(cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))


def one_line(value: str) -> str:
    return " ".join(safe(value).split())


@settings(max_examples=400)
@given(HOSTILE)
@example("<img src=x onerror=alert(1)> | @all [x](http://y)")
@example("1. one")
@example("a $1$ b")
def test_a_text_is_shown_as_it_is(value: str) -> None:
    page = shown(text(value))
    assert set(page.tags) <= {"p", "span"}
    assert page.text.replace(SPACE, "").strip() == one_line(value.replace(SPACE, ""))


@settings(max_examples=200)
@given(HOSTILE, HOSTILE)
def test_a_text_keeps_to_its_cell(one: str, other: str) -> None:
    page = shown(f"| a | b |\n|---|---|\n| {text(one)} | {text(other)} |\n")
    assert [tag for tag in page.tags if tag != "span"] == [
        "table",
        "thead",
        "tr",
        "th",
        "th",
        "tbody",
        "tr",
        "td",
        "td",
    ]
    told = page.text.replace(SPACE, "").partition("b")[2]
    assert "".join(told.split()) == "".join(one_line((one + " " + other).replace(SPACE, "")).split())


@settings(max_examples=200)
@given(HOSTILE)
def test_a_text_keeps_to_its_item(value: str) -> None:
    page = shown(f"- {text(value)}\n- last")
    assert [tag for tag in page.tags if tag != "span"] == ["ul", "li", "li"]


@settings(max_examples=200)
@given(HOSTILE)
def test_code_is_shown_as_it_is(value: str) -> None:
    page = shown(f"- {code(value)}:")
    assert page.tags == ["ul", "li", *(["code"] if one_line(value) else [])]
    assert page.text.strip() == f"{one_line(value)}:"


@settings(max_examples=200)
@given(HOSTILE)
def test_a_block_of_code_keeps_its_lines(value: str) -> None:
    page = shown(fenced(value))
    assert page.tags == ["pre lang=text", "code"]
    assert page.text == "".join(f"{safe(line)}\n" for line in [*value.rstrip("\n").split("\n"), ""])
    assert shown(f"before\n\n{fenced(value)}\n\nafter").tags == ["p", *page.tags, "p"]


@settings(max_examples=200)
@given(HOSTILE)
def test_prose_is_paragraphs(value: str) -> None:
    page = shown(prose(value))
    assert {tag for tag in page.tags if tag != "span"} <= {"p"}


@pytest.mark.parametrize(
    ("value", "broken"),
    [
        ("@all", "@&#8203;all"),
        ("see #12 and a/b#12", "see #&#8203;12 and a/b#&#8203;12"),
        ("GH-12", "GH-&#8203;12"),
        (":tada:", "\\:&#8203;tada:"),
        ("at http://y", "at http:&#8203;//y"),
        ("www.x.org", "www&#8203;.x.org"),
        ("costs $5", "costs <span>$</span>5"),
        ("/close", "\\/close"),
        ("12. of 40", "12\\. of 40"),
        ("12-year-old.", "12-year-old."),
    ],
)
def test_what_sites_look_for_in_the_shown_text_is_broken(value: str, broken: str) -> None:
    assert text(value) == broken


def test_only_whole_addresses_are_links() -> None:
    given = "The Guide (see https://example.org/a_(b)), not javascript:alert(1), nor [this](http://x.org/?c=1&d=2)."
    page = shown(linked(given))
    assert [tag for tag in page.tags if tag[0] == "a"] == [
        "a href=https://example.org/a_(b)", "a href=http://x.org/?c=1&d=2",
    ]  # fmt: skip
    assert page.text.strip() == given


@settings(max_examples=200)
@given(HOSTILE)
def test_a_reference_has_no_other_markup(value: str) -> None:
    page = shown(f"- {linked(value)}")
    assert {re.sub(r" href=https?://.*", "", tag, flags=re.DOTALL) for tag in page.tags} <= {"ul", "li", "span", "a"}
