"""Draws for the bootstrap: counts drawn anew in time that does not depend on how large they are."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, lgamma, log, sqrt
from random import Random

_FEW = 10.0  # expected successes up to which counting them off is the quicker way


def resampled(counts: Sequence[int], random: Random) -> list[int]:
    """As many draws with replacement as there are things in `counts`, counted in the same places: a multinomial."""
    left = pool = sum(counts)  # draws that are still to be made; things that they may fall on
    drawn = []
    for count in counts:
        here = left if count == pool else binomial(left, count / pool, random) if count else 0
        drawn.append(here)
        left -= here
        pool -= count
    return drawn


def binomial(trials: int, chance: float, random: Random) -> int:
    """The number of successes in so many trials (`random.binomialvariate`, which Python has from 3.12 on)."""
    if chance > 0.5:
        return trials - binomial(trials, 1 - chance, random)
    if trials * chance < _FEW:
        return _counted(trials, chance, random)
    return _rejected(trials, chance, random)


def _counted(trials: int, chance: float, random: Random) -> int:
    """By inversion: the probabilities of 0, 1, 2, … successes, until they add up to a random number."""
    odds = chance / (1 - chance)
    probability, rest, successes = (1 - chance) ** trials, random.random(), 0
    while rest > probability and successes < trials:
        rest -= probability
        probability *= odds * (trials - successes) / (successes + 1)
        successes += 1
    return successes


def _rejected(trials: int, chance: float, random: Random) -> int:
    """By transformed rejection: algorithm BTRS of Hörmann 1993, "The generation of binomial random variates"."""
    spread = sqrt(trials * chance * (1 - chance))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * chance
    centre, alpha, sure = trials * chance + 0.5, (2.83 + 5.1 / b) * spread, 0.92 - 4.2 / b
    mode = int((trials + 1) * chance)
    while True:
        u = random.random() - 0.5
        us, v = 0.5 - abs(u), random.random()
        if us == 0:
            continue
        successes = floor((2 * a / us + b) * u + centre)
        if not 0 <= successes <= trials or v == 0:
            continue
        if us >= 0.07 and v <= sure:
            return successes
        fit = (
            lgamma(mode + 1) + lgamma(trials - mode + 1) - lgamma(successes + 1) - lgamma(trials - successes + 1)
            + (successes - mode) * log(chance / (1 - chance))
        )  # fmt: skip
        if log(v * alpha / (a / (us * us) + b)) <= fit:
            return successes
