"""Parquet files, read row by row; only the columns that say something about an article."""

from __future__ import annotations

import os
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, count
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from linter.model import Article
from linter.readers.inputs import MissingExtraError, ReadOptions, failed
from linter.readers.pieces import Given, Here, Piece
from linter.readers.records import Records

SUFFIXES = (".parquet", ".pq")

_ROWS = 1  # at a time: a file of a few kilobytes can hold the same 16 MiB in every row, and more cost as much
_BUFFER = 1 << 20  # bytes of a column that are read at once; else all of a row group
# As for packed data: columns made to fill the memory unpack to thousands of times their size.
_FREE, _MOST = 256 << 20, 1000
_TOGETHER = 512  # rows of a piece at most


class Row(NamedTuple):
    """A record of a table, with all of its columns and their types (`Article.raw`)."""

    batch: Any  # pyarrow.RecordBatch
    row: int


def together(rows: list[Row | None]) -> list[Row | None]:
    """The same records in one table; as they are where it can't be made."""
    import pyarrow as pa

    try:
        table = pa.Table.from_batches([row.batch.slice(row.row, 1) for row in rows if row is not None])
        (batch,) = table.combine_chunks().to_batches()
    except (pa.ArrowException, ValueError):
        return rows
    numbers = count()
    return [None if row is None else Row(batch, next(numbers)) for row in rows]


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a table. Raises MissingExtraError without pyarrow."""
    for piece in divide(stream, path, options):
        yield from piece.articles(options)


def divide(stream: BinaryIO, path: str, options: ReadOptions, file: Path | None = None) -> Iterator[Piece]:
    """The rows of a table, many together where it is in a `file` as it stands. Raises MissingExtraError."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError("Parquet", "pyarrow", "parquet") from None
    if file is None:
        yield Here(path, _streamed(stream, path, options))
        return
    try:
        table = _opened(stream)
        if problem := _problem(table, options):
            yield Given(path, [failed(path, problem)])
            return
        stamp, total = _stamp(stream), max(table.metadata.num_rows, 1)
        for start, rows in _ranges(table.metadata, options.piece):
            yield Rows(path, file, stamp, start, rows, stamp[0] * (start + rows) // total)
    except (pyarrow.ArrowException, OSError) as error:
        yield Given(path, [failed(path, _damaged(error))])


def _streamed(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a table that is in no file, or that can't be opened once more."""
    import shutil
    import tempfile

    import pyarrow

    with tempfile.TemporaryFile() as spool:
        if not stream.seekable():  # the table of contents stands at the end
            shutil.copyfileobj(stream, spool)
            stream = spool
        try:
            table = _opened(stream)
            if problem := _problem(table, options):
                yield failed(path, problem)
                return
            columns = None if options.keep else _columns(table, options)
            yield from _articles(_batches(table, columns), path, options, count())
        except (pyarrow.ArrowException, OSError) as error:
            yield failed(path, _damaged(error))


def _opened(stream: BinaryIO) -> Any:
    from pyarrow import parquet

    return parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)


def _damaged(error: Exception) -> str:
    return f"damaged Parquet: {' '.join(str(error).split())[:200]}"


def _problem(table: Any, options: ReadOptions) -> str | None:
    """Why there is nothing to be read in a table."""
    if not _columns(table, options):
        names = ", ".join(table.schema_arrow.names[:6])
        return f"no column with a text: found {names}; say which with --field text=NAME"
    if _is_bomb(table.metadata):
        return f"a column unpacks to more than {_MOST:,} times its size"
    return None


def _columns(table: Any, options: ReadOptions) -> list[str]:
    keys = Records("", options).keys
    return [name for name in dict.fromkeys(table.schema_arrow.names) if name in keys]


def _batches(table: Any, columns: list[str] | None, first: int = 0) -> Iterator[Any]:
    """The rows from a row group on, each a batch.

    Group by group: where damage shows then does not depend on where reading began.
    """
    for group in range(first, table.metadata.num_row_groups):
        yield from table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False, row_groups=[group])


def _articles(batches: Iterator[Any], path: str, options: ReadOptions, numbers: Iterator[int]) -> Iterator[Article]:
    from linter.readers._cells import Cells

    records = Records(path, options)
    for batch in batches:
        cells = Cells(batch, records.keys, options.max_size)
        for row in range(batch.num_rows):
            article = records.read(cells.load, row, next(numbers))
            article.raw = Row(batch, row) if options.keep else None
            yield article


def _ranges(metadata: Any, size: int) -> Iterator[tuple[int, int]]:
    """(first row, rows) of pieces of about `size` bytes, as far as the table of contents tells."""
    start = rows = 0
    filled = 0.0
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        each = group.total_byte_size / max(group.num_rows, 1)
        left = group.num_rows
        while left:
            room = min(_TOGETHER - rows, int((size - filled) / each) + 1 if each > 0 else _TOGETHER)
            taken = min(left, max(room, 1))
            rows, left, filled = rows + taken, left - taken, filled + taken * each
            if rows >= _TOGETHER or filled >= size:
                yield start, rows
                start, rows, filled = start + rows, 0, 0.0
    if rows:
        yield start, rows


class Rows(Struct, frozen=True):
    """Rows of a table in a file that has a size and a time of change: `start` is the number of the first (from 0)."""

    path: str
    file: Path
    stamp: tuple[int, int]
    start: int
    rows: int
    upto: int = 0

    def articles(self, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
        """The articles of its rows."""
        import pyarrow

        try:
            batches = _walk(self, options).rows(self.start + skip, max(self.rows - skip, 0))
            yield from _articles(batches, self.path, options, count(self.start + skip))
        except (pyarrow.ArrowException, OSError) as error:
            yield failed(self.path, _damaged(error))

    def count(self, options: ReadOptions) -> tuple[int, bool]:
        """How many can be read, and whether there is damage behind them: the table of contents can't tell."""
        import pyarrow

        found = 0
        try:
            for _ in _walk(self, options).rows(self.start, self.rows):
                found += 1
        except (pyarrow.ArrowException, OSError):
            return found + 1, True
        return found, False

    def unread(self, number: int, error: str) -> Article:
        """The record."""
        return failed(self.path, error, record=self.start + number)


class _Walk:
    """A table on which a process goes on from piece to piece: to begin within a row group costs all that is before it.

    Raises OSError where the file is not the one that was divided.
    """

    def __init__(self, key: _Key) -> None:
        self.key = key
        self._table = _opened(_unchanged(key.file.open("rb"), key.stamp))
        self._columns = None if key.options.keep else _columns(self._table, key.options)
        metadata = self._table.metadata
        sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        self._firsts = list(accumulate(sizes, initial=0))  # rows of the row groups, and of the end
        self._batches: Iterator[Any] = iter(())
        self._at, self._begun = 0, False  # the next row

    def rows(self, start: int, rows: int) -> Iterator[Any]:
        """Some rows, each a batch."""
        group = max(bisect(self._firsts, start) - 1, 0)
        if not (self._begun and self._firsts[group] <= self._at <= start):
            self._at, self._batches = self._firsts[group], _batches(self._table, self._columns, group)
        self._begun = False  # until it is known to have gone well
        while self._at < start + rows:
            batch = next(self._batches, None)
            if batch is None:
                break
            self._at += batch.num_rows
            if self._at > start:
                self._begun = True
                yield batch
                self._begun = False
        self._begun = True


class _Key(NamedTuple):
    process: int  # a forked one must not read where its parent does: they would share the place in the file
    file: Path
    stamp: tuple[int, int]
    options: ReadOptions


_latest: _Walk | None = None  # one file is kept open


def _walk(piece: Rows, options: ReadOptions) -> _Walk:
    global _latest
    key = _Key(os.getpid(), piece.file, piece.stamp, replace(options, told=set()))
    if _latest is None or _latest.key != key:
        _latest = None
        _latest = _Walk(key)
    return _latest


def _stamp(stream: BinaryIO) -> tuple[int, int]:
    found = os.fstat(stream.fileno())
    return found.st_size, found.st_mtime_ns


def _unchanged(stream: BinaryIO, stamp: tuple[int, int]) -> BinaryIO:
    """The same stream. Raises OSError where its file has changed."""
    if _stamp(stream) != stamp:
        stream.close()
        raise OSError("it has changed while it was read")
    return stream


def _is_bomb(metadata: Any) -> bool:
    """Does a column unpack to far more than anything that is written for people?"""
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            size = column.total_uncompressed_size
            if size > _FREE and size > _MOST * column.total_compressed_size:
                return True
    return False
