"""A run whose parts are linted by an engine on other processes or machines: `check --engine`.

The machines must see the inputs under the same paths. The results come back in input order, and are those of a run
without an engine.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from typing import Protocol

from linter.answers import linted_of
from linter.config import ConfigError
from linter.crew import died
from linter.parallel import Linted, Linters
from linter.parts import Order, Part
from linter.workers import travelling

PER_CORE = 8  # parts given to an engine at a time, for the next ones wait for the last of them
_DIED = "internal error: the engine lost the process that linted this article (out of memory?)"


class LostError(Exception):
    """A part, or one of those that were given together, was not linted."""


class Engine(Protocol):
    """An engine that is running. `together` is how many parts are to be given at a time."""

    together: int

    def lint(self, parts: list[Part]) -> Iterator[list[bytes]]:
        """What `linter.answers.lint_part` gives for each of the parts, in order. Raises LostError, ConfigError."""

    def close(self) -> None:
        """Let go of what was started for the run."""


def start(name: str, jobs: int | None) -> Engine:
    """Start an engine, or join the one that is there. `jobs`: processes, where it is started here.

    Raises ConfigError where it is not installed or can't be started.
    """
    module = import_module(f"{__name__}.{name}")
    try:
        engine: Engine = module.start(jobs)
    except ImportError as error:
        raise ConfigError(f"--engine {name} needs {error.name}: pip install 'newslint[{name}]'") from None
    return engine


def lint_on(engine: Engine, parts: Iterable[Part | None], linters: Linters, order: Order) -> Generator[Linted]:
    """Lint parts on an engine; results come in order. Raises ConfigError; never raises for an article."""
    with redirect_stdout(sys.stderr):  # engines talk there, too; a report keeps the stream that it was given
        try:
            for group in _groups(travelling(parts, linters), engine.together):
                yield from _linted(engine, group, order)
        finally:
            engine.close()


def _groups(parts: Iterable[Part | None], most: int) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in parts:
        if part is not None:
            group.append(part)
        if len(group) >= most or (part is None and group):  # None: the next one may be long in coming
            yield group
            group = []
    if group:
        yield group


def _linted(engine: Engine, group: list[Part], order: Order) -> Iterator[Linted]:
    """The results of some parts. What is lost together is tried again alone: parts, and in the end articles."""
    done = 0
    try:
        for part, answers in zip(group, engine.lint(group), strict=True):
            if order.begins(part):
                for answer in answers:
                    yield from order.watched(part, linted_of(part, answer))
            done += 1
    except LostError:
        left = group[done:]
        if len(left) > 1:
            for part in left:
                yield from _linted(engine, [part], order)
            return
        yield from _one_by_one(engine, left[0], order)


def _one_by_one(engine: Engine, part: Part, order: Order) -> Iterator[Linted]:
    count, _ = part.count()
    if count == 1:
        if order.begins(part):
            yield from order.watched(part, [died(part, _DIED)])
        return
    for number in range(count):
        yield from _linted(engine, [part.only(number)], order)
