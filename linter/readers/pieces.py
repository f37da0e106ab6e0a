"""Pieces of inputs: each can be read by itself, and most of them in another process that sees the same files.

A reader that can divide its inputs defines `divide(stream, path, options, file) -> Iterator[Piece]`; its own kinds of
pieces stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from linter.model import Article
from linter.readers.inputs import ReadOptions, Source, failed

if TYPE_CHECKING:
    from linter.config import Config


class Piece(Protocol):
    """A piece of one input, or of several."""

    @property
    def path(self) -> str:
        """The display name of the first input."""

    @property
    def upto(self) -> int:
        """How many bytes of its file are read with this piece; 0 where the reader itself reads them."""

    def articles(self, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
        """Its articles behind the first `skip`. Raises OSError or MissingExtraError where it can't be read on."""

    def count(self, options: ReadOptions) -> tuple[int, bool]:
        """How many articles it has, as a rule without reading them; does its input end with it, for a failure?"""

    def unread(self, number: int, error: str) -> Article:
        """What stands for the article of this number (from 0) in the piece where that can't be read."""


class Given(Struct, frozen=True):
    """Articles that are read already. `configs`: those in force for them, where these are known; they don't travel."""

    path: str
    given: list[Article]
    configs: list[Config] | None = None
    upto: int = 0

    def __reduce__(self) -> tuple[Any, ...]:
        bare = [replace(one, raw=None) if one.raw is not None else one for one in self.given]
        return Given, (self.path, bare)

    def articles(self, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
        """Its articles."""
        return iter(self.given[skip:])

    def count(self, options: ReadOptions) -> tuple[int, bool]:
        """Their number."""
        return len(self.given), False

    def unread(self, number: int, error: str) -> Article:
        """The article itself."""
        return self.given[number]


class Here(Struct, frozen=True):
    """The articles of an input that can't be divided: they are read one after the other, by whoever has the stream."""

    path: str
    read: Iterator[Article]
    upto: int = 0

    def articles(self, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
        """Its articles, once."""
        return islice(self.read, skip, None)

    def count(self, options: ReadOptions) -> tuple[int, bool]:
        """How many are left; there are none after that."""
        return sum(1 for _ in self.read), False

    def unread(self, number: int, error: str) -> Article:
        """Its input."""
        return failed(self.path, error)


class Files(Struct, frozen=True):
    """Files that hold an article each, or a few records."""

    sources: list[Source]
    upto: int = 0

    @property
    def path(self) -> str:
        """That of the first."""
        return self.sources[0].path

    def articles(self, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
        """The articles of all of them."""
        from linter.readers import count_in, read

        for source in self.sources:
            if skip and (count := count_in(source, options)) <= skip:
                skip -= count
                continue
            yield from islice(read(source, options), skip, None)
            skip = 0

    def count(self, options: ReadOptions) -> tuple[int, bool]:
        """Their number: each is looked into."""
        from linter.readers import count_in

        return sum(count_in(source, options) for source in self.sources), False

    def unread(self, number: int, error: str) -> Article:
        """The file, as if every one held an article."""
        return failed(self.sources[min(number, len(self.sources) - 1)].path, error)
