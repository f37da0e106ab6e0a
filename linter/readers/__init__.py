"""Readers: bytes -> articles, one module per format.

A reader module defines `SUFFIXES` and `read(stream, path, options) -> Iterator[Article]`, and is found by being in this
package; its name is the name of the format. With `NAMED_ONLY` its files are read where they are named, and not picked
up in directories: not every JSON or CSV file holds articles. Modules whose names begin with an underscore are parts of
readers, and are loaded when a file needs them; others without SUFFIXES are shared. Any file may be packed.

With `WHOLE` a file is one article. A reader that can divide its inputs defines `divide(stream, path, options, file)`
(see `linter.readers.pieces`); others are read from the start to the end in one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, BinaryIO, cast

from msgspec.structs import replace

from linter.model import Article, Profile
from linter.readers.inputs import Meter, MissingExtraError, ReadOptions, Source, failed, reason
from linter.readers.pieces import Files, Given, Here, Piece
from linter.readers.sniffing import DUMPS, reader_of
from linter.readers.streams import MAGIC, SNIFF, begin, opened, reached
from linter.readers.unpack import bare_name, packed_as, unpacked

__all__ = ["Meter", "ReadOptions", "Source", "article_from_text", "divide", "read", "reader_for", "suffixes"]


@cache
def suffixes(*, walked: bool = False) -> dict[str, str]:
    """Every suffix that a reader claims -> the name of the reader; `walked`: of those for files in directories."""
    found: dict[str, str] = {}
    for module in iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        reader = import_module(f"{__name__}.{module.name}")
        if not (walked and getattr(reader, "NAMED_ONLY", False)):
            found |= dict.fromkeys(getattr(reader, "SUFFIXES", ()), module.name)
    return found


def reader_for(name: str, *, walked: bool = False) -> str | None:
    """The reader for a file name ("text", "markdown", "jsonl", "html"), or None where the suffix says nothing."""
    base, packed = bare_name(name.replace("\\", "/").rpartition("/")[2].lower())
    known = suffixes(walked=walked)
    for dot, character in enumerate(base):
        if character == "." and base[dot:] in known:
            found = known[base[dot:]]
            return found if not (walked and packed) or found in DUMPS else None
    return None


def article_from_text(source: str, profile: Profile = "text", *, path: str = "-") -> Article:
    """The article in a decoded source, read under a profile; `path` is its display name."""
    return cast(Article, _module(profile).parse(source, path))


def read(
    source: Source, options: ReadOptions, *, stdin_name: str | None = None, meter: Meter | None = None
) -> Iterator[Article]:
    """The articles of one input. Never raises: what goes wrong is the `error` of an article, and the last one.

    `stdin_name` is the display name of standard input; its suffix says how it is read. `meter` counts the
    bytes of files.
    """
    for piece in _pieces(source, options, stdin_name, meter or Meter(), here=True):
        ends = False
        for article in articles_in(piece, options):
            yield article
            ends |= ends_input(article)
        if ends:
            return


def divide(
    source: Source, options: ReadOptions, *, stdin_name: str | None = None, meter: Meter | None = None,
    here: bool = False,
) -> Iterator[Piece]:  # fmt: skip
    """The same input in pieces, in order. Never raises: what goes wrong is an article, and the last one.

    Once an article stands for the failure of a whole input, what follows of that input is not to be read. `here`: the
    pieces are read by this process, so that no file need be opened twice.
    """
    meter = meter or Meter()
    if (size := _small(source, options)) is not None:
        meter.read += size
        yield Files([source])
        return
    yield from _pieces(source, options, stdin_name, meter, here=here, files=True)


def articles_in(piece: Piece, options: ReadOptions, skip: int = 0) -> Iterator[Article]:
    """The articles of a piece behind the first `skip`. Never raises: what goes wrong is an article."""
    try:
        yield from piece.articles(options, skip)
    except Exception as error:
        yield _failure(piece.path, error)


def count_in(source: Source, options: ReadOptions) -> int:
    """How many articles `read` gives, for a file; where it is known what the file is it isn't read for that."""
    count = 0
    for piece in _pieces(source, options, None, Meter(), here=False, files=True):
        found, ends = (1, False) if isinstance(piece, Files) else piece.count(options)
        count += found
        if ends:
            break
    return count


def ends_input(article: Article) -> bool:
    """Does an article stand for what is left of its input, which can't be read?"""
    return article.error is not None and article.record is None


def _small(source: Source, options: ReadOptions) -> int | None:
    """The size of a file that is read as a whole, whatever it holds; None for what has to be looked into first."""
    if source.file is None:
        return None
    bare, packed = bare_name(source.path)
    name = reader_for(bare)
    if packed or name is None or not _is_whole(name):
        return None
    try:
        size = os.stat(source.file).st_size  # noqa: PTH116
    except OSError:
        return 0
    return size if size <= options.piece else None


def _is_whole(name: str) -> bool:
    """Is a file of this reader one article?"""
    return getattr(_module(name), "WHOLE", False)


def _failure(path: str, error: Exception) -> Article:
    """The article that stands for what could not be read."""
    if isinstance(error, MissingExtraError):
        return failed(path, str(error))
    if isinstance(error, OSError):
        return failed(path, reason(error))
    # A defect of a reader must not take the other inputs down.
    return failed(path, f"internal error while reading: {type(error).__name__}: {error}")


def _pieces(
    source: Source, options: ReadOptions, stdin_name: str | None, meter: Meter, *, here: bool, files: bool = False
) -> Iterator[Piece]:
    """The pieces of an input, told by its content; with `files` a file that is one article is left as it is."""
    path = source.path if source.file else stdin_name or source.path
    if source.file is None:  # what has come is not kept waiting for more
        options = replace(options, piece=0)
    try:
        with opened(source, meter) as stream:
            for piece in _divided(stream, source, path, options, here=here, files=files):
                if piece.upto:
                    reached(stream, piece.upto)
                yield piece
    except Exception as error:
        yield Given(path, [_failure(path, error)])


def _divided(
    stream: BinaryIO, source: Source, path: str, options: ReadOptions, *, here: bool, files: bool
) -> Iterator[Piece]:
    bare, claimed = bare_name(path)
    named = reader_for(bare)
    head, stream = begin(stream, MAGIC)
    packed = packed_as(head)
    if claimed and not packed:
        yield Given(path, [failed(path, f"not {claimed} data, though its name ends in {path[len(bare) :]}")])
        return
    if packed:
        stream = unpacked(stream, packed)
    # A pipe may be slow: with a name its first part tells enough, and its first articles are not kept waiting.
    head, stream = begin(stream, SNIFF if named is None else MAGIC)
    name = reader_of(head, named)
    reader = _module(name)
    if files and source.file is not None and _is_whole(name):
        yield Files([source])
    elif not hasattr(reader, "divide"):
        yield Here(path, reader.read(stream, path, options))
    else:
        file = None if packed or here else source.file
        yield from reader.divide(stream, path, options, file)


def _module(name: str) -> Any:
    return import_module(f"{__name__}.{name}")
