"""Readers: bytes -> articles, one module per format.

A reader module defines `SUFFIXES` and `read(stream, path, options) -> Iterator[Article]`, and is found by being in this
package; its name is the name of the format. With `NAMED_ONLY` its files are read where they are named, and not picked
up in directories: not every JSON or CSV file holds articles. Modules whose names begin with an underscore are parts of
readers, and are loaded when a file needs them; others without SUFFIXES are shared. Any file may be packed.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, BinaryIO, cast

from linter.model import Article, Profile
from linter.readers.inputs import Meter, MissingExtraError, ReadOptions, Source, failed, reason
from linter.readers.unpack import UnpackError, bare_name, packed_as, unpacked

__all__ = ["Meter", "ReadOptions", "Source", "article_from_text", "read", "reader_for", "suffixes"]

_SNIFF, _MAGIC = 1 << 16, 4
_OBJECT, _ARRAY = re.compile(rb'\{\s*"'), re.compile(rb'\[\s*\{\s*"')
# Atomic: where a comment ends must not be tried again, or thirty comments take 2^30 tries.
_PROLOGUE = rb"(?>(?:<!--.*?-->|<\?[^>]*>)\s*)*+"
_HTML = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE | re.DOTALL)
_MAGICS = {b"PAR1": "parquet", b"WARC/1.": "warc", b"WARC/0.": "warc"}
_DUMPS = frozenset(("jsonl", "json", "csv", "parquet", "warc", "feed"))
_SPACE = b" \t\r\n\xef\xbb\xbf"


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
            return found if not (walked and packed) or found in _DUMPS else None
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
    path = source.path if source.file else stdin_name or source.path
    try:
        with _open(source, meter or Meter()) as stream:
            yield from _read(stream, path, options)
    except MissingExtraError as error:
        yield failed(path, str(error))
    except OSError as error:
        yield failed(path, reason(error))
    except Exception as error:  # a defect of a reader must not take the other inputs down
        yield failed(path, f"internal error while reading: {type(error).__name__}: {error}")


def _read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    bare, claimed = bare_name(path)
    named = reader_for(bare)
    head, stream = _begin(stream, _MAGIC)
    packed = packed_as(head)
    if claimed and not packed:
        yield failed(path, f"not {claimed} data, though its name ends in {path[len(bare) :]}")
        return
    if packed:
        stream = unpacked(stream, packed)
    # A pipe may be slow: with a name its first part tells enough, and its first articles are not kept waiting.
    head, stream = _begin(stream, _SNIFF if named is None else _MAGIC)
    yield from _module(_reader_of(head, named)).read(stream, path, options)


def _begin(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """At least the first `size` bytes of a stream, if it has so many, and the stream with them still in it."""
    if stream.seekable():
        head = stream.read(_SNIFF)
        stream.seek(0)
        return head, stream
    head = b""
    with suppress(UnpackError):  # raised again when the reader gets there
        while len(head) < size and (more := cast(Any, stream).read1(_SNIFF)):
            head += more
    return head, io.BufferedReader(_Rewound(head, stream), _SNIFF)


def _reader_of(head: bytes, named: str | None) -> str:
    """The reader for content: by what it begins with where that is beyond doubt, else by its name."""
    for magic, name in _MAGICS.items():
        if head.startswith(magic):
            return name
    if named in ("text", "markdown"):
        return named
    found = _sniff(head)
    if named is None or (found in _DUMPS and not _agree(named, head)):
        return found
    return named


def _agree(named: str, head: bytes) -> bool:
    """Can content that begins with an object, or a line of one, be what its name says?"""
    start = head.lstrip(_SPACE)
    if named == "jsonl":
        return start.startswith(b"{")
    return named == "json" and not (
        start.startswith(b"{") and start.partition(b"\n")[2].lstrip(_SPACE).startswith(b"{")
    )


def _open(source: Source, meter: Meter) -> BinaryIO:
    if source.file is None:
        return io.BufferedReader(_Rewound(b"", sys.stdin.buffer), _SNIFF)
    mode = os.stat(source.file).st_mode  # noqa: PTH116
    if not stat.S_ISREG(mode):  # opening a FIFO would wait for a writer
        raise OSError("is a directory" if stat.S_ISDIR(mode) else "not a regular file")
    return io.BufferedReader(_Metered(source.file, meter), _SNIFF)


def _sniff(head: bytes) -> str:
    """The reader for content without a telling name."""
    start = head.lstrip(_SPACE)
    if _FEED.match(start):
        return "feed"
    if _HTML.match(start):
        return "html"
    if _OBJECT.match(start):
        line, broken, _ = start.partition(b"\n")
        if (not broken and len(head) == _SNIFF) or _is_object(line):
            return "jsonl"
        return "json"
    return "json" if _ARRAY.match(start) else "text"


def _is_object(line: bytes) -> bool:
    from linter.readers.jsonl import decode_json
    from linter.readers.records import RecordError

    try:
        return isinstance(decode_json(line)[0], dict)
    except RecordError:
        return False


def _module(name: str) -> Any:
    return import_module(f"{__name__}.{name}")


class _Metered(io.FileIO):
    """A file that says how much of it was read; once it is closed, that is all of it, whatever was passed over."""

    def __init__(self, file: Path, meter: Meter) -> None:
        super().__init__(file)
        self._meter, self._left = meter, os.fstat(self.fileno()).st_size

    def readinto(self, buffer: Any) -> int | None:
        size = super().readinto(buffer)
        self._count(size or 0)
        return size

    def close(self) -> None:
        if not self.closed:
            self._count(self._left)
        super().close()

    def _count(self, size: int) -> None:
        size = min(size, self._left)
        self._left -= size
        self._meter.read += size


class _Rewound(io.RawIOBase):
    """A stream with the bytes that were already taken from it put back; closing it leaves the stream open."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size], self._head = self._head[:size], self._head[size:]
            return size
        data = cast(Any, self._rest).read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)
