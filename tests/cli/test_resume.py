"""`--resume`: a run that is killed, at whatever moment and however often, ends in the same bytes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from linter.journal import journal_path, read_journal

from .conftest import Newslint, prose

RECORDS = 5_400  # five segments, and a part of one


@pytest.fixture
def dump(project: Path) -> Path:
    path = project / "dump.jsonl"
    texts = ("Stray error", "Ferry\n\nStray warning", prose("Stray error"), prose())
    with path.open("w") as file:
        for number in range(RECORDS):
            line = json.dumps({"n": number, "text": texts[number % 4 if number % 50 < 4 else 1]})
            file.write(("{broken" if number == 777 else line) + "\n")
    return path


def command(*flags: str) -> list[str]:
    return [sys.executable, "-m", "linter", "check", "dump.jsonl", "--min-score", "99", *flags]


def killed(arguments: list[str], folder: Path, journal: Path, environment: dict[str, str]) -> bool:
    """Run it, and kill it once its journal has grown; False where it came to its end before."""
    before = journal.read_bytes() if journal.exists() else b""
    with subprocess.Popen(arguments, cwd=folder, env=environment, stdout=-3, stderr=-3, start_new_session=True) as run:
        while run.poll() is None:
            time.sleep(0.002)
            if journal.exists() and journal.read_bytes() not in (b"", before):
                os.killpg(run.pid, signal.SIGKILL)
                break
        return run.wait() == -signal.SIGKILL


@pytest.mark.parametrize("suffix", ["jsonl.zst", "parquet"])
def test_kill_and_resume(dump: Path, caches: Path, suffix: str) -> None:
    folder, environment = dump.parent, {**os.environ, "NEWSLINT_CACHE_DIR": str(caches)}
    whole = command("--annotate", f"whole.{suffix}", "--drop-to", f"whole-dropped.{suffix}")
    done = subprocess.run(whole, cwd=folder, env=environment, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    journal, kills = journal_path(folder / f"part.{suffix}"), 0
    for jobs in ("1", "2", "1", "2"):
        arguments = command("--annotate", f"part.{suffix}", "--drop-to", f"part-dropped.{suffix}", "--resume")
        kills += killed([*arguments, "--jobs", jobs], folder, journal, environment)
        found = read_journal(journal)
        assert found and (found.finished or not (folder / f"part.{suffix}").exists())
    last = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, timeout=60)
    assert (last.returncode, kills) == (0, 4)
    for name in ("{}.", "{}-dropped."):
        a, b = ((folder / f"{name.format(which)}{suffix}").read_bytes() for which in ("whole", "part"))
        assert a == b
    # What is counted goes on, too: the summary is that of the whole run.
    assert last.stdout == done.stdout
    assert b"could not be read" in last.stdout
    assert sorted(path.name for path in folder.iterdir() if "part" in path.name) == [
        f"part-dropped.{suffix}", f"part.{suffix}", f"part.{suffix}.journal",
    ]  # fmt: skip


def begun(newslint_here: Newslint, project: Path, **changes: Any) -> None:
    """An unfinished run: the journal of a finished one, made out to be none."""
    (project / "a.jsonl").write_text('{"text": "Stray error"}\n')
    assert newslint_here("check", "a.jsonl", "--annotate", "out.jsonl").code == 0
    journal = project / "out.jsonl.journal"
    values = json.loads(journal.read_text())
    values["finished"] = False
    journal.write_text(json.dumps(values))
    (project / "out.jsonl").rename(project / "out.jsonl.part")


def test_an_unfinished_run_is_not_written_over(newslint_here: Newslint, project: Path) -> None:
    begun(newslint_here, project)
    ran = newslint_here("check", "a.jsonl", "--annotate", "out.jsonl")
    assert (ran.code, ran.err) == (
        2, "newslint: out.jsonl: 1 records of an unfinished run are there: go on with --resume, "
        "or begin anew with --restart\n",
    )  # fmt: skip
    assert newslint_here("check", "a.jsonl", "--annotate", "out.jsonl", "--restart").code == 0
    assert newslint_here("check", "a.jsonl", "--annotate", "out.jsonl").code == 0


def test_a_finished_run_has_nothing_left_to_do(newslint_here: Newslint, project: Path) -> None:
    (project / "a.jsonl").write_text('{"text": "Stray error"}\n')
    arguments = ["check", "a.jsonl", "--annotate", "out.jsonl", "--fail-on", "error", "--resume"]
    assert newslint_here(*arguments).code == 1
    before = (project / "out.jsonl").stat().st_mtime_ns
    ran = newslint_here(*arguments)
    assert (ran.code, ran.err) == (1, "out.jsonl: complete, nothing is left to do\n")
    assert (project / "out.jsonl").stat().st_mtime_ns == before
    (project / "out.jsonl").unlink()
    ran = newslint_here(*arguments)
    assert (ran.code, ran.err) == (
        2, "newslint: out.jsonl.journal: that run is finished, but its output is gone: begin anew with --restart\n",
    )  # fmt: skip


def test_a_kill_between_the_name_and_the_journal_does_no_harm(newslint_here: Newslint, project: Path) -> None:
    begun(newslint_here, project)
    (project / "out.jsonl.part").rename(project / "out.jsonl")
    before = (project / "out.jsonl").read_bytes()
    assert newslint_here("check", "a.jsonl", "--annotate", "out.jsonl", "--resume").code == 0
    assert (project / "out.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("rule", "the rules have changed since"),
        ("flag", "the configuration or the flags have changed since"),
        ("config", "the configuration or the flags have changed since"),
        ("input", "the input has changed since (1 file of 24 bytes then, 1 file of 48 bytes now)"),
        ("touch", "the input has changed since (1 file of 24 bytes then, 1 file of 24 bytes now)"),
        ("part", None),
        ("journal", None),
    ],
)
def test_what_has_changed_is_refused(newslint_here: Newslint, project: Path, change: str, said: str | None) -> None:
    begun(newslint_here, project)
    flags: list[str] = []
    if change == "rule":
        rule = project / "house-rules" / "stray-error.yaml"
        rule.write_text(rule.read_text().replace("Take it out", "Take that out"))
    elif change == "flag":
        flags = ["--preset", "own"]
    elif change == "config":
        with (project / "newslint.toml").open("a") as file:
            file.write("min-score = 3\n")
    elif change == "input":
        (project / "a.jsonl").write_text('{"text": "Stray error"}\n' * 2)
    elif change == "touch":
        os.utime(project / "a.jsonl", (1, 1))
    elif change == "part":
        (project / "out.jsonl.part").write_bytes(b"{}")
        said = "out.jsonl.part: less is there than the journal says"
    else:
        (project / "out.jsonl.journal").write_text("{")
    before = {path: path.read_bytes() for path in project.iterdir() if path.is_file()}
    ran = newslint_here("check", "a.jsonl", "--annotate", "out.jsonl", "--resume", *flags)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "--restart" in ran.err
    assert (said or "") in ran.err
    assert {path: path.read_bytes() for path in project.iterdir() if path.is_file()} == before
    assert newslint_here("check", "a.jsonl", "--annotate", "out.jsonl", "--restart", *flags).code == 0


def test_other_learned_lines_are_refused(newslint_here: Newslint, project: Path) -> None:
    (project / "lines.txt").write_text("[a.example]\nread the morning letter\t3/9\n")
    with (project / "newslint.toml").open("a") as file:
        file.write('lines = ["lines.txt"]\n')
    begun(newslint_here, project)
    (project / "lines.txt").write_text("[a.example]\nread the evening letter\t3/9\n")
    ran = newslint_here("check", "a.jsonl", "--annotate", "out.jsonl", "--resume")
    said = "newslint: out.jsonl.journal: the configuration or the flags have changed since: begin anew with --restart\n"
    assert (ran.code, ran.err) == (2, said)


def test_another_file_for_what_is_dropped_is_refused(newslint_here: Newslint, project: Path) -> None:
    with (project / "newslint.toml").open("a") as file:
        file.write("min-score = 3\n")
    begun(newslint_here, project)
    ran = newslint_here("check", "a.jsonl", "--annotate", "out.jsonl", "--resume", "--drop-to", "dropped.jsonl")
    said = "newslint: out.jsonl.journal: it was written to other files (out.jsonl): begin anew with --restart\n"
    assert (ran.code, ran.err) == (2, said)


def test_the_number_of_processes_may_change(newslint_here: Newslint, project: Path) -> None:
    begun(newslint_here, project)
    assert newslint_here("check", "a.jsonl", "--annotate", "out.jsonl", "--resume", "--jobs", "2").code == 0


def test_an_interrupt_says_how_to_go_on(dump: Path, caches: Path) -> None:
    arguments = command("--annotate", "out.jsonl", "--jobs", "2")
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(caches)}
    with subprocess.Popen(arguments, cwd=dump.parent, env=environment, stdout=-1, stderr=-1) as run:
        journal = dump.parent / "out.jsonl.journal"
        while run.poll() is None and not (journal.exists() and b'"done": 1000' in journal.read_bytes()):
            time.sleep(0.002)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=30)
    assert run.returncode == 130
    said = err.decode().splitlines()[-1]
    assert said.startswith("interrupted: ") and said.endswith(" records are written, --resume goes on with them")
    assert not (dump.parent / "out.jsonl").exists()
