"""The texts that every contender gets: made of fixtures, or one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks.formats.corpus import Row, UsageError, made
from benchmarks.formats.stored import FORMATS
from linter.model import Article
from linter.readers import ReadOptions, Source, article_from_text, read
from linter.readers.discover import Problem, discover

_CLEAN = "clean_articles.jsonl.gz"
_DUMP = next(form for form in FORMATS if form.name == "JSONL")
_MIX = "made of fixtures/rewritten, two articles a record, every third record beginning with a content farm's version"


class Corpus(NamedTuple):
    """Records, the dump that they stand in, and where they come from, in words."""

    rows: list[Row]
    path: Path
    origin: str

    @property
    def size(self) -> int:
        """Bytes of text."""
        return sum(len(row.text.encode()) for row in self.rows)

    @property
    def mean_size(self) -> float:
        """Bytes of text per article."""
        return self.size / len(self.rows)

    @property
    def mean_words(self) -> float:
        """Words per article."""
        return sum(len(row.text.split()) for row in self.rows) / len(self.rows)

    def first(self, count: int) -> Corpus:
        """The first records alone."""
        return self._replace(rows=self.rows[:count])


def corpus(folder: Path, data: Path | None, count: int) -> Corpus:
    """At most `count` records, also written into an empty folder. Raises UsageError."""
    if data is None:
        rows, origin = [replace(row, page="", residue=[]) for row in made(count)], _MIX
    else:
        skipped: list[str] = []
        rows, origin = list(islice(_given(data, skipped), count)), "own data"
        if not rows:
            raise UsageError(f"{data}: {skipped[0] if skipped else 'no articles'}; expected articles with text")
        if skipped:
            origin += f"; left out for want of a text, or unreadable: {len(skipped)}"
    path = folder / f"corpus{_DUMP.suffix}"
    _DUMP.write(iter(rows), path)
    return Corpus(rows, path, origin)


def article_of(row: Row) -> Article:
    """The article of a record, as newslint's reader makes it."""
    article = article_from_text(row.text)
    article.id, article.url, article.title = row.id, row.url, row.title
    article.author, article.date = row.author, row.date
    return article


def _given(data: Path, skipped: list[str]) -> Iterator[Row]:
    for article in _articles(_sources(data)):
        if article.error is not None:
            skipped.append(article.error)
        elif not article.text.strip():
            skipped.append("empty text")
        else:
            yield Row(
                id=article.id or "", url=article.url or "", title=article.title or "", text=article.text,
                author=article.author, date=article.date,
            )  # fmt: skip


def _sources(data: Path) -> Iterator[Source]:
    if data.is_dir() and (data / _CLEAN).exists():
        data /= _CLEAN
    for found in discover([str(data)]):
        if isinstance(found, Problem):
            raise UsageError(f"{found.path}: {found.message}")
        yield found


def _articles(sources: Iterable[Source]) -> Iterator[Article]:
    options = ReadOptions()
    for source in sources:
        yield from read(source, options)
