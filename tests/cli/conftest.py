"""A project with three rules of its own, so that these tests do not depend on the shipped rules."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

RULE = """\
id: {id}
name: stray-{severity}
summary: A word that tests use.
why: Tests need a finding of every level.
message: "'{{match}}' is a stray {severity}"
help: Take it out.
severity: {severity}
confidence: certain
status: stable
category: republication
check:
  kind: pattern
  match: ['stray {severity}']
examples:
  bad:
    - {{text: "Ferry delayed\\n\\nStray {severity}\\n", at: ["3:1-3:{end} {severity}"]}}
    - {{text: "Bridge closed\\n\\nSTRAY {severity}\\n", at: ["3:1-3:{end} {severity}"]}}
  good:
    - {{text: "A stray {severity} was seen.", because: "it stands in a sentence"}}
    - {{text: "No stray {severity} was seen.", because: "it stands in a sentence"}}
"""

SENTENCES = (
    "The ferry to the northern islands will leave an hour later from Monday, the harbour office said. "
    "Passengers who hold a season ticket can use the earlier bus to the eastern pier, where a second boat is waiting. "
    "The council had asked for the change because the tide leaves too little water at the old quay in the morning. "
    "Shop owners on the islands told the council that they feared late deliveries of bread and newspapers. "
    "A spokeswoman for the harbour said that the new times would be tried until the end of September. "
    "Two of the three boats were built in the same yard, and both need a deeper channel than the old one did. "
    "The council will look at the numbers in October and decide whether the earlier boat comes back.\n"
)


def prose(*lines: str) -> str:
    """An article that is long enough for a score, with `lines` as paragraphs of their own in the middle."""
    middle = "".join(f"{line}\n\n" for line in lines)
    return f"Ferry leaves an hour later\n\n{SENTENCES}\n{middle}{SENTENCES.replace('ferry', 'boat')}"


def read_all(terminal: int) -> bytes:
    """What was written to a pseudo-terminal until its other end was closed."""
    seen = b""
    try:
        while data := os.read(terminal, 4096):
            seen += data
    except OSError:  # the other end is closed
        pass
    return seen


class Ran:
    """What a command gave back."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()


Newslint = Callable[..., Ran]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory with a configuration that knows only the rules TST001 (error), TST002 (warning), TST003 (info)."""
    root = tmp_path / "project"
    (root / "house-rules").mkdir(parents=True)
    for number, severity in enumerate(("error", "warning", "info"), 1):
        text = RULE.format(id=f"TST00{number}", severity=severity, end=len(f"stray {severity}") + 1)
        (root / "house-rules" / f"stray-{severity}.yaml").write_text(text)
    (root / "newslint.toml").write_text('rules = ["house-rules"]\nselect = ["TST"]\n')
    return root


@pytest.fixture
def newslint(project: Path, caches: Path) -> Newslint:
    """Runs the command in the project, as a process of its own."""

    def run(*arguments: str, stdin: str | bytes = b"", **variables: str) -> Ran:
        environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        environment |= {"NEWSLINT_CACHE_DIR": str(caches), **variables}
        data = stdin.encode() if isinstance(stdin, str) else stdin
        command = [sys.executable, "-m", "linter", *arguments]
        return Ran(subprocess.run(command, cwd=project, input=data, capture_output=True, timeout=60, env=environment))

    return run
