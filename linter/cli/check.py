"""`newslint check`: lint files, directories, dumps or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from linter.cli.flags import configuration_flags, resolver
from linter.cli.run import Run, View
from linter.reports import formats, report_for


@click.command("check", short_help="Lint articles.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--format", type=click.Choice(formats()), default="console", help="How to report [console].")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to a file.")
@click.option("--statistics", is_flag=True, help="Only count: hits and articles of each rule.")
@click.option("--show", metavar="RULE", help="Only show the hits of one rule, in their context.")
@click.option("--limit", type=click.IntRange(1), default=50, help="How many hits --show shows [50].")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only lint N articles, chosen at random.")
@click.option("--seed", type=int, default=0, metavar="S", help="Which N: the same for the same seed [0].")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write every record with its verdict: .parquet, .jsonl, .jsonl.gz or .jsonl.zst.",
)
@click.option(
    "--drop-to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --annotate: write those under --min-score there.",
)
@click.option("--resume", is_flag=True, help="With --annotate: go on with a run that was cut off.")
@click.option("--restart", is_flag=True, help="With --annotate: begin a run that was cut off anew.")
@click.option("--show-score", is_flag=True, help="Show the score of every article, Markdown included.")
@click.option("--explain-score", is_flag=True, help="Show every point that each finding costs.")
@click.option("--quiet", is_flag=True, help="Findings and errors only: no summary, no notes, no progress.")
@click.option("--no-progress", is_flag=True, help="No progress line.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours [auto].")
@click.option("--stdin-filename", metavar="NAME", help="What standard input ('-') is called, and so how it is read.")
@configuration_flags
def command(paths: tuple[str, ...], **values: Any) -> None:
    """Lint articles: text, Markdown and HTML files, JSONL dumps, directories of them, or '-' for standard input.

    Exit code 0: no finding at or above --fail-on and no score under --min-score; 1: there are; 2: wrong usage, a wrong
    configuration or rule, an input that can't be read.
    """
    if not paths:
        raise click.UsageError("Nothing to lint: name files or directories, or '-' for standard input.")
    if values["show"] and values["statistics"]:
        raise click.UsageError("--show and --statistics exclude each other.")
    if values["seed"] and values["sample"] is None:
        raise click.UsageError("--seed says which articles --sample takes: give --sample too.")
    if (values["show"] or values["statistics"]) and report_for(values["format"]).machine:
        raise click.UsageError("--show and --statistics write text: leave --format out.")
    _check_annotate(paths, values)
    stdin_name = values.pop("stdin_filename")
    configurations = resolver(values)
    values["progress"] = not values.pop("no_progress")
    view = View(**values)
    if view.annotate is not None:
        from linter.cli.dumprun import DumpRun

        sys.exit(DumpRun(list(paths), configurations, view, stdin_name)())
    sys.exit(Run(list(paths), configurations, view, stdin_name)())


def _check_annotate(paths: tuple[str, ...], values: dict[str, Any]) -> None:
    if values["annotate"] is None:
        for flag in ("drop_to", "resume", "restart"):
            if values[flag]:
                raise click.UsageError(f"--{flag.replace('_', '-')} needs --annotate FILE.")
        return
    if values["format"] != "console" or values["output"] or values["show"] or values["statistics"]:
        raise click.UsageError("--annotate writes the findings: leave --format, --output, --show and --statistics out.")
    if values["resume"] and values["restart"]:
        raise click.UsageError("--resume and --restart exclude each other.")
    if values["resume"] and "-" in paths:
        raise click.UsageError("--resume reads its input again from the start, which standard input can't be.")
