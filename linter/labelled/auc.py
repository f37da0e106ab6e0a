"""How well a score tells two sides apart: the area under the ROC curve (AUC) of 100 - score, with an interval.

Everything works on counts by score, so that 100,000 articles take no longer than 1,000.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from random import Random
from typing import NamedTuple

from msgspec import Struct

from linter.labelled.proportions import Z
from linter.labelled.resampling import resampled

RESAMPLES = 1000
CLUSTERS = 20  # groups of one size that many groups have to be worth, for their own variation to tell enough
_TAIL = 0.01  # of the pairs: the smallest groups, which are not worth resampling


class Estimate(Struct, frozen=True):
    """An AUC and its 95 % interval."""

    value: float
    low: float
    high: float


class Sides(NamedTuple):
    """How many articles of each side have which score."""

    reliable: Counter[int]
    unreliable: Counter[int]

    @property
    def pairs(self) -> int:
        """One article of each side: how many such pairs there are."""
        return self.reliable.total() * self.unreliable.total()


def auc(sides: Sides) -> float:
    """The share of pairs in which the unreliable article has the lower score; equal ones count half. 0.5: chance.

    Each side has to hold an article.
    """
    return _won(*_rows(sides)) / sides.pairs


def estimate(sides: Sides, random: Random, resamples: int = RESAMPLES) -> Estimate:
    """The AUC with the percentile interval of a bootstrap that draws each side anew by itself."""
    return _between(auc(sides), replicates(sides, random, resamples))


def replicates(sides: Sides, random: Random, resamples: int = RESAMPLES) -> list[float]:
    """The AUC of so many resamples."""
    reliable, unreliable = _rows(sides)
    pairs = sides.pairs
    return [_won(resampled(reliable, random), resampled(unreliable, random)) / pairs for _ in range(resamples)]


def pooled(groups: Sequence[Sides], random: Random, resamples: int = RESAMPLES) -> Estimate:
    """The AUC over the pairs within groups alone: what differs between groups has no part in it.

    Each group has to hold both sides. Where many groups share the weight, it is the groups that vary: the interval is
    that of a ratio of sums over them (Cochran, "Sampling techniques", 6.3), as pairs have nothing to resample within.
    Where few groups have most of it, the articles in these are resampled.
    """
    ranked = sorted(groups, key=lambda group: -group.pairs)
    pairs = sum(group.pairs for group in ranked)
    won = [_won(*_rows(group)) for group in ranked]
    value = sum(won) / pairs
    if pairs * pairs >= CLUSTERS * sum(group.pairs**2 for group in ranked):
        squares = sum((here - value * group.pairs) ** 2 for here, group in zip(won, ranked, strict=True))
        error = Z * sqrt(squares * len(ranked) / (len(ranked) - 1)) / pairs
        return Estimate(value, max(value - error, 0.0), min(value + error, 1.0))
    drawn, left = [value] * resamples, pairs
    for group, here in zip(ranked, won, strict=True):
        if left < _TAIL * pairs:
            break
        for number, one in enumerate(replicates(group, random, resamples)):
            drawn[number] += (one * group.pairs - here) / pairs
        left -= group.pairs
    return _between(value, drawn)


def _rows(sides: Sides) -> tuple[list[int], list[int]]:
    """The counts of both sides in the same places, highest scores first; scores that neither has are left out."""
    scores = sorted(sides.reliable.keys() | sides.unreliable.keys(), reverse=True)
    return [sides.reliable[score] for score in scores], [sides.unreliable[score] for score in scores]


def _won(reliable: Iterable[int], unreliable: Iterable[int]) -> float:
    """The pairs in which the unreliable article comes later; of equal places half of them."""
    won, above = 0, 0
    for first, second in zip(reliable, unreliable, strict=True):
        won += second * (2 * above + first)
        above += first
    return won / 2


def _between(value: float, drawn: list[float]) -> Estimate:
    """The middle 95 % of what was drawn; of few articles that may lie beside the value, which it then reaches to."""
    drawn.sort()
    cut = len(drawn) // 40
    return Estimate(value, min(drawn[cut], value), max(drawn[-1 - cut], value))
