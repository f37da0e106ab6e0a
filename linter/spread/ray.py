"""Parts as tasks of Ray."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import ray

from linter.answers import lint_part
from linter.config import ConfigError
from linter.parts import Part
from linter.spread import PER_CORE, LostError

_JOINED = {"log_to_driver": False, "logging_level": "ERROR"}
_QUIET = {**_JOINED, "include_dashboard": False, "address": "local"}  # none that was once started in this machine
_ANSWER = 10.0  # seconds


class RayEngine:
    """Ray, joined (RAY_ADDRESS) or started here."""

    def __init__(self, jobs: int | None) -> None:
        self._own = not ray.is_initialized()
        if self._own:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no network
            address = os.environ.get("RAY_ADDRESS")
            try:
                if address:
                    _knock(address)
                ray.init(**(_JOINED if address else {**_QUIET, "num_cpus": jobs}))
            except Exception as error:  # a cluster that is not there, or does not let us in
                what = f"join {address}" if address else "start"
                raise ConfigError(f"--engine ray: can't {what}: {' '.join(str(error).split())}") from None
        self.together = PER_CORE * max(int(ray.cluster_resources().get("CPU", 1)), 1)
        self._task = ray.remote(max_retries=0)(lint_part)

    def lint(self, parts: list[Part]) -> Iterator[list[bytes]]:
        """One task for each part."""
        waiting = [self._task.remote(part) for part in parts]
        for task in waiting:
            try:
                yield ray.get(task)
            except ray.exceptions.RayError:
                raise LostError from None

    def close(self) -> None:
        """Stop Ray, if it was started here."""
        if self._own:
            ray.shutdown()


def _knock(address: str) -> None:
    """Is anybody there? Ray asks for many minutes. Raises OSError."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _ANSWER).close()


def start(jobs: int | None) -> RayEngine:
    """Join the cluster that RAY_ADDRESS names, or start Ray with so many processes, one per core by default."""
    return RayEngine(jobs)
