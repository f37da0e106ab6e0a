"""Linting in several processes: chunks of articles out, outcomes back in the order they went."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor

from msgspec.structs import replace

from linter.api import Linter
from linter.config import Config
from linter.engine import Outcome
from linter.model import Article, Verdict
from linter.parallel import Chunk, Linted, Linters, chunks, lasting_linter

_CHUNKS_PER_WORKER = 3  # in flight: bounds the memory


def lint_in_processes(articles: Iterable[tuple[Config, Article]], linters: Linters, jobs: int) -> Generator[Linted]:
    """Lint a stream of articles with `jobs` processes; few chunks are under way at a time."""
    workers = _Workers(jobs)
    waiting: deque[tuple[Chunk, Future[list[Outcome]]]] = deque()
    try:
        for chunk in chunks(articles, linters):
            waiting.append((chunk, workers.submit(chunk)))
            if len(waiting) > jobs * _CHUNKS_PER_WORKER:
                yield from _finished(workers, *waiting.popleft())
        while waiting:
            yield from _finished(workers, *waiting.popleft())
    finally:
        workers.stop()


class _Workers:
    """A pool of processes that is replaced when one of them is killed."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._numbers: dict[int, int] = {}  # of linters, which live as long as the run
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        # Ctrl-C goes to every process of a terminal: the workers just end, this process says what was done.
        return ProcessPoolExecutor(self._jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL))

    def submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        config = chunk.linter.config
        number = self._numbers.setdefault(id(chunk.linter), len(self._numbers))
        articles = [replace(a, raw=None) if a.raw is not None else a for a in chunk.articles]
        try:
            return self._pool.submit(_lint_chunk, number, config, articles)
        except BrokenExecutor:
            self.replace()
            return self._pool.submit(_lint_chunk, number, config, articles)

    def replace(self) -> None:
        self.stop()
        self._pool = self._new()

    def stop(self) -> None:
        # Waited for: else the pool's own thread may close what the interpreter writes to at its exit (a defect of
        # CPython, issue 83279).
        self._pool.shutdown(wait=True, cancel_futures=True)


def _finished(workers: _Workers, chunk: Chunk, future: Future[list[Outcome]]) -> Iterator[Linted]:
    """The results of a chunk. Where its worker died, each article is tried once more by itself."""
    try:
        outcomes = future.result()
    except BrokenExecutor:
        outcomes = [_alone(workers, chunk._replace(articles=[article])) for article in chunk.articles]
    yield from chunk.linted(outcomes)


def _alone(workers: _Workers, chunk: Chunk) -> Outcome:
    try:
        return workers.submit(chunk).result()[0]
    except BrokenExecutor:
        return Outcome(_died(chunk.articles[0]), [])


def _died(article: Article) -> Verdict:
    return Verdict(
        path=article.path,
        record=article.record,
        source_line=article.source_line,
        id=article.id,
        url=article.url,
        title=article.title,
        error="internal error: the process that linted this article died (out of memory?)",
    )


_worker_linters: dict[int, Linter] = {}


def _lint_chunk(number: int, config: Config, articles: list[Article]) -> list[Outcome]:
    """In a worker: the outcomes of a chunk. `number` stands for its linter."""
    if number not in _worker_linters:
        _worker_linters[number] = lasting_linter(config)
    return _worker_linters[number].run_all(articles)
