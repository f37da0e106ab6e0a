"""Kind `rate`: how often another check hits, against what is usual in clean articles; yields what that costs.

The points are a distance, not evidence: none up to what is usual (the median for what an article should have, the
upper quartile for what it should not), all of them from where only a twentieth or a hundredth of clean articles are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from linter.analysis import Analysis
from linter.kinds import Check, Context, Found, ParameterError, PhraseHit, Strict
from linter.kinds import build as build_check
from linter.model import Hit
from linter.reference import PRIOR, Measure, reference

WINDOW = 1500  # code points: 250 words of news
_WINDOW_WORDS = 250
_LEAST = 1.0  # points: what would be rounded to nothing is not told
_SINGLE = 0.4  # of the points at most for one hit, which in a short text is a high rate and says little
_LISTED = 12  # hits: who reads so many knows the rest
_BEND = 1.5  # exponent of what an article has too little of: a little less than usual costs next to nothing


class Params(Strict, frozen=True, kw_only=True):
    """`of` is a check as in a rule, `measure` its name in the reference, `points` the most that it costs.

    A measure that costs nothing is told of where it is as far from usual as a hundredth of clean articles is.
    `unusual` says which side costs: `less` yields one absence for the document, `more` the first hits, each with its
    share.
    """

    of: dict[str, Any]
    measure: str
    unusual: Literal["less", "more"]
    points: float
    quoted: bool = True  # do hits within quotation marks count?
    only: Literal["event-news"] | None = None
    not_in: list[str] = []  # genres


class RateCheck:
    """Runs over every article where too little costs: also where the inner check has nothing to look at."""

    def __init__(self, params: Params, inner: Check) -> None:
        self._params, self._inner = params, inner
        self.gates, self.phrases = inner.gates, inner.phrases
        self.always = params.unusual == "less"
        # The lack that costs next to nothing, and whether there are at most as many hits as phrases, at their places.
        self._borne = (_LEAST / params.points) ** (1 / _BEND) if params.points else 1.0
        self._bounded = getattr(inner, "yields_phrases", False)

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield hits with exact points, and the values {count}, {words}, {rate}, {usual}."""
        params, genre = self._params, analysis.genre
        if (params.only and genre.unsourced) or genre.unstyled or genre.name in params.not_in:
            return
        measure = reference().measures[params.measure]
        words = max(analysis.own_words, 1)
        if params.unusual == "less":
            hits = self._few(analysis, found, words, measure)
            share = self._lack(len(hits), words, measure)
            targets = [Hit(0, 0, ("floor",) if share == 1 else ())]
        else:
            if self._bounded and not self._is_told(self._excess(analysis, sorted(found.phrases), words, measure)):
                return  # nor are those of them that count
            every = list(self._inner.run(analysis, found))
            if not self._is_told(self._excess(analysis, every, words, measure)):
                return
            hits = self._counting(analysis, every)
            share, targets = self._excess(analysis, hits, words, measure), hits[:_LISTED]
            share = min(share, _SINGLE) if len(hits) == 1 else share
        if not self._is_told(share):
            return
        points = params.points * share
        values = {
            "count": f"{len(hits):,}", "words": f"{words:,}", "rate": f"{1000 * len(hits) / words:.1f}",
            "usual": f"{measure.p50:.1f}", "most": f"{measure.p75:.1f}",
        }  # fmt: skip
        for hit in targets:
            hit.points, hit.values = points / len(targets), {**(hit.values or {}), **values}
            yield hit

    def hits(self, analysis: Analysis, found: Found) -> list[Hit]:
        """What is counted: not within residue, and within quotation marks only if the rule says so."""
        return self._counting(analysis, list(self._inner.run(analysis, found)))

    def _few(self, analysis: Analysis, found: Found, words: int, measure: Measure) -> list[Hit]:
        """What is counted, up to where it is enough: most articles have more."""
        least = measure.p50 - (measure.p50 - measure.p5) * self._borne
        enough = max(int(least * (words / 1000 + PRIOR) - PRIOR * measure.mean), 0)
        while self._is_told(self._lack(enough, words, measure)):
            enough += 1
        counted = []
        for hit in self._inner.run(analysis, found) if enough else ():
            if self._counts(analysis, hit):
                counted.append(hit)
                if len(counted) == enough:
                    break
        return counted

    def _is_told(self, share: float) -> bool:
        """Is so much of the points worth a finding?"""
        return self._params.points * share >= _LEAST if self._params.points else share >= 1

    def _lack(self, count: int, words: int, measure: Measure) -> float:
        """How far below what is usual the rate is; 0 to 1."""
        lack: float = _share(measure.p50 - measure.shrunk(count, words), measure.p50 - measure.p5) ** _BEND
        return lack

    def _counting(self, analysis: Analysis, hits: list[Hit]) -> list[Hit]:
        if self._params.quoted and not analysis.residue:
            return hits
        return [hit for hit in hits if self._counts(analysis, hit)]

    def _counts(self, analysis: Analysis, hit: Hit) -> bool:
        if analysis.residue and analysis.in_residue(hit.start, hit.end):
            return False
        return self._params.quoted or not analysis.is_quoted(hit.start, hit.end)

    def _excess(self, analysis: Analysis, hits: Sequence[Hit | PhraseHit], words: int, measure: Measure) -> float:
        """How far the rate, or that of the worst window of a long text, is beyond what is usual; 0 to 1."""
        if not hits:
            return 0.0
        share = _share(measure.shrunk(len(hits), words) - measure.p75, measure.p99 - measure.p75)
        if words < 2 * _WINDOW_WORDS:
            return share
        densest_rate = measure.shrunk(densest(analysis, hits), _WINDOW_WORDS)
        return max(share, _share(densest_rate - measure.window_75, measure.window_99 - measure.window_75))


def densest(analysis: Analysis, hits: Sequence[Hit | PhraseHit]) -> int:
    """The most hits in any window of the text without its residue."""
    starts = [analysis.own_offset(hit.start) for hit in hits] if analysis.residue else [hit.start for hit in hits]
    most = first = 0
    for number, start in enumerate(starts):
        while start - starts[first] > WINDOW:
            first += 1
        most = max(most, number - first + 1)
    return most


def _share(part: float, whole: float) -> float:
    """part / whole within 0 and 1; 0 for a measure that does not tell articles apart."""
    return min(max(part / whole, 0.0), 1.0) if whole > 0 else 0.0


def build(params: Params, context: Context) -> RateCheck:
    """Build the inner check. Raises what that raises, and ParameterError for a measure that the reference hasn't."""
    if "kind" not in params.of:
        raise ParameterError("of", "a check needs a 'kind'")
    if params.measure not in reference().measures:
        known = ", ".join(sorted(reference().measures))
        raise ParameterError("measure", f"'{params.measure}' is not in the reference: expected one of {known}")
    return RateCheck(params, counted(params, context))


def counted(params: Params, context: Context) -> Check:
    """The check whose hits are counted. Raises what building it raises."""
    try:
        return build_check(params.of, context)
    except ParameterError as err:
        raise ParameterError(f"of.{err.key}", str(err)) from None
