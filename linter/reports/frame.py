"""A code frame: the lines around a finding, with carets under what it flags."""

from __future__ import annotations

from linter.model import Article, Finding
from linter.reports.paper import columns, safe
from linter.source import LineIndex

_MOST_LINES = 3


class FieldText:
    """One field of an article, cut into lines once."""

    def __init__(self, article: Article, field: str) -> None:
        value = article.source if field == "text" else getattr(article, field, None)
        self.text = value if isinstance(value, str) else ""
        self._lines = LineIndex(self.text)

    def line(self, number: int) -> str:
        """A line without its line break; lines count from 1."""
        span = self._lines.line_span(number)
        return self.text[span.start : span.end].rstrip("\r\n")


def frame(text: FieldText, finding: Finding, width: int) -> list[tuple[str, str, str]]:
    """(gutter, line, carets) of each line to show, at most `width` columns wide; none for an absence."""
    if finding.end <= finding.start or text.text[finding.start : finding.end] != finding.text:
        return []
    numbers = list(range(finding.line, finding.end_line + 1))
    gutter = len(str(finding.end_line))
    shown = numbers if len(numbers) <= _MOST_LINES else [numbers[0], numbers[-1]]
    rows = []
    for number in shown:
        line = text.line(number)
        start = finding.column - 1 if number == finding.line else len(line) - len(line.lstrip())
        end = finding.end_column - 1 if number == finding.end_line else len(line)
        if number != finding.line and end <= start:
            continue
        rows.append(
            (f"{number:>{gutter}}", *_cut(line, start, min(max(end, start + 1), max(len(line), 1)), width - gutter - 3))
        )
        if number == numbers[0] and len(shown) < len(numbers):
            rows.append((" " * gutter, "…", ""))
    return rows


def _cut(line: str, start: int, end: int, width: int) -> tuple[str, str]:
    """A line cut to `width` columns around [start, end), and the carets below it."""
    first, last = 0, len(line)
    if columns(safe(line)) > width:
        room = max(width - 2, 10)
        lead = max((room - (end - start)) // 2, min(room // 4, 12))
        first = max(0, min(start - lead, last - room))
        last = min(last, first + room)
    before, flagged, after = line[first:start], line[start : min(end, last)], line[min(end, last) : last]
    cut_front, cut_back = "…" if first else "", "…" if last < len(line) else ""
    before = cut_front + safe(before)
    flagged = safe(flagged)
    return before + flagged + safe(after) + cut_back, " " * columns(before) + "^" * max(columns(flagged), 1)


def excerpt(text: str, start: int, end: int, around: int) -> tuple[str, str, str]:
    """Up to `around` characters before a span, the span, and as many after it, made safe; cut ends show an ellipsis."""
    first, last = max(0, start - around), min(len(text), end + around)
    before, after = safe(text[first:start]), safe(text[end:last])
    return ("…" if first else "") + before, safe(text[start:end]), after + ("…" if last < len(text) else "")
