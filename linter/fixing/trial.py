"""Trying proposals: what becomes of an article, or what speaks against it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from linter.api import Linter
from linter.edits import Edit, Moves, applied
from linter.fixing.changing import Changing
from linter.fixing.places import Places, lines_of
from linter.fixing.proposals import Proposal
from linter.model import Article, Finding, Span, Verdict
from linter.readers import article_from_text
from linter.source import source_span

if TYPE_CHECKING:
    from linter.fixing.markdownblocks import MarkdownBlocks

Against = Literal["reading", "alarm"]
_MOST_PLACES = 1000  # of a rule's findings that are looked through for one at the same place
_FIELDS = ("title", "author", "date", "publisher", "url", "language")


class State(NamedTuple):
    """An article as it is now, and what is said about it."""

    article: Article
    verdict: Verdict
    edits: list[Edit]  # that made it, of what it was before


class Refusal(NamedTuple):
    """What speaks against some proposals, and which of them are likely to be the cause; none where nobody knows."""

    against: Against
    blamed: list[Proposal] = []


class Trial:
    """Tries proposals about one article; none of it is kept.

    What is changed must be read as it was meant, everything else as before, and nothing may be found that was not
    found before.
    """

    def __init__(self, linter: Linter, state: State, places: Places, *, main: bool = False) -> None:
        self._linter, self._places = linter, places
        self._article, self._verdict = state.article, state.verdict
        self._changing = Changing(places)
        self._reread = Rereading(state.article, main=main)

    @cached_property
    def _blocks(self) -> MarkdownBlocks | None:
        if self._article.profile != "markdown":
            return None
        from linter.fixing.markdownblocks import MarkdownBlocks

        return MarkdownBlocks(self._article.source)

    def can(self, proposal: Proposal) -> bool:
        """Is there an edit for it?"""
        return self._changing.can(proposal)

    def run(self, proposals: Sequence[Proposal]) -> State | Refusal:
        """The article after all of the proposals, in order, which don't touch each other; or what speaks against it."""
        edits = self._changing.edits(proposals)
        if not edits:
            return Refusal("reading")
        source = applied(self._article.source, edits)
        article = self._reread(source)
        if not article.text.strip() or _outline(article) != self._expected(proposals):
            return Refusal("reading")
        if self._blocks is not None and not self._blocks.become(source, edits):
            return Refusal("reading")
        verdict = self._linter.run(article).verdict
        if verdict.error is not None:
            return Refusal("alarm", list(proposals))
        moves = Moves(edits)
        if fresh := self._fresh(verdict, proposals, source, moves):
            return Refusal("alarm", self._nearest(proposals, fresh, moves))
        return State(article, verdict, edits)

    def _expected(self, proposals: Sequence[Proposal]) -> list[tuple[str, str | None]]:
        """The lines of the page as they should be after the proposals."""
        text, found, number = self._article.text, [], 0
        for line in self._places.lines:
            pieces, done = [], line.start
            while number < len(proposals) and proposals[number].start <= line.end:
                proposal = proposals[number]
                pieces += [text[done : max(proposal.start, done)], proposal.new]
                done = min(proposal.end, line.end)
                if proposal.end > line.end:
                    break
                number += 1
            pieces.append(text[done : line.end])
            found.append((source_span(self._article.offsets, line.start, line.end).start, "".join(pieces), line.form))
        return _in_order([*found, *_beside(self._article)])

    def _fresh(self, verdict: Verdict, proposals: Sequence[Proposal], source: str, moves: Moves) -> list[Finding]:
        """What is found now and wasn't before.

        A finding was there before if its rule found the same words, or something at the same place: what stands around
        a change may have changed with it.
        """
        targets = {id(proposal.finding) for proposal in proposals}
        before: dict[tuple[str, str], Counter[Span]] = {}
        for finding in _alarms(self._verdict):
            if id(finding) in targets:
                continue
            text, span = finding.text, Span(-1, -1)
            if finding.field == "text" and finding.start < finding.end:
                span = Span(moves.start(finding.start), moves.end(finding.end))
                if span.start >= span.end:
                    continue
                text = source[span.start : span.end]
            before.setdefault(_key(finding.rule, text), Counter())[span] += 1
        fresh = []
        for finding in _alarms(verdict):
            known = before.get(_key(finding.rule, finding.text))
            if not known:
                fresh.append(finding)
                continue
            here = Span(finding.start, finding.end)
            taken = here if here in known else next(iter(known))
            known[taken] -= 1
            if not known[taken]:
                del known[taken]
        places: dict[str, list[Span]] = {}
        for (rule, _), spans in before.items():
            places.setdefault(rule, []).extend(spans.elements())
        return [finding for finding in fresh if not _takes(finding, places.get(finding.rule, []))]

    def _nearest(self, proposals: Sequence[Proposal], fresh: Sequence[Finding], moves: Moves) -> list[Proposal]:
        """For each of some new findings the proposal whose place is the nearest."""
        places = [moves.start(self._places.source_span(one.start, one.end).start) for one in proposals]
        blamed: dict[int, Proposal] = {}
        for finding in fresh:
            if finding.field == "text" and finding.start < finding.end:
                at = bisect_left(places, finding.start)
                near = range(max(at - 1, 0), min(bisect_left(places, finding.end) + 1, len(places)))
                closest = min(near, key=lambda n: max(finding.start - places[n], places[n] - finding.end, 0))
                blamed[closest] = proposals[closest]
        return [blamed[number] for number in sorted(blamed)]


def _takes(finding: Finding, places: list[Span]) -> bool:
    """Take the place of something that the same rule found there before; is there any?"""
    if finding.field != "text":
        return False
    for number, (start, end) in enumerate(places[:_MOST_PLACES]):
        if start <= finding.end and finding.start <= end:
            del places[number]
            return True
    return False


class Rereading:
    """Reads an article again from another source; what its record, and not its text, said about it is kept.

    `main`: of a page only its article was read.
    """

    def __init__(self, article: Article, *, main: bool = False) -> None:
        self._article, self._main = article, main
        fresh = article_from_text(article.source, article.profile, path=article.path)
        values = {name: getattr(article, name) for name in _FIELDS}
        self._told = {name: value for name, value in values.items() if value != getattr(fresh, name)}

    def __call__(self, source: str) -> Article:
        """The article in a source."""
        old = self._article
        article = article_from_text(source, old.profile, path=old.path)
        article.record, article.source_line, article.id, article.raw = old.record, old.source_line, old.id, old.raw
        for name, value in self._told.items():
            setattr(article, name, value)
        if self._main:
            article.beside = None
        return article


def _alarms(verdict: Verdict) -> list[Finding]:
    return [finding for finding in verdict.findings if not finding.value]


def _key(rule: str, text: str) -> tuple[str, str]:
    return rule, " ".join(text.split()).lower()


def _outline(article: Article) -> list[tuple[str, str | None]]:
    lines = [
        (source_span(article.offsets, line.start, line.end).start, article.text[line.start : line.end], line.form)
        for line in lines_of(article)
    ]
    return _in_order([*lines, *_beside(article)])


def _beside(article: Article) -> list[tuple[int, str, str | None]]:
    """The lines of the rest of an article's page."""
    rest = article.beside
    if rest is None:
        return []
    return [
        (source_span(rest.offsets, line.start, line.end).start, rest.text[line.start : line.end], line.form)
        for line in lines_of(rest)
    ]


def _in_order(lines: Sequence[tuple[int, str, str | None]]) -> list[tuple[str, str | None]]:
    """Lines in the order of their source, white space aside, without empty ones."""
    told = [(" ".join(text.split()), form) for _, text, form in sorted(lines, key=lambda line: line[0])]
    return [line for line in told if line[0]]
