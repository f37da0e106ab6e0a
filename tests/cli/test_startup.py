"""Start-up stays quick: what a run does not use is not imported."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HEAVY = {"rich", "textstat", "langdetect", "multiprocessing", "pyarrow", "nltk"}


def _imported(project: Path, *arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "linter", *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, timeout=60)
    return {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}


def test_a_piped_run_imports_nothing_heavy(project: Path) -> None:
    (project / "a.md").write_text("# Ferry\n\nStray error\n")
    (project / "b.txt").write_text("Ferry\n\nStray error\n")
    imported = _imported(project, "check", "a.md", "b.txt")
    assert "linter.engine" in imported
    assert not imported & HEAVY


def test_the_version_imports_no_engine(project: Path) -> None:
    imported = _imported(project, "--version")
    assert "linter.cli.main" in imported
    assert not imported & {*HEAVY, "msgspec", "yaml", "linter.engine", "linter.config"}


def test_times(project: Path) -> None:
    (project / "b.txt").write_text("Ferry\n\nStray error\n")
    best: dict[str, float] = {}
    for _ in range(4):
        for name, arguments in (("version", ["--version"]), ("check", ["check", "b.txt"])):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "linter", *arguments], cwd=project, capture_output=True, timeout=60)
            best[name] = min(best.get(name, 9.9), time.perf_counter() - start)
    assert best["version"] < 0.15
    assert best["check"] < 0.4
