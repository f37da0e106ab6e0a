"""The rules of .gitignore files, from the top of the repository down to a directory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignore:
    """What the ignore files that hold for one directory say; the closest file decides, as in git."""

    def __init__(self, levels: tuple[tuple[str, GitIgnoreSpec], ...] = ()) -> None:
        self._levels = levels  # (directory with a final slash, its patterns), outermost first

    def enter(self, directory: str) -> Ignore:
        """The rules inside an absolute directory path: these, and those of its own .gitignore."""
        spec = _load(os.path.join(directory, ".gitignore"))  # noqa: PTH118
        return Ignore((*self._levels, (_slashed(directory), spec))) if spec else self

    def excludes(self, path: str) -> bool:
        """Is this absolute path ignored? That of a directory ends in a slash."""
        for top, spec in reversed(self._levels):
            if path.startswith(top):
                verdict = spec.check_file(path[len(top) :].replace(os.sep, "/")).include
                if verdict is not None:
                    return verdict
        return False


def ignore_above(directory: Path) -> Ignore:
    """The rules that hold for a directory from above: the repository's exclude file, and every .gitignore down to it.

    None of them hold for a directory that they ignore as a whole: whoever names it wants it read.
    """
    chain = [directory, *directory.parents]
    depth = next((number for number, parent in enumerate(chain) if (parent / ".git").exists()), None)
    if depth is None:
        return Ignore()
    top = chain[depth]
    exclude = _load(str(_git_directory(top) / "info" / "exclude"))
    rules = Ignore(((_slashed(str(top)), exclude),)) if exclude else Ignore()
    for parent in reversed(chain[: depth + 1]):
        if parent != top and rules.excludes(_slashed(str(parent))):
            return Ignore()
        if parent != directory:
            rules = rules.enter(str(parent))
    return rules


def patterns(lines: Sequence[str]) -> GitIgnoreSpec:
    """Patterns in the language of .gitignore, compiled."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _git_directory(top: Path) -> Path:
    """The directory that holds info/exclude; in a linked worktree `.git` is a file that leads there."""
    git = top / ".git"
    try:
        if git.is_file():
            git = top / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            git = git / (git / "commondir").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        pass
    return git


def _load(file: str) -> GitIgnoreSpec | None:
    try:
        with open(file, encoding="utf-8", errors="replace") as lines:  # noqa: PTH123
            found = [line for line in lines if line.strip() and not line.startswith("#")]
    except OSError:
        return None
    return patterns(found) if found else None


def _slashed(directory: str) -> str:
    return directory if directory.endswith(os.sep) else directory + os.sep
