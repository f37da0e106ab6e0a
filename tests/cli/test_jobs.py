"""Several processes: the same output as from one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import everyformat
import pytest

from linter import annotating
from linter.readers import inputs
from linter.reports import format_names

from .conftest import Newslint

MISSING = everyformat.MISSING[1]


@pytest.fixture
def every(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An input of every format in the project, and paths that are not there.

    What can be divided is read in parts of a few records; articles of some sites are linted otherwise than the others.
    """
    monkeypatch.setattr(inputs, "PIECE", 600)
    with (project / "newslint.toml").open("a") as file:
        file.write("[[source]]\nhost = 'deep.north.example'\nignore = ['TST001']\nunscored = 'pass'\n")
        file.write("[[source]]\nhost = 'north.example'\nfail-on = 'warning'\n")
        file.write("[[per-path]]\npaths = ['pages/0*']\nfail-on = 'info'\n")
    paths = everyformat.write(project)
    between = ["posts/03.txt", everyformat.MISSING[0], "posts/04.md"]
    return [*paths[:9], *between, *(path for path in paths[9:] if path not in between), "posts", "pages", MISSING]


@pytest.mark.slow
def test_every_format_with_every_report(newslint_here: Newslint, every: list[str]) -> None:
    for format in [*format_names(), "statistics", "show"]:
        flags = {"statistics": ["--statistics"], "show": ["--show", "TST001", "--limit", "1000"]}
        shown = flags.get(format, ["--format", format])
        one, two = (newslint_here("check", *every, *shown, "--jobs", jobs, "--explain-score") for jobs in ("1", "2"))
        assert (two.code, two.out, two.err) == (one.code, one.out, one.err), format
        assert one.code == 2
        assert len(one.out) > 300, format


def test_every_format_in_their_order(newslint_here: Newslint, every: list[str]) -> None:
    ran = newslint_here("check", *every, "--format", "jsonl", "--jobs", "2", "--max-bad-records", "1")
    verdicts = [json.loads(line) for line in ran.out.splitlines()]
    paths = list(dict.fromkeys(verdict["path"] for verdict in verdicts))
    assert [path for path in paths if "/" not in path] == [
        path for path in every if "/" not in path and path not in ("posts", "pages", "empty.jsonl")
    ]
    assert [path for path in paths if "/" in path] == [path for path in every if "/" in path]
    assert paths[paths.index("posts/03.txt") :][:3] == ["posts/03.txt", "gone.txt", "posts/04.md"]
    for path in paths:
        records = [one["record"] for one in verdicts if one["path"] == path and one["record"] is not None]
        assert records == list(range(len(records))), path
        failures = [one["error"] for one in verdicts if one["path"] == path and one["record"] is None and one["error"]]
        assert len(failures) <= 1, path
    beginnings = ("gone", "cut.jsonl.gz: ", "nul.jsonl", "utf-16.jsonl")
    assert [line for line in ran.err.splitlines() if line.startswith(beginnings)] == [
        "cut.jsonl.gz: not valid UTF-8; read as cp1252",
        "cut.jsonl.gz: gzip data ends early",
        "nul.jsonl: looks like a binary file (NUL bytes)",
        "utf-16.jsonl: UTF-16 text, expected JSON lines in UTF-8",
        *(f"{name}: no such file or directory" for name in everyformat.MISSING),
    ]


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_annotated_records_are_the_same_bytes(
    newslint_here: Newslint, project: Path, every: list[str], name: str
) -> None:
    if name == "out.parquet":
        pytest.importorskip("pyarrow")
    wanted = []
    for jobs in ("1", "2", "3"):
        ran = newslint_here("check", *every, "--annotate", name, "--jobs", jobs)
        wanted.append((ran.code, ran.out, ran.err.partition(" records in ")[0], (project / name).read_bytes()))
    assert wanted[1] == wanted[0]
    assert wanted[2] == wanted[0]
    assert wanted[0][0] == 2


def test_the_columns_of_a_table_are_the_same_bytes(newslint_here: Newslint, project: Path, every: list[str]) -> None:
    pytest.importorskip("pyarrow")
    for table in ("e.parquet", "one-group.parquet", "damaged.parquet"):
        found = []
        for jobs in ("1", "2"):
            newslint_here("check", table, "--annotate", "out.parquet", "--jobs", jobs)
            found.append((project / "out.parquet").read_bytes())
        assert found[0] == found[1], table


@pytest.mark.slow
@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_a_run_over_every_format_is_gone_on_with(
    newslint_here: Newslint, project: Path, every: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "out.parquet":
        pytest.importorskip("pyarrow")
    monkeypatch.setattr(annotating, "SEGMENT_RECORDS", 23)
    whole = newslint_here("check", *every, "--annotate", f"whole-{name}")
    commit, left = annotating.Annotating.commit, 0

    def cut(self: annotating.Annotating, totals: Any) -> None:
        nonlocal left
        commit(self, totals)
        left -= 1
        if not left:
            raise KeyboardInterrupt

    monkeypatch.setattr(annotating.Annotating, "commit", cut)
    codes = []
    for number in range(60):
        left = number % 3 + 1
        jobs = "12"[number % 2]
        ran = newslint_here("check", *every, "--annotate", name, "--resume", "--jobs", jobs)
        codes.append(ran.code)
        if ran.code != 130:
            break
        assert ran.err.splitlines()[-1].startswith("interrupted: ")
    assert codes[:-1] == [130] * (len(codes) - 1)
    assert len(codes) > 10
    assert codes[-1] == whole.code == 2
    assert ran.out == whole.out
    assert (project / name).read_bytes() == (project / f"whole-{name}").read_bytes()


def test_every_way_of_jobs_gives_the_same_output(newslint: Newslint, project: Path) -> None:
    records = [{"id": n, "text": f"Ferry {n}\n\nStray {('error', 'warning', 'info')[n % 3]}\n"} for n in range(150)]
    lines = [json.dumps(record) for record in records]
    lines[70] = "[]"
    (project / "dump.jsonl").write_text("\n".join(lines))
    one, two = (newslint("check", "dump.jsonl", "--format", "jsonl", "--jobs", jobs) for jobs in ("1", "2"))
    assert [json.loads(line)["record"] for line in one.out.splitlines()] == list(range(150))
    assert (one.code, one.out, one.err) == (two.code, two.out, two.err)


def test_a_line_that_is_too_long_is_one_bad_record(newslint_here: Newslint, project: Path) -> None:
    good = json.dumps({"text": "Stray error"}).encode()
    with (project / "dump.jsonl").open("wb") as file:
        file.write(b"\n".join([good, b'{"text": "' + b"a" * (40 << 20) + b'"}', good, b"", good]))
    one, two = (newslint_here("check", "dump.jsonl", "--format", "jsonl", "--jobs", jobs) for jobs in ("1", "2"))
    assert (two.code, two.out, two.err) == (one.code, one.out, one.err)
    verdicts = [json.loads(line) for line in two.out.splitlines()]
    assert [(v["record"], v["source_line"], v["error"]) for v in verdicts] == [
        (0, 1, None), (1, 2, "line longer than 16 MiB"), (2, 3, None), (3, 5, None),
    ]  # fmt: skip


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_processes_may_be_started_in_another_way(newslint: Newslint, project: Path, caches: Path, method: str) -> None:
    everyformat.write(project)
    paths = ["a.jsonl", "d.csv", "posts", "pages", "c.jsonl.gz"]
    script = (
        "import multiprocessing, sys\n"
        "from linter.cli.main import main\n"
        "if __name__ == '__main__':\n"
        f"    multiprocessing.set_start_method('{method}')\n"
        "    main(prog_name='newslint')\n"
    )
    (project / "other.py").write_text(script)
    arguments = ["check", *paths, "--format", "jsonl"]
    expected = newslint(*arguments)
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(caches), "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "other.py", *arguments, "--jobs", "2"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (expected.code, expected.out, expected.err)


@pytest.mark.parametrize("broken", ["select = ['NOPE999']\n", "select = [\n"])
def test_a_configuration_that_breaks_further_down_is_one_line(newslint: Newslint, project: Path, broken: str) -> None:
    (project / "a.jsonl").write_text('{"text": "Stray error"}\n' * 9)
    (project / "c" / "b").mkdir(parents=True)
    (project / "c" / "b" / "post.md").write_text("Ferry\n\nStray error\n")
    (project / "c" / "b" / "newslint.toml").write_text(broken)
    one, two = (newslint("check", "a.jsonl", "c", "--format", "concise", "--jobs", jobs) for jobs in ("1", "2"))
    assert (two.code, two.out, two.err) == (one.code, one.out, one.err)
    assert (one.code, one.out.count("a.jsonl#"), one.err.count("\n")) == (2, 9, 1)
    assert "c/b/newslint.toml" in one.err or "NOPE999" in one.err
