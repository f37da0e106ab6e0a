"""`newslint split`: annotated records once more, by another threshold, without linting again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from linter.cli.terminal import wants_color
from linter.config import ConfigError
from linter.readers.inputs import reason
from linter.reports.paper import Paper, safe
from linter.splitting import Counts, SplitError, Threshold, split
from linter.writers import WriterError


@click.command("split", short_help="Split annotated records by their scores.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--min-score", type=click.IntRange(0, 100), required=True, help="Records that score less are dropped.")
@click.option("--unscored", type=click.Choice(["keep", "drop"]), default="keep", help="Those without a score [keep].")
@click.option("--keep-to", type=click.Path(path_type=Path), metavar="FILE", help="Write the records that stay there.")
@click.option("--drop-to", type=click.Path(path_type=Path), metavar="FILE", help="Write the others there.")
def command(file: Path, **values: Any) -> None:
    """Split FILE, which `newslint check --annotate` has written, by the scores in it.

    Nothing is linted again, and the records keep their reasons. Without --keep-to and --drop-to they are only counted.
    """
    outputs = [path for path in (values["keep_to"], values["drop_to"]) if path is not None]
    if len({path.absolute() for path in [file, *outputs]}) < 1 + len(outputs):
        raise click.UsageError("FILE, --keep-to and --drop-to have to be different files.")
    threshold = Threshold(values["min_score"], values["unscored"] == "drop")
    try:
        counts = split(file, threshold, keep_to=values["keep_to"], drop_to=values["drop_to"])
    except (SplitError, WriterError) as error:
        raise ConfigError(str(error)) from None
    except OSError as error:
        name = safe(str(error.filename or file))
        raise ConfigError(f"{name}: {reason(error)}") from None
    _show(Paper(sys.stdout, wants_color("auto", sys.stdout)), counts, threshold)


def _show(paper: Paper, counts: Counts, threshold: Threshold) -> None:
    fate = "dropped" if threshold.drop_unscored else "kept"
    paper.line(
        f"{counts.kept:,} kept, {counts.dropped:,} dropped; {counts.short:,} scored under {threshold.min_score}, "
        f"{counts.unscored:,} had no score and were {fate}"
    )
