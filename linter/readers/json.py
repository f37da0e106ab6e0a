"""JSON documents: an array of objects, an object that holds one, a JSON Feed, or one object that is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from linter.model import Article
from linter.readers.inputs import ReadOptions, failed, size_name
from linter.readers.jsonl import decode_json
from linter.readers.records import RecordError, Records

SUFFIXES = (".json",)
NAMED_ONLY = True

_CHUNK = 1 << 18
_SPACE = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"
_STRUCTURE = re.compile(rb'["{}\[\],]')
_IN_STRING = re.compile(rb'["\\]')
_FEED = "https://jsonfeed.org/version/"
# The fields of a JSON Feed's items (jsonfeed.org, version 1.1) under the names of dumps.
_FEED_KEYS = {
    "content_text": "text", "content_html": "html", "title": "title", "url": "url", "date_published": "date",
    "language": "language", "id": "id",
}  # fmt: skip


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a document; those of an array one by one, so that it may be of any size."""

    def load(element: bytes | None) -> tuple[Any, str | None]:
        if element is None:
            raise RecordError(f"longer than {size_name(options.max_size)}")
        return decode_json(element)

    records = Records(path, options)
    head = stream.read(len(_MARK))
    buffer = _Buffer(stream, b"" if head == _MARK else head)
    if buffer.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield failed(path, "UTF-16 text, expected JSON in UTF-8")
        return
    if buffer.begins() != b"[":
        yield from _document(buffer.rest(options.max_size + 1), path, options, records)
        return
    del buffer.data[:1]
    for number, element in enumerate(_elements(buffer, options.max_size)):
        yield records.read(load, element, number)
    if buffer.cut:
        yield failed(path, "not valid JSON: the array ends early")
    elif buffer.begins():
        yield failed(path, "not valid JSON: something follows the array")


def _document(data: bytes, path: str, options: ReadOptions, records: Records) -> Iterator[Article]:
    """The articles of a document that is no array."""
    if len(data) > options.max_size:
        yield failed(path, f"larger than {size_name(options.max_size)}, and no array of articles")
        return
    try:
        values, note = decode_json(data)
    except RecordError as error:
        yield failed(path, str(error))
        return
    items = _items(values, records)
    for number, item in enumerate([values] if items is None else items):
        yield records.read(lambda item: (item, note), item, None if items is None else number)


def _items(values: Any, records: Records) -> list[Any] | None:
    """The records in a document; None where it is one itself."""
    if not isinstance(values, dict):
        return None
    if str(values.get("version", "")).startswith(_FEED):
        items = values.get("items")
        return [_of_feed(item, values) for item in items] if isinstance(items, list) else []
    lists = [value for value in values.values() if _is_list(value)]
    return lists[0] if len(lists) == 1 and records.keys.isdisjoint(values) else None


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _of_feed(item: Any, feed: dict[str, Any]) -> Any:
    """An item of a JSON Feed as a record of a dump."""
    if not isinstance(item, dict):
        return item
    record = {ours: item[theirs] for theirs, ours in _FEED_KEYS.items() if item.get(theirs) is not None}
    if "html" in record:
        record.pop("text", None)  # the same without its markup
    record["author"] = item.get("authors") or item.get("author") or feed.get("authors") or feed.get("author")
    record["publisher"] = feed.get("title")
    return record


class _Buffer:
    """The bytes of a stream, taken off at the front."""

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        self._stream, self.data, self.cut = stream, bytearray(head), False

    def more(self) -> bool:
        """Read on; False at the end."""
        data = self._stream.read(_CHUNK)
        self.data += data
        return bool(data)

    def begins(self) -> bytes:
        """The first sign behind white space, which is taken off; b"" at the end."""
        while not (rest := self.data.lstrip(_SPACE)):
            self.data.clear()
            if not self.more():
                break
        self.data = rest
        return bytes(rest[:1])

    def rest(self, limit: int) -> bytes:
        """What is left, up to a size."""
        while len(self.data) < limit and self.more():
            pass
        return bytes(self.data[:limit])


def _elements(buffer: _Buffer, limit: int) -> Iterator[bytes | None]:
    """The elements of an array behind its bracket; None for one of more than `limit` bytes, which is not kept."""
    depth, at, long, in_string = 0, 0, False, False
    while True:
        found = (_IN_STRING if in_string else _STRUCTURE).search(buffer.data, at)
        if found is None:
            at = max(at, len(buffer.data))  # a backslash at the end takes the next one with it
            if at > limit:
                at -= len(buffer.data)
                buffer.data.clear()
                long = True
            if not buffer.more():
                buffer.cut = True
                return
            continue
        sign, at = found[0], found.end()
        if sign == b'"':
            in_string = not in_string
        elif sign == b"\\":
            at += 1
        elif sign in b"{[":
            depth += 1
        elif depth and sign in b"}]":
            depth -= 1
        elif not depth and sign in b",]":
            element = bytes(buffer.data[: at - 1])
            if long or element.strip(_SPACE):
                yield None if long or len(element) > limit else element
            del buffer.data[:at]
            if sign == b"]":
                return
            at, long = 0, False
