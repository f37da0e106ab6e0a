"""The JSON schema of the configuration, with which editors complete and check it.

Types, choices, ranges and defaults are those of `linter.config`; words are in `linter.configkeys`, rules are given.
Draft 7, which every editor's TOML support knows; `x-taplo` says more to Taplo, on which most of them are built.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import msgspec

from linter import configkeys
from linter.config import Config
from linter.configkeys import Key
from linter.configvalues import FIELDS, KEYS, PER_PATH_KEYS, SOURCE_KEYS, SUPPRESS_KEYS
from linter.model import Severity
from linter.rulebook import options_of
from linter.rulefile import Rule

Schema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_SELECTORS = ("select", "extend-select", "ignore", "extend-ignore")
_NAME = "^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$"  # a rule of the user's own: its ID, family or name, in any case
_VERSION = r"(==|!=|>=|<=|>|<)\s*[0-9]+(\.[0-9]+)*\s*"
_PERCENT = r"([0-9]{1,2}(\.[0-9]+)?|100(\.0+)?)\s*%"
_HOST = r"^([A-Za-z]+://)?([^\s/@]*@)?[^\s/@:.*]+(\.[^\s/@:.*]+)*\.?(:[0-9]+)?(/.*)?$"


def config_schema(rules: Iterable[Rule]) -> Schema:
    """The schema of newslint.toml, in which `rules` are known by name."""
    rules = list(rules)
    return {
        "$schema": _DRAFT,
        "title": "newslint.toml",
        "description": "The configuration of newslint, a linter for articles.",
        "type": "object",
        "properties": {key: _with_words(_value(key, rules), configkeys.KEYS[key], _default(key)) for key in KEYS},
        "additionalProperties": False,
        "definitions": {
            "selector": _selector(rules),
            "rule": _rule_table(None),
            **{f"rule.{rule.id}": _rule_table(rule) for rule in rules if rule.options},
        },
    }


def pyproject_schema(rules: Iterable[Rule]) -> Schema:
    """The same for pyproject.toml: what is not newslint's may be anything."""
    schema = config_schema(rules)
    definitions = schema.pop("definitions")
    del schema["$schema"], schema["title"]
    tool = {"type": "object", "properties": {"newslint": {"$ref": "#/definitions/newslint"}}}
    return {
        "$schema": _DRAFT,
        "title": "pyproject.toml with [tool.newslint]",
        "type": "object",
        "properties": {"tool": tool},
        "definitions": {**definitions, "newslint": schema},
    }


def value_schema(type_: Any) -> Schema:
    """The schema of a type's values, in the order in which the type lists its choices; null is nothing in TOML."""
    schema: Schema = msgspec.json.schema(type_)
    choices = [choice for choice in schema.get("anyOf", [schema]) if choice != {"type": "null"}]
    for choice in choices:
        if "enum" in choice:
            choice["enum"] = _strings(type_)
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _strings(type_: Any) -> list[str]:
    """The strings that a type lists, in its order."""
    inner = [found for argument in get_args(type_) for found in _strings(argument)]
    return inner or ([type_] if isinstance(type_, str) else [])


def _value(key: str, rules: list[Rule]) -> Schema:
    """The schema of a key's values, without words."""
    if key == "extend":
        return {"type": "string"}
    if key in _SELECTORS:
        return _list_of_selectors()
    if key == "rule":
        return _rule_tables(rules)
    if key == "field":
        return _table(configkeys.FIELDS, {field: {"type": "string"} for field in configkeys.FIELDS})
    if key == "per-path":
        return {"type": "array", "items": _per_path()}
    if key == "source":
        return {"type": "array", "items": _source()}
    if key == "suppress":
        return {"type": "array", "items": _suppress()}
    if key == "max-failing":
        return {
            "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": rf"^\s*({_PERCENT}|[0-9]+)\s*$"}]
        }
    schema = value_schema(FIELDS[key].type)
    if key == "max-bad-records":
        return {"anyOf": [schema, {"type": "string", "pattern": rf"^\s*({_PERCENT}|0(\.[0-9]+)?|1(\.0+)?)\s*$"}]}
    if key == "required-version":
        return {**schema, "pattern": rf"^\s*{_VERSION}(,\s*{_VERSION})*$"}
    return schema


def _default(key: str) -> Any:
    """The default of a key, where it says something."""
    if key == "extend":
        return None
    value = msgspec.to_builtins(getattr(Config(), FIELDS[key].name))
    return None if value in ([], {}) else value


def _with_words(schema: Schema, key: Key, default: Any = None) -> Schema:
    told = {"description": key.says} if default is None else {"description": key.says, "default": default}
    return {**told, **schema}


def _table(words: Mapping[str, Key], values: Mapping[str, Schema], **more: Any) -> Schema:
    """A table of just these keys."""
    properties = {key: _with_words(schema, words[key]) for key, schema in values.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False, **more}


def _list_of_selectors() -> Schema:
    return {"type": "array", "items": {"$ref": "#/definitions/selector"}}


def _selector(rules: list[Rule]) -> Schema:
    """What stands for rules: those known, to choose from, or any name, for the user's own rules."""
    families = sorted({rule.family for rule in rules})
    listed = {
        "ALL": "every rule",
        **{family: f"the family {family}" for family in families},
        **{rule.id: f"{rule.name}: {rule.summary}" for rule in rules},
        **{rule.name: f"{rule.id}: {rule.summary}" for rule in rules},
    }
    known = {"enum": list(listed), "x-taplo": {"docs": {"enumValues": list(listed.values())}}}
    return {
        "description": "A rule's ID or name, a family, or ALL.",
        "anyOf": [known, {"type": "string", "pattern": _NAME}],
    }


def _rule_tables(rules: list[Rule]) -> Schema:
    """A table per rule, family or name; those of known rules may have the rule's options."""
    properties: dict[str, Schema] = {}
    for key, other in (("id", "name"), ("name", "id")):
        for rule in rules:
            table = f"rule.{rule.id}" if rule.options else "rule"
            what = f"{getattr(rule, other)}: {rule.summary}"
            properties[getattr(rule, key)] = {"description": what, "allOf": [{"$ref": f"#/definitions/{table}"}]}
    return {
        "type": "object",
        "properties": properties,
        "propertyNames": {"pattern": _NAME},
        "additionalProperties": {"type": "object", "properties": {"severity": _severity()}},
    }


def _rule_table(rule: Rule | None) -> Schema:
    """The table of a rule; that of any rule without options, if none is given."""
    properties, aliases = {"severity": _severity()}, {}
    for name, (type_, default) in options_of(rule).items() if rule else ():
        key = name.replace("_", "-")
        properties[key] = {**value_schema(type_), "default": msgspec.to_builtins(default)}
        if key != name:
            aliases[f"^{name}$"] = value_schema(type_)
    table: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**table, "patternProperties": aliases} if aliases else table


def _severity() -> Schema:
    return _with_words(value_schema(Severity), configkeys.SEVERITY)


def _per_path() -> Schema:
    values = {key: _strings_list() if key == "paths" else _value(key, []) for key in PER_PATH_KEYS}
    return _table({**configkeys.KEYS, "paths": configkeys.PATHS}, values, required=["paths"])


def _source() -> Schema:
    host = {"type": "string", "pattern": _HOST}
    hosts = {"anyOf": [host, {"type": "array", "items": host}]}
    values = {key: hosts if key == "host" else _value(key, []) for key in SOURCE_KEYS}
    return _table({**configkeys.KEYS, "host": configkeys.HOST}, values, required=["host"])


def _suppress() -> Schema:
    values: dict[str, Schema] = {key: {"type": "string"} for key in SUPPRESS_KEYS}
    values |= {"id": {"type": ["string", "integer"]}, "rules": _list_of_selectors()}
    return _table(configkeys.SUPPRESS, values, oneOf=[{"required": [key]} for key in ("id", "url", "path")])


def _strings_list() -> Schema:
    return {"type": "array", "items": {"type": "string"}}
