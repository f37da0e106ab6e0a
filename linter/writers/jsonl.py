"""JSON lines, plain or packed with gzip or Zstandard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from linter.annotation import PREFIX, fields_of, prefixed
from linter.durable import rename, sync
from linter.model import Article
from linter.readers.inputs import MissingExtraError
from linter.writers import Record, WriterError

_LEVEL = 6  # of gzip: 9 takes four times as long for a hundredth less


def check(path: Path) -> None:
    """Raise WriterError where a library is missing for this file."""
    if path.name.lower().endswith(".zst"):
        try:
            import zstandard  # noqa: F401
        except ImportError:
            raise WriterError(str(MissingExtraError("Zstandard", "zstandard", "zstd"))) from None


def values_of(article: Article) -> dict[str, Any]:
    """The record that an article was read from, or else its fields."""
    raw: Any = article.raw
    if raw is None:
        return {name: value for name, value in fields_of(article).items() if value is not None}
    if not isinstance(raw, dict):
        (raw,) = raw.batch.slice(raw.row, 1).to_pylist()  # of a table
    values: dict[str, Any] = raw
    return values


def record_of(record: Record) -> dict[str, Any]:
    """The record as it stood, or its article, with the annotation, which takes the place of an older one."""
    kept = {key: value for key, value in values_of(record.article).items() if not key.startswith(PREFIX)}
    return {**kept, **prefixed(record.note)}


def line_of(values: dict[str, Any]) -> bytes:
    """A record as a line of JSON. Halves of characters, which no UTF-8 can hold, become question marks."""
    try:
        return msgspec.json.encode(values, enc_hook=str) + b"\n"
    except UnicodeEncodeError:
        import json

        text = json.dumps(msgspec.to_builtins(values, enc_hook=str), ensure_ascii=False)
        return text.encode("utf-8", "replace") + b"\n"


class Appender:
    """Appends segments of bytes to a file; of a packed one each is a member of its own, so that they can be cut off."""

    def __init__(self, path: Path, state: int = 0) -> None:
        self._path, self._part = path, path.with_name(f"{path.name}.part")
        self._file: BinaryIO | None = None
        self._size = state
        if state and not self._part.exists() and path.exists() and path.stat().st_size == state:
            return  # it has its name already
        if state and (not self._part.exists() or self._part.stat().st_size < state):
            raise WriterError(f"{self._part}: less is there than the journal says: begin anew with --restart")
        self._file = self._part.open("r+b" if state else "wb")
        self._file.truncate(state)
        self._file.seek(state)

    def append(self, data: bytes) -> int:
        """Write a segment; returns the size of the file."""
        if self._file is None:
            return self._size
        if data:
            self._size += self._file.write(self._packed(data))
        sync(self._file)
        return self._size

    def finish(self) -> None:
        """Give the file its name. May be done again where nobody took note of it."""
        if self._file is None:
            return
        if not self._size:
            self._file.write(self._packed(b""))
        sync(self._file)
        self._file.close()
        rename(self._part, self._path)

    def clean(self) -> None:
        """Nothing lies beside the file."""

    def discard(self) -> None:
        """Remove what was written."""
        if self._file is not None:
            self._file.close()
        self._part.unlink(missing_ok=True)

    def _packed(self, data: bytes) -> bytes:
        name = self._path.name.lower()
        if name.endswith(".gz"):
            import gzip

            return gzip.compress(data, _LEVEL, mtime=0)
        if name.endswith(".zst"):
            import zstandard

            return zstandard.ZstdCompressor(write_checksum=True).compress(data)
        return data


class Writer:
    """Writes a line per record."""

    def __init__(self, path: Path, *, schema: Any = None, state: int = 0) -> None:
        self._out = Appender(path, state)

    def write(self, records: Sequence[Record]) -> int:
        """Write one segment; returns the size of the file."""
        return self._out.append(b"".join(line_of(record_of(record)) for record in records))

    def finish(self) -> None:
        """Give the file its name."""
        self._out.finish()

    def clean(self) -> None:
        """Nothing lies beside the file."""
