"""Annotated records -> those that are kept and those that are dropped, by the scores in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from linter.annotation import PREFIX
from linter.readers.inputs import MissingExtraError
from linter.readers.unpack import UnpackError, packed_as, unpacked
from linter.writers import kind_of, writer_for

_SCORE = f"{PREFIX}score"
_LINES = 8 << 20  # bytes of lines that are written together


class SplitError(Exception):
    """A file can't be split; the message is one line for the user."""


class Threshold(NamedTuple):
    """Which records to drop: those that score less, and (if so said) those without a score."""

    min_score: int
    drop_unscored: bool = False

    def drops(self, score: int | None) -> bool:
        """Is a record of this score dropped?"""
        return self.drop_unscored if score is None else score < self.min_score


class Counts(msgspec.Struct):
    """How many records were kept and dropped, scored too little, had no score."""

    kept: int = 0
    dropped: int = 0
    short: int = 0
    unscored: int = 0

    def add(self, score: int | None, dropped: bool) -> None:
        """Count one record."""
        self.kept += not dropped
        self.dropped += dropped
        self.unscored += score is None
        self.short += score is not None and dropped


def split(file: Path, threshold: Threshold, *, keep_to: Path | None = None, drop_to: Path | None = None) -> Counts:
    """Split an annotated file; every record stays as it is. Raises SplitError, WriterError, OSError.

    Outputs are packed or not by their names, and of the kind that the input is: JSON lines or Parquet.
    """
    kind = kind_of(file)
    if kind is None:
        raise SplitError(f"{file}: expected what --annotate writes: .jsonl, .jsonl.gz, .jsonl.zst or .parquet")
    for path in (keep_to, drop_to):
        if path is None:
            continue
        if kind_of(path) != kind:
            other = "Parquet (.parquet)" if kind == "parquet" else "JSON lines (.jsonl, .jsonl.gz, .jsonl.zst)"
            raise SplitError(f"{path}: expected {other}, as {file.name} is")
        writer_for(path)
    outs: list[Any] = []
    try:
        counts = (_tables if kind == "parquet" else _lines)(file, threshold, [keep_to, drop_to], outs)
    except BaseException:
        for out in filter(None, outs):
            out.discard()
        raise
    for out in filter(None, outs):
        out.finish()
        out.clean()
    return counts


def _lines(file: Path, threshold: Threshold, outputs: list[Path | None], outs: list[Any]) -> Counts:
    from linter.writers.jsonl import Appender

    class Scored(msgspec.Struct, rename={"score": _SCORE}):
        score: int | None

    counts = Counts()
    outs += [Appender(path) if path is not None else None for path in outputs]
    waiting: list[list[bytes]] = [[], []]
    size = 0
    decode = msgspec.json.Decoder(Scored).decode
    for number, line in enumerate(_read_lines(file), 1):
        try:
            score = decode(line).score
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise SplitError(
                f"{file}: line {number} is not annotated ({error}): run newslint check --annotate first"
            ) from None
        dropped = threshold.drops(score)
        counts.add(score, dropped)
        waiting[dropped].append(line)
        size += len(line)
        if size >= _LINES:
            _flush(outs, waiting)
            size = 0
    _flush(outs, waiting)
    return counts


def _flush(outs: Iterable[Any], waiting: list[list[bytes]]) -> None:
    for out, lines in zip(outs, waiting, strict=True):
        if out is not None:
            out.append(b"".join(lines))
        lines.clear()


def _read_lines(file: Path) -> Iterator[bytes]:
    """The lines of a file, packed or not, blank ones left out."""
    with file.open("rb") as stream:
        packed = packed_as(stream.read(4))
        stream.seek(0)
        try:
            for line in unpacked(stream, packed) if packed else stream:
                if line.strip():
                    yield line if line.endswith(b"\n") else line + b"\n"
        except (UnpackError, MissingExtraError) as error:
            raise SplitError(f"{file}: {error}") from None


def _tables(file: Path, threshold: Threshold, outputs: list[Path | None], outs: list[Any]) -> Counts:
    import pyarrow as pa
    from pyarrow import parquet

    from linter.writers.parquet import Tables

    counts = Counts()
    try:
        with parquet.ParquetFile(file) as table:
            if _SCORE not in table.schema_arrow.names:
                raise SplitError(f"{file}: no column {_SCORE}: run newslint check --annotate first")
            outs += [Tables(path, table.schema_arrow) if path is not None else None for path in outputs]
            for group in range(table.num_row_groups):
                _divide(table.read_row_group(group), threshold, outs, counts)
    except pa.ArrowException as error:
        raise SplitError(f"{file}: damaged Parquet: {' '.join(str(error).split())[:200]}") from None
    return counts


def _divide(table: Any, threshold: Threshold, outs: list[Any], counts: Counts) -> None:
    import pyarrow as pa

    scores = table.column(_SCORE).to_pylist()
    fates = [threshold.drops(score) for score in scores]
    for score, dropped in zip(scores, fates, strict=True):
        counts.add(score, dropped)
    for out, wanted in zip(outs, (False, True), strict=True):
        if out is not None:
            out.append(table.filter(pa.array([fate == wanted for fate in fates], pa.bool_())))
