"""WARC and WET files: the pages, and the texts that others took from pages, of a crawl."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

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
    number = 0
    try:
        for record in ArchiveIterator(cast(Any, _Forward(stream)), record_types=wanted, parse_http=True):
            kind = _content_type(record)
            if kind in _PAGES:
                article = _article(record, kind, path, options)
                article.record = number
                number += 1
                yield article
    except GeneratorExit:
        raise
    except OSError:
        raise
    except BaseException as error:  # the library is written in Rust, whose panics are no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        yield failed(path, "damaged WARC: what follows can't be read")


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


def _article(record: Any, kind: str, path: str, options: ReadOptions) -> Article:
    from linter.readers import html

    length = record.content_length
    if length > options.max_size:
        return failed(path, f"larger than {size_name(options.max_size)}")
    data = record.reader.read(length)
    if len(data) < length:
        return failed(path, "the record ends early")
    charset = record.http_charset if record.is_http else None
    try:
        decoded = decode(data, charset or (html.declared_charset(data) if kind in _HTML else None))
    except DecodingError as error:
        return failed(path, str(error))
    article = html.parse(decoded.text, path) if kind in _HTML else text.parse(decoded.text, path)
    article.note = decoded.note
    article.id = record.record_id
    article.url = absolute(record.headers.get("WARC-Target-URI")) or article.url
    return article
