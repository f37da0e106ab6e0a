"""SPN006: how many pairs of words of an article are out of use, where others with nearly the same sense are common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the first pair of the paragraph that has most; tagged `many` where no clean article has so many."""
    coded = analysis.coded
    if coded.odd_rate < options["some"]:
        return
    places = [coded.span(pair.first, pair.first + 2) for pair in coded.odd_pairs if pair.sure]
    lines = [analysis.line_at(place.start).index for place in places]
    worst, count = Counter(lines).most_common(1)[0]
    tags = ("many",) if coded.odd_rate >= options["many"] else ()
    values = {"rate": f"{coded.odd_rate:.0f}", "count": str(count)}
    yield Hit(*places[lines.index(worst)], tags, values=values)
