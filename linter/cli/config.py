"""`newslint config`: what is in force for a path, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from linter.api import Linter
from linter.cli.terminal import wants_color
from linter.config import Config, key_of
from linter.configfile import Resolver
from linter.reports.paper import Paper, safe


@click.command("config", short_help="Show the configuration in force, and where it comes from.")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--format", type=click.Choice(["table", "json"]), default="table", help="How to show it [table].")
@click.option("--config", "file", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Ignore every configuration file.")
def command(path: Path, format: str, file: Path | None, isolated: bool) -> None:
    """Show every setting in force for PATH (here), its value, and where it comes from."""
    config = Resolver(file=file, isolated=isolated).resolve(path)
    linter = Linter(config)
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


def _settings(config: Config) -> dict[str, Any]:
    values = msgspec.structs.asdict(config)
    del values["root"], values["origins"]
    return {key_of(name): msgspec.to_builtins(value) for name, value in values.items()}


def _shown(value: Any) -> str:
    return "-" if value is None or value == [] or value == {} else msgspec.json.encode(value).decode()
