import gzip
import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from linter import readers
from linter.model import Article
from linter.readers import ReadOptions, Source, article_from_text, read, reader_for


def _read(tmp_path: Path, name: str, data: bytes, options: ReadOptions | None = None) -> list[Article]:
    file = tmp_path / name
    file.write_bytes(data)
    return list(read(Source(name, file), options or ReadOptions()))


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("a.txt", "text"), ("a.TEXT", "text"), ("x/a.md", "markdown"), ("a.mdx", "markdown"),
        ("a.b.markdown", "markdown"), ("a.jsonl", "jsonl"), ("a.ndjson.gz", "jsonl"), ("a.htm", "html"),
        ("C:\\a.xhtml", "html"), ("a.gz", None),
        ("README", None), ("a.md/b", None), ("", None),
    ],
)  # fmt: skip
def test_reader_for(name: str, reader: str | None) -> None:
    assert reader_for(name) == reader


def test_whole_files(tmp_path: Path) -> None:
    text = "# One\r\n\r\nTwo."
    (plain,) = _read(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode())
    assert plain == Article(text=text, source=text, path="a.txt")
    (post,) = _read(tmp_path, "a.md", b"\xef\xbb\xbf" + text.encode())
    expected = article_from_text(text, "markdown", path="a.md")
    assert post == expected
    assert (post.text, post.source, post.profile) == ("One\n\nTwo.", text, "markdown")
    assert _read(tmp_path, "empty.txt", b"") == [Article(text="", source="", path="empty.txt")]
    assert _read(tmp_path, "empty.md", b"\xef\xbb\xbf")[0].error is None


@pytest.mark.parametrize(
    ("data", "profile", "text"),
    [
        (b" \n<!DOCTYPE HTML><p>a", "html", "a"),
        (b"\xef\xbb\xbf<html><p>a", "html", "a"),
        (b"<htmlx>", "text", "<htmlx>"),
        (b'{"text": "a"}\n', "text", "a"),
        (gzip.compress(b'{"text": "a"}\n', mtime=0), "text", "a"),
        (b'{"text": "%s"}' % (b"a" * 200_000), "text", "a" * 200_000),
        (b'{\n"text": "a"}', "text", "a"),
        (b"{a}", "text", "{a}"),
        (b"# a", "text", "# a"),
        (b"", "text", ""),
    ],
)
def test_unknown_names_are_read_by_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, profile: str, text: str
) -> None:
    (article,) = _read(tmp_path, "README", data)
    assert (article.profile, article.text, article.error) == (profile, text, None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]
    (piped,) = read(Source("-", None), ReadOptions())
    article.path = "-"
    assert piped == article


def test_the_name_of_standard_input_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(b"# *a*"))))  # type: ignore[arg-type]
    (article,) = read(Source("-", None), ReadOptions(), stdin_name="posts/a.md")
    assert (article.path, article.profile, article.text) == ("posts/a.md", "markdown", "a")


def test_errors(tmp_path: Path) -> None:
    def error(name: str, data: bytes, size: int = 1 << 20) -> list[Article]:
        return _read(tmp_path, name, data, ReadOptions(max_size=size))

    def failed(name: str, message: str) -> list[Article]:
        return [Article(text="", source="", path=name, error=message)]

    assert error("a.txt", b"a" * 2049, 2048) == failed("a.txt", "larger than 2 KiB")
    assert error("a.txt", b"a" * 2048, 2048)[0].error is None
    assert error("a.md", b"a\0b") == failed("a.md", "looks like a binary file (NUL bytes)")
    assert list(read(Source("x", tmp_path), ReadOptions())) == failed("x", "is a directory")
    assert list(read(Source("x", tmp_path / "x"), ReadOptions())) == failed("x", "no such file or directory")
    os.mkfifo(tmp_path / "pipe")
    assert list(read(Source("pipe", tmp_path / "pipe"), ReadOptions())) == failed("pipe", "not a regular file")
    assert list(read(Source("x", Path("/dev/null")), ReadOptions())) == failed("x", "not a regular file")


def test_the_encoding_that_was_assumed_is_said(tmp_path: Path) -> None:
    (article,) = _read(tmp_path, "a.md", b"caf\xe9 *x*")
    assert (article.text, article.note) == ("café x", "not valid UTF-8; read as cp1252")


@pytest.mark.parametrize(
    "unit", ["[", "![", "*a ", "_a_b", "`a``b", "<a '", "<!--", "{{ ", "{% ", "> ", "- ", "|a|\n", "&a;"]
)
def test_hostile_sources_take_linear_time(unit: str) -> None:
    """Each takes milliseconds; with anything quadratic it would be minutes."""
    for profile in ("markdown", "html"):
        article_from_text(unit * 20_000, profile)  # type: ignore[arg-type]


def test_a_new_format_is_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shout.py").write_text(
        "from linter.model import Article\n"
        "SUFFIXES = ('.shout',)\n"
        "def read(stream, path, options):\n"
        "    text = stream.read().decode().upper()\n"
        "    yield Article(text=text, source=text, path=path)\n"
        "    raise RuntimeError('hoarse')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(readers, "__path__", [*readers.__path__, str(tmp_path)])
    readers.suffixes.cache_clear()
    try:
        first, second = _read(tmp_path, "a.shout", b"hey")
        assert first == Article(text="HEY", source="HEY", path="a.shout")
        assert second.error == "internal error while reading: RuntimeError: hoarse"
    finally:
        readers.suffixes.cache_clear()
        sys.modules.pop("linter.readers.shout")


def test_nothing_heavy_is_loaded_until_a_file_needs_it() -> None:
    script = "import sys; from linter.readers import discover; discover.suffixes(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not {"markdown_it", "yaml", "pathspec", "html", "gzip", "json", "tomllib"} & set(run.stdout.split())
