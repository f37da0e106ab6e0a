"""What is said to people beside the output: on stderr, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from linter.reports.paper import safe


def say(lines: Iterable[str]) -> None:
    """Write lines, made safe for a terminal."""
    for line in lines:
        print(safe(line), file=sys.stderr)
