"""What a run over a dump has done so far, kept beside its output: so that it can be gone on with, and proved."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from linter.durable import written
from linter.readers.inputs import Source, size_name


class JournalError(Exception):
    """A run can't be gone on with; the message says why, and the way out."""


class Inputs(msgspec.Struct, frozen=True):
    """The files of a run, and a digest over their names, sizes and times of change."""

    files: int
    bytes: int
    digest: str

    def __str__(self) -> str:
        return f"{self.files:,} file{'s' * (self.files != 1)} of {size_name(self.bytes)}"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be the same for two halves of a run to fit together."""

    newslint: str
    rulebook: str
    configuration: str  # a digest
    inputs: Inputs
    outputs: list[str]


_CHANGED = {
    "newslint": "newslint is another version ({then}, now {now})",
    "rulebook": "the rules have changed since",
    "configuration": "the configuration or the flags have changed since",
    "inputs": "the input has changed since ({then} then, {now} now)",
    "outputs": "it was written to other files ({then})",
}


class Journal(msgspec.Struct, kw_only=True):
    """How far a run is. `states` says how much of each output is on the disk, `totals` what was counted."""

    identity: Identity
    done: int = 0  # articles
    states: list[int] = []
    finished: bool = False
    totals: Any = None

    def difference(self, now: Identity) -> str | None:
        """What is different from this run, in words; None where it can be gone on with."""
        for name, words in _CHANGED.items():
            old, new = getattr(self.identity, name), getattr(now, name)
            if old != new:
                shown = ", ".join(old) if isinstance(old, list) else old
                return words.format(then=shown, now=new)
        return None


def journal_path(output: Path) -> Path:
    """Where the journal of an output is kept."""
    return output.with_name(f"{output.name}.journal")


def read_journal(path: Path) -> Journal | None:
    """The journal in a file; None where there is none. Raises JournalError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Journal)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise JournalError(f"{path}: no journal of newslint ({error}); begin anew with --restart") from None


def write_journal(path: Path, journal: Journal) -> None:
    """Keep a journal; whoever reads it finds the old one or the new one, whole. Raises OSError."""
    with written(path, path.with_name(f"{path.name}.new")) as file:
        file.write(msgspec.json.format(msgspec.json.encode(journal), indent=1) + b"\n")


def inputs_of(sources: Iterable[Source]) -> Inputs:
    """The identity of files. One that can't be looked at is there with its name alone."""
    digest, files, size = blake2b(digest_size=16), 0, 0
    for source in sources:
        files += 1
        digest.update(source.path.encode("utf-8", "surrogateescape") + b"\0")
        try:
            found = source.file.stat() if source.file else None
        except OSError:
            found = None
        if found:
            size += found.st_size
            digest.update(f"{found.st_size} {found.st_mtime_ns}\0".encode())
    return Inputs(files, size, digest.hexdigest())
