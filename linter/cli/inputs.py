"""The paths of the command line -> articles, each with the configuration in force for it, or parts of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from linter.cli.parting import Parting
from linter.config import Config, matches
from linter.configfile import Resolver
from linter.model import Article
from linter.parts import Order, Part, Settings, new_run
from linter.readers import Meter, ReadOptions, Source, divide, inputs
from linter.readers.discover import Problem, discover
from linter.readers.streams import ready


class Inputs:
    """Finds and reads the articles. `problem` is told, in its place, of every path that gives nothing to read.

    `keep` leaves with every article the record that it was read from; articles that are not wanted are passed over.
    `opened` says how many inputs there were so far.
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
        self._run = new_run()
        self._settings: dict[int, tuple[Config, Settings]] = {}
        self._meter = Meter()
        self._parting = Parting(problem, self._meter)
        self.opened = 0

    @property
    def read(self) -> int:
        """How many bytes of the files were read for the articles so far."""
        return self._parting.read

    def config_of(self, path: str) -> Config:
        """The configuration under which an input named on the command line is linted."""
        return self._adapted(self._walking(path))

    def articles(self) -> Iterator[tuple[Config, Article]]:
        """Every wanted article, in order."""
        yield from self._in(self.parts(here=True))

    def articles_of(self, sources: Iterable[tuple[Config, Source]]) -> Iterator[tuple[Config, Article]]:
        """The wanted articles of some of the inputs."""
        yield from self._in(self.parts(sources, here=True))

    def _in(self, parts: Iterable[Part | None]) -> Iterator[tuple[Config, Article]]:
        order = Order(self.begin)
        for part in parts:
            if part is not None and order.begins(part):
                for config, article in part.articles():
                    order.look(part, article)
                    if self._is_wanted(article):
                        yield config, article

    def parts(
        self, sources: Iterable[tuple[Config, Source] | Problem] | None = None, *, here: bool = False
    ) -> Iterator[Part | None]:
        """Every part of the inputs, or of some, in order; `begin` is to be told of each when its turn has come.

        None where standard input has nothing just now. `here`: they are read by this process.
        """
        parting = self._parting
        for found in self._found() if sources is None else sources:
            if isinstance(found, Problem):
                yield from parting.without(found)
                continue
            config, source = found
            if source.file is not None:  # wherever it is read
                source = Source(source.path, source.file.absolute())
            self.opened += 1
            settings, live = self._settings_of(config), source.file is None
            parting.next_input()
            pieces = divide(source, settings.options, stdin_name=self._stdin_name, meter=self._meter, here=here)
            while True:
                if live and not ready():
                    yield None
                piece = next(pieces, None)
                if piece is None:
                    break
                yield from parting.of(piece, settings, live=live)
        yield from parting.rest()

    def begin(self, part: Part) -> None:
        """Take note that the articles of a part come next, and tell the problems before it."""
        self._parting.begin(part)

    def _settings_of(self, config: Config) -> Settings:
        """What the parts of inputs with a configuration have in common."""
        if id(config) not in self._settings:
            options = ReadOptions(
                field=config.field, keep=self._keep, html_scope=config.html_scope, told=self._told, piece=inputs.PIECE
            )
            configs, hosts = [self._adapted(config)], dict[str, int]()
            for host in dict.fromkeys(host for table in config.source for host in table.hosts):
                own = self._adapted(self._resolver.of_article(config, host))
                numbers = {id(known): number for number, known in enumerate(configs)}
                hosts[host] = numbers.get(id(own), len(configs))
                if hosts[host] == len(configs):
                    configs.append(own)
            self._settings[id(config)] = (config, Settings(self._run, configs, options, hosts))
        return self._settings[id(config)][1]

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
        for found in self._found():
            if isinstance(found, Problem):
                self._problem(found)
            else:
                yield found

    def _found(self) -> Iterator[tuple[Config, Source] | Problem]:
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
                    yield found
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
