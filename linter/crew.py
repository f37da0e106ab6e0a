"""The workers of a run: each with its next parts, and replaced if it dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import wait

from linter.answers import forget, linted_of, linters_of
from linter.config import ConfigError
from linter.engine import Outcome
from linter.model import Verdict
from linter.parallel import CHUNK_ARTICLES, Linted, Linters
from linter.parts import Order, Part
from linter.readers.pieces import Given
from linter.worker import Alone, Ended, Refused, Results, Worker

_GIVEN = 2  # parts at a worker: the one that it lints, and the next one
_HELD = 8 << 20  # bytes of results that wait for earlier ones, of one part; then its worker waits
_DIED = "internal error: the process that linted this article died (out of memory?)"


class Task:
    """A part on its way.

    `answered`: how many of its articles have come back; `done`: all of them.
    """

    def __init__(self, part: Part) -> None:
        self.part, self.answered = part, 0
        self.answers: deque[bytes] = deque()
        self.held = 0
        self.dropped = self.done = self.lost = False
        self.refused: str | None = None  # why its configuration can't be used

    def take(self, results: Results) -> None:
        """Keep what has come."""
        self.answered += results.count
        if not self.dropped:
            self.held += len(results.answer)
            self.answers.append(results.answer)


class Crew:
    """Workers, each with its next parts; one that dies is replaced."""

    def __init__(self, jobs: int, linters: Linters, order: Order) -> None:
        self._jobs, self._linters, self._order = jobs, linters, order
        self._workers: list[Worker] = []
        self._tasks: dict[Worker, deque[Task]] = {}
        self._unassigned: deque[Task] = deque()
        self._first: Task | None = None  # that results are waited for
        self._run: str | None = None

    def take(self, part: Part, *, rest: bool = False) -> Task:
        """Have a part linted as soon as somebody is free; what is left of an earlier one goes before the others."""
        task = Task(part)
        if isinstance(part.piece, Given) and not part.piece.given:
            task.done = True
            return task
        if rest:
            self._unassigned.appendleft(task)
        else:
            self._unassigned.append(task)
        if self._run is None:  # processes that are forked have what there is by now
            self._run = part.settings.run
            linters_of(self._run, self._linters)
        if len(self._workers) < self._jobs and all(self._tasks.values()):
            self._hire()
        self._receive(0)
        return task

    def results(self, task: Task) -> Iterator[Linted]:
        """The results of a part."""
        if not self._order.begins(task.part):
            task.dropped = True
            return
        self._first = task
        while True:
            while task.answers:
                answer = task.answers.popleft()
                task.held -= len(answer)
                yield from self._order.watched(task.part, linted_of(task.part, answer))
            if task.refused is not None:
                raise ConfigError(task.refused)
            if task.lost:
                yield from self._one_by_one(task)
                return
            if task.done:
                return
            self._receive(None)

    def stop(self) -> None:
        """End the workers, whatever they are at."""
        for worker in self._workers:
            worker.kill()
        if self._run is not None:
            forget(self._run)

    def _hire(self) -> Worker:
        worker = Worker(self._workers)
        self._workers.append(worker)
        self._tasks[worker] = deque()
        return worker

    def _assign(self) -> None:
        while self._unassigned:
            worker = min(self._workers, key=lambda worker: len(self._tasks[worker]))
            if len(self._tasks[worker]) >= _GIVEN:
                return
            task = self._unassigned.popleft()
            if not task.dropped:
                self._tasks[worker].append(task)
                worker.ask(task.part)

    def _receive(self, seconds: float | None) -> None:
        """Take what workers have sent, and give them more to do; wait for something for so long."""
        self._assign()
        listened = {worker.connection: worker for worker in self._workers if self._has_room(worker)}
        for connection in wait(list(listened), seconds):
            worker = listened[connection]  # type: ignore[index]
            told, tasks = worker.told(), self._tasks[worker]
            if told is None:
                self._replace(worker)
            elif isinstance(told, Results):
                tasks[0].take(told)
            elif isinstance(told, Refused):
                tasks.popleft().refused = told.why
            elif isinstance(told, Ended):
                tasks.popleft().done = True
        self._assign()

    def _has_room(self, worker: Worker) -> bool:
        """May a worker send more? Not where too much waits already, unless the results that come next are with it."""
        tasks = self._tasks[worker]
        return not tasks or tasks[0].held < _HELD or self._first in tasks or self._first in self._unassigned

    def _replace(self, worker: Worker) -> None:
        """A worker is dead: what it was at is lost, what was to come next is for another one."""
        worker.kill()
        self._workers.remove(worker)
        tasks = self._tasks.pop(worker)
        if tasks:
            tasks.popleft().lost = True
        self._unassigned.extendleft(reversed(tasks))
        self._hire()

    def _one_by_one(self, task: Task) -> Iterator[Linted]:
        """What is left of a part that a worker died of: some articles each alone, and the others together again."""
        count, _ = task.part.count()
        last = min(count, task.answered + CHUNK_ARTICLES)
        worker: Worker | None = None
        try:
            for number in range(task.answered, last):
                worker = worker or Worker(self._workers)
                part = task.part.only(number)
                worker.ask(part, alone=True)
                yield from self._order.watched(part, _of_one(worker, part))
                worker = worker if worker.lives else None
        finally:
            if worker is not None:
                worker.kill()
        if last < count:
            yield from self.results(self.take(task.part.behind(last), rest=True))


def _of_one(worker: Worker, part: Part) -> Iterator[Linted]:
    """What a worker says of an article alone, or what there is to say if it dies of it."""
    known: Alone | None = None
    while not isinstance(told := worker.told(), Ended):
        if told is None:
            worker.kill()
            yield died(part, _DIED, known)
            return
        if isinstance(told, Alone):
            known = told
        elif isinstance(told, Results):
            yield from linted_of(part, told.answer)
        elif isinstance(told, Refused):
            raise ConfigError(told.why)


def died(part: Part, why: str, known: Alone | None = None) -> Linted:
    """What stands for the first article of a part, which a process died of: as it is `known`, or else its place."""
    piece, configs = part.piece, part.settings.configs
    config, article = configs[0], piece.unread(part.skip, why)
    if isinstance(piece, Given):
        config = piece.configs[part.skip] if piece.configs is not None else config
    elif known is not None:
        config, article = configs[known.config], known.article
    verdict = Verdict(
        path=article.path,
        record=article.record,
        source_line=article.source_line,
        id=article.id,
        url=article.url,
        title=article.title,
        error=why,
    )
    return Linted(config, article, Outcome(verdict, []))
