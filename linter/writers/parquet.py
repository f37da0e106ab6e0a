"""Parquet: segments are kept beside the file until it is whole, for its table of contents stands at the end."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from linter.durable import written
from linter.readers.inputs import MissingExtraError
from linter.writers import Record, WriterError


def check(path: Path) -> None:
    """Raise WriterError without pyarrow."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise WriterError(str(MissingExtraError("Parquet", "pyarrow", "parquet"))) from None


class Tables:
    """Arrow tables of one schema -> a Parquet file, a row group per table."""

    def __init__(self, path: Path, schema: Any, state: int = 0) -> None:
        self._path, self._schema, self._written = path, schema, state
        self._parts = path.with_name(f"{path.name}.parts")
        if not state:
            shutil.rmtree(self._parts, ignore_errors=True)
        self._parts.mkdir(parents=True, exist_ok=True)
        if not all(self._part(number).exists() for number in range(state)):
            raise WriterError(f"{self._parts}: less is there than the journal says: begin anew with --restart")

    def append(self, table: Any) -> int:
        """Write a segment; returns how many there are."""
        from pyarrow import parquet

        if table.num_rows:
            part = self._part(self._written)
            with written(part, part.with_suffix(".new")) as file:
                parquet.write_table(table, file, compression="zstd")
            self._written += 1
        return self._written

    def finish(self) -> None:
        """Put the segments together, and give the file its name. May be done again where nobody took note of it."""
        from pyarrow import parquet

        with (
            written(self._path, self._path.with_name(f"{self._path.name}.part")) as file,
            parquet.ParquetWriter(file, self._schema, compression="zstd") as writer,
        ):
            for number in range(self._written):
                with parquet.ParquetFile(self._part(number)) as part:
                    writer.write_table(part.read())

    def clean(self) -> None:
        """Remove the segments."""
        shutil.rmtree(self._parts, ignore_errors=True)

    def discard(self) -> None:
        """Remove what was written."""
        self.clean()

    def _part(self, number: int) -> Path:
        return self._parts / f"{number:06d}.parquet"


class Writer:
    """Writes a row per record, with the columns of the records' own table or else those of an article."""

    def __init__(self, path: Path, *, schema: Any = None, state: int = 0) -> None:
        from linter.arrow import ARTICLE, annotated

        self._own = schema
        self._schema = annotated(ARTICLE if schema is None else schema)
        self._out = Tables(path, self._schema, state)

    def write(self, records: Sequence[Record]) -> int:
        """Write one segment; returns how many were written."""
        return self._out.append(self._table(records))

    def finish(self) -> None:
        """Give the file its name."""
        self._out.finish()

    def clean(self) -> None:
        """Remove the segments."""
        self._out.clean()

    def _table(self, records: Sequence[Record]) -> Any:
        import pyarrow as pa

        from linter.arrow import annotation_columns, article_columns

        notes = annotation_columns([record.note for record in records])
        if self._own is None:
            columns = article_columns([record.article for record in records])
            return pa.Table.from_arrays([*columns, *notes], schema=self._schema)
        own = pa.schema(list(self._schema)[: len(self._schema) - len(notes)])
        table = pa.Table.from_batches(_batches(own, records), own)
        columns = [column.combine_chunks() for column in table.columns]
        return pa.Table.from_arrays([*columns, *notes], schema=self._schema)


def _batches(schema: Any, records: Sequence[Record]) -> Iterable[Any]:
    """The rows that the records were read from; rows that stood together stay together, and are not copied."""
    import pyarrow as pa

    nulls = {field.name: pa.nulls(1, field.type) for field in schema}
    for _, group in groupby(records, key=lambda record: id(record.article.raw and record.article.raw.batch)):
        rows = [record.article.raw for record in group]
        if rows[0] is None:  # an input that could not be read
            yield from [pa.RecordBatch.from_arrays(list(nulls.values()), schema=schema)] * len(rows)
            continue
        batch = rows[0].batch.select(schema.names)
        whole = rows[-1].row - rows[0].row + 1 == len(rows)
        taken = batch.slice(rows[0].row, len(rows)) if whole else batch.take(pa.array([row.row for row in rows]))
        yield pa.RecordBatch.from_arrays(taken.columns, schema=schema)
