"""Annotated records -> a file, one writer per format.

A writer writes segments: what belongs to one is on the disk for good when `write` returns, and a run that was cut off
goes on behind the last one. The same segments give the same bytes, in however many runs they are written. The file has
its name only once it is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from linter.annotation import Annotation
from linter.model import Article

_BY_SUFFIX = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonl.gz": "jsonl", ".ndjson.gz": "jsonl",
    ".jsonl.zst": "jsonl", ".ndjson.zst": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
SUFFIXES = ".jsonl, .jsonl.gz, .jsonl.zst or .parquet"


class Record(NamedTuple):
    """An article, and what is said about it."""

    article: Article
    note: Annotation


class WriterError(Exception):
    """Something can't be written; the message is one line for the user."""


class Writer(Protocol):
    """Writes one file. `state` says how much of it is there: a number that `write` gave back."""

    def __init__(self, path: Path, *, schema: Any = None, state: int = 0) -> None:
        """`schema`: the columns of the records, where they come from tables that all have the same."""

    def write(self, records: Sequence[Record]) -> int:
        """Write one segment; returns the state. Raises OSError or WriterError."""
        ...

    def finish(self) -> None:
        """Give the file its name. May be done again where nobody took note of it."""

    def clean(self) -> None:
        """Remove what lies beside the finished file."""


def kind_of(path: Path) -> str | None:
    """ "jsonl" or "parquet", by the name of a file; None for another one."""
    name = path.name.lower()
    return next((kind for suffix, kind in _BY_SUFFIX.items() if name.endswith(suffix)), None)


def writer_for(path: Path) -> type[Writer]:
    """The writer for a file, by its name. Raises WriterError."""
    kind = kind_of(path)
    if kind is None:
        raise WriterError(f"{path}: unknown format, expected a name that ends in {SUFFIXES}")
    module = import_module(f"{__name__}.{kind}")
    module.check(path)
    writer: type[Writer] = module.Writer
    return writer
