"""The benchmark of the engines: the shape of its tables, and what it says to wrong options."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.engines.tables import HEADER
from benchmarks.engines.ways import WAYS

if TYPE_CHECKING:
    from conftest import Run

pytest.importorskip("pyarrow")
COMMAND = [sys.executable, "-m", "benchmarks.engines"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_the_table(run: Run, root: Path) -> None:
    said = run([*COMMAND, "--records", "60", "--rounds", "1", "--only", "local,kernel", "--others", "9"], root).stdout
    parts = [part.splitlines() for part in said.split("\n\n") if part.startswith("|")]
    tables = [[line.strip("| ").split(" | ") for line in part] for part in parts]
    [ways, alone] = tables
    assert ["", *ways[0]] == HEADER
    assert [row[:2] for row in ways[2:]] == [
        [WAYS["local"].name, "1"], [WAYS["local"].name, "2"], [WAYS["kernel"].name, "1"],
    ]  # fmt: skip
    assert all(float(row[3]) > 0 for row in ways[2:])
    assert [len(row) for row in alone[2:]] == [2] * 6
    assert re.search(r"^60 articles of \d{3} words on average", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("flags", "error"),
    [
        (["--only", "flink"], "argument --only: no way is called 'flink', expected some of local, kernel, ray, spark"),
        (["--records", "0"], "argument --records: '0' is not a whole number above 0"),
    ],
)
def test_wrong_options(flags: list[str], error: str, run: Run, root: Path) -> None:
    done = run([*COMMAND, *flags], root, 2)
    assert error in done.stderr.splitlines()[-1] and "Traceback" not in done.stderr
