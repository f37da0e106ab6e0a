"""What there is to say at the end of a run over a dump: rules, scores, sites, the worst, the errors."""

from __future__ import annotations

from linter.reports import Details, Summary
from linter.reports.paper import Paper, safe
from linter.reports.words import severities_of, summary_line

_RULES, _SITES, _ERRORS = 25, 15, 10  # lines of each table
_BAR = 40  # columns


def write(paper: Paper, summary: Summary, details: Details) -> None:
    """Write the summary, as far as there is something to say."""
    _rules(paper, details)
    if summary.scored:
        _histogram(paper, details)
    _worst(paper, details)
    _sites(paper, details)
    _errors(paper, details)
    paper.line()
    paper.line(summary_line(summary))


def _rules(paper: Paper, details: Details) -> None:
    severities = severities_of(found.severities for found in details.rules.values())
    rules = sorted(details.rules.items(), key=lambda item: (-item[1].hits, item[0]))
    rows = [
        [
            f"{found.hits:,}",
            f"{found.articles:,}",
            *(f"{found.severities[severity]:,}" if severity in found.severities else "-" for severity in severities),
            rule,
            found.name,
        ]
        for rule, found in rules[:_RULES]
    ]
    if rows:
        paper.table(["hits", "records", *severities, "rule", "name"], rows, numbers=2 + len(severities))
        _more(paper, len(rules) - _RULES, "rules")


def _histogram(paper: Paper, details: Details) -> None:
    most = max(details.histogram)
    rows = [
        [f"{10 * tenth}-{10 * tenth + 9 + (tenth == 9)}", f"{number:,}", "█" * -(-_BAR * number // most)]
        for tenth, number in reversed(list(enumerate(details.histogram)))
    ]
    paper.line()
    paper.table(["score", "records", ""], rows, numbers=2)


def _worst(paper: Paper, details: Details) -> None:
    rows = [
        [f"{100 - entry.lost}", entry.path, safe(entry.title)[:60]]
        for entry in sorted(details.worst, reverse=True)
        if entry.lost
    ]
    if rows:
        paper.line()
        paper.table(["score", "lowest", "title"], rows, numbers=1)


def _sites(paper: Paper, details: Details) -> None:
    sites = {name: site for name, site in details.sites.items() if name != "-"}
    if not sites:
        return
    ranked = sorted(sites.items(), key=lambda item: (-item[1].records, item[0]))
    rows = [
        [f"{site.records:,}", f"{100 - site.points / site.scored:.0f}" if site.scored else "-", safe(name)]
        for name, site in ranked[:_SITES]
    ]
    paper.line()
    paper.table(["records", "mean score", "site"], rows, numbers=2)
    _more(paper, len(ranked) - _SITES, "sites")


def _errors(paper: Paper, details: Details) -> None:
    if not details.errors:
        return
    ranked = sorted(details.errors.items(), key=lambda item: (-item[1], item[0]))
    paper.line()
    paper.table(["records", "error"], [[f"{number:,}", safe(kind)] for kind, number in ranked[:_ERRORS]], numbers=1)
    _more(paper, len(ranked) - _ERRORS, "kinds of error")


def _more(paper: Paper, number: int, what: str) -> None:
    if number > 0:
        paper.line(f"and {number:,} more {what}")
