"""What every reader takes: where an article comes from, how to read it, and how a failure is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from linter.model import Article
from linter.readers.decode import DecodingError, decode

PIECE = 1 << 20  # bytes


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How inputs are read.

    `field` maps newslint's names to the keys of a dump ({"text": "content_text"}). `max_size` is in bytes: of one
    file article, of one record, of one line; what is larger becomes an error on that input. `keep` leaves the whole
    record with its article (`Article.raw`), for whoever writes it out again. `html_scope`: all of a page, or only what
    is labelled its article. `told` collects what a run has to say only once. `piece` is how many bytes of an input are
    read together at about, where it can be divided.
    """

    field: dict[str, str] = {}
    max_size: int = 16 * 1024 * 1024
    keep: bool = False
    html_scope: Literal["full", "main"] = "full"
    told: set[str] = msgspec.field(default_factory=set)
    piece: int = PIECE


class Source(msgspec.Struct, frozen=True):
    """One input: its display name, as the user named it and "/"-joined, and its file (None: standard input)."""

    path: str
    file: Path | None


class Meter(msgspec.Struct):
    """How many bytes of files were read: counted as they come from the disk, packed as they are."""

    read: int = 0


class MissingExtraError(Exception):
    """A library that is not installed; the message says what to install."""

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(f"reading {what} needs {library}: pip install 'newslint[{extra}]'")


def failed(path: str, message: str, *, record: int | None = None, source_line: int | None = None) -> Article:
    """The article that stands for an input that could not be read."""
    return Article(text="", source="", path=path, record=record, source_line=source_line, error=message)


def reason(error: OSError) -> str:
    """Why something could not be read or written: "no such file or directory"."""
    words = error.strerror or str(error) or type(error).__name__
    return words[:1].lower() + words[1:]


def notes(*said: str | None) -> str | None:
    """What is said of one article, in one line."""
    return "; ".join(filter(None, said)) or None


def size_name(size: int) -> str:
    """A number of bytes for people: 16 MiB."""
    for factor, unit in ((1024 * 1024, "MiB"), (1024, "KiB")):
        if size >= factor:
            return f"{size / factor:.4g} {unit}"
    return f"{size} bytes"


def read_whole(
    stream: BinaryIO,
    path: str,
    options: ReadOptions,
    parse: Callable[[str, str], Article],
    declared: Callable[[bytes], str | None] | None = None,
) -> Iterator[Article]:
    """The one article of a file that is an article: read, decoded, and given to `parse(source, path)`.

    `declared` finds the charset that the bytes themselves name.
    """
    data = stream.read(options.max_size + 1)
    if len(data) > options.max_size:
        yield failed(path, f"larger than {size_name(options.max_size)}")
        return
    try:
        decoded = decode(data, declared(data) if declared else None)
    except DecodingError as error:
        yield failed(path, str(error))
        return
    article = parse(decoded.text, path)
    article.note = notes(decoded.note, article.note)
    yield article
