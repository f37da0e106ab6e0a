"""Hits -> candidates -> findings: look-alikes dropped, levels decided, neighbours merged into one block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from linter.analysis import Analysis, Line
from linter.matcher import LineTest
from linter.model import CONFIDENCES, SEVERITIES, Confidence, Hit, Severity, Span
from linter.rulefile import Level, Rule, Unless, When

# By the hit's tag, how much evidence it is of what its rule supports.
_SUPPORT = {"beside": 0.1, "weak": 0.25, "plain": 1.0, "strong": 2.0}
# Where no level of the rule holds.
_USUAL = {severity: Level(when=When(), severity=severity) for severity in SEVERITIES}


class Candidate(Struct):
    """A hit that is no look-alike, with its rule and place."""

    rule: Rule
    hit: Hit
    line: Line | None  # None: the hit is not in the text (a title, an absence)
    own_site: bool

    @property
    def span(self) -> Span:
        """The hit's text span."""
        return Span(self.hit.start, self.hit.end)


class Merged(Struct):
    """What becomes one finding: its rule, severity, text span, and everything that went into it."""

    rule: Rule
    severity: Severity
    confidence: Confidence
    points: float | None
    hit: Hit
    span: Span
    related: list[str]
    extractor: bool = False  # may all of it come from the reader's own extractor?

    @property
    def is_block(self) -> bool:
        """Is it something of its own beside the story, not a fault within a sentence of it?"""
        return self.rule.merge == "neighbours"


class _Counts(Struct):
    """How often each rule hit, and how much evidence there is of what rules support, in one article."""

    hits: Counter[str]
    support: defaultdict[str, float]

    @classmethod
    def of(cls, analysis: Analysis, candidates: Sequence[Candidate]) -> _Counts:
        counts = cls(Counter(c.rule.id for c in candidates), defaultdict(float))
        seen: set[tuple[str, str]] = set()
        for candidate in candidates:
            name, hit = candidate.rule.supports, candidate.hit
            key = (candidate.rule.id, analysis.folded[hit.start : hit.end])
            if name and key not in seen:
                seen.add(key)
                counts.support[name] += next((_SUPPORT[tag] for tag in hit.tags if tag in _SUPPORT), 1.0)
        return counts


class LookAlikes:
    """A rule's `unless` and `zones`, compiled: says of a hit whether it counts."""

    def __init__(self, rule: Rule) -> None:
        unless: Unless = rule.unless
        self._unless, self._zones = unless, frozenset(rule.zones)
        self._tags, self._forms = frozenset(unless.tags), frozenset(unless.forms)
        self._line, self._before, self._after = (
            LineTest.of(patterns, builtin=rule.builtin) for patterns in (unless.line, unless.before, unless.after)
        )

    def spares(self, analysis: Analysis, hit: Hit, line: Line) -> bool:
        """Is this hit a look-alike, or outside the rule's zones?"""
        unless, folded = self._unless, analysis.folded
        if self._zones and line.zone not in self._zones:
            return True
        if self._tags and not self._tags.isdisjoint(hit.tags):
            return True
        if self._line and self._line(folded[line.start : line.end]):
            return True
        if self._forms and analysis.form(line) in self._forms:
            return True
        if unless.prose is not None and analysis.is_prose(line, unless.prose):
            return True
        if unless.quoted and analysis.is_quoted(hit.start, hit.end):
            return True
        if self._before and line.index and self._before(_text_of(analysis, line.index - 1)):
            return True
        if self._after:
            last = analysis.line_at(max(hit.end - 1, hit.start)).index
            if last + 1 < len(analysis.lines) and self._after(_text_of(analysis, last + 1)):
                return True
        about = unless.about
        return about is not None and (analysis.count_of(tuple(about.words), Span(line.start, line.end)) >= about.count)


def _text_of(analysis: Analysis, index: int) -> str:
    line = analysis.lines[index]
    return analysis.folded[line.start : line.end]


def merge(analysis: Analysis, candidates: Sequence[Candidate]) -> list[Merged]:
    """Candidates -> findings, in order of the text.

    Within a family overlapping hits become one; where both rules say `merge: neighbours`, so do whole lines that
    follow each other with only blank lines between. A finding is as severe as its severest hit, and is named by that
    one's rule, or by the rule of a hit around it. Hits whose weights do not add up to 1 in their group are dropped.
    """
    counts = _Counts.of(analysis, candidates)
    families: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        hit = candidate.hit
        # An absence has no place, so nothing can stand beside it.
        place = hit.field if hit.start < hit.end else f"absence of {candidate.rule.id}"
        families[candidate.rule.family, place].append(candidate)
    found: list[Merged] = []
    for members in families.values():
        members.sort(key=lambda c: (c.hit.start, -c.hit.end, c.rule.id, c.hit.weight, c.hit.tags))
        for group in _groups(analysis, members):
            merged = _one(analysis, group, counts)
            if merged:
                found.append(merged)
    found.sort(key=lambda m: (m.span.start, m.span.end, m.rule.id))
    return found


def _groups(analysis: Analysis, members: list[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    end, open_group = -1, False  # does the last group consist of rules that merge with their neighbours?
    for candidate in members:
        joins = candidate.line is not None and candidate.rule.merge == "neighbours"
        if groups and (candidate.hit.start < end or (open_group and joins and _follows(analysis, candidate, end))):
            groups[-1].append(candidate)
            open_group = open_group and joins
        else:
            groups.append([candidate])
            end, open_group = -1, joins
        end = max(end, candidate.hit.end)
    return groups


def _follows(analysis: Analysis, candidate: Candidate, end: int) -> bool:
    """Is there nothing but white space between `end` and the line that the candidate begins with?"""
    line = candidate.line
    if line is None or candidate.hit.start > analysis.core(line).start:
        return False
    return end <= line.start and not analysis.text[end : line.start].strip()


def _one(analysis: Analysis, group: list[Candidate], counts: _Counts) -> Merged | None:
    if sum(candidate.hit.weight for candidate in group) < 1:
        return None
    graded: list[tuple[Candidate, Level]] = []
    for candidate in group:
        level = _level(analysis, candidate, counts, len(group))
        if level.severity != "off":
            graded.append((candidate, level))
    if not graded:
        return None
    best, level = max(graded, key=_rank)
    for candidate, own in graded:
        if candidate.hit.weight >= 1 and _encloses(candidate.span, best.span):
            best, level = candidate, Level(when=level.when, severity=level.severity, confidence=own.confidence)
    span = Span(min(c.hit.start for c, _ in graded), max(c.hit.end for c, _ in graded))
    related = sorted({c.rule.id for c, _ in graded} - {best.rule.id})
    assert level.severity != "off"
    points = best.rule.points if level.points is None else level.points
    extractor = all(candidate.rule.extractor for candidate, _ in graded)
    return Merged(best.rule, level.severity, _confidence(best, level), points, best.hit, span, related, extractor)


def _confidence(candidate: Candidate, level: Level) -> Confidence:
    return level.confidence or candidate.rule.confidence


def _encloses(outer: Span, inner: Span) -> bool:
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end


def _rank(graded: tuple[Candidate, Level]) -> tuple[int, float, int, int]:
    """The severest names a merged finding; among equals evidence before weak hits, the surer, the earlier."""
    candidate, level = graded
    assert level.severity != "off"
    return (
        SEVERITIES.index(level.severity),
        candidate.hit.weight,
        CONFIDENCES.index(_confidence(candidate, level)),
        -candidate.hit.start,
    )


def _level(analysis: Analysis, candidate: Candidate, counts: _Counts, block: int) -> Level:
    for level in candidate.rule.levels:
        if _holds(analysis, level.when, candidate, counts, block):
            return level
    return _USUAL[candidate.rule.severity]


def _holds(analysis: Analysis, when: When, candidate: Candidate, counts: _Counts, block: int) -> bool:
    """Is every condition met that is given?"""
    line, rule, hit = candidate.line, candidate.rule, candidate.hit
    if when.tag is not None and not (when.tag in hit.tags or (when.tag == "own-site" and candidate.own_site)):
        return False
    if when.profile is not None and analysis.article.profile != when.profile:
        return False
    if when.preset is not None and analysis.preset != when.preset:
        return False
    if when.quoted is not None and (line is None or analysis.is_quoted(hit.start, hit.end) is not when.quoted):
        return False
    if when.count is not None and counts.hits[rule.id] < when.count:
        return False
    support = counts.support[rule.supports or ""]
    if when.support is not None and support < when.support:
        return False
    if when.per_1000_words is not None and support * 1000 < when.per_1000_words * analysis.own_words:
        return False
    if when.block is not None and block < when.block:
        return False
    if when.zone is not None:
        zones = when.zone if isinstance(when.zone, list) else [when.zone]
        if line is None or line.zone not in zones:
            return False
    return when.form is None or (line is not None and analysis.form(line) == when.form)
