"""`newslint check`: lint files, directories, dumps or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from linter.cli.flags import configuration_flags, resolver
from linter.cli.outputs import Target, targets
from linter.cli.run import Run, View
from linter.cli.values import REPORT, RULE
from linter.configfile import Resolver
from linter.engines import ENGINES
from linter.reports import format_names


@click.command("check", short_help="Lint articles.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="PATH...")
@click.option("--format", type=click.Choice(format_names()), help="How to report [console].")
@click.option(
    "--output",
    multiple=True,
    type=REPORT,
    metavar="[FORMAT:]FILE",
    help="Write the report to a file; with a format, one more report. May be given several times.",
)
@click.option("--statistics", is_flag=True, help="Only count: hits and articles of each rule.")
@click.option("--show", type=RULE, metavar="RULE", help="Only show the hits of one rule, in their context.")
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
@click.option(
    "--new-only",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="STATE",
    help="Pass over the items that an earlier run with this file has seen.",
)
@click.option("--diff-base", metavar="REF", help="Only what stands on lines changed since a git revision can fail.")
@click.option("--update-baseline", is_flag=True, help="Take out of the baseline what is fixed; write a new one.")
@click.option("--force", is_flag=True, help="With --update-baseline: also take in what is new.")
@click.option("--add-ignores", is_flag=True, help="Write suppressions for all that fails today, so that it passes.")
@click.option("--diff", is_flag=True, help="With --add-ignores: show what would be written.")
@click.option("--engine", type=click.Choice(ENGINES), help="Lint on Ray or Spark, whose machines see the same files.")
@click.option("--profile", is_flag=True, help="Say what the time goes to, check by check; one process.")
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
    if values["seed"] and values["sample"] is None:
        raise click.UsageError("--seed says which articles --sample takes: give --sample too.")
    if values.pop("add_ignores"):
        from linter.cli.addignores import AddIgnores

        sys.exit(AddIgnores.of(list(paths), values)())
    if values.pop("diff"):
        raise click.UsageError("--diff needs --add-ignores.")
    _check_annotate(paths, values)
    _check_engine(values)
    stdin_name = values.pop("stdin_filename")
    configurations = resolver(values)
    _check_gates(values, configurations, paths)
    values["progress"] = not values.pop("no_progress")
    values["targets"] = _targets(values)
    view = View(**values)
    if view.annotate is not None:
        from linter.cli.dumprun import DumpRun

        sys.exit(DumpRun(list(paths), configurations, view, stdin_name)())
    sys.exit(Run(list(paths), configurations, view, stdin_name)())


def _targets(values: dict[str, Any]) -> list[Target]:
    """The reports that are asked for, taken out of the command's parameters."""
    format, outputs, statistics = values.pop("format"), values.pop("output"), values.pop("statistics")
    if values["show"] and statistics:
        raise click.UsageError("--show and --statistics exclude each other.")
    if not (values["show"] or statistics):
        return targets(format, outputs)
    if format not in (None, "console") or any(output.partition(":")[0] in format_names() for output in outputs):
        raise click.UsageError("--show and --statistics write text: leave --format out.")
    return targets("show" if values["show"] else "statistics", outputs)


def _check_gates(values: dict[str, Any], configurations: Resolver, paths: tuple[str, ...]) -> None:
    if values["force"] and not values["update_baseline"]:
        raise click.UsageError("--force needs --update-baseline.")
    if values["update_baseline"] and all(configurations.resolve(path).baseline is None for path in paths):
        raise click.UsageError("--update-baseline needs --baseline FILE, or 'baseline' in the configuration.")


def _check_engine(values: dict[str, Any]) -> None:
    if values["engine"] is None:
        return
    for flag in ("sample", "new_only"):  # which ones are linted is known only to who reads all of them
        if values[flag] is not None:
            raise click.UsageError(f"--engine and --{flag.replace('_', '-')} exclude each other.")
    if values["profile"]:
        raise click.UsageError("--engine and --profile exclude each other: only this process is measured.")


def _check_annotate(paths: tuple[str, ...], values: dict[str, Any]) -> None:
    if values["annotate"] is None:
        for flag in ("drop_to", "resume", "restart"):
            if values[flag]:
                raise click.UsageError(f"--{flag.replace('_', '-')} needs --annotate FILE.")
        return
    if values["format"] not in (None, "console") or values["output"] or values["show"] or values["statistics"]:
        raise click.UsageError("--annotate writes the findings: leave --format, --output, --show and --statistics out.")
    for flag in ("new_only", "update_baseline"):
        if values[flag]:
            raise click.UsageError(f"--{flag.replace('_', '-')} needs a whole run, and --annotate may go on with one.")
    if values["resume"] and values["restart"]:
        raise click.UsageError("--resume and --restart exclude each other.")
    if values["resume"] and "-" in paths:
        raise click.UsageError("--resume reads its input again from the start, which standard input can't be.")
