"""One JSON document: the objects of `jsonl` under "articles", as they come, then their rules and the summary."""

from __future__ import annotations

from typing import ClassVar, TextIO

import msgspec

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.formats.jsonl import encoded
from linter.reports.verifying import Advice, advice_of, advice_on

SCHEMA_VERSION = 1


class Report:
    """The `json` format."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._begun = False
        self._rules: dict[str, Advice] = {}  # of the findings so far

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """One element of "articles"."""
        self._out.write((",\n" if self._begun else self._head()) + encoded(verdict))
        self._begun = True
        for finding in verdict.findings:
            if finding.rule not in self._rules:
                self._rules[finding.rule] = advice_on(finding, self._options)
            for related in finding.related:
                if related not in self._rules and (rule := self._options.rule(related)):
                    self._rules[related] = advice_of(rule)

    def _head(self) -> str:
        head = {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "newslint", "version": self._options.version},
            "rulebook": self._options.rulebook,
            "score_version": self._options.score_version,
        }
        return msgspec.json.encode(head).decode()[:-1] + ',"articles":[\n'

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """What the rules say, the summary, and the end of the document."""
        start = "" if self._begun else self._head()
        rules = msgspec.json.encode(dict(sorted(self._rules.items()))).decode()
        self._out.write(f'{start}\n],"rules":{rules},"summary":{msgspec.json.encode(summary).decode()}}}\n')
