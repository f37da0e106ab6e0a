"""Parts of inputs: whatever their size and wherever they are read, they give what reading the inputs gives."""

from __future__ import annotations

import io
import os
import pickle
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import everyformat
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.answers import lint_part, linted_of
from linter.cli.inputs import Inputs
from linter.config import Config
from linter.configfile import Resolver
from linter.model import Article
from linter.parallel import Linted, Linters, lint
from linter.parts import Part, behind, lint_parts
from linter.readers import ReadOptions, Source, articles_in, divide, html, inputs, jsonl, read
from linter.readers.discover import Problem
from linter.readers.inputs import failed, size_name
from linter.readers.jsonl import decode_json
from linter.readers.pieces import Here
from linter.readers.records import RecordError, Records

Told = tuple[Any, ...]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An input of every format."""
    made = tmp_path_factory.mktemp("every-format")
    everyformat.write(made)
    return made


def files(folder: Path) -> list[Source]:
    return [Source(str(path.relative_to(folder)), path) for path in sorted(folder.rglob("*")) if path.is_file()]


def names(folder: Path) -> list[str]:
    return [source.path for source in files(folder)]


def plain(value: object) -> object:
    """A record with rows of tables as objects."""
    return value.batch.slice(value.row, 1).to_pylist() if hasattr(value, "batch") else value


def told(articles: list[Article]) -> list[Told]:
    return [(*msgspec.structs.astuple(msgspec.structs.replace(one, raw=None)), plain(one.raw)) for one in articles]


@pytest.mark.parametrize("size", [0, 1, 300, 5000, 1 << 20])
@pytest.mark.parametrize("keep", [False, True])
def test_the_pieces_of_an_input_are_the_input(folder: Path, size: int, keep: bool) -> None:
    options, several = ReadOptions(piece=size, keep=keep), set[str]()
    for source in files(folder):
        whole = told(list(read(source, options)))
        assert len(whole) or source.path == "empty.jsonl"
        found: list[Article] = []
        for number, piece in enumerate(divide(source, options)):
            again = piece if isinstance(piece, Here) else pickle.loads(pickle.dumps(piece))
            found += articles_in(again, options)
            if number and not isinstance(piece, Here):
                several.add(source.path)
            if found and found[-1].error is not None and found[-1].record is None:
                break
        assert told(found) == whole, source.path
    divided = {"a.jsonl", "b.jsonl", "c.jsonl.gz", "cut.jsonl.gz", "tiny.jsonl", "e.parquet", "w.warc", "x.warc.gz"}
    if size:
        assert (divided & set(names(folder)) <= several) == (size < 1000)


@pytest.mark.parametrize("size", [1, 300, 1 << 20])
def test_articles_that_are_done_are_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(inputs, "PIECE", size)
    monkeypatch.chdir(folder)

    def found(done: int) -> list[Told]:
        ours = _Inputs(names(folder))
        return told([one for _, one in ours._in(behind(ours.parts(), done, ours.begin))])

    whole = found(0)
    assert len(whole) > 400
    random_ = random.Random(size)
    for done in (1, len(whole) - 1, len(whole), len(whole) + 1, *(random_.randrange(len(whole)) for _ in range(9))):
        assert found(done) == whole[done:], done


class _Inputs(Inputs):
    """All of some paths, with the problems among them."""

    def __init__(self, paths: list[str], resolver: Resolver | None = None, **options: Any) -> None:
        self.problems: list[Problem] = []
        super().__init__(paths, resolver or Resolver(isolated=True), problem=self.problems.append, **options)


RULES = Config(select=["INJ", "FTR"], time_limit=0)


def results(linted: Iterator[Linted]) -> list[tuple[Told, object, object]]:
    return [(told([one.article])[0], one.outcome, one.config.min_score) for one in linted]


def test_every_way_to_lint_parts_gives_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "PIECE", 700)
    monkeypatch.chdir(folder)
    paths = names(folder)
    (folder / "newslint.toml").write_text(
        "select = ['TPL', 'INJ005']\nfield = {id = 'url'}\n"
        "[[source]]\nhost = 'north.example'\nmin-score = 3\nignore = ['INJ005']\n"
        "[[source]]\nhost = ['deep.north.example', 'south.example']\nmin-score = 4\n"
    )

    def here(jobs: int) -> list[Any]:
        ours = _Inputs([*paths, *everyformat.MISSING], Resolver(), keep=True)
        done = results(lint_parts(ours.parts(here=jobs == 1), Linters(), jobs, ours.begin))
        assert [problem.path for problem in ours.problems] == [*everyformat.MISSING]
        assert ours.read == sum((folder / path).stat().st_size for path in paths)
        return done

    def as_engines_do() -> Iterator[Linted]:
        """Every part for itself: nothing is there but what travels."""
        ended = -1
        for part in _Inputs(paths, Resolver(), keep=True).parts():
            assert part is not None
            if part.input == ended:
                continue
            if isinstance(part.piece, Here):
                yield from lint(part.articles(), Linters(), 1)
                continue
            for answer in lint_part(pickle.loads(pickle.dumps(part))):
                for linted in linted_of(part, answer):
                    yield linted
                    if linted.article.error is not None and linted.article.record is None and part.input is not None:
                        ended = part.input

    try:
        one = here(1)
        assert {minimum for _, _, minimum in one} == {None, 3, 4}
        assert here(2) == one
        assert here(3) == one
        assert results(as_engines_do()) == one
    finally:
        (folder / "newslint.toml").unlink()


def test_what_is_said_once_is_said_of_the_first_article(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "PIECE", 1)
    monkeypatch.setattr("linter.readers._maintext.available", lambda: False)
    monkeypatch.chdir(folder)
    for jobs in (1, 2):
        ours = _Inputs(["pages", "posts"])
        found = [one.article for one in lint_parts(ours.parts(here=jobs == 1), Linters(), jobs, ours.begin)]
        notes = [(one.path, one.note) for one in found if one.note]
        said = "all of a page counts as its article; with pip install 'newslint[html]' menus and footers don't"
        assert notes[0] == ("pages/00.html", said)
        assert [note for _, note in notes[1:]] == ["not valid UTF-8; read as cp1252"] * 2


def _change(file: Path, how: str) -> None:
    if how == "deleted":
        file.unlink()
    elif how == "shortened":
        os.truncate(file, file.stat().st_size // 2)
    else:
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data.replace(b"ferry", b"Ferry"))


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [
        ("a.jsonl", "deleted", "no such file or directory"),
        ("a.jsonl", "shortened", "became shorter while it was read"),
        ("e.parquet", "deleted", "damaged Parquet: [Errno 2] "),
        ("e.parquet", "shortened", "damaged Parquet: it has changed while it was read"),
        ("e.parquet", "rewritten", "damaged Parquet: it has changed while it was read"),
    ],
)
def test_a_file_that_changes_before_its_parts_are_read(tmp_path: Path, name: str, how: str, said: str) -> None:
    if name == "e.parquet":
        pytest.importorskip("pyarrow")
    everyformat.write(tmp_path)
    ours = _Inputs([str(tmp_path / name), str(tmp_path / "b.jsonl")])
    inputs_options = ReadOptions(piece=300)
    parts = []
    for number in (name, "b.jsonl"):
        source = Source(number, tmp_path / number)
        parts += list(ours.parts([(RULES, source)]))
    pieces = list(divide(Source(name, tmp_path / name), inputs_options))
    assert len(pieces) > 1
    _change(tmp_path / name, how)
    first = list(articles_in(pieces[-1], inputs_options))
    assert [(one.path, one.record) for one in first] == [(name, None)]
    assert (first[0].error or "").startswith(said)
    found = [one.article for one in lint_parts(parts, Linters(), 2)]
    assert [one.path for one in found].count(name) == 1  # the input is at its end with the first failure
    assert [one.path for one in found].count("b.jsonl") > 10


# ---- the lines of a dump -------------------------------------------------------------------------------------------

ATOMS = [
    b'{"text": "a"}', b'{"text": "bb", "id": 3}', b"\n", b"\n", b"\n", b"\r\n", b" ", b"\t", b"{", b'{"text": 1}',
    b'{"a": 1', b"\xe9", b"\0", b"x" * 15, b"y" * 40, b"\x0b\x0c", b"\xef\xbb\xbf", b"\xff\xfe",
]  # fmt: skip


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = io.BytesIO(data), size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._data.read(min(self._size, len(buffer)))
        buffer[: len(data)] = data
        return len(data)


def line_by_line(data: bytes, options: ReadOptions) -> list[Article]:
    """What a dump holds, read in the plainest way."""

    def load(line: bytes) -> tuple[Any, str | None]:
        if len(line) - line.endswith(b"\n") > options.max_size + 3 * (line is first and marked):
            raise RecordError(f"line longer than {size_name(options.max_size)}")
        return decode_json(line)

    lines = io.BytesIO(data).readlines()
    marked = False
    first = lines[0] if lines else b""
    if lines and len(first) - first.endswith(b"\n") <= options.max_size:
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):
            return [failed("d", "UTF-16 text, expected JSON lines in UTF-8")]
        if b"\0" in first:
            return [failed("d", "looks like a binary file (NUL bytes)")]
        marked = first.startswith(b"\xef\xbb\xbf")
        first = lines[0] = first.removeprefix(b"\xef\xbb\xbf")
    records, found = Records("d", options), list[Article]()
    for number, line in enumerate(lines, 1):
        if line.strip() or len(line) - line.endswith(b"\n") > options.max_size:
            found.append(records.read(load, line, len(found), number))
    return found


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(ATOMS), max_size=25).map(b"".join),
    st.sampled_from([5, 14, 20, 30, 1000]),
    st.sampled_from([0, 1, 10, 40, 1000]),
    st.integers(1, 50),
)
def test_lines_are_the_same_however_they_are_cut(data: bytes, limit: int, size: int, read_size: int) -> None:
    options = ReadOptions(max_size=limit, piece=size)
    expected = line_by_line(data, options)

    def stream() -> io.BufferedReader:
        return io.BufferedReader(Trickle(data, read_size), 16)

    assert list(jsonl.read(stream(), "d", options)) == expected
    found: list[Article] = []
    for piece in jsonl.divide(stream(), "d", options):
        articles = list(piece.articles(options))
        assert piece.count(options) == (len(articles), False)
        assert [list(piece.articles(options, skip)) for skip in range(len(articles) + 1)] == [
            articles[skip:] for skip in range(len(articles) + 1)
        ]
        assert [piece.unread(number, "x").record for number in range(len(articles))] == [
            article.record for article in articles
        ]
        found += articles
    assert found == expected


# ---- processes that die --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_process_that_dies_of_reading_takes_one_article_down(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    whole: Callable[..., Article] = html.parse
    parent = os.getpid()

    def deadly(source: str, path: str = "-", options: ReadOptions | None = None) -> Article:
        if "Ferry 7" in source and os.getpid() != parent:
            os._exit(9)
        return whole(source, path, options)

    monkeypatch.chdir(folder)
    names = ["pages/06.html", "pages/07.html", "pages/08.html", "tiny.jsonl"]
    if (folder / "w.warc").exists():
        names.append("w.warc")
    ours = _Inputs(names)
    expected = {one.path + str(one.record): one for _, one in ours.articles()}
    monkeypatch.setattr(html, "parse", deadly)
    ours = _Inputs(names)
    found = [one.article for one in lint_parts(ours.parts(), Linters(), jobs, ours.begin)]
    assert [one.path + str(one.record) for one in found] == list(expected)
    died = [one for one in found if one != expected[one.path + str(one.record)]]
    said = "internal error: the process that linted this article died (out of memory?)"
    assert [(one.path, one.record, one.error) for one in died] == [
        ("pages/07.html", None, said), *([("w.warc", 8, said)] if "w.warc" in names else []),
    ]  # fmt: skip


def test_parts_can_be_taken_apart(folder: Path) -> None:
    ours = _Inputs([str(folder / "a.jsonl")])
    (part,) = [part for part in ours.parts() if part is not None]
    whole = told([one for _, one in part.articles()])
    count = len(whole)
    assert part.count() == (count, False)
    for number in range(count):
        assert told([one for _, one in part.only(number).articles()]) == whole[number : number + 1]
        assert told([one for _, one in part.behind(number).articles()]) == whole[number:]
        assert part.behind(number).count() == (count - number, False)
        assert part.behind(number).only(0).count() == (1, False)
    again: Part = pickle.loads(pickle.dumps(part.behind(2)))
    assert told([one for _, one in again.articles()]) == whole[2:]
    assert again.settings is pickle.loads(pickle.dumps(part)).settings
