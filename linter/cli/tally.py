"""What a run adds up to, and the exit code that follows from it."""

from __future__ import annotations

import re
from collections import Counter
from heapq import heappush, heapreplace
from typing import Literal

from msgspec import Struct, field

from linter.cli.main import BROKEN
from linter.config import Config
from linter.corpus.sites import host_of
from linter.decision import alarms, breaks, is_own, rejects
from linter.model import SEVERITIES, Article, Verdict
from linter.parallel import Linted
from linter.reports import Details, Lowest, RuleCount, SiteCount, Summary, Worst
from linter.reports.words import count, place, severity_of

_LISTED = 20  # bad records of a dump named on stderr
_WORST = 10
_SITES = 10_000  # told apart; the records of further ones are counted together
_KINDS = 100  # of errors
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|\d[\d.,]*")


class Dump(Struct):
    """The records of one dump, how many of them are bad, and how many may be."""

    records: int = 0
    bad: int = 0
    share: float = 1.0


class Totals(Struct):
    """What was counted so far: a run that is gone on with begins with it."""

    summary: Summary = field(default_factory=lambda: Summary(findings=dict.fromkeys(reversed(SEVERITIES), 0)))
    problems: int = 0  # unreadable inputs, internal errors
    rejected: int = 0  # articles with a finding or a score that the user does not accept
    complained: bool = False  # of a suppression that the user does not accept
    all_own: bool = True  # no article so far whose score is to be shown unasked
    unscored: int = 0
    dumps: dict[str, Dump] = {}
    listed: int = 0
    unlisted: int = 0
    details: Details | None = None  # only where they are to be shown


class Tally:
    """Counts findings, scores and failures. `totals` goes on with what an earlier run counted.

    `may_fail` is how many articles may fail without failing the run, or which share of them ("5%").
    """

    def __init__(self, totals: Totals | None = None, *, in_full: bool = False, may_fail: int | str = 0) -> None:
        self._may_fail = may_fail
        self.totals = totals or Totals()
        self.summary = self.totals.summary
        if in_full and self.totals.details is None:
            self.totals.details = Details()

    def add(self, linted: Linted) -> list[str]:
        """Count one article; returns what there is to say about it on stderr."""
        config, article, verdict = linted.config, linted.article, linted.outcome.verdict
        said = self._count_error(verdict, config.max_bad_records) if verdict.error is not None else []
        if article.record is not None:
            self.totals.dumps.setdefault(article.path, Dump()).records += 1
        self._count_decision(verdict)
        if verdict.error is None:
            self._count_score(verdict, article, config)
        if self.totals.details is not None:
            self._count_in_full(verdict, self.totals.details)
        return said

    def fail(self, by: Literal["suppression", "input"]) -> None:
        """Take note of what is no article: a suppression that silences nothing, a path that gives nothing to read."""
        if by == "input":
            self.totals.problems += 1
        else:
            self.totals.complained = True

    def _count_decision(self, verdict: Verdict) -> None:
        summary = self.summary
        for finding in alarms(verdict):
            summary.findings[finding.severity] += 1
        summary.known += sum(finding.known is not None for finding in verdict.findings)
        summary.decisions[verdict.decision] += 1
        self.totals.rejected += rejects(verdict)

    def _count_score(self, verdict: Verdict, article: Article, config: Config) -> None:
        summary = self.summary
        own = is_own(article, config)
        summary.articles += 1
        if verdict.source is not None:
            summary.sources[verdict.source.label] = summary.sources.get(verdict.source.label, 0) + 1
        self.totals.all_own &= own
        if verdict.score is None:
            summary.abstained += 1
            self.totals.unscored += config.unscored == "warn" and not (own and config.min_score is None)
            return
        summary.scored += 1
        if summary.lowest is None or verdict.score < summary.lowest.score:
            summary.lowest = Lowest(verdict.score, verdict.band or "", place(verdict))

    def _count_error(self, verdict: Verdict, share: float) -> list[str]:
        self.summary.unreadable += 1
        error = verdict.error or ""
        if breaks(verdict):
            self.totals.problems += 1
            return [f"{place(verdict)}: {error}"]
        dump = self.totals.dumps.setdefault(verdict.path, Dump())
        dump.bad += 1
        dump.share = share
        if self.totals.listed >= _LISTED:
            self.totals.unlisted += 1
            return []
        self.totals.listed += 1
        line = f" (line {verdict.source_line})" if verdict.source_line else ""
        return [f"{place(verdict)}{line}: {error}"]

    def _count_in_full(self, verdict: Verdict, details: Details) -> None:
        if verdict.error is not None:
            kind = _PARTICULAR.sub("…", verdict.error)
            if len(details.errors) >= _KINDS and kind not in details.errors:
                kind = "others"
            details.errors[kind] = details.errors.get(kind, 0) + 1
        for rule, findings in Counter((finding.rule, finding.name) for finding in verdict.findings).items():
            counted = details.rules.setdefault(rule[0], RuleCount(rule[1]))
            counted.hits += findings
            counted.articles += 1
        for finding in verdict.findings:
            severities, severity = details.rules[finding.rule].severities, severity_of(finding)
            severities[severity] = severities.get(severity, 0) + 1
        site = _site(details.sites, verdict)
        site.records += 1
        if verdict.score is None:
            return
        site.scored += 1
        site.points += 100 - verdict.score
        details.histogram[min(verdict.score // 10, 9)] += 1
        number = self.summary.articles + self.summary.unreadable
        entry = Worst(100 - verdict.score, -number, place(verdict), verdict.title or "")
        if len(details.worst) < _WORST:
            heappush(details.worst, entry)
        elif entry > details.worst[0]:
            heapreplace(details.worst, entry)

    def close(self, *, say_unscored: bool = True) -> list[str]:
        """What there is to say on stderr at the end."""
        totals = self.totals
        said = [f"and {totals.unlisted:,} more bad records"] if totals.unlisted else []
        for path, dump in totals.dumps.items():
            if dump.bad > dump.share * dump.records:
                totals.problems += 1
                said.append(
                    f"{path}: {dump.bad:,} of {dump.records:,} records are bad, more than {100 * dump.share:.4g} % "
                    "(--max-bad-records)"
                )
        if totals.rejected and self._may_fail:
            may = "more than" if self.rejects else "no more than"
            said.append(
                f"{count(totals.rejected, 'article')} of {self.summary.articles:,} "
                f"{'fails' if totals.rejected == 1 else 'fail'}, {may} --max-failing {self._may_fail}"
            )
        if totals.unscored and say_unscored:
            have = "has" if totals.unscored == 1 else "have"
            said.append(f"warning: {totals.unscored:,} of {count(self.summary.articles, 'article')} {have} no score")
        return said

    @property
    def exit_code(self) -> int:
        """0, 1 or 2, as the README says."""
        return BROKEN if self.totals.problems else int(self.totals.complained or self.rejects)

    @property
    def rejects(self) -> bool:
        """Do more articles fail than may?"""
        rejected, limit = self.totals.rejected, self._may_fail
        if isinstance(limit, str):
            return rejected > float(limit.removesuffix("%")) / 100 * self.summary.articles
        return rejected > limit


def _site(sites: dict[str, SiteCount], verdict: Verdict) -> SiteCount:
    name = host_of(verdict.url) or "-"
    if name not in sites and len(sites) >= _SITES:
        name = "others"
    return sites.setdefault(name, SiteCount())
