"""What a run adds up to, and the exit code that follows from it."""

from __future__ import annotations

from linter.cli.main import BROKEN
from linter.config import Config
from linter.model import SEVERITIES, Article, Preset, Verdict
from linter.parallel import Linted
from linter.reports import Lowest, Summary
from linter.reports.words import count, place

_LISTED = 20  # bad records of a dump named on stderr


class Tally:
    """Counts findings, scores and failures."""

    def __init__(self) -> None:
        self.summary = Summary(findings=dict.fromkeys(reversed(SEVERITIES), 0))
        self.problems = 0  # unreadable inputs, internal errors
        self.failing = False  # a finding, a score or a suppression that the user does not accept
        self.all_own = True  # no article so far whose score is to be shown unasked
        self._unscored = 0
        self._bad: dict[str, list[int]] = {}  # dump -> [records, bad ones]
        self._shares: dict[str, float] = {}
        self._unlisted = 0
        self._listed = 0

    def add(self, linted: Linted) -> list[str]:
        """Count one article; returns what there is to say about it on stderr."""
        config, article, verdict = linted.config, linted.article, linted.outcome.verdict
        said = self._count_error(verdict, config.max_bad_records) if verdict.error is not None else []
        if article.record is not None:
            self._bad.setdefault(article.path, [0, 0])[0] += 1
        if verdict.error is None or verdict.findings:
            self._count_findings(verdict, config)
        if verdict.error is None:
            self._count_score(verdict, article, config)
        return said

    def _count_findings(self, verdict: Verdict, config: Config) -> None:
        for finding in verdict.findings:
            self.summary.findings[finding.severity] += 1
        if config.fail_on != "never":
            level = SEVERITIES.index(config.fail_on)
            self.failing |= any(SEVERITIES.index(finding.severity) >= level for finding in verdict.findings)

    def _count_score(self, verdict: Verdict, article: Article, config: Config) -> None:
        summary = self.summary
        own = is_own(article, config)
        summary.articles += 1
        self.all_own &= own
        if verdict.score is None:
            summary.abstained += 1
            self.failing |= config.unscored == "fail"
            self._unscored += config.unscored == "warn" and not (own and config.min_score is None)
            return
        summary.scored += 1
        self.failing |= config.min_score is not None and verdict.score < config.min_score
        if summary.lowest is None or verdict.score < summary.lowest.score:
            summary.lowest = Lowest(verdict.score, verdict.band or "", place(verdict))

    def _count_error(self, verdict: Verdict, share: float) -> list[str]:
        self.summary.unreadable += 1
        error = verdict.error or ""
        if verdict.record is None or error.startswith("internal error"):
            self.problems += 1
            return [f"{place(verdict)}: {error}"]
        self._bad.setdefault(verdict.path, [0, 0])[1] += 1
        self._shares[verdict.path] = share
        if self._listed >= _LISTED:
            self._unlisted += 1
            return []
        self._listed += 1
        line = f" (line {verdict.source_line})" if verdict.source_line else ""
        return [f"{place(verdict)}{line}: {error}"]

    def close(self, *, say_unscored: bool = True) -> list[str]:
        """What there is to say on stderr at the end."""
        said = [f"and {self._unlisted:,} more bad records"] if self._unlisted else []
        for path, share in self._shares.items():
            records, bad = self._bad[path]
            if bad > share * records:
                self.problems += 1
                said.append(
                    f"{path}: {bad:,} of {records:,} records are bad, more than {100 * share:.4g} % (--max-bad-records)"
                )
        if self._unscored and say_unscored:
            have = "has" if self._unscored == 1 else "have"
            said.append(f"warning: {self._unscored:,} of {count(self.summary.articles, 'article')} {have} no score")
        return said

    @property
    def exit_code(self) -> int:
        """0, 1 or 2, as the README says."""
        return BROKEN if self.problems else int(self.failing)


def is_own(article: Article, config: Config) -> bool:
    """Is an article linted as the site's own content, so that its score is shown on request only?"""
    preset: Preset = config.preset or ("own" if article.profile == "markdown" else "scraped")
    return preset == "own"
