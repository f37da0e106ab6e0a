"""A folder of hostile inputs: each is told in one clear line or read, none stops, crashes or delays the others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from types import FrameType

import pytest
from click.testing import CliRunner

from linter.cli.main import main
from linter.readers import ReadOptions, Source, read

from .hostile import RECORD, Hostile, blanks_in_gzip, every, page, place, sparse, table

HOSTILE = list(every())
FARM = Path(__file__).parents[2] / "fixtures" / "farm"
KEYS = ("rule", "severity", "start", "end", "text")
MEASURED = """\
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=sys.stdin, capture_output=True)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> (20 if sys.platform == "darwin" else 10)
print(json.dumps([done.returncode, done.stdout.decode(), done.stderr.decode(), most]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the hostile inputs, and one good article."""
    made = tmp_path_factory.mktemp("hostile")
    (made / "good.txt").write_bytes((FARM / "article.txt").read_bytes())
    for hostile in HOSTILE:
        place(hostile, made)
    return made


@pytest.fixture
def quick() -> Iterator[None]:
    """A test that takes longer than 20 seconds fails."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        pytest.fail("still reading after 20 seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 20)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def run(caches: Path, folder: Path, *arguments: str, data: Iterator[bytes] | None = None) -> tuple[int, str, str, int]:
    """Exit code, stdout, stderr and the peak of memory (MiB) of `newslint check` in a folder; at most 60 seconds."""
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "linter", "check", "--isolated", *arguments]
    environment = os.environ | {"NEWSLINT_CACHE_DIR": str(caches), "PYTHONPATH": str(FARM.parents[1])}
    stdin = subprocess.PIPE if data else subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=stdin, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        late = Timer(60, os.killpg, (process.pid, signal.SIGKILL))
        late.start()
        try:
            if process.stdin:
                with suppress(BrokenPipeError), process.stdin:
                    for part in data or ():
                        process.stdin.write(part)
                process.stdin = None
            out, _ = process.communicate()
        finally:
            late.cancel()
    assert process.returncode == 0, "stopped after 60 seconds"
    code, told, err, most = json.loads(out)
    assert "Traceback" not in err
    assert "internal error" not in err + told
    return code, told, err, most


def in_process(*arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `newslint check` with one rule: all that matters is the reading."""
    common = ["check", "--isolated", "--format", "jsonl", "--select", "INJ005", "--max-bad-records", "0"]
    done = CliRunner().invoke(main, [*common, *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout, done.stderr


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 60
    assert len({hostile.name for hostile in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: ascii(hostile.name)[1:-1])
def test_each_alone(folder: Path, monkeypatch: pytest.MonkeyPatch, quick: None, hostile: Hostile) -> None:
    monkeypatch.chdir(folder)
    code, out, err = in_process("up/good.txt" if hostile.name == "up" else hostile.name)
    assert code == hostile.code, err
    told = [line for line in err.splitlines() if line.startswith(hostile.shown)]
    assert "internal error" not in err
    assert "\x1b" not in out + err
    if hostile.said is None:
        assert told == []
    else:
        assert any(hostile.said in line for line in told), err
    verdicts = [json.loads(line) for line in out.splitlines()]
    assert [verdict["error"] for verdict in verdicts if verdict["error"] and hostile.code == 0] == []


@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_all_of_them_at_once(folder: Path, caches: Path, jobs: str) -> None:
    names = [hostile.name for hostile in HOSTILE if hostile.name != "up"]
    code, out, err, most = run(caches, folder, ".", *names, "good.txt", "--format", "jsonl", "--jobs", jobs)
    assert code == 2
    verdicts = [json.loads(line) for line in out.splitlines()]
    (good,) = [verdict for verdict in verdicts if verdict["path"] == "good.txt"]
    expected = [json.loads(line) for line in (FARM / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{key: finding[key] for key in KEYS} for finding in good["findings"]] == expected
    lines = err.splitlines()
    unnamed = [one.name for one in HOSTILE if one.code == 2 and not any(line.startswith(one.shown) for line in lines)]
    assert unnamed == []
    assert "\x1b" not in err
    assert most < 1000  # that of the articles of a million words; the bombs by themselves are measured below


def test_nothing_outside_a_feed_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("feedparser")
    monkeypatch.chdir(folder)
    (folder / "elsewhere.rss").write_text(
        "<rss version='2.0'><channel><item><title>Secret</title></item></channel></rss>"
    )
    (folder / "path.rss").write_text(str(folder / "elsewhere.rss"))
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{folder}/elsewhere.rss">]>'
    (folder / "entity.rss").write_text(
        f"{entity}<rss version='2.0'><channel><item><title>&x;</title></item></channel></rss>"
    )
    assert "Secret" in in_process("elsewhere.rss")[1]
    for name in ("path.rss", "entity.rss"):
        assert "Secret" not in in_process(name)[1], name


@pytest.mark.parametrize("name", ["dump.jsonl", "dump.csv", "dump.json", "dump.parquet", "dump.warc", "dump.rss"])
@pytest.mark.parametrize("how", ["deleted", "shortened", "overwritten"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, quick: None, name: str, how: str) -> None:
    library = {"dump.parquet": "pyarrow", "dump.warc": "fastwarc", "dump.rss": "feedparser"}.get(name)
    if library:
        pytest.importorskip(library)
    count = 2000
    data = {
        "dump.jsonl": lambda: RECORD * count,
        "dump.csv": lambda: b"text\n" + b"The ferry leaves from the new pier on Monday.\n" * count,
        "dump.json": lambda: b"[" + RECORD + (b"," + RECORD) * (count - 1) + b"]",
        "dump.parquet": lambda: table({"text": [f"Ferry {n}" for n in range(count)]}, row_group_size=100),
        "dump.warc": lambda: page(b"<p>The ferry leaves.</p>") * count,
        "dump.rss": lambda: (
            b"<rss version='2.0'><channel>" + b"<item><title>a</title></item>" * count + b"</channel></rss>"
        ),
    }[name]()
    file = tmp_path / name
    file.write_bytes(data)
    articles = read(Source(name, file), ReadOptions())
    assert next(articles).error is None
    if how == "deleted":
        file.unlink()
    elif how == "shortened":
        os.truncate(file, len(data) // 3)
    else:
        with file.open("r+b") as over:
            over.write(b"\xff\xfe\0 something else \n" * (len(data) // 20))
    rest = list(articles)
    assert [one.error for one in rest if one.error and "internal" in one.error] == []
    if how == "deleted":  # whoever has a file open still reads all of it
        assert [one.error for one in rest] == [None] * (count - 1)
    else:
        assert len(rest) <= count + len(data) // 20


def test_a_file_that_is_gone_before_its_turn(tmp_path: Path) -> None:
    (gone,) = read(Source("a.txt", tmp_path / "a.txt"), ReadOptions())
    assert gone.error == "no such file or directory"


def endless(mebibytes: int) -> Iterator[bytes]:
    """A line without end, in parts of a mebibyte."""
    part = b" " * (1 << 20)
    yield b'{"text": "'
    for _ in range(mebibytes):
        yield part


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.md", "a.html", "a.json", "a.csv", "a.rss", "a.warc", "-"])
def test_a_line_of_a_gigabyte_on_standard_input(tmp_path: Path, caches: Path, name: str) -> None:
    (tmp_path / "good.txt").write_bytes((FARM / "article.txt").read_bytes())
    code, out, err, most = run(
        caches, tmp_path, "-", "good.txt", "--format", "jsonl", "--stdin-filename", name, data=endless(1024)
    )
    assert code == 2
    assert [json.loads(line)["score"] is not None for line in out.splitlines() if '"path":"good.txt"' in line] == [True]
    assert len([line for line in err.splitlines() if line.startswith(name)]) in (1, 2)  # one is of the share of records
    assert most < 300


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.txt", "a.json", "a.csv", "a.parquet", "a.rss", "b.jsonl.gz", "c.parquet"]
)
def test_a_gigabyte_that_takes_no_room(tmp_path: Path, caches: Path, name: str) -> None:
    if name == "b.jsonl.gz":
        (tmp_path / name).write_bytes(b"".join([blanks_in_gzip(240), RECORD, blanks_in_gzip(800)]))
    elif name == "c.parquet":
        pytest.importorskip("pyarrow")
        (tmp_path / name).write_bytes(table({"text": [" " * (1 << 24)] * 12}))  # one value, and 64 times its number
    else:
        sparse(1 << 30)(tmp_path / name)
    code, _, err, most = run(caches, tmp_path, name, "--format", "jsonl", "--select", "INJ005")
    assert most < 300, (name, most)
    assert code == (0 if name == "c.parquet" else 2), err


@pytest.mark.slow
def test_a_million_words_without_a_line_break(tmp_path: Path, caches: Path) -> None:
    (tmp_path / "a.txt").write_text("word and so on " * 250_000)
    code, out, _, most = run(caches, tmp_path, "a.txt", "--format", "jsonl")
    assert (code, json.loads(out)["words"]) == (0, 1_000_000)
    assert most < 1500
