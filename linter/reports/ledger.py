"""`--explain-score`: every finding that moves the score, category by category, in a sum that adds up."""

from __future__ import annotations

from collections.abc import Sequence

from linter.model import Finding, Verdict
from linter.reports.paper import Paper, safe
from linter.reports.words import hanging, signed, spot


def write(paper: Paper, verdict: Verdict, width: int) -> None:
    """Write the sum: of each category its entries and what they come to, then 100 minus all of them.

    Values are listed also where they cost nothing: nowhere else are they shown. Without a score there is no sum.
    """
    listed = [finding for finding in verdict.findings if finding.points or finding.value]
    if verdict.score is None:
        if listed:
            paper.line("What was measured:")
            _entries(paper, listed, width)
        return
    paper.line("The whole sum:")
    for name, category in verdict.categories.items():
        entries = [finding for finding in listed if finding.category == name]
        if entries:
            paper.line((f"  {name}, at most {category.cap}", "bold"))
            _entries(paper, entries, width)
            _subtotal(paper, name, entries, category.cap)
        elif category.assessed:
            _line(paper, 0, f"in {name}, at most {category.cap}")
    free = len(verdict.findings) - len(listed)
    if free:
        _line(paper, 0, f"{free:,} more {'finding costs' if free == 1 else 'findings cost'} nothing")
    lost = sum(finding.points for finding in verdict.findings)
    _line(paper, lost, f"in all: 100 - {lost} = {100 - lost}")


def _entries(paper: Paper, findings: Sequence[Finding], width: int) -> None:
    for finding in sorted(findings, key=lambda finding: -finding.points):  # credits last
        credit = "credit, " if finding.points < 0 else ""
        what = f"{credit}{spot(finding)} {finding.rule} {finding.name}: {safe(finding.message)}"
        hanging(paper, [(f"{signed(finding.points):>6}", "green" if credit else ""), "  "], what, width)


def _subtotal(paper: Paper, name: str, entries: Sequence[Finding], cap: int) -> None:
    charged = sum(finding.points for finding in entries if finding.points > 0)
    capped = ": the cap is reached, more would cost nothing" if charged >= cap else ""
    _line(paper, sum(finding.points for finding in entries), f"in {name}{capped}")


def _line(paper: Paper, points: int, text: str) -> None:
    paper.line((f"{signed(points):>6}", "bold"), f"  {text}")
