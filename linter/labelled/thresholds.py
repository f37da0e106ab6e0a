"""Which `--min-score` to take, by labelled scores, and what it would cost."""

from __future__ import annotations

from msgspec import Struct

from linter.labelled.auc import Sides

GOALS = (0.01, 0.05, 0.10)  # of the reliable articles: what a threshold may cost


class Numbers(Struct, frozen=True):
    """A number of articles of either side."""

    reliable: int
    unreliable: int


class Shares(Struct, frozen=True):
    """A figure per article of either side."""

    reliable: float
    unreliable: float


class Loss(Struct, frozen=True, kw_only=True):
    """What a `--min-score` drops: the articles that score less, and their share of each side."""

    min_score: int
    dropped: Numbers
    shares: Shares


class ThresholdFigures(Struct, frozen=True, kw_only=True):
    """A threshold for a `goal`: "lose-1%" (of the reliable articles), "lose-5%", "lose-10%", "balance", "configured".

    `chosen`: on the articles that it is measured on, which flatters it.

    `fresh`: the threshold that half of the articles, taken at random, would give, measured on the other half; None
    where that would be too few. A threshold that was given is not chosen, and has no `fresh` either.
    """

    goal: str
    chosen: Loss
    fresh: Loss | None


def thresholds(everything: Sides, halves: tuple[Sides, Sides] | None, given: int | None) -> list[ThresholdFigures]:
    """A threshold for each goal, and what the `given` one drops. `halves`: to choose on, and to measure on."""
    goals: list[tuple[str, float | None]] = [(f"lose-{100 * goal:.0f}%", goal) for goal in GOALS]
    goals.append(("balance", None))
    figures = [
        ThresholdFigures(
            goal=name,
            chosen=loss(everything, choose(everything, goal)),
            fresh=loss(halves[1], choose(halves[0], goal)) if halves else None,
        )
        for name, goal in goals
    ]
    if given is not None:
        figures.append(ThresholdFigures(goal="configured", chosen=loss(everything, given), fresh=None))
    return figures


def choose(sides: Sides, goal: float | None) -> int:
    """The threshold that drops most unreliable articles and at most the share `goal` of the reliable ones.

    Without a goal: the one with the largest difference between the shares that it drops of each side (Youden's J). Of
    equally good ones the lowest; 0, which drops nothing, where none does any good.
    """
    reliable, unreliable = (counts.total() for counts in sides)
    best = most = lost = caught = 0
    for threshold in range(1, 101):
        lost += sides.reliable[threshold - 1]
        caught += sides.unreliable[threshold - 1]
        if goal is not None and lost / reliable > goal:
            break
        gain = caught if goal is not None else caught * reliable - lost * unreliable
        if gain > most:
            best, most = threshold, gain
    return best


def loss(sides: Sides, min_score: int) -> Loss:
    """What a threshold drops. Each side has to hold an article."""
    lost, caught = (sum(counts[score] for score in range(min_score)) for counts in sides)
    reliable, unreliable = (counts.total() for counts in sides)
    return Loss(
        min_score=min_score,
        dropped=Numbers(lost, caught),
        shares=Shares(lost / reliable, caught / unreliable),
    )
