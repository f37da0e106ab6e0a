"""Parts as tasks of Ray."""

from __future__ import annotations

import os
from collections.abc import Iterator

import ray

from linter.answers import lint_part
from linter.parts import Part
from linter.spread import LostError

_PER_CORE = 8  # parts given at a time, for the next ones wait for the last of them
_QUIET = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}


class RayEngine:
    """Ray, joined (RAY_ADDRESS) or started here."""

    def __init__(self, jobs: int | None) -> None:
        self._own = not ray.is_initialized()
        if self._own:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no network
            joins = "RAY_ADDRESS" in os.environ
            ray.init(**({"log_to_driver": False} if joins else {**_QUIET, "num_cpus": jobs}))
        self.together = _PER_CORE * max(int(ray.cluster_resources().get("CPU", 1)), 1)
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


def start(jobs: int | None) -> RayEngine:
    """Join the cluster that RAY_ADDRESS names, or start Ray with so many processes, one per core by default."""
    return RayEngine(jobs)
