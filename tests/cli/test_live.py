"""What is linted while it comes, and shown while it is linted."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import pytest

from .conftest import read_all


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
