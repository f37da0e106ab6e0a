"""The command: see the package's own description."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import benchmarks.score
from benchmarks.formats.corpus import UsageError
from benchmarks.score import figures, page
from benchmarks.score.measuring import measure


def main(arguments: list[str] | None = None) -> int:
    """Write the figures and the page; 2 where the options, the data or the figures are wrong."""
    parser = argparse.ArgumentParser(description=(benchmarks.score.__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", help="the evaluation data (default: $NEWSLINT_EVAL)")
    parser.add_argument("--page", action="store_true", help="write the page alone, from the figures that are there")
    options = parser.parse_args(arguments)
    folder = options.data or os.environ.get("NEWSLINT_EVAL")
    try:
        if not options.page:
            if not folder:
                raise UsageError("no evaluation data: give --data DIR, set NEWSLINT_EVAL, or write the --page alone")
            figures.save(measure(Path(folder), say=lambda step: print(step, file=sys.stderr)), figures.FILE)
        page.FILE.write_text(page.page(figures.load(figures.FILE)), "utf-8")
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {error.filename}: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
