"""The tables, and the section of each page that they stand in."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.engines.measuring import FEW, Alone, Run
from benchmarks.engines.ways import BATCH, WAYS
from benchmarks.memory import records
from benchmarks.speed.machine import described

PAGES = Path(__file__).parent.parent.parent / "docs" / "engines"
PACKAGES = {"arrow": "pyarrow", "ray": "ray", "spark": "pyspark", "datatrove": "datatrove"}  # of each page
HEADER = ["", "workers", "articles per second", "ms of computing per article", "more than the kernel", "1 → 2"]
HEADER += [f"the first {FEW}", "all processes", "largest worker"]

Runs = dict[tuple[str, int], list[Run]]  # by the name of the way, and its workers


def sections(runs: Runs, alone: Alone, count: int, rounds: int) -> dict[str, str]:
    """The section of each page whose engine was measured."""
    found = {}
    for page, package in PACKAGES.items():
        if page != "arrow" and (page, 1) not in runs:
            continue
        parts = [_circumstances(runs, count, rounds, package), _table(runs, count, ("local", "kernel", page)), _NOTES]
        found[page] = "\n\n".join([*parts, _alone(alone)] if page == "arrow" else parts)
    return found


def write(page: str, section: str) -> None:
    """Put a section at the end of a page, in the place of an older one."""
    path = PAGES / f"{page}.md"
    text = re.split(r"^## Measured\n", path.read_text("utf-8"), maxsplit=1, flags=re.MULTILINE)[0].rstrip()
    path.write_text(f"{text}\n\n## Measured\n\n{section}\n", "utf-8")


_NOTES = (
    "Articles per second are those of the clock, with the least and the most of the rounds; computing is that of all "
    "processes together, the engine's own as well. “More than the kernel” is the difference in computing for 1,000 "
    "articles, with one worker. The engine had started, and its workers had their linters; only `newslint check` and "
    f"datatrove start them anew with two processes. “The first {FEW}” are seconds for so many articles, with all that "
    "has to start. Memory is resident; pages that processes share are counted for each."
)


def _circumstances(runs: Runs, count: int, rounds: int, package: str) -> str:
    others = max(run.others for found in runs.values() for run in found)
    words = sum(len(row["text"].split()) for row in islice(records(), 500)) / 500
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in dict.fromkeys(["pyarrow", package]))
    return (
        f"{count:,} articles of {words:.0f} words on average, made from `fixtures/`; medians of {rounds} rounds. "
        f"{described()}; Python {platform.python_version()}, {versions}; {date.today():%Y-%m-%d}; "
        f"other programs took {others:.0%} of a core at most; "
        f"`python -m benchmarks.engines --records {count} --rounds {rounds} --write`."
    )


def _table(runs: Runs, count: int, names: tuple[str, ...]) -> str:
    rows = [HEADER, ["---", *["---:"] * (len(HEADER) - 1)]]
    base = runs.get(("kernel", 1))
    for (name, workers), found in runs.items():
        if name not in names:
            continue
        seconds, computing = median(run.seconds for run in found), median(run.computing for run in found)
        rates = [count / max(run.seconds for run in found), count / min(run.seconds for run in found)]
        single = runs.get((name, 1)) if workers > 1 else None
        more = computing - median(run.computing for run in base) if base else 0.0
        rows.append(
            [
                WAYS[name].name,
                str(workers),
                f"{count / seconds:,.0f} ({rates[0]:,.0f} to {rates[1]:,.0f})",
                f"{1_000 * computing / count:.2f}",
                f"{1e6 * more / count:+,.0f} ms" if base and workers == 1 and name != "kernel" else "",
                f"{median(run.seconds for run in single) / seconds:.2f} ×" if single else "",
                f"{median(run.first for run in found):.1f} s",
                f"{median(run.together for run in found):,.0f} MB",
                f"{median(run.worker for run in found):,.0f} MB",
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _alone(alone: Alone) -> str:
    rows = [
        (f"of the kernel itself, per batch of {BATCH:,} articles", ""),
        ("---", "---:"),
        ("reading the cells", f"{alone.reading:.1f} ms"),
        ("making the columns", f"{alone.columns:.1f} ms"),
        ("making the columns, compact", f"{alone.compact:.1f} ms"),
        ("making the linter, once per process", f"{alone.made:.1f} s"),
        ("the linter, and what it keeps of a batch", f"{alone.size:,.0f} MB"),
        ("a kernel on its way to a worker", f"{alone.pickled:,} bytes"),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
