"""Dumps of one JSON object per line, of any size, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from linter.model import Article
from linter.readers.decode import decode_cp1252
from linter.readers.fields import SURROGATE
from linter.readers.inputs import ReadOptions, failed, size_name
from linter.readers.records import RecordError, Records

SUFFIXES = (".jsonl", ".ndjson")

_SKIP = 1 << 16


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a dump, in order. What is wrong with a record is its article's `error`; the rest goes on."""

    def load(line: bytes | None) -> tuple[Any, str | None]:
        if line is None:
            raise RecordError(f"line longer than {size_name(options.max_size)}")
        return decode_json(line)

    records, record = Records(path, options), 0
    for number, line in _lines(stream, options.max_size):
        if number == 1 and line is not None:
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                yield failed(path, "UTF-16 text, expected JSON lines in UTF-8")
                return
            line = line.removeprefix(b"\xef\xbb\xbf")
            if b"\0" in line:
                yield failed(path, "looks like a binary file (NUL bytes)")
                return
        if line is not None and not line.strip():
            continue
        yield records.read(load, line, record, number)
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


def decode_json(line: bytes) -> tuple[Any, str | None]:
    """A JSON value, and what had to be assumed. Raises RecordError."""
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


def _clean(value: Any) -> Any:
    """Unpaired surrogates can be neither printed nor encoded: U+FFFD in their place, so that offsets hold."""
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return {key: _clean(item) for key, item in value.items()} if isinstance(value, dict) else value
