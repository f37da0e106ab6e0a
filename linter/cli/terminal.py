"""What is known about the terminal."""

from __future__ import annotations

import os
import shutil
from typing import Literal, TextIO

_WIDTH = 100  # columns, where there is no terminal


def wants_color(choice: Literal["auto", "always", "never"], out: TextIO) -> bool:
    """Are colours wanted? "auto": on a terminal that has them, unless NO_COLOR is set."""
    if choice != "auto":
        return choice == "always"
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(out: TextIO) -> int:
    """The columns there are to write on."""
    return shutil.get_terminal_size().columns if out.isatty() else _WIDTH
