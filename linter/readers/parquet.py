"""Parquet files, read row by row; only the columns that say something about an article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO, NamedTuple

from linter.model import Article
from linter.readers.decode import decode_cp1252
from linter.readers.inputs import MissingExtraError, ReadOptions, failed, size_name
from linter.readers.records import RecordError, Records

SUFFIXES = (".parquet", ".pq")

_ROWS = 1  # at a time: a file of a few kilobytes can hold the same 16 MiB in every row, and more cost as much
_BUFFER = 1 << 20  # bytes of a column that are read at once; else all of a row group
# As for packed data: columns made to fill the memory unpack to thousands of times their size.
_FREE, _MOST = 256 << 20, 1000


class Row(NamedTuple):
    """A record of a table, with all of its columns and their types (`Article.raw`)."""

    batch: Any  # pyarrow.RecordBatch
    row: int


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The articles of a table. Raises MissingExtraError without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("Parquet", "pyarrow", "parquet") from None
    import shutil
    import tempfile

    with tempfile.TemporaryFile() as spool:
        if not stream.seekable():  # the table of contents stands at the end
            shutil.copyfileobj(stream, spool)
            stream = spool
        try:
            table = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
            yield from _rows(table, path, options)
        except (pyarrow.ArrowException, OSError) as error:
            yield failed(path, f"damaged Parquet: {' '.join(str(error).split())[:200]}")


def _rows(table: Any, path: str, options: ReadOptions) -> Iterator[Article]:
    records, number = Records(path, options), count()
    columns = [name for name in dict.fromkeys(table.schema_arrow.names) if name in records.keys]
    if not columns:
        names = ", ".join(table.schema_arrow.names[:6])
        yield failed(path, f"no column with a text: found {names}; say which with --field text=NAME")
        return
    if _is_bomb(table.metadata):
        yield failed(path, f"a column unpacks to more than {_MOST:,} times its size")
        return

    def load(row: int) -> tuple[dict[str, Any], str | None]:
        values, note = {}, None
        for name, at in places:
            values[name], odd = _value(batch.column(at)[row], name, options.max_size)
            note = odd or note
        return values, note

    wanted = None if options.keep else columns
    places: list[tuple[str, int]] = []
    for batch in table.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
        # A name may stand twice: the last one holds, as in an object of JSON.
        places = places or [(name, batch.schema.get_all_field_indices(name)[-1]) for name in columns]
        for row in range(batch.num_rows):
            article = records.read(load, row, next(number))
            article.raw = Row(batch, row) if options.keep else None
            yield article


def _is_bomb(metadata: Any) -> bool:
    """Does a column unpack to far more than anything that is written for people?"""
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            size = column.total_uncompressed_size
            if size > _FREE and size > _MOST * column.total_compressed_size:
                return True
    return False


def _value(scalar: Any, name: str, limit: int) -> tuple[Any, str | None]:
    """What a cell holds, and what had to be assumed; a cell that Python can't express holds nothing."""
    import pyarrow

    if isinstance(scalar, pyarrow.DictionaryScalar):
        scalar = scalar.value
    if isinstance(scalar, pyarrow.StringScalar) and scalar.is_valid:
        data = scalar.as_buffer()
        if data.size > limit:
            raise RecordError(f"longer than {size_name(limit)}")
        try:
            return scalar.as_py(), None
        except UnicodeDecodeError:
            return decode_cp1252(data.to_pybytes()), "not valid UTF-8; read as cp1252"
    try:
        if isinstance(scalar, pyarrow.TimestampScalar) and scalar.type.unit == "ns":  # Python knows no nanoseconds
            scalar = scalar.cast(pyarrow.timestamp("us", scalar.type.tz), safe=False)
        return scalar.as_py(), None
    except (pyarrow.ArrowException, ValueError, ArithmeticError, LookupError):
        return None, f"column '{name}' holds what can't be read"
