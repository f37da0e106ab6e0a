"""What is usual: percentiles of measures over clean articles, which benchmarks/reference.py has measured.

Measures are rates per 1,000 words, shrunk towards the mean of the reference: (k + .3 mean) / (n / 1000 + .3) for k hits
in n words, so that a short text is not judged by one word more or less (DESIGN, catalogue of SRC and STY).
"""

from __future__ import annotations

from functools import cache

import msgspec
from msgspec import Struct

from linter.lexicon import BUILTIN

REFERENCE_FILE = BUILTIN.parent / "reference.json"
PRIOR = 0.3  # thousand words of the mean that every text is given


class Measure(Struct, frozen=True):
    """One measure over the reference: the mean of its rates, and percentiles of the shrunk ones.

    `window_75` and `window_99` are those of the worst window of each article that is longer than one.
    """

    articles: int
    mean: float
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float
    p99: float
    window_75: float = 0.0
    window_99: float = 0.0

    def shrunk(self, count: int, words: int) -> float:
        """The rate per 1,000 words that `count` hits in `words` words are taken for."""
        return (count + PRIOR * self.mean) / (words / 1000 + PRIOR)


class Reference(Struct, frozen=True):
    """The reference: what it is called, what it consists of, when and by what script it was measured."""

    name: str
    date: str
    script: str
    articles: dict[str, int]  # by set; each set weighs the same
    measures: dict[str, Measure]


@cache
def reference() -> Reference:
    """The reference that is shipped with the rules."""
    return msgspec.json.decode(REFERENCE_FILE.read_bytes(), type=Reference)
