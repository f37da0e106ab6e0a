"""The output of a run over a dump: annotated records in one file or two, and the journal beside the first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from linter.annotation import annotation
from linter.journal import Identity, Journal, JournalError, journal_path, read_journal, write_journal
from linter.model import Article, Verdict
from linter.writers import Record, Writer, writer_for

# A segment is what a run that was cut off has to do again at most. Where it ends depends on the records alone, so that
# every way to the end writes the same bytes.
SEGMENT_RECORDS = 1_000
SEGMENT_LENGTH = 8_000_000  # code points


class Outputs(msgspec.Struct, frozen=True):
    """Where annotated records go: all of them, or those that are kept and those that are dropped."""

    kept: Path
    dropped: Path | None = None

    @property
    def paths(self) -> list[Path]:
        """The files."""
        return [self.kept] if self.dropped is None else [self.kept, self.dropped]


class Annotating:
    """Writes annotated records. `done` articles were written by earlier runs, with `totals` that they counted.

    Raises JournalError where an unfinished run is in the way, or can't be gone on with; WriterError, OSError.
    """

    def __init__(
        self, outputs: Outputs, identity: Identity, *, schema: Any = None, resume: bool = False, restart: bool = False
    ) -> None:
        self._outputs, self._path = outputs, journal_path(outputs.kept)
        kinds = [writer_for(path) for path in outputs.paths]
        self._journal = self._found(identity, resume=resume, restart=restart) or Journal(identity=identity)
        self.finished = self._journal.finished
        self._writers: list[Writer] = []
        if not self.finished:
            states = self._journal.states or [0] * len(kinds)
            self._journal.states = states
            self._writers = [
                kind(path, schema=schema, state=state)
                for kind, path, state in zip(kinds, outputs.paths, states, strict=True)
            ]
            write_journal(self._path, self._journal)
        self._segment: list[tuple[bool, Record]] = []
        self._length = 0

    def _found(self, identity: Identity, *, resume: bool, restart: bool) -> Journal | None:
        journal = None if restart else read_journal(self._path)
        if journal is None or (journal.finished and not resume):
            return None
        if not resume:
            raise JournalError(
                f"{self._outputs.kept}: {journal.done:,} records of an unfinished run are there: "
                "go on with --resume, or begin anew with --restart"
            )
        if difference := journal.difference(identity):
            raise JournalError(f"{self._path}: {difference}: begin anew with --restart")
        if journal.finished and not all(path.exists() for path in self._outputs.paths):
            raise JournalError(f"{self._path}: that run is finished, but its output is gone: begin anew with --restart")
        return journal

    @property
    def identity(self) -> Identity:
        """What this run is."""
        return self._journal.identity

    @property
    def done(self) -> int:
        """How many articles are on the disk."""
        return self._journal.done

    @property
    def totals(self) -> Any:
        """What was counted over them, as it was given to `commit`."""
        return self._journal.totals

    def add(self, article: Article, verdict: Verdict, rulebook: str, *, dropped: bool = False) -> bool:
        """Take one more record; returns whether a segment is full, and is to be committed."""
        self._segment.append((dropped, Record(article, annotation(verdict, rulebook))))
        self._length += len(article.source)
        return len(self._segment) >= SEGMENT_RECORDS or self._length >= SEGMENT_LENGTH

    def commit(self, totals: Any) -> None:
        """Put the segment on the disk. Raises OSError."""
        journal = self._journal
        for number, writer in enumerate(self._writers):
            journal.states[number] = writer.write([record for dropped, record in self._segment if dropped == number])
        journal.done += len(self._segment)
        journal.totals = msgspec.to_builtins(totals)
        write_journal(self._path, journal)
        self._segment, self._length = [], 0

    def finish(self, totals: Any) -> None:
        """Put the rest on the disk, and give the files their names. Raises OSError."""
        if self._segment or msgspec.to_builtins(totals) != self._journal.totals:
            self.commit(totals)
        for writer in self._writers:
            writer.finish()
        self._journal.finished = True
        write_journal(self._path, self._journal)
        for writer in self._writers:
            writer.clean()
