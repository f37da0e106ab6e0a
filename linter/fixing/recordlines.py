"""Lines of JSON whose text is changed, and nothing else: not a blank, not the way a number is written."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any, BinaryIO

from linter.model import Article
from linter.readers.records import KEYS
from linter.readers.unpack import packed_as, unpacked

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_CHUNK = 1 << 20  # bytes of a line that are read at once


class RecordLines:
    """The lines of a file of JSON lines, packed or not, one after the other. `marked`: with a byte-order mark.

    Raises OSError, MissingExtraError.
    """

    def __init__(self, file: Path, *, marked: bool) -> None:
        self._file: BinaryIO = file.open("rb")
        packed = packed_as(self._file.read(4))
        self._file.seek(0)
        self._lines: Any = unpacked(self._file, packed) if packed else self._file
        self._number = 0
        self._marked = marked

    def before(self, number: int) -> Iterator[bytes]:
        """The lines before this one, from 1, that were not taken yet, in pieces of some length."""
        while self._number < number - 1 and (piece := self._piece()):
            yield piece

    def line(self) -> bytes:
        """The next line."""
        pieces = [self._piece()]
        while pieces[-1] and not pieces[-1].endswith(b"\n"):
            pieces.append(self._piece())
        return b"".join(pieces)

    def rest(self) -> Iterator[bytes]:
        """The lines that are left, in pieces of some length."""
        yield from iter(self._piece, b"")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _piece(self) -> bytes:
        piece: bytes = self._lines.readline(_CHUNK)
        if not self._number and not self._marked:
            piece = piece.removeprefix(codecs.BOM_UTF8)
        self._marked = True
        self._number += piece.endswith(b"\n")
        return piece


def text_key(values: dict[str, Any], article: Article, field: dict[str, str]) -> str | None:
    """The key of a record whose value is the source of its article; `field` maps newslint's names to keys.

    None where no key has it.
    """
    name = "html" if article.profile == "html" else "text"
    keys = (field[name],) if name in field else KEYS[name]
    return next((key for key in keys if values.get(key) == article.source), None)


def spliced(line: bytes, key: str, old: str, new: str) -> bytes | None:
    """A line of JSON, an object, with `new` in the place of `old` as the value of `key`.

    None where that isn't its value, or the line isn't UTF-8. What was written in ASCII still is.
    """
    try:
        text = line.decode("utf-8")
        place = _place(text, key)
    except (ValueError, RecursionError, IndexError):
        return None
    if place is None or place[2] != old:
        return None
    start, end, _ = place
    is_escaped = text[start:end].isascii() and (text.isascii() or not old.isascii())
    return f"{text[:start]}{json.dumps(new, ensure_ascii=is_escaped)}{text[end:]}".encode()


def _place(text: str, key: str) -> tuple[int, int, Any] | None:
    """Where the value of a key stands in an object, and what it is; the last one counts. Raises ValueError."""
    found = None
    at = _after(text, _skip(text, text.startswith("\ufeff")), "{")
    while text[at] != "}":
        name, at = scanstring(text, _after(text, at, '"', skip=False))
        start = _after(text, _skip(text, at), ":")
        value, at = _DECODER.raw_decode(text, start)
        if name == key:
            found = (start, at, value)
        at = _skip(text, at)
        if text[at] != "}":
            at = _after(text, at, ",")
    return found


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _after(text: str, at: int, sign: str, *, skip: bool = True) -> int:
    if text[at] != sign:
        raise ValueError(f"expected {sign} at {at}")
    return _skip(text, at + 1) if skip else at + 1
