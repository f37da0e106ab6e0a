"""Where reports go: stdout, files, several at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click
from msgspec import Struct

from linter.config import ConfigError
from linter.configvalues import did_you_mean
from linter.model import Article, Verdict
from linter.readers.inputs import reason
from linter.reports import Report, ReportOptions, Summary, format_names, report_for, show

_STDOUT = Path("-")
# What a file is likely meant to be, where no format is given.
_SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".sarif": "sarif",
    ".xml": "junit",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
}


class Target(Struct, frozen=True):
    """A report to write: its format, and its file (None: stdout)."""

    format: str
    file: Path | None = None


def targets(format: str | None, outputs: Sequence[str]) -> list[Target]:
    """The reports that `--format` and the values of `--output` ask for. Raises click.UsageError.

    `FORMAT:FILE` is one beside the report on stdout; a `FILE` alone is in its place. `-` is stdout.
    """
    made = [_target(text, format) for text in outputs]
    in_place = any(alone for alone, _ in made) or any(target.file is None for _, target in made)
    found = [target for _, target in made]
    if not in_place:
        found.insert(0, Target(format or "console"))
    files = [target.file.absolute() if target.file else None for target in found]
    for file in files:
        if files.count(file) > 1:
            raise click.UsageError(f"--output: two reports would go to {file or 'standard output'}.")
    return found


def _target(text: str, format: str | None) -> tuple[bool, Target]:
    known = format_names()
    prefix, colon, rest = text.partition(":")
    if colon and prefix in known:
        if not rest:
            raise click.UsageError(f"--output {text}: expected a file behind '{prefix}:'.")
        return False, _of(prefix, rest)
    if colon and (hint := did_you_mean(prefix, known)):
        raise click.UsageError(f"--output {text}: unknown format {prefix!r}{hint}")
    return True, _of(format or _SUFFIXES.get(Path(text).suffix.lower(), "console"), text)


def _of(format: str, file: str) -> Target:
    return Target(format, None if Path(file) == _STDOUT else Path(file))


class Reports:
    """All reports of a run, as one. `sums_up`: one of those that people see shows the summary."""

    def __init__(self, reports: Sequence[tuple[Target, Report]]) -> None:
        self._reports = [report for _, report in reports]
        self.sums_up = any(report.sums_up for target, report in reports if target.file is None)

    @property
    def full(self) -> bool:
        """Is no more wanted?"""
        return any(isinstance(report, show.Report) and report.full for report in self._reports)

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Show one article's verdict."""
        for report in self._reports:
            report.add(verdict, article, own=own)

    def add_unread(self, path: str, why: str) -> None:
        """Show a path that gives nothing to read, where the reader is a program: people are told of it on stderr."""
        verdict = Verdict(path=path, error=why, decision="fail", because=why)
        for report in self._reports:
            if report.machine:
                report.add(verdict, Article(text="", source="", path=path, error=why))

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """End the reports."""
        for report in self._reports:
            report.close(summary, own=own)


@contextmanager
def written(targets: Sequence[Target], options: Callable[[TextIO], ReportOptions]) -> Iterator[Reports]:
    """The reports, over their opened files. Raises ConfigError for one that can't be written."""
    with ExitStack() as stack:
        reports = []
        for target in targets:
            kind = report_for(target.format)
            out = stack.enter_context(opened(target.file, kind.machine))
            reports.append((target, kind(out, options(out)), out))
        yield Reports([(target, report) for target, report, _ in reports])
        for _, _, out in reports:
            out.flush()


@contextmanager
def opened(output: Path | None, machine: bool) -> Iterator[TextIO]:
    """Where a report goes: a file, or stdout, as UTF-8 for machines; what can't be encoded is spelt out."""
    if output is not None:
        try:
            file = output.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise ConfigError(f"--output {output}: {reason(error)}") from None
        with file:
            yield file
        return
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
        if machine:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    yield sys.stdout
