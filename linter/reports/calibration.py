"""What `newslint calibrate` tells: tables for people, or one JSON object.

The object's keys: `schema_version`, `tool`, `rulebook` and `score_version` as in `--format json`; `labels` (`Found`
below); `unreadable`, the records and inputs that could not be read or linted; and those of
`linter.labelled.calibration.Figures`, where every key is explained at its structure. Shares and AUCs run from 0 to 1.
"""

from __future__ import annotations

from typing import TextIO

import msgspec
from msgspec import Struct

from linter.labelled.auc import Estimate
from linter.labelled.calibration import Figures, GroupingFigures
from linter.labelled.labels import SIDES
from linter.labelled.thresholds import Loss
from linter.reports.paper import Paper, safe
from linter.reports.words import count

SCHEMA_VERSION = 1

_OTHERS = 10  # labels that are named
_TELLING = 10  # articles of a side: of fewer a resample is too much like the others
_GOALS = {"balance": "best balance", "configured": "as configured (--min-score)"}
_MEANING = (
    "A score speaks of how an article was handled, not of whether it is true: labels of another kind need not agree."
)


class Found(Struct, kw_only=True):
    """The labels in a `field`: those of either side and the `left_out` ones, each with its number of records.

    `without`: the records that have no label.
    """

    field: str
    reliable: dict[str, int]
    unreliable: dict[str, int]
    left_out: dict[str, int]
    without: int


class Told(Struct, kw_only=True):
    """All that there is to tell of a run."""

    version: str
    rulebook: str
    score_version: str
    labels: Found
    unreadable: int
    figures: Figures


def write_json(out: TextIO, told: Told) -> None:
    """The object, on one line."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "newslint", "version": told.version},
        "rulebook": told.rulebook,
        "score_version": told.score_version,
        "labels": told.labels,
        "unreadable": told.unreadable,
    }
    out.write(msgspec.json.encode({**head, **msgspec.structs.asdict(told.figures)}).decode() + "\n")


def write(paper: Paper, told: Told) -> None:
    """The tables."""
    figures = told.figures
    _sides(paper, told)
    _auc(paper, figures)
    _bands(paper, figures)
    _thresholds(paper, figures)
    _rules(paper, figures)
    for warning in figures.warnings:
        paper.line()
        paper.line(("warning: ", "yellow"), safe(warning))


def _sides(paper: Paper, told: Told) -> None:
    labels, sides = told.labels, told.figures.sides
    reasons = sorted(
        {reason for one in sides.values() for reason in one.abstained},
        key=lambda reason: (-sum(one.abstained.get(reason, 0) for one in sides.values()), reason),
    )
    figures = {
        "articles": [sides[side].articles for side in SIDES],
        "scored": [sides[side].scored for side in SIDES],
        **{f"no score: {safe(reason)}": [sides[side].abstained.get(reason, 0) for side in SIDES] for reason in reasons},
    }
    paper.table([*SIDES, ""], [[*(f"{number:,}" for number in row), name] for name, row in figures.items()], numbers=2)
    taken = [
        f"{', '.join(safe(label) for label, number in getattr(labels, side).items() if number)} is taken as {side}"
        for side in SIDES
    ]
    left = [f"{number:,} {safe(label)}" for label, number in labels.left_out.items()]
    if len(left) > _OTHERS:
        left[_OTHERS:] = [f"{len(left) - _OTHERS:,} more labels"]
    left += [f"{labels.without:,} without a label"] if labels.without else []
    left += [f"{told.unreadable:,} that can't be read"] if told.unreadable else []
    out = f"; left out: {', '.join(left)}" if left else ""
    paper.line(f"Field '{safe(labels.field)}': {', '.join(taken)}{out}.")


def _auc(paper: Paper, figures: Figures) -> None:
    auc = figures.auc
    if min(one.scored for one in figures.sides.values()) < _TELLING:
        meaning = "There are too few articles to tell it from chance."
    elif auc.low > 0.5:
        meaning = "More than chance: low scores go with the unreliable side."
    elif auc.high < 0.5:
        meaning = "More than chance, but the other way round: low scores go with the reliable side."
    else:
        meaning = "Chance alone would give as much."
    paper.line()
    paper.line(("AUC ", "bold"), (_said(auc), "bold"), " of 100 - score")
    paper.line(
        f"In {100 * auc.value:.0f} % of all pairs (one article of each side) the unreliable one has the lower score;"
    )
    paper.line(f"equal scores count half, 50 % is chance. {meaning}")
    paper.line(_MEANING)
    for grouping in figures.groupings:
        _grouping(paper, grouping)


def _grouping(paper: Paper, grouping: GroupingFigures) -> None:
    by, held = safe(grouping.by), f"{100 * grouping.covered:.0f} %"
    if grouping.pooled is None:
        paper.line()
        paper.line(f"Within each {by}: none of {grouping.groups:,} has both sides.")
        return
    paper.line()
    paper.line(
        (f"Within each {by}: AUC {_said(grouping.pooled)}", "bold"),
        f"; {grouping.both:,} of {grouping.groups:,} have both sides and hold {held} of the articles",
    )
    rows = [[_said(one.auc), f"{one.reliable:,}", f"{one.unreliable:,}", safe(one.name)] for one in grouping.largest]
    if rows:
        paper.table(["AUC (95 % interval)", "reliable", "unreliable", by], rows, numbers=3)
        if grouping.both > len(rows):
            paper.line(f"and {grouping.both - len(rows):,} smaller")


def _bands(paper: Paper, figures: Figures) -> None:
    rows = [
        [
            f"{one.articles:,}",
            f"{one.reliable:,}",
            f"{one.unreliable:,}",
            "-" if one.share_unreliable is None else _percent(one.share_unreliable),
            "-" if one.low is None or one.high is None else f"{_percent(one.low)} to {_percent(one.high)}",
            f"{one.lowest}-{one.highest}",
            one.band,
        ]
        for one in figures.bands
    ]
    header = ["articles", "reliable", "unreliable", "share unreliable", "95 % interval", "score", "band"]
    paper.line()
    paper.table(header, rows, numbers=6)
    paper.line("The shares are of these records: where fewer articles are unreliable, so are fewer of each band.")


def _thresholds(paper: Paper, figures: Figures) -> None:
    fresh = any(one.fresh for one in figures.thresholds)
    header = ["--min-score", "drops reliable", "drops unreliable", "goal"]
    rows = [[*_loss(one.chosen), _goal(one.goal)] for one in figures.thresholds]
    if fresh:
        header[3:3] = ["from one half", "drops reliable", "drops unreliable"]
        rows = [
            [*_loss(one.chosen), *(_loss(one.fresh) if one.fresh else ["-"] * 3), _goal(one.goal)]
            for one in figures.thresholds
        ]
    paper.line()
    paper.line(("Thresholds", "bold"), ", of the articles with a score")
    paper.table(header, rows, numbers=len(header) - 1)
    paper.line("Best balance: the largest difference between the two shares.")
    paper.line("Each is chosen on the same articles that it is measured on, and will do worse on others.")
    if fresh:
        paper.line(
            "'from one half' is chosen on a random half of the articles and measured on the other, as new articles of "
            "the same kind are."
        )
    else:
        paper.line("There are too few articles to choose on one half and to measure on the other.")


def _rules(paper: Paper, figures: Figures) -> None:
    paper.line()
    if figures.rules:
        rows = [
            [
                _percent(one.shares.reliable),
                _percent(one.shares.unreliable),
                "-" if one.ratio is None else f"{one.ratio:.2f}",
                f"{one.points.reliable:.2f}",
                f"{one.points.unreliable:.2f}",
                "<0.001" if one.p_holm < 0.001 else f"{one.p_holm:.3f}",
                one.more_often or "-",
                one.rule,
                one.name + (" (a measure)" if one.measure else ""),
            ]
            for one in figures.rules
        ]
        header = ["reliable", "unreliable", "ratio", "points r.", "points u.", "p", "more often", "rule", "name"]
        paper.table(header, rows, numbers=6)
        paper.line(
            "reliable, unreliable: share of the side's articles with a finding of the rule; points: lost per article;"
        )
        paper.line(
            f"p: Fisher's exact test, corrected for {count(len(rows), 'rule')} (Holm); more often: where p < 0.05."
        )
        if any(one.measure for one in figures.rules):
            paper.line("A measure is no alarm: it tells a rate, and counts for the score alone.")
    if figures.silent_rules:
        paper.line(f"{count(len(figures.silent_rules), 'rule')} in force found nothing.")


def _said(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _goal(goal: str) -> str:
    share = goal.removeprefix("lose-").removesuffix("%")
    return _GOALS.get(goal) or f"at most {share} % of the reliable"


def _loss(loss: Loss) -> list[str]:
    return [
        f"{loss.min_score}" if loss.min_score else "none",
        f"{loss.dropped.reliable:,} ({_percent(loss.shares.reliable)})",
        f"{loss.dropped.unreliable:,} ({_percent(loss.shares.unreliable)})",
    ]
