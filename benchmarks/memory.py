"""How much memory a run over a large dump takes, process by process, while the dump grows.

    python -m benchmarks.memory [--size 5G] [--jobs 2] [--format jsonl|jsonl.zst|parquet] [--keep DIR]

The dump is made of fixtures/rewritten: its articles in turn, each record with another address and with forty words that
no other record has, so that whatever is remembered per word or per site would grow. `newslint check --annotate` runs
over it, and the resident memory of its processes is looked at twice a second (Linux). `--keep` leaves the dump and
the output in a directory; otherwise they are removed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parent.parent / "fixtures" / "rewritten" / "articles.jsonl"
_UNITS = {"K": 10**3, "M": 10**6, "G": 10**9}
_SYLLABLES = "ba co du fe gi ha jo ku le mi no pu ra se ti vo wu ya ze".split()
_ROWS = 2_000  # of a row group


def records() -> Iterator[dict[str, Any]]:
    """Records without an end."""
    articles = [json.loads(line) for line in FIXTURES.read_text("utf-8").splitlines()]
    rng, number = random.Random(1), 0
    while True:
        for article in articles:
            kind = "" if number % 3 == 0 else "clean_"
            words = ["".join(rng.choices(_SYLLABLES, k=4)).capitalize() for _ in range(40)]
            last = f"The names of the forty were read out: {', '.join(words)}."
            yield {
                "id": f"r{number}",
                "url": f"https://site{rng.randrange(200_000)}.example/{number}",
                "title": article[f"{kind}title"],
                "text": f"{article[f'{kind}text']}\n\n{last}",
            }
            number += 1


def write(path: Path, size: int) -> int:
    """Write a dump of so many bytes of text; returns how many records it has."""
    count = 0
    if path.suffix == ".parquet":
        import pyarrow as pa
        from pyarrow import parquet

        schema = pa.schema([(name, pa.string()) for name in ("id", "url", "title", "text")])
        source = records()
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            while size > 0:
                rows = [next(source) for _ in range(_ROWS)]
                writer.write_table(pa.Table.from_pylist(rows, schema))
                size -= sum(len(row["text"]) for row in rows)
                count += _ROWS
        return count
    packer = None
    with path.open("wb") as file:
        out: Any = file
        if path.suffix == ".zst":
            import zstandard

            out = packer = zstandard.ZstdCompressor().stream_writer(file, closefd=False)
        for record in records():
            line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
            out.write(line)
            size -= len(line)
            count += 1
            if size <= 0:
                break
        if packer is not None:
            packer.close()
    return count


def _status(pid: int) -> dict[str, str]:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return {}
    return dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)


def family(root: int) -> dict[int, float]:
    """The processes below `root`, and itself -> megabytes of resident memory."""
    parents, sizes = dict[int, int](), dict[int, float]()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and "VmRSS" in (status := _status(int(entry.name))):
            parents[int(entry.name)] = int(status["PPid"])
            sizes[int(entry.name)] = int(status["VmRSS"].split()[0]) * 1024 / 1e6
    mine = {root}
    while more := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return {pid: sizes[pid] for pid in mine if pid in sizes}


def watch(command: list[str], journal: Path) -> tuple[int, float, list[tuple[int, float, float]]]:
    """Run a command: its exit code, the seconds, and (records done, MB of the parent, MB of the largest worker)."""
    seen: list[tuple[int, float, float]] = []
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            time.sleep(0.5)
            sizes = family(run.pid)
            workers = [size for pid, size in sizes.items() if pid != run.pid]
            try:
                done = json.loads(journal.read_text())["done"]
            except (OSError, ValueError):
                done = 0
            seen.append((done, sizes.get(run.pid, 0.0), max(workers, default=0.0)))
    return run.returncode, time.monotonic() - started, seen


def measure(size: int, jobs: int, suffix: str, folder: Path, *flags: str) -> dict[str, Any]:
    """Make a dump of `size` bytes, annotate it, and say what it took."""
    dump, out = folder / f"dump.{suffix}", folder / f"annotated.{suffix}"
    count = write(dump, size)
    command = [sys.executable, "-m", "linter", "check", str(dump), "--annotate", str(out), "--restart"]
    command += ["--isolated", "--jobs", str(jobs), "--no-progress", *flags]
    code, seconds, seen = watch(command, out.with_name(f"{out.name}.journal"))
    return {"code": code, "records": count, "bytes": dump.stat().st_size, "seconds": seconds, "seen": seen}


def _size(text: str) -> int:
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].upper() in _UNITS else (text, "")
    try:
        return int(float(number) * _UNITS.get(unit, 1))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 500M or 5G") from None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=_size, default=_size("5G"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--format", choices=["jsonl", "jsonl.zst", "parquet"], default="jsonl")
    parser.add_argument("--keep", type=Path)
    args, flags = parser.parse_known_args()
    if not Path("/proc/self/status").exists():
        print("the memory of processes is read from /proc, which this system has not", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        result = measure(args.size, args.jobs, args.format, folder, *flags)
    seen, count = result["seen"], result["records"]
    print(f"{count:,} records, {result['bytes'] / 1e6:,.0f} MB, {args.jobs} processes, {os.cpu_count()} cores")
    rate = count / result["seconds"]
    print(f"exit code {result['code']}, {result['seconds']:,.0f} s, {rate:,.0f} records per second")
    print("  read  parent MB  worker MB (peak so far)")
    for tenth in range(1, 11):
        part = [entry for entry in seen if entry[0] <= count * tenth / 10]
        if part:
            print(f"{10 * tenth:5} %  {max(e[1] for e in part):9.0f}  {max(e[2] for e in part):9.0f}")
    return int(result["code"] != 0)


if __name__ == "__main__":
    sys.exit(main())
