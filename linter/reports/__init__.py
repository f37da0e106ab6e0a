"""How verdicts are shown. A format is a file in `formats/`, of one shape and found by name; here are their parts."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import iter_modules
from typing import ClassVar, Protocol, TextIO

import msgspec
from msgspec import Struct

from linter.model import Article, Decision, Severity, Verdict
from linter.rulefile import Rule

VALUE = "value"  # where findings are counted by their severity: one that is no alarm


class Lowest(Struct, frozen=True):
    """The article with the lowest score of a run."""

    score: int
    band: str
    path: str


class Worst(Struct, frozen=True, order=True):
    """An article among those that lost most points; of equal ones the first counts as worse."""

    lost: int
    before: int  # minus its number in the run
    path: str
    title: str


class RuleCount(Struct):
    """How often a rule hit."""

    name: str
    hits: int = 0
    articles: int = 0
    severities: dict[str, int] = {}  # values by themselves


class SiteCount(Struct):
    """The records of one site, and the points that the scored ones lost."""

    records: int = 0
    scored: int = 0
    points: int = 0


class Summary(Struct, kw_only=True):
    """What a run adds up to. `unreadable` counts inputs and records with an error, `articles` all the others."""

    articles: int = 0
    unreadable: int = 0
    findings: dict[Severity, int] = {}
    scored: int = 0
    abstained: int = 0
    lowest: Lowest | None = None
    decisions: dict[Decision, int] = msgspec.field(default_factory=lambda: {"pass": 0, "warn": 0, "fail": 0})
    known: int = 0  # findings that are no alarms, for they were there before
    sources: dict[str, int] = {}  # articles by the label that the user's own list gives their site
    interrupted: bool = False


class Details(Struct, kw_only=True):
    """What else there is to say of a run over a dump."""

    rules: dict[str, RuleCount] = {}  # by ID
    errors: dict[str, int] = {}  # by their kind
    histogram: list[int] = msgspec.field(default_factory=lambda: [0] * 10)  # scores 0-9, 10-19, … 90-100
    worst: list[Worst] = []  # a heap
    sites: dict[str, SiteCount] = {}


class ReportOptions(Struct, kw_only=True):
    """How to show. `rule` gives the rule of an ID, where it is known."""

    color: bool = False
    width: int = 100  # columns
    explain_score: bool = False
    show_score: bool = False
    quiet: bool = False  # findings only
    limit: int = 50  # hits, for --show
    version: str = ""
    rulebook: str = ""
    score_version: str = ""
    rule: Callable[[str], Rule | None] = lambda rule: None


class Report(Protocol):
    """One format. A report only renders: it is given every verdict in input order, then the summary."""

    machine: ClassVar[bool]  # for programs: UTF-8 whatever the locale
    sums_up: ClassVar[bool]  # shows the summary itself; otherwise it goes to stderr

    def __init__(self, out: TextIO, options: ReportOptions) -> None: ...

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Show one article's verdict. `own`: its score is shown on request only."""

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """End the report; `own` where no article's score was to be shown."""


def format_names() -> list[str]:
    """The formats there are: the modules of `linter.reports.formats`."""
    return [module.name for module in iter_modules([f"{folder}/formats" for folder in __path__])]


def report_for(name: str) -> type[Report]:
    """The report class of a format, or of what has a flag of its own: `Report` in the module of that name."""
    from importlib import import_module

    folder = "" if name in ("show", "statistics") else "formats."
    report: type[Report] = import_module(f"linter.reports.{folder}{name}").Report
    return report
