"""Files that hold several articles, the second of which, called "second", has a fault."""

from __future__ import annotations

import gzip
import json
from io import BytesIO

_TITLE = "Ferry leaves later"


def _articles(defect: str) -> list[tuple[str, str]]:
    paragraph = "On Monday the boats waited near the {} for an hour."
    return [("first", paragraph.format("pier")), ("second", paragraph.format(defect))]


def jsonl(defect: str) -> bytes:
    """JSON lines."""
    records = ({"id": name, "title": _TITLE, "text": text} for name, text in _articles(defect))
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def parquet(defect: str) -> bytes:
    """Parquet, packed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = BytesIO()
    table = pa.Table.from_pylist([{"id": name, "text": text} for name, text in _articles(defect)])
    pq.write_table(table, out, compression="gzip", write_statistics=False)
    return out.getvalue()


def warc(defect: str) -> bytes:
    """WARC with two pages, as crawlers pack it; a page's id is its address."""
    records = []
    for name, text in _articles(defect):
        page = f"<!doctype html><title>{_TITLE}</title><article><h1>{_TITLE}</h1><p>{text}</p></article>".encode()
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{name}\r\n"
            f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{len(records):032x}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        records.append(head.encode() + body + b"\r\n\r\n")
    return gzip.compress(b"".join(records), mtime=0)


def feed(defect: str) -> bytes:
    """An RSS feed."""
    items = "".join(
        f"<item><guid>{name}</guid><title>{_TITLE}</title><description>{text}</description></item>"
        for name, text in _articles(defect)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
