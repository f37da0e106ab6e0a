"""The ways: each lints a dump with one engine, and a number of workers."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

BATCH = 1_000  # records
Lint = Callable[[Path, Path], None]  # from a dump (its path without a suffix) to a file or folder


def _local(workers: int) -> Lint:
    from click.testing import CliRunner

    from linter.cli.main import main

    def lint(source: Path, target: Path) -> None:
        flags = ["--annotate", f"{target}.parquet", "--restart", "--isolated", "--no-progress", "--jobs", str(workers)]
        done = CliRunner().invoke(main, ["check", f"{source}.parquet", *flags])
        assert done.exit_code == 0, done.output

    return lint


def _kernel(workers: int) -> Lint:
    from pyarrow import parquet

    from linter import LintKernel

    def lint(source: Path, target: Path) -> None:
        kernel = LintKernel()
        with (
            parquet.ParquetFile(f"{source}.parquet") as file,
            parquet.ParquetWriter(f"{target}.parquet", kernel.schema(file.schema_arrow), compression="zstd") as out,
        ):
            for batch in kernel.batches(file.iter_batches(batch_size=BATCH)):
                out.write_batch(batch)

    return lint


def _ray(workers: int) -> Lint:
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
    import ray

    from linter.engines.ray import lint_dataset

    ray.init("local", num_cpus=workers, include_dashboard=False, object_store_memory=10**9, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False

    def lint(source: Path, target: Path) -> None:
        dataset = ray.data.read_parquet(f"{source}.parquet").repartition(8)  # one small file is read by one task
        lint_dataset(dataset).write_parquet(str(target))

    return lint


def _spark(workers: int) -> Lint:
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    from pyspark.sql import SparkSession

    from linter.engines.spark import lint_dataframe

    session = SparkSession.builder.master(f"local[{workers}]")
    for name, value in (("driver.host", "127.0.0.1"), ("driver.bindAddress", "127.0.0.1"), ("ui.enabled", "false")):
        session = session.config(f"spark.{name}", value)
    spark = session.config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH).getOrCreate()

    def lint(source: Path, target: Path) -> None:
        frame = spark.read.parquet(f"{source}.parquet").repartition(8)
        lint_dataframe(frame).write.option("compression", "zstd").mode("overwrite").parquet(str(target))

    return lint


def _datatrove(workers: int) -> Lint:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from linter.engines.datatrove import NewslintStep

    def lint(source: Path, target: Path) -> None:
        pipeline = [JsonlReader(str(source)), NewslintStep(), JsonlWriter(str(target))]
        logs = tempfile.mkdtemp(dir=target.parent)
        LocalPipelineExecutor(pipeline, tasks=workers, workers=workers, logging_dir=logs).run()

    return lint


class Way(NamedTuple):
    """A way of linting: what makes it, its name in the table, and the numbers of workers that it knows."""

    make: Callable[[int], Lint]
    name: str
    workers: tuple[int, ...] = (1, 2)


WAYS = {
    "local": Way(_local, "`newslint check --annotate --jobs N`"),
    "kernel": Way(_kernel, "the kernel in a plain process", (1,)),
    "ray": Way(_ray, "Ray Data"),
    "spark": Way(_spark, "Spark"),
    "datatrove": Way(_datatrove, "datatrove"),
}
