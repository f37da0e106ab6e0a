"""Which lines of which files have changed since a revision: what git says."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from linter.config import ConfigError
from linter.git import GitError, git, names_in, top_of
from linter.model import Article, Finding, Verdict
from linter.source import LineIndex

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


class Lines(Struct, frozen=True):
    """The changed lines of a file, from 1: pairs of first and last. None: all of them, it is new."""

    ranges: list[tuple[int, int]] | None

    def touch(self, first: int, last: int) -> bool:
        """Has one of these lines changed?"""
        return self.ranges is None or any(first <= end and last >= start for start, end in self.ranges)


UNCHANGED = Lines([])


class Changes:
    """The changes of working trees against the point where they left a revision. Raises ConfigError."""

    def __init__(self, revision: str) -> None:
        if revision.startswith("-") or not revision.strip():
            raise ConfigError(f"--diff-base {revision!r} is no revision")
        self._revision = revision
        self._trees: dict[Path, _Tree] = {}
        self._tops: dict[Path, Path] = {}

    def read(self, path: Path) -> None:
        """Ask git about the working tree that a path is in."""
        self._tree(path if path.is_dir() else path.absolute().parent)

    def mark(self, verdict: Verdict, article: Article) -> bool:
        """Mark the findings on unchanged lines as known; returns whether the score is to fail nothing.

        That is where nothing that costs points stands on a changed line. A record of a dump changes with its line; of
        a dump that doesn't have its records on lines every record changes with the file.
        """
        lines = self._of(article)
        told = None
        costs = False
        for finding in verdict.findings:
            if lines.ranges is not None:
                told = told or _Told(article)
                if not told.changed(finding, lines):
                    finding.known = finding.known or ("unchanged" if not finding.value else None)
                    continue
            costs = costs or finding.points > 0
        return not costs and lines.ranges is not None

    def _of(self, article: Article) -> Lines:
        if article.path == "-":
            return Lines(None)
        file = Path(article.path).absolute()
        lines = self._tree(file.parent).of(file.resolve())
        if article.record is None or lines.ranges is None:
            return lines
        if article.source_line is None:
            return Lines(None) if lines.ranges else UNCHANGED
        return Lines(None) if lines.touch(article.source_line, article.source_line) else UNCHANGED

    def _tree(self, folder: Path) -> _Tree:
        try:
            if folder not in self._tops:
                self._tops[folder] = top_of(folder)
            top = self._tops[folder]
            if top not in self._trees:
                self._trees[top] = _Tree(top, self._revision)
        except GitError as error:
            raise ConfigError(f"--diff-base: {error}") from None
        return self._trees[top]


class _Told:
    """Where the findings of one file stand in it."""

    def __init__(self, article: Article) -> None:
        self._article = article

    @cached_property
    def _index(self) -> LineIndex:
        return LineIndex(self._article.source)

    def changed(self, finding: Finding, lines: Lines) -> bool:
        """Does a finding stand on a changed line? An absence stands on none; a field where its words are."""
        if finding.end <= finding.start:
            return False
        if finding.field == "text":
            return lines.touch(finding.line, finding.end_line - (finding.end_column == 1 < finding.end_line))
        at = self._article.source.find(finding.text.splitlines()[0])
        if at < 0:
            return bool(lines.ranges)
        line = self._index.position(at)[0]
        return lines.touch(line, line)


class _Tree:
    """The changes of one working tree."""

    def __init__(self, top: Path, revision: str) -> None:
        self._top = top
        try:
            base = git(top, "merge-base", revision, "HEAD").strip().decode()
        except GitError:  # histories without a common point, or cut off: the revision itself
            base = git(top, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip().decode()
        options = ("--no-ext-diff", "--no-textconv", "--no-color", "--find-renames", base)
        changed = ("--diff-filter=ACMR", *options)
        names = names_in(git(top, "diff", "--name-only", "-z", *changed))
        # Sections come in the order of the names; only -z gives names as they are.
        sections = re.split(rb"^diff --git .*\n", git(top, "diff", "--unified=0", *changed), flags=re.MULTILINE)[1:]
        self._changed = {name: _lines(section) for name, section in zip(names, sections, strict=True)}
        retyped = names_in(git(top, "diff", "--name-only", "-z", "--diff-filter=T", *options))
        self._changed |= dict.fromkeys(retyped, Lines(None))
        self._tracked = set(names_in(git(top, "ls-files", "-z")))

    def of(self, file: Path) -> Lines:
        if not file.is_relative_to(self._top):  # a link that leads elsewhere
            return Lines(None)
        name = file.relative_to(self._top).as_posix()
        return Lines(None) if name not in self._tracked else self._changed.get(name, UNCHANGED)


def _lines(section: bytes) -> Lines:
    head = section.partition(b"\n@@")[0]
    if re.search(rb"^new file mode", head, re.MULTILINE):
        return Lines(None)
    ranges = []
    for line in section.split(b"\n"):
        if hunk := _HUNK.match(line):
            start, count = int(hunk[1]), int(hunk[2] or 1)
            if count:
                ranges.append((start, start + count - 1))
    return Lines(ranges)
