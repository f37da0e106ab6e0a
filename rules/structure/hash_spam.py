"""STR007: hashtags in a row, and texts full of "#" or of ellipses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit, Span

_TAGS = re.compile(r"(?<![\w/#&])#\w*[^\W\d]\w*(?:[ ,]{0,3}#\w*[^\W\d]\w*){2,}")
_MARKS = re.compile(r"#|…|\.{3,}|\. \. \.")
_PER_WORD, _LEAST_MARKS, _GAP = 0.1, 5, 60
_BESIDE = 160  # code points around a run that may say whose post it is
_POST = re.compile(
    r"\(@\w|@\w+\s*(?:\)|·|\n)|pic\.twitter\.com|\bt\.co/|instagram|tiktok|a post shared by|\bhashtags?\b"
)
_QUOTED = re.compile(r"(?::|\b(?:tweeted|posted|wrote|captioned|caption(?:ed)?(?: it)?|post read),?)\s*[\"“‘«]?\Z")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield hashtags in a row, and runs of the marks where there is more than one for ten words."""
    text = analysis.text
    hashes = text.count("#")
    if hashes >= 3:
        for match in _TAGS.finditer(text):
            if not _is_post(analysis, Span(*match.span())):
                yield Hit(*match.span(), ("hashtags",))
    # Each of "..." and ". . ." takes three full stops: in prose there are too few of those, which are counted faster.
    most = 2 * (text.count(".") // 3) + text.count("…")
    if hashes + most < _LEAST_MARKS or max(hashes, most) <= _PER_WORD * analysis.words:
        return
    dots = text.count("...") + text.count("…") + text.count(". . .")
    if hashes + dots < _LEAST_MARKS or max(hashes, dots) <= _PER_WORD * analysis.words:
        return
    run: list[Span] = []
    for match in _MARKS.finditer(text):
        mark = Span(*match.span())
        if run and (mark.start - run[-1].end > _GAP or "\n\n" in text[run[-1].end : mark.start]):
            yield from _hits(analysis, run)
            run = []
        run.append(mark)
    yield from _hits(analysis, run)


def _hits(analysis: Analysis, run: list[Span]) -> Iterator[Hit]:
    """A run of marks as a hit, from the first to the last."""
    if len(run) >= 3 and analysis.form(analysis.line_at(run[0].start)) in ("paragraph", "caption"):
        span = Span(run[0].start, run[-1].end)
        if any(map(str.isalpha, analysis.text[span.start : span.end])) and not _is_post(analysis, span):
            yield Hit(*span, ("marks",))


def _is_post(analysis: Analysis, span: Span) -> bool:
    """Does a run stand in a post that the text quotes, or speaks of?"""
    folded = analysis.folded
    line = analysis.line_at(span.start)
    if folded.count('"', line.start, span.start) % 2:
        return True  # within a quotation
    before = folded[max(span.start - _BESIDE, 0) : span.start]
    return bool(_QUOTED.search(before) or _POST.search(before + " " + folded[span.end : span.end + _BESIDE]))
