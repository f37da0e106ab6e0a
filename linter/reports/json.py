"""One JSON document: the objects of `jsonl` under "articles", written as they come, then the summary."""

from __future__ import annotations

from typing import ClassVar, TextIO

import msgspec

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.jsonl import encoded

SCHEMA_VERSION = 1


class Report:
    """The `json` format."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._begun = False

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """One element of "articles"."""
        self._out.write((",\n" if self._begun else self._head()) + encoded(verdict))
        self._begun = True

    def _head(self) -> str:
        head = {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "newslint", "version": self._options.version},
            "rulebook": self._options.rulebook,
            "score_version": self._options.score_version,
        }
        return msgspec.json.encode(head).decode()[:-1] + ',"articles":[\n'

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """The summary, and the end of the document."""
        start = "" if self._begun else self._head()
        self._out.write(f'{start}\n],"summary":{msgspec.json.encode(summary).decode()}}}\n')
