"""Pieces of inputs -> the parts of a run: small files together, each part with what is to be told before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from linter.config import Config
from linter.parallel import CHUNK_ARTICLES
from linter.parts import Part, Settings
from linter.readers import Meter, ReadOptions, Source
from linter.readers.discover import Problem
from linter.readers.pieces import Files, Given, Here, Piece


class _Before(Struct):
    """What belongs before the first article of a part: paths that gave none, and bytes that were read for it."""

    problems: list[Problem]
    size: int
    begun: bool = False


class Parting:
    """Makes parts. `problem` is told, in its place, of every path that gives nothing to read.

    `meter` counts what is read of the inputs while they are divided.
    """

    def __init__(self, problem: Callable[[Problem], None], meter: Meter) -> None:
        self._tell, self._meter = problem, meter
        self._marked, self._ahead = meter.read, 0
        self._problems: list[Problem] = []
        self._files: list[Source] = []
        self._settings: Settings | None = None  # of the files
        self._input = 0

    @property
    def read(self) -> int:
        """How many bytes were read for the parts that were begun."""
        return self._meter.read - self._ahead

    def begin(self, part: Part) -> None:
        """Take note that the results of a part come next."""
        before: _Before | None = part.tag
        if before is not None and not before.begun:
            before.begun = True
            self._ahead -= before.size
            for problem in before.problems:
                self._tell(problem)

    def next_input(self) -> None:
        """The pieces that follow are of another input."""
        self._input += 1

    def without(self, problem: Problem) -> Iterator[Part]:
        """A path that gives nothing; yields what was gathered before it."""
        yield from self.gathered()
        self._problems.append(problem)

    def of(self, piece: Piece, settings: Settings, *, live: bool) -> Iterator[Part]:
        """The parts that are complete with one more piece."""
        if not isinstance(piece, Files):
            yield from self.gathered()
            yield Part(settings, piece, input=self._input, live=live, tag=self._before())
            if isinstance(piece, Here):  # what it took to read it is read by now
                self._marked = self._meter.read
            return
        if self._settings is not settings:
            yield from self.gathered()
        self._settings = settings
        self._files += piece.sources
        if len(self._files) >= CHUNK_ARTICLES or self._meter.read - self._marked >= settings.options.piece:
            yield from self.gathered()

    def gathered(self) -> Iterator[Part]:
        """The files that were not put into a part so far."""
        if self._files and self._settings is not None:
            yield Part(self._settings, Files(self._files), tag=self._before())
            self._files = []

    def rest(self) -> Iterator[Part]:
        """What is left at the end: files, and problems behind the last article."""
        yield from self.gathered()
        if self._problems:
            yield Part(Settings("", [Config()], ReadOptions()), Given("", []), tag=self._before())

    def _before(self) -> _Before:
        before = _Before(self._problems, self._meter.read - self._marked)
        self._problems, self._marked = [], self._meter.read
        self._ahead += before.size
        return before
