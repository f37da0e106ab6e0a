"""`--statistics`: how often each rule fired, values included."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import ClassVar, TextIO

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.paper import Paper
from linter.reports.words import severities_of, severity_of, summary_line


class Report:
    """A table of the rules that fired, the most frequent first."""

    machine: ClassVar[bool] = False
    sums_up: ClassVar[bool] = True

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._paper = Paper(out, options.color)
        self._articles: Counter[tuple[str, str]] = Counter()
        self._severities: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Count the findings of one article."""
        for finding in verdict.findings:
            self._severities[finding.rule, finding.name][severity_of(finding)] += 1
        self._articles.update({(finding.rule, finding.name) for finding in verdict.findings})

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """The table."""
        severities = severities_of(self._severities.values())
        rules = sorted(self._severities, key=lambda rule: (-self._severities[rule].total(), rule))
        rows = [
            [
                f"{self._severities[rule].total():,}",
                f"{self._articles[rule]:,}",
                *(f"{self._severities[rule][severity] or '-'}" for severity in severities),
                *rule,
            ]
            for rule in rules
        ]
        if rows:
            self._paper.table(["hits", "articles", *severities, "rule", "name"], rows, numbers=2 + len(severities))
        self._paper.line(summary_line(summary, own=own))
