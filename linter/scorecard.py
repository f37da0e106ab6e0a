"""Findings -> points, category scores, total. Every lost point belongs to a finding; the sum is exact.

Weights are set by hand and monotone: a severer or surer finding never costs less, one more finding never lowers the
loss (unless it overlaps others, which then cost nothing). They say how much a trace of copying or careless handling
counts, not whether a story is true.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain
from math import floor, fsum

from msgspec import Struct

from linter.model import CATEGORIES, SEVERITIES, Category, Confidence, Severity

SCORE_VERSION = "1"

CAPS = {"provenance": 25, "republication": 40, "language": 35, "sourcing": 25, "style": 20}
_ALL_CAPS = sum(CAPS.values())
BANDS = ((90, "clean"), (75, "minor issues"), (60, "notable issues"), (40, "serious issues"), (0, "severe"))

# Points of one finding before anything else: severity x confidence.
SEVERITY_POINTS: dict[Severity, float] = {"info": 2.0, "warning": 6.0, "error": 12.0}
CONFIDENCE_SHARE: dict[Confidence, float] = {"hint": 0.2, "likely": 0.6, "certain": 1.0}
SATURATION = 0.6  # each further finding of one rule costs this share of the one before
BONUS_FROM = 3  # families: three or more kinds of residue in 37 % of farm articles, under 2 % of clean ones
BONUS_POINTS = 4.0  # per family from the third on
HINTS_AT_MOST = 5.0  # all hints of an article together

LEAST_WORDS, NORMAL_WORDS = 100, 200


class Charge(Struct):
    """What the scorecard needs to know of one finding. `start` and `end` are source offsets."""

    rule: str
    family: str
    category: str
    severity: Severity
    confidence: Confidence
    field: str
    start: int
    end: int
    override: float | None = None  # the rule's own points in place of the table
    scored: bool = True
    exact: float | None = None  # measured points: as they are, however sure and however many
    credit: float | None = None  # it takes off so many points of its category's losses, and costs none


class Scorecard(Struct):
    """The score (None: abstained, and why), its band, and the integer points of each charge."""

    score: int | None
    band: str | None
    coverage: float
    confidence: str
    abstained: str | None
    categories: dict[str, Category]
    points: list[int]


def card(
    charges: Sequence[Charge],
    *,
    words: int,
    abstained: str | None,
    assessed: frozenset[str],
    unassessed: Mapping[str, str] | None = None,
) -> Scorecard:
    """Score an article of `words` words.

    `assessed` names the categories that there was something to assess in, beside those of the charges; `unassessed`
    says why there was nothing in others.
    """
    assessed |= {c.category for c in charges if _base(c) > 0}
    why = unassessed or {}
    coverage = round(sum(map(CAPS.__getitem__, assessed)) / _ALL_CAPS, 3)
    if abstained is None and words < LEAST_WORDS:
        abstained = "empty article" if words == 0 else f"too short to score: {words} words, {LEAST_WORDS} are needed"
    if abstained is not None:
        empty = {name: Category(0, CAPS[name], False) for name in CATEGORIES}
        return Scorecard(None, None, 0.0, "none", abstained, empty, [0] * len(charges))
    points = _rounded(charges, _losses(charges)) if charges else []
    lost = dict.fromkeys(CAPS, 0)
    for charge, cost in zip(charges, points, strict=True):
        lost[charge.category] += cost
    categories = {
        name: Category(lost[name], cap, name in assessed, None if name in assessed else why.get(name))
        for name, cap in CAPS.items()
    }
    score = 100 - sum(points)
    band = next(name for least, name in BANDS if score >= least)
    return Scorecard(score, band, coverage, "low" if words < NORMAL_WORDS else "normal", None, categories, points)


def _losses(charges: Sequence[Charge]) -> list[float]:
    """The real-valued loss of each charge after overlap, saturation, bonus and caps."""
    losses = _taken(charges)
    _add_bonus(charges, losses)
    if not any(losses):
        return losses
    hints: dict[str, list[int]] = {}
    evidence: dict[str, list[int]] = {}
    for number, charge in enumerate(charges):
        (hints if charge.confidence == "hint" else evidence).setdefault(charge.category, []).append(number)
    for name, cap in CAPS.items():  # hints only fill the room that evidence leaves
        sure, unsure = evidence.get(name, ()), hints.get(name, ())
        _limit(sure, cap, losses)
        if unsure:
            _limit(unsure, max(cap - fsum(losses[n] for n in sure), 0.0), losses)
    _limit(sorted(chain.from_iterable(hints.values())), HINTS_AT_MOST, losses)
    _limit(range(len(charges)), 100, losses)
    _add_credits(charges, losses)
    return losses


def _base(charge: Charge) -> float:
    if not charge.scored or charge.credit is not None:
        return 0.0
    if charge.exact is not None:
        return charge.exact
    base = SEVERITY_POINTS[charge.severity] if charge.override is None else charge.override
    return base * CONFIDENCE_SHARE[charge.confidence]


def _taken(charges: Sequence[Charge]) -> list[float]:
    """Each further finding of a rule costs less, and where findings overlap only the one that would cost most counts.

    The dearest is taken first; what it saves the later ones of its rule is known before they are compared with others.
    """
    losses = [0.0] * len(charges)
    by_rule: dict[str, list[tuple[float, int, int, str, int]]] = defaultdict(list)
    for number, charge in enumerate(charges):
        if _base(charge) > 0:
            by_rule[charge.rule].append((_base(charge), -charge.start, -charge.end, charge.field, number))
    heap = []  # of each rule the dearest that is left
    further = {c.rule: SATURATION if c.exact is None else 1.0 for c in charges}
    for rule, waiting in by_rule.items():
        waiting.sort()
        heap.append((-waiting[-1][0], -waiting[-1][1], rule))
    heapify(heap)
    count: Counter[str] = Counter()
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)  # taken spans of each field; they never overlap
    while heap:
        negative, _, rule = heappop(heap)
        waiting = by_rule[rule]
        number = waiting.pop()[-1]
        if _take(places[charges[number].field], charges[number].start, charges[number].end):
            losses[number] = -negative
            count[rule] += 1
        if waiting:
            heappush(heap, (-waiting[-1][0] * further[rule] ** count[rule], -waiting[-1][1], rule))
    return losses


def _take(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Add a span to the sorted ones if it overlaps none; an absence (an empty span) never does."""
    at = bisect_left(taken, (end, -1))
    if start < end:
        if at and taken[at - 1][1] > start:
            return False
        taken.insert(at, (start, end))
    return True


def _add_bonus(charges: Sequence[Charge], losses: list[float]) -> None:
    """Different kinds of residue together weigh more: the bonus goes to the families from the third on."""
    first: dict[str, int] = {}
    for number, charge in enumerate(charges):
        serious = SEVERITIES.index(charge.severity) > 0
        sure = charge.confidence != "hint"
        if charge.category == "republication" and serious and sure and losses[number] > 0:
            best = first.setdefault(charge.family, number)
            if losses[number] > losses[best]:
                first[charge.family] = number
    ranked = sorted(first.values(), key=lambda n: (-losses[n], charges[n].start, charges[n].rule))
    for number in ranked[BONUS_FROM - 1 :]:
        losses[number] += BONUS_POINTS


def _add_credits(charges: Sequence[Charge], losses: list[float]) -> None:
    """Credits take off what their own category has lost, and no more."""
    for name in CAPS:
        credits = {n: c.credit for n, c in enumerate(charges) if c.category == name and c.credit and c.scored}
        if not credits:
            continue
        lost, given = fsum(losses[n] for n, c in enumerate(charges) if c.category == name), fsum(credits.values())
        for n, credit in credits.items():
            losses[n] = -credit * min(1.0, lost / given)


def _limit(numbers: Sequence[int], most: float, losses: list[float]) -> None:
    if not numbers:
        return
    total = fsum(losses[n] for n in numbers)
    if total > most:
        for n in numbers:
            losses[n] *= most / total


def _rounded(charges: Sequence[Charge], losses: list[float]) -> list[int]:
    """Whole points: those of all add up to the rounded total exactly, and those of a category never exceed its cap.

    From the total to categories, rules and findings: a measure with many small parts keeps what it comes to.
    """
    points = [0] * len(losses)
    if not any(losses):
        return points

    def share_out(numbers: Sequence[int], total: int, *keys: str) -> None:
        if not keys:
            for number, whole in zip(numbers, _apportioned([losses[n] for n in numbers], total), strict=True):
                points[number] = whole
            return
        groups: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            groups[getattr(charges[number], keys[0])].append(number)
        parts = sorted(groups.items())
        sums = [fsum(losses[n] for n in members) for _, members in parts]
        for (_, members), share in zip(parts, _apportioned(sums, total), strict=True):
            share_out(members, share, *keys[1:])

    total = int(round(fsum(losses), 6) + 0.5)  # halves go up: a difference of five stays one of five
    share_out(range(len(losses)), total, "category", "rule")
    return points


def _apportioned(parts: list[float], total: int) -> list[int]:
    """Each part rounded down or up so that they add up to `total`: up go those with the largest remainders."""
    if len(parts) == 1:
        return [total]
    floors = [floor(round(part, 6)) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda n: (floors[n] - parts[n], n))
    for number in by_remainder[: max(total - sum(floors), 0)]:
        floors[number] += 1
    return floors
