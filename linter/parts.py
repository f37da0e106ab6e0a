"""Parts of a run's inputs: each is read and linted by itself, in this process, in another, or on another machine.

A part can be pickled; `linter.answers` has what is done with it elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from linter.config import Config
from linter.corpus.sites import address_host
from linter.model import Article
from linter.parallel import CHUNK_ARTICLES, Linted, Linters, chunks
from linter.readers import articles_in, ends_input
from linter.readers.inputs import ReadOptions
from linter.readers.pieces import Given, Here, Piece


class Settings:
    """How the parts of some inputs are read and linted.

    `configs`: those that may be in force, the first one as a rule. `hosts` says which for articles of a host and what
    is below it, where the configuration has source tables. `run` tells one run from another. Pickling takes time only
    once, and what a process has unpickled it keeps.
    """

    def __init__(
        self, run: str, configs: Sequence[Config], options: ReadOptions, hosts: dict[str, int] | None = None
    ) -> None:
        self.run, self.configs, self.options, self.hosts = run, list(configs), options, hosts or {}
        self.numbers = {id(config): number for number, config in enumerate(self.configs)}
        self._pickled: tuple[str, bytes] | None = None

    def of(self, article: Article) -> Config:
        """The configuration in force for an article."""
        host = address_host(article) if self.hosts else None
        while host:
            if host in self.hosts:
                return self.configs[self.hosts[host]]
            host = host.partition(".")[2]
        return self.configs[0]

    def __reduce__(self) -> tuple[Any, ...]:
        if self._pickled is None:
            import pickle  # here and below: one process needs none

            told = (self.run, self.configs, replace(self.options, told=set()), self.hosts)
            self._pickled = (new_run(), pickle.dumps(told, pickle.HIGHEST_PROTOCOL))
        return _settings, (self.run, *self._pickled)


def new_run() -> str:
    """A name that nothing else has."""
    return os.urandom(8).hex()


_known: dict[str, Settings] = {}


def _settings(run: str, name: str, pickled: bytes) -> Settings:
    """The settings of that name: one object in a process, for its configurations are told apart by what they are."""
    if name not in _known:
        import pickle

        if any(known.run != run for known in _known.values()):
            _known.clear()
        _known[name] = Settings(*pickle.loads(pickled))
    return _known[name]


class Part(Struct, frozen=True):
    """A part of a run's inputs: some articles behind the first `skip` of a piece, `most` at most.

    `input` is the number of the input that all of it is of: once that can't be read on, its other parts are nothing.
    None: the failure of an input says nothing of what follows. `live`: its articles may be long in coming, so each is
    linted when it is there. `tag` is for whoever made it, and does not travel.
    """

    settings: Settings
    piece: Piece
    skip: int = 0
    most: int | None = None
    input: int | None = None
    live: bool = False
    tag: Any = None

    def __reduce__(self) -> tuple[Any, ...]:
        return Part, (self.settings, self.piece, self.skip, self.most)

    def articles(self, options: ReadOptions | None = None) -> Iterator[tuple[Config, Article]]:
        """Its articles, each with the configuration that is in force for it. Never raises."""
        found = islice(articles_in(self.piece, options or self.settings.options, self.skip), self.most)
        if isinstance(self.piece, Given) and self.piece.configs is not None:
            return zip(self.piece.configs[self.skip :], found, strict=False)
        return ((self.settings.of(article), article) for article in found)

    def count(self) -> tuple[int, bool]:
        """How many articles it has; does its input end with it, because it can't be read on?"""
        count, ends = self.piece.count(self.settings.options)
        count = max(count - self.skip, 0)
        return (count if self.most is None else min(count, self.most)), ends

    def behind(self, count: int) -> Part:
        """The part without its first articles."""
        return replace(self, skip=self.skip + count, most=None if self.most is None else max(self.most - count, 0))

    def only(self, number: int) -> Part:
        """The part with one of its articles alone (from 0)."""
        return replace(self, skip=self.skip + number, most=1)


Begin = Callable[[Part], None]


def lint_parts(
    parts: Iterable[Part | None], linters: Linters, jobs: int, begin: Begin = lambda part: None
) -> Generator[Linted]:
    """Lint parts with `jobs` processes; results come in order, and few parts are under way at a time.

    `begin` is told of each part before its first result comes. None among the parts says that the next one may be long
    in coming. Raises ConfigError or RuleError for a configuration that can't be used; never raises for an article.
    """
    order = Order(begin)
    if jobs > 1:
        from linter.workers import lint_in_processes

        yield from lint_in_processes(parts, linters, jobs, order)
        return
    for part in parts:
        if part is not None and order.begins(part):
            for chunk in chunks(part.articles(), linters, 1 if part.live else CHUNK_ARTICLES):
                yield from order.watched(part, chunk.linted(chunk.linter.run_all(chunk.articles)))


class Order:
    """Takes the parts in their order, and leaves out what is behind the failure of an input."""

    def __init__(self, begin: Begin) -> None:
        self._begin, self._ended = begin, -1

    def begins(self, part: Part) -> bool:
        """Take up a part; is there anything to be read?"""
        self._begin(part)
        return part.input != self._ended

    def watched(self, part: Part, results: Iterable[Linted]) -> Iterator[Linted]:
        """The same results; after the last one it is known whether the input goes on."""
        for linted in results:
            self.look(part, linted.article)
            yield linted

    def look(self, part: Part, article: Article) -> None:
        """Take note of an article of a part."""
        if part.input is not None and ends_input(article):
            self._ended = part.input


def behind(parts: Iterable[Part | None], done: int, begin: Begin = lambda part: None) -> Iterator[Part | None]:
    """The parts without their first `done` articles, which are read only where they can't be counted otherwise.

    `begin` is told of the parts that are left out.
    """
    ended = -1
    for part in parts:
        if not done or part is None:
            yield part
        elif isinstance(part.piece, Here):
            articles = articles_in(part.piece, part.settings.options)
            done -= sum(1 for _ in islice(articles, done))
            yield replace(part, piece=Here(part.piece.path, articles))
        else:
            count, ends = (0, False) if part.input == ended else part.count()
            if done < count:
                yield part.behind(done)
            else:
                begin(part)
            if ends and part.input is not None:
                ended = part.input
            done -= min(done, count)
