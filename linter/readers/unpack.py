"""Packed inputs: gzip and Zstandard, in as many parts as there are, unpacked as they are read."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, cast

from linter.readers.inputs import MissingExtraError

SUFFIXES_PACKED = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_NAMES = {"gzip": "gzip", "zstd": "Zstandard"}
_SKIPPABLE = b"\x2a\x4d\x18"  # behind 0x50 to 0x5f: a frame without data, with which some packers begin
_CHUNK, _WINDOW = 1 << 16, 1 << 27
_PIECE = 1024  # bytes that are unpacked at once: three may become 128 KiB
# Text rarely packs better than 1 to 20; archives made to fill a disk unpack to thousands of times their size.
_FREE, _MOST = 256 << 20, 1000


class UnpackError(OSError):
    """Packed data that can't be unpacked; the message says why."""


def packed_as(head: bytes) -> str | None:
    """How data is packed, by its first four bytes."""
    if head[1:4] == _SKIPPABLE and head[0] >> 4 == 5:
        return "zstd"
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)


def bare_name(path: str) -> tuple[str, str | None]:
    """A file's name without the suffix of a packer, and what that suffix claims."""
    for suffix, kind in SUFFIXES_PACKED.items():
        if path.lower().endswith(suffix):
            return path[: -len(suffix)], kind
    return path, None


def unpacked(stream: BinaryIO, kind: str) -> io.BufferedReader:
    """The bytes in packed data. Raises MissingExtraError; reading raises UnpackError."""
    counted = _Counted(stream)
    if kind == "gzip":
        import gzip

        return io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=counted), counted, kind), _CHUNK)
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError("Zstandard data", "zstandard", "zstd") from None
    decompressor = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    return io.BufferedReader(_Unpacked(_Zstd(decompressor, counted), counted, kind), _CHUNK)


class _Counted(io.RawIOBase):
    """A stream that knows how much was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        data = cast(Any, self._stream).read(size)
        self.count += len(data)
        return cast(bytes, data)


class _Zstd:
    """The bytes in Zstandard data, frame after frame; the library's own reader says nothing of data that ends early."""

    def __init__(self, decompressor: Any, stream: io.RawIOBase) -> None:
        self._decompressor, self._stream = decompressor, stream
        self._frame: Any = None
        self._rest = b""  # of what was read
        self._ready = memoryview(b"")

    def read1(self, size: int) -> bytes:
        """At most `size` of the next bytes, none at the end. Raises EOFError, and what the library raises."""
        while not self._ready:
            piece = self._rest or self._stream.read(_PIECE)
            if not piece:
                if self._frame is not None:
                    raise EOFError
                return b""
            self._frame, self._rest = self._frame or self._decompressor.decompressobj(), b""
            self._ready = memoryview(self._frame.decompress(piece))
            if self._frame.eof:
                self._frame, self._rest = None, self._frame.unused_data
        data, self._ready = self._ready[:size], self._ready[size:]
        return bytes(data)


class _Unpacked(io.RawIOBase):
    """What a decompressor gives, with one kind of error, and an end to what never ends."""

    def __init__(self, stream: Any, packed: _Counted, kind: str) -> None:
        super().__init__()
        self._stream, self._packed, self._name = stream, packed, _NAMES[kind]
        self._given = 0
        self._failed: UnpackError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._failed is None:
            try:
                data = self._stream.read1(min(len(buffer), _CHUNK))  # what is there before damaged data
            except EOFError:
                self._failed = UnpackError(f"{self._name} data ends early")
            except OSError as error:
                if error.errno is not None:
                    raise  # of the file itself
                self._failed = UnpackError(f"{self._name} data is damaged: {error}")
            except Exception as error:  # each library has its own
                self._failed = UnpackError(f"{self._name} data is damaged: {error}")
        if self._failed is not None:  # whoever reads on is told again
            raise self._failed
        self._given += len(data)
        if self._given > _FREE and self._given > _MOST * self._packed.count:
            raise UnpackError(f"{self._name} data unpacks to more than {_MOST:,} times its size")
        buffer[: len(data)] = data
        return len(data)
