"""WARC and WET files: the pages, and the texts that others took from pages, of a crawl."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, cast

from linter.model import Article
from linter.readers import text
from linter.readers.decode import DecodingError, decode
from linter.readers.fields import absolute
from linter.readers.inputs import MissingExtraError, ReadOptions, failed, size_name

SUFFIXES = (".warc", ".wet")

_HTML = ("text/html", "application/xhtml+xml")
_PAGES = (*_HTML, "text/plain")


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The pages and texts, in order; other records are passed over. Raises MissingExtraError without fastwarc."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingExtraError("WARC", "fastwarc", "warc") from None
    wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    archive = ArchiveIterator(cast(Any, _Forward(stream)), record_types=wanted, parse_http=True)
    for number, page in enumerate(_pages(archive, options.max_size)):
        article = failed(path, page) if isinstance(page, str) else _article(page, path)
        article.record = number
        yield article


class _Page(NamedTuple):
    """What a record says, and its content."""

    kind: str
    data: bytes
    charset: str | None
    id: str
    url: str | None


def _pages(archive: Any, limit: int) -> Iterator[_Page | str]:
    """The pages and texts of an archive, or what is wrong with them. Raises OSError where it goes on no more."""
    try:
        for record in archive:
            kind = _content_type(record)
            if kind not in _PAGES:
                continue
            length = record.content_length
            if length > limit:
                yield f"larger than {size_name(limit)}"
                continue
            data = record.reader.read(length)
            if len(data) < length:
                yield "the record ends early"
                continue
            charset = record.http_charset if record.is_http else None
            yield _Page(kind, data, charset, record.record_id, record.headers.get("WARC-Target-URI"))
    except (OSError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the library is written in Rust, whose panics are no Exception
        raise OSError("damaged WARC: what follows can't be read") from None


class _Forward:
    """A stream that is read from its start to its end, packed or not; fastwarc asks where it is, and no more."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many were read."""
        return self._at


def _content_type(record: Any) -> str:
    kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (kind or "").partition(";")[0].strip().lower()


def _article(page: _Page, path: str) -> Article:
    from linter.readers import html

    is_html = page.kind in _HTML
    try:
        decoded = decode(page.data, page.charset or (html.declared_charset(page.data) if is_html else None))
    except DecodingError as error:
        return failed(path, str(error))
    article = html.parse(decoded.text, path) if is_html else text.parse(decoded.text, path)
    article.note, article.id = decoded.note, page.id
    article.url = absolute(page.url) or article.url
    return article
