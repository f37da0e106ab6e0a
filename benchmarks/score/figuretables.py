"""What was measured, as tables and as numbers for the prose."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from benchmarks.score.figures import Figures, Spread
from benchmarks.score.sets import LABELLED
from benchmarks.score.words import NONE, auc, by_chance, listed, percent, points, short, table, whole
from linter.labelled.auc import Estimate
from linter.labelled.labels import SIDES
from linter.scorecard import CAPS

AIM = 0.75  # the mean AUC over the labelled sets that was aimed at
LEAST = 10  # articles with a score: of fewer no row is shown
TELLING = 0.02  # from .5: what less than that says is little, however sure


def numbers(found: Figures) -> dict[str, str]:
    """The figures that the prose names."""
    mean = fmean(one.auc.value for one in found.labelled)
    values = {
        "date": found.date, "newslint": found.newslint, "score_version": found.score_version,
        "resamples": f"{found.resamples:,}", "aim": f"{AIM:.2f}".removeprefix("0"), "mean_auc": short(mean),
        "under_aim": "under" if mean < AIM else "and so reaches",
        "annotated": whole(found.annotated),
        "controls": listed([whole(score) for score in found.rewritten.controls]),
        "control_count": str(len(found.rewritten.controls)),
        "data": listed([f"`{name}` ({one.articles:,})" for name, one in found.data.items()]),
        "least": str(LEAST), "telling": f"{TELLING:.2f}".removeprefix("0"),
    }  # fmt: skip
    for one in found.labelled:
        within = one.within
        values[f"auc_{one.name}"] = short(one.auc.value)
        values[f"within_{one.name}"] = auc(within.auc) if within else NONE
        values[f"covered_{one.name}"] = percent(within.covered) if within else NONE
        values[f"groups_{one.name}"] = f"{within.both:,} of {within.groups:,}" if within else NONE
    for group, spreads in found.groups.items():
        for spread in spreads.spreads:
            key = f"{group}_{spread.name.replace(' ', '_').replace(':', '')}"
            values |= _spread_numbers(key, spread)
    for spread in found.clean:
        values |= _spread_numbers(f"clean_{spread.name}", spread)
    for one in found.labelled:
        for side in SIDES:
            values |= _spread_numbers(f"{one.name}_{side}", one.sides[side])
    for cost in found.costs:
        for where, paid in cost.costs.items():
            key = f"{cost.rule}_{where.split()[0]}"
            values |= {f"{key}_share": percent(paid.share), f"{key}_mean": points(paid.mean)}
    return values


def _spread_numbers(key: str, one: Spread) -> dict[str, str]:
    return {
        f"{key}_n": f"{one.articles:,}",
        f"{key}_median": whole(one.median),
        f"{key}_90": percent(one.under["90"]),
        f"{key}_75": percent(one.under["75"]),
        f"{key}_sourcing": points(one.lost["sourcing"]),
        f"{key}_style": points(one.lost["style"]),
        f"{key}_republication": points(one.lost["republication"]),
    }


def reasons(found: Figures) -> str:
    """Why clean articles without a label were not asked for sources, in newslint's words."""
    names = sorted(spread.name for spread in found.groups["asked"].spreads)
    told = [name.partition("no event news: ")[2] for name in names]
    return "; or ".join(
        f'"{reason}"' for reason in told if reason and not reason.startswith(("labelled", "it has the"))
    )


def sides(found: Figures) -> str:
    rows = []
    for one in found.labelled:
        for side in SIDES:
            spread, out = one.sides[side], one.abstained[side]
            under = (percent(spread.under[limit]) for limit in ("90", "75", "60"))
            why = "; ".join(f"{reason} {count}" for reason, count in sorted(out.items(), key=lambda item: -item[1]))
            rows.append(
                (
                    one.name, f"{side}: {one.meaning[side]}", whole(spread.articles), whole(spread.median),
                    *under, why or "none",
                )
            )  # fmt: skip
    return table(("set", "side", "articles", "median", "under 90", "under 75", "under 60", "abstained"), rows)


def aucs(found: Figures) -> str:
    by = {kind.name: kind.by for kind in LABELLED}
    rows = []
    for one in found.labelled:
        within = one.within
        rows.append(
            (
                one.name, auc(one.auc), by[one.name], f"{within.both:,} of {within.groups:,}" if within else NONE,
                percent(within.covered) if within else NONE, auc(within.auc) if within else NONE,
            )
        )  # fmt: skip
    head = ("set", "AUC (95 %)", "group", "groups with both sides", "articles in these", "AUC within groups (95 %)")
    return table(head, rows)


def areas(found: Figures) -> str:
    """The AUC of each category's and measure's points, where it is above .5, and what clean articles pay."""
    where = list(found.costs[0].costs)
    head = (
        "category or rule",
        *(one.name for one in found.labelled),
        "above .5 in",
        *(f"clean, {name}" for name in where),
    )
    rows = [
        (f"**{name}**", *_area(found, [one.categories.get(name) for one in found.labelled]), *("" for _ in where))
        for name in CAPS
    ]
    for cost in found.costs:
        paid = (f"{percent(one.share)} × {points(one.mean)}" if one.share else NONE for one in cost.costs.values())
        rows.append(
            (f"{cost.rule} {cost.name}", *_area(found, [one.rules.get(cost.rule) for one in found.labelled]), *paid)
        )
    return table(head, rows)


def _area(found: Figures, estimates: Sequence[Estimate | None]) -> list[str]:
    above = [
        one.name for one, estimate in zip(found.labelled, estimates, strict=True) if estimate and estimate.value > 0.5
    ]
    return [*map(_short, estimates), "all" if len(above) == len(found.labelled) else listed(above)]


def _short(estimate: Estimate | None) -> str:
    """An AUC, in brackets if its interval holds .5."""
    if estimate is None:
        return NONE
    return f"({short(estimate.value)})" if by_chance(estimate) else short(estimate.value)


def others(found: Figures) -> str:
    """The rules that are no measure, and whose points tell the sides of some set apart beyond chance."""
    shown = {cost.rule for cost in found.costs}
    telling = {
        rule
        for one in found.labelled
        for rule, estimate in one.rules.items()
        if rule not in shown and not by_chance(estimate) and abs(estimate.value - 0.5) >= TELLING
    }
    parts = (f"{rule} {', '.join(_short(one.rules.get(rule)) for one in found.labelled)}" for rule in sorted(telling))
    return "; ".join(parts) or "none"


def left_out(found: Figures) -> str:
    rows = [
        (
            one.name, short(one.auc.value), auc(one.left_out.by_category), listed(one.left_out.categories),
            auc(one.left_out.by_rule), str(len(one.left_out.rules)),
        )
        for one in found.labelled
    ]  # fmt: skip
    head = ("left out", "AUC of the score", "of categories that agree", "which", "of rules that agree", "how many")
    return table(head, rows)


def bands(found: Figures) -> str:
    rows = []
    for number_, band in enumerate(found.labelled[0].bands):
        cells = []
        for one in found.labelled:
            here = one.bands[number_]
            interval = "" if here.low is None or here.high is None else f" ({100 * here.low:.0f}–{100 * here.high:.0f})"
            cells.append(f"{percent(here.share_unreliable)}{interval} of {here.articles:,}" if here.articles else NONE)
        rows.append((f"{band.lowest}–{band.highest} {band.band}", *cells))
    whole_ = [
        percent(one.sides["unreliable"].scored / sum(side.scored for side in one.sides.values()))
        for one in found.labelled
    ]
    rows.append(("all", *whole_))
    return table(("band", *(one.name for one in found.labelled)), rows)


def clean(found: Figures) -> str:
    """What is free of faults, as far as anybody knows, beside what a farm made."""
    rows = [
        *((f"clean, {one.name}", one) for one in found.clean),
        *(("posts in Markdown", one) for one in found.posts),
        *((f"rewritten, {one.name}", one) for one in (found.rewritten.originals, found.rewritten.farm)),
    ]
    columns = (
        "articles", "number", "no score", "median", "P5", "P1", "lowest", "under 90", "under 75", "under 60",
        "lost to sourcing", "to style", "to the rest",
    )  # fmt: skip
    return table(columns, [(name, *_spread_row(one)) for name, one in rows])


def _spread_row(one: Spread) -> tuple[str, ...]:
    return (
        whole(one.articles), whole(one.articles - one.scored), whole(one.median), whole(one.p5), whole(one.p1),
        whole(one.lowest), *(percent(one.under[limit]) for limit in ("90", "75", "60")), *_lost(one),
    )  # fmt: skip


def _lost(one: Spread) -> tuple[str, str, str]:
    rest = sum(lost for name, lost in one.lost.items() if name not in ("sourcing", "style"))
    return points(one.lost["sourcing"]), points(one.lost["style"]), points(rest)


def groups(found: Figures) -> str:
    """All groups that are large enough."""
    columns = ("group", "scored", "median", "P5", "under 90", "under 75", "lost to sourcing", "to style", "to the rest")
    rows = [
        (
            f"{group.title}: {one.name}", whole(one.scored), whole(one.median), whole(one.p5),
            percent(one.under["90"]), percent(one.under["75"]), *_lost(one),
        )
        for group in found.groups.values()
        for one in group.spreads
        if one.scored >= LEAST
    ]  # fmt: skip
    return table(columns, rows)
