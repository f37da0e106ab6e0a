"""Dumps of one JSON object per line, of any size, in constant memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
from msgspec import Struct

from linter.model import Article
from linter.readers.decode import decode_cp1252
from linter.readers.fields import SURROGATE
from linter.readers.inputs import ReadOptions, failed, size_name
from linter.readers.pieces import Given, Piece
from linter.readers.records import RecordError, Records

SUFFIXES = (".jsonl", ".ndjson")

_MARK = b"\xef\xbb\xbf"
_READ = 1 << 20  # bytes at once


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a dump, in order. What is wrong with a record is its article's `error`; the rest goes on."""
    for piece in divide(stream, path, options):
        yield from piece.articles(options)


def divide(stream: BinaryIO, path: str, options: ReadOptions, file: Path | None = None) -> Iterator[Piece]:
    """The lines of a dump, many together: where they stand in `file`, or where that is None the bytes themselves.

    Lines and records are counted here, so that the pieces know their numbers.
    """
    line, record = 1, 0
    for at, data in _blocks(stream, options.max_size, options.piece):
        if data is None:
            yield Lines(path, line, record, 1)
            line, record = line + 1, record + 1
            continue
        lines = io.BytesIO(data).readlines()
        if line == 1 and not _is_long(lines[0], options.max_size):
            if problem := _problem(lines[0]):
                yield Given(path, [failed(path, problem)])
                return
            lines[0] = lines[0].removeprefix(_MARK) or b"\n"
        blank = [one for one in lines if one.isspace()]
        records = len(lines) - len(blank) + sum(_is_long(one, options.max_size) for one in blank)
        if file is None:
            yield Lines(path, line, record, records, data=data)
        else:
            yield Lines(path, line, record, records, file, at, len(data))
        line, record = line + len(lines), record + records


def _is_long(line: bytes, limit: int) -> bool:
    return len(line) > limit and len(line) - line.endswith(b"\n") > limit


def _problem(line: bytes) -> str | None:
    """Why what begins with this line is no dump."""
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16 text, expected JSON lines in UTF-8"
    return "looks like a binary file (NUL bytes)" if b"\0" in line else None


class Lines(Struct, frozen=True):
    """Whole lines of a dump: a range of bytes in a file, or the bytes; what has neither is one line that is too long.

    `line` is the number of the first (from 1), `record` that of its first record (from 0), of which it has `records`.
    """

    path: str
    line: int
    record: int
    records: int
    file: Path | None = None
    start: int = 0
    size: int = 0
    data: bytes | None = None
    upto: int = 0

    def articles(self, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
        """The articles of its records."""

        def load(line: bytes | None) -> tuple[Any, str | None]:
            if line is None:
                raise RecordError(f"line longer than {size_name(options.max_size)}")
            return decode_json(line)

        records, record = Records(self.path, options), self.record
        for number, line in enumerate(self._lines(options.max_size), self.line):
            if line is not None:
                if number == 1:
                    line = line.removeprefix(_MARK)
                if not line or line.isspace():
                    continue
            if record - self.record >= skip:
                yield records.read(load, line, record, number)
            record += 1

    def _lines(self, limit: int) -> Iterator[bytes | None]:
        """The lines with their ends; None for one of more than `limit` bytes. Raises OSError."""
        data = self.data
        if self.file is not None:
            with self.file.open("rb") as file:
                file.seek(self.start)
                data = file.read(self.size)
            if len(data) < self.size:
                raise OSError("became shorter while it was read")
        for line in [None] if data is None else io.BytesIO(data):
            yield None if line is None or _is_long(line, limit) else line

    def count(self, options: ReadOptions) -> tuple[int, bool]:
        """The number of its records, which was counted when it was made."""
        return self.records, False

    def unread(self, number: int, error: str) -> Article:
        """The record."""
        return failed(self.path, error, record=self.record + number)


def _blocks(stream: BinaryIO, limit: int, size: int) -> Iterator[tuple[int, bytes | None]]:
    """Whole lines of at least `size` bytes together, and where each block begins, as soon as they are there.

    None for a line of more than `limit` bytes, which is never held as a whole: what is held is never much more than
    that. Damage is raised behind the lines before it.
    """
    at, skipping, failure = 0, False, None
    whole, rest = bytearray(), bytearray()  # lines, and the beginning of the next one
    while True:
        try:
            data = cast(bytes, cast(Any, stream).read1(min(size or _READ, _READ)))
        except Exception as error:  # what was read before it is good
            failure, rest = error, bytearray()
            break
        if not data:
            break
        if skipping:
            start = data.find(b"\n") + 1
            at += start or len(data)
            skipping = not start
            data = data[start:] if start else b""
        end = data.rfind(b"\n") + 1
        if end:
            whole += rest
            whole += data[:end]
            rest = bytearray(data[end:])
        else:
            rest += data
        if len(whole) >= max(size, 1) or (whole and len(rest) > limit):
            yield at, bytes(whole)
            at += len(whole)
            whole.clear()
        if len(rest) > limit:
            yield at, None
            at += len(rest)
            rest, skipping = bytearray(), True
    for block in (whole, rest):
        if block:
            yield at, bytes(block)
            at += len(block)
    if failure is not None:
        raise failure


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
