"""One self-contained page for people: a table of the articles, and of each the text with its findings marked.

It loads nothing and needs no server. At most 5,000 articles are listed, the worst ones; all are counted. The same
input gives the same bytes.
"""

from __future__ import annotations

from typing import ClassVar, TextIO

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.htmlpage.details import details_of
from linter.reports.htmlpage.encoding import packed
from linter.reports.htmlpage.listing import Entry, Listing, rank_of
from linter.reports.htmlpage.overview import Overview
from linter.reports.htmlpage.page import write
from linter.reports.htmlpage.rows import row_of


class Report:
    """The `html` format; all of it is written at the end."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out, self._options = out, options
        self._overview = Overview()
        self._listing = Listing()

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Count an article, and keep what there is to show of it, if it is one of the worst."""
        options = self._options
        scored = not own or options.show_score or options.explain_score
        self._overview.count(verdict, scored=scored, options=options)
        rank = rank_of(verdict, self._overview.articles, scored=scored)
        if self._listing.takes(rank):
            details = packed(details_of(verdict, article, scored=scored, options=options))
            self._listing.add(Entry(rank, row_of(verdict, article, scored=scored), details))

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """Write the page."""
        write(self._out, self._overview, self._listing.worst_first(), summary, self._options, own=own)
