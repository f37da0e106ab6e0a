from pathlib import Path

import pytest

from linter.readers import article_from_text

from .checks import lines, markdown, source_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "markdown"
O = "\ufffc"  # noqa: E741


def test_a_whole_post() -> None:
    article = article_from_text((FIXTURES / "ferry.md").read_text(encoding="utf-8"), "markdown")
    expected = (FIXTURES / "ferry.expected").read_text(encoding="utf-8").splitlines()
    assert [f"{form}: {line}" for form, line in lines(article)] == expected
    assert (article.title, article.author, article.date, article.url, article.publisher, article.language) == (
        "Ferry timetable: what changes in May", "Ann Bole, Cyrus Dent", "2024-03-05", "https://example.org/ferry",
        None, None,
    )  # fmt: skip


def test_blocks_are_parted_by_blank_lines_and_items_are_not() -> None:
    article = article_from_text("One  \ntwo\n\nthree\n\n- a\n- b\n\n1. c\n\n|a|b|\n|-|-|\n|c|d|\n", "markdown")
    assert article.text == f"One\ntwo\n\nthree\n\na\nb\n\nc\n\na {O} b\nc {O} d"


INLINE = {
    "**Sign up** for [our list](x)": "Sign up for our list",
    "a *b* _c_ __d__ ~~e~~ ***f***": "a b c d e f",
    "snake_case_names and 2 * 3 * 4": "snake_case_names and 2 * 3 * 4",
    "un*frigging*believable a**b": "unfriggingbelievable a**b",
    "*open and _closed_": "*open and closed",
    "*a **b* c**": "a b c",
    "**bold*": "*bold",
    "[open [link](x)": "[open link",
    "[not a link] [x](y z)": "[not a link] [x](y z)",
    "[outer [inner](a)](b)": "[outer inner](b)",
    "[par(en)](x(y)z) [angle](<a b>) [title](u 'it(s)')": "par(en) angle title",
    "[full][r], [R][], [r] and [other][s]": "full, R, r and [other][s]",
    "see ![alt text](i.png) here": f"see {O} here",
    "[![alt](i.png)](x) after": f"{O} after",
    "`code` here": f"{O} here",
    "a `` b ` c `` d": f"a {O} d",
    "a ` b": "a ` b",
    r"\*not\* \_this\_ \[nor\](that) \\ \a": r"*not* _this_ [nor](that) \ \a",
    "Fish &amp; chips &#8217; &copy; &nope; AT&T": "Fish & chips ’ © &nope; AT&T",
    "at <https://x.org> or <a@b.org> or https://y.org/z": f"at {O} or {O} or https://y.org/z",
    "a <b class='x > y'>bold</b> word<sup>2</sup>": "a bold word2",
    "1 < 2 and a <- b, <3": "1 < 2 and a <- b, <3",
    "a <!-- b --> c": "a c",
    "a<!-- b -->c": "ac",
    "a <code>b</code> c <kbd>d</kbd>": f"a {O} c d",
    "a <script>b</script> c": f"a {O} c",
    "a <img src=x> b": f"a {O} b",
    "word[^1] and[^note].": "word and.",
    "Go![^1] See ![^alt](x).": f"Go! See {O}.",
    "a {{ site.x }} b {% tag %} c {{< ref >}} d {{% s %}} e": f"a {O} b {O} c {O} d {O} e",
    "a{: .x} b {:target='_blank'} c": "a b c",
    "a $$x_1 * y$$ b costs $5 and $6": f"a {O} b costs $5 and $6",
    "Inns from $$ to $$$, or ($$) and $$": "Inns from $$ to $$$, or ($$) and $$",
    "`{{ a` b `}}` c": f"{O} b {O} c",
    "{{ open": "{{ open",
    "**{{ x }}** y": f"{O} y",
    "a\\\nb": "a|b",
    "a<br>b<br/>c": "a|b|c",
    "a\nb": "a b",
    "a\n[ ] b": "a [ ] b",
    "`x`\nb": "b",
    "a\n![i](x)\nb": "a b",
    "a b": "a b",
}


@pytest.mark.parametrize(("source", "expected"), INLINE.items())
def test_inline(source: str, expected: str) -> None:
    found = markdown(f"{source}\n\n[r]: https://example.org\n")
    assert found == [("paragraph", line) for line in expected.split("|")]


@pytest.mark.parametrize(
    "source",
    [
        "```\ncode\n```", "~~~ sh\ncode\n~~~", "    code", "<script>\na\n\nb\n</script>", "<style>a</style>",
        "<!-- a\n\nb -->",
        "<pre>\na\n\nb</pre>", "<svg>\n\n<path d='M0'/>\n\n<text>a</text></svg>", "<iframe src=x>a</iframe>",
        "{% include x\n  y=1 %}", "{% raw %}\n\na {{ b }}\n\n{% endraw %}", "{% highlight py %}\na\n{% endhighlight %}",
        "{{< figure src=x\n caption='a' >}}", "{{< highlight go >}}\n\na\n\n{{< /highlight >}}", "{: .class}",
        "$$\na\n= b\n$$", "![a](b)", "[a]: https://example.org 'b'", "---", ":::", "`a`",
        "- ![a](b)", "> `a`", "# `a`", "&nbsp;",
    ],
)  # fmt: skip
def test_dropped_without_a_trace(source: str) -> None:
    assert markdown(source) == []
    assert markdown(f"Before.\n\n{source}\n\nAfter.") == [("paragraph", "Before."), ("paragraph", "After.")]


FORMS = {
    "# A #": [("heading", "A")],
    "### A \\#": [("heading", "A #")],
    "A\nb\n---": [("heading", "A b")],
    "> a\nlazy": [("quotation", "a lazy")],
    "> # a\n> - b": [("heading", "a"), ("quotation", "b")],
    "> > deep\n> > quote": [("quotation", "deep quote")],
    "* a\n  b\n* > c": [("list", "a b"), ("quotation", "c")],
    "1. a\n\n   b\n2. c": [("list", "a"), ("list", "b"), ("list", "c")],
    "- [ ] open\n- [x] done": [("list", "open"), ("list", "done")],
    "-\ta\n\tb": [("list", "a b")],
    "> |a|b|\n> |-|-|\n> |c|": [("table", f"a {O} b"), ("table", "c")],
    "- |a|b|\n  |-|-|\n  |`x`|*d*|": [("table", f"a {O} b"), ("table", f"{O} d")],
    "a | b\n--|--\n[l](x\\|y) | e": [("table", f"a {O} b"), ("table", f"l {O} e")],
    "> [!NOTE]\n> Mind the gap": [("quotation", "Mind the gap")],
    "<figure>\n<img src=a>\n<figcaption>A <i>b</i></figcaption>\n</figure>": [("caption", "A b")],
    "<blockquote>\n\na *b*\n\n</blockquote>\n\nc": [("quotation", "a b"), ("paragraph", "c")],
    "> <p>a\n> b</p>": [("paragraph", "a b")],
    "<ul><li>a<li>b</ul>\n\nc": [("list", "a"), ("list", "b"), ("paragraph", "c")],
    "text[^1]\n\n[^1]: one *note*\n[^2]: two": [("paragraph", "text"), ("paragraph", "one note"), ("paragraph", "two")],
    "{% if a %}\ntext\n{% endif %}": [("paragraph", "text")],
    "::: tip\ntext\n:::": [("paragraph", "text")],
}


@pytest.mark.parametrize(("source", "expected"), FORMS.items())
def test_forms(source: str, expected: list[tuple[str, str]]) -> None:
    assert markdown(source) == expected


def test_mdx() -> None:
    source = (
        "import A from './a'\nexport const b = {\n  c: 1\n}\n\n# T\n\n{/* note */}\n\n"
        "See {props.x} and <A b={c > d}>text</A>.\n\n"
        "<B\n  c={d}\n/>\n\n    no code\n\nimport duties rose\n"
    )
    assert markdown(source, "post.mdx") == [
        ("heading", "T"),
        ("paragraph", f"See {O} and text."),
        ("paragraph", "no code"),
        ("paragraph", "import duties rose"),
    ]
    assert markdown("See {props.x}.") == [("paragraph", "See {props.x}.")]


@pytest.mark.parametrize(
    ("source", "title", "author", "date"),
    [
        ("---\ntitle: 1984\nauthors:\n- A\n- B\npublished: 2024-01-02\n---\n", "1984", "A, B", "2024-01-02"),
        ("---\ndate: 2024-01-02T03:04:05Z\n---\n", None, None, "2024-01-02T03:04:05+00:00"),
        ("---\ntitle: A\n...\n", "A", None, None),
        ("+++\ntitle = 'A'\n[author]\nname = 'B'\n+++\n", "A", "B", None),
        ('{\n "title": "A", "author": {"name": "B"}, "date": "today"\n}\n', "A", "B", "today"),
        ("---\ntitle: [broken\n---\n", None, None, None),
        ("---\ndate: 2024-13-45\n---\n", None, None, None),
        ("---\n- a\n---\n", None, None, None),
        ("+++\ntitle = \n+++\n", None, None, None),
        ("---\n---\n", None, None, None),
    ],
)  # fmt: skip
def test_front_matter(source: str, title: str | None, author: str | None, date: str | None) -> None:
    for text in (source, source.replace("\n", "\r\n")):
        article = article_from_text(text + "\nBody.", "markdown")
        expected = [("paragraph", "Body.")]
        if source.startswith("---\n- a"):  # prose between two rules
            expected.insert(0, ("list", "a"))
        assert lines(article) == expected
        assert (article.title, article.author, article.date) == (title, author, date)


def test_front_matter_gives_the_other_fields() -> None:
    article = article_from_text(
        "---\npermalink: /a/\nurl: https://example.org/a\nsite_name: S\nlang: en\n---\n", "markdown"
    )
    assert (article.url, article.publisher, article.language) == ("https://example.org/a", "S", "en")


@pytest.mark.parametrize(("source", "title"), [("# A *b*\n\nc", "A b"), ("c\n\n# A", None), ("## A", None), ("", None)])
def test_title_from_the_first_heading(source: str, title: str | None) -> None:
    assert article_from_text(source, "markdown").title == title


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_offsets_after_everything_that_shifts_them(end: str) -> None:
    source = end.join(
        [
            "---",
            "title: 😀",
            "---",
            "",
            "> >\t1. 😀 &amp; **one**",
            "> >    two *three",
            "> >    four*",
            "",
            "\tcode",
            "",
            "é five",
        ]
    )
    article = article_from_text(source, "markdown")
    assert lines(article) == [("quotation", "😀 & one two three four"), ("paragraph", "é five")]
    for words in ("one", "two", "three", "four", "five", "😀"):
        assert source_of(article, words) == words
    assert source_of(article, "&") == "&amp;"
    assert source_of(article, "three four") == f"three{end}> >    four"


def test_hard_breaks_with_windows_line_ends() -> None:
    assert markdown("one \r\ntwo  \r\nthree\r\n") == [("paragraph", "one two"), ("paragraph", "three")]


def test_empty() -> None:
    assert markdown("") == markdown("\n \n") == []
