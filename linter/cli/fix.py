"""`newslint fix`: repair what can be repaired without a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from linter.cli.flags import configuration_flags, resolver


@click.command("fix", short_help="Repair articles.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="PATH...")
@click.option("--diff", is_flag=True, help="Write nothing: show the changes as a diff.")
@click.option("--unsafe", is_flag=True, help="Also what a person should look at afterwards.")
@click.option(
    "--save-diff",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the changes to a file; 'git apply -R FILE' undoes them.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write all records there: .parquet, .jsonl, .jsonl.gz or .jsonl.zst. Dumps need it.",
)
@click.option("--quiet", is_flag=True, help="Errors only (and the diff).")
@click.option("--no-progress", is_flag=True, help="No progress line.")
@click.option("--stdin-filename", metavar="NAME", help="What standard input ('-') is called, and so how it is read.")
@configuration_flags
def command(paths: tuple[str, ...], **values: Any) -> None:
    """Repair articles: text, Markdown and HTML files in their place, dumps into a new file, '-' from stdin to stdout.

    Whole lines of residue go, broken characters are repaired, a missing blank is put in, where the rule of the finding
    says that this is safe. Prose is not touched, and nothing is changed that would raise another alarm. What a
    baseline knows is fixed too.

    Exit code 0: done; with --diff 1 if something would be changed; 2: wrong usage, a wrong configuration or rule, an
    input that can't be read, a file that can't be written.
    """
    from linter.cli.fixrun import FixRun, FixView

    if not paths:
        raise click.UsageError("Nothing to fix: name files or directories, or '-' for standard input.")
    view = FixView(
        diff=values.pop("diff"),
        unsafe=values.pop("unsafe"),
        save_diff=values.pop("save_diff"),
        output=values.pop("output"),
        quiet=values.pop("quiet"),
        progress=not values.pop("no_progress"),
        stdin_name=values.pop("stdin_filename"),
    )
    if view.diff and (view.save_diff or view.output):
        raise click.UsageError("--diff writes nothing: leave --save-diff and --output out.")
    if view.save_diff and (view.output or "-" in paths):
        raise click.UsageError("--save-diff is for files that are changed in their place.")
    sys.exit(FixRun(list(paths), resolver(values), view)())
