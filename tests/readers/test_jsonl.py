import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from linter.model import Article, Page
from linter.readers import ReadOptions, Source, jsonl, read

FIXTURES = Path(__file__).parents[2] / "fixtures" / "jsonl"


def _read(file: Path, **options: Any) -> list[Article]:
    return list(read(Source(file.name, file), ReadOptions(**options)))


def _write(tmp_path: Path, data: bytes, name: str = "d.jsonl") -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


def _error(record: int, line: int, message: str) -> Article:
    return Article(text="", source="", path="dump.jsonl", record=record, source_line=line, error=message)


def test_a_dump_with_bad_records() -> None:
    articles = _read(FIXTURES / "dump.jsonl")
    html = "<html lang=en><title>Bridge &amp; road</title><p>The bridge is shut.</p></html>"
    assert articles[1].source == html
    assert articles[1].offsets is not None
    articles[1].offsets = articles[1].blocks = None
    text = "The library opened an hour late on Monday."
    assert articles == [
        Article(
            text=text, source=text, path="dump.jsonl", record=0, source_line=1, id="7", title="Library opens late",
            url="https://example.org/library", author="Ida Holm, Jon Pike", date="2024-02-05", publisher="example.org",
            language="en",
        ),
        Article(
            text="The bridge is shut.", source=html, profile="html", path="dump.jsonl", record=1, source_line=3, id="b",
            title="Bridge & road", author="Mo Lund", language="en", page=Page(headed=False),
        ),
        _error(2, 4, "no text: expected one of text, content, body, maintext, article, raw_content"),
        _error(3, 5, "field 'text' is a number, not a string"),
        _error(4, 6, "not an object but a list"),
        _error(5, 7, "not valid JSON: invalid control character at column 18"),
        Article(text="", source="", path="dump.jsonl", record=6, source_line=8),
        Article(text="Last \ufffd one.", source="Last \ufffd one.", path="dump.jsonl", record=7, source_line=9),
    ]  # fmt: skip


def test_gzip_and_mark_and_line_ends(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"text": "a"}\r\n\r\n{"text": "b"}'
    plain = _read(_write(tmp_path, data))
    packed = _read(_write(tmp_path, gzip.compress(data[:18]) + gzip.compress(data[18:]), "d.jsonl.gz"))
    assert [(a.text, a.record, a.source_line) for a in plain] == [("a", 0, 1), ("b", 1, 3)]
    assert [(a.text, a.record, a.source_line) for a in packed] == [("a", 0, 1), ("b", 1, 3)]


def test_damaged_gzip_gives_the_records_before_it(tmp_path: Path) -> None:
    rows = b"".join(b'{"text": "%d"}\n' % number for number in range(3))
    compressor = gzip.compress(rows) + gzip.compress(rows * 2000)
    articles = _read(_write(tmp_path, compressor[:-40], "cut.ndjson.gz"))
    assert [a.text for a in articles[:3]] == ["0", "1", "2"]
    assert all(a.error is None and a.record == number for number, a in enumerate(articles[:-1]))
    assert (articles[-1].error, articles[-1].record) == ("gzip data ends early", None)
    assert [a.error for a in _read(_write(tmp_path, rows, "not.jsonl.gz"))] == [
        "not gzip data, though its name ends in .gz"
    ]
    broken = bytearray(gzip.compress(rows * 2000))
    broken[40:60] = b"\xff" * 20
    assert str(_read(_write(tmp_path, bytes(broken), "bad.jsonl.gz"))[-1].error).startswith("gzip data is damaged: ")


def test_long_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    line = b'{"text": "%s"}\n'
    data = line % (b"a" * 86) + line % (b"b" * 87) + line % (b"c" * 5000) + line % b"d" + line[:-1] % (b"e" * 87)
    assert len(data.splitlines()[0]) == 98
    articles = _read(_write(tmp_path, data), max_size=98)
    long = "line longer than 98 bytes"
    assert [(a.text, a.error, a.record, a.source_line) for a in articles] == [
        ("a" * 86, None, 0, 1), ("", long, 1, 2), ("", long, 2, 3), ("d", None, 3, 4), ("", long, 4, 5)
    ]  # fmt: skip


def test_a_long_line_is_never_held_as_a_whole() -> None:
    class Endless(io.RawIOBase):
        left, asked = 40_000_000, 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            size = min(len(buffer), self.left)
            self.left -= size
            buffer[:size] = b"x" * size
            return size

    import tracemalloc

    tracemalloc.start()
    articles = list(jsonl.read(io.BufferedReader(Endless(), 1 << 18), "-", ReadOptions(max_size=1 << 20)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [a.error for a in articles] == ["line longer than 1 MiB"]
    assert peak < 5_000_000


def test_bytes_that_are_no_utf8_affect_their_line_alone(tmp_path: Path) -> None:
    articles = _read(_write(tmp_path, b'{"text": "caf\xe9"}\n{"text": "caf\xc3\xa9"}\n'))
    assert [(a.text, a.note) for a in articles] == [("café", "not valid UTF-8; read as cp1252"), ("café", None)]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("nonsense", "not valid JSON: expecting value at column 1"),
        ('{"text": "a"} x', "not valid JSON: extra data at column 15"),
        ("[" * 100_000, "not valid JSON: nested too deeply, or a number too long"),
        ('{"text": ' + "[" * 100_000, "not valid JSON: nested too deeply, or a number too long"),
        ("null", "not an object but null"),
        ("true", "not an object but true or false"),
        ('"text"', "not an object but a string"),
        ("1.5", "not an object but a number"),
        ('{"body": {"p": 1}}', "field 'body' is an object, not a string"),
        ('{"html": ["a"]}', "field 'html' is a list, not a string"),
        ("{}", "no text: expected one of text, content, body, maintext, article, raw_content"),
    ],
)
def test_errors(tmp_path: Path, line: str, error: str) -> None:
    articles = _read(_write(tmp_path, f'{line}\n{{"text": "b"}}\n'.encode()))
    assert [(a.error, a.text, a.record) for a in articles] == [(error, "", 0), (None, "b", 1)]


def test_binary_dumps(tmp_path: Path) -> None:
    assert [a.error for a in _read(_write(tmp_path, b"\x7fELF\0\0\n\0\n"))] == ["looks like a binary file (NUL bytes)"]
    articles = _read(_write(tmp_path, '{"text": "a"}'.encode("utf-16")))
    assert [a.error for a in articles] == ["UTF-16 text, expected JSON lines in UTF-8"]
    assert _read(_write(tmp_path, b"")) == []


def test_the_mapping_of_fields(tmp_path: Path) -> None:
    row = {
        "text": "no",
        "content_text": "a",
        "hed": "H",
        "who": [{"name": "A"}, "B", 3],
        "uuid": "u",
        "id": 1,
        "html": "<p>h",
    }
    file = _write(tmp_path, json.dumps(row).encode())
    field = {"text": "content_text", "title": "hed", "author": "who", "id": "uuid"}
    (article,) = _read(file, field=field)
    assert (article.text, article.title, article.author, article.id) == ("a", "H", "A, B", "u")
    (article,) = _read(file, field={"html": "html"})
    assert (article.text, article.profile) == ("h", "html")
    (article,) = _read(file, field={"text": "other"})
    assert article.profile == "html"
    (article,) = _read(_write(tmp_path, b'{"text": "a"}'), field={"text": "other"})
    assert article.error == "no text: expected 'other'"


def test_unpaired_surrogates_can_be_encoded_afterwards(tmp_path: Path) -> None:
    (article,) = _read(_write(tmp_path, rb'{"text": "a\ud800b \ud83d\ude00", "title": "\udc00", "id": true}'))
    assert (article.text, article.title, article.id) == ("a\ufffdb 😀", "\ufffd", None)
