"""Is the time linear in the length of an article? The same text, cut into short, long and very long articles."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator

from benchmarks.formats.corpus import Row
from benchmarks.speed.contenders import Work, linting
from benchmarks.speed.corpus import Corpus
from benchmarks.speed.measuring import Rate, timed
from linter.config import Config
from linter.parallel import Linters

LENGTHS = {"10 kB": 10_000, "100 kB": 100_000, "1 MB": 1_000_000}  # characters of an article
_WHOLE = 2_000_000  # characters of the text that is cut


def measure_lengths(corpus: Corpus, rounds: int, say: Callable[[str], None]) -> list[Rate]:
    """newslint with all rules on articles of each length that the texts suffice for, taking turns."""
    text = "\n\n".join(row.text for row in corpus.rows)[:_WHOLE]
    config, linters = Config(time_limit=0), Linters()
    linters.of(config)
    todo: list[tuple[Work, Rate]] = []
    for name, length in LENGTHS.items():
        pieces = list(_cut(text, length))
        if not pieces:
            say(f"the texts are too short for articles of {name}")
            continue
        size = sum(len(piece.text.encode()) for piece in pieces)
        todo.append((linting(pieces, config, linters), Rate(name, name, len(pieces), size)))
        say(f"preparing articles of {name}")
        todo[-1][0]()
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}: lengths")
        for work, rate in todo:
            rate.times.append(timed(work))
    return [rate for _, rate in todo]


def _cut(text: str, length: int) -> Iterator[Row]:
    """Whole pieces of so many characters."""
    for start in range(0, len(text) - length + 1, length):
        yield Row(id=str(start), url="", title="", text=text[start : start + length])


def exponent(rates: list[Rate]) -> float:
    """How the time of an article grows with its length, from the shortest to the longest: 1 is linear, 2 quadratic."""
    first, last = rates[0], rates[-1]
    lengths = [rate.size / rate.articles for rate in (first, last)]
    times = [statistics.median(rate.times) / rate.articles for rate in (first, last)]
    return math.log(times[1] / times[0]) / math.log(lengths[1] / lengths[0])
