"""What could be done about each finding of an article: whole lines gone, a piece of one, or other words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from linter.analysis import ends_in_stop
from linter.fixing.places import Places
from linter.fixing.prose import tells
from linter.model import SEVERITIES, Finding, Span, Verdict
from linter.rulefile import Rule
from linter.source import PLACEHOLDER

_LABEL = 6  # words of a heading such as "More from the newspaper's site:"
_SAYS = re.compile(rf"[^\W_]|{PLACEHOLDER}")
_BEGINS = re.compile(r"[\"'“‘«(\[]*[^\W_a-z]")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
# A date, or who wrote or first published something.
_WHENCE = re.compile(
    rf"\b(?:\d{{1,2}} {_MONTH}|{_MONTH}\.? \d{{1,2}}),? \d{{4}}\b"
    r"|\b\d{4}[-/.]\d\d?[-/.]\d\d?\b|\b\d\d?[-/.]\d\d?[-/.]\d{4}\b"
    r"|(?:^|[|·•])\s*(?:(?:(?:written|posted) )?by|author|editor|contributor|source|via)\b",
    re.IGNORECASE,
)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PAIRS = {"(": ")", "[": "]"}


class Proposal(Struct, frozen=True):
    """Text from `start` to `end` becomes `new`, about a finding; for "lines" these are whole lines, which go."""

    finding: Finding
    safe: bool
    kind: Literal["lines", "piece", "replace"]
    start: int
    end: int
    new: str = ""


class Proposed(NamedTuple):
    """The proposals for an article, and the findings whose rules have a fix that can't be made by itself."""

    proposals: list[Proposal]
    left: list[Finding]


def propose(places: Places, verdict: Verdict, rules: Mapping[str, Rule], *, labelled: bool = True) -> Proposed:
    """The proposals for every finding of a rule with a fix; measures of the score and what is beside an article aside.

    `labelled`: does somebody say what is the article? In a page of which that isn't known the boxes and buttons may be
    those that it works with.
    """
    found = Proposed([], [])
    for finding in verdict.findings:
        rule = rules.get(finding.rule)
        if finding.value or rule is None or rule.fix is None:
            continue
        span = places.text_span(finding.start, finding.end) if finding.field == "text" else None
        proposal = _proposal(places, finding, rule, rules, span) if span is not None else None
        if proposal is not None:
            safe = proposal.safe and (labelled or proposal.kind == "replace")
            found.proposals.append(proposal if safe == proposal.safe else replace(proposal, safe=safe))
        elif span is not None or finding.field != "text":
            found.left.append(finding)
    # A line that goes with a block, and isn't what the block is known by, may be one that a person has to look at.
    doubtful = sorted(one.start for one in found.proposals if not one.safe and one.kind != "replace")
    for number, one in enumerate(found.proposals):
        if one.safe and one.kind == "lines":
            second = places.lines[places.line_at(one.start)].end
            if bisect_left(doubtful, second) < bisect_left(doubtful, one.end):
                found.proposals[number] = replace(one, safe=False)
    return found


def disjoint(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Those that don't touch the same text, in order: of two that do, whole lines, then the one with more text."""
    chosen: list[Proposal] = []  # in order
    for proposal in sorted(proposals, key=lambda one: (one.kind != "lines", one.start - one.end, one.start)):
        at = bisect_left(chosen, (proposal.start, proposal.end), key=lambda one: (one.start, one.end))
        if not any(_touch(proposal, other) for other in chosen[max(at - 1, 0) : at + 1]):
            chosen.insert(at, proposal)
    return chosen


def _touch(one: Proposal, other: Proposal) -> bool:
    if one.start == one.end or other.start == other.end:  # what is inserted
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _proposal(places: Places, finding: Finding, rule: Rule, rules: Mapping[str, Rule], span: Span) -> Proposal | None:
    fix = rule.fix
    if fix is None:
        return None
    safe = _is_safe(finding, rule, rules)
    if fix.action == "replace":
        return _replacement(places, finding, safe)
    if lines := _whole_lines(places, span):
        return Proposal(finding, safe and _stands_alone(places, lines), "lines", *lines)
    return _piece(places, finding, safe, span) if fix.action == "delete-match" else None


def _is_safe(finding: Finding, rule: Rule, rules: Mapping[str, Rule]) -> bool:
    """Do the rule, and all that went into the finding, say so; and is it no case that a rule thinks less bad?"""
    if SEVERITIES.index(finding.severity) < SEVERITIES.index(rule.severity):
        return False
    others = [rules[name].fix if name in rules else None for name in finding.related]
    return all(fix is not None and fix.safe for fix in (rule.fix, *others))


def _whole_lines(places: Places, span: Span) -> Span | None:
    """The lines that a span covers, where nothing else is said on them; None where it does not."""
    text, lines = places.article.text, places.lines
    first, last = places.line_at(span.start), places.line_at(span.end - 1)
    start, end = lines[first].start, lines[last].end
    if _SAYS.search(text, start, span.start) or _SAYS.search(text, span.end, end):
        return None
    if places.article.profile == "markdown" and PLACEHOLDER in text[start:end]:
        return None  # a picture, or code
    if any(tells(text[line.start : line.end]) for line in lines[first : last + 1]):
        return None
    others = chain(range(first), range(last + 1, len(lines)))
    if not any(_SAYS.search(text, lines[number].start, lines[number].end) for number in others):
        return None  # nothing would be left
    return Span(start, end)


def _stands_alone(places: Places, span: Span) -> bool:
    """Do lines belong to nothing that stays? A heading, or what ends in a comma or a colon, belongs to what follows.

    A row belongs to its table; a date or a name on the line may be that of the article.
    """
    first, last = places.line_at(span.start), places.line_at(span.end - 1)
    line = places.lines[last]
    wording = places.article.text[line.start : line.end]
    if (
        line.form in ("heading", "table")
        or wording[-1] in ",;"
        or (wording[-1] == ":" and len(wording.split()) > _LABEL)
    ):
        return False
    return first < last or not _WHENCE.search(wording)


def _piece(places: Places, finding: Finding, safe: bool, span: Span) -> Proposal | None:
    """A part of a line that stands between sentences; None where it is a part of one, or all that there is."""
    text, (start, end) = places.article.text, span
    line = places.lines[places.line_at(start)]
    if end > line.end or tells(text[start:end]):
        return None
    if line.start < start and end < line.end and _PAIRS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    while line.start < start and text[start - 1].isspace():
        start -= 1
    while end < line.end and text[end].isspace():
        end += 1
    before, after = line.start < start, end < line.end
    if not (before or after) or (before and not ends_in_stop(text, line.start, start)):
        return None
    if after and not _BEGINS.match(text, end):
        return None
    blank = text[start] if text[start].isspace() else " "
    return Proposal(finding, safe, "piece", start, end, blank if before and after else "")


def _replacement(places: Places, finding: Finding, safe: bool) -> Proposal | None:
    """Only what differs from the suggestion; None where there is none, or markup stands within."""
    new, span = finding.suggestion, places.exact_span(finding.start, finding.end)
    if new is None or span is None or "\n" in new or "\r" in new:
        return None
    text, (start, end) = places.article.text, span
    if "\n" in text[start:end]:
        return None
    same = _in_common(text[start:end], new)
    start, new = start + same, new[same:]
    same = _in_common(text[start:end][::-1], new[::-1])
    end, new = end - same, new[: len(new) - same]
    if start == end and not new:
        return None
    whole = places.whole(start, end)
    new = text[whole.start : start] + new + text[end : whole.end]
    beside = text[whole.start - 1 : whole.start] + text[whole.end : whole.end + 1]
    if new.isspace() and any(map(str.isspace, beside)):
        new = ""  # one blank is enough
    old = text[whole.start : whole.end]
    if places.article.profile != "html" and any(sign in new and sign not in old for sign in "<>"):
        safe = False  # whoever puts the text into a page would make markup of it
    if _TURNING.search(old):
        safe = False  # without one of them the text is shown in another order
    return Proposal(finding, safe, "replace", *whole, new) if places.is_solid(*whole) else None


def _in_common(one: str, other: str) -> int:
    """The number of characters that two strings begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
