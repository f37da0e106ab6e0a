"""Proposals -> edits of the source, in the way of its format."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from linter.edits import Edit
from linter.fixing.places import Places
from linter.fixing.proposals import Proposal
from linter.fixing.sourcelines import SourceLines
from linter.model import Span


class Changing:
    """Makes edits for the proposals about one article. Whether its text becomes what was meant is for others to see."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._source = places.article.source
        self._profile = places.article.profile

    def can(self, proposal: Proposal) -> bool:
        """Is there an edit for a proposal, taken by itself?"""
        if self._is_direct(proposal) or self._profile == "html":
            return True
        return proposal.kind == "lines" and not self._shares_lines(proposal) and not self._parts(proposal)

    def edits(self, proposals: Sequence[Proposal]) -> list[Edit] | None:
        """The edits that make proposals that don't touch each other, in order; None where they get into each other."""
        edits, whole = [], []
        for proposal in proposals:
            if self._is_direct(proposal):
                edits.append(self._edit(proposal))
            else:
                whole.append(proposal)
        if whole:
            found = self._without_elements(whole) if self._profile == "html" else self._without_lines(whole)
            if found is None:
                return None
            edits += found
        edits.sort()
        return None if any(one.end > other.start for one, other in pairwise(edits)) else edits

    def _is_direct(self, proposal: Proposal) -> bool:
        """Is it a change within a line that touches no markup?"""
        return proposal.kind != "lines" and self._places.is_solid(proposal.start, proposal.end)

    def _edit(self, proposal: Proposal) -> Edit:
        new = html.escape(proposal.new, quote=False) if self._profile == "html" else proposal.new
        if proposal.start < proposal.end:
            return Edit(*self._places.source_span(proposal.start, proposal.end), new)
        at = self._outside(self._places.between(proposal.start))
        return Edit(at, at, new)

    def _outside(self, markup: Span) -> int:
        """Where in the markup between two characters a blank belongs: behind what is closed, before what is opened."""
        at = markup.start
        if at == markup.end:
            return at
        if self._profile == "markdown" and self._source.startswith("]", at):
            return markup.end
        from linter.readers._markup import TAG

        while (tag := TAG.match(self._source, at, markup.end)) and tag["close"]:
            at = tag.end()
        return at

    # ---- whole lines of a text or a Markdown source ----------------------------------------------------------

    @cached_property
    def _lines(self) -> SourceLines:
        return SourceLines(self._source)

    def _numbers(self, proposal: Proposal) -> range:
        return self._lines.numbers(self._places.source_span(proposal.start, proposal.end))

    def _shares_lines(self, proposal: Proposal) -> bool:
        """Does something else stand on the lines of the source that would go?"""
        places, span = self._places, self._lines.span(self._numbers(proposal))
        first, last = places.line_at(proposal.start) - 1, places.line_at(proposal.end - 1) + 1
        for number in (first, last):
            if 0 <= number < len(places.lines):
                start, end = places.source_span(*places.lines[number][:2])
                if start < span.end and span.start < end:
                    return True
        return False

    def _parts(self, proposal: Proposal) -> bool:
        """Does it part two lists, or two quotations, which would be one without it?"""
        places = self._places
        first, last = places.line_at(proposal.start), places.line_at(proposal.end - 1)
        if first == 0 or last + 1 >= len(places.lines) or places.lines[first].form != "paragraph":
            return False
        before, after = places.lines[first - 1].form, places.lines[last + 1].form
        return before == after and before in ("list", "quotation", "table")

    def _without_lines(self, proposals: Sequence[Proposal]) -> list[Edit]:
        numbers = [number for proposal in proposals for number in self._numbers(proposal)]
        return [Edit(*span, "") for span in self._lines.cut(numbers)]

    # ---- text of a page, with the elements that hold nothing else ---------------------------------------------

    def _without_elements(self, proposals: Sequence[Proposal]) -> list[Edit] | None:
        from linter.fixing.elements import TooDeepError, cut

        places, text = self._places, self._places.article.text
        spans: list[Span] = []
        for proposal in proposals:
            first, last = places.line_at(proposal.start), places.line_at(proposal.end - 1)
            for line in places.lines[first : last + 1]:
                start, end = max(line.start, proposal.start), min(line.end, proposal.end)
                inside = text[start:end]
                start += len(inside) - len(inside.lstrip())
                spans.append(places.source_span(start, start + len(inside.strip())))
        try:
            return [self._parted(span) for span in cut(self._source, spans)]
        except TooDeepError:
            return None

    def _parted(self, span: Span) -> Edit:
        """The edit that takes a span out; what stood on both sides of it is parted by one blank."""
        before, after = self._source[span.start - 1 : span.start], self._source[span.end : span.end + 1]
        if before.isspace() and before != "\n" and after.isspace() and after not in "\r\n":
            return Edit(span.start, span.end + 1, "")
        glued = before and after and not (before.isspace() or after.isspace() or before == ">" or after == "<")
        return Edit(*span, " " if glued else "")
