"""What stands in an article today, and is to be silenced."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from linter.model import Finding, Verdict

Place = tuple[str, str, int]


class CannotIgnoreError(Exception):
    """A finding that can't be silenced; the message says why, without the name of the file."""


def place(finding: Finding) -> Place:
    """Where a finding is: its rule, the field, and the start there."""
    return finding.rule, finding.field, finding.start


class Known:
    """The findings of an article that fail nothing, as a later run of the linter over it will find them."""

    def __init__(self, verdict: Verdict) -> None:
        known = [finding for finding in verdict.findings if finding.known is not None]
        self._prints = {finding.fingerprint for finding in known if finding.known == "baseline"}
        self._places = {place(finding) for finding in known if finding.known == "unchanged"}

    def mark(self, findings: Iterable[Finding], placed: Callable[[Finding], Place] = place) -> None:
        """Mark those of them that are known; `placed` says where in the first source a finding is."""
        for finding in findings:
            if finding.fingerprint in self._prints:
                finding.known = "baseline"
            elif placed(finding) in self._places:
                finding.known = "unchanged"
