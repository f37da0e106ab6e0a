"""Kind `density`: another check's hits count only where there are enough of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from linter.analysis import Analysis
from linter.kinds import Check, Context, Found, ParameterError, Strict
from linter.kinds import build as build_check
from linter.model import Hit


class Params(Strict, frozen=True, kw_only=True):
    """`of` is a check as in a rule; every limit that is given must be reached. Rates are per 1,000 words."""

    of: dict[str, Any]
    count: int = 1
    distinct: int = 1  # different wordings
    per_1000_words: float = 0.0
    counts_as: dict[str, int] = {}  # hits with one of these tags count for so many
    share: float = 0.0  # of the article's words that stand in hits
    emit: Literal["each", "first"] = "each"


class DensityCheck:
    """Yields the inner hits, each or only the first, where they are dense enough."""

    def __init__(self, params: Params, inner: Check) -> None:
        self._params, self._inner = params, inner
        self.gates, self.phrases = inner.gates, inner.phrases

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield hits with the count and the rate as values {count} and {rate}."""
        params, hits = self._params, list(self._inner.run(analysis, found))
        words = max(analysis.own_words, 1)
        rate = 1000 * len(hits) / words
        if sum(self._worth(hit) for hit in hits) < params.count or rate < params.per_1000_words:
            return
        texts = [analysis.folded[hit.start : hit.end] for hit in hits]
        if len(set(texts)) < params.distinct or sum(len(t.split()) for t in texts) < params.share * words:
            return
        for hit in hits if params.emit == "each" else hits[:1]:
            hit.values = {**(hit.values or {}), "count": str(len(hits)), "rate": f"{rate:.1f}"}
            yield hit

    def _worth(self, hit: Hit) -> int:
        return max((self._params.counts_as.get(tag, 1) for tag in hit.tags), default=1)


def build(params: Params, context: Context) -> DensityCheck:
    """Build the inner check. Raises what that raises."""
    if params.of.get("kind") == "density":
        raise ParameterError("of", "a density of a density says nothing: expected another kind")
    if "kind" not in params.of:
        raise ParameterError("of", "a check needs a 'kind'")
    try:
        return DensityCheck(params, build_check(params.of, context))
    except ParameterError as err:
        raise ParameterError(f"of.{err.key}", str(err)) from None
