"""`newslint rules`: list the rules, explain one, test the examples of some."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from linter.api import Linter
from linter.cli.main import BROKEN
from linter.cli.values import RULE, RULES
from linter.config import ConfigError, covers
from linter.configfile import Resolver
from linter.configvalues import did_you_mean
from linter.hitrates import hit_rates
from linter.reports.paper import Paper, safe
from linter.rulefile import Rule, RuleError


@click.group("rules", short_help="List, explain and test rules.")
def command() -> None:
    """List, explain and test rules."""


def _linter() -> Linter:
    return Linter(Resolver().resolve(Path.cwd()))


@command.command("list")
@click.option("--format", type=click.Choice(["table", "json"]), default="table", help="How to list [table].")
@click.option(
    "--select", multiple=True, type=RULES, metavar="LIST", help="Only these: rule IDs, names, families (INJ)."
)
def list_rules(format: str, select: tuple[str, ...]) -> None:
    """List the rules, and which of them are on under the configuration here."""
    linter = _linter()
    selectors = [item.strip() for items in select for item in items.split(",") if item.strip()]
    linter.rulebook.check_selectors(selectors, "--select")
    rules = [r for r in linter.rulebook.rules if not selectors or any(covers(s, r.id, r.name) for s in selectors)]
    active = {rule.id for rule in linter.rules}
    if format == "json":
        import msgspec

        listed = [_facts(rule, rule.id in active) for rule in rules]
        click.echo(msgspec.json.format(msgspec.json.encode(listed), indent=2).decode())
        return
    rows = [
        [r.id, r.name, r.severity, r.confidence, r.category, r.status, "on" if r.id in active else "off"] for r in rules
    ]
    paper = Paper(sys.stdout, _on_terminal())
    paper.table(["rule", "name", "severity", "confidence", "category", "status", "here"], rows)
    paper.line(f"{len(rules)} rules, {sum(r.id in active for r in rules)} on")


def _facts(rule: Rule, active: bool) -> dict[str, Any]:
    import msgspec

    facts: dict[str, Any] = msgspec.to_builtins(rule)
    del facts["source"], facts["builtin"]
    rates = hit_rates().rules.get(rule.id) if rule.builtin else None
    return {**facts, "on": active, "hits": rates}


@command.command("show")
@click.argument("rule", type=RULE, metavar="RULE")
def show_rule(rule: str) -> None:
    """Explain a rule, given by its ID or name."""
    from linter.cli.explain import explain

    book = _linter().rulebook
    found = book.get(rule)
    if found is None:
        hint = did_you_mean(rule.upper(), [r.id for r in book.rules]) or did_you_mean(
            rule.lower(), [r.name for r in book.rules]
        )
        raise ConfigError(f"unknown rule {rule!r}{hint or '; newslint rules list lists them'}")
    explain(found, Paper(sys.stdout, _on_terminal()))


@command.command("test")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--allow-python-rules", is_flag=True, help="Run the Python code beside coded rules of PATH.")
def test_rules(path: Path | None, allow_python_rules: bool) -> None:
    """Run the examples of the rules in a file or folder; without PATH, of every rule in force here."""
    from linter.exampletest import run
    from linter.lexicon import BUILTIN
    from linter.reports.words import count
    from linter.rulebook import load_rules

    broken: list[str] = []
    if path is None:
        rules = _linter().rulebook.rules
    else:
        rules = []
        for file in _files(path):
            try:
                shipped = file.resolve().is_relative_to(BUILTIN.parent.resolve())
                rules += load_rules(file, builtin=shipped or allow_python_rules)
            except RuleError as error:
                broken.append(str(error))
    failures = run(rules)
    for line in [*broken, *map(str, failures)]:
        click.echo(safe(line))
    examples = sum(len(rule.examples.bad) + len(rule.examples.good) for rule in rules)
    counts = f"{count(len(rules), 'rule')}, {count(examples, 'example')}"
    click.echo(f"{counts}: {len(failures)} failed", err=True)
    sys.exit(BROKEN if broken else int(bool(failures)))


def _files(path: Path) -> list[Path]:
    """The rule files to test, one by one, so that a broken one doesn't hide the others."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*.y*ml") if file.suffix in (".yaml", ".yml"))
    if not files:
        raise ConfigError(f"{path}: no rules found (looked for *.yaml, *.yml)")
    return files


def _on_terminal() -> bool:
    from linter.cli.terminal import wants_color

    return wants_color("auto", sys.stdout)
