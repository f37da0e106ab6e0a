"""The paths of the command line -> articles, each with the configuration in force for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from linter.config import Config, matches
from linter.configfile import Resolver
from linter.corpus.sites import address_host
from linter.model import Article
from linter.readers import Meter, ReadOptions, Source, read
from linter.readers.discover import Problem, discover


class Inputs:
    """Finds and reads the articles. `problem` is told, in its place, of every path that gives nothing to read.

    `keep` leaves with every article the record that it was read from; articles that are not wanted are passed over.
    `meter` says how much of the files was read, `opened` how many inputs there were so far.
    """

    def __init__(
        self,
        paths: Sequence[str],
        resolver: Resolver,
        *,
        stdin_name: str | None = None,
        only: str | None = None,
        problem: Callable[[Problem], None],
        keep: bool = False,
        is_wanted: Callable[[Article], bool] = lambda article: True,
    ) -> None:
        self._paths = paths
        self._resolver = resolver
        self._stdin_name = stdin_name
        self._only = only
        self._alone: dict[int, tuple[Config, Config]] = {}
        self._problem = problem
        self._keep = keep
        self._is_wanted = is_wanted
        self._told: set[str] = set()
        self.meter = Meter()
        self.opened = 0

    def config_of(self, path: str) -> Config:
        """The configuration under which an input named on the command line is linted."""
        return self._adapted(self._walking(path))

    def articles(self) -> Iterator[tuple[Config, Article]]:
        """Every article, in order."""
        yield from self.articles_of(self.sources())

    def articles_of(self, sources: Iterable[tuple[Config, Source]]) -> Iterator[tuple[Config, Article]]:
        """The articles of some of the inputs."""
        for config, source in sources:
            self.opened += 1
            options = ReadOptions(field=config.field, keep=self._keep, html_scope=config.html_scope, told=self._told)
            for article in read(source, options, stdin_name=self._stdin_name, meter=self.meter):
                own = self._resolver.of_article(config, address_host(article)) if config.source else config
                if self._is_wanted(article):
                    yield self._adapted(own), article

    def _adapted(self, config: Config) -> Config:
        """With `only`: that rule switched on, all others off."""
        if self._only is None:
            return config
        if id(config) not in self._alone:
            alone = replace(
                config, select=[self._only], extend_select=[], ignore=[], extend_ignore=[], preview=True,
                origins={**config.origins, "select": "--show"},
            )  # fmt: skip
            self._alone[id(config)] = (config, alone)
        return self._alone[id(config)][1]

    def sources(self) -> Iterator[tuple[Config, Source]]:
        """Every input, with the configuration that holds for it; `problem` is told of what gives none."""
        named = {Path(path).absolute() for path in self._paths}
        # A directory is walked under the configuration that holds for itself.
        for _, group in groupby(self._paths, key=lambda path: id(self._walking(path))):
            paths = list(group)
            walking = self._walking(paths[0])
            for found in discover(
                paths,
                exclude=[*walking.exclude, *walking.extend_exclude],
                include=walking.include,
                respect_gitignore=walking.respect_gitignore,
                force_exclude=walking.force_exclude,
                root=Path(walking.root) if walking.root else None,
            ):
                if isinstance(found, Problem):
                    self._problem(found)
                    continue
                config = self._resolver.of_file(found.file) if found.file else walking
                if found.file is None or not _excluded_below(found.file, config, walking, named):
                    yield config, found

    def _walking(self, path: str) -> Config:
        return self._resolver.resolve(self._stdin_name or Path.cwd() if path == "-" else path)


def _excluded_below(file: Path, config: Config, walking: Config, named: set[Path]) -> bool:
    """Does a configuration file further down, which the walk didn't know, exclude this file?"""
    if config.root == walking.root or (file in named and not config.force_exclude):
        return False
    return matches([*config.exclude, *config.extend_exclude], file, config.root)
