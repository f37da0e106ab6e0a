"""WARC and WET files: the pages, and the texts that others took from pages, of a crawl.

What a server says beside its pages is passed over: redirections, pages that tell of an error, robots.txt, and so are
the notes that a crawler leaves about itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from msgspec import Struct

from linter.model import Article
from linter.readers import text
from linter.readers.decode import DecodingError, decode
from linter.readers.fields import absolute
from linter.readers.inputs import MissingExtraError, ReadOptions, failed, notes, size_name
from linter.readers.pieces import Given, Piece
from linter.readers.unpack import UnpackError, packed_as

SUFFIXES = (".warc", ".wet")

_HTML = ("text/html", "application/xhtml+xml")
_PAGES = (*_HTML, "text/plain")
_CUT = "the record ends early"
_TOGETHER = 64  # pages of a piece at most
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_PACKED = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_PLAIN = ("", "identity", "utf-8")  # the last one is a common mistake


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The pages and texts, in order; other records are passed over. Raises MissingExtraError without fastwarc."""
    for piece in divide(stream, path, options):
        yield from piece.articles(options)


def divide(stream: BinaryIO, path: str, options: ReadOptions, file: Path | None = None) -> Iterator[Piece]:
    """The same as they stand in the archive, some together; it has to be unpacked from its start on."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingExtraError("WARC", "fastwarc", "warc") from None
    wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    forward = _Forward(stream)
    archive = ArchiveIterator(cast(Any, forward), record_types=wanted, parse_http=True)
    found, pages, record, size = _pages(archive, options.max_size), list[Found](), 0, 0
    failure, last = None, None
    while True:
        try:
            last = next(found)
        except StopIteration:
            break
        except OSError as error:  # what was read before it is good
            failure = error
            break
        pages.append(last)
        size += len(last.data) if isinstance(last, _Page) else 0
        if size >= options.piece or len(pages) >= _TOGETHER:
            yield Pages(path, record, pages)
            pages, record, size = [], record + len(pages), 0
    if pages:
        yield Pages(path, record, pages)
    if failure is not None:
        raise failure
    if last != _CUT and forward.last not in (b"", b"\n"):
        yield Given(path, [failed(path, "the archive ends early")])


class _Page(NamedTuple):
    """What a record says, and its content."""

    kind: str
    data: bytes
    charset: str | None
    id: str
    url: str | None


Found = _Page | str  # or what is wrong with it


class Pages(Struct, frozen=True):
    """Pages of an archive as they stand there; `record` is the number of the first (from 0)."""

    path: str
    record: int
    pages: list[Found]
    upto: int = 0

    def articles(self, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
        """The articles of the pages."""
        for number, page in enumerate(self.pages[skip:], self.record + skip):
            article = failed(self.path, page) if isinstance(page, str) else _article(page, self.path, options)
            article.record = number
            yield article

    def count(self, options: ReadOptions) -> tuple[int, bool]:
        """The number of the pages."""
        return len(self.pages), False

    def unread(self, number: int, error: str) -> Article:
        """The page."""
        return failed(self.path, error, record=self.record + number)


def _pages(archive: Any, limit: int) -> Iterator[Found]:
    """The pages and texts of an archive, or what is wrong with them. Raises OSError where it goes on no more."""
    try:
        for record in archive:
            kind = _content_type(record)
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # older versions of wget write it so
            if kind not in _PAGES or not _is_content(record, url):
                continue
            length = record.content_length
            if length > limit:
                yield f"larger than {size_name(limit)}"
                continue
            data = record.reader.read(length)
            if len(data) < length:
                yield _CUT
                continue
            try:
                data = _unpacked(data, record, limit)
            except _PackedError as error:
                yield str(error)
                continue
            charset = record.http_charset if record.is_http else None
            yield _Page(kind, data, charset, record.record_id, url)
    except OSError as error:
        if error.errno is not None or isinstance(error, UnpackError):
            raise
        raise OSError(f"damaged WARC: {str(error).rstrip('.')}: what follows can't be read") from None
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the library is written in Rust, whose panics are no Exception
        raise OSError("damaged WARC: what follows can't be read") from None


class _PackedError(Exception):
    """A page that can't be unpacked; the message says why."""


def _is_content(record: Any, url: str) -> bool:
    """Is a record of a server's contents?"""
    if not record.is_http:
        return not url.startswith("metadata:")  # the command and the log of wget
    status = record.http_headers.status_code
    return (status is None or 200 <= status < 300) and not url.endswith("/robots.txt")


def _unpacked(data: bytes, record: Any, limit: int) -> bytes:
    """What a server sent without the chunks and the packing that were for the way. Raises _PackedError.

    Many crawlers undo both, and keep the headers that speak of them.
    """
    if not record.is_http:
        return data
    if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
        data = _joined(data)
    told = (record.http_headers.get("Content-Encoding") or "").strip().lower()
    if told in _PLAIN or data.lstrip()[:1] == b"<":
        return data
    kind = _PACKED.get(told)
    if kind is None:
        raise _PackedError(f"packed as '{told[:20]}', expected gzip or deflate")
    if kind == "gzip" and packed_as(data[:4]) != "gzip":
        return data
    import zlib

    zlib_header = data[:1] == b"\x78"
    unpacker = zlib.decompressobj(31 if kind == "gzip" else 15 if zlib_header else -15)
    try:
        data = unpacker.decompress(data, limit + 1)
    except zlib.error:
        raise _PackedError(f"{kind} data is damaged") from None
    if len(data) > limit:
        raise _PackedError(f"larger than {size_name(limit)}")
    if not unpacker.eof:
        raise _PackedError(f"{kind} data ends early")
    return data


def _joined(data: bytes) -> bytes:
    """Chunks without their lengths; what isn't made of chunks as it stands."""
    parts, at = [], 0
    while at < len(data) and (chunk := _CHUNK.match(data, at)):
        start, at = chunk.end(), chunk.end() + int(chunk[1], 16)
        parts.append(data[start:at])
        if start == at:
            return b"".join(parts)
        at += 2 if data[at : at + 1] == b"\r" else 1
    return b"".join(parts) if parts and at >= len(data) else data


class _Forward:
    """A stream that is read from its start to its end, packed or not; fastwarc asks where it is, and no more.

    `last` is its last byte so far.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._at, self.last = stream, 0, b""

    def read(self, size: int = -1) -> bytes:
        """Some of the next bytes: those before damage are not to wait for it."""
        data = cast(bytes, cast(Any, self._stream).read1(size))
        self._at += len(data)
        self.last = data[-1:] or self.last
        return data

    def tell(self) -> int:
        """How many were read."""
        return self._at


def _content_type(record: Any) -> str:
    kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (kind or "").partition(";")[0].strip().lower()


def _article(page: _Page, path: str, options: ReadOptions) -> Article:
    from linter.readers import html

    is_html = page.kind in _HTML
    try:
        decoded = decode(page.data, page.charset or (html.declared_charset(page.data) if is_html else None))
    except DecodingError as error:
        return failed(path, str(error))
    article = html.parse(decoded.text, path, options) if is_html else text.parse(decoded.text, path)
    article.note, article.id = notes(decoded.note, article.note), page.id
    article.url = absolute(page.url) or article.url
    return article
