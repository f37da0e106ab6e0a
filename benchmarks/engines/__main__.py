"""The command: see the package's own description."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import benchmarks.engines
from benchmarks.engines.measuring import Run, WayError, kernel_alone, measure, run_way, write_dumps
from benchmarks.engines.tables import sections, write
from benchmarks.engines.ways import WAYS
from benchmarks.options import positive

_TRIES = 10


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 where a way fails, 2 where the options are wrong."""
    parser = argparse.ArgumentParser(description=(benchmarks.engines.__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=positive, default=4_000, metavar="N", help="so many articles (default 4000)")
    parser.add_argument("--rounds", type=positive, default=3, metavar="R", help="rounds (default 3)")
    parser.add_argument("--only", type=_names, default=list(WAYS), metavar="NAMES", help=f"of {', '.join(WAYS)}")
    parser.add_argument(
        "--others", type=float, default=0.25, metavar="SHARE",
        help="do a run anew, ten times at most, where other programs took more of a core meanwhile (default 0.25)",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true", help="put the tables into docs/engines/")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, help=argparse.SUPPRESS)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.way:
        run_way(options.way, options.workers, options.folder)
        return 0
    if not Path("/proc/self/status").exists():
        parser.error("the memory of processes is read from /proc, which this system has not")
    alone = kernel_alone(options.rounds)  # first, while there is no memory that was used and is free again
    runs: dict[tuple[str, int], list[Run]] = {(name, n): [] for name in options.only for n in WAYS[name].workers}
    failed = set[str]()
    for number in range(options.rounds):
        for name, workers in list(runs):
            if name in failed:
                continue
            print(f"round {number + 1}: {name}, {workers}", file=sys.stderr)
            try:
                runs[name, workers].append(_undisturbed(name, workers, options))
            except WayError as error:  # the others are measured all the same
                print(f"{name} with {workers} workers failed:\n{error}", file=sys.stderr)
                failed.add(name)
    runs = {(name, workers): found for (name, workers), found in runs.items() if name not in failed}
    if not runs:
        return 1
    for page, section in sections(runs, alone, options.records, options.rounds).items():
        print(f"{page}\n\n{section}\n")
        if options.write:
            write(page, section)
    return 1 if failed else 0


def _undisturbed(name: str, workers: int, options: argparse.Namespace) -> Run:
    """A run during which other programs did little; of ten others the one with least. Raises WayError."""
    tried: list[Run] = []
    while len(tried) < _TRIES and (not tried or tried[-1].others > options.others):
        with tempfile.TemporaryDirectory() as folder:
            write_dumps(Path(folder), options.records)
            tried.append(measure(name, workers, Path(folder)))
        print(f"  {tried[-1].seconds:.1f} s; other programs took {tried[-1].others:.0%} of a core", file=sys.stderr)
    return min(tried, key=lambda run: run.others)


def _names(value: str) -> list[str]:
    names = value.split(",")
    if unknown := [name for name in names if name not in WAYS]:
        raise argparse.ArgumentTypeError(f"no way is called {unknown[0]!r}, expected some of {', '.join(WAYS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
