"""One line per finding that is an alarm: `path:line:column: severity ID message`."""

from __future__ import annotations

from typing import ClassVar, TextIO

from linter.decision import alarms
from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.paper import STYLES, Paper
from linter.reports.words import location, said


class Report:
    """The `concise` format; the summary is left to the caller."""

    machine: ClassVar[bool] = False
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._paper = Paper(out, options.color)

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """One line per finding."""
        for finding in alarms(verdict):
            severity = (finding.severity, STYLES[finding.severity])
            self._paper.line(f"{location(verdict, finding)}: ", severity, f" {finding.rule} {said(finding)}")

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """Nothing is left to say."""
