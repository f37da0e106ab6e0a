"""The bytes of an input: files that say how much of them was read, and streams whose beginning was looked at."""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from linter.readers.inputs import Meter, Source
from linter.readers.unpack import UnpackError

SNIFF, MAGIC = 1 << 16, 4  # bytes that tell what a stream is, without a telling name and with one


def opened(source: Source, meter: Meter) -> io.BufferedReader:
    """The bytes of an input. Raises OSError."""
    if source.file is None:
        return io.BufferedReader(_Rewound(b"", sys.stdin.buffer), SNIFF)
    mode = os.stat(source.file).st_mode  # noqa: PTH116
    if not stat.S_ISREG(mode):  # opening a FIFO would wait for a writer
        raise OSError("is a directory" if stat.S_ISDIR(mode) else "not a regular file")
    return io.BufferedReader(_Metered(source.file, meter), SNIFF)


def begin(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """At least the first `size` bytes of a stream, if it has so many, and the stream with them still in it."""
    if stream.seekable():
        head = stream.read(SNIFF)
        stream.seek(0)
        return head, stream
    head = b""
    with suppress(UnpackError):  # raised again when the reader gets there
        while len(head) < size and (more := cast(Any, stream).read1(SNIFF)):
            head += more
    return head, io.BufferedReader(_Rewound(head, stream), SNIFF)


def ready() -> bool:
    """Would reading from standard input give something at once? True where that can't be known."""
    import select

    try:
        return bool(select.select([sys.stdin.buffer.fileno()], [], [], 0)[0])
    except (OSError, ValueError):
        return True


def reached(stream: io.BufferedReader, position: int) -> None:
    """Of the file of a stream that `opened` gave all is read up to a position: by whoever opens it anew."""
    cast(_Metered, stream.raw).reach(position)


class _Metered(io.FileIO):
    """A file that says how much of it was read; once it is closed, that is all of it, whatever was passed over."""

    def __init__(self, file: Path, meter: Meter) -> None:
        super().__init__(file)
        self._meter = meter
        self._size = self._left = os.fstat(self.fileno()).st_size

    def readinto(self, buffer: Any) -> int | None:
        size = super().readinto(buffer)
        self._count(size or 0)
        return size

    def close(self) -> None:
        if not self.closed:
            self._count(self._left)
        super().close()

    def reach(self, position: int) -> None:
        self._count(position - (self._size - self._left))

    def _count(self, size: int) -> None:
        size = min(max(size, 0), self._left)
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
