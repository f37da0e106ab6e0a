"""How verdicts are shown: one file per format, all of one shape, found by name."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import iter_modules
from typing import ClassVar, Protocol, TextIO

from msgspec import Struct

from linter.model import Article, Severity, Verdict


class Lowest(Struct, frozen=True):
    """The article with the lowest score of a run."""

    score: int
    band: str
    path: str


class Summary(Struct, kw_only=True):
    """What a run adds up to. `unreadable` counts inputs and records with an error, `articles` all the others."""

    articles: int = 0
    unreadable: int = 0
    findings: dict[Severity, int] = {}
    scored: int = 0
    abstained: int = 0
    lowest: Lowest | None = None
    interrupted: bool = False


class ReportOptions(Struct, kw_only=True):
    """How to show. `advice` gives a rule's help text."""

    color: bool = False
    width: int = 100  # columns
    explain_score: bool = False
    show_score: bool = False
    quiet: bool = False  # findings only
    limit: int = 50  # hits, for --show
    version: str = ""
    rulebook: str = ""
    score_version: str = ""
    advice: Callable[[str], str | None] = lambda rule: None


class Report(Protocol):
    """One format. A report only renders: it is given every verdict in input order, then the summary."""

    machine: ClassVar[bool]  # for programs: UTF-8 whatever the locale
    sums_up: ClassVar[bool]  # shows the summary itself; otherwise it goes to stderr

    def __init__(self, out: TextIO, options: ReportOptions) -> None: ...

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Show one article's verdict. `own`: its score is shown on request only."""

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """End the report; `own` where no article's score was to be shown."""


_OTHERS = {"frame", "paper", "scores", "words", "show", "statistics"}  # parts, and what has a flag of its own


def formats() -> list[str]:
    """The formats there are: every other module of this package."""
    return [module.name for module in iter_modules(__path__) if module.name not in _OTHERS]


def report_for(name: str) -> type[Report]:
    """The report class of a format: `Report` in the module of that name."""
    from importlib import import_module

    report: type[Report] = import_module(f"linter.reports.{name}").Report
    return report
