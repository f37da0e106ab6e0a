"""GitLab's Code Quality report: a JSON array with an object for every alarm, as they come."""

from __future__ import annotations

import hashlib
from typing import ClassVar, TextIO

import msgspec

from linter.decision import alarms, breaks
from linter.model import Article, Finding, Verdict
from linter.reports import ReportOptions, Summary, cifile
from linter.reports.paper import safe


class Report:
    """The `gitlab` format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._repository = cifile.Repository()
        self._begun = False
        self._seen: dict[bytes, int] = {}  # fingerprints: GitLab shows the first of equal ones alone

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """An object per alarm; one more where the article fails by its score, or can't be read."""
        for finding in alarms(verdict):
            lines = {"begin": cifile.line_of(verdict, finding)}
            if cifile.placed(verdict, finding):
                lines["end"] = finding.end_line
            name = f"{finding.rule} {finding.name}"
            self._write(verdict, name, cifile.told(finding), _severity(finding), finding.fingerprint, lines)
        lines = {"begin": cifile.line_of(verdict)}
        recognised = str(verdict.id or verdict.url or verdict.record or "")
        because = cifile.failure(verdict)
        if because is not None:
            self._write(verdict, "article-fails", f"the article fails: {because}", "critical", recognised, lines)
        if verdict.error is not None:
            severity = "blocker" if breaks(verdict) else "major"
            said = f"it can't be read: {safe(verdict.error)}"
            self._write(verdict, "unreadable", said, severity, recognised, lines)

    def _write(
        self, verdict: Verdict, name: str, said: str, severity: str, recognised: str, lines: dict[str, int]
    ) -> None:
        path = cifile.unicode(self._repository.path(verdict.path))
        told = {
            "description": said if verdict.record is None else f"record {verdict.record}: {said}",
            "check_name": name,
            "fingerprint": self._fingerprint(path, name, recognised),
            "severity": severity,
            "location": {"path": path, "lines": lines},
        }
        self._out.write((",\n" if self._begun else "[\n") + msgspec.json.encode(told).decode())
        self._begun = True

    def _fingerprint(self, *parts: str) -> str:
        """32 hexadecimal digits, other ones each time."""
        key = _digest(*parts)
        ordinal = self._seen[key] = self._seen.get(key, -1) + 1
        return (_digest(*parts, str(ordinal)) if ordinal else key).hex()

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """End the array."""
        self._out.write("\n]\n" if self._begun else "[]\n")


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _severity(finding: Finding) -> str:
    """Of GitLab's five; `blocker` is left for what can't be read."""
    if finding.severity == "warning":
        return "minor" if finding.confidence == "hint" else "major"
    return "critical" if finding.severity == "error" else "info"
