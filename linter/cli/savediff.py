"""The diff of what a run changes, written before it is changed, so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from linter.config import ConfigError
from linter.durable import rename, sync
from linter.readers.inputs import reason


class SavedDiff:
    """A file of diffs. It is made with the first change; without one an older file of the name stays as it is."""

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_name(f"{path.name}.part")
        self._file: BinaryIO | None = None
        if not path.parent.is_dir():
            raise ConfigError(f"--save-diff {path}: no such folder")

    @contextmanager
    def kept(self, diff: bytes) -> Iterator[None]:
        """Keep a diff while its file is changed; if that fails, it is taken out again. Raises ConfigError."""
        try:
            self._file = self._file or self._part.open("wb")
            start = self._file.tell()
            self._file.write(diff)
            sync(self._file)
        except OSError as error:
            raise ConfigError(f"--save-diff {self._path}: can't be written: {reason(error)}") from None
        try:
            yield
        except BaseException:
            self._file.seek(start)
            self._file.truncate()
            raise

    def close(self) -> None:
        """Give the file its name, if there is something in it. Raises ConfigError."""
        if self._file is None:
            return
        try:
            size = self._file.tell()
            sync(self._file)
            self._file.close()
            if size:
                rename(self._part, self._path)
            else:
                self._part.unlink()
        except OSError as error:
            raise ConfigError(f"--save-diff {self._path}: can't be written: {reason(error)}") from None
