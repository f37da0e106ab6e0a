"""Kind `block`: a heading line and the short lines under it, as one span (a list of related stories, a menu)."""

from __future__ import annotations

from collections.abc import Iterator

from linter.analysis import Analysis, Line
from linter.kinds import Context, Found
from linter.matcher import Matcher
from linter.matcher import Params as MatcherParams
from linter.model import Hit


class Params(MatcherParams, frozen=True, kw_only=True):
    """The heading's patterns, and what counts as an item: at most `item_words` words and no full stop at its end."""

    least: int = 2
    most: int = 8
    item_words: int = 18
    mean_words: float = 0.0  # items shorter than this on average are terms, not headlines
    alone: bool = False  # the heading as the article's last line counts by itself: its list was cut off
    gap: int = 2  # blank lines between items at the most


class BlockCheck:
    """Yields the heading with its items."""

    phrases = ()

    def __init__(self, params: Params, context: Context) -> None:
        self._params, self._matcher = params, Matcher(params, context)
        self.gates = self._matcher.gates

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per heading with enough items; tagged `last` where nothing follows it."""
        lines, reached = analysis.lines, -1
        for line, *_ in self._matcher.matches(analysis, found):
            if line.index <= reached:
                continue
            items = []
            for item in lines[line.index + 1 : line.index + 1 + self._params.most]:
                if not self._is_item(analysis, item):
                    break
                items.append(item)
            if self._params.alone and line.index == len(lines) - 1 and line.index:
                yield Hit(line.start, line.end, ("last",), values={"count": "0"})
            words = sum(len(analysis.line_words(item)) for item in items)
            if len(items) >= self._params.least and words >= self._params.mean_words * len(items):
                reached = items[-1].index
                tags = ("last",) if reached == len(lines) - 1 else ()
                yield Hit(line.start, items[-1].end, tags, values={"count": str(len(items))})

    def _is_item(self, analysis: Analysis, line: Line) -> bool:
        words = analysis.line_words(line)
        if len(words) > self._params.item_words or analysis.blank_before(line) > self._params.gap:
            return False
        core = analysis.core(line)
        first = analysis.text[core.start : core.start + 1]
        if not first or not (first.isupper() or first.isdigit() or not first.isascii() or first in "\"'“‘"):
            return False
        text = analysis.text[line.start : line.end]
        return not text.rstrip("\"'”’)]").endswith((".", "…", ":", ";", ","))


def build(params: Params, context: Context) -> BlockCheck:
    """Compile the heading's patterns. Raises ParameterError."""
    return BlockCheck(params, context)
