"""A limit on the time that one article may take: some pattern always meets the text that it was not written for."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeUpError(BaseException):
    """The time is up. No `Exception`, so that nothing on the way takes it for a failure of its own."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TimeUpError in the block once it has taken so many seconds of computing; 0 is no limit.

    What counts is the time of the processor, not that of the clock: on a busy machine the same articles are limited.
    Python's regular expressions and its own code are interrupted within milliseconds. Without effect where there are
    no such signals (Windows), and outside the main thread.
    """
    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _raise)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _raise(number: int, frame: FrameType | None) -> None:
    raise TimeUpError
