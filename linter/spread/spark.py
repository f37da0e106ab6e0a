"""Parts as tasks of Spark."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from typing import Any

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession

from linter.answers import lint_part
from linter.config import ConfigError
from linter.parts import Part
from linter.spread import PER_CORE, LostError

_NOWHERE = "local[*]"  # the master that Spark takes where none is named
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}


class SparkEngine:
    """Spark, as `spark-submit` or its configuration says, or else with local processes."""

    def __init__(self, jobs: int | None) -> None:
        self._own = SparkSession.getActiveSession() is None
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        try:
            SparkContext._ensure_initialized()  # only then are PYSPARK_SUBMIT_ARGS and spark-defaults.conf read
            builder, conf = SparkSession.builder.appName("newslint"), SparkConf()
            if conf.get("spark.master", _NOWHERE) == _NOWHERE:
                builder = builder.master(f"local[{jobs or '*'}]").config("spark.driver.host", "127.0.0.1")
            for name, value in _QUIET.items():
                builder = builder if conf.contains(name) else builder.config(name, value)
            self._session: Any = builder.getOrCreate()
        except Exception as error:  # no Java, or a cluster that is not there
            raise ConfigError(f"--engine spark: can't be started: {str(error).strip().partition(chr(10))[0]}") from None
        self._context: Any = self._session.sparkContext
        self.together = PER_CORE * int(self._context.defaultParallelism)

    def lint(self, parts: list[Part]) -> Iterator[list[bytes]]:
        """One task for each part."""
        packed = [pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for part in parts]
        try:
            found = self._context.parallelize(packed, len(packed)).map(_lint).collect()
        except Py4JError:
            raise LostError from None
        yield from found

    def close(self) -> None:
        """Stop Spark, if it was started here."""
        if self._own:
            self._session.stop()


def _lint(part: bytes) -> list[bytes]:
    """In a worker."""
    return lint_part(pickle.loads(part))


def start(jobs: int | None) -> SparkEngine:
    """Join Spark, or start it with so many processes, one per core by default."""
    return SparkEngine(jobs)
