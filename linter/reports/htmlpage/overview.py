"""What the page counts over all articles of a run, listed or not."""

from __future__ import annotations

import posixpath
from itertools import takewhile
from typing import Any

from msgspec import Struct, field

from linter.decision import alarms
from linter.model import SEVERITIES, Finding, Verdict
from linter.reports import ReportOptions
from linter.reports.verifying import advice_on
from linter.scorecard import BANDS

_BAR = 5  # points of the score: every band begins with a bar
_NAMED = 3  # inputs


class RuleTold(Struct, omit_defaults=True):
    """A rule: what it says, how often it raised an alarm, by severity (error, warning, info), in how many articles."""

    name: str
    category: str
    verify: str
    summary: str = ""
    why: str = ""
    help: str = ""
    hits: list[int] = field(default_factory=lambda: [0] * len(SEVERITIES))
    articles: int = 0


class Inputs(Struct, omit_defaults=True):
    """What was linted: the first few paths, how many there are, and the folder that holds all of them."""

    paths: list[str] = []
    number: int = 0
    folder: str = ""


class Overview(Struct):
    """Counts, article by article."""

    articles: int = 0
    errors: int = 0  # articles that could not be read, or not be linted in full
    unscored: int = 0
    own: int = 0  # with a score that is not to be shown
    known: int = 0
    decisions: dict[str, int] = field(default_factory=lambda: {"fail": 0, "warn": 0, "pass": 0})
    alarms: list[int] = field(default_factory=lambda: [0] * len(SEVERITIES))
    histogram: list[int] = field(default_factory=lambda: [0] * (100 // _BAR))
    bands: list[list[Any]] = field(default_factory=lambda: [[name, least, 0] for least, name in BANDS])
    rules: dict[str, RuleTold] = {}
    inputs: Inputs = field(default_factory=Inputs)
    last: str | None = None  # input

    def count(self, verdict: Verdict, *, scored: bool, options: ReportOptions) -> None:
        """Count one article. `scored`: is its score to be shown?"""
        self.articles += 1
        self.errors += verdict.error is not None
        self.decisions[verdict.decision] += 1
        self.known += sum(finding.known is not None for finding in verdict.findings)
        self._count_input(verdict.path)
        self._count_score(verdict.score, scored)
        for finding in verdict.findings:
            if finding.rule not in self.rules:
                self.rules[finding.rule] = _told(finding, options)
        raised = alarms(verdict)
        for finding in raised:
            severity = len(SEVERITIES) - 1 - SEVERITIES.index(finding.severity)
            self.alarms[severity] += 1
            self.rules[finding.rule].hits[severity] += 1
        for rule in {finding.rule for finding in raised}:
            self.rules[rule].articles += 1

    def _count_score(self, score: int | None, scored: bool) -> None:
        if score is None:
            self.unscored += 1
        elif not scored:
            self.own += 1
        else:
            self.histogram[min(score // _BAR, len(self.histogram) - 1)] += 1
            next(band for band in self.bands if score >= band[1])[2] += 1

    def _count_input(self, path: str) -> None:
        """Articles of one input follow each other."""
        if path == self.last:
            return
        self.last, inputs = path, self.inputs
        inputs.number += 1
        inputs.folder = posixpath.dirname(path) if inputs.number == 1 else _shared(inputs.folder, path)
        if len(inputs.paths) < _NAMED:
            inputs.paths.append(path)


def _told(finding: Finding, options: ReportOptions) -> RuleTold:
    rule, advice = options.rule(finding.rule), advice_on(finding, options)
    return RuleTold(
        name=advice.name,
        category=finding.category,
        verify=advice.verify,
        summary=_line(advice.summary),
        why=_line(rule.why if rule else ""),
        help=_line(advice.help or ""),
    )


def _shared(folder: str, path: str) -> str:
    """The folder that holds a folder and a path."""
    pairs = zip(folder.split("/"), posixpath.dirname(path).split("/"), strict=False)
    return "/".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _line(text: str) -> str:
    return " ".join(text.split())
