"""The same findings, byte for byte: one process and several, JSON lines and Parquet, and the kernel itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import Verdicts, annotated, verdicts_of

if TYPE_CHECKING:
    from conftest import Run

parquet = pytest.importorskip("pyarrow.parquet")


@pytest.mark.parametrize(("name", "jobs"), [("dump.jsonl", "2"), ("dump.parquet", "1"), ("dump.parquet", "2")])
def test_every_way_of_running_here(name: str, jobs: str, dump: Path, local: Verdicts, run: Run) -> None:
    assert len(local) == 48 and local["ad"].count(b'"rule": ') > 1
    assert annotated(dump, run, name, jobs) == local


def test_the_kernel(dump: Path, local: Verdicts) -> None:
    from linter import LintKernel

    with parquet.ParquetFile(dump / "dump.parquet") as file:
        batches = list(LintKernel().batches(file.iter_batches(batch_size=7)))
    assert verdicts_of([row for batch in batches for row in batch.to_pylist()]) == local
