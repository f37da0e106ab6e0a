"""Records in files of every format, and how a bare library reads these."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.formats.corpus import Row, paragraphs
from linter.model import Article
from linter.readers import ReadOptions, Source, read

ITEMS = 50  # of one feed


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


def warc(rows: Rows, base: Path, pack: Callable[[bytes], bytes] = bytes, *, texts: bool = False) -> list[Path]:
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
    body = html.escape(paragraphs(_CONTROL.sub("", row.text)))
    return (
        f"<item><title>{html.escape(row.title)}</title><link>{html.escape(row.url)}</link><guid>{html.escape(row.id)}</guid>\n"
        f"<description>{body}</description></item>\n"
    )


_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")  # what XML does not allow


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
    Format("WARC", ".warc", warc, "fastwarc", _bare_warc, "fastwarc", pages=True),
    Format(
        "WARC.gz", ".warc.gz", partial(warc, pack=partial(gzip.compress, mtime=0)), "fastwarc", _bare_warc, "fastwarc",
        pages=True,
    ),
    Format("WET", ".wet", partial(warc, texts=True), "fastwarc", _bare_warc, "fastwarc"),
    Format("RSS", "", _feeds, "feedparser", _bare_feeds, "feedparser"),
)  # fmt: skip


def missing(library: str | None) -> bool:
    """Is a library not installed?"""
    try:
        return library is not None and not version(library)
    except PackageNotFoundError:
        return True


def articles_in(paths: Iterable[Path]) -> Iterator[Article]:
    """The articles of files, by newslint's readers."""
    options = ReadOptions()
    for path in paths:
        yield from read(Source(str(path), path), options)
