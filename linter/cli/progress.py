"""Signs of life on stderr, for runs that last."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

_AFTER = 1.0  # seconds
_EVERY = 30.0  # seconds between the lines of a log


class Progress:
    """Counts articles: a line that moves on a terminal, once a run has lasted a second; elsewhere a line now and then.

    Nothing moves where the report is written to the same terminal.
    """

    def __init__(self, wanted: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wanted = wanted and not (sys.stderr.isatty() and sys.stdout.isatty())
        self._live = sys.stderr.isatty()
        self._start = self._said = clock()
        self._count = 0
        self._bar: Any = None

    def advance(self) -> None:
        """One article more."""
        if not self._wanted:
            return
        self._count += 1
        if not self._live:
            self._log()
            return
        if self._bar is None:
            if self._clock() - self._start < _AFTER:
                return
            self._bar = self._begin()
            self._task = self._bar.add_task("articles", total=None, rate="")
        self._bar.update(self._task, completed=self._count, rate=self._rate(self._clock()))

    def _log(self) -> None:
        now = self._clock()
        if now - self._said >= _EVERY:
            self._said = now
            print(f"{self._count:,} articles so far, {self._rate(now)}", file=sys.stderr, flush=True)

    def _rate(self, now: float) -> str:
        return f"{self._count / max(now - self._start, 1e-3):,.0f} per second"

    def _begin(self) -> Any:
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        text = TextColumn("{task.completed:,.0f} {task.description}, {task.fields[rate]}")
        bar = Bar(SpinnerColumn(), text, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
        bar.start()
        return bar

    def stop(self) -> None:
        """Take the line away."""
        if self._bar is not None:
            self._bar.stop()
