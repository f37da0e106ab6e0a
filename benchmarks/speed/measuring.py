"""The contenders on the same texts, taking turns."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence

import msgspec

from benchmarks.formats.stored import missing
from benchmarks.speed.contenders import Contender, Work
from benchmarks.speed.corpus import Corpus


class Rate(msgspec.Struct):
    """What one contender took: seconds of each round for so many articles and bytes; `problem` says why it has none."""

    name: str
    what: str
    articles: int = 0
    size: int = 0
    times: list[float] = []
    problem: str = ""
    failed: bool = False

    def per_byte(self) -> float:
        """Seconds per byte of text: the median of the rounds."""
        return statistics.median(self.times) / self.size

    def against(self, other: Rate) -> float:
        """This one's time where `other` takes 1: the median of the ratios within each round."""
        pairs = zip(self.times, other.times, strict=True)
        return statistics.median((mine / self.size) / (theirs / other.size) for mine, theirs in pairs)


def measure(
    corpus: Corpus, contenders: Sequence[Contender], rounds: int, slow: int, say: Callable[[str], None]
) -> list[Rate]:
    """All contenders, `rounds` times; the slow ones on the first `slow` articles."""
    rates, todo = [], list[tuple[Contender, Work, Rate]]()
    for contender in contenders:
        rate = Rate(contender.name, contender.what)
        rates.append(rate)
        if lacking := [name for name in contender.needs if missing(name)]:
            rate.problem = f"not installed: pip install {' '.join(lacking)}"
            continue
        say(f"preparing {contender.name}")
        given = corpus.first(slow) if contender.slow else corpus
        try:
            work = contender.prepare(given)
            work()
        except Exception as error:  # a defect of another tool must not take the table down
            rate.problem, rate.failed = f"failed: {type(error).__name__}: {error}".partition("\n")[0], True
            continue
        rate.articles, rate.size = len(given.rows), given.size
        todo.append((contender, work, rate))
    gc.freeze()  # what there is by now stays; collecting before each measurement need not look through it
    for number in range(rounds):
        for contender, work, rate in todo:
            say(f"round {number + 1} of {rounds}: {contender.name}")
            rate.times.append(timed(work, _seconds_of_children if contender.outside else time.process_time))
    return rates


def timed(work: Work, clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of a clock that some work takes, by default those of this process."""
    gc.collect()
    start = clock()
    work()
    return max(clock() - start, 1e-9)


def _seconds_of_children() -> float:
    """Seconds of the processor that processes took which this one has started, and which have ended."""
    taken = os.times()
    return taken.children_user + taken.children_system
