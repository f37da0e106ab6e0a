"""Signs of life on stderr, for runs that last."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

_AFTER = 1.0  # seconds
_EVERY = 30.0  # seconds between the lines of a log
_SURE = 0.005  # of the whole must be done before the time that is left is told


class Progress:
    """Counts articles: a line that moves on a terminal, once a run has lasted a second; elsewhere a line now and then.

    Nothing moves where the report is written to the same terminal. `share` says how much of the whole is read (0 to
    1), where that is known: then the time left is told.
    """

    def __init__(
        self,
        wanted: bool,
        clock: Callable[[], float] = time.monotonic,
        *,
        share: Callable[[], float | None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._wanted = wanted and not (sys.stderr.isatty() and sys.stdout.isatty())
        self._live = sys.stderr.isatty()
        self._share = share
        self._first: float | None = None  # the share that was read when the first article came
        self._start = self._said = clock()
        self.count = 0
        self._bar: Any = None

    def advance(self) -> None:
        """One article more."""
        self.count += 1
        if not self._wanted:
            return
        if self._first is None:
            self._first = self._share() or 0.0
            if self._first > _SURE:  # a run that is gone on with has read past what was done
                self._start = self._clock()
        if not self._live:
            self._log()
            return
        if self._bar is None:
            if self._clock() - self._start < _AFTER:
                return
            self._bar = self._begin()
            self._task = self._bar.add_task("articles", total=None, rate="")
        self._bar.update(self._task, completed=self.count, rate=self._rate(self._clock()))

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return self._clock() - self._start

    @property
    def rate(self) -> str:
        """ "1,234 per second"."""
        return f"{self.count / max(self.seconds, 1e-3):,.0f} per second"

    def _log(self) -> None:
        now = self._clock()
        if now - self._said >= _EVERY:
            self._said = now
            print(f"{self.count:,} articles so far, {self._rate(now)}", file=sys.stderr, flush=True)

    def _rate(self, now: float) -> str:
        passed = max(now - self._start, 1e-3)
        return f"{self.count / passed:,.0f} per second{self._left(passed)}"

    def _left(self, passed: float) -> str:
        """The time that the rest takes at the pace so far."""
        share, first = self._share(), self._first or 0.0
        if share is None or share - first < _SURE:
            return ""
        return f", {100 * share:.0f} %, {duration(passed * max(1 - share, 0) / (share - first))} left"

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


def duration(seconds: float) -> str:
    """A time for people: "42 s", "12 min", "3 h 5 min"."""
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
