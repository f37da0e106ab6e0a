"""Asking git about a working tree."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_TIMEOUT = 300  # seconds


class GitError(Exception):
    """Git is not there, or complains; the message is one line, with the command that it is about."""


def git(folder: Path, *arguments: str) -> bytes:
    """What git prints when it is run in a folder. Raises GitError."""
    # What git tells its hooks may be meant for another folder.
    environment = {key: value for key, value in os.environ.items() if key not in ("GIT_DIR", "GIT_WORK_TREE")}
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, timeout=_TIMEOUT)
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    except OSError as error:
        raise GitError(f"git {arguments[0]}: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} took longer than {_TIMEOUT} s") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"]
        raise GitError(f"git {arguments[0]}: {said[0]}")
    return done.stdout


def top_of(folder: Path) -> Path:
    """The top of the working tree that a folder is in. Raises GitError."""
    return Path(os.fsdecode(git(folder, "rev-parse", "--show-toplevel")).removesuffix("\n")).resolve()


def names_in(said: bytes) -> list[str]:
    """The names of files that git printed with `-z`."""
    return [os.fsdecode(name) for name in said.split(b"\0") if name]
