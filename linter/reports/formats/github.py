"""Workflow commands that GitHub Actions shows beside the lines of a pull request: the worst of each level."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, TextIO

from linter.decision import alarms, breaks
from linter.model import Article, Finding, Severity, Verdict
from linter.reports import ReportOptions, Summary, cifile, ranking
from linter.reports.paper import safe
from linter.reports.ranking import Ranking
from linter.reports.words import count, place

# A step shows ten of each level: "GitHub Actions are limited to 10 warning annotations and 10 error annotations per
# step", https://docs.github.com/en/rest/checks/runs; so it is with notices.
SHOWN = 10
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


class Report:
    """The `github` format. Nothing is written before the end, for the worst are shown."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._repository = cifile.Repository()
        self._kept: dict[str, Ranking[str]] = {level: Ranking(SHOWN) for level in _LEVELS.values()}

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Keep what is among the worst of its level so far."""
        for finding in alarms(verdict):
            make = partial(self._finding, verdict, finding)
            self._kept[_LEVELS[finding.severity]].add(ranking.badness(finding), make)
        because = cifile.failure(verdict)
        if because is not None:
            make = partial(self._article, verdict, "error", "The article fails", because)
            self._kept["error"].add(ranking.FAILING, make)
        if verdict.error is not None:
            level = "error" if breaks(verdict) else "warning"
            make = partial(self._article, verdict, level, "It can't be read", safe(verdict.error))
            self._kept[level].add(ranking.badness_of_error(verdict), make)

    def _finding(self, verdict: Verdict, finding: Finding) -> str:
        where: dict[str, object] = {}
        if cifile.placed(verdict, finding):
            where = {"line": finding.line, "endLine": finding.end_line}
            if finding.line == finding.end_line:  # columns of several lines are refused
                where |= {"col": finding.column, "endColumn": finding.end_column}
        message = f"{cifile.where(verdict, finding)}: {cifile.told(finding)}"
        rule = self._options.rule(finding.rule)
        if rule and rule.help:
            message += "\n" + " ".join(safe(rule.help).split())
        return self._command(_LEVELS[finding.severity], verdict, f"{finding.rule} {finding.name}", message, where)

    def _article(self, verdict: Verdict, level: str, title: str, message: str) -> str:
        return self._command(level, verdict, title, f"{place(verdict)}: {message}", {})

    def _command(self, level: str, verdict: Verdict, title: str, message: str, where: dict[str, object]) -> str:
        path = safe(self._repository.path(verdict.path))
        line = where or {"line": cifile.line_of(verdict)}
        file = {} if path == cifile.STDIN else {"file": path, **line}
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in {**file, "title": title}.items())
        return f"::{level} {properties}::{_data(message)}\n"

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """Write the commands; the last notice says how much is not shown."""
        rest = {level: kept.left_out for level, kept in self._kept.items()}
        commands = {level: kept.worst_first() for level, kept in self._kept.items()}
        if any(rest.values()) and len(commands["notice"]) == SHOWN:
            commands["notice"].pop()
            rest["notice"] += 1
        for level in commands:
            self._out.writelines(commands[level])
        if any(rest.values()):
            more = ", ".join(count(number, level) for level, number in rest.items() if number)
            self._out.write(f"::notice title=newslint::not shown, for a step shows {SHOWN} of each: {_data(more)}\n")


def _data(text: str) -> str:
    """A text as the data of a command; https://github.com/actions/toolkit, packages/core/src/command.ts."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
