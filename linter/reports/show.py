"""`--show RULE`: the hits of a rule in their context, to judge it by before trusting it."""

from __future__ import annotations

from typing import ClassVar, TextIO

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.frame import excerpt
from linter.reports.paper import STYLES, Paper
from linter.reports.words import count, location, severity_of

_AROUND = 60  # characters


class Report:
    """One line per hit: where, its level, and the text around it with the match in ⟦brackets⟧."""

    machine: ClassVar[bool] = False
    sums_up: ClassVar[bool] = True

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._paper = Paper(out, options.color)
        self._limit = options.limit
        self.shown = 0
        self._articles = 0

    @property
    def full(self) -> bool:
        """Have as many hits been shown as were asked for?"""
        return self.shown >= self._limit

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """The hits in one article."""
        self._articles += bool(verdict.findings)
        for finding in verdict.findings:
            if self.full:
                return
            self.shown += 1
            text = article.source if finding.field == "text" else getattr(article, finding.field, None) or ""
            before, match, after = excerpt(text, finding.start, finding.end, _AROUND)
            shown = (f"⟦{match}⟧", STYLES[finding.severity])
            if finding.end <= finding.start:
                before, shown, after = "", (f"absent: {finding.message}", STYLES[finding.severity]), ""
            self._paper.line(f"{location(verdict, finding)}: {severity_of(finding)} ", before, shown, after)

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """How many there were."""
        more = f"; stopped at --limit {self._limit}" if self.full else ""
        read = count(summary.articles, "article")
        self._paper.line(f"{count(self.shown, 'hit')} in {self._articles:,} of {read}{more}")
