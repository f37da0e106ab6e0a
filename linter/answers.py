"""What comes back of a part that is linted elsewhere: the function for whoever does it, and what reads its answers.

Whoever sees the same files does `lint_part(part)`, and `linted_of` makes of the answers what the run would have had if
it had done the work itself.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linter.engine import Outcome
from linter.model import Article
from linter.parallel import Chunk, Linted, Linters, chunks
from linter.parts import Part
from linter.readers.pieces import Given


def lint_part(part: Part) -> list[bytes]:
    """Lint a part; what comes out is for `linted_of`. Raises ConfigError or RuleError. It keeps nothing but caches."""
    return [answer for _, answer in answers(part)]


def answers(part: Part) -> Iterator[tuple[int, bytes]]:
    """The same, some articles at a time: how many, and what came out."""
    options = replace(part.settings.options, told=set())
    said: set[str] = set()
    at = 0
    for chunk in chunks(part.articles(options), linters_of(part.settings.run)):
        outcomes = chunk.linter.run_all(chunk.articles)
        yield len(outcomes), _packed(part, at, chunk, outcomes, options.told - said)
        said |= options.told
        at += len(chunk.articles)


def linters_of(run: str, linters: Linters | None = None) -> Linters:
    """The linters of a run in this process; it may be given those that there are, for the processes it forks."""
    if run not in _linters or linters is not None:
        _linters.clear()
        _linters[run] = linters or Linters()
    return _linters[run]


def forget(run: str) -> None:
    """Keep nothing of a run that is at its end."""
    _linters.pop(run, None)


_linters: dict[str, Linters] = {}


class _Result(Struct, array_like=True):
    """One article: the number of its configuration, what came out, and it itself where only a worker has read it."""

    config: int
    outcome: Outcome
    article: Article | None = None


class _Answer(Struct, array_like=True):
    """The results of some articles of a part, behind its first `at`, and what was said for the first time in them."""

    at: int
    results: bytes
    raws: bytes | None
    told: list[str]


def _packed(part: Part, at: int, chunk: Chunk, outcomes: list[Outcome], told: set[str]) -> bytes:
    numbers = part.settings.numbers
    articles: list[Article | None] = [None] * len(outcomes)
    raws = None
    if not isinstance(part.piece, Given):
        if any(article.raw is not None for article in chunk.articles):
            raws = pickle.dumps(_together([article.raw for article in chunk.articles]), pickle.HIGHEST_PROTOCOL)
        articles = [article if article.raw is None else replace(article, raw=None) for article in chunk.articles]
    # The configuration of an article that was given is known to whoever gave it.
    results = [
        _Result(numbers.get(id(config), 0), outcome, article)
        for config, outcome, article in zip(chunk.configs, outcomes, articles, strict=True)
    ]
    return msgspec.msgpack.encode(_Answer(at, _encoded(results), raws, sorted(told)))


def _encoded(results: list[_Result]) -> bytes:
    """Results as MessagePack, which takes a quarter of the time of pickle; it can't hold halves of characters."""
    try:
        return msgspec.msgpack.encode(results)
    except (UnicodeEncodeError, OverflowError):
        return _PICKLED + pickle.dumps(results, pickle.HIGHEST_PROTOCOL)


_PICKLED = b"\xc1"  # no MessagePack begins with it


@cache
def _decoders() -> tuple[msgspec.msgpack.Decoder[_Answer], msgspec.msgpack.Decoder[list[_Result]]]:
    return msgspec.msgpack.Decoder(_Answer), msgspec.msgpack.Decoder(list[_Result])


def _together(raws: list[Any]) -> list[Any]:
    """Records to be pickled: rows of tables in one table, for each by itself would carry all of its types."""
    if isinstance(next(raw for raw in raws if raw is not None), dict):
        return raws
    from linter.readers.parquet import together

    return together(raws)


def linted_of(part: Part, answer: bytes) -> Iterator[Linted]:
    """The results in what `lint_part` or `answers` gave for a part."""
    answers, results = _decoders()
    told = answers.decode(answer)
    found: list[_Result] = (
        pickle.loads(told.results[1:]) if told.results[:1] == _PICKLED else results.decode(told.results)
    )
    raws = pickle.loads(told.raws) if told.raws is not None else [None] * len(found)
    news = set(told.told) - part.settings.options.told
    part.settings.options.told.update(news)
    stale = set(told.told) - news
    given = part.piece if isinstance(part.piece, Given) else None
    for number, (result, raw) in enumerate(zip(found, raws, strict=True), part.skip + told.at):
        config, article = part.settings.configs[result.config], result.article
        if article is None:
            assert given is not None
            article = given.given[number]
            config = given.configs[number] if given.configs is not None else config
        else:
            article.raw = raw
            for said in stale:
                article.note = _without(article.note, said)
        yield Linted(config, article, result.outcome)


def _without(note: str | None, said: str) -> str | None:
    """A note without what it ends with, where that is something that is said once."""
    if note is None or not note.endswith(said):
        return note
    return note.removesuffix(said).removesuffix("; ") or None
