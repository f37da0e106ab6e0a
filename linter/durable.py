"""Files that are whole or not there, and stay so when the power fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written(path: Path, part: Path) -> Iterator[BinaryIO]:
    """A file to write to, `part`, which takes the place of `path` once it is complete. Raises OSError."""
    with part.open("wb") as file:
        yield file
        sync(file)
    rename(part, path)


def sync(file: BinaryIO) -> None:
    """Bring to the disk what was written. Raises OSError."""
    file.flush()
    os.fsync(file.fileno())


def rename(part: Path, path: Path) -> None:
    """Give a file its name, in the place of another one. Raises OSError."""
    part.replace(path)
    if os.name == "posix":  # the name, too, is to be there after a power cut
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
