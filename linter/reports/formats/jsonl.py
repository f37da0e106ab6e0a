"""One JSON object per article and line, in input order."""

from __future__ import annotations

from typing import ClassVar, TextIO

import msgspec

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary


def encoded(verdict: Verdict) -> str:
    """A verdict as JSON. A file name that is not valid UTF-8 shows U+FFFD where its stray bytes are."""
    try:
        return msgspec.json.encode(verdict).decode()
    except UnicodeEncodeError:
        path = verdict.path.encode("utf-8", "replace").decode()
        return msgspec.json.encode(msgspec.structs.replace(verdict, path=path)).decode()


class Report:
    """The `jsonl` format."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """One line."""
        self._out.write(encoded(verdict) + "\n")

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """Nothing: every line stands for itself."""
