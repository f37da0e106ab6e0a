"""A file of text that is edited: what is written back is in the encoding that it was read in, whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from linter.durable import written
from linter.edits import Edit
from linter.model import Article
from linter.readers.decode import DecodingError, Recognised, encode_cp1252, recognise
from linter.readers.inputs import reason
from linter.readers.unpack import packed_as
from linter.unifieddiff import headed, unified_diff

_MARK = "\ufeff"


class TextFileError(Exception):
    """A text can't be written back; the message is one line for the user, without the name of the file."""


class TextFile(Struct, frozen=True):
    """The text of an article, the bytes that it was read from, and how the one is made of the other.

    Raises TextFileError where the bytes can't be made of the text again.
    """

    source: str
    codec: str
    mark: bytes

    @classmethod
    def of(cls, data: bytes, article: Article) -> TextFile:
        """The text in `data`, which is what a reader made `article` of."""
        decoded = _decoded(data, article)
        if decoded.text != article.source:
            raise TextFileError("it has changed since it was read; left as it is")
        file = cls(decoded.text, decoded.codec, decoded.mark)
        try:
            same = file.encoded(decoded.text) == data
        except TextFileError:
            same = False
        if not same:
            raise TextFileError(f"holds bytes that are no {decoded.codec}, which can't be written back; left as it is")
        return file

    def encoded(self, text: str) -> bytes:
        """Another text as bytes of the same encoding, with the same byte-order mark. Raises TextFileError."""
        return self.mark + self.piece(text)

    def piece(self, text: str) -> bytes:
        """A part of a text as bytes. Raises TextFileError."""
        try:
            return encode_cp1252(text) if self.codec == "cp1252" else text.encode(self.codec)
        except UnicodeEncodeError as error:
            char = text[error.start]
            raise TextFileError(
                f"{char!r} (U+{ord(char):04X}) can't be written in {self.codec}, the file's encoding; left as it is"
            ) from None

    def diff(self, name: bytes, edits: Sequence[Edit]) -> bytes:
        """The unified diff of edits of the text, under a name from where it is to be applied. Raises TextFileError."""
        if self.codec.startswith(("utf-16", "utf-32")):
            raise TextFileError(f"text in {self.codec} can't stand in a diff; left as it is")
        if not self.mark:
            return headed(name, self.piece(unified_diff(self.source, edits)))
        moved = [Edit(edit.start + 1, edit.end + 1, edit.new) for edit in edits]
        hunks = unified_diff(_MARK + self.source, moved)  # the mark stands on the first line
        return headed(name, self.mark.join(map(self.piece, hunks.split(_MARK))))


def _decoded(data: bytes, article: Article) -> Recognised:
    from linter.readers.html import declared_charset

    packed = packed_as(data[:4])
    if packed:
        raise TextFileError(f"packed with {packed}, expected it unpacked; left as it is")
    try:
        return recognise(data, declared_charset(data) if article.profile == "html" else None)
    except DecodingError as error:
        raise TextFileError(str(error)) from None


def replace_file(file: Path, data: bytes) -> None:
    """Give a file another content, at once and with the same permissions; behind a link that is the file it leads to.

    Raises TextFileError.
    """
    path = Path(os.path.realpath(file))
    part = path.with_name(f".{path.name}.newslint-{os.getpid()}")
    try:
        state = path.stat()
        if not state.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
            raise TextFileError("read-only; left as it is")
        try:
            with written(path, part) as out:
                out.write(data)
                shutil.copymode(path, part)
                _keep_owner(part, state)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TextFileError(f"can't be written: {reason(error)}") from None


def _keep_owner(part: Path, state: os.stat_result) -> None:
    """Whoever runs this may not be the owner; then the file becomes theirs, where they may write it at all."""
    if hasattr(os, "chown") and (part.stat().st_uid, part.stat().st_gid) != (state.st_uid, state.st_gid):
        with suppress(PermissionError):
            os.chown(part, state.st_uid, state.st_gid)
