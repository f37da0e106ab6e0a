"""STR013: the runs of blocks that stand beside the article of a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Article, Hit, Span
from linter.source import source_span

_GAP = 1500  # code points of source between two blocks: with more, the finding would show markup above all
_LONGEST = 4000  # code points of source in one finding


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield runs of blocks with nothing of the article between them, in source offsets."""
    article, beside = analysis.article, analysis.article.beside
    if beside is None:
        return
    own = [span.start for span, _ in _places(article)]
    run: list[tuple[Span, str]] = []
    for place in _places(beside):
        span = place[0]
        if run and (
            span.start - run[-1][0].end > _GAP
            or span.end - run[0][0].start > _LONGEST
            or bisect_right(own, run[-1][0].start) != bisect_right(own, span.start)
        ):
            yield _hit(run)
            run = []
        run.append(place)
    if run:
        yield _hit(run)


def _places(article: Article) -> Iterator[tuple[Span, str]]:
    for block in article.blocks or ():
        yield source_span(article.offsets, block.start, block.end), article.text[block.start : block.end]


def _hit(run: list[tuple[Span, str]]) -> Hit:
    lines = "a line" if len(run) == 1 else f"{len(run)} lines"
    first = run[0][1] if len(run[0][1]) <= 40 else run[0][1][:39].rstrip() + "…"
    return Hit(run[0][0].start, run[-1][0].end, values={"lines": lines, "match": first}, field="source")
