"""Whether a run accepts an article: what the configuration makes of its findings and its score."""

from __future__ import annotations

from collections.abc import Sequence

from linter.config import Config
from linter.model import SEVERITIES, Article, Decision, Finding, Preset, Verdict


def alarms(verdict: Verdict) -> list[Finding]:
    """The findings without those that are there for the score's sake, and those that are known already."""
    return [finding for finding in verdict.findings if not finding.value and finding.known is None]


def is_own(article: Article, config: Config) -> bool:
    """Is an article linted as the site's own content, so that its score is shown on request only?"""
    preset: Preset = config.preset or ("own" if article.profile == "markdown" else "scraped")
    return preset == "own"


def failing(verdict: Verdict, config: Config) -> list[Finding]:
    """The alarms at or above `fail-on`."""
    if config.fail_on == "never":
        return []
    least = SEVERITIES.index(config.fail_on)
    return [finding for finding in alarms(verdict) if SEVERITIES.index(finding.severity) >= least]


def decide(verdict: Verdict, article: Article, config: Config, *, pardoned: bool = False) -> None:
    """Put into a verdict whether its article passes, and the one reason why it doesn't.

    An article fails that has an alarm at or above `fail-on`, that could not be read, that scores under `min-score`, or
    that has no score where the configuration asks for one; the first of these is the reason. One that has other
    alarms than infos, or no score, is a warning. `pardoned`: its score fails nothing (see `linter.policy`).
    """
    verdict.decision, verdict.because = _decision(verdict, article, config, pardoned)


def rejects(verdict: Verdict) -> bool:
    """Does an article make a run fail? What can't be read is another matter, and counted apart."""
    return verdict.decision == "fail" and verdict.because != verdict.error


def breaks(verdict: Verdict) -> bool:
    """Could an input not be read, or did newslint itself fail? A bad record of a dump is neither."""
    return verdict.error is not None and (verdict.record is None or verdict.error.startswith("internal error"))


def _decision(verdict: Verdict, article: Article, config: Config, pardoned: bool) -> tuple[Decision, str | None]:
    if fails := failing(verdict, config):
        return "fail", _told(fails)
    if verdict.error is not None:
        return "fail", verdict.error
    unscored = verdict.score is None and not pardoned
    if unscored and config.unscored == "fail":
        return "fail", verdict.abstained or "not scored"
    if verdict.score is not None and not pardoned and verdict.score < (config.min_score or 0):
        return "fail", f"the score is {verdict.score}, under {config.min_score}"
    if warns := [finding for finding in alarms(verdict) if finding.severity != "info"]:
        return "warn", _told(warns)
    if unscored and config.unscored == "warn" and (config.min_score is not None or not is_own(article, config)):
        return "warn", verdict.abstained or "not scored"
    return "pass", None


def _told(findings: Sequence[Finding]) -> str:
    """The first of the severest, and how many more there are."""
    worst = max(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    place = f"{worst.line}:{worst.column}" if worst.field == "text" else f"the {worst.field}"
    more = f" and {len(findings) - 1:,} more" if len(findings) > 1 else ""
    return f"{worst.severity} {worst.rule} {worst.name} at {place}{more}"
