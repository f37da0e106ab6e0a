"""Whole processes by the clock: starting up, one file, and a repository of Markdown files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks.formats.corpus import made
from benchmarks.formats.stored import FORMATS
from benchmarks.speed.contenders import ROOT
from benchmarks.speed.machine import cores

_FEW = 3  # rounds, at most, for what takes long
_STARTS = 4  # of a short process in every round
_MARKDOWN = next(form for form in FORMATS if form.name == ".md folder")
_ARTICLE = ROOT / "fixtures" / "farm" / "article.txt"


class Started(msgspec.Struct):
    """A command in words, what it is run with, and the seconds that each run took."""

    what: str
    command: list[str]
    files: int = 0
    times: list[float] = []


def measure_startup(folder: Path, files: int, rounds: int, say: Callable[[str], None]) -> list[Started]:
    """Runs every command once untimed, then in turns. Raises RuntimeError where one fails."""
    say(f"writing {files:,} Markdown files")
    base = folder / "markdown"
    _MARKDOWN.write(made(files), base)
    python, check = [sys.executable], [sys.executable, "-m", "linter", "check", "--fail-on", "never"]
    short = [
        Started("the bare interpreter: python -c pass", [*python, "-c", "pass"]),
        Started("newslint --version", [*python, "-m", "linter", "--version"]),
        Started("newslint check, one article", [*check, str(_ARTICLE)]),
    ]
    long = [
        Started(f"newslint check, {files:,} Markdown files, --jobs {jobs}", [*check, str(base), "--jobs", jobs], files)
        for jobs in ("1", "auto")
    ]
    for started in (*short, *long):
        say(f"first run: {started.what}")
        _run(started.command, folder)
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}: start-up")
        for _ in range(_STARTS):
            for started in short:
                started.times.append(_run(started.command, folder))
        for started in long if number < _FEW else ():
            say(f"round {number + 1} of {min(rounds, _FEW)}: {started.what}")
            started.times.append(_run(started.command, folder))
    long[-1].what += f" ({cores()} core{'s' * (cores() > 1)})"
    return [*short, *long]


def _run(command: list[str], folder: Path) -> float:
    """Seconds by the clock. The folder has no configuration, and the checkout need not be installed."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    taken = time.perf_counter() - start
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise RuntimeError(f"{' '.join(command[2:])}: exit code {done.returncode}: {said}")
    return taken
