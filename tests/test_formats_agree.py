"""The same article has the same findings on the same characters, and loses the same points, in whatever it is stored.

Every finding is taken back to the characters of the plain text that its format shows, and is compared with the findings
on the text file. What differs between profiles, and why, stands in `DIFFERS`.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from linter import Linter
from linter.config import Config
from linter.model import Verdict
from linter.readers import ReadOptions, Source, read

FIXTURES = Path(__file__).parent.parent / "fixtures"
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def articles() -> dict[str, str]:
    """The articles of the fixtures as plain texts, each with its headline as its first line."""
    found = {name: (FIXTURES / name / "article.txt").read_text("utf-8") for name in ("farm", "clean", "own")}
    for row in map(json.loads, (FIXTURES / "rewritten" / "articles.jsonl").read_text("utf-8").splitlines()):
        found[f"{row['id']}-rewritten"] = f"{row['title']}\n\n{row['text']}"
        if row["id"].endswith("1"):  # there is little in the others
            found[f"{row['id']}-clean"] = f"{row['clean_title']}\n\n{row['clean_text']}"
    return found


ARTICLES = articles()

# Rules that mean something else, or nothing, in a profile. They are left out on both sides: their points are shares of
# what the whole category loses. Everything else has to be the same.
DIFFERS = {
    "text": {},
    "markdown": {
        "AIR007": "signs of Markdown are what Markdown is written with",
        "TPL001": "a site generator fills its variables in when it shows the post",
        "SEM001": "its rule leaves posts out",
    },
    "html": {
        "FTR005": "a page may say whose it is, a copy of its text may not",
        "FTR008": "a page may say whom to write to",
        "HDR001": "a page's metadata name whoever put it in",
    },
}


class Stored(NamedTuple):
    """An article in a format: the source that findings point into, and where each character of the text is in it."""

    source: str
    at: list[int]  # one for each character, and one for the end


def as_it_stands(text: str) -> Stored:
    return Stored(text, list(range(len(text) + 1)))


def in_markup(text: str) -> Stored:
    """A page of nothing but paragraphs, one for each line."""
    return _written(text, "<p>", "</p>\n<p>", "</p>\n", lambda char: html.escape(char))


def in_markdown(text: str) -> Stored:
    """A paragraph for each line, with every sign escaped that may be one of Markdown."""
    return _written(text, "", "\n\n", "\n", lambda char: f"\\{char}" if _PUNCTUATION.match(char) else char)


def _written(text: str, start: str, between: str, end: str, escape: Callable[[str], str]) -> Stored:
    parts, at, length = [start], [], len(start)
    for char in text.strip("\n"):
        at.append(length)
        parts.append(between if char == "\n" else escape(char))
        length += len(parts[-1])
    return Stored("".join([*parts, end]), [*at, length])


def _csv(separator: str, encoding: str = "utf-8") -> Callable[[str], bytes]:
    def write(text: str) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator)
        writer.writerows([["id", "text"], ["1", text]])
        return out.getvalue().encode(encoding)

    return write


def _jsonl(text: str) -> bytes:
    return json.dumps({"text": text}).encode() + b"\n"


def _parquet(text: str) -> bytes:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": [text]}), out)
    return out.getvalue()


def _zstd(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("zstandard").compress(data)
    return packed


def _warc(kind: str) -> Callable[[str], bytes]:
    def write(text: str) -> bytes:
        pytest.importorskip("fastwarc")
        headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
        out = io.BytesIO()
        writer = pytest.importorskip("warcio.warcwriter").WARCWriter(out, gzip=True)
        if kind == "conversion":
            parts: dict[str, Any] = {"warc_content_type": "text/plain"}
        else:
            content = [("Content-Type", "text/html; charset=utf-8")]
            parts = {"http_headers": headers("200 OK", content, protocol="HTTP/1.1")}
        payload = io.BytesIO(text.encode())
        writer.write_record(writer.create_warc_record("urn:article:1", kind, payload=payload, **parts))
        return out.getvalue()

    return write


def _feed(start: str, end: str, escape: Callable[[str], str]) -> Callable[[str], bytes]:
    def write(text: str) -> bytes:
        pytest.importorskip("feedparser")
        return f"<?xml version='1.0' encoding='UTF-8'?>\n{start}{escape(text)}{end}".encode()

    return write


_RSS = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>",
    "</item></channel></rss>",
)
_ATOM = ("<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "</entry></feed>")


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


# How an article is stored: a file's name, how the text is marked up in it, and what the file holds.
FORMATS: dict[str, tuple[str, Callable[[str], Stored], Callable[[str], bytes]]] = {
    "text": ("a.txt", as_it_stands, str.encode),
    "text, gzip": ("a.txt.gz", as_it_stands, lambda text: gzip.compress(text.encode())),
    "text, Zstandard": ("a.txt.zst", as_it_stands, lambda text: _zstd(text.encode())),
    "text, UTF-16": ("a.txt", as_it_stands, lambda text: text.encode("utf-16")),
    "Markdown": ("a.md", in_markdown, str.encode),
    "Markdown, gzip": ("a.md.gz", in_markdown, lambda text: gzip.compress(text.encode())),
    "HTML": ("a.html", in_markup, str.encode),
    "JSON lines": ("a.jsonl", as_it_stands, _jsonl),
    "JSON lines, Zstandard": ("a.jsonl.zst", as_it_stands, lambda text: _zstd(_jsonl(text))),
    "JSON": ("a.json", as_it_stands, lambda text: b"[" + _jsonl(text) + b"]"),
    "JSON lines, HTML": ("a.jsonl", in_markup, lambda text: json.dumps({"html": text}).encode()),
    "CSV": ("a.csv", as_it_stands, _csv(",")),
    "CSV, semicolons": ("a.csv", as_it_stands, _csv(";", "utf-8-sig")),
    "CSV, gzip": ("a.csv.gz", as_it_stands, lambda text: gzip.compress(_csv(",")(text))),
    "TSV": ("a.tsv", as_it_stands, _csv("\t")),
    "TSV, UTF-16": ("a.tsv", as_it_stands, _csv("\t", "utf-16")),
    "Parquet": ("a.parquet", as_it_stands, _parquet),
    "WARC": ("a.warc.gz", in_markup, _warc("response")),
    "WET": ("a.wet.gz", as_it_stands, _warc("conversion")),
    "RSS, content": ("a.rss", in_markup, _feed(f"{_RSS[0]}<content:encoded>", f"</content:encoded>{_RSS[1]}", _cdata)),
    "RSS, description": ("a.rss", in_markup, _feed(f"{_RSS[0]}<description>", f"</description>{_RSS[1]}", html.escape)),
    "Atom, HTML": (
        "a.atom",
        in_markup,
        _feed(f"{_ATOM[0]}<content type='html'>", f"</content>{_ATOM[1]}", html.escape),
    ),
    "Atom, text": ("a.atom", as_it_stands, _feed(f"{_ATOM[0]}<content>", f"</content>{_ATOM[1]}", html.escape)),
}


@pytest.fixture(scope="module")
def linters() -> dict[str, Linter]:
    """For each profile, without the rules that differ. Markdown's own default is another preset, with milder levels."""
    return {name: Linter(Config(preset="scraped", ignore=list(rules))) for name, rules in DIFFERS.items()}


@pytest.fixture(scope="module")
def expected(linters: dict[str, Linter]) -> dict[str, dict[str, tuple[Any, ...]]]:
    """What is said of each article as a text, by the rules that are the same in a profile."""
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for profile, linter in linters.items():
        found[profile] = {}
        for title, article in ARTICLES.items():
            plain = article.strip("\n")
            verdict = linter.lint(plain)
            found[profile][title] = told(verdict, as_it_stands(plain)), lost(verdict)
    return found


def told(verdict: Verdict, stored: Stored) -> list[tuple[Any, ...]]:
    """Every finding on the characters of the plain text: rule, severity, points, place."""
    # The backslash that escapes a sign may stand before a finding or within it.
    back = {at + 1: number for number, at in enumerate(stored.at) if stored.source[at : at + 1] == "\\"}
    back |= {at: number for number, at in enumerate(stored.at)}
    assert verdict.error is None
    assert {finding.field for finding in verdict.findings} <= {"text"}
    return sorted(
        (
            *(f.rule, f.severity, f.points),
            *((back.get(offset, f"inside {f.text!r}") for offset in (f.start, f.end)) if f.text else ("absent",)),
        )
        for f in verdict.findings
    )


def lost(verdict: Verdict) -> dict[str, int]:
    """The points that each category lost, without provenance: a page can say who wrote it, a text can't."""
    return {name: category.lost for name, category in verdict.categories.items() if name != "provenance"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_article_in_every_format(
    linters: dict[str, Linter], expected: dict[str, dict[str, tuple[Any, ...]]], tmp_path: Path, name: str
) -> None:
    file_name, mark_up, write = FORMATS[name]
    profile = {as_it_stands: "text", in_markup: "html", in_markdown: "markdown"}[mark_up]
    found = {}
    for title, article in ARTICLES.items():
        stored = mark_up(article.strip("\n"))
        file = tmp_path / file_name
        file.write_bytes(write(stored.source))
        (read_article,) = read(Source(file_name, file), ReadOptions())
        assert (read_article.error, read_article.profile) == (None, profile)
        assert read_article.source.strip("\n") == stored.source.strip("\n")
        verdict = linters[profile].run(read_article).verdict
        found[title] = told(verdict, stored), lost(verdict)
    assert found == expected[profile]


@pytest.mark.parametrize(("profile", "mark_up"), [("markdown", in_markdown), ("html", in_markup)])
def test_the_python_api_agrees(
    linters: dict[str, Linter],
    expected: dict[str, dict[str, tuple[Any, ...]]],
    profile: Any,
    mark_up: Callable[[str], Stored],
) -> None:
    for title, article in ARTICLES.items():
        stored = mark_up(article.strip("\n"))
        verdict = linters[profile].lint(stored.source, profile=profile)
        assert (told(verdict, stored), lost(verdict)) == expected[profile][title]


def test_what_differs_does_so_by_its_rule(linters: dict[str, Linter]) -> None:
    rules = {rule.id: rule for rule in linters["text"].rules}
    for profile, names in DIFFERS.items():
        levelled = {name for name in names for level in rules[name].levels if level.when.profile == profile}
        assert {name for name in names if profile in rules[name].profiles} - levelled == set()


def test_a_post_is_the_same_packed_and_as_a_string(linters: dict[str, Linter], tmp_path: Path) -> None:
    for source in sorted(FIXTURES.glob("*/*.md")):
        if source.name == "README.md":
            continue
        text = source.read_text("utf-8")
        expected = linters["text"].lint(text, profile="markdown")
        for name, data in {"a.md": text.encode(), "b.md.gz": gzip.compress(text.encode())}.items():
            (tmp_path / name).write_bytes(data)
            (article,) = read(Source(name, tmp_path / name), ReadOptions())
            verdict = linters["text"].run(article).verdict
            assert verdict.categories == expected.categories
            # A finding's fingerprint is of its file, too.
            assert [replace(one, fingerprint="") for one in verdict.findings] == [
                replace(one, fingerprint="") for one in expected.findings
            ]


def test_there_is_something_to_agree_on(expected: dict[str, dict[str, tuple[Any, ...]]]) -> None:
    for found in expected.values():
        rules = [finding[0] for findings, _ in found.values() for finding in findings]
        assert len(rules) > 100
        assert len(set(rules)) > 25
