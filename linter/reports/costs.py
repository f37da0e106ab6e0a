"""`--profile`: what a run spent its time on."""

from __future__ import annotations

from collections.abc import Iterable

from linter.costs import Costs
from linter.reports.paper import Paper
from linter.rulefile import Rule

_REST = "reading, reports and the rest"


def write(paper: Paper, costs: Costs, rules: Iterable[Rule], seconds: float) -> None:
    """The share of each check, and of what checks have in common, in a run of so many seconds; the largest first."""
    names = {rule.id: rule.name for rule in rules}
    spent = {**costs.seconds, _REST: max(seconds - sum(costs.seconds.values()), 0.0)}
    articles, whole = max(costs.articles, 1), max(sum(spent.values()), 1e-9)
    rows = [
        [f"{100 * took / whole:.1f} %", f"{1e6 * took / articles:.1f}", f"{costs.on.get(what, 0):,}", what,
         names.get(what, "")]
        for what, took in sorted(spent.items(), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip
    paper.table(["share", "µs per article", "run on", "check", ""], rows, numbers=3)
    idle = len(names.keys() - spent.keys())
    paper.line(
        f"{costs.articles:,} articles in {seconds:.1f} s in one process, measuring included; "
        f"{idle} check{'s' * (idle != 1)} had nothing to run on"
    )
