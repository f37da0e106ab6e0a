"""Runs of the ways, with their processes looked at; and what the kernel costs by itself."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.engines.ways import BATCH, WAYS
from benchmarks.memory import family, records

FEW = 256  # records
_GROUPS = 8  # at least: so that there is work for every worker
_GROUP = 500  # records, at most
_PAUSE = 0.1  # seconds
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Run(NamedTuple):
    """One run: seconds for the few records and for all of them, seconds of computing for all of them.

    And what other programs computed meanwhile, in cores; peak megabytes of all processes, and of the largest worker.
    """

    first: float
    seconds: float
    computing: float
    others: float
    together: float
    worker: float


class WayError(Exception):
    """A way that did not work; the message is what it said."""


def run_way(name: str, workers: int, folder: Path) -> None:
    """In a process of its own: lint the few records, then all of them, and print the seconds as JSON."""
    lint = WAYS[name].make(workers)
    times = []
    for source in ("few", "all"):
        started = time.perf_counter()
        lint(folder / source, folder / f"{source}-{name}-{workers}")
        times.append(time.perf_counter() - started)
        (folder / f"{source}.done").touch()
    # What was computed until now is read from outside; an engine that shuts down is no part of it.
    time.sleep(4 * _PAUSE)
    print("\n" + json.dumps(times), flush=True)


def write_dumps(folder: Path, count: int) -> None:
    """The few records and all of them: each a Parquet file, and a folder with two files of packed JSON lines."""
    import pyarrow as pa
    from pyarrow import parquet

    for name, number in (("few", FEW), ("all", count)):
        rows = list(islice(records(), number))
        size = max(1, min(_GROUP, number // _GROUPS))
        parquet.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet", row_group_size=size)
        (folder / name).mkdir()
        for part in range(2):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[part::2])
            (folder / name / f"{part}.jsonl.gz").write_bytes(gzip.compress(lines.encode(), 6))


def measure(name: str, workers: int, folder: Path) -> Run:
    """Run a way over the dumps of a folder. Raises WayError."""
    command = [sys.executable, "-m", "benchmarks.engines", "--way", name, "--workers", str(workers), str(folder)]
    together = worker = 0.0
    seconds, done = dict[int, float](), False
    before = after = (0.0, 0.0)  # seconds computed by this family of processes, and by all that there are
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as told:
        with subprocess.Popen(command, stdout=said, stderr=told) as process:
            while process.poll() is None:
                sizes = family(process.pid)
                seconds |= {pid: _computed(pid) or seconds.get(pid, 0.0) for pid in sizes}
                now = (sum(seconds.values()), _computed_by_all())
                if not (folder / "few.done").exists():
                    before = now
                if not done:
                    after = now
                done = (folder / "all.done").exists()
                together = max(together, sum(sizes.values()))
                worker = max([worker, *(size for pid, size in sizes.items() if _is_python(pid))])
                time.sleep(_PAUSE)
        said.seek(0)
        told.seek(0)
        if process.returncode:
            raise WayError(told.read()[-3_000:])
        first, wall = json.loads(said.read().strip().splitlines()[-1])
    own, everything = after[0] - before[0], after[1] - before[1]
    return Run(first, wall, own, max(everything - own, 0.0) / wall, together, worker)


def _computed_by_all() -> float:
    """The seconds that all processes of the machine have computed."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9])
    return (user + nice + system + sum(interrupts)) / _TICK


def _computed(pid: int) -> float:
    """The seconds that a process has computed; 0 for one that is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / _TICK


def _is_python(pid: int) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return False
    return name.startswith(("python", "ray::"))


class Alone(NamedTuple):
    """What the kernel adds to linting, in milliseconds per batch; and what a linter takes."""

    reading: float
    columns: float
    compact: float
    made: float  # seconds
    size: float  # megabytes
    pickled: int  # bytes


def kernel_alone(rounds: int) -> Alone:
    """Measure it, in this process."""
    import pickle

    import pyarrow as pa

    from linter import LintKernel
    from linter.arrow import annotation_columns
    from linter.readers._cells import Cells
    from linter.rows import RowLinter

    def size() -> float:
        return family(os.getpid())[os.getpid()]

    def timed(work: Callable[[], object]) -> float:
        times = []
        for _ in range(5 * rounds):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
        return 1_000 * median(times)

    before, started = size(), time.process_time()
    rows = RowLinter()
    rows.prepare()
    made = time.process_time() - started
    given = pa.RecordBatch.from_pylist(list(islice(records(), BATCH)))
    cells = Cells(given, rows.keys, rows.options.max_size)
    notes = [note for _, note in rows.annotated(range(BATCH), cells.load)]
    full, compact = LintKernel(), LintKernel(columns="compact")
    return Alone(
        reading=timed(lambda: [cells.load(row) for row in range(BATCH)]),
        columns=timed(lambda: annotation_columns(notes, full.added)),
        compact=timed(lambda: annotation_columns(notes, compact.added)),
        made=made,
        size=size() - before,
        pickled=len(pickle.dumps(full)),
    )
