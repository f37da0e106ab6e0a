"""Dumps of one JSON object per line, plain or gzipped, of any size, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import msgspec

from linter.model import Article
from linter.readers import text
from linter.readers.decode import decode_cp1252
from linter.readers.fields import AUTHORS, DATES, first, words
from linter.readers.inputs import ReadOptions, failed, size_name

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

# The usual keys of dumps, most telling first. `--field NAME=KEY` puts another key in the place of a whole row.
KEYS: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "maintext", "article", "raw_content"),
    "html": ("html",),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url"),
    "author": AUTHORS,
    "date": DATES,
    "publisher": ("publisher", "site_name", "source_domain"),
    "language": ("lang", "language"),
    "id": ("id",),
}
_GZIP = b"\x1f\x8b"
_SURROGATE = re.compile("[\ud800-\udfff]")
_SKIP = 1 << 16
_KINDS = {
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


class RecordError(ValueError):
    """What is wrong with one record, in words."""


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a dump, in order. What is wrong with a record is its article's `error`; the rest goes on."""
    import gzip
    import zlib

    head = cast(Any, stream).peek(4)[:4]
    packed = head.startswith(_GZIP)
    if path.lower().endswith(".gz") and not packed:
        yield failed(path, "not gzip data, though its name ends in .gz")
        return
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield failed(path, "UTF-16 text, expected JSON lines in UTF-8")
        return
    lines = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if packed else stream
    keys = {name: (options.field[name],) if name in options.field else usual for name, usual in KEYS.items()}
    try:
        yield from _records(lines, path, keys, options)
    except EOFError:
        yield failed(path, "gzip data ends early")
    except (gzip.BadGzipFile, zlib.error) as error:
        yield failed(path, f"gzip data is damaged: {error}")


def _records(stream: BinaryIO, path: str, keys: dict[str, tuple[str, ...]], options: ReadOptions) -> Iterator[Article]:
    record = 0
    for number, line in _lines(stream, options.max_size):
        if number == 1 and line is not None:
            line = line.removeprefix(b"\xef\xbb\xbf")
            if b"\0" in line:
                yield failed(path, "looks like a binary file (NUL bytes)")
                return
        if line is not None and not line.strip():
            continue
        try:
            if line is None:
                raise RecordError(f"line longer than {size_name(options.max_size)}")
            article = _article(line, path, keys, mapped=options.field)
        except RecordError as error:
            article = failed(path, str(error))
        article.record, article.source_line = record, number
        yield article
        record += 1


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """(1-based number, line) of every line; None for one of more than `limit` bytes, which is never held as a whole."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(_SKIP)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def _article(line: bytes, path: str, keys: dict[str, tuple[str, ...]], mapped: dict[str, str]) -> Article:
    values, note = _decode(line)
    if not isinstance(values, dict):
        raise RecordError(f"not an object but {_KINDS[type(values)]}")
    wants_html = "html" in mapped and "text" not in mapped
    body = None if wants_html else _string(values, keys["text"])
    markup = _string(values, keys["html"]) if body is None else None
    if body is not None:
        article = text.parse(body, path)
    elif markup is not None:
        from linter.readers import html

        article = html.parse(markup, path)
    else:
        raise RecordError(f"no text: expected {_one_of(keys['html' if wants_html else 'text'])}")
    article.title = first(values, keys["title"]) or article.title
    article.url = first(values, keys["url"]) or article.url
    article.author = first(values, keys["author"]) or article.author
    article.date = first(values, keys["date"]) or article.date
    article.publisher = first(values, keys["publisher"]) or article.publisher
    article.language = first(values, keys["language"]) or article.language
    article.id = _identity(values, keys["id"])
    article.note = note
    return article


def _decode(line: bytes) -> tuple[Any, str | None]:
    """The JSON value of a line, and what had to be assumed."""
    try:
        return msgspec.json.decode(line), None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    import json

    note = None
    try:
        decoded = line.decode("utf-8")
    except UnicodeDecodeError:
        decoded, note = decode_cp1252(line), "not valid UTF-8; read as cp1252"
    try:
        # The slower decoder also takes what other programs write: NaN, unpaired surrogates.
        return _clean(json.loads(decoded)), note
    except json.JSONDecodeError as error:
        raise RecordError(f"not valid JSON: {error.msg.lower().removesuffix(' at')} at column {error.colno}") from None
    except (RecursionError, ValueError):
        raise RecordError("not valid JSON: nested too deeply, or a number too long") from None


def _string(values: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    """The first of `keys` that is there and not null; it has to be a string."""
    for key in keys:
        value = values.get(key)
        if isinstance(value, str):
            return value
        if value is not None:
            raise RecordError(f"field '{key}' is {_KINDS[type(value)]}, not a string")
    return None


def _identity(values: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    value = values.get(keys[0])
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return words(value)


def _clean(value: Any) -> Any:
    """Unpaired surrogates can be neither printed nor encoded: U+FFFD in their place, so that offsets hold."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return {key: _clean(item) for key, item in value.items()} if isinstance(value, dict) else value


def _one_of(keys: tuple[str, ...]) -> str:
    return f"one of {', '.join(keys)}" if len(keys) > 1 else f"'{keys[0]}'"
