"""What action.yml runs: `newslint check` on the articles that a pull request changes, or on everything.

The inputs come in environment variables, so that nothing of them is ever part of a program. Exits as newslint does.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from linter.cli.main import BROKEN, main
from linter.readers import reader_for

_INPUTS = ("PATHS", "CHANGED_LINES", "FAIL_ON", "MIN_SCORE", "BASELINE", "ARGS", "SARIF", "SUMMARY")
_SKIPPED = "node_modules"  # as in a walk through folders; hidden ones are left out as well


class ActionError(Exception):
    """What stops the action; the message says what to do about it."""


def arguments(inputs: dict[str, str], event: dict[str, Any], sarif: str) -> list[str] | None:
    """What `newslint` is called with; None where a pull request changes no article."""
    base = _base(event)
    paths = [line.strip() for line in inputs["PATHS"].splitlines() if line.strip()]
    if not paths:
        paths = ["."] if base is None else _changed(base)
    if not paths:
        return None
    words = ["check", "--force-exclude", "--output", "github:-"]
    if _is_true(inputs, "SARIF"):
        words += ["--output", f"sarif:{sarif}"]
    if _is_true(inputs, "SUMMARY") and os.environ.get("GITHUB_STEP_SUMMARY"):
        words += ["--output", f"markdown:{os.environ['GITHUB_STEP_SUMMARY']}"]
    if base is not None and _is_true(inputs, "CHANGED_LINES"):
        words += ["--diff-base", base]
    for flag in ("fail-on", "min-score", "baseline"):
        if value := inputs[flag.upper().replace("-", "_")].strip():
            words += [f"--{flag}", value]
    try:
        words += shlex.split(inputs["ARGS"])
    except ValueError as error:
        raise ActionError(f"args: {error}") from None
    return [*words, "--", *paths]


def _is_true(inputs: dict[str, str], name: str) -> bool:
    value = inputs[name].strip().lower()
    if value not in ("true", "false"):
        raise ActionError(f"{name.lower().replace('_', '-')}: expected 'true' or 'false', not {value!r}")
    return value == "true"


def _base(event: dict[str, Any]) -> str | None:
    """The commit that a pull request, or a group of a merge queue, is to be compared with; None for other events."""
    told = (event.get("pull_request") or {}).get("base", {}).get("sha")
    told = told or (event.get("merge_group") or {}).get("base_sha")
    if told is None:
        return None
    if _is_test_merge():
        told = "HEAD^1"  # what it would be merged into today
    found = _git("merge-base", "--end-of-options", told, "HEAD")
    if found is None:
        raise ActionError(
            "the commit that the pull request is based on is not in this checkout: "
            "give actions/checkout 'fetch-depth: 0'"
        )
    return os.fsdecode(found).strip()


def _is_test_merge() -> bool:
    """Is the commit checked out that GitHub makes of a pull request and its target, with both its parents?"""
    here = os.fsdecode(_git("rev-parse", "HEAD") or b"").strip()
    is_merge = os.environ.get("GITHUB_REF", "").endswith("/merge") and os.environ.get("GITHUB_SHA") == here
    return is_merge and _git("rev-parse", "--verify", "--quiet", "HEAD^2") is not None


def _changed(base: str) -> list[str]:
    """The articles that are new or changed since a commit."""
    said = _git("diff", "--name-only", "-z", "--diff-filter=ACMR", "--find-renames", base, "HEAD")
    if said is None:
        raise ActionError("git can't say what has changed: is this the top of a checkout?")
    names = [os.fsdecode(name) for name in said.split(b"\0") if name]
    return [name for name in names if _is_walked(name) and Path(name).is_file()]


def _is_walked(name: str) -> bool:
    """Would an article of this name be found in a folder?"""
    parts = name.split("/")
    return reader_for(name, walked=True) is not None and not any(
        part.startswith(".") or part == _SKIPPED for part in parts
    )


def _git(*words: str) -> bytes | None:
    """What git prints; None where it complains, which is in the log then."""
    done = subprocess.run(["git", *words], stdout=subprocess.PIPE)
    return done.stdout if done.returncode == 0 else None


def _event() -> dict[str, Any]:
    path = os.environ.get("GITHUB_EVENT_PATH")
    event = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    return event if isinstance(event, dict) else {}


def _output(**values: str) -> None:
    """Tell later steps."""
    if path := os.environ.get("GITHUB_OUTPUT"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"{name.replace('_', '-')}={value}\n" for name, value in values.items())


def run() -> int:
    """Lint; returns the exit code."""
    sarif = Path(os.environ.get("RUNNER_TEMP", "."), "newslint.sarif")
    sarif.unlink(missing_ok=True)
    inputs = {name: os.environ.get(f"NEWSLINT_{name}", "") for name in _INPUTS}
    try:
        words = arguments(inputs, _event(), str(sarif))
    except ActionError as error:
        print(f"::error title=newslint::{_escaped(str(error))}")
        return BROKEN
    if words is None:
        print("::notice title=newslint::No article has changed.")
        return 0
    try:
        main(args=words, prog_name="newslint")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else BROKEN if done.code else 0
    return 0


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    code = run()
    written = Path(os.environ.get("RUNNER_TEMP", "."), "newslint.sarif")
    _output(exit_code=str(code), sarif_file=str(written) if written.is_file() else "")
    sys.exit(code)
