"""Whatever the document: what was found in it is silenced, and nothing else in it is changed."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from silencing import CONFIG, FERRY, article, linted, silenced

from linter.decision import failing
from linter.ignoring.standing import CannotIgnoreError

_BAD = [
    "Advertisement",
    "â€œWe did",
    "{{ city_name }}",
    "strike.Fishermen",
    "tellmouthbuzz24",
    "Subscribe",
    "Read more:",
]
_INLINE = st.lists(
    st.sampled_from(
        [
            *(
                *_BAD,
                FERRY,
                "*word*",
                "`code`",
                "[link](/a)",
                "<b>bold</b>",
                "`open",
                "**",
                "<a\n href='/b'>x</a>",
                "\\",
            ),
            *(
                "![alt](/c.png)",
                "{{< fig >}}",
                "{% x %}",
                "$$a_b$$",
                "&amp;",
                "<!-- c -->",
                "<span title='",
                "|",
                "{: .x}",
            ),
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
_BLOCK = st.one_of(
    _INLINE,
    _INLINE.map("# {}".format),
    _INLINE.map("## {} ##".format),
    _INLINE.map("{}\n---".format),
    st.lists(_INLINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    _INLINE.map("> {}".format),
    _INLINE.map("1. {}\n\n   more".format),
    _INLINE.map("```\n{}\n```".format),
    _INLINE.map("    {}".format),
    _INLINE.map("| a | b |\n|---|---|\n| {} | c |".format),
    _INLINE.map("<div>\n{}\n</div>".format),
    _INLINE.map("[ref]: /x '{}'".format),
    st.sampled_from(
        ["```", "<!-- open", "<script>", "- ", "***", "[^1]: note", "{% raw %}", "<!-- newslint-disable CAP -->"]
    ),
)
_BREAKS = st.sampled_from(["\n\n", "\n\n", "\n", "  \n", "\\\n", "\r\n\r\n"])
_FRONT = st.sampled_from(["", "", "---\ntitle: {{ city }}\n---\n", "+++\ntitle = 'x'\n+++\n\n"])
_DOCUMENT = st.tuples(_FRONT, st.lists(st.tuples(_BLOCK, _BREAKS), min_size=1, max_size=6)).map(
    lambda parts: parts[0] + "".join(block + end for block, end in parts[1])
)
_PAGE = st.lists(
    st.tuples(
        st.sampled_from(["<p>", "<h1>", "<div>", "<li>", "<td>", "<pre>", "<title>", "<script>", ""]), _INLINE, _BREAKS
    ),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join(f"{tag}{text}{tag.replace('<', '</')}{end}" for tag, text, end in parts))


def holds(source: str, path: str) -> None:
    data = source.encode()
    before = linted(data, path).verdict
    if before.error is not None:
        return
    try:
        made = silenced(data, path)
    except CannotIgnoreError:
        swallowing = ("<!--", "{/*", "<script", "```", "<span title='")  # what comes after it may be part of it
        assert any(mark in source for mark in swallowing)
        return
    after = linted(made.data, path)
    assert failing(after.verdict, CONFIG) == []
    assert not [one for one in after.unused if one.what not in {old.what for old in linted(data, path).unused}]
    assert article(made.data, path).text == article(data, path).text
    assert silenced(made.data, path).data == made.data
    rest = made.data.decode()
    for edit in reversed(made.edits):  # the edits insert, and what they insert is all there is new
        assert edit.start == edit.end
    position, kept = 0, []
    for edit in made.edits:
        moved = sum(len(other.new) for other in made.edits if other.start < edit.start)
        kept.append(rest[position : edit.start + moved])
        position = edit.start + moved + len(edit.new)
    assert "".join([*kept, rest[position:]]) == source


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_DOCUMENT)
def test_whatever_the_markdown_it_passes_from_then_on(source: str) -> None:
    holds(source, "a.md")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_DOCUMENT)
def test_whatever_the_mdx_it_passes_from_then_on(source: str) -> None:
    holds(source.replace("<!-- ", "{/* ").replace(" -->", " */}"), "a.mdx")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_PAGE)
def test_whatever_the_page_it_passes_from_then_on(source: str) -> None:
    holds(source, "a.html")
