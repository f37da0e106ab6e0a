"""Dumps as other programs write them: the same two articles in every format, with real writers where there are any."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from linter.model import Article
from linter.readers import ReadOptions, Source, read

ROWS: list[dict[str, Any]] = [
    {"id": "a1", "title": "Bridge opens", "text": "The bridge opened on Monday.\n\nIt is \"long\"; 2,5 km.",
     "url": "https://example.org/a", "author": "Ada Holm", "date": "2025-03-01"},
    {"id": "a2", "title": "Café shut", "text": "The café shut. Nobody knows why, said the mayor.",
     "url": "https://example.org/b", "author": "Piet Brandt", "date": "2025-03-02"},
]  # fmt: skip


def articles(tmp_path: Path, name: str, data: bytes, **options: Any) -> list[Article]:
    file = tmp_path / name
    file.write_bytes(data)
    return list(read(Source(name, file), ReadOptions(**options)))


def told(found: list[Article]) -> list[tuple[Any, ...]]:
    """What was read of each article."""
    return [(a.record, a.id, a.title, a.source, a.url, a.author, a.date, a.error) for a in found]


EXPECTED = [
    (n, row["id"], row["title"], row["text"], row["url"], row["author"], row["date"], None)
    for n, row in enumerate(ROWS)
]


def table(separator: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ROWS[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode(encoding)


def pandas_csv(separator: str = ",") -> bytes:
    pandas = pytest.importorskip("pandas")
    data: str = pandas.DataFrame(ROWS).to_csv(index=False, sep=separator)
    return data.encode()


def parquet_of(library: str, tmp_path: Path) -> bytes:
    out = tmp_path / "written.parquet"
    module = pytest.importorskip(library)
    if library == "pyarrow":
        pytest.importorskip("pyarrow.parquet").write_table(module.Table.from_pylist(ROWS), out, row_group_size=1)
    elif library == "polars":
        module.DataFrame(ROWS).write_parquet(out)
    else:
        source = tmp_path / "rows.json"
        source.write_text(json.dumps(ROWS), "utf-8")
        columns = ", ".join(f"{name}: 'VARCHAR'" for name in ROWS[0])
        module.sql(f"SELECT * FROM read_json('{source}', columns={{{columns}}})").write_parquet(str(out))
    return out.read_bytes()


JSONL = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
ARRAY = json.dumps(ROWS, indent=2, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("d.json", ARRAY),
        ("d.json", json.dumps({"status": "ok", "articles": ROWS}).encode()),
        ("d.jsonl", ARRAY),  # a suffix that lies
        ("d.json", JSONL),
        ("unnamed", ARRAY),
        ("d.csv", table()),
        ("d.csv", b"\xef\xbb\xbf" + table(";")),  # a spreadsheet in a country of decimal commas
        ("d.tsv", table("\t")),
        ("d.csv", table(";", "utf-16")),
        ("d.csv.gz", gzip.compress(table())),
        ("d.json.gz", gzip.compress(ARRAY[:50]) + gzip.compress(ARRAY[50:])),
    ],
)
def test_the_same_articles_in_every_format(tmp_path: Path, name: str, data: bytes) -> None:
    assert told(articles(tmp_path, name, data)) == EXPECTED


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_by_pandas(tmp_path: Path, separator: str) -> None:
    assert told(articles(tmp_path, "d.csv", pandas_csv(separator))) == EXPECTED


@pytest.mark.parametrize("library", ["pyarrow", "polars", "duckdb"])
def test_parquet_by_others(tmp_path: Path, library: str) -> None:
    data = parquet_of(library, tmp_path)
    assert told(articles(tmp_path, "d.parquet", data)) == EXPECTED
    assert told(articles(tmp_path, "d.bin", data)) == EXPECTED
    assert told(articles(tmp_path, "d.parquet.gz", gzip.compress(data))) == EXPECTED


def sheet(separator: str) -> str:
    """The articles as Excel and LibreOffice save them: CR LF behind each row, LF within a cell, and decimal commas."""
    rows = [[*ROWS[0], "length"], *([*row.values(), "2,5"] for row in ROWS)]
    cells = [
        ['"{}"'.format(cell.replace('"', '""')) if "\n" in cell or '"' in cell else cell for cell in row]
        for row in rows
    ]
    return "".join(separator.join(row) + "\r\n" for row in cells)


def test_a_spreadsheet_in_a_country_of_decimal_commas(tmp_path: Path) -> None:
    assert told(articles(tmp_path, "d.csv", sheet(";").encode("utf-8-sig"))) == EXPECTED
    assert told(articles(tmp_path, "d.csv", f"sep=;\r\n{sheet(';')}".encode())) == EXPECTED
    # Excel's "Unicode text".
    tabs = articles(tmp_path, "d.csv", b"\xff\xfe" + sheet("\t").encode("utf-16-le"))
    assert told(tabs) == EXPECTED
    assert [a.note for a in tabs] == [None, None]


def test_a_table_with_old_line_breaks_within_its_cells(tmp_path: Path) -> None:
    data = 'text\tid\r\n"one\u2028two\x0bthree"\t1\r\nfour\u2028five\t2\r\n'.encode("utf-16")
    assert [a.source for a in articles(tmp_path, "d.tsv", data)] == ["one\u2028two\x0bthree", "four\u2028five"]


def test_pandas_in_every_format(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ROWS)
    frame.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    frame.to_json(tmp_path / "a.json", orient="records", indent=1)
    frame.to_csv(tmp_path / "a.csv", sep="\t", encoding="utf-16", index=False)
    frame.to_csv(tmp_path / "b.csv.gz", index=True, quoting=csv.QUOTE_ALL)
    written = ["a.jsonl", "a.json", "a.csv", "b.csv.gz"]
    for name in written:
        assert told(list(read(Source(name, tmp_path / name), ReadOptions()))) == EXPECTED, name
    pytest.importorskip("pyarrow")
    frame["date"] = pandas.to_datetime(frame["date"]) + pandas.Timedelta(1, "ns")
    frame.to_parquet(tmp_path / "a.parquet")
    found = list(read(Source("a.parquet", tmp_path / "a.parquet"), ReadOptions()))
    assert [(a.source, a.date, a.note) for a in found] == [
        (row["text"], f"{row['date']}T00:00:00", None) for row in ROWS
    ]


def test_a_column_may_be_of_any_type(tmp_path: Path) -> None:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")

    def read_table(**columns: Any) -> list[tuple[Any, ...]]:
        out = io.BytesIO()
        parquet.write_table(pyarrow.table(columns), out)
        return [(a.source, a.date, a.author, a.note, a.error) for a in articles(tmp_path, "d.parquet", out.getvalue())]

    words = pyarrow.array(["one", None, "one"])
    nothing = "no text: expected one of text, content, body, maintext, article, raw_content"
    expected = [("one", None, None, None, None), ("", None, None, None, nothing), ("one", None, None, None, None)]
    assert read_table(text=words) == expected
    assert read_table(text=words.dictionary_encode()) == expected
    assert read_table(text=words.cast(pyarrow.large_string())) == expected
    dates = pyarrow.array([0, 2**31 - 1], pyarrow.date32())
    note = "column 'date' holds what can't be read"
    assert read_table(text=["a", "b"], date=dates, author=[["Ada", "Piet"], None]) == [
        ("a", "1970-01-01", "Ada, Piet", None, None),
        ("b", None, None, note, None),
    ]
    buffers = pyarrow.array([b"caf\xe9", b"tea"]).buffers()
    latin = pyarrow.Array.from_buffers(pyarrow.string(), 2, buffers)
    assert read_table(text=latin) == [
        ("café", None, None, "not valid UTF-8; read as cp1252", None),
        ("tea", None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'[{"text": "a"}]\n \n', [None]),
        (b'[{"text": "a"}]\n[{"text": "b"}]', [None, "not valid JSON: something follows the array"]),
        (b" " * 600_000 + b'[{"text": "a"}]', [None]),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 5}', []),
        ('[{"text": "a"}]'.encode("utf-16"), ["UTF-16 text, expected JSON in UTF-8"]),
    ],
)
def test_what_stands_around_an_array(tmp_path: Path, data: bytes, expected: list[str | None]) -> None:
    assert [a.error for a in articles(tmp_path, "d.json", data)] == expected


def test_names_may_be_nested(tmp_path: Path) -> None:
    def author(value: Any) -> str | None:
        (article,) = articles(tmp_path, "d.jsonl", json.dumps({"text": "a", "author": value}).encode())
        assert article.error is None
        return article.author

    assert author(["Ada Holm", {"name": "Piet Brandt"}, {"url": "x"}, " "]) == "Ada Holm, Piet Brandt"
    assert author({"name": ["Ada", ["Piet"]]}) == "Ada, Piet"
    assert author("\ud800 Ada") == "\ufffd Ada"
    deep: Any = "Ada"
    for _ in range(400):
        deep = [deep]
    assert author(deep) is None


def test_zstandard(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    packed = zstandard.compress(JSONL[:200]) + zstandard.compress(JSONL[200:])
    assert told(articles(tmp_path, "d.jsonl.zst", packed)) == EXPECTED
    assert told(articles(tmp_path, "d", packed)) == EXPECTED
    for cut in range(4, len(packed), 7):
        found = [a.error for a in articles(tmp_path, "d.jsonl.zst", packed[:cut])]
        assert found[-1] == "zstandard data ends early" or cut == len(zstandard.compress(JSONL[:200])), cut
    # Some packers, that work with several threads, begin with a frame that holds no data.
    assert told(articles(tmp_path, "d.jsonl.zst", b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + packed)) == EXPECTED


def test_rows_say_where_they_begin(tmp_path: Path) -> None:
    assert [a.source_line for a in articles(tmp_path, "d.csv", table())] == [2, 5]


def test_broken_rows(tmp_path: Path) -> None:
    data = b"id,text\n1,one\n2\n3,three,more\n4,caf\xe9\n5,\n"
    found = articles(tmp_path, "d.csv", data)
    assert [(a.record, a.source_line, a.source, a.error, a.note) for a in found] == [
        (0, 2, "one", None, None),
        (1, 3, "", "1 fields, expected 2", None),
        (2, 4, "", "3 fields, expected 2", None),
        (3, 5, "café", None, "not valid UTF-8; read as cp1252"),
        (4, 6, "", "no text: expected one of text, content, body, maintext, article, raw_content", None),
    ]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("d.csv", b"a,b\n1,2\n", "no row of names with a text: found a, b; say which with --field text=NAME"),
        ("d.csv", b"", "no row of names with a text: found nothing; say which with --field text=NAME"),
        ("d.csv", b"text\0,b\n", "looks like a binary file (NUL bytes)"),
        ("d.json", b'{"a": ', "not valid JSON: expecting value at column 7"),
        ("d.json", b'["a", 1', "not valid JSON: the array ends early"),
        ("d.json", b'{"a": 1}', "no text: expected one of text, content, body, maintext, article, raw_content"),
        ("d.gz", b"nothing", "not gzip data, though its name ends in .gz"),
        ("d.csv.zst", b"nothing", "not zstd data, though its name ends in .zst"),
        ("d.parquet", b"PAR1 and nothing else", None),
        ("d.rss", b"<p>no feed</p>", "neither RSS nor Atom"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, data: bytes, error: str | None) -> None:
    if name.endswith((".parquet", ".rss")):
        pytest.importorskip("pyarrow" if "parquet" in name else "feedparser")
    last = articles(tmp_path, name, data)[-1]
    assert last.error == error if error else (last.error or "").startswith("damaged Parquet: ")


def test_lines_and_elements_that_are_too_long(tmp_path: Path) -> None:
    long = json.dumps([{"text": "a"}, {"text": "b" * 500_000}, {"text": "c"}]).encode()
    assert [(a.source, a.error) for a in articles(tmp_path, "d.json", long, max_size=1000)] == [
        ("a", None), ("", "longer than 1000 bytes"), ("c", None),
    ]  # fmt: skip
    rows = b"text\na\n" + b"b" * 500_000 + b"\nc\n"
    assert [a.error for a in articles(tmp_path, "d.csv", rows, max_size=1000)] == [None, "line longer than 1000 bytes"]


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    rows = b'text\na\n"b\n' + b"c,c\n" * 100_000
    assert [a.error for a in articles(tmp_path, "d.csv", rows, max_size=1000)] == [
        None, "row longer than 1000 bytes: is a quotation mark never closed?",
    ]  # fmt: skip
    # Each line closes one field and opens the next, and none of them is long.
    rows = b'text,b\na,b\n"a\n' + b'","\n' * 100_000
    assert [a.error for a in articles(tmp_path, "d.csv", rows, max_size=1000)] == [
        None, "row longer than 1000 bytes: is a quotation mark never closed?",
    ]  # fmt: skip
    rows = b'text\na\n"b\n'
    assert [a.error for a in articles(tmp_path, "d.csv", rows)] == [
        None, "the table ends within quotation marks: is one never closed?",
    ]  # fmt: skip


@pytest.mark.parametrize("data", [ARRAY, JSONL, gzip.compress(ARRAY), table()], ids=["json", "jsonl", "gzip", "csv"])
def test_a_pipe_gives_its_parts_one_by_one(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    class Pipe(io.RawIOBase):
        at = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            part = data[self.at : self.at + 1]
            buffer[: len(part)] = part
            self.at += 1
            return len(part)

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BufferedReader(Pipe())))
    name = "d.csv" if data == table() else None
    assert told(list(read(Source("-", None), ReadOptions(), stdin_name=name))) == EXPECTED


def test_archives_that_never_end(tmp_path: Path) -> None:
    bomb = gzip.compress(b'{"text": "a"}\n' + b" " * (1 << 22)) + gzip.compress(b" " * (1 << 22)) * 74
    assert articles(tmp_path, "d.jsonl.gz", bomb)[-1].error == "gzip data unpacks to more than 1,000 times its size"


def test_missing_libraries_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pyarrow", "fastwarc.warc", "zstandard", "feedparser"):
        monkeypatch.setitem(__import__("sys").modules, library, None)
    heads = {"d.parquet": b"PAR1", "d.warc": b"WARC/1.0", "d.rss": b"<rss>", "d.csv.zst": b"\x28\xb5\x2f\xfd"}
    found = {name: articles(tmp_path, name, data)[0].error for name, data in heads.items()}
    assert found == {
        "d.parquet": "reading Parquet needs pyarrow: pip install 'newslint[parquet]'",
        "d.warc": "reading WARC needs fastwarc: pip install 'newslint[warc]'",
        "d.rss": "reading feeds needs feedparser: pip install 'newslint[feeds]'",
        "d.csv.zst": "reading Zstandard data needs zstandard: pip install 'newslint[zstd]'",
    }
