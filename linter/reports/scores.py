"""How a score is told: the bars of its categories, its largest reasons, and what it does not speak of."""

from __future__ import annotations

from linter.model import Article, Category, Finding, Verdict
from linter.readability import grades, paragraphs
from linter.reports import ReportOptions, ledger
from linter.reports.paper import Paper, Part, safe
from linter.reports.verifying import advice_on
from linter.reports.words import hanging, signed, spot

_BAR = 20  # cells
_WIDEST = 100  # columns of running text
_TEXT, _KNOWN = 60, 20  # code points of a flagged text, and how many of them show that the message has it


def tell(paper: Paper, verdict: Verdict, options: ReportOptions) -> None:
    """Write the score of one article, or why it has none, and how it came about."""
    width = min(options.width, _WIDEST)
    if verdict.score is None:
        why = safe(verdict.abstained or "not scored")
        hanging(paper, [], why[:1].upper() + why[1:], width, style="bold")
        tell_source(paper, verdict, options)
    else:
        assessed = f"{verdict.coverage:.0%} of the scorecard assessed"
        paper.line((f"Score {verdict.score} of 100: {verdict.band}", "bold"), f" ({assessed})")
        _tell_reading(paper, verdict)
        tell_source(paper, verdict, options)
        _tell_categories(paper, verdict, width)
        _tell_reasons(paper, verdict, options, width)
        _tell_gaps(paper, verdict, width)
    if options.explain_score:
        ledger.write(paper, verdict, width)


def tell_source(paper: Paper, verdict: Verdict, options: ReportOptions) -> None:
    """What the user's own list says about the site, where it says something."""
    if source := verdict.source:
        label = f"{source.host} is '{source.label}' in {source.list} (your list; not part of the score)"
        hanging(paper, ["Source: "], safe(label), min(options.width, _WIDEST))


def tell_readability(paper: Paper, article: Article, options: ReportOptions) -> None:
    """How hard the article is to read."""
    text = paragraphs(article.text)
    if not text:
        return
    found = grades(text)
    told = (
        f"Coleman-Liau {found.coleman_liau:.1f} and ARI {found.automated:.1f} (years of school), "
        f"LIX {found.lix:.0f}, RIX {found.rix:.1f}"
    )
    hanging(paper, ["Readability: "], f"{told}. Information, not part of the score.", min(options.width, _WIDEST))


def _tell_reading(paper: Paper, verdict: Verdict) -> None:
    told = [f"Read as: {safe(verdict.genre)}"] if verdict.genre else []
    if verdict.confidence == "low":
        told.append("Confidence low: the text is short")
    if told:
        paper.line("; ".join(told))


def _tell_categories(paper: Paper, verdict: Verdict, width: int) -> None:
    size = max((len(name) for name in verdict.categories), default=0)
    for name, category in verdict.categories.items():
        lead: list[Part] = [f"  {name:<{size}}  "]
        if category.assessed:
            paper.line(*lead, *_bar(category))
        else:
            why = f": {safe(category.why)}" if category.why else ""
            hanging(paper, lead, f"not assessed{why}", width, style="dim")


def _bar(category: Category) -> list[Part]:
    lost = round(_BAR * category.lost / category.cap) if category.cap else 0
    lost = max(lost, 1) if category.lost else 0
    return [
        ("█" * (_BAR - lost), "green"),
        ("░" * lost, "red"),
        f"  -{category.lost} of {category.cap}" if category.lost else f"  0 of {category.cap} lost",
    ]


def _tell_reasons(paper: Paper, verdict: Verdict, options: ReportOptions, width: int) -> None:
    if not verdict.reasons:
        return
    paper.line("Largest reasons:")
    told: dict[str, str] = {}  # what was said of how to verify -> the rule that it was said of
    for number in verdict.reasons:
        finding = verdict.findings[number]
        lead: list[Part] = [(f"{signed(finding.points):>6}", "bold"), "  "]
        what = f"{spot(finding)} {finding.rule} {finding.name}: {safe(finding.message)}"
        hanging(paper, lead, what, width)
        if text := _shown_text(finding):
            hanging(paper, [" " * 8], f"text: {text}", width)
        verify = safe(advice_on(finding, options).verify)
        how = f"as for {told[verify]} above" if verify in told else verify
        told.setdefault(verify, finding.rule)
        hanging(paper, [" " * 8], f"to verify: {how}", width)


def _shown_text(finding: Finding) -> str | None:
    """The beginning of what is flagged, where the message doesn't show it."""
    text = " ".join(safe(finding.text).split())
    if not text or text[:_KNOWN].lower() in safe(finding.message).lower():
        return None
    return text if len(text) <= _TEXT else f"{text[: _TEXT - 1].rstrip()}…"


def _tell_gaps(paper: Paper, verdict: Verdict, width: int) -> None:
    gaps = [name for name, category in verdict.categories.items() if not category.assessed]
    if gaps:
        what = "them" if gaps[1:] else "it"
        hanging(paper, ["Not assessed: "], f"{', '.join(gaps)}. The score says nothing about {what}.", width)
