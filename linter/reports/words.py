"""The sentences that reports share: where a finding is, what a run adds up to."""

from __future__ import annotations

from linter.model import Finding, Verdict
from linter.reports import Summary
from linter.reports.paper import safe

_PLURALS = {"error": "errors", "warning": "warnings", "info": "infos", "article": "articles"}


def count(number: int, noun: str) -> str:
    """ "1 error", "1,234 errors"."""
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"


def place(verdict: Verdict) -> str:
    """The article's path; a record of a dump as `dump.jsonl#RECORD`."""
    return safe(verdict.path if verdict.record is None else f"{verdict.path}#{verdict.record}")


def location(verdict: Verdict, finding: Finding) -> str:
    """`path:line:column` of a finding."""
    return f"{place(verdict)}:{finding.line}:{finding.column}"


def said(finding: Finding) -> str:
    """The message, and the field it is about where that isn't the text."""
    message = safe(finding.message)
    return message if finding.field == "text" else f"{message} (in the {finding.field})"


def summary_line(summary: Summary, *, own: bool = False) -> str:
    """`3 articles: 5 errors, 2 warnings, 1 info; 3 scored, lowest 41 (serious issues) in x.md`."""
    found = [count(summary.findings[s], s) for s in ("error", "warning", "info") if summary.findings.get(s)]
    line = f"{count(summary.articles, 'article')}: {', '.join(found) or 'no findings'}"
    if summary.unreadable:
        line += f"; {summary.unreadable:,} could not be read"
    if not own and summary.articles:
        line += f"; {summary.scored:,} scored"
        if summary.lowest:
            line += f", lowest {summary.lowest.score} ({summary.lowest.band}) in {safe(summary.lowest.path)}"
    return line + ("; interrupted" if summary.interrupted else "")
