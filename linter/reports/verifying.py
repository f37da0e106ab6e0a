"""How a person finds out whether a finding is right, where its rule has no way of its own."""

from __future__ import annotations

from linter.model import Finding
from linter.reports import Advice, ReportOptions

BY_CATEGORY = {
    "provenance": "open the page in a browser; look for its author, date, publisher and address, and who runs the site",
    "republication": "open the first publication, and see whether these words stand within its article there",
    "language": "read the whole sentence aloud, and see how the first publication or other reports of it put that",
    "sourcing": "go through the article claim by claim; note who says so, where and when, and follow its links",
    "style": "read the sentence without these words or marks, and see whether it still reports as much",
}


def how_to_verify(category: str, own: str = "") -> str:
    """What a rule says itself (`own`), or else what holds for its category; on one line."""
    return " ".join(own.split()) or BY_CATEGORY[category]


def advice_on(finding: Finding, options: ReportOptions) -> Advice:
    """What there is to say about a finding's rule, known or not."""
    return options.advice(finding.rule) or Advice(name=finding.name, verify=how_to_verify(finding.category))
