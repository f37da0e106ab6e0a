"""A project with three rules of its own, so that these tests do not depend on the shipped rules."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.fixing import RULES as FIXING
from linter.cli.main import main

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

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


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
        done = subprocess.run(command, cwd=project, input=data, capture_output=True, timeout=60, env=environment)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def newslint_here(project: Path, caches: Path, monkeypatch: pytest.MonkeyPatch) -> Newslint:
    """The same within this process: a tenth of the time, where nothing depends on the process."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(caches))

    def run(*arguments: str, stdin: str | bytes = b"", **variables: str) -> Ran:
        done = CliRunner().invoke(main, arguments, input=stdin, env=variables, prog_name="newslint")
        return Ran(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def fix(newslint_here: Newslint, project: Path) -> Newslint:
    """`newslint fix` with some of the shipped rules, in the project's directory."""
    return lambda *arguments, **options: newslint_here("fix", "--isolated", *FIXING, *arguments, **options)
