"""Random Markdown: what is prose is found at its place, what is not is gone, and nothing raises."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from linter.model import Article
from linter.readers import article_from_text

from .checks import lines, source_of

# "@" becomes a word of its own that must be found, "#?" one that must not; "$" becomes a few spans.
SPANS = [
    "@", "@ @", "😀 @", "**@**", "_@ @_", "***@*** @", "~~@~~", "[@](#?)", "[@ **@**](<#?> '#?')", "[@][ref]", "`#?`",
    "`` #? ` ``", "![#?](#?)", "[![#?](#?)](#?) @", "<b class='#?>'>@</b>", "<!-- #? -->", "{{ #? }}", "{% #? %}",
    "{{< #? >}}", "<https://#?.org>", "@[^#?]", "\\*@\\*", "&amp; @", "<code>#?</code>", "<script>#?</script>", "@\n@",
    "@  \n@", "@<br>@", "*@", "[@", "$$x = #?$$", "a_@_b", "2 * @ * 4", "İ @", "\u00a0@", "@ &#8217;",
]  # fmt: skip
BLOCKS = [
    "$", "# $ #", "### $ {#x}", "$\n===", "> $\n> $", "> > $", "- $\n- $\n  $", "1. $\n\n   $", "* $\n  * $", "- > $",
    "```\n#?\n```", "~~~ x\n#?\n~~~", "@\n\n    #?", "<!-- #?\n\n#? -->", "<div class='#?'>\n@ <i>@</i> &lt;\n</div>",
    "<pre>\n#?\n\n#?</pre>", "{% highlight x %}\n#?\n{% endhighlight %}", "{% raw %}\n\n#?\n{% endraw %}",
    "{{< highlight x >}}\n#?\n{{< /highlight >}}", "|@|**@**|\n|-|:-:|\n|@ \\| @|`#?`|", "---", "{: .x}",
    "<svg>\n#?\n\n#?</svg>", "[#?]: https://x.org '#?'", "[^#?]: $", "- [ ] $", "$\n\n---\n\n$",
    "<figure><img alt='#?'><figcaption>@</figcaption></figure>",
]  # fmt: skip
CONTINUED = {"$": "\n", "> $\n> $": "\n> ", "> > $": "\n> > ", "- > $": "\n  > "}  # elsewhere a span is on one line
END = ["\n", "\r\n", "\r"]


@st.composite
def posts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A post, and its words in order."""
    spans = st.lists(st.sampled_from(SPANS), min_size=1, max_size=5).map(" ".join)
    blocks = []
    for block in draw(st.lists(st.sampled_from(BLOCKS), max_size=8)):
        line_break = CONTINUED.get(block, " ")
        parts = block.split("$")
        filled = ["@ " + draw(spans).replace("\n", line_break) for _ in parts[1:]]
        blocks.append("".join(map("".join, zip(parts, [*filled, ""], strict=True))))
    count = iter(range(10**6))
    text = "\n\n".join([*blocks, "[ref]: https://#?.org\n"])
    text = re.sub("@|#[?]", lambda match: f"{'w' if match.group() == '@' else 'h'}{next(count)}q", text)
    front = draw(st.sampled_from(["", "---\ntitle: h\n---\n", "+++\na = 'h'\n+++\n\n"]))
    return (front + text).replace("\n", draw(st.sampled_from(END))), re.findall(r"w\d+q", text)


@given(posts())
@settings(max_examples=250, deadline=None)
def test_prose_is_found_and_the_rest_is_not(post: tuple[str, list[str]]) -> None:
    source, words = post
    article = article_from_text(source, "markdown")
    lines(article)
    assert re.findall(r"w\d+q", article.text) == words
    assert not re.search(r"h\d+q", article.text)
    for word in words:
        assert source_of(article, word) == word


NOISE = st.text(
    st.sampled_from(list("ab *_~`[]()<>!#-+=|\\&;:{%}$\"'/.1\t\n\r\u2028\x0b\xa0😀é\ufffc\ufdd0")), max_size=120
)
PIECES = st.lists(st.one_of(NOISE, st.sampled_from(SPANS + BLOCKS)), max_size=8).map("\n".join)


@given(PIECES, st.sampled_from(["-", "a.mdx"]))
@settings(max_examples=400, deadline=None)
def test_noise_never_raises_and_the_map_is_sound(source: str, path: str) -> None:
    lines(article_from_text(source, "markdown", path=path))


@given(PIECES)
@settings(max_examples=250, deadline=None)
def test_noise_as_html(source: str) -> None:
    lines(article_from_text(source, "html"))


@given(st.text(st.sampled_from(list("ab **__~~[]()\\ .,\n")), max_size=40).map(lambda text: "x" + text))
@settings(max_examples=400, deadline=None)
def test_emphasis_and_links_as_markdown_it_renders_them(source: str) -> None:
    source = re.sub(r"\s*\n\s*", "\n", source).strip()
    parser = MarkdownIt("commonmark").enable("strikethrough")
    rendered = parser.render(re.sub("~~~+", "~~", source))
    expected = html.unescape(re.sub("<[^>]*>", "", rendered))
    assert _squeezed(article_from_text(re.sub("~~~+", "~~", source), "markdown")) == " ".join(expected.split())


def _squeezed(article: Article) -> str:
    return " ".join(article.text.split())
