"""Suppressions that are written for what stands: each silences what it was written for, and changes nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from silencing import CONFIG, FERRY, article, linted, linter, silenced

from linter.api import Linter
from linter.config import ConfigError, SuppressTable
from linter.decision import failing
from linter.ignoring.comments import commented
from linter.ignoring.standing import CannotIgnoreError
from linter.ignoring.tables import Tabled, table_for, tabled
from linter.ignoring.tomltext import with_tables
from linter.model import Article
from linter.readers import ReadOptions
from linter.textfile import TextFileError

COMMENT = re.compile(r"(?:<!--|\{/\*) newslint-[^>]*?(?:-->|\*/\})")
MORE = (
    "Passengers who hold a season ticket can use the earlier bus to the eastern pier, where a second boat is waiting. "
    "The council had asked for the change because the tide leaves too little water at the old quay in the morning. "
    "Shop owners on both islands told the council that they feared late deliveries of bread and newspapers."
)


def ignored(source: str, path: str = "a.md") -> str:
    """The source with the comments, once it was seen that nothing is raised in it any more."""
    data = silenced(source, path).data
    outcome = linted(data, path)
    assert (failing(outcome.verdict, CONFIG), outcome.unused) == ([], [])
    return data.decode()


LINES = {
    "a paragraph": ("Text.\n\nAdvertisement\n", "Text.\n\nAdvertisement <!-- newslint-disable-line INJ005 -->\n"),
    "no final line break": ("Text.\n\nAdvertisement", "Text.\n\nAdvertisement <!-- newslint-disable-line INJ005 -->"),
    "blanks that break the line": (
        "Advertisement  \nText.\n",
        "Advertisement <!-- newslint-disable-line INJ005 -->  \nText.\n",
    ),
    "a backslash that breaks the line": (
        "Advertisement\\\nText.\n",
        "Advertisement <!-- newslint-disable-line INJ005 -->\\\nText.\n",
    ),
    "an item": ("- Advertisement\n- Text.\n", "- Advertisement <!-- newslint-disable-line INJ005 -->\n- Text.\n"),
    "a quotation": ("> â€œText\n> more.\n", "> â€œText <!-- newslint-disable-line ENC001 -->\n> more.\n"),
    "the last cell of a row": (
        "| a | b |\n|---|---|\n| c | â€œd |\n",
        "| a | b |\n|---|---|\n| c | â€œd <!-- newslint-disable-line ENC001 --> |\n",
    ),
    "the head of a table": (
        "| a | â€œb |\n|---|---|\n| c | d |\n",
        "| a | â€œb <!-- newslint-disable-line ENC001 --> |\n|---|---|\n| c | d |\n",
    ),
    "a heading": (
        "Text.\n## Advertisement\nText.\n",
        "Text.\n\n<!-- newslint-disable-next-line INJ005 -->\n\n## Advertisement\nText.\n",
    ),
    "a heading with attributes": (
        "## Advertisement {#id}\n",
        "<!-- newslint-disable-next-line INJ005 -->\n\n## Advertisement {#id}\n",
    ),
    "an underlined heading": (
        "Text.\n\nAdvertisement\n===\n",
        "Text.\n\n<!-- newslint-disable-next-line INJ005 -->\n\nAdvertisement\n===\n",
    ),
    "an underlined heading in an item": (
        "- Text.\n\n  â€œText\n  ===\n",
        "- Text.\n\n  â€œText\n  ===\n\n<!-- newslint-disable-file ENC001 -->\n",
    ),
    "attributes of a paragraph": (
        "Text.\n\n[â€œText](/a){: .x}\n",
        "Text.\n\n<!-- newslint-disable-next-line ENC001 -->\n\n[â€œText](/a){: .x}\n",
    ),
    "a span of code over two lines": (
        "Text.\n\nâ€œText `code\nmore` text.\n",
        "Text.\n\n<!-- newslint-disable-next-line ENC001 -->\n\nâ€œText `code\nmore` text.\n",
    ),
    "a link over two lines": (
        "[â€œText](/a\n'title') text.\n",
        "<!-- newslint-disable-next-line ENC001 -->\n\n[â€œText](/a\n'title') text.\n",
    ),
    "a tag over two lines": (
        'Text.\nâ€œText <b title="x\ny">bold</b> text.\n',
        'Text.\nâ€œText <b title="x\ny">bold</b> text.\n\n<!-- newslint-disable-file ENC001 -->\n',
    ),
    "a template over two lines": (
        "Text.\nâ€œText {{< figure\n src=x >}} text.\n",
        "Text.\nâ€œText {{< figure\n src=x >}} text.\n\n<!-- newslint-disable-file ENC001 -->\n",
    ),
    "front matter": (
        "---\ntitle: '[VIDEO] Ferry runs aground'\n---\nâ€œText.",
        "---\ntitle: '[VIDEO] Ferry runs aground'\n---\nâ€œText. <!-- newslint-disable-line ENC001 -->"
        "\n\n<!-- newslint-disable-file HDR004 -->",
    ),
    "code that is never closed": (
        "Text.\nâ€œText `a\nb`.\n\n```\ncode\n",
        "<!-- newslint-disable-file ENC001 -->\n\nText.\nâ€œText `a\nb`.\n\n```\ncode\n",
    ),
    "several rules on a line": (
        "Text.\n\nâ€œText of [insert name here] and of the the ferry.\n",
        "Text.\n\nâ€œText of [insert name here] and of the the ferry. "
        "<!-- newslint-disable-line ENC001 TPL003 TYP001 -->\n",
    ),
    "a comment that is there": (
        "Text.\n\nâ€œText of the the ferry. <!-- newslint-disable-line ENC001 -- as sent -->\n",
        "Text.\n\nâ€œText of the the ferry. <!-- newslint-disable-line ENC001 TYP001 -- as sent -->\n",
    ),
    "a comment above that is there": (
        "Text.\n\n<!-- newslint-disable-next-line ENC001 -->\n\nâ€œText of the the ferry.\n",
        "Text.\n\n<!-- newslint-disable-next-line ENC001 TYP001 -->\n\nâ€œText of the the ferry.\n",
    ),
    "a comment for the file that is there": (
        "---\ntitle: '[VIDEO] Ferry runs by'\n---\nâ€œText.\n\n<!-- newslint-disable-file ENC001 -->\n\nText.\n",
        "---\ntitle: '[VIDEO] Ferry runs by'\n---\nâ€œText.\n\n<!-- newslint-disable-file ENC001 HDR004 -->\n\nText.\n",
    ),
    "Windows line breaks": (
        "Text.\r\n## Advertisement\r\n",
        "Text.\r\n\r\n<!-- newslint-disable-next-line INJ005 -->\r\n\r\n## Advertisement\r\n",
    ),
    "nothing to silence": ("Text.\n", "Text.\n"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_comment_goes_where_it_is_one(name: str) -> None:
    source, expected = LINES[name]
    assert ignored(source) == expected


def test_mdx_has_comments_of_its_own() -> None:
    assert ignored("Text.\n\nAdvertisement\n\n# â€œText\n", "a.mdx") == (
        "Text.\n\n{/* newslint-disable-next-line INJ005 */}\n\nAdvertisement\n"
        "\n{/* newslint-disable-next-line ENC001 */}\n\n# â€œText\n"
    )


PAGES = {
    "a paragraph": (
        "<p>Advertisement</p>\n<p>Text.</p>\n",
        "<p>Advertisement</p> <!-- newslint-disable-line INJ005 -->\n<p>Text.</p>\n",
    ),
    "a tag over two lines": (
        "<div>\n <p>â€œText <a\n href='/a'>link</a></p>\n</div>\n",
        "<div>\n <!-- newslint-disable-next-line ENC001 -->\n <p>â€œText <a\n href='/a'>link</a></p>\n</div>\n",
    ),
    "an attribute over two lines": (
        "<p>â€œText <a title='x\ny'>link</a></p>\n",
        "<!-- newslint-disable-next-line ENC001 -->\n<p>â€œText <a title='x\ny'>link</a></p>\n",
    ),
    "a script behind it": (
        "<p>â€œText.</p><script>var a = 1;\nvar b;</script>\n",
        "<!-- newslint-disable-next-line ENC001 -->\n<p>â€œText.</p><script>var a = 1;\nvar b;</script>\n",
    ),
    "a field behind it": (
        "<p>â€œText.</p><textarea>a\nb</textarea>\n",
        "<!-- newslint-disable-next-line ENC001 -->\n<p>â€œText.</p><textarea>a\nb</textarea>\n",
    ),
    "a comment that is never closed": (
        "<p>â€œText.</p><!-- a\nb",
        "<!-- newslint-disable-next-line ENC001 -->\n<p>â€œText.</p><!-- a\nb",
    ),
    "what is missing in a head": (
        f"<html><head>\n<title>Ferry</title></head>\n<body><p>{FERRY} {MORE}</p></body></html>",
        f"<html><head>\n<title>Ferry</title></head>\n<body><p>{FERRY} {MORE}</p></body></html>"
        "\n<!-- newslint-disable-file PRV001 PRV002 PRV003 PRV004 -->",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_comment_in_a_page_is_seen_as_one(name: str) -> None:
    source, expected = PAGES[name]
    assert ignored(source, "a.html") == expected


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_stays(codec: str) -> None:
    source = "Café ferry\r\n\r\nAdvertisement\r\n"
    expected = "Café ferry\r\n\r\nAdvertisement <!-- newslint-disable-line INJ005 -->\r\n"
    assert silenced(source.encode(codec)).data == expected.encode(codec)


def test_a_block_of_many_lines_is_silenced_on_each_of_them() -> None:
    block = "Get the top stories of the bay straight to your inbox\n\nYour email address\n\nSubscribe\n"
    text = ignored(f"Ferry\n\n{FERRY}\n\n{block}\n{FERRY} It will come back.\n")
    assert text.count("<!-- newslint-disable-line NWS001 -->") == 3
    assert COMMENT.sub("", text).replace(" \n", "\n") == f"Ferry\n\n{FERRY}\n\n{block}\n{FERRY} It will come back.\n"


def test_a_rule_that_hits_on_very_many_lines_is_silenced_in_the_file() -> None:
    source = "".join(f"â€œText number {number} of the ferry.\n\n" for number in range(60))
    assert ignored(source) == source + "<!-- newslint-disable-file ENC001 -->\n"


def test_a_file_that_is_too_long_to_be_rendered_gets_one_comment_at_its_end() -> None:
    source = f"<p>â€œText.</p>\n<svg><path d='{'M0 0 ' * 900_000}\n'/></svg>\n"
    assert silenced(source, "a.html").data.decode() == source + "<!-- newslint-disable-file ENC001 -->\n"


def test_bytes_that_are_no_text_are_left_alone() -> None:
    data = b"Caf\xe9\n\nAdvertisement\n"
    text = article(data, "a.md")
    verdict = linter().run(text).verdict
    with pytest.raises(TextFileError, match=r"^it has changed since it was read; left as it is$"):
        commented(data + b"More.\n", text, verdict, CONFIG, linter(), ReadOptions())


def test_a_finding_that_is_known_is_let_be() -> None:
    data = "â€œText.\n\nâ€œText.\n\nAdvertisement\n".encode()
    verdict = linted(data, "a.md").verdict
    for finding in verdict.findings:
        finding.known = "unchanged" if finding.line == 1 else "baseline" if finding.rule == "INJ005" else None
    made = commented(data, article(data, "a.md"), verdict, CONFIG, linter(), ReadOptions())
    assert made.data.decode() == "â€œText.\n\nâ€œText. <!-- newslint-disable-line ENC001 -->\n\nAdvertisement\n"


# ---- tables ------------------------------------------------------------------------------------------------------


def of(text: str, **fields: str | int) -> Article:
    return Article(**{"text": text, "source": text, "path": "dump.jsonl", "record": 0, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (of("", id="7", url="https://example.org/a"), {"id": "7"}),
        (of("", url="https://example.org/a"), {"url": "https://example.org/a"}),
        (of("", id="\ud800", url="https://example.org/a"), {"url": "https://example.org/a"}),
        (of("", path="notes/a.txt", record=None), {"path": "/notes/a.txt"}),
        (of("", path="a*[1]?\\ .txt ", record=None), {"path": "/a\\*\\[1\\]\\?\\\\ .txt\\ "}),
    ],
)
def test_a_table_names_an_article_and_no_other(
    article: Article, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    table = table_for(article, str(tmp_path))
    assert {key: value for key in ("id", "url", "path") if (value := getattr(table, key))} == expected


@pytest.mark.parametrize(
    ("article", "root", "why"),
    [
        (of(""), "", "has neither an id nor a url: there is nothing that a suppress table could name it by"),
        (of("", path="-", record=None), "", "has neither an id nor a url"),
        (of("", path="../a.txt", record=None), ".", "lies outside the folder of the configuration file"),
        (of("", id="7"), None, "no configuration file is in force"),
    ],
)
def test_what_no_table_can_name_is_said(article: Article, root: str | None, why: str) -> None:
    with pytest.raises(CannotIgnoreError, match=f"^{why}"):
        table_for(article, root)


def test_what_comes_up_behind_a_finding_is_silenced_too() -> None:
    made = of("Advertisement\n\nmore\n\nRead more: Ferry runs aground again\n", id="7")
    one = Tabled(CONFIG, made, linter().run(made).verdict, table_for(made, ""))
    tabled([one], lambda config: linter())
    first = {finding.rule for finding in failing(one.verdict, CONFIG)}
    assert one.after is not None and failing(one.after, CONFIG) == []
    assert first < set(one.rules)
    again = Linter(replace(CONFIG, suppress=[replace(one.table, rules=list(one.rules))]))
    outcome = again.run(made)
    assert (failing(outcome.verdict, CONFIG), outcome.unused) == ([], [])


TABLES = [
    SuppressTable(path='/a "b\\\\\u007f.txt', rules=["INJ001", "HDR005"], reason="why"),
    SuppressTable(id="é\n", rules=["INJ001"], reason="why"),
]
ADDED = (
    '\n[[{}suppress]]\npath = "/a \\"b\\\\\\\\\\u007f.txt"\nrules = ["INJ001", "HDR005"]\nreason = "why"\n'
    '\n[[{}suppress]]\nid = "é\\n"\nrules = ["INJ001"]\nreason = "why"\n'
)


@pytest.mark.parametrize(
    ("name", "text", "before"),
    [
        ("newslint.toml", "", "# Written by `newslint check --add-ignores`.\n"),
        ("newslint.toml", "# mine\nsite = [ 'a' ]  # why\n", "# mine\nsite = [ 'a' ]  # why\n"),
        ("newslint.toml", "[[suppress]]\nid = '1'", "[[suppress]]\nid = '1'\n"),
        ("newslint.toml", "[rule.INJ001]\nseverity = 'info'\n", "[rule.INJ001]\nseverity = 'info'\n"),
        ("pyproject.toml", "[tool.newslint]\n\n[tool.x]\na = 1\n", "[tool.newslint]\n\n[tool.x]\na = 1\n"),
        ("pyproject.toml", "\ufeff[tool.newslint]\n", "\ufeff[tool.newslint]\n"),
    ],
)
def test_tables_are_put_behind_what_stands_there(name: str, text: str, before: str) -> None:
    prefix = "tool.newslint." if name == "pyproject.toml" else ""
    whole = with_tables(text, TABLES, Path(name))
    assert whole == before + ADDED.format(prefix, prefix)
    data = tomllib.loads(whole.removeprefix("\ufeff"))
    assert (data["tool"]["newslint"] if prefix else data)["suppress"][-1]["id"] == "é\n"


def test_a_file_with_windows_line_breaks_keeps_them() -> None:
    whole = with_tables("preview = true\r\n", TABLES, Path("newslint.toml"))
    assert whole == "preview = true\r\n" + ADDED.format("", "").replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("newslint.toml", "suppress = [{id = '1'}]\n"),
        ("newslint.toml", "suppress = []\n"),
        ("pyproject.toml", "[tool]\nnewslint = {suppress = []}\n"),
        ("pyproject.toml", "tool = {newslint = {}}\n"),
    ],
)
def test_a_list_on_one_line_is_not_added_to(name: str, text: str) -> None:
    with pytest.raises(ConfigError) as told:
        with_tables(text, TABLES, Path(name))
    assert str(told.value) == (
        f"{name}: 'suppress' can't be added to: expected [[suppress]] tables, not a list on one line"
    )


def test_every_check_of_sameness_can_fail() -> None:
    from linter.ignoring.sameness import Sameness

    def same(old: str, new: str, path: str, comments: int) -> bool:
        return Sameness(article(old.encode(), path)).holds(article(new.encode(), path), comments)

    mark = "<!-- newslint-disable-line INJ001 -->"
    told: list[Callable[[], bool]] = [
        lambda: same("Text `a\nb`.\n", f"Text `a {mark}\nb`.\n", "a.md", 1),
        lambda: same("[a](/b\n'c') d\n", f"[a](/b{mark}\n'c') d\n", "a.md", 1),
        lambda: same("<b title='x\ny'>a</b>\n", f"<b title='x {mark}\ny'>a</b>\n", "a.md", 1),
        lambda: same("Text.\n", f"Text. {mark}\n", "a.md", 2),
        lambda: same("Text.\n", "Text!\n", "a.md", 0),
        lambda: same("<p>a<title>b\nc</title>", f"<p>a<title>b{mark}\nc</title>", "a.html", 1),
        lambda: same("<pre>a\nb</pre><p>c", f"<pre>a {mark}\nb</pre><p>c", "a.html", 1),
    ]
    assert [check() for check in told] == [False] * len(told)
    assert same("Text.\n", f"Text. {mark}\n", "a.md", 1)
    assert same("<p>Text.\n", f"<p>Text. {mark}\n", "a.html", 1)
