"""Bytes -> text: strict UTF-8 first, then a byte-order mark, the declared charset, and cp1252 at the last."""

from __future__ import annotations

import codecs
from functools import cache
from typing import NamedTuple

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# What browsers read under these names: the label is narrower than the texts that carry it.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_HEAD = 4096
_MAX_CONTROL_RATIO = 0.1


class DecodingError(ValueError):
    """The bytes are no text; the message says why."""


class Decoded(NamedTuple):
    """A decoded text without its byte-order mark, and what had to be assumed, in words."""

    text: str
    note: str | None = None


class Recognised(NamedTuple):
    """A decoded text, what had to be assumed, and how the bytes are made of it again: a codec, behind a mark."""

    text: str
    note: str | None
    codec: str
    mark: bytes = b""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`; `declared` is a charset that the format names. Raises DecodingError for binary data."""
    return Decoded(*recognise(data, declared)[:2])


def recognise(data: bytes, declared: str | None = None) -> Recognised:
    """The same, for whoever writes the text back."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            found = _decode_bare(rest, declared) if codec == "utf-8" else _decode_marked(rest, codec, name)
            return found._replace(mark=mark)
    return _decode_bare(data, declared)


def _decode_bare(data: bytes, declared: str | None) -> Recognised:
    _refuse_binary(data)
    try:
        return Recognised(data.decode("utf-8"), None, "utf-8")
    except UnicodeDecodeError:
        pass
    codec = _text_codec(declared)
    if codec and codec not in ("utf-8", "cp1252"):
        return Recognised(data.decode(codec, "replace"), f"not valid UTF-8; read as {codec}, as declared", codec)
    return Recognised(decode_cp1252(data), "not valid UTF-8; read as cp1252", "cp1252")


def decode_cp1252(data: bytes) -> str:
    """`data` as cp1252; its five undefined bytes become the C1 controls of the same number, as in browsers."""
    return data.decode("latin-1").translate(_cp1252_table())


def encode_cp1252(text: str) -> bytes:
    """The bytes that `decode_cp1252` makes `text` of. Raises UnicodeEncodeError."""
    controls = {chr(number): number for number in range(0x80, 0xA0) if number not in _cp1252_table()}
    if controls.keys().isdisjoint(text):
        return text.encode("cp1252")
    return b"".join(bytes([controls[char]]) if char in controls else char.encode("cp1252") for char in text)


@cache
def _cp1252_table() -> dict[int, str]:
    defined = (bytes([number]) for number in range(0x80, 0xA0) if number not in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    return {byte[0]: byte.decode("cp1252") for byte in defined}


def _decode_marked(data: bytes, codec: str, name: str) -> Recognised:
    note = f"not UTF-8; read as {name}"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        text, note = data.decode(codec, "replace"), f"{note}, with characters that are not valid"
    if "\0" in text:
        raise DecodingError("looks like a binary file (NUL bytes)")
    return Recognised(text, note, codec)


def _refuse_binary(data: bytes) -> None:
    if b"\0" in data:
        raise DecodingError("looks like a binary file (NUL bytes)")
    head = data[:_HEAD]
    if head.startswith(b"%PDF-"):
        raise DecodingError("looks like a PDF file, expected text")
    if len(head) - len(head.translate(None, _CONTROLS)) > _MAX_CONTROL_RATIO * len(head):
        raise DecodingError("looks like a binary file (control characters)")


def _text_codec(name: str | None) -> str | None:
    """The codec for a charset label; None where Python knows no text encoding of that name."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip().lower()).name
        b"a".decode(codec)
    except (LookupError, UnicodeError, ValueError):
        return None
    if codec.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode", "raw")):
        return None  # a document whose declaration could be read as ASCII is in none of these
    return _WIDER.get(codec, codec)
