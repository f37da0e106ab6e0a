"""For people: code frames and the score for one article, one line per finding for several."""

from __future__ import annotations

from typing import ClassVar, TextIO

from linter.decision import alarms
from linter.model import Article, Finding, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.formats import concise
from linter.reports.frame import FieldText, frame
from linter.reports.paper import STYLES, Paper, safe
from linter.reports.scores import tell, tell_readability, tell_source
from linter.reports.words import location, place, said, summary_line


class Report:
    """The `console` format. The first article waits until it is known whether there are more."""

    machine: ClassVar[bool] = False
    sums_up: ClassVar[bool] = True

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._options = options
        self._paper = Paper(out, options.color)
        self._lines = concise.Report(out, options)
        self._first: tuple[Verdict, Article, bool] | None = None
        self._several = False

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Hold the first article back; from the second on, write lines."""
        if not self._several and self._first is None:
            self._first = (verdict, article, own)
            return
        self._spread()
        self._write_lines(verdict, article, own)

    def _spread(self) -> None:
        self._several = True
        if self._first:
            held, self._first = self._first, None
            self._write_lines(*held)

    def _write_lines(self, verdict: Verdict, article: Article, own: bool) -> None:
        self._lines.add(verdict, article)
        if verdict.error is None and (self._options.explain_score or self._options.show_score):
            self._paper.line((place(verdict), "bold"))
            tell(self._paper, verdict, self._options)

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """The frames of the only article, or the summary of several."""
        if self._first:
            verdict, article, own = self._first
            if verdict.error is None or alarms(verdict):
                self._write_frames(verdict, article, own)
        elif self._several and not self._options.quiet:
            self._paper.line(summary_line(summary, own=own))

    def _write_frames(self, verdict: Verdict, article: Article, own: bool) -> None:
        fields: dict[str, FieldText] = {}
        shown = alarms(verdict)
        for finding in shown:
            if finding.field not in fields:
                fields[finding.field] = FieldText(article, finding.field)
            self._write_frame(verdict, finding, fields[finding.field])
        if self._options.quiet:
            return
        if not shown:
            self._paper.line(f"{place(verdict)}: no findings")
        if not own or self._options.show_score or self._options.explain_score:
            tell(self._paper, verdict, self._options)
            if self._options.explain_score and verdict.score is not None:
                tell_readability(self._paper, article, self._options)
        else:
            tell_source(self._paper, verdict, self._options)

    def _write_frame(self, verdict: Verdict, finding: Finding, text: FieldText) -> None:
        paper, style = self._paper, STYLES[finding.severity]
        paper.line(
            f"{location(verdict, finding)}: ",
            (finding.severity, style),
            (f" {finding.rule} {finding.name}", "bold"),
        )
        rows = frame(text, finding, self._options.width)
        margin = " " * len(rows[0][0]) if rows else ""
        for gutter, line, carets in rows:
            paper.line((f"{gutter} | ", "dim"), line)
            if carets:
                paper.line((f"{margin} | ", "dim"), (carets, style))
        paper.line((f"{margin} = ", "dim"), said(finding))
        if finding.suggestion:
            paper.line((f"{margin} = ", "dim"), f"instead: {safe(finding.suggestion)}")
        elif (rule := self._options.rule(finding.rule)) and rule.help:
            paper.line((f"{margin} = ", "dim"), f"help: {safe(rule.help)}")
        paper.line()
