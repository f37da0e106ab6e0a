"""Linting in several processes: parts out, results back in the order the parts went."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator

from linter.config import Config
from linter.crew import Crew, Task
from linter.model import Article
from linter.parallel import CHUNK_ARTICLES, Chunk, Linted, Linters, chunks
from linter.parts import Order, Part, Settings, new_run
from linter.readers.inputs import ReadOptions
from linter.readers.pieces import Given, Here
from linter.readers.streams import ready

_IN_FLIGHT = 3  # parts per worker: bounds the memory


def lint_articles(articles: Iterable[tuple[Config, Article]], linters: Linters, jobs: int) -> Generator[Linted]:
    """Lint a stream of articles with `jobs` processes; few of them are under way at a time."""
    parts = _Given(linters).of_chunks(chunks(articles, linters))
    yield from lint_in_processes(parts, linters, jobs, Order(lambda part: None))


def lint_in_processes(parts: Iterable[Part | None], linters: Linters, jobs: int, order: Order) -> Generator[Linted]:
    """Lint parts with `jobs` processes; see `linter.parts.lint_parts`. A part that can't travel is read here."""
    crew, waiting, failure = Crew(jobs, linters, order), deque[Task](), None
    rest = travelling(parts, linters)
    try:
        while True:
            try:
                part = next(rest)
            except StopIteration:
                break
            except Exception as error:  # what comes before it is not lost
                failure = error
                break
            if part is not None:
                waiting.append(crew.take(part))
            while waiting and (part is None or waiting[0].done or len(waiting) > jobs * _IN_FLIGHT):
                yield from crew.results(waiting.popleft())
        while waiting:
            yield from crew.results(waiting.popleft())
        if failure is not None:
            raise failure
    finally:
        crew.stop()


def travelling(parts: Iterable[Part | None], linters: Linters) -> Iterator[Part | None]:
    """The same parts; what must be read in this process is read, and its articles are in the parts in its place."""
    return _Given(linters).instead(parts)


class _Given:
    """Makes parts of articles that were read here."""

    def __init__(self, linters: Linters) -> None:
        self._linters = linters
        self._run = new_run()
        self._settings: dict[int, Settings] = {}  # by linter, which live as long as the run

    def of_chunks(self, found: Iterable[Chunk], like: Part | None = None) -> Iterator[Part]:
        """A part for each chunk; `like` is the one that the articles are of."""
        tag = like.tag if like else None
        for chunk in found:
            settings = self._settings.get(id(chunk.linter))
            if settings is None:
                options = like.settings.options if like else ReadOptions()
                settings = Settings(like.settings.run if like else self._run, [chunk.linter.config], options)
                self._settings[id(chunk.linter)] = settings
            piece = Given(like.piece.path if like else "-", chunk.articles, chunk.configs)
            yield Part(settings, piece, input=like.input if like else None, tag=tag)
            tag = None

    def instead(self, parts: Iterable[Part | None]) -> Iterator[Part | None]:
        """The same parts, with what they hold in the place of those that can't travel."""
        for part in parts:
            if part is None or not isinstance(part.piece, Here):
                yield part
            else:
                found = chunks(part.articles(), self._linters, 1 if part.live else CHUNK_ARTICLES)
                for given in self.of_chunks(found, part):
                    yield given
                    if part.live and not ready():
                        yield None
