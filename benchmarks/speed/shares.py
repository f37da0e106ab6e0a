"""What each check takes of newslint's time, on the same texts."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.speed.contenders import linting, warm
from benchmarks.speed.corpus import Corpus
from linter.config import Config
from linter.costs import Costs
from linter.parallel import Linters


class Share(NamedTuple):
    """A check, or what checks have in common: its share of the time, µs per article, and how many it ran on."""

    what: str
    name: str  # of the rule; empty for what is no check
    share: float
    each: float
    on: int


def measure_shares(corpus: Corpus, rounds: int) -> list[Share]:
    """The dearest first. Raises RuntimeError where an article can't be dealt with."""
    costs, config = Costs(), Config()
    linters = Linters(costs)
    names = {rule.id: rule.name for rule in linters.of(config).rules}
    work = linting(corpus.rows, config, linters)
    warm(work, len(corpus.rows))
    costs.seconds.clear()
    costs.on.clear()
    for _ in range(rounds):
        work()
    whole, articles = sum(costs.seconds.values()), rounds * len(corpus.rows)
    found = [
        Share(what, names.get(what, ""), seconds / whole, 1e6 * seconds / articles, costs.on[what] // rounds)
        for what, seconds in costs.seconds.items()
    ]
    return sorted(found, key=lambda share: (-share.share, share.what))
