"""Shares of two sides: their intervals, and whether they differ by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Z = 1.959964  # of the normal distribution: 95 %
_EQUAL = 1 + 1e-7  # tables that are as likely but for rounding


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The 95 % interval of a share after Wilson 1927; None of nothing."""
    if not whole:
        return None
    share, square = part / whole, Z * Z
    centre = share + square / (2 * whole)
    spread = Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    low, high = (centre - spread) / (1 + square / whole), (centre + spread) / (1 + square / whole)
    return (low if part else 0.0), (high if part < whole else 1.0)


def fisher(first: int, of_first: int, second: int, of_second: int) -> float:
    """How likely it is that `first` of so many and `second` of so many differ so much by chance: Fisher's exact test.

    Two-sided: the probability of all tables with these sums that are no likelier than this one.
    """
    hits = first + second
    least, most = max(0, hits - of_second), min(hits, of_first)
    # Probabilities relative to that of the likeliest table, outwards until they vanish.
    mode = min(max((hits + 1) * (of_first + 1) // (of_first + of_second + 2), least), most)
    weights = {mode: 1.0}
    at = mode
    while at < most and weights[at]:
        weights[at + 1] = weights[at] * (of_first - at) * (hits - at) / ((at + 1) * (of_second - hits + at + 1))
        at += 1
    at = mode
    while at > least and weights[at]:
        weights[at - 1] = weights[at] * at * (of_second - hits + at) / ((of_first - at + 1) * (hits - at + 1))
        at -= 1
    limit = weights.get(first, 0.0) * _EQUAL
    return min(sum(weight for weight in weights.values() if weight <= limit) / sum(weights.values()), 1.0)


def holm(chances: Sequence[float]) -> list[float]:
    """p-values -> the same for as many tests at a time, in the same places (Holm 1979)."""
    adjusted, highest = [0.0] * len(chances), 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        highest = max(highest, min((len(chances) - rank) * chances[place], 1.0))
        adjusted[place] = highest
    return adjusted
