"""The command: see the package's own description."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import benchmarks.formats
from benchmarks.formats.corpus import UsageError
from benchmarks.formats.measuring import measure
from benchmarks.formats.tables import markdown, notes, show, tables
from benchmarks.options import positive, reason, writable


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 where results disagree, 2 where the options or the data are wrong."""
    parser = argparse.ArgumentParser(description=(benchmarks.formats.__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder of the evaluation data")
    parser.add_argument("--records", type=positive, default=2000, metavar="N", help="at most so many (default 2000)")
    parser.add_argument("--repeat", type=positive, default=3, metavar="R", help="rounds (default 3)")
    parser.add_argument("--markdown", type=writable, metavar="FILE", help="write the tables there as well")
    options = parser.parse_args(arguments)
    try:
        results = measure(options.records, options.repeat, options.data, lambda step: print(step, file=sys.stderr))
        shown, said = tables(results), notes(results, options)
        show(shown, said)
        if options.markdown:
            options.markdown.write_text(markdown(shown, said), "utf-8")
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {reason(error)}", file=sys.stderr)
        return 2
    for line in results.wrong:
        print(f"wrong: {line}", file=sys.stderr)
    return 1 if results.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
