"""CSV and TSV dumps: a row of names, and a record per row; commas, semicolons, tabs or bars between the fields."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO, cast

from linter.model import Article
from linter.readers.decode import DecodingError, decode, decode_cp1252
from linter.readers.inputs import ReadOptions, failed, size_name
from linter.readers.records import RecordError, Records

SUFFIXES = (".csv", ".tsv")
NAMED_ONLY = True

_MARK = b"\xef\xbb\xbf"
_SEPARATORS = "\t;,|"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_TOLD = re.compile(r"sep=([\t;,|])\s*", re.IGNORECASE)  # a first line that is for Excel
_UNDECODED = re.compile("[\udc80-\udcff]")


class _TableError(Exception):
    """The table can't be read on; the message says why."""


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a table. A record with fields too many or too few is an error of that record."""
    head = cast(Any, stream).peek(4)[:4]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from _utf16(stream.read(options.max_size), path, options)
        return
    stream.read(len(_MARK) if head.startswith(_MARK) else 0)
    yield from _rows(_lines(stream, options.max_size), path, options)


def _utf16(data: bytes, path: str, options: ReadOptions) -> Iterator[Article]:
    """A spreadsheet's "Unicode text" is small enough to be read as a whole."""
    if len(data) >= options.max_size:
        yield failed(path, f"UTF-16 table larger than {size_name(options.max_size)}, expected UTF-8")
        return
    try:
        table = io.StringIO(decode(data).text, newline="")
    except DecodingError as error:
        yield failed(path, str(error))
        return
    yield from _rows(table, path, options)


def _rows(lines: Iterator[str], path: str, options: ReadOptions) -> Iterator[Article]:
    import csv

    csv.field_size_limit(options.max_size)
    records = Records(path, options)
    try:
        first = next(lines, "")
        if "\0" in first:
            yield failed(path, "looks like a binary file (NUL bytes)")
            return
        told = _TOLD.fullmatch(first)
        bounded = _Bounded(lines if told else chain([first], lines), options.max_size)
        rows = csv.reader(bounded, delimiter=told[1] if told else _separator(first))
        names = [_repaired(name)[0].strip() for name in next(rows, [])]
        if records.keys.isdisjoint(names):
            shown = ", ".join(names[:6]) or "nothing"
            yield failed(path, f"no row of names with a text: found {shown}; say which with --field text=NAME")
            return

        def load(row: list[str]) -> tuple[dict[str, str | None], str | None]:
            if len(row) != len(names):
                raise RecordError(f"{len(row)} fields, expected {len(names)}")
            values, odd = zip(*map(_repaired, row), strict=True)
            note = "not valid UTF-8; read as cp1252" if any(odd) else None
            return {name: value or None for name, value in zip(names, values, strict=True)}, note

        bounded.length, line, number = 0, rows.line_num, 0
        for row in rows:
            if row:
                yield records.read(load, row, number, line + 1)
                number += 1
            bounded.length, line = 0, rows.line_num
    except _TableError as error:
        yield failed(path, str(error))
    except csv.Error as error:
        # The reader's own advice on a CR within a line is for programmers.
        what = "CR within a line, expected lines that end in LF or CR LF" if "new-line" in str(error) else error
        yield failed(path, f"not a valid table: {what}")


class _Bounded:
    """The lines of a table for the reader, which asks for the next one until a row is complete.

    `length` is that of the row so far, in code points; whoever takes a row sets it to 0. Raises _TableError: a
    quotation mark that is never closed would take in the whole file.
    """

    def __init__(self, lines: Iterator[str], limit: int) -> None:
        self._lines, self._limit, self.length = lines, limit, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is not None:
            self.length += len(line)
        if self.length > self._limit:
            raise _TableError(f"row longer than {size_name(self._limit)}: is a quotation mark never closed?")
        if line is None:
            if self.length:
                raise _TableError("the table ends within quotation marks: is one never closed?")
            raise StopIteration
        return line


def _lines(stream: BinaryIO, limit: int) -> Iterator[str]:
    """The lines; bytes that are no UTF-8 are kept as they are until their record is known."""
    while line := stream.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            raise _TableError(f"line longer than {size_name(limit)}")
        yield line.decode("utf-8", "surrogateescape")


def _repaired(value: str) -> tuple[str, bool]:
    """A value, as cp1252 where it was no UTF-8; was it none?"""
    if not _UNDECODED.search(value):
        return value, False
    return decode_cp1252(value.encode("utf-8", "surrogateescape")), True


def _separator(line: str) -> str:
    """What parts the names of the first row."""
    bare = _QUOTED.sub("", line)
    return max(_SEPARATORS, key=bare.count) if any(sign in bare for sign in _SEPARATORS) else ","
