"""Parquet files, read by row groups; only the columns that say something about an article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO

from linter.model import Article
from linter.readers.inputs import MissingExtraError, ReadOptions, failed, size_name
from linter.readers.records import RecordError, Records

SUFFIXES = (".parquet", ".pq")

_ROWS = 128  # at a time


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
            yield from _rows(parquet.ParquetFile(stream), path, options)
        except (pyarrow.ArrowException, OSError) as error:
            yield failed(path, f"damaged Parquet: {' '.join(str(error).split())[:200]}")


def _rows(table: Any, path: str, options: ReadOptions) -> Iterator[Article]:
    def load(row: dict[str, Any]) -> tuple[dict[str, Any], None]:
        if any(isinstance(value, str) and len(value) > options.max_size for value in row.values()):
            raise RecordError(f"longer than {size_name(options.max_size)}")
        return row, None

    records, number = Records(path, options), count()
    columns = [name for name in table.schema_arrow.names if name in records.keys]
    if not columns:
        names = ", ".join(table.schema_arrow.names[:6])
        yield failed(path, f"no column with a text: found {names}; say which with --field text=NAME")
        return
    for batch in table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
        for row in batch.to_pylist():
            yield records.read(load, row, next(number))
