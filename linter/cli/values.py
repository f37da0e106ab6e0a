"""What flags and arguments take, as click types: how a shell completes them. Values stay the strings that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    _Words = click.ParamType[str]
else:  # before click 8.4 it takes no type
    _Words = click.ParamType

_HEAD = re.compile(r"^(id|name|summary):[ ]+(.+?)[ ]*$", re.MULTILINE)  # top-level keys of a rule file, on one line


class Named(NamedTuple):
    """What there is to be told of a rule while a name is being typed."""

    id: str
    name: str
    summary: str


def named_rules(folders: list[Path]) -> list[Named]:
    """The rules in some folders or files, by ID, by a glance at each file: a shell waits for this.

    What is no rule file, or can't be read, is passed over; who runs the command is told.
    """
    found = []
    for folder in folders:
        for file in [folder] if folder.is_file() else folder.rglob("*.y*ml"):
            try:
                keys = dict(reversed(_HEAD.findall(file.read_text(encoding="utf-8"))))  # the first of each counts
            except (OSError, ValueError):
                continue
            if "id" in keys and "name" in keys:
                found.append(Named(keys["id"], keys["name"], _unquoted(keys.get("summary", ""))))
    return sorted(found)


def _unquoted(value: str) -> str:
    """What a YAML value on one line says."""
    if value[:1] in ("'", '"') and value[-1:] == value[:1]:
        return value[1:-1].replace(value[0] * 2 if value[0] == "'" else '\\"', value[0])
    return value


def _rules_here() -> list[Named]:
    """The shipped rules, and those of the folders that the configuration here names."""
    from linter.config import ConfigError
    from linter.configfile import Resolver
    from linter.lexicon import BUILTIN

    try:
        own = Resolver().resolve(Path.cwd()).rules
    except ConfigError:
        own = []
    return named_rules([BUILTIN.parent, *map(Path, own)])


class RuleName(_Words):
    """The ID or name of one rule."""

    name = "rule"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """IDs, and names once a part of one is typed, with what they stand for."""
        return [CompletionItem(value, help=says) for value, says in self._beginning(incomplete)]

    def _beginning(self, typed: str) -> Iterator[tuple[str, str]]:
        for rule in _rules_here():
            if rule.id.startswith(typed.upper()):
                yield typed + rule.id[len(typed) :], f"{rule.name}: {rule.summary}"
            if typed and rule.name.startswith(typed.lower()):
                yield typed + rule.name[len(typed) :], f"{rule.id}: {rule.summary}"


class RuleNames(RuleName):
    """IDs, names and families of rules, with commas between them."""

    name = "rules"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """As of one rule, for what is behind the last comma; what is listed already is left out."""
        before, comma, typed = incomplete.rpartition(",")
        listed = {name.strip().upper() for name in before.split(",")}
        return [
            CompletionItem(before + comma + value, help=says)
            for value, says in (*self._families(typed), *self._beginning(typed))
            if value.upper() not in listed
        ]

    def _families(self, typed: str) -> Iterator[tuple[str, str]]:
        families: dict[str, int] = {}
        for rule in _rules_here():
            family = rule.id.rstrip("0123456789")
            families[family] = families.get(family, 0) + 1
        for family, rules in {"ALL": sum(families.values()), **families}.items():
            if family.startswith(typed.upper()) and family != typed.upper():
                yield typed + family[len(typed) :], f"all {rules} rules" + (f" of {family}" if family != "ALL" else "")


class ReportFile(_Words):
    """A file for a report, with its format before a colon or not: "sarif:out.sarif"."""

    name = "report"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The formats, or else files."""
        from linter.reports import format_names

        kind, colon, typed = incomplete.partition(":")
        if colon and kind in format_names():
            return [CompletionItem(f"{kind}:{path}") for path in _paths(typed)]
        begun = [CompletionItem(f"{name}:") for name in format_names() if name.startswith(incomplete)]
        return begun or [CompletionItem(incomplete, type="file")]


def _paths(typed: str) -> list[str]:
    """The files and folders whose path begins so, as written; hidden ones where a dot is typed."""
    folder, slash, name = typed.rpartition("/")
    try:
        entries = sorted(Path(folder + slash or ".").iterdir())
    except OSError:
        return []
    shown = (entry for entry in entries if entry.name.startswith(name) and (name or not entry.name.startswith(".")))
    return [folder + slash + entry.name + ("/" if entry.is_dir() else "") for entry in shown]


RULE = RuleName()
RULES = RuleNames()
REPORT = ReportFile()
