"""The results as tables, on the terminal and in Markdown."""

from __future__ import annotations

import argparse
import platform
import statistics
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from benchmarks.formats.extractors import Extracted
from benchmarks.formats.measuring import Read, Results
from benchmarks.formats.stored import missing
from linter import __version__

LIBRARIES = ("fastwarc", "feedparser", "msgspec", "pyarrow", "resiliparse", "trafilatura", "zstandard")


class Table(NamedTuple):
    """A table for the terminal or a file."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def tables(results: Results) -> list[Table]:
    """What was measured, in words and numbers."""
    formats = Table(
        "Reading and linting, MB of text per second: median (best round)",
        (
            "format", "articles", "text MB", "file MB", "bare library", "bare MB/s", "articles/s", "read MB/s",
            "articles/s", "read and linted MB/s", "articles/s", "share of reading", "findings",
        ),
        [_format_row(found) for found in results.formats],
    )  # fmt: skip
    extractors = Table(
        "WARC to text, each behind fastwarc, on the same pages: median (best round)",
        ("extractor", "pages", "pages/s", "ms a page", "characters a page", "gold kept", "residue kept"),
        [_extractor_row(found) for found in results.extractors],
    )
    return [formats, extractors]


def _format_row(found: Read) -> tuple[str, ...]:
    size = found.text_size / 1e6
    speeds = [
        cell
        for times in found.times.values()
        for cell in (_rate(size, times), _rate(found.articles, times, best=False))
    ]
    share = statistics.median(found.times["read"]) / statistics.median(found.times["lint"])
    return (
        found.format, f"{found.articles:,}", f"{size:.2f}", f"{found.file_size / 1e6:.2f}", found.library, *speeds,
        f"{share:.1%}", f"{found.findings:,}",
    )  # fmt: skip


def _extractor_row(found: Extracted) -> tuple[str, ...]:
    shares = ("–" if share is None else f"{share:.1%}" for share in (found.gold, found.residue))
    each = 1000 * statistics.median(found.times) / max(found.pages, 1)
    characters = f"{found.characters / max(found.pages, 1):,.0f}"
    return found.tool, f"{found.pages:,}", _rate(found.pages, found.times), f"{each:.2f}", characters, *shares


def _rate(amount: float, times: list[float], *, best: bool = True) -> str:
    def shown(seconds: float) -> str:
        rate = amount / max(seconds, 1e-9)
        return f"{rate:,.0f}" if rate >= 100 else f"{rate:.3g}"

    median = shown(statistics.median(times))
    return f"{median} ({shown(min(times))})" if best else median


def notes(results: Results, options: argparse.Namespace) -> list[str]:
    """What has to be known about the tables."""
    versions = [f"{name} {version(name)}" for name in LIBRARIES if not missing(name)]
    return [
        f"{date.today().isoformat()}; newslint {__version__}, Python {platform.python_version()}",
        ", ".join(versions),
        f"{'fixtures' if options.data is None else 'evaluation data'}; {options.repeat} rounds, one process, "
        "seconds of the processor, files in the page cache",
        "read: by newslint's reader alone; share of reading: the time of that in the time of reading and linting",
        "gold kept: of the article's runs of five words; residue kept: of the page's other lines of three words and "
        "more; newslint lints all that is visible, since residue is what it looks for, and scores what is labelled",
        *results.needs,
    ]


def markdown(shown: list[Table], said: list[str]) -> str:
    """The tables as a Markdown document."""
    parts = ["# Reading and linting by format", *(f"- {note}" for note in said)]
    for title, head, rows in shown:
        marks = [":--" if n == 0 else "--:" for n in range(len(head))]
        lines = [head, tuple(marks), *rows]
        parts += ["", f"## {title}", "", *(f"| {' | '.join(line)} |" for line in lines)]
    return "\n".join([parts[0], "", *parts[1:], ""])


def show(shown: list[Table], said: list[str]) -> None:
    """The tables on the terminal."""
    from rich.console import Console
    from rich.table import Table as Drawn

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    for title, head, rows in shown:
        drawn = Drawn(title=title, title_justify="left")
        for number, name in enumerate(head):
            drawn.add_column(name, justify="right" if number else "left")
        for row in rows:
            drawn.add_row(*row)
        console.print(drawn)
    for note in said:
        console.print(note, highlight=False, markup=False)
