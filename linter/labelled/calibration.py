"""How scores and rules relate to labels that people gave: scored articles of two sides in, figures out.

Only counts are kept, whatever the number of articles. Nothing here changes a weight, a rule or a configuration. All
figures but those on what was left out are of the articles that have a score.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random

from msgspec import Struct, field

from linter.labelled.auc import RESAMPLES, Estimate, Sides, estimate, pooled
from linter.labelled.labels import SIDES, Side
from linter.labelled.proportions import fisher, holm, wilson
from linter.labelled.thresholds import Numbers, Shares, ThresholdFigures, thresholds
from linter.model import Finding, Verdict
from linter.scorecard import BANDS

LEVEL = 0.05  # of Holm's adjusted p-values: the chance of a single false difference in the whole table
FEW = 50  # articles of a side: under that the interval of an AUC is some 0.2 wide
UNSCORED = 0.20  # of a side: what has no score is then no longer the odd one
COVERED = 0.5  # of the articles, by groups that hold both sides: with less the labels go with the groups
GROUPS = 10_000  # told apart
LISTED, LEAST = 20, 5  # groups, and articles of each side in every one of them
_PARTICULAR = re.compile(r"'[^']*'")


class SideFigures(Struct):
    """The articles of one side; `abstained` says how many have no score, by reason."""

    articles: int = 0
    scored: int = 0
    abstained: dict[str, int] = {}


class BandFigures(Struct, kw_only=True):
    """Articles with scores from `lowest` to `highest`; what share is unreliable, with its interval (Wilson)."""

    band: str
    lowest: int
    highest: int
    articles: int
    reliable: int
    unreliable: int
    share_unreliable: float | None
    low: float | None
    high: float | None


class GroupFigures(Struct, kw_only=True):
    """One group with both sides, and the AUC within it."""

    name: str
    reliable: int
    unreliable: int
    auc: Estimate


class GroupingFigures(Struct, kw_only=True):
    """The articles by the value of a field, or by site.

    There are so many `groups`; `both` of them hold articles of both sides. The share `known` of all articles names a
    group that was told apart (10,000 are), the share `covered` one that holds both sides. `pooled` is the AUC over the
    pairs within groups. `largest` lists the twenty with the most pairs, of those with five articles of each side.
    """

    by: str
    groups: int
    both: int
    known: float
    covered: float
    pooled: Estimate | None
    largest: list[GroupFigures]


class RuleFigures(Struct, kw_only=True):
    """One rule. `articles` with a finding of it, their `shares` of each side, and the mean `points` per article.

    `difference`: unreliable minus reliable share; `ratio`: the one by the other, None where no reliable article has
    the finding. `p`: Fisher's exact test on the shares; `p_holm`: for all rules at a time. `more_often`: the
    side that has it more often, where that is beyond chance. `measure`: none of its findings is an alarm.
    """

    rule: str
    name: str
    measure: bool
    articles: Numbers
    shares: Shares
    points: Shares
    difference: float
    ratio: float | None
    p: float
    p_holm: float
    more_often: Side | None


class Figures(Struct, kw_only=True):
    """All that there is to say. `auc` is of 100 - score; `warnings` are sentences; `silent_rules` never hit."""

    sides: dict[Side, SideFigures]
    auc: Estimate
    bands: list[BandFigures]
    thresholds: list[ThresholdFigures]
    groupings: list[GroupingFigures]
    rules: list[RuleFigures]
    silent_rules: list[str]
    warnings: list[str]
    seed: int
    resamples: int


class _RuleCount(Struct):
    name: str
    articles: Counter[Side] = field(default_factory=Counter)
    points: Counter[Side] = field(default_factory=Counter)
    measure: bool = True


class _Grouping:
    """Scores by group."""

    def __init__(self, by: str) -> None:
        self.by = by
        self._groups: dict[str, Sides] = {}
        self._known = self._all = 0

    def add(self, group: str | None, side: Side, score: int) -> None:
        self._all += 1
        if group and (group in self._groups or len(self._groups) < GROUPS):
            self._known += 1
            sides = self._groups.setdefault(group, Sides(Counter(), Counter()))
            getattr(sides, side)[score] += 1

    def figures(self, random: Random, resamples: int) -> GroupingFigures | None:
        """None where no article names a group."""
        if not self._groups:
            return None
        both = {name: sides for name, sides in self._groups.items() if sides.pairs}
        held = sum(sides.reliable.total() + sides.unreliable.total() for sides in both.values())
        ranked = sorted(both.items(), key=lambda item: (-item[1].pairs, item[0]))
        return GroupingFigures(
            by=self.by,
            groups=len(self._groups),
            both=len(both),
            known=self._known / self._all,
            covered=held / self._all,
            pooled=pooled([sides for _, sides in ranked], random, resamples) if both else None,
            largest=[
                GroupFigures(
                    name=name,
                    reliable=sides.reliable.total(),
                    unreliable=sides.unreliable.total(),
                    auc=estimate(sides, random, resamples),
                )
                for name, sides in [one for one in ranked if min(map(Counter.total, one[1])) >= LEAST][:LISTED]
            ],
        )


class Calibration:
    """Takes verdicts one by one. `by`: the groupings to make; `seed`: of the halves and the bootstrap."""

    def __init__(self, *, by: Iterable[str] = (), seed: int = 0, resamples: int = RESAMPLES) -> None:
        self._seed, self._resamples = seed, resamples
        self._sides: dict[Side, SideFigures] = {side: SideFigures() for side in SIDES}
        self._halves = [Sides(Counter(), Counter()) for _ in range(2)]
        self._coin = Random(f"halves {seed}")
        self._groupings = {name: _Grouping(name) for name in by}
        self._rules: dict[str, _RuleCount] = {}

    def add(self, side: Side, verdict: Verdict, groups: Mapping[str, str | None] | None = None) -> None:
        """Count an article. `groups`: by grouping, the one that it is of."""
        figures = self._sides[side]
        figures.articles += 1
        if verdict.score is None:
            why = (verdict.abstained or "no reason").removeprefix("not scored: ").partition(":")[0]
            why = _PARTICULAR.sub("…", why)
            figures.abstained[why] = figures.abstained.get(why, 0) + 1
            return
        figures.scored += 1
        getattr(self._halves[self._coin.getrandbits(1)], side)[verdict.score] += 1
        for name, grouping in self._groupings.items():
            grouping.add((groups or {}).get(name), side, verdict.score)
        self._count(side, verdict.findings)

    def _count(self, side: Side, findings: list[Finding]) -> None:
        for rule in {finding.rule for finding in findings}:
            self._rules.setdefault(rule, _RuleCount("")).articles[side] += 1
        for finding in findings:
            counted = self._rules[finding.rule]
            counted.name = finding.name
            counted.points[side] += finding.points
            counted.measure &= finding.value

    @property
    def sides(self) -> dict[Side, SideFigures]:
        """What was counted so far."""
        return self._sides

    def figures(self, *, min_score: int | None = None, rules: Iterable[str] = ()) -> Figures:
        """What it adds up to. Each side has to have a score. `min_score`: one more threshold to measure.

        `rules` are the IDs of those that were in force.
        """
        first, second = self._halves
        enough = all(counts.total() >= FEW for half in self._halves for counts in half)
        everything = Sides(first.reliable + second.reliable, first.unreliable + second.unreliable)
        overall = estimate(everything, Random(f"bootstrap {self._seed}"), self._resamples)
        groupings = [
            figures
            for name, grouping in self._groupings.items()
            if (figures := grouping.figures(Random(f"{name} {self._seed}"), self._resamples))
        ]
        return Figures(
            sides=self._sides,
            auc=overall,
            bands=_bands(everything),
            thresholds=thresholds(everything, (first, second) if enough else None, min_score),
            groupings=groupings,
            rules=self._rule_figures(),
            silent_rules=sorted(set(rules) - self._rules.keys()),
            warnings=_warnings(self._sides, overall, groupings),
            seed=self._seed,
            resamples=self._resamples,
        )

    def _rule_figures(self) -> list[RuleFigures]:
        """The rules that hit, those with most evidence of a difference first."""
        of = {side: figures.scored for side, figures in self._sides.items()}
        hits = [(found.articles["reliable"], found.articles["unreliable"]) for found in self._rules.values()]
        chances = [fisher(ours, of["reliable"], theirs, of["unreliable"]) for ours, theirs in hits]
        figures = []
        for (rule, found), p, p_holm in zip(self._rules.items(), chances, holm(chances), strict=True):
            shares = Shares(*(found.articles[side] / of[side] for side in SIDES))
            more: Side = "unreliable" if shares.unreliable > shares.reliable else "reliable"
            figures.append(
                RuleFigures(
                    rule=rule,
                    name=found.name,
                    measure=found.measure,
                    articles=Numbers(*(found.articles[side] for side in SIDES)),
                    shares=shares,
                    points=Shares(*(found.points[side] / of[side] for side in SIDES)),
                    difference=shares.unreliable - shares.reliable,
                    ratio=shares.unreliable / shares.reliable if shares.reliable else None,
                    p=p,
                    p_holm=p_holm,
                    more_often=more if p_holm < LEVEL else None,
                )
            )
        return sorted(figures, key=lambda one: (one.p, -abs(one.difference), one.rule))


def _bands(sides: Sides) -> list[BandFigures]:
    bands, highest = [], 100
    for lowest, name in BANDS:
        reliable, unreliable = (sum(counts[score] for score in range(lowest, highest + 1)) for counts in sides)
        low, high = wilson(unreliable, reliable + unreliable) or (None, None)
        bands.append(
            BandFigures(
                band=name,
                lowest=lowest,
                highest=highest,
                articles=reliable + unreliable,
                reliable=reliable,
                unreliable=unreliable,
                share_unreliable=unreliable / (reliable + unreliable) if reliable + unreliable else None,
                low=low,
                high=high,
            )
        )
        highest = lowest - 1
    return bands


def _warnings(sides: dict[Side, SideFigures], auc: Estimate, groupings: list[GroupingFigures]) -> list[str]:
    said = []
    few = [f"{figures.scored:,} {side}" for side, figures in sides.items() if figures.scored < FEW]
    if few:
        said.append(f"Few articles with a score ({', '.join(few)}): under {FEW} of a side the figures are rough.")
    for side, figures in sides.items():
        if figures.articles - figures.scored > UNSCORED * figures.articles:
            share = f"{100 * (1 - figures.scored / figures.articles):.0f} %"
            said.append(f"{share} of the {side} articles have no score: the figures are of the others.")
    return said + [line for one in groupings if (line := _confounded(auc, one))]


def _confounded(auc: Estimate, one: GroupingFigures) -> str | None:
    """What to say where the labels go with the groups."""
    if one.known < COVERED:
        return None
    if one.covered < COVERED or one.pooled is None:
        which = (
            f"Only {100 * one.covered:.0f} % of the articles are of a {one.by} with" if one.both else f"No {one.by} has"
        )
        return f"{which} articles of both sides: the figures may measure the {one.by}, and not the handling."
    if (auc.low > 0.5 >= one.pooled.low) or (auc.high < 0.5 <= one.pooled.high):
        return (
            f"Within each {one.by} the difference is no more than chance would give: the overall figures, those of the "
            f"rules among them, may measure the {one.by}, and not the handling."
        )
    if auc.low > max(one.pooled.high, 0.5) or auc.high < min(one.pooled.low, 0.5):
        return (
            f"Within each {one.by} the AUC is {one.pooled.value:.3f} and not {auc.value:.3f}: much of the overall "
            f"figures, those of the rules among them, measures the {one.by}, and not the handling."
        )
    return None
