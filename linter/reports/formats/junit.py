"""JUnit XML, for the test tab of a CI system: a test case per article, which fails where the article fails."""

from __future__ import annotations

from collections import Counter
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import ClassVar, TextIO
from xml.sax.saxutils import escape, quoteattr

from linter.decision import alarms
from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary, cifile
from linter.reports.paper import safe
from linter.reports.words import place

_IN_MEMORY = 1 << 20  # bytes; longer reports wait on the disk for their totals, which stand at the beginning


class Report:
    """The `junit` format, as Jenkins, GitLab, Azure and CircleCI read it."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._repository = cifile.Repository()
        self._cases = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n")  # noqa: SIM115
        self._counts = Counter({"tests": 0, "failures": 0, "errors": 0, "skipped": 0})

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """One test case."""
        path = self._repository.path(verdict.path)
        folder = path.rpartition("/")[0]
        case = {"classname": folder or "newslint", "name": place(verdict), "file": path}
        if verdict.source_line is not None:
            case["line"] = str(verdict.source_line)
        inside = "".join([*_properties(verdict), *self._outcome(verdict)])
        self._cases.write(f"<testcase{_attributes(case)}>{inside}</testcase>\n")
        self._counts["tests"] += 1

    def _outcome(self, verdict: Verdict) -> list[str]:
        """What went wrong; warnings are no failure, and are printed."""
        raised = "".join(
            f"{cifile.where(verdict, finding)}: {finding.severity} {finding.rule} {finding.name}: "
            f"{cifile.told(finding)}\n"
            for finding in alarms(verdict)
        )
        because = safe(verdict.because or "")
        if verdict.error is not None:
            self._counts["errors"] += 1
            parts = [_element("error", raised, message=safe(verdict.error), type="unreadable")]
        elif verdict.decision == "fail":
            self._counts["failures"] += 1
            kind = "findings" if cifile.failure(verdict) is None else "score"
            parts = [_element("failure", raised, message=because, type=kind)]
        elif raised or because:
            parts = [_element("system-out", f"warning: {because}\n{raised}" if because else raised)]
        else:
            parts = []
        return parts

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """Write the totals, then the cases."""
        totals = {name: str(number) for name, number in self._counts.items()}
        options = self._options
        told = {"version": options.version, "rulebook": options.rulebook, "score-version": options.score_version}
        overall = {name: number for name, number in totals.items() if name != "skipped"}
        self._out.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{_attributes({"name": "newslint", **overall})}>\n'
        )
        self._out.write(f"<testsuite{_attributes({'name': 'newslint', **totals})}>\n{_listed(told)}\n")
        with self._cases as cases:
            cases.seek(0)
            copyfileobj(cases, self._out)
        self._out.write("</testsuite>\n</testsuites>\n")


def _properties(verdict: Verdict) -> list[str]:
    """What is known of an article beside its outcome."""
    told = {
        "score": verdict.score,
        "band": verdict.band,
        "decision": verdict.decision,
        "id": verdict.id,
        "url": verdict.url,
        "title": verdict.title,
    }
    return [_listed({name: str(value) for name, value in told.items() if value is not None})]


def _listed(properties: dict[str, str]) -> str:
    inside = "".join(f"<property{_attributes({'name': name, 'value': value})}/>" for name, value in properties.items())
    return f"<properties>{inside}</properties>"


def _element(name: str, text: str, **attributes: str) -> str:
    lines = "\n".join(_clean(line) for line in text.split("\n"))
    return f"<{name}{_attributes(attributes)}>{escape(lines)}</{name}>"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes.items())


def _clean(text: str) -> str:
    """A text that XML can hold, on one line."""
    return cifile.unicode(safe(text))
