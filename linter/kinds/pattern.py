"""Kind `pattern`: regular expressions on lines (whole, start, end, anywhere) or on the whole text."""

from __future__ import annotations

from collections.abc import Iterator

from linter.analysis import Analysis
from linter.kinds import Context, Found
from linter.matcher import Matcher
from linter.matcher import Params as Params
from linter.model import Hit


class PatternCheck:
    """Yields what the patterns match."""

    phrases = ()

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.gates = matcher.gates

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per match."""
        return self._matcher.hits(analysis, found)


def build(params: Params, context: Context) -> PatternCheck:
    """Compile the patterns. Raises ParameterError for one that is not valid or matches the empty string."""
    return PatternCheck(Matcher(params, context))
