"""How a score is told: the bars of its categories, its largest reasons, and every point of it."""

from __future__ import annotations

from collections.abc import Iterator

from linter.model import Finding, Verdict
from linter.reports.paper import Paper, Part, safe

_BAR = 20  # cells
_REASONS = 4


def tell(paper: Paper, verdict: Verdict, *, explain: bool) -> None:
    """Write the score of one article, or why it has none."""
    if verdict.score is None:
        why = safe(verdict.abstained or "not scored")
        paper.line((why[:1].upper() + why[1:], "bold"))
        return
    sure = "; confidence low, the text is short" if verdict.confidence == "low" else ""
    assessed = f"{verdict.coverage:.0%} of the scorecard assessed"
    paper.line((f"Score {verdict.score} of 100: {verdict.band}", "bold"), f" ({assessed}{sure})")
    for parts in _bars(verdict):
        paper.line(*parts)
    if explain:
        _ledger(paper, verdict, verdict.score)
    elif reasons := _ranked(verdict)[:_REASONS]:
        paper.line("Largest reasons:")
        for finding in reasons:
            paper.line(*_reason(finding))


def _bars(verdict: Verdict) -> Iterator[list[Part]]:
    width = max((len(name) for name in verdict.categories), default=0)
    for name, category in verdict.categories.items():
        if not category.assessed:
            yield [f"  {name:<{width}}  ", ("not assessed", "dim")]
            continue
        lost = round(_BAR * category.lost / category.cap) if category.cap else 0
        lost = max(lost, 1) if category.lost else 0
        yield [
            f"  {name:<{width}}  ",
            ("█" * (_BAR - lost), "green"),
            ("░" * lost, "red"),
            f"  -{category.lost} of {category.cap}" if category.lost else f"  0 of {category.cap} lost",
        ]


def _ranked(verdict: Verdict) -> list[Finding]:
    return sorted((f for f in verdict.findings if f.points), key=lambda f: -f.points)


def _reason(finding: Finding) -> list[Part]:
    where = f"line {finding.line}" if finding.field == "text" else f"the {finding.field}"
    where = where if finding.text or finding.field != "text" else "absent"
    return [(f"  {-finding.points:>4}", "bold"), f"  {finding.rule} {finding.name}, {where}: {safe(finding.message)}"]


def _ledger(paper: Paper, verdict: Verdict, score: int) -> None:
    paper.line("Every point:")
    ranked = _ranked(verdict)
    for finding in ranked:
        paper.line(*_reason(finding))
    free = len(verdict.findings) - len(ranked)
    if free:
        paper.line(f"     0  {free:,} more {'finding costs' if free == 1 else 'findings cost'} nothing")
    paper.line(f"  {-sum(f.points for f in ranked):>4}  in all: 100 - {sum(f.points for f in ranked)} = {score}")
