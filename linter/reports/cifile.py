"""What CI systems are told of an article: where it lies in the repository, on which line, why it fails."""

from __future__ import annotations

import os
import re
from pathlib import Path

from linter.decision import alarms
from linter.model import Finding, Verdict
from linter.reports.paper import safe
from linter.reports.words import location, place, said

_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
STDIN = "-"


class Repository:
    """Paths as they are seen from the top of the git repository; outside of one, from the working directory."""

    def __init__(self) -> None:
        here = Path.cwd()
        self._here = here
        self._top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
        self._last = (STDIN, STDIN)  # the records of a dump come one after the other

    def path(self, path: str) -> str:
        """A path below the top, "/"-joined, without "./"; an absolute one where it lies elsewhere."""
        if path == STDIN:
            return path
        if path != self._last[0]:
            whole = os.path.normpath(self._here / path)
            below = self._below_top(whole) or self._below_top(os.path.realpath(whole)) or whole
            self._last = (path, below.replace(os.sep, "/"))
        return self._last[1]

    def _below_top(self, path: str) -> str | None:
        relative = os.path.relpath(path, self._top)
        return None if f"{relative}{os.sep}".startswith(os.pardir + os.sep) else relative


def unicode(text: str) -> str:
    """A text without what encodings (lone surrogates) or XML can't hold: U+FFFD in its place."""
    return _NO_TEXT.sub("\ufffd", text)


def placed(verdict: Verdict, finding: Finding) -> bool:
    """Are a finding's line and column those of the file? Not of a field, an absence, or a record of a dump."""
    return verdict.record is None and finding.field == "text" and finding.start < finding.end


def line_of(verdict: Verdict, finding: Finding | None = None) -> int:
    """The line of the file to point at, from 1: of the finding, of its record, or the first."""
    return finding.line if finding and placed(verdict, finding) else verdict.source_line or 1


def where(verdict: Verdict, finding: Finding) -> str:
    """`path:line:column` of a finding in the text; the article of one that is elsewhere, or an absence."""
    in_text = finding.field == "text" and finding.start < finding.end
    return location(verdict, finding) if in_text else place(verdict)


def told(finding: Finding) -> str:
    """The message, what to write instead where that is known; on one line, safe to show."""
    return f"{said(finding)}; instead: {safe(finding.suggestion)}" if finding.suggestion else said(finding)


def failure(verdict: Verdict) -> str | None:
    """Why an article fails, where none of its findings says so: its score, or that it has none."""
    if verdict.decision != "fail" or verdict.error is not None or verdict.because is None:
        return None
    by_finding = any(
        verdict.because.startswith(f"{finding.severity} {finding.rule} {finding.name} at ")
        for finding in alarms(verdict)
    )
    return None if by_finding else safe(verdict.because)
