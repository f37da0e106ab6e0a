"""Workers that die, are interrupted or lose the run that has started them: what was done is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import RULE, Newslint, prose

DIED = "internal error: the process that linted this article died (out of memory?)"
CODE = """\
import os

def fatal(analysis, options):
    if analysis.text.startswith("Kill"):
        os._exit(9)
    return iter(())
"""


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
