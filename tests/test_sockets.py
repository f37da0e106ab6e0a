"""A lint run opens no socket: an audit hook ends the process at the first one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEEN = 97
# An audit hook sees every way to a socket, also those of C extensions that go through Python's module; it is loaded by
# worker processes too. Local socket pairs are how processes talk to each other, and no network.
GUARD = f"""\
import os, sys

def guard(event, arguments):
    if not event.startswith(("socket.", "urllib.Request", "http.client.")):
        return
    if event == "socket.__new__":
        import socket
        if arguments[1] == getattr(socket, "AF_UNIX", None):
            return
    os.write(2, f"a socket: {{event}} {{arguments!r}}\\n".encode())
    os._exit({SEEN})

sys.addaudithook(guard)
"""
GERMAN = (
    "Der Gemeinderat hat am Dienstag beschlossen, das alte Hallenbad bis zum Herbst offen zu lassen. Die Stadt muss "
    "dafür noch einmal Geld ausgeben, das sie eigentlich für die Schule vorgesehen hatte, sagte die Kämmerin. "
)
# Few stop words of any language: langdetect has to look at it.
DOUBTFUL = (
    "Ferry timetable winter: Tellmouth Karrow Bay Saturday Sunday holidays cancelled, harbour office telephone notice. "
)


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process carries the guard."""
    folder = tmp_path / "guard"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD)
    return {**os.environ, "PYTHONPATH": str(folder), "NEWSLINT_CACHE_DIR": str(tmp_path / "cache")}


def python(environment: dict[str, str], cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=cwd, capture_output=True, encoding="utf-8", timeout=120
    )


@pytest.mark.parametrize(
    "code", ["import socket; socket.socket()", "import socket; socket.getaddrinfo('localhost', 80)"]
)
def test_the_guard_sees_a_socket(code: str, guarded: dict[str, str], tmp_path: Path) -> None:
    assert python(guarded, tmp_path, "-c", code).returncode == SEEN


@pytest.mark.parametrize("flags", [["--format", "json"], ["--explain-score"], ["--jobs", "2", "--format", "jsonl"]])
def test_a_run_opens_no_socket(flags: list[str], guarded: dict[str, str], root: Path, tmp_path: Path) -> None:
    (tmp_path / "german.txt").write_text(GERMAN * 6, encoding="utf-8")
    (tmp_path / "doubtful.md").write_text(f"# Ferry\n\n{DOUBTFUL * 6}\n", encoding="utf-8")
    (tmp_path / "page.html").write_text(f'<link rel="canonical" href="https://a.example/1"><p>{GERMAN * 6}</p>')
    paths = [str(root / "fixtures" / name) for name in ("farm", "clean")]
    command = ["-X", "importtime", "-m", "linter", "check", *paths, ".", *flags, "--fail-on", "never"]
    done = python({**guarded, "PYTHONPATH": os.pathsep.join([guarded["PYTHONPATH"], str(root)])}, tmp_path, *command)
    assert (done.returncode, "a socket" in done.stderr) == (0, False), done.stderr[-2000:]
    if "--jobs" not in flags:  # there, workers import it
        assert "langdetect.detector" in done.stderr
