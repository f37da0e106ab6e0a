"""`newslint config`: what is in force for a path, and why; which keys there are; their JSON schema for editors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from linter.api import Linter
from linter.cli.terminal import wants_color, width
from linter.config import Config, SuppressTable, key_of
from linter.configfile import Resolver
from linter.reports.paper import Paper, safe

_FILES = ("newslint.toml", "pyproject.toml")


@click.command("config", short_help="Show the configuration in force, and where it comes from.")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--keys", is_flag=True, help="Say which keys there are, and what each is for.")
@click.option(
    "--schema",
    type=click.Choice(_FILES),
    is_flag=False,
    flag_value=_FILES[0],
    help="Print the JSON schema of a configuration file, for editors [newslint.toml].",
)
@click.option("--format", type=click.Choice(["table", "json"]), default="table", help="How to show it [table].")
@click.option("--config", "file", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Ignore every configuration file.")
def command(path: Path, keys: bool, schema: str | None, format: str, file: Path | None, isolated: bool) -> None:
    """Show every setting in force for PATH (here), its value, and where it comes from.

    The schema knows the rules that are in force there, your own among them.
    """
    if (keys and schema) or ((keys or schema) and format != "table"):
        raise click.UsageError("--keys, --schema and --format exclude each other.")
    if keys:
        _print_keys()
        return
    config = Resolver(file=file, isolated=isolated).resolve(path)
    linter = Linter(config)
    if schema:
        _print_schema(schema, linter)
        return
    on, known = len(linter.rules), len(linter.rulebook.rules)
    settings = _settings(config)
    if format == "json":
        document = {
            "root": config.root or None,
            "settings": {key: {"value": value, "origin": config.origin(key)} for key, value in settings.items()},
            "rules": {"on": [rule.id for rule in linter.rules], "off": known - on},
        }
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
        return
    paper = Paper(sys.stdout, wants_color("auto", sys.stdout))
    rows = [[key, safe(_shown(value)), safe(config.origin(key))] for key, value in settings.items()]
    paper.table(["key", "value", "from"], rows)
    paper.line(f"{on} of {known} rules are on")


def _print_schema(file: str, linter: Linter) -> None:
    from linter.configschema import config_schema, pyproject_schema

    schema = config_schema if file == _FILES[0] else pyproject_schema
    click.echo(msgspec.json.format(msgspec.json.encode(schema(linter.rulebook.rules)), indent=1).decode())


def _print_keys() -> None:
    from textwrap import wrap

    from linter.configkeys import KEYS

    paper = Paper(sys.stdout, wants_color("auto", sys.stdout))
    for key, values, says in _keys():
        paper.line((key, "bold"), f": {values}")
        for line in wrap(says.replace("`", "'"), min(width(sys.stdout), 100) - 4):
            paper.line(f"    {line}")
        if KEYS[key].example:
            paper.line(f"    {key} = {KEYS[key].example}")
        paper.line()


def _keys() -> Iterator[tuple[str, str, str]]:
    """Every key, what may stand behind it, and what it is for."""
    from linter.configschema import config_schema
    from linter.configwords import default_of, in_words

    for key, schema in config_schema([])["properties"].items():
        default = default_of(schema)
        yield key, in_words(schema).replace("`", "") + (f" [{default}]" if default else ""), schema["description"]


def _settings(config: Config) -> dict[str, Any]:
    """The settings as a file would have them."""
    values = msgspec.structs.asdict(config)
    del values["root"], values["origins"]
    values["rule"] = {
        rule: {**({"severity": settings.severity} if settings.severity else {}), **settings.options}
        for rule, settings in config.rule.items()
    }
    values["per_path"] = [{"paths": table.paths, **_by_key(table.values)} for table in config.per_path]
    values["source"] = [{"host": table.hosts, **_by_key(table.values)} for table in config.source]
    values["suppress"] = [_as_written(table) for table in config.suppress]
    return _by_key(values)


def _by_key(values: dict[str, Any]) -> dict[str, Any]:
    return {key_of(name): value for name, value in values.items()}


def _as_written(table: SuppressTable) -> dict[str, Any]:
    """What was said of a suppression, without what was not."""
    said = msgspec.structs.asdict(table)
    return {key: value for key, value in said.items() if key != "root" and value not in (None, [])}


def _shown(value: Any) -> str:
    return "-" if value is None or value == [] or value == {} else msgspec.json.encode(value).decode()
