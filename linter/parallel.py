"""Linting a stream of articles, in this process or in several; results come in input order either way."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from typing import Literal, NamedTuple

from linter.api import Linter
from linter.config import Config
from linter.engine import Outcome
from linter.model import Article


class Linted(NamedTuple):
    """An article, the configuration that was in force for it, and what came out."""

    config: Config
    article: Article
    outcome: Outcome


class Linters:
    """One linter per configuration, made when first needed. Raises ConfigError or RuleError then."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Config, Linter]] = {}

    def of(self, config: Config) -> Linter:
        """The linter of a configuration."""
        if id(config) not in self._made:
            self._made[id(config)] = (config, Linter(config))
        return self._made[id(config)][1]


def worker_count(jobs: int | Literal["auto"] | None) -> int:
    """The number of processes that a --jobs value means; "auto" is every core this process may use."""
    if jobs != "auto":
        return jobs or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def lint(articles: Iterable[tuple[Config, Article]], linters: Linters, jobs: int) -> Generator[Linted]:
    """Lint a stream of articles with `jobs` processes. Memory stays bounded; never raises for an article."""
    if jobs == 1:
        for config, article in articles:
            yield Linted(config, article, linters.of(config).run(article))
        return
    from linter.workers import lint_in_processes

    yield from lint_in_processes(articles, linters, jobs)
