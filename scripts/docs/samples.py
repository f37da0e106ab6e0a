"""The records of a JSON-lines dump in other formats, for the examples of docs/formats.md."""

from __future__ import annotations

import csv
import gzip
import io
import json
from html import escape
from pathlib import Path
from typing import NamedTuple


class Reader(NamedTuple):
    """What docs/formats.md calls a format, and the extra that it needs."""

    title: str
    extra: str = ""


READERS = {
    "text": Reader("text"),
    "markdown": Reader("Markdown"),
    "html": Reader("HTML", "html"),
    "jsonl": Reader("JSON lines"),
    "json": Reader("JSON, JSON Feed"),
    "csv": Reader("CSV, TSV"),
    "parquet": Reader("Parquet", "parquet"),
    "warc": Reader("WARC, WET", "warc"),
    "feed": Reader("RSS, Atom", "feeds"),
}


_KEYS = ("id", "title", "author", "url", "date", "text")


def write(records: Path, folder: Path) -> None:
    """Write records.{jsonl,json,csv,parquet}, crawl.warc.gz, feed.xml and, of the first record, page.html."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    given = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    (folder / "records.jsonl").write_bytes(records.read_bytes())
    rows = [{key: record.get(key, "") for key in _KEYS} | {"text": _text(record)} for record in given]
    (folder / "records.json").write_text(json.dumps(rows), encoding="utf-8")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _KEYS)
    writer.writeheader()
    writer.writerows(rows)
    (folder / "records.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    pq.write_table(pa.Table.from_pylist(rows), folder / "records.parquet")
    (folder / "page.html").write_text(_page(given[0]), encoding="utf-8")
    (folder / "crawl.warc.gz").write_bytes(gzip.compress(b"".join(map(_warc, given)), mtime=0))
    items = "".join(
        f"<item><guid>{escape(record['id'])}</guid><description>{escape(_paragraphs(record))}</description></item>"
        for record in given
    )
    feed = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    (folder / "feed.xml").write_text(feed, encoding="utf-8")


def _text(record: dict[str, str]) -> str:
    return record.get("text") or record["body"]


def _paragraphs(record: dict[str, str]) -> str:
    return "".join(f"<p>{escape(part)}</p>\n" for part in _text(record).split("\n") if part.strip())


def _page(record: dict[str, str]) -> str:
    return f"<!doctype html>\n<title>Ferry</title>\n<body>\n<article>\n{_paragraphs(record)}</article>\n</body>\n"


def _warc(record: dict[str, str]) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(record).encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{record['id']}\r\n"
        "WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
