"""The command: see the package's own description."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import benchmarks.speed
from benchmarks.formats.corpus import UsageError
from benchmarks.formats.tables import show
from benchmarks.options import positive, reason, writable
from benchmarks.speed.corpus import corpus
from benchmarks.speed.lengths import measure_lengths
from benchmarks.speed.machine import one_core
from benchmarks.speed.measuring import Rate, measure
from benchmarks.speed.others import CONTENDERS
from benchmarks.speed.shares import measure_shares
from benchmarks.speed.startup import measure_startup
from benchmarks.speed.tables import (
    Section,
    command_of,
    header,
    lengths_section,
    markdown,
    rates_section,
    shares_section,
    startup_section,
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 where something that is measured fails, 2 where the options or the data are wrong."""
    options = _parser().parse_args(arguments)
    try:
        sections, failed = _measured(options)
        said = header()
        for section in sections:
            show([section.table], section.notes)
        print(*said, sep="\n")
        if options.markdown:
            options.markdown.write_text(markdown(command_of(options), said, sections), "utf-8")
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {reason(error)}", file=sys.stderr)
        return 2
    except RuntimeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for rate in failed:
        print(f"{rate.name}: {rate.problem}", file=sys.stderr)
    return 1 if failed else 0


def _measured(options: argparse.Namespace) -> tuple[list[Section], list[Rate]]:
    with tempfile.TemporaryDirectory(prefix="newslint-speed-") as name:
        folder = Path(name)
        _say("making the corpus")
        given = corpus(folder, options.data, options.records)
        chosen = [contender for contender in CONTENDERS if not options.only or contender.name in options.only]
        with one_core():
            rates = measure(given, chosen, options.rounds, options.slow_records, _say)
            sections = [rates_section(rates, given, options.rounds)]
            if options.shares:
                _say("what the time goes to")
                sections.append(shares_section(measure_shares(given, options.rounds)))
            if options.lengths:
                sections.append(lengths_section(measure_lengths(given, options.rounds, _say)))
        if options.startup:
            sections.append(startup_section(measure_startup(folder, options.files, options.rounds, _say)))
    return sections, [rate for rate in rates if rate.failed]


def _say(step: str) -> None:
    print(step, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=(benchmarks.speed.__doc__ or "").splitlines()[0]
    )
    names = [contender.name for contender in CONTENDERS]
    parser.add_argument("--data", type=Path, metavar="DIR|FILE", help="your own articles instead of made ones")
    parser.add_argument("--records", type=positive, default=1200, metavar="N", help="at most so many (default 1200)")
    parser.add_argument("--rounds", type=positive, default=5, metavar="K", help="default 5")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument(
        "--slow-records", type=positive, default=120, metavar="N", help="for slow contenders (default 120)"
    )
    parser.add_argument("--shares", action="store_true", help="also what each check takes of newslint's time")
    parser.add_argument("--lengths", action="store_true", help="also articles of 10 kB, 100 kB and 1 MB")
    parser.add_argument("--startup", action="store_true", help="also whole processes: start-up, one file, many files")
    parser.add_argument(
        "--files", type=positive, default=4000, metavar="N", help="Markdown files for --startup (default 4000)"
    )
    parser.add_argument("--markdown", type=writable, metavar="FILE", help="write the tables there as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
