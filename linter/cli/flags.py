"""Flags that stand for configuration keys: their click options, and the layer of configuration they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from linter.cli.values import RULES
from linter.configfile import Resolver
from linter.configvalues import decode, max_failing, share

Command = TypeVar("Command", bound=Callable[..., Any])
Layer = list[tuple[str, str, Any]]  # (Python name, flag as written, value)


def _items(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> list[str]:
    """Comma-separated lists, repeated or not -> one list."""
    return [item.strip() for items in value for item in items.split(",") if item.strip()]


def share_of(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """0.01 or 1% -> 0.01."""
    number = share(value)
    if number is not None and not (isinstance(number, float) and 0 <= number <= 1):
        raise click.BadParameter(f"{value!r} is not a share such as 0.01 or 1%.")
    return number


def _failing(ctx: click.Context, param: click.Parameter, value: str | None) -> int | str | None:
    """A number of articles, or a share of them."""
    return None if value is None else max_failing(value, "--max-failing")


def _jobs(ctx: click.Context, param: click.Parameter, value: str | None) -> int | str | None:
    """A whole number from 1, or "auto"."""
    if value is None or value == "auto":
        return value
    if not value.isdecimal() or not int(value):
        raise click.BadParameter(f"{value!r} is neither a number of processes nor 'auto'.")
    return int(value)


_RULES = "rule IDs, names, families (INJ) or ALL"
_LISTS = {
    "select": f"Rules to use, in the place of the configured ones: {_RULES}.",
    "extend-select": "Rules to use beside the configured ones.",
    "ignore": "Rules not to use, in the place of the configured ones.",
    "extend-ignore": "Rules not to use, beside the configured ones.",
    "site": "Names and domains of the site whose own content this is.",
    "exclude": "Globs of files to leave out, in the place of the configured ones.",
    "extend-exclude": "Globs of files to leave out, beside the configured ones.",
}
_OTHERS: list[Callable[[Any], Any]] = [
    click.option("--preview/--no-preview", default=None, help="Also use rules that are still being measured."),
    click.option(
        "--lines",
        multiple=True,
        type=click.Path(),
        metavar="FILE",
        help="Lines of templates that learn-lines has written.",
    ),
    click.option(
        "--source-list",
        type=click.Path(),
        metavar="FILE",
        help="Labels that you give to sites: shown, no part of the score.",
    ),
    click.option("--preset", type=click.Choice(["scraped", "own"]), help="Scraped articles, or a site's own content."),
    click.option(
        "--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="Exit 1 from this level on [error]."
    ),
    click.option("--min-score", type=click.IntRange(0, 100), help="Exit 1 if an article scores less."),
    click.option(
        "--unscored", type=click.Choice(["pass", "warn", "fail"]), help="What articles without a score do [warn]."
    ),
    click.option(
        "--max-failing", metavar="N|P%", callback=_failing, help="Exit 1 only if more articles than that fail [0]."
    ),
    click.option("--baseline", type=click.Path(), metavar="FILE", help="Findings that are known, and fail nothing."),
    click.option(
        "--max-bad-records", metavar="SHARE", callback=share_of, help="Exit 2 if more of a dump can't be read [1%]."
    ),
    click.option("--force-exclude/--no-force-exclude", default=None, help="Exclude files that are named, too."),
    click.option("--respect-gitignore/--no-gitignore", default=None, help="Leave out what git ignores [on]."),
    click.option(
        "--field", multiple=True, metavar="NAME=KEY", help="Which key of a dump holds the text, title, author, …"
    ),
    click.option(
        "--time-limit", type=click.FloatRange(0), metavar="SECONDS", help="For one article; 0 is no limit [2]."
    ),
    click.option(
        "--html-scope", type=click.Choice(["full", "main"]), help="Of a page: all of it, or only its article [full]."
    ),
    click.option("--jobs", metavar="N|auto", callback=_jobs, help="Processes [1]."),
    click.option("--config", "config_file", type=click.Path(path_type=Path), help="Use this configuration file."),
    click.option("--isolated", is_flag=True, help="Ignore every configuration file."),
]


def configuration_flags(command: Command) -> Command:
    """Add the flags to a click command."""
    for option in reversed(_OTHERS):
        command = option(command)
    for key, text in reversed(_LISTS.items()):
        type_ = RULES if key.endswith(("select", "ignore")) else None
        option = click.option(f"--{key}", multiple=True, type=type_, metavar="LIST", callback=_items, help=text)
        command = option(command)
    return command


def resolver(values: dict[str, Any]) -> Resolver:
    """The configurations in force under the flags, which are taken out of a command's parameters."""
    file, isolated = values.pop("config_file"), values.pop("isolated")
    if file and isolated:
        raise click.UsageError("--config and --isolated exclude each other.")
    return Resolver(file=file, isolated=isolated, flags=list(_layer(values)))


def _layer(values: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for key in _LISTS:
        name = key.replace("-", "_")
        items = values.pop(name)
        if items:
            yield name, f"--{key}", items
    lines = values.pop("lines")
    if lines:
        yield "lines", "--lines", list(lines)
    fields = values.pop("field")
    if fields:
        yield "field", "--field", field_keys(fields)
    for name in (
        *("preview", "source_list", "preset", "fail_on", "min_score", "unscored", "max_failing", "baseline"),
        "max_bad_records",
        *("force_exclude", "respect_gitignore", "time_limit", "html_scope", "jobs"),
    ):
        value = values.pop(name)
        if value is not None:
            yield name, f"--{name.replace('_', '-')}", value


def field_keys(fields: tuple[str, ...]) -> dict[str, str]:
    """The values of --field: ("text=body",) -> {"text": "body"}. Raises click.BadParameter or ConfigError."""
    keys: dict[str, str] = decode({"field": dict(map(_mapping, fields))}, "--field", Path())["field"]
    return keys


def _mapping(text: str) -> tuple[str, str]:
    name, _, key = text.partition("=")
    if not name or not key:
        raise click.BadParameter(f"{text!r} is not NAME=KEY.", param_hint="'--field'")
    return name, key
