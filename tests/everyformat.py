"""A folder with an input of every format, good and bad records among them: whatever can be divided, and what can't."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cli.hostile import page, table

COUNT = 12  # records of each
MISSING = ("gone.txt", "gone-too")  # are named, and not there


def records() -> list[dict[str, Any]]:
    """Records with findings of every severity, from a few sites."""
    words = ("Stray error", "Stray warning", "Stray info")
    return [
        {
            "id": f"n{number}",
            "title": f"Ferry {number}",
            "text": f"The ferry leaves at {number}.\n\n{words[number % 3]}\n\n" + "It is late again. " * (number % 5),
            "url": f"https://{'deep.' * (number % 2)}{'north' if number % 4 < 2 else 'south'}.example/{number}",
            "count": number * 10**20,  # no number of MessagePack
        }
        for number in range(COUNT)
    ]


def lines() -> list[bytes]:
    """The records as lines of JSON, with bad and blank ones among them."""
    found = [json.dumps(record).encode() for record in records()]
    found[3:3] = [b"", b" \t ", b"[]", b"{broken", b'{"text": 7}']
    found[9:9] = [b'{"text": "caf\xe9 \\ud800 half"}', b'{"html": "<p>Stray <b>error</b></p>"}', b"\r"]
    return found


def markup(record: dict[str, Any]) -> str:
    """A page about a record."""
    body = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n"))
    return (
        f"<!DOCTYPE html><html><head><title>{record['title']}</title><link rel=canonical href={record['url']}></head>"
        f"<body><nav><a href=/>Home</a></nav><article><h1>{record['title']}</h1>{body}</article></body></html>"
    )


def write(folder: Path) -> list[str]:
    """Write the inputs; returns their names."""
    made = {**_lines(), **_documents(), **_files()}
    if find_spec("pyarrow"):
        made |= _tables()
    if find_spec("fastwarc"):
        made |= _archives()
    if find_spec("zstandard"):
        import zstandard

        made["d.jsonl.zst"] = zstandard.ZstdCompressor().compress(b"\n".join(lines()))
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(made)


def _lines() -> dict[str, bytes]:
    whole = b"\n".join(lines())
    packed = gzip.compress(whole * 40)
    return {
        "a.jsonl": b"\xef\xbb\xbf" + b"\r\n".join(lines()) + b"\r\n",
        "b.jsonl": b"\xef\xbb\xbf \n\n" + whole,
        "c.jsonl.gz": gzip.compress(whole[:700]) + gzip.compress(whole[700:]),
        "cut.jsonl.gz": packed[:-40],
        "empty.jsonl": b"",
        "nul.jsonl": b"\0" + whole,
        "utf-16.jsonl": whole.decode("cp1252").encode("utf-16"),
        "tiny.jsonl": b'{"text": "Stray error"}\n{}\n\n' * 150,
    }


def _documents() -> dict[str, bytes]:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "title", "text", "url", "count"])
    writer.writeheader()
    writer.writerows(records())
    feed = "".join(
        f"<item><title>{one['title']}</title><link>{one['url']}</link><description>{one['text']}</description></item>"
        for one in records()
    )
    made = {
        "d.csv": out.getvalue().encode() + b"too,few\r\n",
        "d.json": json.dumps([*records(), 7]).encode(),
        "one.json": json.dumps(records()[0]).encode(),
        "bad.json": b'[{"text": "Stray error"}, {"text": ',
    }
    if find_spec("feedparser"):
        made["d.rss"] = f"<rss version='2.0'><channel><title>North</title>{feed}</channel></rss>".encode()
    return made


def _files() -> dict[str, bytes]:
    made = {}
    for number, record in enumerate(records()):
        front = f"---\ntitle: {record['title']}\n---\n\n"
        made[f"posts/{number:02}.md"] = (front + record["text"]).encode()
        made[f"posts/{number:02}.txt"] = record["text"].encode()
        made[f"pages/{number:02}.html"] = markup(record).encode()
    return made | {
        "posts/binary.txt": b"\0\0",
        "posts/latin.md": b"Caf\xe9 late\n\nStray error\n",
        "posts/long.md": b"# Ferry\n\nStray error\n\n" + b"The ferry leaves later. " * 90,
        "pages/dump.html": b"\n".join(lines()),  # its content tells what it is
        "pages/packed.html.gz": gzip.compress(markup(records()[0]).encode()),
        "pages/unpacked.html.gz": b"no gzip",
    }


def _tables() -> dict[str, bytes]:
    import pyarrow as pa

    rows = [{**record, "count": record["id"]} for record in records()]
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    columns["kind"] = pa.array(["a", "b", "a"] * (COUNT // 3)).dictionary_encode()
    columns["text"] = pa.array([None if number == 5 else text for number, text in enumerate(columns["text"])])
    whole = table(columns, row_group_size=5)
    many = {name: [*values] * 30 for name, values in columns.items() if name != "kind"}
    # The place of the second row group's texts: zeroes are no pages.
    offset = _offset(whole, group=1, column="text")
    return {
        "e.parquet": whole,
        "one-group.parquet": table(many, row_group_size=5000),
        "damaged.parquet": whole[:offset] + bytes(12) + whole[offset + 12 :],
        "f.parquet.gz": gzip.compress(whole),
    }


def _offset(data: bytes, group: int, column: str) -> int:
    from pyarrow import parquet

    metadata = parquet.read_metadata(io.BytesIO(data))
    found = metadata.row_group(group)
    chunk = next(found.column(n) for n in range(found.num_columns) if found.column(n).path_in_schema == column)
    offset: int = chunk.dictionary_page_offset or chunk.data_page_offset
    return offset


def _archives() -> dict[str, bytes]:
    def archive(pack: Callable[[bytes], bytes] = bytes) -> bytes:
        pages = [page(markup(record).encode()) for record in records()]
        pages[4:4] = [page(b"x" * 9, b"Content-Encoding: br\r\n")]
        return b"".join(map(pack, pages))

    return {"w.warc": archive(), "x.warc.gz": archive(gzip.compress), "cut.warc": archive() + b"WARC/1.0\r\nWARC-Ty"}
