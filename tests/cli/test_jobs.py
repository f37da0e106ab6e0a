"""Several processes: the same output, also where one of them is killed; interrupts; and the progress line."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import everyformat
import pytest

from linter import annotating
from linter.readers import inputs
from linter.reports import format_names

from .conftest import RULE, Newslint, prose, read_all

MISSING = everyformat.MISSING[1]
DIED = "internal error: the process that linted this article died (out of memory?)"
CODE = """\
import os

def fatal(analysis, options):
    if analysis.text.startswith("Kill"):
        os._exit(9)
    return iter(())
"""


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


# ---- processes that die --------------------------------------------------------------------------------------------


@pytest.fixture
def deadly(project: Path) -> Path:
    """A project with a rule that kills the process on an article that begins with "Kill"."""
    rule = RULE.format(id="TST004", severity="info", end=11).replace("stray-info", "stray-death")
    kind = "  kind: python\n  function: death.fatal\n"
    rule = rule.replace("  kind: pattern\n  match: ['stray info']\n", kind)
    (project / "house-rules" / "death.yaml").write_text(rule)
    (project / "house-rules" / "death.py").write_text(CODE)
    with (project / "newslint.toml").open("a") as file:
        file.write("allow-python-rules = true\n")
    return project


def test_a_worker_that_dies_takes_only_its_article_down(newslint: Newslint, deadly: Path) -> None:
    texts = ["Stray error"] * 90
    texts[40] = "Kill the process"
    (deadly / "dump.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    ran = newslint("check", "dump.jsonl", "--format", "jsonl", "--jobs", "2", "--quiet")
    verdicts = [json.loads(line) for line in ran.out.splitlines()]
    assert [(v["record"], v["error"]) for v in verdicts] == [(n, DIED if n == 40 else None) for n in range(90)]
    assert {len(v["findings"]) for v in verdicts if v["record"] != 40} == {1}
    assert (ran.code, ran.err) == (2, f"dump.jsonl#40: {DIED}\n")


def test_many_that_die_take_nothing_else_down(newslint: Newslint, deadly: Path) -> None:
    deaths = {0, 1, 399, 400, 950, 1199}
    records = [
        {"id": f"r{n}", "title": "Ferry", "text": "Kill" if n in deaths else f"Ferry {n}\n\nStray error"}
        for n in range(1200)
    ]
    (deadly / "dump.jsonl").write_text("\n".join(map(json.dumps, records)))
    (deadly / "dump.csv").write_text(
        "text\n" + "".join(f"{'Kill' if n % 60 == 9 else 'Stray error'}\n" for n in range(99))
    )
    (deadly / "posts").mkdir()
    for number in range(140):
        (deadly / "posts" / f"{number:03}.md").write_text("Kill" if number % 70 == 5 else "Ferry\n\nStray error\n")
    ran = newslint("check", "dump.jsonl", "dump.csv", "posts", "--format", "jsonl", "--jobs", "2", "--quiet")
    verdicts = [json.loads(line) for line in ran.out.splitlines()]
    dead = [(v["path"], v["record"], v["source_line"], v["id"], v["title"]) for v in verdicts if v["error"] == DIED]
    assert dead == [
        *(("dump.jsonl", n, n + 1, f"r{n}", "Ferry") for n in sorted(deaths)),
        *(("dump.csv", n, n + 2, None, None) for n in (9, 69)),
        *((f"posts/{n:03}.md", None, None, None, None) for n in (5, 75)),
    ]
    assert [len(v["findings"]) for v in verdicts if v["error"] is None] == [1] * (1200 - 6 + 99 - 2 + 140 - 2)
    assert len(verdicts) == 1200 + 99 + 140
    assert ran.code == 2


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


# ---- interrupts ----------------------------------------------------------------------------------------------------


def _children(parent: int) -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent and fields[0] != "Z":
                found.add(int(entry.name))
    return found


def _alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists() and "Z" not in _state(pid)}


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


@pytest.fixture
def long(project: Path) -> Path:
    with (project / "dump.jsonl").open("w") as file:
        for number in range(30_000):
            file.write(json.dumps({"text": prose("Stray error") if number % 9 else "Stray error"}) + "\n")
    return project


@pytest.fixture
def running(long: Path, caches: Path) -> Iterator[tuple[subprocess.Popen[bytes], set[int]]]:
    """A run with two workers that is in the midst of its work."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("processes are looked for in /proc")
    command = [sys.executable, "-m", "linter", "check", "dump.jsonl", "--format", "json", "--jobs", "2"]
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(caches)}
    with subprocess.Popen(command, cwd=long, env=environment, stdout=-1, stderr=-1, start_new_session=True) as run:
        assert run.stdout is not None
        time.sleep(0.05)
        os.set_blocking(run.stdout.fileno(), True)
        first = run.stdout.read(2000)
        workers = _children(run.pid)
        assert first.startswith(b"{")
        assert len(workers) == 2
        yield run, workers
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)


@pytest.mark.parametrize("whom", ["the run", "all processes of the terminal"])
def test_an_interrupt_keeps_what_was_done(running: tuple[subprocess.Popen[bytes], set[int]], whom: str) -> None:
    run, workers = running
    started = time.monotonic()
    if whom == "the run":
        run.send_signal(signal.SIGINT)
    else:
        os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=20)
    assert run.returncode == 130
    assert time.monotonic() - started < 10
    assert _alive(workers) == set()
    assert b"Traceback" not in err
    assert b"rror:" not in err
    assert b'"interrupted":true' in out.replace(b" ", b"")[-2000:]


def test_workers_end_with_the_run_that_has_started_them(running: tuple[subprocess.Popen[bytes], set[int]]) -> None:
    run, workers = running
    run.kill()
    run.wait()
    waited = time.monotonic()
    while _alive(workers) and time.monotonic() - waited < 15:
        time.sleep(0.05)
    assert _alive(workers) == set()


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(running: tuple[subprocess.Popen[bytes], set[int]]) -> None:
    run, workers = running
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 1, err
    assert b"could not be read" not in err and b"died" not in err + out
    assert b"30,000 articles" in err


# ---- what comes as it is written -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("x.jsonl", [b'{"text": "Stray error"}\n' * 3, b'{"text": "Ferry"}\n', b'{"text": "Stray error"}\n']),
        ("x.csv", [b"text\n", b"Stray error\nFerry\n", b"Stray error\n"]),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_articles_are_linted_when_they_come(
    project: Path, caches: Path, name: str, lines: list[bytes], jobs: str
) -> None:
    command = [sys.executable, "-u", "-m", "linter", "check", "-", "--stdin-filename", name, "--format", "concise"]
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(caches)}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, "--jobs", jobs], cwd=project, env=environment, stdin=pipe, stdout=pipe, stderr=pipe
    ) as run:
        assert run.stdin and run.stdout
        late = Timer(30, run.kill)
        late.start()
        record = 0
        for line in lines:
            run.stdin.write(line)
            run.stdin.flush()
            for text in line.splitlines():
                if b"Stray error" in text:
                    said = run.stdout.readline()  # comes before any more is written
                    assert said.startswith(f"{name}#{record}:".encode())
                record += text != b"text"
        run.stdin.close()
        assert run.stdout.read() == b""
        assert run.wait(30) == 1
        late.cancel()


def test_progress_shows_on_a_terminal_after_a_second(project: Path) -> None:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "linter", "check", "-", "--stdin-filename", "x.jsonl", "--format", "concise"]
    pipe = subprocess.PIPE
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(command, cwd=project, stdin=pipe, stdout=pipe, stderr=terminal, env=environment) as process:
        os.close(terminal)
        assert process.stdin and process.stdout
        for _ in range(8):
            process.stdin.write(b'{"text": "Stray error"}\n')
            process.stdin.flush()
            time.sleep(0.25)
        process.stdin.close()
        lines = process.stdout.read().splitlines()
        seen = read_all(controller)
        assert process.wait(30) == 1
    os.close(controller)
    assert b"articles" in seen.partition(b"8 articles: 8 errors")[0]
    assert lines == [b"x.jsonl#%d:1:1: error TST001 'Stray error' is a stray error" % n for n in range(8)]
