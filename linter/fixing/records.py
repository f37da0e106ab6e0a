"""The records of dumps with mended texts -> a new file, everything else in them as it stood."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from linter.fixing.recordlines import RecordLines, spliced, text_key
from linter.model import Article
from linter.readers import Source, reader_for
from linter.readers.inputs import MissingExtraError
from linter.readers.unpack import UnpackError
from linter.writers import kind_of, writer_for

_RECORDS, _LENGTH = 1_000, 8_000_000  # records, and code points or bytes, that are written together


def open_records(path: Path, sources: Sequence[Source]) -> Records:
    """A new file of records, packed or not, JSON lines or Parquet, by its name. Raises WriterError, OSError."""
    writer_for(path)  # is it known, and are its libraries there?
    return _Table(path, _common_schema(sources)) if kind_of(path) == "parquet" else _Lines(path)


class Records:
    """A new file of records. It has its name only once it is whole. Raises OSError."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._waiting: list[Any] = []
        self._length = 0

    def begin(self, source: Source) -> None:
        """The records that follow are from this input."""

    def add(self, article: Article, new: str | None, field: dict[str, str]) -> bool:
        """Take the next record, with `new` for the source of its article (None: as it is); was there one to take?

        `field` maps newslint's names to the keys of the dump.
        """
        raise NotImplementedError

    def finish(self) -> None:
        """Give the file its name."""
        self._flush()
        self._out.finish()
        self._out.clean()

    def discard(self) -> None:
        """Remove what was written."""
        self._out.discard()

    def _keep(self, one: Any, length: int) -> None:
        self._waiting.append(one)
        self._length += length
        if len(self._waiting) >= _RECORDS or self._length >= _LENGTH:
            self._flush()

    def _flush(self) -> None:
        raise NotImplementedError


class _Lines(Records):
    """Lines of JSON. Those that were lines of JSON before are copied, and only the text in them is changed."""

    def __init__(self, path: Path) -> None:
        from linter.writers.jsonl import Appender

        super().__init__(Appender(path))
        self._copied: RecordLines | None = None
        self._is_copied = False  # has a line of it been asked for?
        self._begins = False  # is the next piece the first one of an input?
        self._last = b""

    def begin(self, source: Source) -> None:
        self._end()
        self._begins = True
        if source.file is not None and reader_for(source.file.name) == "jsonl":
            with suppress(OSError, MissingExtraError):  # whoever reads it is told
                self._copied = RecordLines(source.file, marked=not self._last)

    def add(self, article: Article, new: str | None, field: dict[str, str]) -> bool:
        if self._copied is not None and article.source_line is not None:
            self._is_copied = True
            for piece in self._copied.before(article.source_line):
                self._write(piece)
            if new is not None:
                line = self._copied.line()
                key = text_key(article.raw, article, field)
                made = spliced(line, key, article.source, new) if key is not None else None
                self._write(made if made is not None else _line(article, new, field))
            return True
        if article.raw is None and article.error is not None:
            return False
        self._write(_line(article, new, field))
        return True

    def finish(self) -> None:
        self._end()
        super().finish()

    def discard(self) -> None:
        if self._copied is not None:
            self._copied.close()
        super().discard()

    def _end(self) -> None:
        """Copy what is left of the input so far; the next one begins on a line of its own."""
        if self._copied is not None:
            with suppress(UnpackError):  # whoever reads it is told
                for piece in self._copied.rest() if self._is_copied else ():
                    self._write(piece)
            self._copied.close()
            self._copied, self._is_copied = None, False

    def _write(self, piece: bytes) -> None:
        if self._last and not self._last.endswith(b"\n") and self._begins:
            piece = b"\n" + piece
        self._last, self._begins = piece, False
        self._keep(piece, len(piece))

    def _flush(self) -> None:
        self._out.append(b"".join(self._waiting))
        self._waiting, self._length = [], 0


class _Table(Records):
    """A table: with the columns of the inputs, where all are tables with the same ones, else those of an article."""

    def __init__(self, path: Path, schema: Any) -> None:
        from linter.arrow import ARTICLE
        from linter.writers.parquet import Tables

        self._own, self._schema = schema is not None, ARTICLE if schema is None else schema
        super().__init__(Tables(path, self._schema))

    def add(self, article: Article, new: str | None, field: dict[str, str]) -> bool:
        if article.raw is None and article.error is not None:
            return False
        if self._own and (article.raw is None or isinstance(article.raw, dict)):
            return False  # no row of a table
        made = self._row(article, new, field) if self._own else _changed(article, new, field)
        self._keep(made, len(article.source))
        return True

    def _row(self, article: Article, new: str | None, field: dict[str, str]) -> Any:
        """A table of one row, with the new text."""
        row = article.raw.batch.slice(article.raw.row, 1)
        key = text_key(_values(row), article, field) if new is not None else None
        if key is None:
            return row
        import pyarrow as pa

        at = row.schema.get_all_field_indices(key)[-1]  # the last of a name holds, as for the reader
        return row.set_column(at, row.schema.field(at), pa.array([new], row.schema.field(at).type))

    def _flush(self) -> None:
        import pyarrow as pa

        from linter.arrow import article_columns

        if not self._waiting:
            return
        if self._own:
            rows = [pa.RecordBatch.from_arrays(row.columns, schema=self._schema) for row in self._waiting]
            table = pa.Table.from_batches(rows, self._schema)
        else:
            table = pa.Table.from_arrays(article_columns(self._waiting), schema=self._schema)
        self._out.append(table.combine_chunks())
        self._waiting, self._length = [], 0


def _values(row: Any) -> dict[str, Any]:
    """The strings in a table of one row."""
    found = {}
    for at, name in enumerate(row.schema.names):
        with suppress(UnicodeDecodeError, ValueError, ArithmeticError):  # no text
            value = row.column(at)[0].as_py()
            if isinstance(value, str):
                found[name] = value
    return found


def _line(article: Article, new: str | None, field: dict[str, str]) -> bytes:
    """The record of an article as a line of JSON, or its fields where it has none."""
    from linter.writers.jsonl import line_of, values_of

    if new is None:
        return line_of(values_of(article))
    if article.raw is None:
        return line_of(values_of(replace(article, source=new)))
    values = values_of(article)
    key = text_key(values, article, field)
    return line_of(values if key is None else {**values, key: new})


def _changed(article: Article, new: str | None, field: dict[str, str]) -> Article:
    """An article with another source, in its record as well."""
    if new is None:
        return article
    raw = article.raw
    key = text_key(raw, article, field) if isinstance(raw, dict) else None
    return replace(article, source=new, raw=raw if key is None else {**raw, key: new})


def _common_schema(sources: Sequence[Source]) -> Any:
    """The columns of the inputs, where all are tables with the same ones; None otherwise."""
    files = [source.file for source in sources if source.file is not None and reader_for(source.file.name) == "parquet"]
    if not files or len(files) < len(sources):
        return None
    import pyarrow
    from pyarrow import parquet

    try:
        first, *others = [parquet.read_schema(file) for file in files]
    except (OSError, pyarrow.ArrowException):
        return None
    return first if all(schema.equals(first) for schema in others) else None
