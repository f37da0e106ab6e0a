"""The Arrow kernel: what every engine that knows Arrow calls, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from linter.annotation import PREFIX
from linter.config import Config, ConfigError
from linter.readers.records import KEYS
from linter.rows import Columns, RowLinter

Batch = TypeVar("Batch")  # pyarrow.RecordBatch or pyarrow.Table

SLICE = 64 << 20  # code points of the texts that are linted before their findings leave Python


class LintKernel:
    """Lints the articles in Arrow data: the same rows come out in the same order, with more columns.

    A row is read as a record of a dump is: text, title, address and so on are found by the usual names of columns, or
    by those in `config.field`. The new columns are those that `--annotate` writes, without the two that tell a place in
    a file; older ones of these names are replaced. `columns="compact"` leaves out `newslint_findings`, `keep=False`
    the columns that were there. The types of the new ones are always the same.

    What is wrong with a row stands in its `newslint_error`: no row is dropped, and none raises. A configuration that
    can't be used raises `ConfigError` or `RuleError` at the first row; `check` asks for that before.

    A kernel can be pickled. Only its configuration travels; each process makes one linter of it.
    """

    def __init__(self, config: Config | None = None, *, columns: Columns = "full", keep: bool = True) -> None:
        """Raises ConfigError for `columns` that there are not, ImportError without pyarrow."""
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise ImportError("LintKernel needs pyarrow: pip install 'newslint[parquet]'") from None
        self._rows, self._keep = RowLinter(config, columns), keep

    @property
    def config(self) -> Config:
        """The configuration that it lints with."""
        return self._rows.config

    @property
    def added(self) -> Any:
        """The new columns, a pyarrow.Schema."""
        import pyarrow as pa

        from linter.arrow import ANNOTATION

        return pa.schema([ANNOTATION.field(name) for name in self._rows.added])

    def schema(self, given: Any) -> Any:
        """The schema of what comes out where data of the schema `given` goes in; each is a pyarrow.Schema."""
        import pyarrow as pa

        return pa.schema([*map(given.field, self._kept(given)), *self.added], given.metadata)

    def check(self, names: Iterable[str] | None = None) -> None:
        """Raise ConfigError or RuleError where the configuration can't be used.

        Or where none of the columns of these names can hold a text, so that every row would be an error.
        """
        self._rows.prepare()
        if names is None:
            return
        field, names = self.config.field, list(names)
        parts = [part for part in ("text", "html") if part in field] or ("text", "html")
        if not any(key in names for part in parts for key in ((field[part],) if part in field else KEYS[part])):
            found = ", ".join(names[:6]) or "none"
            raise ConfigError(f'no column with a text: found {found}; say which with field={{"text": "NAME"}}')

    def __call__(self, batch: Batch) -> Batch:
        """The batch, or table, with its new columns; those that it had are not copied.

        It is linted in slices of 64 MB of text, so that little is held beside what goes in and what comes out.
        """
        import pyarrow as pa

        given: Any = batch
        if not isinstance(given, (pa.RecordBatch, pa.Table)):
            raise TypeError(f"expected a pyarrow.RecordBatch or Table, got {type(given).__name__}")
        whole = isinstance(given, pa.Table)
        parts = [made for one in (given.to_batches() if whole else [given]) for _, made in self._linted(one)]
        new = []
        for at, kind in enumerate(self.added.types):
            pieces = [part[at] for part in parts]
            new.append(pa.chunked_array(pieces, kind) if whole else _joined(pieces, kind))
        kept = [given.column(at) for at in self._kept(given.schema)]
        result: Batch = type(given).from_arrays([*kept, *new], schema=self.schema(given.schema))
        return result

    def stream(self, data: Any) -> Any:
        """A pyarrow.RecordBatchReader that lints while it is read, slice by slice.

        `data` is a pyarrow.RecordBatchReader or Table, or of any library whose data can be read as an Arrow stream
        (`__arrow_c_stream__`): a frame of Polars, a relation of DuckDB. Raises what `check` raises, at once.
        """
        import pyarrow as pa

        reader = data if isinstance(data, pa.RecordBatchReader) else pa.RecordBatchReader.from_stream(data)
        self.check(reader.schema.names)
        schema = self.schema(reader.schema)
        # Not every library takes a stream of no batches.
        return pa.RecordBatchReader.from_batches(schema, self.batches(_or_an_empty_one(reader)))

    def batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Each pyarrow.RecordBatch with its new columns; of one that holds more than 64 MB of text, the slices."""
        import pyarrow as pa

        for batch in batches:
            if not batch.num_rows:
                yield self(batch)
            schema, kept = self.schema(batch.schema), self._kept(batch.schema)
            for part, made in self._linted(batch):
                yield pa.RecordBatch.from_arrays([*map(part.column, kept), *made], schema=schema)

    def _kept(self, given: Any) -> list[int]:
        return [at for at, name in enumerate(given.names) if self._keep and not name.startswith(PREFIX)]

    def _linted(self, batch: Any) -> Iterator[tuple[Any, list[Any]]]:
        """The slices of a batch, each with its new columns."""
        if not batch.num_rows:  # no reason to make a linter
            return
        from linter.arrow import annotation_columns
        from linter.readers._cells import Cells

        rows, added = self._rows, self.added
        cells = Cells(batch, rows.keys, rows.options.max_size)
        start, length, notes = 0, 0, []
        for article, note in rows.annotated(range(batch.num_rows), cells.load):
            notes.append(note)
            length += len(article.source)
            if length >= SLICE or start + len(notes) == batch.num_rows:
                yield batch.slice(start, len(notes)), annotation_columns(notes, added)
                start, length, notes = start + len(notes), 0, []


def _or_an_empty_one(reader: Any) -> Iterator[Any]:
    """The batches of a reader; where there are none, one without rows."""
    import pyarrow as pa

    batch = None
    for batch in reader:
        yield batch
    if batch is None:
        yield pa.RecordBatch.from_pylist([], reader.schema)


def _joined(pieces: list[Any], kind: Any) -> Any:
    import pyarrow as pa

    return pa.concat_arrays(pieces) if pieces else pa.array([], kind)
