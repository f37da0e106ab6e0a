"""A process that lints parts, and what passes between it and the one that gives them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import Queue, SimpleQueue
from threading import Thread
from typing import Any

from msgspec import Struct

from linter.answers import answers
from linter.config import ConfigError
from linter.model import Article
from linter.parts import Part
from linter.readers.inputs import reason
from linter.rulefile import RuleError

_WAITING = 2  # answers that were not taken yet; then the work waits
_ANSWER = b"r"  # no pickle begins with it


class Results(Struct):
    """The results of so many articles of a part, as `linter.answers.answers` gives them."""

    count: int
    answer: bytes


class Alone(Struct):
    """The article that is linted next, where each is linted alone, and the number of its configuration."""

    config: int
    article: Article


class Refused(Struct):
    """A configuration can't be used."""

    why: str


class Ended(Struct):
    """All of a part is answered."""


Told = Results | Alone | Refused | Ended


class Worker:
    """A process of its own, as its parent sees it."""

    def __init__(self, others: Sequence[Worker] = ()) -> None:
        """`others`: those that are there already. Raises ConfigError where the system has no room for one more."""
        context = multiprocessing.get_context()
        self.connection, there = context.Pipe()
        # A forked process has all that its parent has open: as long as it holds these ends, no other one sees them
        # close, and so would not end with the parent.
        inherited = [self.connection, *(other.connection for other in others)]
        forked = context.get_start_method() == "fork"
        self._process = context.Process(target=_work, args=(there, inherited if forked else []), daemon=True)
        try:
            with _uninterrupted():
                self._process.start()
        except OSError as error:
            raise ConfigError(f"--jobs: no further process can be started: {reason(error)}") from None
        there.close()
        self.lives = True

    def ask(self, part: Part, *, alone: bool = False) -> None:
        """Have a part linted; `alone`: say of every article that it is next."""
        with suppress(OSError):  # it is dead, which `told` says
            self.connection.send((part, alone))

    def told(self) -> Told | None:
        """The next thing it says; None: it is dead."""
        try:
            data = self.connection.recv_bytes()
        except (EOFError, OSError):
            return None
        if data[:1] == _ANSWER:
            return Results(int.from_bytes(data[1:5]), data[5:])
        told: Told = pickle.loads(data)
        return told

    def kill(self) -> None:
        """End it at once."""
        self.lives = False
        self._process.kill()
        self._process.join()
        self.connection.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Have interrupts wait, for the process that is started in the block for ever.

    Ctrl-C goes to every process of a terminal: the parent says what was done, and ends the others.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection[Any, Any], inherited: Sequence[Connection[Any, Any]]) -> None:
    """What the process does, until the other end of the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    asked: SimpleQueue[tuple[Part, bool]] = SimpleQueue()
    said: Queue[bytes] = Queue(_WAITING)
    # Who lints must not wait for the one that gives and takes, which has other things to do.
    Thread(target=_listen, args=(connection, asked), daemon=True).start()
    Thread(target=_speak, args=(connection, said), daemon=True).start()
    try:
        while True:
            _lint(*asked.get(), said)
    finally:
        os._exit(1)  # without a word: that it has died is told by the parent


def _lint(part: Part, alone: bool, said: Queue[bytes]) -> None:
    try:
        if alone:
            for config, article in part.articles():
                said.put(pickle.dumps(Alone(part.settings.numbers.get(id(config), 0), article)))
                said.join()  # that is known before anything happens
        for count, answer in answers(part):
            said.put(_ANSWER + count.to_bytes(4) + answer)
    except (ConfigError, RuleError) as error:
        said.put(pickle.dumps(Refused(str(error))))
        return
    said.put(pickle.dumps(Ended()))


def _listen(connection: Connection[Any, Any], asked: SimpleQueue[tuple[Part, bool]]) -> None:
    while True:
        try:
            asked.put(connection.recv())
        except (EOFError, OSError):
            os._exit(0)


def _speak(connection: Connection[Any, Any], said: Queue[bytes]) -> None:
    while True:
        try:
            connection.send_bytes(said.get())
        except OSError:
            os._exit(0)
        said.task_done()
