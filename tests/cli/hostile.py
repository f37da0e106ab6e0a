"""A folder of inputs that nobody should have to read: broken, lying, bottomless and endless ones, made on the fly.

Each has a name, what makes it, the exit code of `newslint check` on it alone, and what is said of it on stderr.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import struct
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

Make = bytes | Callable[[Path], bytes | None]  # what costs time to make is made when it is placed

PROSE = "The ferry to the northern islands leaves an hour later from Monday, the harbour office said. " * 12
RECORD = json.dumps({"text": PROSE}).encode() + b"\n"
TOO_LARGE = "larger than 16 MiB"
BINARY = "looks like a binary file (NUL bytes)"


class Hostile(NamedTuple):
    """One input. `said` stands in a line of stderr that begins with its name; None: no line does."""

    name: str
    make: Make
    code: int = 2
    said: str | None = None

    @property
    def shown(self) -> str:
        """Its name as messages show it: one line, and nothing that a terminal acts on."""
        return {"line\nbreak.txt": "line", "escape\x1b[31m.txt": "escape", "caf\udce9.txt": "caf\ufffd.txt"}.get(
            self.name, self.name
        )


def place(hostile: Hostile, folder: Path) -> Path:
    """Make an input in a folder; its path."""
    path = folder / hostile.name
    data = hostile.make if isinstance(hostile.make, bytes) else hostile.make(path)
    if data is not None:
        path.write_bytes(data)
    return path


def every() -> Iterator[Hostile]:
    """All of them; those of a format only where the library that reads it is installed."""
    yield from _texts()
    yield from _markup()
    yield from _posts()
    yield from _records()
    yield from _tables()
    yield from _packed()
    yield from _files()
    if find_spec("feedparser"):
        yield from _feeds()
    if find_spec("fastwarc"):
        yield from _archives()
    if find_spec("pyarrow"):
        yield from _parquet()
    if find_spec("zstandard"):
        yield from _zstandard()


def _texts() -> Iterator[Hostile]:
    breaks = "\n\r\r\n\v\f\x85\u2028\u2029".encode()
    note = "not UTF-8; read as UTF-"
    yield Hostile("empty.txt", b"", 0)
    yield Hostile("mark.txt", b"\xef\xbb\xbf", 0)
    yield Hostile("nuls.txt", b"\0" * 5000, 2, BINARY)
    yield Hostile("breaks.txt", breaks * 500, 0)
    yield Hostile("blank.txt", b"\n" * 200_000, 0)
    yield Hostile("latin.txt", b"caf\xe9 " * 300, 0, "not valid UTF-8; read as cp1252")
    yield Hostile("utf8-cut.txt", PROSE.encode() + b"\xe2\x80", 0, "not valid UTF-8; read as cp1252")
    yield Hostile("surrogate.txt", PROSE.encode() + b"\xed\xa0\x80", 0, "not valid UTF-8; read as cp1252")
    yield Hostile("utf16.txt", PROSE.encode("utf-16"), 0, f"{note}16")
    yield Hostile("utf16-odd.txt", PROSE.encode("utf-16") + b"\xd8", 0, f"{note}16, with characters that are not valid")
    yield Hostile("utf16-bare.txt", PROSE.encode("utf-16-be"), 2, BINARY)
    yield Hostile("utf32.txt", PROSE.encode("utf-32"), 0, f"{note}32")
    yield Hostile("escapes.txt", PROSE.encode() + b"\x1b]0;title\x07\x1b[2J" * 100, 0)
    yield Hostile("controls.txt", bytes(range(1, 32)) * 100, 2, "looks like a binary file (control characters)")
    yield Hostile("one-line.txt", b"word and so on " * 20_000, 0)
    yield Hostile("letters.txt", b"a" * 1_000_000, 0)
    yield Hostile("marks.txt", b"e" + "\u0301".encode() * 100_000, 0)
    yield Hostile("archive.txt", _zip(), 2, BINARY)
    yield Hostile("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 9, 2, BINARY)
    yield Hostile("document.txt", b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 40, 2, "looks like a PDF file")
    yield Hostile("line\nbreak.txt", b"\0", 2, BINARY)
    yield Hostile("escape\x1b[31m.txt", b"\0", 2, BINARY)
    yield Hostile("caf\udce9.txt", b"\0", 2, BINARY)


def _markup() -> Iterator[Hostile]:
    text = PROSE.encode()
    yield Hostile("comments", b"<!-- a -->\n" * 60 + b"<html><p>" + text, 0)
    yield Hostile("comments.html", b"<!-- a -->" * 100_000 + b"<p>" + text, 0)
    yield Hostile(
        "commands.html",
        b"<!-- newslint-disable-next-line INJ005 -->\n" * 3000 + b"<p>" + text,
        0,
        "unused suppression: INJ005",
    )
    yield Hostile("deep.html", b"<div>" * 10_000 + text + b"</div>" * 10_000, 0)
    yield Hostile("open.html", b"<" * 200_000, 0)
    yield Hostile("attributes.html", b"<p " + b"a=b " * 50_000 + b">" + text, 0)
    yield Hostile("entities.html", b"&#xD800;&#99999999;&" * 1000 + text, 0)
    half = rb'<script type="application/ld+json">{"@type": "Article", "headline": "\ud800 x"}</script><p>'
    yield Hostile("half.html", half + text, 0)
    headline = b"[" * 900 + b'"x"' + b"]" * 900
    nested = b'<script type="application/ld+json">{"@type": "Article", "headline": ' + headline + b"}</script><p>"
    yield Hostile("lists.html", nested + text, 0)
    yield Hostile("charset.html", b'<meta charset="unicode_escape">caf\xe9 ' * 3 + text, 0, "read as cp1252")


def _posts() -> Iterator[Hostile]:
    text = PROSE.encode()

    def front(values: bytes, fence: bytes = b"---") -> bytes:
        return b"\n".join((fence, values, fence, b"", text))

    laughs = "l: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "".join(
        f"a{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    merges = "l: &l0 {a: 1, b: 2}\n" + "".join(
        f"a{n}: &l{n}\n  <<: [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    yield Hostile("laughs.md", front(f"{laughs}title: *l9\nauthor: *l9".encode()), 0)
    yield Hostile("merges.md", front(f"{merges}title: *l9".encode()), 0)
    yield Hostile("cycle.md", front(b"title: &a [*a]\nauthor: &b {name: *b}"), 0)
    yield Hostile("nested.md", front(b"title: " + b"[" * 100_000), 0)
    yield Hostile("nested-keys.md", front(b"? " * 60_000 + b"x"), 0)
    yield Hostile("hexadecimal.md", front(b"title: 0x" + b"f" * 100_000), 0)
    yield Hostile("sexagesimal.md", front(b"title: 1" + b":1" * 20_000), 0)
    yield Hostile("halves.md", front(b'title: "\\ud800"\nauthor: "\\udc00"'), 0)
    yield Hostile("halves-json.md", b'{\n"title": "\\ud800 Ferry", "author": "\\udc00"\n}\n\n' + text, 0)
    yield Hostile("dotted.md", front(b"a" + b".a" * 40_000 + b" = 1", b"+++"), 0)
    yield Hostile("blanks.md", front(b"a" + b" " * 100_000, b"+++"), 0)
    yield Hostile("tags.md", front(b"title: !!python/object/apply:os.system ['echo owned']"), 0)
    yield Hostile("quoted.md", b"> " * 10_000 + text, 0)
    yield Hostile("brackets.md", b"[" * 5_000 + text + b"](" * 5_000, 0)
    yield Hostile("backticks.md", b"".join(b"`" * n + b" " for n in range(1, 300)) + text, 0)
    yield Hostile("emphasis.md", b"*a **b _c __d " * 5000 + text, 0)
    yield Hostile(
        "commands.md",
        b"<!-- newslint-disable INJ005 -->\n<!-- newslint-enable -->\n" * 2000 + text,
        0,
        "unused suppression: INJ005",
    )


def _records() -> Iterator[Hostile]:
    def beside(record: bytes) -> bytes:
        return RECORD + record + b"\n" + RECORD

    too_deep = "#1 (line 2): not valid JSON: nested too deeply, or a number too long"
    author = b'{"text": "a", "author": ' + b"[" * 900 + b'"x"' + b"]" * 900 + b"}"
    yield Hostile("deep.jsonl", beside(b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), 2, too_deep)
    yield Hostile("deep-author.jsonl", beside(author), 0)
    yield Hostile("digits.jsonl", beside(b'{"text": "a", "id": ' + b"9" * 1_000_000 + b"}"), 2, too_deep)
    yield Hostile("halves.jsonl", beside(b'{"text": "\\ud800 a", "title": "\\udfff", "\\ud800": 1}'), 0)
    yield Hostile("twice.jsonl", beside(b'{"text": "a", "text": "b", "text": "c"}'), 0)
    yield Hostile("numbers.jsonl", beside(b'{"text": "a", "id": NaN, "date": 1e999, "url": -0}'), 0)
    yield Hostile("nul.jsonl", beside(b'{"text": "a\\u0000b", "title": "\\u0000"}'), 0)
    yield Hostile("utf16.jsonl", RECORD.decode().encode("utf-16"), 2, "UTF-16 text, expected JSON lines in UTF-8")
    yield Hostile("nuls.jsonl", b"\0" * 100_000, 2, BINARY)
    yield Hostile("deep.json", b"[" * 100_000 + b"]" * 100_000, 2, "nested too deeply")
    yield Hostile("deep-object.json", b'{"a": ' * 100_000, 2, "not valid JSON: ")
    yield Hostile("cut.json", b"[" + RECORD[:-1] + b", " + RECORD[:100], 2, "not valid JSON: the array ends early")
    yield Hostile("more.json", b"[" + RECORD + b"] {", 2, "not valid JSON: something follows the array")
    yield Hostile("blank.json", b" " * 3_000_000, 2, "not valid JSON: ")
    yield Hostile("utf16.json", "[]".encode("utf-16"), 2, "UTF-16 text, expected JSON in UTF-8")
    version = b'{"version": "https://jsonfeed.org/version/1.1", "items": '
    yield Hostile("feed-number.json", version + b"5}", 0)
    yield Hostile("feed-odd.json", version + b'[5, {"content_html": 5}]}', 2, "#0: not an object but a number")


def _tables() -> Iterator[Hostile]:
    row = PROSE.encode() + b"\n"
    wide = b"text," + b"c," * 99_999 + b"d\n" + row.strip() + b"," * 100_000 + b"\n"
    yield Hostile("nul.csv", b"text\n\0\nword\n", 0)
    yield Hostile("nul-names.csv", b"te\0xt\n" + row, 2, BINARY)
    yield Hostile("open.csv", b'text\n"' + row * 3, 2, "the table ends within quotation marks: is one never closed?")
    yield Hostile("open-names.csv", b'"text\n', 2, "the table ends within quotation marks: is one never closed?")
    yield Hostile("wide.csv", wide.replace(b", the", b"; the"), 0)
    yield Hostile("uneven.csv", b"text,id\none\n" + b"two,2,2\n", 2, "#1 (line 3): 3 fields, expected 2")
    yield Hostile("returns.csv", b"text,id\rone,1\r", 2, "not a valid table: CR within a line")
    yield Hostile("no-text.csv", b"a,b\n1,2\n", 2, "no row of names with a text: found a, b")
    yield Hostile("utf16-bare.csv", "text\nab\n".encode("utf-16-le"), 2, BINARY)
    yield Hostile("halves.csv", b"text,title\nx,\xed\xa0\x80\n", 0, "not valid UTF-8; read as cp1252")


def _feeds() -> Iterator[Hostile]:
    pairs = list(zip("abcdefghi", "bcdefghij", strict=True))
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {name} "{f"&{last};" * 10}">' for last, name in pairs)
    secret = Path(__file__).as_posix()
    flaw = "not well-formed XML at line "
    yield Hostile("laughs.rss", _rss("&j;", f"<!DOCTYPE r [{entities}]>"), 2, flaw)
    yield Hostile("external.rss", _rss("&x;", f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'), 0)
    yield Hostile("path.rss", secret.encode(), 2, "neither RSS nor Atom")
    yield Hostile("device.rss", b"/dev/zero", 2, "neither RSS nor Atom")
    yield Hostile("no-items.rss", b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>', 0)
    yield Hostile("halves.rss", _rss("&#55357;&#56832; &#xD800;"), 0)
    yield Hostile("characters.rss", _rss("&#1114112; &#99999999999;"), 2, "")
    yield Hostile("comments.rss", b"<!-- a -->\n" * 5000 + _rss("Ferry")[38:], 0)
    yield Hostile("deep.rss", b'<rss version="2.0"><channel><item>' + b"<a>" * 5_000, 2, flaw)
    yield Hostile("cut.rss", _rss("Ferry")[:-60], 2, flaw)
    yield Hostile("charset.rss", _rss("Ferry").replace(b"UTF-8", b"zlib_codec"), 0)


def _rss(title: str, doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<rss version="2.0"><channel><title>T</title>'
        f"<item><title>{title}</title><description>{PROSE}</description></item></channel></rss>"
    ).encode()


def _archives() -> Iterator[Hostile]:
    body = b"<!DOCTYPE html><html><body><p>" + PROSE.encode() + b"</p></body></html>"
    whole = page(body)
    damaged = "damaged WARC: Invalid WARC header: what follows can't be read"
    yield Hostile("short.warc", whole + page(body, length=10) + whole, 2, damaged)
    yield Hostile("long.warc", whole + page(body, length=len(body) + 9999) + whole, 2, "#1: the record ends early")
    yield Hostile("negative.warc", whole + page(body, length=-5) + whole, 2, damaged)
    yield Hostile("immense.warc", whole + page(body, length=10**15), 2, f"#1: {TOO_LARGE}")
    yield Hostile("bare.warc", whole + b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + body, 2, damaged)
    yield Hostile("cut.warc", whole + b"WARC/1.0\r\nWARC-Ty", 2, "the archive ends early")
    yield Hostile("headers.warc", whole + b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000, 2, "damaged WARC: ")
    yield Hostile("noise.warc", b"WARC/1.0\r\n" + random.Random(1).randbytes(100_000), 2, "damaged WARC: ")
    yield Hostile("chunks.warc", whole + page(b"zzz\r\n" + body, b"Transfer-Encoding: chunked\r\n"), 0)
    broken = page(gzip.compress(body)[:-20], b"Content-Encoding: gzip\r\n")
    yield Hostile("packed.warc", whole + broken + whole, 2, "#1: gzip data ends early")
    bomb = page(gzip.compress(b" " * (17 << 20)), b"Content-Encoding: gzip\r\n")
    yield Hostile("bomb.warc", whole + bomb + whole, 2, f"#1: {TOO_LARGE}")
    unknown = page(b"\x8b\x03\x80\xff" * 9, b"Content-Encoding: br\r\n")
    yield Hostile("brotli.warc", whole + unknown, 2, "#1: packed as 'br', expected gzip or deflate")
    junk = "gzip data is damaged: Not a gzipped file"
    yield Hostile("garbage.warc.gz", gzip.compress(whole) + gzip.compress(whole) + b"garbage", 2, junk)


def page(body: bytes, headers: bytes = b"", length: int | None = None) -> bytes:
    """A record with a page, and a length that may lie (it is then that of the whole block)."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + headers + b"\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Target-URI: https://example.org/a\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block) if length is None else length, block)
    )


def _parquet() -> Iterator[Hostile]:
    import pyarrow

    whole = table({"text": [PROSE, PROSE]})
    twice = pyarrow.table([pyarrow.array(["a"]), pyarrow.array(["b"])], names=["text", "text"])
    yield Hostile("twice.parquet", table(twice), 0)
    yield Hostile("empty.parquet", b"", 2, "damaged Parquet: ")
    yield Hostile("head.parquet", b"PAR1", 2, "damaged Parquet: ")
    yield Hostile("no-footer.parquet", whole[:-8], 2, "damaged Parquet: ")
    for length in (0, 9, 2**31 - 1, 2**32 - 1):
        lie = whole[:-8] + struct.pack("<I", length) + b"PAR1"
        yield Hostile(f"footer-{length}.parquet", lie, 2, "damaged Parquet: ")
    yield Hostile("middle.parquet", whole[:20] + b"\xff" * 40 + whole[60:], 2, "damaged Parquet: ")
    yield Hostile("no-text.parquet", table({"a": [1]}), 2, "no column with a text: found a")
    yield Hostile("nested.parquet", table({"text": [["a"], ["b"]]}), 2, "#0: field 'text' is a list, not a string")
    yield Hostile("struct.parquet", table({"text": [{"a": {"b": 1}}]}), 2, "#0: field 'text' is an object")
    buffers = pyarrow.array([b"good", b"\xff\xfe", b"good"]).buffers()
    latin = pyarrow.Array.from_buffers(pyarrow.string(), 3, buffers)
    yield Hostile("latin.parquet", table({"text": latin}), 0, "not valid UTF-8; read as cp1252")
    dates = pyarrow.array([2**31 - 1, 1], pyarrow.date32())
    yield Hostile("dates.parquet", table({"text": ["a", "b"], "date": dates}), 0, "column 'date' holds what can't be")


def table(columns: Any, **options: Any) -> bytes:
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, compression="zstd", **options)
    return out.getvalue()


def _packed() -> Iterator[Hostile]:
    text = "".join(f"{PROSE} {number}\n" for number in range(300)).encode()
    packed = gzip.compress(text)
    for cut in (2, 9, 30, len(packed) // 2, len(packed) - 8, len(packed) - 1):
        said = "gzip data ends early"
        yield Hostile(f"cut-{cut}.txt.gz", packed[:cut], 2, said)
    lie = packed[:-8] + struct.pack("<I", 1) + packed[-4:]
    yield Hostile("checksum.txt.gz", lie, 2, "gzip data is damaged: CRC check failed")
    yield Hostile("garbage.txt.gz", packed + packed + b"garbage", 2, "gzip data is damaged: Not a gzipped file")
    yield Hostile("twice.txt.gz", gzip.compress(packed), 2, BINARY)
    yield Hostile("named.txt.gz", text, 2, "not gzip data, though its name ends in .gz")
    yield Hostile("bomb.txt.gz", lambda _: blanks_in_gzip(20), 2, TOO_LARGE)


def _zstandard() -> Iterator[Hostile]:
    import zstandard

    text = "".join(f"{PROSE} {number}\n" for number in range(300)).encode()
    packed = zstandard.compress(text)
    for cut in (4, 9, 30, len(packed) // 2, len(packed) - 1):
        yield Hostile(f"cut-{cut}.txt.zst", packed[:cut], 2, "zstandard data ends early")
    yield Hostile("cut.jsonl.zst", zstandard.compress(RECORD) + packed[:100], 2, "zstandard data ends early")
    yield Hostile("garbage.txt.zst", packed + b"garbage", 2, "zstandard data is damaged: ")
    yield Hostile(
        "bomb.jsonl.zst", lambda _: zstandard.compress(b" " * (300 << 20)), 2, "zstandard data unpacks to more than"
    )
    window = zstandard.ZstdCompressionParameters(window_log=30)
    writer = zstandard.ZstdCompressor(compression_params=window).compressobj()
    yield Hostile("window.txt.zst", writer.compress(text) + writer.flush(), 2, "zstandard data is damaged: ")


def blanks_in_gzip(mebibytes: int) -> bytes:
    """As many blanks, in members of 4 MiB: quickly packed, and all the same to who unpacks them."""
    return gzip.compress(b" " * (1 << 22)) * (mebibytes // 4)


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("article.txt", PROSE)
    return out.getvalue()


def _files() -> Iterator[Hostile]:
    irregular = "not a regular file"
    yield Hostile("dangling.txt", lambda path: path.symlink_to("nowhere"), 2, "no such file or directory")
    yield Hostile("loop.txt", lambda path: path.symlink_to(path.name), 2, "too many levels of symbolic links")
    yield Hostile("pipe.txt", lambda path: os.mkfifo(path), 2, irregular)
    yield Hostile("socket.txt", _socket, 2, irregular)
    yield Hostile("endless.txt", lambda path: path.symlink_to("/dev/zero"), 2, irregular)
    yield Hostile("directory.jsonl", lambda path: path.mkdir(), 2, "no articles found")
    yield Hostile("up", lambda path: path.symlink_to("."), 0)
    if os.geteuid():  # the administrator may read everything
        yield Hostile("forbidden.txt", _forbidden, 2, "permission denied")
    for suffix in ("txt", "md", "html", "rss", "json"):
        said = "larger than 16 MiB" if suffix != "json" else "larger than 16 MiB, and no array"
        yield Hostile(f"sparse.{suffix}", sparse(1 << 30), 2, said)
    yield Hostile("sparse.csv", sparse(1 << 30), 2, "line longer than 16 MiB")


def sparse(size: int) -> Callable[[Path], None]:
    """A file of so many NUL bytes, which take no room on the disk."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def _forbidden(path: Path) -> None:
    path.write_text(PROSE)
    path.chmod(0)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may have no more than 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)
