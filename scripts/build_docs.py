"""Writes the pages of docs/ that are made from rules, code and the templates in scripts/docs/. Run it after a change
to any of them: `python -m scripts.build_docs`. tests/test_docs.py fails where a page is out of date.

A template is Markdown. `{{ name }}` on a line of its own, or in one, is replaced by the table of that name below,
`{{= module:NAME }}` by a number of the code. In a block of the language `console` every `$ newslint …` is run, and what
it prints is put there; words behind `console` say how:

  lines=N      only the first N lines of each output
  json         a JSON document, with a line for every value; long values are cut
  samples      in a folder with the fixtures, and with records.jsonl in other formats
  configured   in a folder with the last `toml` block as its newslint.toml
"""

from __future__ import annotations

import json
import os
import re
import shlex
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import msgspec
from click.testing import CliRunner

from linter import parallel
from linter.annotation import NAMES, PREFIX
from linter.api import Linter
from linter.cli.main import main as newslint
from linter.config import Config
from linter.configschema import config_schema
from linter.configwords import default_of, in_words, toml
from linter.costs import Costs
from linter.model import Category, Finding, SourceLabel, Verdict
from linter.readers import suffixes
from linter.readers.records import KEYS as FIELDS
from linter.reports.mdtext import text
from linter.reports.rulepage import markdown
from linter.rulebook import RuleBook, load_book, options_of
from scripts.docs import fields, samples

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_TEMPLATES = Path(__file__).resolve().parent / "docs"
_WIDTH = 100  # columns of what newslint prints
_LONGEST = 96  # characters of a line of JSON

_CONSOLE = re.compile(r"^```console([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SLOT = re.compile(r"\{\{(=?) ([^}]+) \}\}")


def generated() -> dict[str, str]:
    """Every page that is made here, by its path in docs/."""
    pages = {f"rules/{rule.id}.md": markdown(rule) for rule in _book().rules}
    pages["rules/README.md"] = _rule_index(_book())
    pages["newslint.schema.json"] = printed("config", "--isolated", "--schema")
    for template in sorted(_TEMPLATES.glob("*.md")):
        pages[template.name] = _page(template.read_text(encoding="utf-8"))
    return pages


def main() -> None:
    """Write them, and remove pages of rules that are no more."""
    pages = generated()
    for name, content in pages.items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(content, encoding="utf-8", newline="\n")
    for page in (DOCS / "rules").glob("*.md"):
        if f"rules/{page.name}" not in pages:
            page.unlink()


@cache
def _book() -> RuleBook:
    return load_book()


def _page(template: str) -> str:
    """A template with its tables and outputs."""
    filled = _SLOT.sub(_filled, template)  # first: what is printed may look like a slot
    return _CONSOLE.sub(lambda match: _console(match, filled), filled)


def _filled(match: re.Match[str]) -> str:
    if match[1]:
        module, _, name = match[2].partition(":")
        return f"{getattr(import_module(module), name):,}"
    return TABLES[match[2]]()


# What newslint prints


def _console(match: re.Match[str], template: str) -> str:
    how = match[1].split()
    limit = next((int(word.removeprefix("lines=")) for word in how if word.startswith("lines=")), None)
    configuration = _TOML.findall(template[: match.start()])[-1] if "configured" in how else None
    shown: list[str] = []
    with _folder(samples="samples" in how, configuration=configuration):
        for line in match[2].splitlines():
            output = printed(*shlex.split(line.removeprefix("$ newslint ")))
            lines = _as_json(output) if "json" in how else output.splitlines()
            shown += [line, *lines[:limit], *(["[...]"] if limit is not None and len(lines) > limit else [])]
    return "```console\n" + "\n".join(shown) + "\n```"


def printed(*arguments: str) -> str:
    """What newslint prints on its standard output, in the working directory. Errors raise RuntimeError."""
    with _lasting_linters():
        done = CliRunner().invoke(newslint, arguments, env={"COLUMNS": str(_WIDTH)}, prog_name="newslint")
    if done.exit_code not in (0, 1) or (done.exception and not isinstance(done.exception, SystemExit)):
        raise RuntimeError(f"newslint {shlex.join(arguments)}: exit code {done.exit_code}: {done.output}")
    return done.stdout.replace(_book().digest, "…")  # another one after every change to a rule


_linters: dict[bytes, Linter] = {}


@contextmanager
def _lasting_linters() -> Iterator[None]:
    """Keep linters from one run to the next, as each run does among its files: making one takes longer than a run."""

    def kept(config: Config, costs: Costs | None) -> Linter:
        key = config.bearing_on_findings()
        if key not in _linters:
            _linters[key] = Linter(config)
        return _linters[key]

    before = parallel.lasting_linter
    parallel.lasting_linter = kept
    try:
        yield
    finally:
        parallel.lasting_linter = before


def _as_json(output: str) -> list[str]:
    lines = json.dumps(json.loads(output), indent=1, ensure_ascii=False).splitlines()
    return [line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…" for line in lines]


@contextmanager
def _folder(*, samples: bool, configuration: str | None) -> Iterator[None]:
    """Work in the checkout, or in a folder of samples or with a configuration."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if samples:
            _write_samples(folder)
        elif configuration is not None:
            (folder / "newslint.toml").write_text(configuration, encoding="utf-8")
        os.chdir(folder if samples or configuration is not None else ROOT)
        try:
            yield
        finally:
            os.chdir(before)


def _write_samples(folder: Path) -> None:
    samples.write(ROOT / "fixtures" / "farm" / "records.jsonl", folder)


# Tables


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(markdown_: str) -> str:
    return markdown_.replace("|", "&#124;")


def _rule_index(book: RuleBook) -> str:
    """The rules by family."""
    families: dict[str, list[list[str]]] = {}
    for rule in book.rules:
        fix = "" if rule.fix is None else "yes" if rule.fix.safe else "with `--unsafe`"
        severity = rule.severity if rule.value is not True else "measure"
        row = [f"[{rule.id}]({rule.id}.md)", rule.name, severity, text(rule.summary), fix]
        families.setdefault(rule.family, []).append(row)
    titles = _families()
    parts = [
        "# Rules",
        f"{len(book.rules)} rules in {len(families)} families. `newslint rules list` lists them with those of your own "
        "folders, `newslint rules show ID` says what the pages say. A *measure* raises no alarm: it moves the score.",
    ]
    for family, rows in families.items():
        parts += [f"## {family}", titles[family], _table(["rule", "name", "severity", "finds", "fix"], rows)]
    return "\n\n".join(parts) + "\n"


def _families() -> dict[str, str]:
    """What the families are about, as the README says it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-Z]{3}) \| (.+?) \|$", readme, re.MULTILINE)
    return {family: f"{says[0].upper()}{says[1:]}." for family, says in listed}


def _index() -> str:
    """A line for every page, in the order of use; pages that nobody has listed come last."""
    engines = [f"engines/{name}.md" for name in ("arrow", "ray", "spark", "datatrove")]
    listed = [
        "configuration.md", "cli.md", "formats.md", "recipes.md", *engines, "rules/README.md", "score.md",
        "comparison.md", "benchmarks.md",
    ]  # fmt: skip
    found = {path.relative_to(DOCS).as_posix() for path in (*DOCS.glob("*.md"), *DOCS.glob("engines/*.md"))}
    there = found | {"rules/README.md"}
    there |= {template.name for template in _TEMPLATES.glob("*.md")}
    order = [*(name for name in listed if name in there), *sorted(there - {*listed, "README.md"})]
    return "\n".join(f"- [{_title(name)}]({name})" for name in order)


def _title(name: str) -> str:
    if name == "rules/README.md":
        return "Rules"
    template = _TEMPLATES / name
    page = (template if template.exists() else DOCS / name).read_text(encoding="utf-8")
    return next(line for line in page.splitlines() if line.startswith("# "))[2:]


@cache
def _properties() -> dict[str, Any]:
    properties: dict[str, Any] = config_schema(_book().rules)["properties"]
    return properties


def _keys() -> str:
    """Every key: what for, values, default, flag."""
    check = _command("check")
    flags = {option.name: _flag(option) for option in check.params if isinstance(option, click.Option)}
    rows = []
    for key, schema in _properties().items():
        default = default_of(schema)
        flag = flags.get(key.replace("-", "_"), "")
        rows.append(
            [
                f"`{key}`",
                schema["description"],
                in_words(schema),
                f"`{default}`" if default else "",
                f"`{flag}`" if flag else "",
            ]
        )
    return _rows(["key", "says", "values", "default", "flag"], rows)


def _flag(option: click.Option) -> str:
    return option.opts[0] if not option.secondary_opts else f"{option.opts[0]}, {option.secondary_opts[0]}"


def _keys_of(table: str) -> str:
    """The keys of a table that stands several times."""
    item = _properties()[table]["items"]
    required = item.get("required", [])
    rows = []
    for key, schema in item["properties"].items():
        name = f"`{key}` (needed)" if key in required else f"`{key}`"
        known = key in _properties()
        rows.append(
            [
                name,
                "as above" if known else schema["description"],
                _suppress_id(schema) if key == "id" else in_words(schema),
            ]
        )
    return _rows(["key", "says", "values"], rows)


def _suppress_id(schema: Mapping[str, Any]) -> str:
    return "a string or a whole number" if isinstance(schema["type"], list) else in_words(dict(schema))


def _options() -> str:
    """The options that rules have."""
    rows = []
    for rule in _book().rules:
        for name, (type_, default) in options_of(rule).items():
            shown = toml(msgspec.to_builtins(default))
            shown = shown if len(shown) <= 40 else f"{shown[:39]}…"
            rows.append([f"[{rule.id}](rules/{rule.id}.md)", f"`{name.replace('_', '-')}`", _type(type_), f"`{shown}`"])
    return _rows(["rule", "option", "values", "default"], rows)


def _type(type_: Any) -> str:
    from linter.configschema import value_schema

    return in_words(value_schema(type_))


def _fields() -> str:
    """The fields of records, and their usual names."""
    says = _properties()["field"]["properties"]
    rows = [
        [f"`{name}`", says[name]["description"], ", ".join(f"`{key}`" for key in keys)] for name, keys in FIELDS.items()
    ]
    return _rows(["field", "says", "usual names"], rows)


def _inputs() -> str:
    """The formats that are read, by their suffixes."""
    walked = suffixes(walked=True)
    readers: dict[str, list[str]] = {}
    for suffix, reader in suffixes().items():
        readers.setdefault(reader, []).append(suffix)
    rows = []
    for reader in samples.READERS:
        found = readers.pop(reader)
        rows.append(
            [
                samples.READERS[reader].title,
                ", ".join(f"`{suffix}`" for suffix in found),
                f"`{samples.READERS[reader].extra}`" if samples.READERS[reader].extra else "",
                "yes" if found[0] in walked else "where they are named",
            ]
        )
    if readers:
        raise RuntimeError(f"scripts/docs/samples.py doesn't know the readers {', '.join(readers)}")
    return _rows(["format", "suffixes", "extra", "in directories"], rows)


def _struct(type_: type, says: Mapping[str, str]) -> str:
    """The fields of a struct, in its order, with what they mean."""
    known = {field.encode_name: field for field in msgspec.structs.fields(type_)}
    if set(known) != set(says):
        raise RuntimeError(f"scripts/docs/fields.py: {type_.__name__}: {', '.join(sorted(set(known) ^ set(says)))}")
    return _rows(
        ["field", "type", "says"], [[f"`{name}`", _json_type(field.type), says[name]] for name, field in known.items()]
    )


def _json_type(type_: Any) -> str:
    schema = msgspec.json.schema(type_)
    choices = schema.get("anyOf", [schema])
    return " or ".join(dict.fromkeys(_json_name(choice) for choice in choices))


def _json_name(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return "object"
    return "string" if "enum" in schema else {"array": "list", "number": "number"}.get(schema["type"], schema["type"])


def _rows(header: list[str], rows: list[list[str]]) -> str:
    return _table(header, [[_cell(cell) for cell in row] for row in rows])


# Commands


def _command(*names: str) -> click.Command:
    command: click.Command = newslint
    for name in names:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return command


def _commands() -> str:
    return "\n\n".join(_helps(()))


def _helps(names: tuple[str, ...]) -> Iterator[str]:
    command = _command(*names)
    yield f"## {' '.join(('newslint', *names))}\n\n```text\n{printed(*names, '--help').rstrip()}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from _helps((*names, name))


TABLES: dict[str, Callable[[], str]] = {
    "index": _index,
    "commands": _commands,
    "keys": _keys,
    "keys of per-path": lambda: _keys_of("per-path"),
    "keys of source": lambda: _keys_of("source"),
    "keys of suppress": lambda: _keys_of("suppress"),
    "options": _options,
    "fields": _fields,
    "inputs": _inputs,
    "annotated": lambda: ", ".join(f"`{PREFIX}{name}`" for name in NAMES),
    "verdict": lambda: _struct(Verdict, fields.VERDICT),
    "finding": lambda: _struct(Finding, fields.FINDING),
    "category": lambda: _struct(Category, fields.CATEGORY),
    "source": lambda: _struct(SourceLabel, fields.SOURCE),
}

if __name__ == "__main__":
    main()
