"""Linting a stream of articles, in this process or in several; results come in input order either way."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from linter.api import Linter
from linter.config import Config
from linter.engine import Outcome
from linter.model import Article

if TYPE_CHECKING:
    from linter.costs import Costs

CHUNK_ARTICLES = 128  # the more, the less is read anew into the processor's cache: a tenth faster than with 32
CHUNK_LENGTH = 1 << 19  # code points
_ALIVE = 500_000  # containers, more than a chunk of articles needs, before the garbage collector looks through them


class Linted(NamedTuple):
    """An article, the configuration that was in force for it, and what came out."""

    config: Config
    article: Article
    outcome: Outcome


class Linters:
    """One linter for all configurations that find the same, made when first needed.

    Raises ConfigError or RuleError then.
    """

    def __init__(self, costs: Costs | None = None) -> None:
        self._costs = costs
        self._made: dict[bytes, Linter] = {}
        self._known: dict[int, tuple[Config, Linter]] = {}

    def of(self, config: Config) -> Linter:
        """The linter of a configuration."""
        if id(config) not in self._known:
            key = config.bearing_on_findings()
            if key not in self._made:
                self._made[key] = lasting_linter(config, self._costs)
            self._known[id(config)] = (config, self._made[key])
        return self._known[id(config)][1]


def lasting_linter(config: Config, costs: Costs | None = None) -> Linter:
    """A linter that lives as long as the process, so that the garbage collector need not look through its rules.

    Articles make no cycles either; at its usual pace the collector took up to a tenth of the time.
    """
    enabled = gc.isenabled()
    gc.disable()  # a tenth of the start
    try:
        linter = Linter(config, costs=costs)
    finally:
        if enabled:
            gc.enable()
    gc.freeze()
    atexit.register(gc.unfreeze)  # what others have in the process may have to be tidied up at its end
    gc.set_threshold(_ALIVE)
    return linter


def worker_count(jobs: int | Literal["auto"] | None) -> int:
    """The number of processes that a --jobs value means; "auto" is every core this process may use."""
    if jobs != "auto":
        return jobs or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def lint(
    articles: Iterable[tuple[Config, Article]], linters: Linters, jobs: int, *, live: bool = False
) -> Generator[Linted]:
    """Lint a stream of articles with `jobs` processes. Memory stays bounded; never raises for an article.

    `live`: the stream may pause, so each article is linted when it comes and not together with later ones.
    """
    if jobs == 1:
        for chunk in chunks(articles, linters, 1 if live else CHUNK_ARTICLES):
            yield from chunk.linted(chunk.linter.run_all(chunk.articles))
        return
    from linter.workers import lint_articles

    yield from lint_articles(articles, linters, jobs)


class Chunk(NamedTuple):
    """Articles that are linted together, each with the configuration that is in force for it."""

    linter: Linter
    configs: list[Config]
    articles: list[Article]

    def linted(self, outcomes: Iterable[Outcome]) -> Iterator[Linted]:
        """The articles with what came out."""
        return map(Linted, self.configs, self.articles, outcomes)


def chunks(articles: Iterable[tuple[Config, Article]], linters: Linters, most: int = CHUNK_ARTICLES) -> Iterator[Chunk]:
    """The articles in order, at most so many together; an interrupt while they are read loses none of them."""
    chunk: Chunk | None = None
    length = 0
    try:
        for config, article in articles:
            linter = linters.of(config)
            if chunk and chunk.linter is not linter:
                yield chunk
                chunk = None
            if chunk is None:
                chunk, length = Chunk(linter, [], []), 0
            chunk.configs.append(config)
            chunk.articles.append(article)
            length += len(article.source)
            if len(chunk.articles) >= most or length >= CHUNK_LENGTH:
                yield chunk
                chunk = None
    except KeyboardInterrupt:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk
