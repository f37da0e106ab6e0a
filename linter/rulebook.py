"""Loads, validates and selects rules. A rule book is every rule there is; what is switched on is a choice from it."""

from __future__ import annotations

import difflib
import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linter import __version__, gatetable, rulefile
from linter.cache import Cached, cache_file, read_cache, write_cache
from linter.config import Config, ConfigError, covers
from linter.configvalues import typed
from linter.kinds import Check, Context, ParameterError, build, module_of
from linter.lexicon import BUILTIN
from linter.matcher import known_gates
from linter.rulefile import Rule, load_rule_with_lines
from linter.ruleyaml import Path_, RuleError, explain

__all__ = ["Rule", "RuleBook", "RuleError", "active_rules", "compile_check", "load_book"]

_SUFFIXES = (".yaml", ".yml")


class RuleBook(Struct, frozen=True, dict=True):
    """Every rule that was loaded, by ID, and a digest over all that they consist of."""

    rules: list[Rule]
    digest: str

    def get(self, name: str) -> Rule | None:
        """The rule of an ID or name, in any case."""
        return self._by_name.get(name.lower())

    @cached_property
    def _by_name(self) -> dict[str, Rule]:
        return {key: rule for rule in reversed(self.rules) for key in (rule.name, rule.id.lower())}

    def check_selectors(self, selectors: Iterable[str], where: str) -> None:
        """Raise ConfigError for a selector (ID, family, name, ALL) that means no rule."""
        for selector in selectors:
            if not any(covers(selector, rule.id, rule.name) for rule in self.rules):
                known = [key for rule in self.rules for key in (rule.id, rule.family, rule.name)]
                close = difflib.get_close_matches(selector, known, 1, 0.5) or difflib.get_close_matches(
                    selector.upper(), known, 1, 0.5
                )
                hint = f"; did you mean '{close[0]}'?" if close else "; 'newslint rules list' lists them"
                raise ConfigError(f"{where}: unknown rule '{selector}'{hint}")


def load_book(folders: Iterable[str] = (), *, allow_python: bool = False) -> RuleBook:
    """The shipped rules and those of further folders or files. Raises RuleError for the first that can't be used."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    rules: list[Rule] = []
    for place, builtin in [(BUILTIN.parent, True), *((Path(folder), False) for folder in folders)]:
        rules += _load_folder(place, digest, builtin=builtin or allow_python)
    for key in ("id", "name"):
        first: dict[str, Rule] = {}
        for rule in rules:
            other = first.setdefault(getattr(rule, key), rule)
            if other is not rule:
                value, line = getattr(rule, key), _line_of(rule, key)
                raise RuleError(f"{rule.source}:{line}: {key} '{value}' is already that of {other.source}")
    return RuleBook(sorted(rules, key=lambda rule: rule.id), digest.hexdigest())


def _line_of(rule: Rule, key: str) -> int:
    return load_rule_with_lines(Path(rule.source), builtin=rule.builtin)[1][(key,)]


def load_rules(path: Path, *, builtin: bool = False) -> list[Rule]:
    """The rules of one file or folder, every parameter checked. Raises RuleError."""
    if not path.exists():
        raise RuleError(f"{path}: no such file or folder of rules")
    return [_load_checked(file, builtin=builtin) for file in _rule_files(path)]


def compile_check(rule: Rule) -> Check:
    """The compiled check of a rule. Raises RuleError."""
    try:
        return build(rule.check, _context(rule))
    except (msgspec.ValidationError, ParameterError) as err:
        raise RuleError(f"{rule.source}: {err}") from None


def active_rules(book: RuleBook, config: Config) -> list[Rule]:
    """The rules that a configuration switches on, with its severities and options. Raises ConfigError."""
    for key in ("select", "extend_select", "ignore", "extend_ignore"):
        where = config.origin(key.replace("_", "-"))
        book.check_selectors(getattr(config, key), where)
    book.check_selectors(config.rule, config.origin("rule"))
    wanted = [*config.select, *config.extend_select]
    unwanted = [*config.ignore, *config.extend_ignore]
    active = []
    for rule in book.rules:
        if any(covers(s, rule.id, rule.name) for s in unwanted):
            continue
        named = any(s.lower() in (rule.id.lower(), rule.name) for s in wanted)
        if not any(covers(s, rule.id, rule.name) for s in wanted):
            continue
        if rule.status == "preview" and not (config.preview or named):
            continue
        active.append(_with_settings(rule, config))
    return active


def _with_settings(rule: Rule, config: Config) -> Rule:
    for selector, settings in config.rule.items():
        if not covers(selector, rule.id, rule.name):
            continue
        where = config.origin("rule")
        if settings.severity:
            rule = replace(rule, severity=settings.severity, levels=[lv for lv in rule.levels if lv.severity == "off"])
        unknown = [name for name in settings.options if name.replace("-", "_") not in rule.options]
        if unknown:
            has = f"it has {', '.join(rule.options)}" if rule.options else "it has none"
            raise ConfigError(f"{where}: rule {rule.id} has no option '{unknown[0]}': {has}")
        if settings.options:
            types = {name.replace("_", "-"): type_ for name, (type_, _) in options_of(rule).items()}
            for name, value in settings.options.items():
                typed(value, types[name.replace("_", "-")], f"rule.{rule.id}.{name}", where)
            rule = replace(rule, check=_with_options(rule.check, settings.options))
            try:
                build(rule.check, _context(rule))
            except (msgspec.ValidationError, ParameterError) as err:
                raise ConfigError(f"{where}: options of {rule.id}: {err}") from None
    return rule


def options_of(rule: Rule) -> dict[str, tuple[Any, Any]]:
    """The options of a rule that a configuration may set, with their types and defaults."""
    if rule.check["kind"] == "python":
        given = rule.check.get("options", {})
        return {name: (_type_of(given[name]), given[name]) for name in rule.options}
    fields = {field.name: field for field in msgspec.structs.fields(module_of(rule.check["kind"]).Params)}
    return {name: (fields[name].type, rule.check.get(name, fields[name].default)) for name in rule.options}


def _type_of(value: Any) -> Any:
    """The type that a value of a coded rule's option has, as its default shows."""
    if isinstance(value, list):
        return list[str] if all(isinstance(item, str) for item in value) else list[Any]
    return type(value)


def _with_options(check: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    values = {name.replace("-", "_"): value for name, value in options.items()}
    if check.get("kind") == "python":
        return {**check, "options": {**check.get("options", {}), **values}}
    return {**check, **values}


def _context(rule: Rule) -> Context:
    return Context(folder=Path(rule.source).parent, builtin=rule.builtin)


def _load_checked(file: Path, *, builtin: bool) -> Rule:
    rule, lines = load_rule_with_lines(file, builtin=builtin)
    try:
        build(rule.check, _context(rule))
    except msgspec.ValidationError as err:
        raise _explain_check(err, rule.check, ("check",), lines, file) from None
    except ParameterError as err:
        key: Path_ = ("check", *(int(part) if part.isdigit() else part for part in err.key.split(".")))
        while key not in lines:
            key = key[:-1]
        raise RuleError(f"{file}:{lines[key]}: check.{err.key}: {err}") from None
    for name in rule.options:
        known = rule.check.get("options", {}) if rule.check["kind"] == "python" else _parameters(rule)
        if name not in known:
            raise RuleError(f"{file}:{lines.get(('options',), 1)}: option '{name}' is no parameter of the check")
    return rule


def _explain_check(
    err: msgspec.ValidationError, check: Mapping[str, Any], at: Path_, lines: dict[Path_, int], file: Path
) -> RuleError:
    """The error where it is: in this check's parameters, or in those of the check that its `of` holds."""
    from linter.kinds import module_of

    shape = module_of(check["kind"]).Params
    try:
        msgspec.convert({key: value for key, value in check.items() if key != "kind"}, shape)
    except msgspec.ValidationError:
        inside = {key[len(at) :]: line for key, line in lines.items() if key[: len(at)] == at}
        return explain(err, shape, check, inside, file)
    return _explain_check(err, check["of"], (*at, "of"), lines, file)


def _parameters(rule: Rule) -> tuple[str, ...]:
    from linter.kinds import module_of

    fields: tuple[str, ...] = module_of(rule.check["kind"]).Params.__struct_fields__
    return fields


def _rule_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES and "lexicons" not in file.parts)


def _load_folder(folder: Path, digest: Any, *, builtin: bool) -> list[Rule]:
    """The rules of a folder, from the cache where nothing in it has changed: parsing YAML is most of a start."""
    if not folder.exists():
        raise RuleError(f"{folder}: no such file or folder of rules")
    alone = folder.is_file()
    if alone and folder.suffix not in _SUFFIXES:
        raise RuleError(f"{folder}: not a rule: expected a file with the suffix .yaml or .yml")
    # A rule that is named by itself depends on the lexicons and the code beside it.
    beside = folder.parent.iterdir() if alone else folder.rglob("*")
    paths = sorted(p for p in beside if p == folder or (_counts(p, alone) and p.is_file()))
    # What the rules are made into depends on these modules, whose version a developer's edit does not change.
    code = [Path(str(module.__file__)) for module in (*gatetable.MODULES, rulefile)]
    states = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in [*code, *paths]]
    state = hashlib.blake2b(repr((__version__, sys.version_info[:2], builtin, states)).encode(), digest_size=16)
    cache = cache_file(folder)
    entry = read_cache(cache, state.hexdigest())
    if entry is None:
        content, before = hashlib.blake2b(digest_size=16), set(known_gates)
        if folder == BUILTIN.parent:
            known_gates.update(gatetable.read_table())
        for path in paths:
            content.update(os.fsencode(path.name) + _bytes_of(path))
        rules = [_load_checked(path, builtin=builtin) for path in paths if path.suffix in _SUFFIXES]
        gates = {key: value for key, value in known_gates.items() if key not in before}
        entry = Cached(state.hexdigest(), content.hexdigest(), rules, gates)
        write_cache(cache, entry)
    known_gates.update(entry.gates)
    digest.update(entry.content.encode())
    return entry.rules


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as err:
        raise RuleError(f"{path}: can't be read: {err.strerror}") from None


def _counts(path: Path, alone: bool) -> bool:
    return path.suffix in (".py", ".txt") or (path.suffix in _SUFFIXES and not alone)
