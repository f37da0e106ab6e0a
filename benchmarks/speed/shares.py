"""What each check takes of newslint's time, on the same texts."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.speed.contenders import LONG_RUN
from benchmarks.speed.corpus import Corpus, article_of
from linter.config import Config
from linter.costs import Costs
from linter.parallel import Linters, lint


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
    warm = -(-LONG_RUN // len(corpus.rows))
    for number in range(warm + rounds):
        if number == warm:
            costs.seconds.clear()
            costs.on.clear()
        for done in lint(((config, article_of(row)) for row in corpus.rows), linters, 1):
            if done.outcome.verdict.error is not None:
                raise RuntimeError(done.outcome.verdict.error)
    whole, articles = sum(costs.seconds.values()), rounds * len(corpus.rows)
    found = [
        Share(what, names.get(what, ""), seconds / whole, 1e6 * seconds / articles, costs.on[what] // rounds)
        for what, seconds in costs.seconds.items()
    ]
    return sorted(found, key=lambda share: (-share.share, share.what))
