import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.readers.decode import Decoded, DecodingError, decode, decode_cp1252

TEXT = "Naïve café — “one” 😀\r\n"


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (TEXT.encode(), None, Decoded(TEXT)),
        (b"\xef\xbb\xbf" + TEXT.encode(), None, Decoded(TEXT)),
        (TEXT.encode("utf-16"), None, Decoded(TEXT, "not UTF-8; read as UTF-16")),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), None, Decoded(TEXT, "not UTF-8; read as UTF-16")),
        (TEXT.encode("utf-32"), None, Decoded(TEXT, "not UTF-8; read as UTF-32")),
        (b"\xff\xfea\0b", None, Decoded("a\ufffd", "not UTF-8; read as UTF-16, with characters that are not valid")),
        (b"caf\xe9 \x93x\x94 \x85", None, Decoded("café “x” …", "not valid UTF-8; read as cp1252")),
        (b"\x81\x8d\x8f\x90\x9d", None, Decoded("\x81\x8d\x8f\x90\x9d", "not valid UTF-8; read as cp1252")),
        (b"\xef\xbb\xbfcaf\xe9", None, Decoded("café", "not valid UTF-8; read as cp1252")),
        (TEXT.encode(), "iso-8859-5", Decoded(TEXT)),
        ("мост".encode("koi8-r"), "KOI8-R", Decoded("мост", "not valid UTF-8; read as koi8-r, as declared")),
        (b"\x93x\x94\xe9", "ISO-8859-1", Decoded("“x”é", "not valid UTF-8; read as cp1252")),
        (b"\xe9", "utf-8", Decoded("é", "not valid UTF-8; read as cp1252")),
        (b"\xe9", "utf-16", Decoded("é", "not valid UTF-8; read as cp1252")),
        (b"\xe9", "rot13", Decoded("é", "not valid UTF-8; read as cp1252")),
        (b"\xe9", "a\0b", Decoded("é", "not valid UTF-8; read as cp1252")),
        (b"", None, Decoded("")),
    ],
)
def test_decode(data: bytes, declared: str | None, expected: Decoded) -> None:
    assert decode(data, declared) == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"text\0text", "looks like a binary file (NUL bytes)"),
        ("a\0b".encode("utf-16"), "looks like a binary file (NUL bytes)"),
        (b"%PDF-1.7 ...", "looks like a PDF file, expected text"),
        (bytes(range(1, 32)), "looks like a binary file (control characters)"),
    ],
)
def test_binary(data: bytes, message: str) -> None:
    with pytest.raises(DecodingError) as error:
        decode(data)
    assert str(error.value) == message


@given(st.binary())
def test_cp1252_takes_every_byte_for_one_character(data: bytes) -> None:
    text = decode_cp1252(data)
    assert len(text) == len(data)
    assert all(byte == ord(char) for byte, char in zip(data, text, strict=True) if byte < 0x80 or byte >= 0xA0)
