"""A progress line on stderr, for runs that last."""

from __future__ import annotations

import sys
import time
from typing import Any

_AFTER = 1.0  # seconds


class Progress:
    """Counts articles on a terminal, once a run has lasted a second. Only where stdout isn't that terminal too."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty() and not sys.stdout.isatty()
        self._start = time.monotonic()
        self._count = 0
        self._bar: Any = None

    def advance(self) -> None:
        """One article more."""
        if not self._wanted:
            return
        self._count += 1
        if self._bar is None:
            if time.monotonic() - self._start < _AFTER:
                return
            self._bar = self._begin()
            self._task = self._bar.add_task("articles", total=None)
        self._bar.update(self._task, completed=self._count)

    def _begin(self) -> Any:
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
        bar = Bar(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        return bar

    def stop(self) -> None:
        """Take the line away."""
        if self._bar is not None:
            self._bar.stop()
