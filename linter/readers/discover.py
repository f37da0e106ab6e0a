"""Paths as a user names them -> the files to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from linter.readers import reader_for, suffixes
from linter.readers.ignore import Ignore, ignore_above, patterns
from linter.readers.inputs import Source

_SKIPPED = {"node_modules", "__pycache__"}  # beside hidden directories: nobody's articles


class Problem(Struct, frozen=True):
    """A path that gives nothing to read, and why."""

    path: str
    message: str


def discover(
    paths: Sequence[str],
    *,
    exclude: Sequence[str] = (),
    include: Sequence[str] = (),
    respect_gitignore: bool = True,
    force_exclude: bool = False,
    root: Path | None = None,
) -> Iterator[Source | Problem]:
    """The inputs behind `paths`, in order, none of them twice; directories are walked in sorted order.

    `exclude` and `include` are globs in the language of .gitignore, relative to `root` (the directory of the
    configuration; the working directory if None). `include` says which files of a directory are taken, in the place
    of the known suffixes. A file that is named is read whatever its name, ignored or not; `exclude` holds for it
    only with `force_exclude`. Where all is excluded nothing is yielded.
    """
    walk = _Walk(exclude, include, respect_gitignore, root or Path.cwd())
    for path in paths:
        yield from walk.named(path, force_exclude)


class _Walk:
    def __init__(self, exclude: Sequence[str], include: Sequence[str], respect_gitignore: bool, root: Path) -> None:
        self._exclude = patterns(exclude) if exclude else None
        self._include = patterns(include) if include else None
        self._wanted = ", ".join(include) if include else ", ".join(f"*{suffix}" for suffix in suffixes(walked=True))
        self._respect_gitignore = respect_gitignore
        self._root = os.path.abspath(root)  # noqa: PTH100
        self._seen: set[str] = set()
        self._followed: set[str] = set()
        self._some_excluded = False

    def named(self, path: str, force_exclude: bool) -> Iterator[Source | Problem]:
        """The inputs behind one path of the command line."""
        if path == "-":
            yield Source("-", None)
            return
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116
        except (OSError, ValueError) as error:
            yield Problem(_display(path), _reason(error))
            return
        absolute = os.path.abspath(path)  # noqa: PTH100
        if stat.S_ISDIR(mode):
            yield from self._directory_named(path, absolute)
        elif force_exclude and self._excluded(absolute):
            return
        elif not stat.S_ISREG(mode):
            yield Problem(_display(path), "not a regular file")
        else:
            yield from self._once(path, absolute)

    def _directory_named(self, path: str, absolute: str) -> Iterator[Source | Problem]:
        self._some_excluded = False
        ignore = ignore_above(Path(absolute)) if self._respect_gitignore else None
        found = False
        for item in self._directory("" if path in (".", "./") else path, absolute, ignore, os.path.realpath(absolute)):
            found = True
            if isinstance(item, Problem):
                yield item
            else:
                yield from self._once(item.path, str(item.file))
        if not found and not self._some_excluded:
            yield Problem(_display(path), f"no articles found (looked for {self._wanted})")

    def _directory(self, shown: str, absolute: str, ignore: Ignore | None, top: str) -> Iterator[Source | Problem]:
        try:
            with os.scandir(absolute) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(_display(shown or "."), _reason(error))
            return
        if ignore is not None:
            ignore = ignore.enter(absolute)
        for entry in ordered:
            name, path = os.path.join(shown, entry.name), os.path.join(absolute, entry.name)  # noqa: PTH118
            if _is_directory(entry):
                if entry.name.startswith(".") or entry.name in _SKIPPED:
                    continue
                if self._left_out(path + os.sep, ignore):
                    self._some_excluded = True
                elif not entry.is_symlink() or self._follow(path, top):
                    yield from self._directory(name, path, ignore, top)
            elif self._is_wanted(entry.name, path):
                if self._left_out(path, ignore):
                    self._some_excluded = True
                else:
                    yield self._file(entry, name, path)

    def _file(self, entry: os.DirEntry[str], name: str, path: str) -> Source | Problem:
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            return Problem(_display(name), _reason(error))
        if not stat.S_ISREG(mode):
            return Problem(_display(name), "not a regular file")
        return Source(name, Path(path))

    def _follow(self, link: str, top: str) -> bool:
        """Is the directory behind a link to be walked? Not where the walk comes anyway, has been, or is inside."""
        target = os.path.realpath(link)
        inside = os.path.commonpath([target, top])
        if inside in (target, top) or target in self._followed:
            return False
        self._followed.add(target)
        return True

    def _is_wanted(self, name: str, path: str) -> bool:
        if name.startswith("."):
            return False
        if self._include is not None:
            return self._include.match_file(self._relative(path))
        return reader_for(name, walked=True) is not None

    def _left_out(self, path: str, ignore: Ignore | None) -> bool:
        return self._excluded(path) or (ignore is not None and ignore.excludes(path))

    def _excluded(self, path: str) -> bool:
        return self._exclude is not None and self._exclude.match_file(self._relative(path))

    def _relative(self, path: str) -> str:
        """`path` below the root of the globs; one that lies elsewhere as it stands, for globs without a folder."""
        final = os.sep if path.endswith(os.sep) else ""
        try:
            inside = os.path.relpath(path, self._root)
        except ValueError:  # another drive
            inside = path
        elsewhere = inside == os.pardir or inside.startswith(os.pardir + os.sep)
        return ((path if elsewhere else inside + final).replace(os.sep, "/")).lstrip("/")

    def _once(self, path: str, absolute: str) -> Iterator[Source]:
        if absolute not in self._seen:
            self._seen.add(absolute)
            yield Source(_display(path), Path(absolute))


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _display(path: str) -> str:
    """A path for people: "/" on every system, and nothing in it that cannot be printed."""
    return os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")


def _reason(error: OSError | ValueError) -> str:
    words = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return words[:1].lower() + words[1:]
