"""What reading costs and what linting costs, format by format, and newslint's page reader beside two extractors.

    python benchmarks/formats.py [--data DIR] [--records N] [--repeat R] [--markdown FILE]

Without --data the corpus is made of fixtures/rewritten, the same one each time: a record is two articles, one after the
other (some 700 words), every third time beginning with a content farm's version; names and numbers are made up anew,
and a third of the nouns and adjectives change places with others of the fixtures, so that caches and packers find not
every sentence again. gzip packs the records 1 to 3.1, real news 1 to 2.7; Zstandard, which looks further back, 6.5 and
2.9. A clean record takes about as long to lint as real news of its length, a farm's nearly twice as long.
As a page a record stands in one of three layouts between menus, teasers, scripts and styles, 43 kB in all. Real pages
are larger and harder: only they show what an extractor loses. --data DIR takes clean_articles.jsonl.gz as the records
and html_pages.jsonl.gz as the pages; none of it is kept.

Times are seconds of the processor, so that other programs disturb less. A first pass, not timed, checks that no format
loses a record and that every dump gives the same findings (exit code 1 if not); after it every file is in the page
cache, and every word in newslint's. Then the formats take turns, `repeat` rounds of them; shown are the median and, in
brackets, the best round. MB are millions of bytes of the articles' text in UTF-8, as newslint reads it, whatever the
size of the file. Each of three columns of times stands for one thing: the bare library over the same file, newslint's
reader, newslint's reader with the linter behind it.
"""

from __future__ import annotations

import argparse
import csv
import gc
import gzip
import hashlib
import html
import json
import platform
import random
import re
import statistics
import sys
import tempfile
import time
import uuid
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from linter import __version__
from linter.config import Config
from linter.model import Article
from linter.parallel import Linters, lint
from linter.readers import ReadOptions, Source, read
from linter.wordcodes import CLASSES, word_codes

FIXTURES = Path(__file__).parent.parent / "fixtures" / "rewritten" / "articles.jsonl"
ITEMS = 50  # of one feed
PAGES = 200  # at most, for the extractors: they are slow
SHINGLE = 5  # words
LIBRARIES = ("fastwarc", "feedparser", "msgspec", "pyarrow", "resiliparse", "trafilatura", "zstandard")


class Row(msgspec.Struct, frozen=True):
    """A record of the corpus; `residue` are the lines of its page that are not of the article, where that is known."""

    id: str
    url: str
    title: str
    text: str
    author: str | None = None
    date: str | None = None
    page: str = ""
    residue: list[str] = []


class UsageError(Exception):
    """What is wrong with the options or the data, in one line."""


# --- the corpus ---------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[A-Za-z][A-Za-z]+|\d+")
_SWAPPED = 0.35  # of the nouns and adjectives
_ONSETS, _RIMES = (
    "b br c ch d dr f g gr h k l m n p r s st t th tr v w".split(),
    "al an ar el en er il in or os ul".split(),
)
_MENU = (
    "Home World Politics Business Science Health Sport Arts Books Travel Food Weather Video Podcasts Letters Obituaries"
).split()
_FOOT = (
    "About this paper", "Terms of use", "How we handle your data", "Work with us", "Write to the newsroom",
    "All rights reserved by the publisher", "We use cookies to remember what you have read",
    "Sign up for our morning newsletter",
)  # fmt: skip
_LAYOUTS = ("article", 'div class="story-body"', 'div id="content"')


def made(count: int) -> Iterator[Row]:
    """The corpus of the fixtures; record n is the same whatever the count."""
    given = [json.loads(line) for line in FIXTURES.read_text("utf-8").splitlines()]
    swaps = _alike(" ".join(row["clean_text"] for row in given))
    for number in range(count):
        rng = random.Random(number)
        one, two, *others = rng.sample(given, 8)
        kind = "clean_" if number % 3 else ""
        vary = partial(_varied, rng=rng, swaps=swaps, known={})
        title, text = vary(one[f"{kind}title"]), vary(f"{one[f'{kind}text']}\n\n{two['clean_text']}")
        teasers = [_varied(teaser["clean_title"], rng, swaps, {}) for teaser in others]
        row = Row(
            id=f"r{number:06}", url=f"https://news{number % 40}.example/{2020 + number % 6}/{number}", title=title,
            text=text, author=f"{_name(rng)} {_name(rng)}", date=f"2026-0{1 + number % 9}-{10 + number % 19}",
        )  # fmt: skip
        yield _paged(row, rng, teasers)


def _alike(text: str) -> dict[str, list[str]]:
    """Each noun and adjective of a text -> those that can stand in its place: same classes, same "a" or "an"."""
    table, groups = word_codes(), defaultdict[tuple[Any, ...], list[str]](list)
    ranges = {name: table.of_class(name) for name in CLASSES}
    for word in sorted(set(re.findall(r"\b[a-gi-z][a-z]{3,}\b", text))):
        code = ord(table[word])
        kinds = [name for name, found in ranges.items() if any(first <= code <= last for first, last in found)]
        if kinds and set(kinds) <= {"singular", "plural", "adjective", "countable"}:
            groups[*kinds, word[0] in "aeiou"].append(word)
    return {word: group for group in groups.values() for word in group}


def _varied(text: str, rng: random.Random, swaps: dict[str, list[str]], known: dict[str, str]) -> str:
    """A text with other names, numbers, nouns and adjectives; `known` are those that were given in it before."""
    codes = word_codes()

    def other(match: re.Match[str]) -> str:
        token = match[0]
        if token not in known:
            known[token] = token
            if token.isdigit() and codes[token] != "Y":
                known[token] = str(rng.randrange(10 ** (len(token) - 1), 10 ** len(token)))
            elif codes[token] == "X":
                known[token] = _name(rng)
            elif token in swaps and rng.random() < _SWAPPED:
                known[token] = rng.choice(swaps[token])
        return known[token]

    return _TOKEN.sub(other, text)


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_RIMES) for _ in range(rng.choice((2, 2, 3)))).capitalize()


def _paged(row: Row, rng: random.Random, teasers: list[str]) -> Row:
    """A record with its page."""
    layout = _LAYOUTS[rng.randrange(len(_LAYOUTS))]
    script = "".join(
        f"window.slots.push({{id:{rng.randrange(10**9)},name:'{_name(rng)}',sizes:[[300,{rng.randrange(600)}]]}});\n"
        for _ in range(320)
    )
    style = "".join(f".{_name(rng)}-{n}{{margin:{rng.randrange(40)}px;color:#{n:06x}}}\n" for n in range(220))
    links = "".join(f'<li class="menu-item"><a href="/section/{n}">{word}</a></li>\n' for n, word in enumerate(_MENU))
    cards = "".join(f'<div class="card"><a href="/{n}"><h3>{t}</h3></a></div>\n' for n, t in enumerate(teasers))
    foot = "".join(f'<li><a href="/about/{n}">{words}</a></li>\n' for n, words in enumerate(_FOOT))
    title = html.escape(row.title)
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="og:title" content="{title}"><meta name="author" content="{row.author}">\n'
        f'<meta property="article:published_time" content="{row.date}"><link rel="canonical" href="{row.url}">\n'
        f"<style>{style}</style><script>{script}</script></head>\n<body><header><nav><ul>{links}</ul></nav></header>\n"
        f"<{layout}><h1>{title}</h1>\n{_paragraphs(row.text)}</{layout.split(' ')[0]}>\n"
        f'<aside class="related"><h2>More from this section</h2>{cards}</aside>\n'
        f"<footer><ul>{foot}</ul></footer><script>{script[: len(script) // 4]}</script></body></html>\n"
    )
    return msgspec.structs.replace(row, page=page, residue=[*teasers, *_FOOT, "More from this section"])


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in text.splitlines() if line.strip())


class GivenText(msgspec.Struct):
    """A line of clean_articles.jsonl.gz."""

    id: str
    url: str
    title: str
    text: str


class GivenPage(msgspec.Struct):
    """A line of html_pages.jsonl.gz; the gold text is "full" where people made it."""

    id: str
    url: str
    html: str
    gold_text: str
    gold_kind: str
    residue_lines: list[str]


def given_texts(folder: Path) -> Iterator[Row]:
    """The records of the evaluation data. Raises UsageError."""
    for row in _given(folder / "clean_articles.jsonl.gz", GivenText):
        yield Row(id=row.id, url=row.url, title=row.title, text=row.text)


def given_pages(folder: Path) -> Iterator[Row]:
    """The pages of the evaluation data, with their gold text where it and the residue are known. Raises UsageError."""
    for row in _given(folder / "html_pages.jsonl.gz", GivenPage):
        gold = row.gold_text if row.gold_kind == "full" and row.residue_lines else ""
        residue = row.residue_lines if gold else []
        yield Row(id=row.id, url=row.url, title="", text=gold, page=row.html, residue=residue)


Line = TypeVar("Line")


def _given(path: Path, kind: type[Line]) -> Iterator[Line]:
    decoder, number = msgspec.json.Decoder(kind), 0
    try:
        with gzip.open(path) as lines:
            for line in lines:
                number += 1
                yield decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}, line {number}: {error}") from None
    except (OSError, EOFError, zlib.error) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"{path}: {reason}; expected a gzipped file of JSON lines") from None
    if not number:
        raise UsageError(f"{path}: empty; expected a gzipped file of JSON lines")


class Corpus(NamedTuple):
    """The records on the disk, so that few are in memory; `texts` and `pages` are one file where both are made."""

    folder: Path
    texts: Path
    pages: Path


def corpus(folder: Path, data: Path | None, count: int) -> Corpus:
    """Write the corpus into an empty folder. Raises UsageError."""

    def kept(name: str, rows: Iterable[Row]) -> Path:
        path = folder / name
        with path.open("wb") as out:
            out.writelines(msgspec.json.encode(row) + b"\n" for row in islice(rows, count))
        return path

    if data is None:
        rows = kept("rows", made(count))
        return Corpus(folder, rows, rows)
    return Corpus(folder, kept("texts", given_texts(data)), kept("pages", given_pages(data)))


def rows_of(path: Path) -> Iterator[Row]:
    """The records that `corpus` wrote."""
    decoder = msgspec.json.Decoder(Row)
    with path.open("rb") as lines:
        yield from map(decoder.decode, lines)


# --- writing: rows -> files ---------------------------------------------------------------------------------------

Rows = Iterator[Row]
_FIELDS = ("id", "url", "title", "author", "date", "text")


def _record(row: Row) -> dict[str, str | None]:
    return {name: getattr(row, name) for name in _FIELDS}


def _folder(rows: Rows, base: Path, suffix: str, form: Callable[[Row], str]) -> list[Path]:
    base.mkdir()
    paths = []
    for number, row in enumerate(rows):
        paths.append(base / f"{number:06}{suffix}")
        paths[-1].write_text(form(row), "utf-8", newline="")
    return paths


def _markdown(row: Row) -> str:
    front = "".join(
        f"{key}: {json.dumps(getattr(row, key))}\n" for key in ("title", "author", "date") if getattr(row, key)
    )
    return f"---\n{front}---\n\n{row.text}\n"


def _lines(rows: Rows, base: Path, opened: Callable[[Path], Any]) -> list[Path]:
    with opened(base) as out:
        for row in rows:
            out.write(msgspec.json.encode(_record(row)) + b"\n")
    return [base]


def _gzip(path: Path) -> Any:
    return gzip.open(path, "wb", 6)


def _zstd(path: Path) -> Any:
    import zstandard

    return zstandard.open(path, "wb")


def _array(rows: Rows, base: Path) -> list[Path]:
    with base.open("wb") as out:
        for number, row in enumerate(rows):
            out.write((b",\n" if number else b"[\n") + msgspec.json.encode(_record(row)))
        out.write(b"\n]\n")
    return [base]


def _table(rows: Rows, base: Path) -> list[Path]:
    with base.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(_FIELDS)
        writer.writerows(_record(row).values() for row in rows)
    return [base]


def _parquet(rows: Rows, base: Path) -> list[Path]:
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, pyarrow.string()) for name in _FIELDS])
    with parquet.ParquetWriter(base, schema) as writer:
        while batch := [_record(row) for row in islice(rows, 512)]:
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))
    return [base]


def _warc(rows: Rows, base: Path, pack: Callable[[bytes], bytes] = bytes, *, texts: bool = False) -> list[Path]:
    """Responses with pages, or conversions with texts; each record packed by itself, as crawlers do."""
    with base.open("wb") as out:
        for number, row in enumerate(rows):
            body = (row.text if texts else row.page).encode()
            http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            block = body if texts else http.encode() + body
            kinds = ("conversion", "text/plain") if texts else ("response", "application/http; msgtype=response")
            head = (
                f"WARC/1.0\r\nWARC-Type: {kinds[0]}\r\nWARC-Record-ID: <urn:uuid:{uuid.UUID(int=number)}>\r\n"
                f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: {row.url}\r\nContent-Type: {kinds[1]}\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            )
            out.write(pack(head.encode() + block + b"\r\n\r\n"))
    return [base]


def _feeds(rows: Rows, base: Path) -> list[Path]:
    base.mkdir()
    paths: list[Path] = []
    while items := [_item(row) for row in islice(rows, ITEMS)]:
        paths.append(base / f"{len(paths):05}.rss")
        paths[-1].write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>The Example</title>\n'
            f"{''.join(items)}</channel></rss>\n",
            "utf-8",
        )
    return paths


def _item(row: Row) -> str:
    body = html.escape(_paragraphs(_CONTROL.sub("", row.text)))
    return (
        f"<item><title>{html.escape(row.title)}</title><link>{html.escape(row.url)}</link><guid>{html.escape(row.id)}</guid>\n"
        f"<description>{body}</description></item>\n"
    )


_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")  # what XML does not allow


# --- the bare libraries: files -> nothing --------------------------------------------------------------------------


def _bare_text(paths: list[Path]) -> None:
    for path in paths:
        with path.open(encoding="utf-8") as file:
            file.read()


def _bare_lines(paths: list[Path]) -> None:
    with paths[0].open("rb") as lines:
        deque(map(msgspec.json.decode, lines), 0)


def _bare_packed(paths: list[Path], opened: Callable[[Path], Any]) -> None:
    with opened(paths[0]) as file:
        while file.read(1 << 16):
            pass


def _unzstd(path: Path) -> Any:
    import zstandard

    return zstandard.open(path, "rb")


def _bare_array(paths: list[Path]) -> None:
    msgspec.json.decode(paths[0].read_bytes())


def _bare_table(paths: list[Path]) -> None:
    csv.field_size_limit(1 << 24)
    with paths[0].open(encoding="utf-8", newline="") as file:
        deque(csv.reader(file), 0)


def _bare_parquet(paths: list[Path]) -> None:
    from pyarrow import parquet

    deque(parquet.ParquetFile(paths[0]).iter_batches(batch_size=128, use_threads=False), 0)


def pages_in(path: Path) -> Iterator[bytes]:
    """The content of each record of an archive, by fastwarc."""
    from fastwarc.warc import ArchiveIterator

    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True):
            yield record.reader.read()


def _bare_warc(paths: list[Path]) -> None:
    deque(pages_in(paths[0]), 0)


def _bare_feeds(paths: list[Path]) -> None:
    import feedparser

    for path in paths:
        feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)


class Format(NamedTuple):
    """A format: how it is written, the library that reads it barely, and what has to be installed for it."""

    name: str
    suffix: str
    write: Callable[[Rows, Path], list[Path]]
    library: str  # its name, for the table
    bare: Callable[[list[Path]], None]
    needs: str | None = None
    pages: bool = False
    dump: bool = False  # holds every field of a record


FORMATS = (
    Format(".txt folder", "", partial(_folder, suffix=".txt", form=lambda row: row.text), "open().read()", _bare_text),
    Format(".md folder", "", partial(_folder, suffix=".md", form=_markdown), "open().read()", _bare_text),
    Format(
        ".html folder", "", partial(_folder, suffix=".html", form=lambda row: row.page), "open().read()", _bare_text,
        pages=True,
    ),
    Format("JSONL", ".jsonl", partial(_lines, opened=lambda p: p.open("wb")), "msgspec", _bare_lines, dump=True),
    Format(
        "JSONL.gz", ".jsonl.gz", partial(_lines, opened=_gzip), "gzip",
        partial(_bare_packed, opened=gzip.open), dump=True,
    ),
    Format(
        "JSONL.zst", ".jsonl.zst", partial(_lines, opened=_zstd), "zstandard", partial(_bare_packed, opened=_unzstd),
        "zstandard", dump=True,
    ),
    Format("JSON array", ".json", _array, "msgspec, whole", _bare_array, dump=True),
    Format("CSV", ".csv", _table, "csv", _bare_table, dump=True),
    Format("Parquet", ".parquet", _parquet, "pyarrow batches", _bare_parquet, "pyarrow", dump=True),
    Format("WARC", ".warc", _warc, "fastwarc", _bare_warc, "fastwarc", pages=True),
    Format(
        "WARC.gz", ".warc.gz", partial(_warc, pack=partial(gzip.compress, mtime=0)), "fastwarc", _bare_warc, "fastwarc",
        pages=True,
    ),
    Format("WET", ".wet", partial(_warc, texts=True), "fastwarc", _bare_warc, "fastwarc"),
    Format("RSS", "", _feeds, "feedparser", _bare_feeds, "feedparser"),
)  # fmt: skip


def missing(library: str | None) -> bool:
    """Is a library not installed?"""
    try:
        return library is not None and not version(library)
    except PackageNotFoundError:
        return True


# --- measuring ----------------------------------------------------------------------------------------------------


class Read(msgspec.Struct):
    """What one format gave: articles, bytes of their text, and the findings, in number and as a digest."""

    format: str
    library: str
    articles: int = 0
    file_size: int = 0
    text_size: int = 0
    findings: int = 0
    digest: str = ""
    times: dict[str, list[float]] = msgspec.field(default_factory=lambda: {"bare": [], "read": [], "lint": []})


class Extracted(msgspec.Struct):
    """What one extractor made of the pages: characters without white space, and shares of gold and residue."""

    tool: str
    pages: int = 0
    characters: int = 0
    gold: float | None = None
    residue: float | None = None
    times: list[float] = []


class Results(msgspec.Struct):
    """All that was measured, what was left out for want of a library, and what should have agreed and did not."""

    formats: list[Read]
    extractors: list[Extracted]
    needs: list[str]
    wrong: list[str]


def articles_in(paths: Iterable[Path]) -> Iterator[Article]:
    """The articles of files, by newslint's readers."""
    options = ReadOptions()
    for path in paths:
        yield from read(Source(str(path), path), options)


def timed(work: Callable[..., object], *given: object) -> float:
    """Seconds of the processor that `work(*given)` takes."""
    gc.collect()
    start = time.process_time()
    work(*given)
    return time.process_time() - start


class _Bench:
    """One configuration, one linter, and what went wrong with them."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self._config, self._linters = say, Config(), Linters()
        self._linters.of(self._config)
        self.wrong: list[str] = []

    def lint(self, paths: list[Path]) -> Iterator[Any]:
        """What comes out for each article of files, linted in the chunks of a run."""
        return lint(((self._config, article) for article in articles_in(paths)), self._linters, 1)

    def look(self, form: Format, paths: list[Path], expected: int) -> Read:
        """What a format gives, before anything is timed; the files are in the cache after it."""
        found, digest, errors = Read(form.name, form.library), hashlib.sha256(), Counter[str]()
        found.file_size = sum(path.stat().st_size for path in paths)
        for result in self.lint(paths):
            article, verdict = result.article, result.outcome.verdict
            found.articles += 1
            found.text_size += len(article.text.encode())
            found.findings += len(verdict.findings)
            marks = [(f.rule, f.severity, f.field, f.start, f.end, f.text, f.points) for f in verdict.findings]
            digest.update(msgspec.json.encode([article.id, article.title, verdict.score, marks]))
            if verdict.error:
                errors[verdict.error] += 1
        found.digest = digest.hexdigest()
        self.wrong += [f"{form.name}: {error} ({count} times)" for error, count in errors.items()]
        if found.articles != expected:
            self.wrong.append(f"{form.name}: {found.articles} articles, expected {expected}")
        return found

    def formats(self, given: Corpus, forms: list[Format], repeat: int) -> list[Read]:
        """Each format, one after the other in every round."""
        todo: list[tuple[Format, list[Path], Read]] = []
        for form in forms:
            self.say(f"writing and checking {form.name}")
            source = given.pages if form.pages else given.texts
            paths = form.write(rows_of(source), given.folder / f"{len(todo)}{form.suffix}")
            todo.append((form, paths, self.look(form, paths, sum(1 for _ in rows_of(source)))))
        gc.freeze()  # what there is by now stays; collecting before each measurement need not look through it
        for number in range(repeat):
            for form, paths, found in todo:
                self.say(f"round {number + 1} of {repeat}: {form.name}")
                found.times["bare"].append(timed(form.bare, paths))
                found.times["read"].append(timed(deque, articles_in(paths), 0))
                found.times["lint"].append(timed(deque, self.lint(paths), 0))
        return [found for _, _, found in todo]

    def extractors(self, given: Corpus, tools: dict[str, Tool], repeat: int) -> list[Extracted]:
        """Each extractor on the same pages, one after the other in every round."""
        path = given.folder / "pages.warc"
        _warc(islice(rows_of(given.pages), PAGES), path)
        results = []
        for name, tool in tools.items():
            self.say(f"what {name} keeps")
            results.append(_kept(name, tool(path), rows_of(given.pages)))
        for number in range(repeat):
            for found in results:
                self.say(f"round {number + 1} of {repeat}: {found.tool}")
                found.times.append(timed(deque, tools[found.tool](path), 0))
        counts = {found.tool: found.pages for found in results}
        if len(set(counts.values())) > 1:
            self.wrong.append(f"pages differ: {counts}")
        return results


Tool = Callable[[Path], Iterator[str]]


def _own(path: Path) -> Iterator[str]:
    return (article.text for article in articles_in([path]))


def _trafilatura(path: Path, fast: bool) -> Iterator[str]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    for page in pages_in(path):
        yield trafilatura.extract(page.decode("utf-8", "replace"), fast=fast) or ""


def _resiliparse(path: Path, main: bool) -> Iterator[str]:
    from resiliparse.extract.html2text import extract_plain_text

    for page in pages_in(path):
        yield extract_plain_text(page.decode("utf-8", "replace"), main_content=main)


# With the library that each needs beside fastwarc.
ALONE = "fastwarc alone, with all markup"
TOOLS: dict[str, tuple[str, Tool]] = {
    ALONE: (
        "fastwarc",
        lambda path: (p.decode("utf-8", "replace") for p in pages_in(path)),
    ),
    "newslint: all that is visible": ("fastwarc", _own),
    "resiliparse, main_content=False": ("resiliparse", partial(_resiliparse, main=False)),
    "resiliparse, main_content=True": ("resiliparse", partial(_resiliparse, main=True)),
    "trafilatura, fast=True": ("trafilatura", partial(_trafilatura, fast=True)),
    "trafilatura, default": ("trafilatura", partial(_trafilatura, fast=False)),
}


def _kept(name: str, texts: Iterator[str], rows: Iterator[Row]) -> Extracted:
    """What of the pages is in the texts made of them.

    Gold: the share of the article's runs of five words; residue: of the lines of three words and more beside it.
    """
    found, gold, golden, lines, kept = Extracted(name), 0, 0, 0, 0
    for text, row in zip(texts, rows, strict=False):
        found.pages += 1
        squashed, words = _squash(text), row.text.split()
        found.characters += len(squashed)
        runs, article = (
            {_squash("".join(words[n : n + SHINGLE])) for n in range(len(words) - SHINGLE + 1)},
            _squash(row.text),
        )
        beside = {_squash(line) for line in row.residue if len(line.split()) >= 3} - {""}
        beside = {line for line in beside if line not in article}
        gold, golden = gold + len(runs), golden + sum(run in squashed for run in runs)
        lines, kept = lines + len(beside), kept + sum(line in squashed for line in beside)
    if name == ALONE:
        return found
    found.gold, found.residue = golden / gold if gold else None, kept / lines if lines else None
    return found


def _squash(text: str) -> str:
    return "".join(text.split())


def measure(count: int, repeat: int, data: Path | None = None, say: Callable[[str], None] = lambda _: None) -> Results:
    """Everything. Raises UsageError where the data is not what it should be."""
    with tempfile.TemporaryDirectory(prefix="newslint-formats-") as folder:
        say("making the corpus")
        given, bench = corpus(Path(folder), data, count), _Bench(say)
        lacking = {form.name: form.needs for form in FORMATS if missing(form.needs)}
        lacking |= {name: need for name, (lib, _) in TOOLS.items() for need in (lib, "fastwarc") if missing(need)}
        formats = bench.formats(given, [form for form in FORMATS if form.name not in lacking], repeat)
        tools = {name: tool for name, (_, tool) in TOOLS.items() if name not in lacking}
        extractors = bench.extractors(given, tools, repeat) if tools else []
    needs = [f"{name} needs {lib}: pip install {lib}" for name, lib in lacking.items()]
    return Results(formats, extractors, needs, bench.wrong + disagreements(formats))


def disagreements(found: list[Read]) -> list[str]:
    """Dumps hold the same records, so their findings have to be the same."""
    dumps = {form.name for form in FORMATS if form.dump}
    results = [result for result in found if result.format in dumps]
    return [
        f"{result.format}: other findings than {results[0].format} ({result.findings}, {results[0].findings})"
        for result in results
        if result.digest != results[0].digest
    ]


# --- the tables ---------------------------------------------------------------------------------------------------


class Table(NamedTuple):
    """A table for the terminal or a file."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def tables(results: Results) -> list[Table]:
    """What was measured, in words and numbers."""
    formats = Table(
        "Reading and linting, MB of text per second: median (best round)",
        (
            "format", "articles", "text MB", "file MB", "bare library", "bare MB/s", "articles/s", "read MB/s",
            "articles/s", "read and linted MB/s", "articles/s", "share of reading", "findings",
        ),
        [_format_row(found) for found in results.formats],
    )  # fmt: skip
    extractors = Table(
        "WARC to text, each behind fastwarc, on the same pages: median (best round)",
        ("extractor", "pages", "pages/s", "ms a page", "characters a page", "gold kept", "residue kept"),
        [_extractor_row(found) for found in results.extractors],
    )
    return [formats, extractors]


def _format_row(found: Read) -> tuple[str, ...]:
    size = found.text_size / 1e6
    speeds = [
        cell
        for times in found.times.values()
        for cell in (_rate(size, times), _rate(found.articles, times, best=False))
    ]
    share = statistics.median(found.times["read"]) / statistics.median(found.times["lint"])
    return (
        found.format, f"{found.articles:,}", f"{size:.2f}", f"{found.file_size / 1e6:.2f}", found.library, *speeds,
        f"{share:.1%}", f"{found.findings:,}",
    )  # fmt: skip


def _extractor_row(found: Extracted) -> tuple[str, ...]:
    shares = ("–" if share is None else f"{share:.1%}" for share in (found.gold, found.residue))
    each = 1000 * statistics.median(found.times) / max(found.pages, 1)
    characters = f"{found.characters / max(found.pages, 1):,.0f}"
    return found.tool, f"{found.pages:,}", _rate(found.pages, found.times), f"{each:.2f}", characters, *shares


def _rate(amount: float, times: list[float], *, best: bool = True) -> str:
    def shown(seconds: float) -> str:
        rate = amount / max(seconds, 1e-9)
        return f"{rate:,.0f}" if rate >= 100 else f"{rate:.3g}"

    median = shown(statistics.median(times))
    return f"{median} ({shown(min(times))})" if best else median


def notes(results: Results, options: argparse.Namespace) -> list[str]:
    """What has to be known about the tables."""
    versions = [f"{name} {version(name)}" for name in LIBRARIES if not missing(name)]
    return [
        f"{date.today().isoformat()}; newslint {__version__}, Python {platform.python_version()}",
        ", ".join(versions),
        f"{'fixtures' if options.data is None else 'evaluation data'}; {options.repeat} rounds, one process, "
        "seconds of the processor, files in the page cache",
        "read: by newslint's reader alone; share of reading: the time of that in the time of reading and linting",
        "gold kept: of the article's runs of five words; residue kept: of the page's other lines of three words and "
        "more; newslint keeps all that is visible, since residue is what it looks for",
        *results.needs,
    ]


def markdown(shown: list[Table], said: list[str]) -> str:
    """The tables as a Markdown document."""
    parts = ["# Reading and linting by format", *(f"- {note}" for note in said)]
    for title, head, rows in shown:
        marks = [":--" if n == 0 else "--:" for n in range(len(head))]
        lines = [head, tuple(marks), *rows]
        parts += ["", f"## {title}", "", *(f"| {' | '.join(line)} |" for line in lines)]
    return "\n".join([parts[0], "", *parts[1:], ""])


def show(shown: list[Table], said: list[str]) -> None:
    """The tables on the terminal."""
    from rich.console import Console
    from rich.table import Table as Drawn

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    for title, head, rows in shown:
        drawn = Drawn(title=title, title_justify="left")
        for number, name in enumerate(head):
            drawn.add_column(name, justify="right" if number else "left")
        for row in rows:
            drawn.add_row(*row)
        console.print(drawn)
    for note in said:
        console.print(note, highlight=False, markup=False)


def _positive(value: str) -> int:
    if not value.isdigit() or not int(value):
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number above 0")
    return int(value)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 where results disagree, 2 where the options or the data are wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder of the evaluation data")
    parser.add_argument("--records", type=_positive, default=2000, metavar="N", help="at most so many (default 2000)")
    parser.add_argument("--repeat", type=_positive, default=3, metavar="R", help="rounds (default 3)")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there as well")
    options = parser.parse_args(arguments)
    try:
        if options.markdown and (options.markdown.is_dir() or not options.markdown.parent.is_dir()):
            raise UsageError(f"--markdown {options.markdown}: not a file in an existing folder")
        results = measure(options.records, options.repeat, options.data, lambda step: print(step, file=sys.stderr))
        shown, said = tables(results), notes(results, options)
        show(shown, said)
        if options.markdown:
            options.markdown.write_text(markdown(shown, said), "utf-8")
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"error: {error.filename or 'a temporary file'}: {(error.strerror or str(error)).lower()}", file=sys.stderr
        )
        return 2
    for line in results.wrong:
        print(f"wrong: {line}", file=sys.stderr)
    return 1 if results.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
