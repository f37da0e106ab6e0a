"""Findings -> points, category scores, total. Every lost point belongs to a finding; the sum is exact.

Weights are set by hand and monotone: a severer or surer finding never costs less, one more finding never lowers the
loss. They say how much a trace of copying or careless handling counts, not whether a story is true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from linter.model import CATEGORIES, SEVERITIES, Category, Confidence, Severity

SCORE_VERSION = "1"

CAPS = {"provenance": 25, "republication": 40, "language": 35, "sourcing": 25, "style": 20}
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


class Scorecard(Struct):
    """The score (None: abstained, and why), its band, and the integer points of each charge."""

    score: int | None
    band: str | None
    coverage: float
    confidence: str
    abstained: str | None
    categories: dict[str, Category]
    points: list[int]


def card(charges: Sequence[Charge], *, words: int, abstained: str | None, assessed: frozenset[str]) -> Scorecard:
    """Score an article of `words` words; `assessed` names the categories that there was something to assess in."""
    assessed |= {c.category for c in charges if c.scored}
    coverage = round(sum(CAPS[name] for name in assessed) / sum(CAPS.values()), 3)
    if abstained is None and words < LEAST_WORDS:
        abstained = "empty article" if words == 0 else f"too short to score: {words} words, {LEAST_WORDS} are needed"
    if abstained is not None:
        empty = {name: Category(0, CAPS[name], False) for name in CATEGORIES}
        return Scorecard(None, None, 0.0, "none", abstained, empty, [0] * len(charges))
    points = _rounded(_losses(charges)) if charges else []
    categories = {
        name: Category(
            sum(p for c, p in zip(charges, points, strict=True) if c.category == name), cap, name in assessed
        )
        for name, cap in CAPS.items()
    }
    score = 100 - sum(points)
    band = next(name for least, name in BANDS if score >= least)
    return Scorecard(score, band, coverage, "low" if words < NORMAL_WORDS else "normal", None, categories, points)


def _losses(charges: Sequence[Charge]) -> list[float]:
    """The real-valued loss of each charge after overlap, saturation, bonus and caps."""
    losses = [_base(charge) for charge in charges]
    _charge_spans_once(charges, losses)
    by_rule: dict[str, list[int]] = defaultdict(list)
    for number, charge in enumerate(charges):
        by_rule[charge.rule].append(number)
    for numbers in by_rule.values():
        for rank, number in enumerate(sorted(numbers, key=lambda n: (-losses[n], charges[n].start))):
            losses[number] *= SATURATION**rank
    _limit([n for n, charge in enumerate(charges) if charge.confidence == "hint"], HINTS_AT_MOST, losses)
    _add_bonus(charges, losses)
    for name, cap in CAPS.items():
        _limit([n for n, charge in enumerate(charges) if charge.category == name], cap, losses)
    _limit(list(range(len(charges))), 100, losses)
    return losses


def _base(charge: Charge) -> float:
    if not charge.scored:
        return 0.0
    base = SEVERITY_POINTS[charge.severity] if charge.override is None else charge.override
    return base * CONFIDENCE_SHARE[charge.confidence]


def _charge_spans_once(charges: Sequence[Charge], losses: list[float]) -> None:
    """Where findings of different families overlap, only the dearest costs points."""
    order = sorted(range(len(charges)), key=lambda n: (-losses[n], charges[n].start))
    charged: list[Charge] = []
    for number in order:
        charge = charges[number]
        if losses[number] <= 0 or charge.start == charge.end:
            continue
        if any(c.field == charge.field and c.start < charge.end and charge.start < c.end for c in charged):
            losses[number] = 0.0
        else:
            charged.append(charge)


def _add_bonus(charges: Sequence[Charge], losses: list[float]) -> None:
    """Different kinds of residue together weigh more: the bonus goes to the families from the third on."""
    first: dict[str, int] = {}
    for number, charge in enumerate(charges):
        serious = SEVERITIES.index(charge.severity) > 0
        if charge.category == "republication" and serious and losses[number] > 0:
            best = first.setdefault(charge.family, number)
            if losses[number] > losses[best]:
                first[charge.family] = number
    ranked = sorted(first.values(), key=lambda n: (-losses[n], charges[n].start))
    for number in ranked[BONUS_FROM - 1 :]:
        losses[number] += BONUS_POINTS


def _limit(numbers: list[int], most: float, losses: list[float]) -> None:
    total = sum(losses[n] for n in numbers)
    if total > most:
        for n in numbers:
            losses[n] *= most / total


def _rounded(losses: list[float]) -> list[int]:
    """Whole points by largest remainder: they add up to the rounded total exactly."""
    floors = [int(loss) for loss in losses]
    missing = round(sum(losses)) - sum(floors)
    by_remainder = sorted(range(len(losses)), key=lambda n: (floors[n] - losses[n], n))
    for number in by_remainder[: max(missing, 0)]:
        floors[number] += 1
    return floors
