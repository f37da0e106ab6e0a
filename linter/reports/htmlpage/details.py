"""What the page shows of one article when it is opened: its text with marks, its findings, its sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from linter.model import SEVERITIES, Article, Category, Finding, SourceLabel, Span, Verdict
from linter.reports import ReportOptions
from linter.reports.htmlpage.marks import Line, Mark, Part, marked_lines, parts_of
from linter.reports.words import spot
from linter.source import source_span, text_offset

Where = Literal["text", "title", "author", "beside", "page", "absent"]

FINDINGS = 500  # of one article; of more the severest, and those that cost most
_EXCERPT, _FIELD = 300, 2_000  # code points
_FIELDS: tuple[Where, ...] = ("title", "author")


class Shown(Struct, omit_defaults=True):
    """A finding as the page tells it. `where`: what of the page it marks; "page" is what isn't shown there."""

    rule: str
    severity: str
    confidence: str
    category: str
    message: str
    where: Where
    spot: str
    fingerprint: str
    excerpt: str = ""
    more: int = 0  # code points that the excerpt leaves out
    suggestion: str | None = None
    points: int = 0
    related: list[str] = []
    value: bool = False
    known: str | None = None


class Unlisted(Struct, omit_defaults=True):
    """The findings that are not listed one by one, and what they cost in each category."""

    alarms: int = 0
    others: int = 0
    points: dict[str, int] = {}


class Scoring(Struct, omit_defaults=True):
    """How the score came about. `free`: findings that are no values and cost nothing."""

    categories: dict[str, Category]
    coverage: float
    confidence: str
    reasons: list[int]  # by their place in `Details.findings`
    free: int = 0


class Details(Struct, omit_defaults=True):
    """One article. `scoring` is None where its score is not to be shown."""

    findings: list[Shown]
    unlisted: Unlisted
    text: list[Part]
    title: list[Line] = []
    author: list[Line] = []
    beside: list[Part] = []
    scoring: Scoring | None = None
    profile: str = "text"
    date: str | None = None
    publisher: str | None = None
    language: str | None = None
    genre: str | None = None
    id: str | None = None
    source_line: int | None = None
    source: SourceLabel | None = None
    readability: list[float] = []  # Coleman-Liau, ARI, LIX, RIX


def details_of(verdict: Verdict, article: Article, *, scored: bool, options: ReportOptions) -> Details:
    """Everything that the page shows of an article beside its row. `scored`: is its score to be shown?"""
    chosen = _chosen(verdict.findings)
    marks: dict[Where, list[Mark]] = {"text": [], "title": [], "author": [], "beside": []}
    shown = []
    for number, finding in enumerate(chosen):
        where, mark = _place(finding, article, number)
        if mark:
            marks[where].append(mark)
        shown.append(_shown(finding, where))
    return Details(
        findings=shown,
        unlisted=_unlisted(verdict.findings, chosen),
        text=_text(article, marks["text"]),
        title=_marked(verdict.title, marks["title"]),
        author=_marked(article.author, marks["author"]),
        beside=_text(article.beside, marks["beside"]) if article.beside else [],
        scoring=_scoring(verdict, chosen) if scored else None,
        profile=article.profile,
        date=article.date,
        publisher=article.publisher,
        language=verdict.language,
        genre=verdict.genre,
        id=article.id,
        source_line=verdict.source_line,
        source=verdict.source,
        readability=_readability(article) if options.explain_score and verdict.score is not None else [],
    )


def _chosen(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The findings that are listed, in their order."""
    if len(findings) <= FINDINGS:
        return findings
    ranked = sorted(range(len(findings)), key=lambda number: (*_weight(findings[number]), number))
    return [findings[number] for number in sorted(ranked[:FINDINGS])]


def _weight(finding: Finding) -> tuple[bool, int, int]:
    quiet = finding.value or finding.known is not None
    return quiet, -SEVERITIES.index(finding.severity), -abs(finding.points)


def _unlisted(findings: Sequence[Finding], chosen: Sequence[Finding]) -> Unlisted:
    if len(chosen) == len(findings):
        return Unlisted()
    listed = set(map(id, chosen))
    rest = [finding for finding in findings if id(finding) not in listed]
    alarms = sum(not finding.value and finding.known is None for finding in rest)
    points: Counter[str] = Counter()
    for finding in rest:
        points[finding.category] += finding.points
    return Unlisted(alarms, len(rest) - alarms, {name: lost for name, lost in points.items() if lost})


def _shown(finding: Finding, where: Where) -> Shown:
    return Shown(
        rule=finding.rule,
        severity=finding.severity,
        confidence=finding.confidence,
        category=finding.category,
        message=finding.message,
        where=where,
        spot=spot(finding),
        fingerprint=finding.fingerprint,
        excerpt=finding.text[:_EXCERPT],
        more=max(len(finding.text) - _EXCERPT, 0),
        suggestion=finding.suggestion,
        points=finding.points,
        related=finding.related,
        value=finding.value,
        known=finding.known,
    )


def _place(finding: Finding, article: Article, number: int) -> tuple[Where, Mark | None]:
    """What a finding marks, and where; nothing where that is an absence, or no part of what is shown."""
    if finding.end <= finding.start:
        return "absent", None
    for field in _FIELDS:
        if finding.field == field:
            return field, Mark(finding.start, finding.end, number)
    if finding.field != "text":
        return "page", None
    if article.profile != "html":
        return "text", Mark(finding.start, finding.end, number)
    if article.beside and (mark := _in_text(finding, article.beside, number)):
        return "beside", mark
    if mark := _in_text(finding, article, number):
        return "text", mark
    return "page", None


def _in_text(finding: Finding, part: Article, number: int) -> Mark | None:
    """The mark of a finding of which the whole place is text of this part of the page."""
    if part.offsets is None:
        return Mark(finding.start, finding.end, number)
    start, end = text_offset(part.offsets, finding.start), text_offset(part.offsets, finding.end)
    if not finding.text[-1].isspace():  # nor is the break behind a line part of it
        end = start + len(part.text[start:end].rstrip())
    if start < end and source_span(part.offsets, start, end) == (finding.start, finding.end):
        return Mark(start, end, number)
    return None


def _text(article: Article, marks: Sequence[Mark]) -> list[Part]:
    """The source of text and Markdown, which findings count in; the text of a page, which people read."""
    if article.profile != "html":
        return parts_of(article.source, marks)
    forms = {block.start: block.form for block in article.blocks or [] if block.form != "paragraph"}
    return parts_of(article.text, marks, forms)


def _marked(field: str | None, marks: Sequence[Mark]) -> list[Line]:
    lines = marked_lines(field, marks, Span(0, min(len(field), _FIELD))) if field else []
    return [*lines, "…"] if field and len(field) > _FIELD else lines


def _scoring(verdict: Verdict, chosen: Sequence[Finding]) -> Scoring:
    numbers = {id(finding): number for number, finding in enumerate(chosen)}
    found = verdict.findings
    return Scoring(
        categories=verdict.categories,
        coverage=verdict.coverage,
        confidence=verdict.confidence,
        reasons=[numbers[id(found[number])] for number in verdict.reasons if id(found[number]) in numbers],
        free=sum(not (finding.points or finding.value) for finding in found),
    )


def _readability(article: Article) -> list[float]:
    from linter.readability import grades, paragraphs

    text = paragraphs(article.text)
    return [round(grade, 1) for grade in grades(text)] if text else []
