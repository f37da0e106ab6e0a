"""What a rule has to say beside its findings: what to do, and how a person finds out whether it is so."""

from __future__ import annotations

from msgspec import Struct

from linter.model import Finding
from linter.reports import ReportOptions
from linter.rulefile import Rule

BY_CATEGORY = {
    "provenance": "open the page in a browser; look for its author, date, publisher and address, and who runs the site",
    "republication": "open the first publication, and see whether these words stand within its article there",
    "language": "read the whole sentence aloud, and see how the first publication or other reports of it put that",
    "sourcing": "go through the article claim by claim; note who says so, where and when, and follow its links",
    "style": "read the sentence without these words or marks, and see whether it still reports as much",
}


class Advice(Struct, frozen=True, kw_only=True):
    """What there is to say about a rule, beside its findings."""

    name: str
    summary: str = ""
    help: str | None = None
    verify: str


def how_to_verify(category: str, own: str = "") -> str:
    """What a rule says itself (`own`), or else what holds for its category; on one line."""
    return " ".join(own.split()) or BY_CATEGORY[category]


def advice_of(rule: Rule) -> Advice:
    """What a rule says."""
    return Advice(
        name=rule.name, summary=rule.summary, help=rule.help, verify=how_to_verify(rule.category, rule.verify)
    )


def advice_on(finding: Finding, options: ReportOptions) -> Advice:
    """What there is to say about a finding's rule, known or not."""
    rule = options.rule(finding.rule)
    return advice_of(rule) if rule else Advice(name=finding.name, verify=how_to_verify(finding.category))
