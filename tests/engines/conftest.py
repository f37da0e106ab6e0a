"""A dump, what a local run says of it, and real engines that listen on the loopback interface only."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.memory import records

if TYPE_CHECKING:
    from conftest import Run

Verdicts = dict[str, bytes]

ODD: list[dict[str, Any]] = [
    {"id": "null", "url": "https://example.org/null", "title": "Nothing", "text": None},
    {"id": "ad", "url": None, "title": None, "text": "Fähre 🎸 später\n\nAdvertisement\r\n\r\nShare this\n\nTweet"},
    {"id": "german", "url": None, "title": "Bad", "text": "Der Gemeinderat hat das Bad offen gelassen. " * 12},
]
FLAGS = ["--isolated", "--fail-on", "error", "--max-bad-records", "1", "--no-progress"]
# These tell a place in a file.
_PLACE = ("newslint_path", "newslint_record")


def verdicts_of(rows: list[dict[str, Any]]) -> Verdicts:
    """What was added to every row, as bytes, by the row's id."""
    return {row["id"]: _bytes(row) for row in rows}


def _bytes(row: dict[str, Any]) -> bytes:
    told = {name: value for name, value in row.items() if name.startswith("newslint_") and name not in _PLACE}
    told["newslint_counts"] = dict(told["newslint_counts"])  # Arrow tells a map as a list of pairs
    return json.dumps(told, ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same records in dump.jsonl and dump.parquet, which has several row groups."""
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    folder = tmp_path_factory.mktemp("dump")
    rows = [*islice(records(), 45), *ODD]
    (folder / "dump.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    schema = pa.schema([(name, pa.string()) for name in ("id", "url", "title", "text")])
    parquet.write_table(pa.Table.from_pylist(rows, schema), folder / "dump.parquet", row_group_size=10)
    return folder


@pytest.fixture(scope="session")
def local(dump: Path, run: Run) -> Verdicts:
    """What one process says of the dump."""
    return annotated(dump, run, "dump.jsonl", "1")


def annotated(dump: Path, run: Run, name: str, jobs: str) -> Verdicts:
    """What `newslint check` says of a dump, with so many processes."""
    out = dump / f"annotated-{jobs}-{name}.jsonl"
    command = ["-m", "linter", "check", dump / name, "--annotate", out, "--jobs", jobs, "--restart", *FLAGS]
    run([sys.executable, *command], dump, 1)
    return verdicts_of([json.loads(line) for line in out.read_text("utf-8").splitlines()])


@pytest.fixture(scope="session")
def ray_data() -> Iterator[Any]:
    """The module ray.data, with two processes of Ray behind it."""
    # Reports of usage go over the network; without a cluster of its own Ray listens on the loopback interface only.
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
    ray, data = pytest.importorskip("ray"), pytest.importorskip("ray.data")
    ray.init("local", num_cpus=2, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)
    data.DataContext.get_current().enable_progress_bars = False
    yield data
    ray.shutdown()


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session with two threads in this machine."""
    sql = pytest.importorskip("pyspark.sql")
    pytest.importorskip("pandas")
    if not _has_java():
        pytest.skip("Spark needs Java")
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def _has_java() -> bool:
    import shutil

    return bool(shutil.which("java") or os.environ.get("JAVA_HOME"))
