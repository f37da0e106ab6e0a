"""The sentences that reports share: where a finding is, what a run adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from linter.model import SEVERITIES, Finding, Verdict
from linter.reports import VALUE, Summary
from linter.reports.paper import Paper, Part, columns, safe

_NARROWEST = 20  # columns of running text
_LABELS = 5  # of the user's list, in a summary
_PLURALS = {"error": "errors", "warning": "warnings", "info": "infos", "article": "articles"}


def count(number: int, noun: str) -> str:
    """ "1 error", "1,234 errors"."""
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"


def severity_of(finding: Finding) -> str:
    """Under what a finding is counted: its severity, or that it is a value."""
    return VALUE if finding.value else finding.severity


def severities_of(counts: Iterable[Mapping[str, int]]) -> list[str]:
    """The columns of a table of such counts: the severest first, values where there are any."""
    return [*reversed(SEVERITIES), *([VALUE] if any(VALUE in one for one in counts) else [])]


def place(verdict: Verdict) -> str:
    """The article's path; a record of a dump as `dump.jsonl#RECORD`."""
    return safe(verdict.path if verdict.record is None else f"{verdict.path}#{verdict.record}")


def location(verdict: Verdict, finding: Finding) -> str:
    """`path:line:column` of a finding."""
    return f"{place(verdict)}:{finding.line}:{finding.column}"


def spot(finding: Finding) -> str:
    """Where in its article a finding is: `3:1`, `title 1:1`, or that it is an absence."""
    if finding.end <= finding.start:
        return "absent"
    at = f"{finding.line}:{finding.column}"
    return at if finding.field == "text" else f"{finding.field} {at}"


def signed(points: int) -> str:
    """What points do to the score: "-12", "+2" for a credit, "0"."""
    return f"{-points:+d}" if points else "0"


def said(finding: Finding) -> str:
    """The message, and the field it is about where that isn't the text."""
    message = safe(finding.message)
    return message if finding.field == "text" else f"{message} (in the {finding.field})"


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a safe text, at most `width` columns (two or more) each; words that are longer are cut."""
    lines = [""]
    for word in text.split():
        if lines[-1] and columns(lines[-1]) + 1 + columns(word) <= width:
            lines[-1] += f" {word}"
            continue
        while columns(word) > width:
            cut = next(n for n in range(min(len(word), width), 0, -1) if columns(word[:n]) <= width)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return [line for line in lines if line]


def hanging(paper: Paper, lead: Sequence[Part], text: str, width: int, *, style: str = "") -> None:
    """Write a safe text behind `lead`, in at most `width` columns; its further lines are indented as far."""
    indent = sum(columns(part if isinstance(part, str) else part[0]) for part in lead)
    for number, line in enumerate(wrapped(text, max(width - indent, _NARROWEST)) or [""]):
        paper.line(*([" " * indent] if number else lead), (line, style) if style else line)


def summary_line(summary: Summary, *, own: bool = False) -> str:
    """`3 articles: 5 errors, 2 warnings, 1 info; 3 scored, lowest 41 (serious issues) in x.md`."""
    found = [count(summary.findings[s], s) for s in ("error", "warning", "info") if summary.findings.get(s)]
    line = f"{count(summary.articles, 'article')}: {', '.join(found) or 'no findings'}"
    if summary.known:
        line += f"; {summary.known:,} known"
    if summary.unreadable:
        line += f"; {summary.unreadable:,} could not be read"
    if not own and summary.articles:
        line += f"; {summary.scored:,} scored"
        if summary.lowest:
            line += f", lowest {summary.lowest.score} ({summary.lowest.band}) in {safe(summary.lowest.path)}"
    if summary.sources:
        line += f"; in your list: {_labels(summary.sources)}"
    return line + ("; interrupted" if summary.interrupted else "")


def _labels(sources: Mapping[str, int]) -> str:
    ranked = sorted(sources.items(), key=lambda item: (-item[1], item[0]))
    told = [f"{number:,} '{safe(label)}'" for label, number in ranked[:_LABELS]]
    rest = sum(number for _, number in ranked[_LABELS:])
    return ", ".join([*told, f"{rest:,} others"] if rest else told)
