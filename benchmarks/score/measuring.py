"""Everything that docs/score.md tells as measured: the evaluation data in, figures out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from random import Random

from benchmarks.formats.corpus import UsageError
from benchmarks.score import spreads
from benchmarks.score.figures import Figures, Groups, LeftOut, Rewritten, RuleCost, SetFigures, Within
from benchmarks.score.sets import LABELLED, Data, LabelledSet, Scored
from benchmarks.score.weights import judged
from linter import __version__
from linter.corpus.sites import site_of
from linter.labelled.auc import RESAMPLES, Estimate, Sides, estimate
from linter.labelled.calibration import Calibration, GroupingFigures
from linter.labelled.labels import SIDES, Side
from linter.scorecard import CAPS, SCORE_VERSION

SEED = 0

BySide = dict[Side, list[Scored]]
Points = Callable[[Scored], int]


def measure(folder: Path, *, every: int = 1, say: Callable[[str], None] = lambda _: None) -> Figures:
    """All figures; `every`: of each so-manieth record. Raises UsageError where the data is not what it should be."""
    data, rows = Data(folder, every), dict[str, list[Scored]]()
    for kind in LABELLED:
        say(f"linting {kind.file}")
        rows[kind.name] = data.scored(data.records(kind.file))
    say("linting clean articles, posts and rewritten ones")
    clean, posts, (farm, originals, controls) = data.clean(), data.posts(), data.rewritten()
    annotated = data.annotated().score
    say("working out intervals")
    return Figures(
        date=datetime.date.today().isoformat(),
        newslint=__version__,
        score_version=SCORE_VERSION,
        rulebook=data.rulebook,
        seed=SEED,
        resamples=RESAMPLES,
        data=data.files,
        labelled=labelled(rows),
        clean=[spreads.spread("all", clean), *spreads.grouped(clean, spreads.by_set)],
        posts=[spreads.spread("all", posts)],
        groups=_groups(clean, rows),
        costs=_costs(clean),
        rewritten=Rewritten(
            farm=spreads.spread("farm versions", farm),
            originals=spreads.spread("clean originals", originals),
            auc=_auc({"reliable": originals, "unreliable": farm}, _whole, "rewritten"),
            controls=sorted((one.score for one in controls), key=lambda score: -1 if score is None else score),
        ),
        annotated=annotated,
    )


def _groups(clean: list[Scored], rows: Mapping[str, list[Scored]]) -> dict[str, Groups]:
    return {
        **spreads.clean_groups(clean),
        "leanings": spreads.leanings(rows["webis"]),
        "opinions": spreads.opinions(rows["semeval"]),
    }


def _costs(clean: list[Scored]) -> list[RuleCost]:
    """What measures and headline rules cost clean articles of either half."""
    old, new = spreads.halves(clean)
    return [
        RuleCost(
            rule=rule.id,
            name=rule.name,
            costs={"BBC": spreads.cost(old, rule.id), "web": spreads.cost(new, rule.id)},
        )
        for rule in judged()
    ]


def labelled(rows: Mapping[str, list[Scored]]) -> list[SetFigures]:
    """The labelled sets, each beside the others."""
    sides = {kind.name: _sides(kind, rows[kind.name]) for kind in LABELLED}
    areas = {name: (_by_category(of, name), _by_rule(of, name)) for name, of in sides.items()}
    return [_set(kind, rows[kind.name], sides[kind.name], areas) for kind in LABELLED]


def _sides(kind: LabelledSet, rows: Iterable[Scored]) -> BySide:
    sides: BySide = {side: [] for side in SIDES}
    for one in rows:
        if side := kind.labels.side(kind.labels.of(one.article.raw)):
            sides[side].append(one)
    for side, members in sides.items():
        if not any(one.score is not None for one in members):
            raise UsageError(f"{kind.file}: no {side} article has a score; '{kind.labels.field}' says which are")
    return sides


def _set(
    kind: LabelledSet,
    rows: list[Scored],
    sides: BySide,
    areas: Mapping[str, tuple[dict[str, Estimate], dict[str, Estimate]]],
) -> SetFigures:
    calibration = Calibration(by=[kind.by], seed=SEED)
    for side, members in sides.items():
        for one in members:
            group = site_of(one.article) if kind.by == "site" else one.field(kind.by)
            calibration.add(side, one.verdict, {kind.by: group})
    figures = calibration.figures()
    return SetFigures(
        name=kind.name,
        meaning=dict(zip(SIDES, kind.meaning, strict=True)),
        other_labels=len(rows) - sum(map(len, sides.values())),
        sides={side: spreads.spread(side, members) for side, members in sides.items()},
        abstained={side: found.abstained for side, found in figures.sides.items()},
        auc=figures.auc,
        within=next(map(_within, figures.groupings), None),
        bands=figures.bands,
        categories=areas[kind.name][0],
        rules=areas[kind.name][1],
        left_out=_left_out(sides, kind.name, [found for name, found in areas.items() if name != kind.name]),
    )


def _within(found: GroupingFigures) -> Within:
    return Within(by=found.by, groups=found.groups, both=found.both, covered=found.covered, auc=found.pooled)


def _left_out(sides: BySide, name: str, others: list[tuple[dict[str, Estimate], dict[str, Estimate]]]) -> LeftOut:
    """The set with what costs the unreliable side more in all `others`: nothing is fitted to it, or to them."""
    categories, rules = (_agreed([areas[n] for areas in others]) for n in (0, 1))
    return LeftOut(
        categories=categories,
        by_category=_auc(
            sides, lambda one: sum(one.verdict.categories[name].lost for name in categories), f"{name} categories"
        ),
        rules=rules,
        by_rule=_auc(sides, lambda one: sum(one.lost.get(rule, 0) for rule in rules), f"{name} rules"),
    )


def _agreed(areas: list[dict[str, Estimate]]) -> list[str]:
    names = set.intersection(*(set(area) for area in areas))
    return sorted(name for name in names if all(area[name].value > 0.5 for area in areas))


def _by_category(sides: BySide, name: str) -> dict[str, Estimate]:
    def lost(category: str) -> Points:
        return lambda one: one.verdict.categories[category].lost

    return {
        category: _auc(sides, lost(category), f"{name} {category}")
        for category in CAPS
        if any(lost(category)(one) for one in chain(*sides.values()))
    }


def _by_rule(sides: BySide, name: str) -> dict[str, Estimate]:
    def lost(rule: str) -> Points:
        return lambda one: one.lost.get(rule, 0)

    rules = sorted({rule for one in chain(*sides.values()) for rule in one.lost})
    return {rule: _auc(sides, lost(rule), f"{name} {rule}") for rule in rules}


def _whole(one: Scored) -> int:
    return 100 - (one.score or 0)


def _auc(sides: Mapping[Side, Iterable[Scored]], points: Points, seed: str) -> Estimate:
    """The AUC of points lost, over the articles that have a score."""
    counts = (Counter(100 - points(one) for one in sides[side] if one.score is not None) for side in SIDES)
    return estimate(Sides(*counts), Random(f"{seed} {SEED}"))
