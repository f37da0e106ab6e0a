"""Files that are edited: written back in the encoding that they were read in, at once, or not at all."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.edits import Edit
from linter.model import Article
from linter.readers.decode import decode, decode_cp1252, encode_cp1252
from linter.textfile import TextFile, TextFileError, replace_file


def opened(data: bytes) -> TextFile:
    return TextFile.of(data, Article(text="", source=decode(data).text))


@given(st.binary(max_size=40))
def test_any_bytes_read_as_cp1252_are_written_back(data: bytes) -> None:
    assert encode_cp1252(decode_cp1252(data)) == data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.sampled_from([
    (b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
]))  # fmt: skip
def test_a_text_keeps_its_encoding_and_its_mark(text: str, kind: tuple[bytes, str]) -> None:
    mark, codec = kind
    text = f"Ferry {text}"  # else it may begin like another encoding, or look like a binary file
    file = opened(mark + text.encode(codec))
    assert (file.source, file.codec, file.mark) == (text, codec, mark)
    assert file.encoded(f"{text}é") == mark + f"{text}é".encode(codec)


def test_a_file_that_has_changed_since_is_left_as_it_is() -> None:
    with pytest.raises(TextFileError, match="it has changed since it was read; left as it is"):
        TextFile.of(b"later", Article(text="", source="sooner"))


def test_the_mark_stands_on_the_first_line_of_a_diff() -> None:
    told = b"--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-%bone\n+%btwo\n" % (codecs.BOM_UTF8, codecs.BOM_UTF8)
    assert opened(codecs.BOM_UTF8 + b"one\n").diff(b"a.md", [Edit(0, 3, "two")]) == told
    in_cp1252 = opened(codecs.BOM_UTF8 + b"ma\xeetre\n").diff(b"a.md", [Edit(0, 2, "le ma")])
    assert in_cp1252.endswith(b"-%bma\xeetre\n+%ble ma\xeetre\n" % (codecs.BOM_UTF8, codecs.BOM_UTF8))


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_file_that_can_t_be_replaced_is_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    file = folder / "a.txt"
    file.write_text("before")
    file.chmod(0o444)
    with pytest.raises(TextFileError, match="read-only; left as it is"):
        replace_file(file, b"after")
    file.chmod(0o644)
    (folder / f".a.txt.newslint-{os.getpid()}").mkdir()  # in the way
    with pytest.raises(TextFileError, match="can't be written: is a directory"):
        replace_file(file, b"after")
    assert file.read_text() == "before"


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(TextFileError, match="can't be written: no such file or directory"):
        replace_file(tmp_path / "gone.txt", b"after")
    assert list(tmp_path.iterdir()) == []
