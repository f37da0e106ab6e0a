"""The files of a repository: what git knows of them, or else what lies in the folder."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path, PurePosixPath

from linter.git import GitError, git, names_in, top_of

_SKIPPED = frozenset(["node_modules", "vendor", "bower_components", "__pycache__", "venv"])
_LONGEST = 1 << 20  # bytes of a file that is looked into


class Tree:
    """A folder, the working tree of git that it lies in, if any, and the files in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    @cached_property
    def top(self) -> Path | None:
        """The top of the working tree; None outside of git, and where git isn't installed."""
        try:
            return top_of(self.folder)
        except GitError:
            return None

    @cached_property
    def prefix(self) -> str:
        """The way from the top of the working tree to the folder, "" or ending in "/"."""
        if self.top is None or self.top == self.folder:
            return ""
        return self.folder.relative_to(self.top).as_posix() + "/"

    @cached_property
    def files(self) -> list[str]:
        """The files in the folder that git doesn't ignore, relative to it and "/"-joined; hidden folders are left out.

        Folders of other people's code are left out as well.
        """
        said = self._git("ls-files", "-z", "--cached", "--others", "--exclude-standard") if self.top else None
        names = set(names_in(said)) if said is not None else self._walked()
        return sorted(name for name in names if _SKIPPED.isdisjoint(parts := name.split("/")) and not _hidden(parts))

    def has(self, name: str) -> bool:
        """Is there such a file in the folder, or such a folder?"""
        return (self.folder / name).exists()

    def text(self, name: str) -> str:
        """The text of a file in the folder; nothing where there is none that can be read, or it is very long."""
        try:
            with (self.folder / name).open("rb") as file:
                data = file.read(_LONGEST + 1)
        except OSError:
            return ""
        return data.decode("utf-8-sig", "replace") if len(data) <= _LONGEST and b"\0" not in data else ""

    @cached_property
    def remotes(self) -> str:
        """What git says about the addresses it fetches from."""
        return os.fsdecode(self._git("remote", "-v") or b"")

    @cached_property
    def branch(self) -> str:
        """The name of the branch that others start from, as far as git knows."""
        head = os.fsdecode(self._git("symbolic-ref", "--short", "refs/remotes/origin/HEAD") or b"").strip()
        here = os.fsdecode(self._git("symbolic-ref", "--short", "HEAD") or b"").strip()
        return head.partition("/")[2] or here or "main"

    def _walked(self) -> set[str]:
        found: set[str] = set()
        for folder, folders, files in os.walk(self.folder):
            folders[:] = [name for name in folders if name not in _SKIPPED and not name.startswith(".")]
            within = Path(folder).relative_to(self.folder)
            found.update((PurePosixPath(within.as_posix()) / name).as_posix() for name in files)
        return found

    def _git(self, *arguments: str) -> bytes | None:
        """What git prints; None where it complains or isn't there."""
        try:
            return git(self.folder, *arguments)
        except GitError:
            return None


def _hidden(parts: list[str]) -> bool:
    return any(part.startswith(".") for part in parts[:-1])
