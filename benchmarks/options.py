"""What the commands of several benchmarks are told, and tell, in the same way."""

from __future__ import annotations

import argparse
from pathlib import Path


def positive(value: str) -> int:
    """A whole number above 0. Raises argparse.ArgumentTypeError."""
    if not value.isdecimal() or not int(value):
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number above 0")
    return int(value)


def writable(value: str) -> Path:
    """A file that can be written: its folder is there. Raises argparse.ArgumentTypeError."""
    path = Path(value)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"{value}: not a file in an existing folder")
    return path


def reason(error: OSError) -> str:
    """What went wrong, and where, in one line."""
    return f"{error.filename or 'a temporary file'}: {(error.strerror or str(error)).lower()}"
