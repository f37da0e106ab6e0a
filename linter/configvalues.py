"""The values of a configuration file: their types, and what is said where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec

from linter.config import Config, ConfigError, PerPath, RuleSettings, SourceTable, SuppressTable
from linter.corpus.sites import host_of
from linter.model import Severity

FIELDS = {field.encode_name: field for field in msgspec.structs.fields(Config) if field.name not in ("root", "origins")}
KEYS = [*FIELDS, "extend"]
PER_PATH_KEYS = [
    *("paths", "select", "ignore", "extend-select", "extend-ignore"),
    *("preset", "site", "fail-on", "min-score"),
]
SOURCE_KEYS = ["host", "unscored", *PER_PATH_KEYS[1:]]
SUPPRESS_KEYS = ["id", "url", "path", "rules", "reason"]
_EXPECTED = re.compile(r"Expected `([^`]+)`(?: (>=|<=) ([\d.]+))?(?:, got `([^`]+)`)?(?: - at `([^`]+)`)?")
_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a string",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "datetime": "a date",
    "date": "a date",
    "time": "a time",
}


def decode(table: Mapping[str, Any], name: str, directory: Path) -> dict[str, Any]:
    """The typed values of some keys, by Python name; `name` is said in errors. Raises ConfigError."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        field = FIELDS[key]
        if key == "rule":
            values[field.name] = _rule_settings(value, name)
        elif key == "per-path":
            values[field.name] = [_per_path(item, name, directory) for item in _tables(value, key, name)]
        elif key == "source":
            values[field.name] = [_source(item, name, directory) for item in _tables(value, key, name)]
        elif key == "suppress":
            values[field.name] = [_suppress(item, name, directory) for item in _tables(value, key, name)]
        else:
            if key == "max-bad-records":
                value = share(value)
            if key == "max-failing":
                value = max_failing(value, name)
            values[field.name] = typed(value, field.type, key, name)
            if key == "field":
                check_keys(values["field"], _article_fields(), name, "'field'")
    for name_ in ("rules", "lines"):
        if name_ in values:
            values[name_] = [str(directory / Path(path).expanduser()) for path in values[name_]]
    for name_ in ("source_list", "baseline"):
        if name_ in values:
            values[name_] = str(directory / Path(values[name_]).expanduser())
    return values


def _article_fields() -> list[str]:
    from linter.readers.records import KEYS as FIELDS

    return list(FIELDS)


def _rule_settings(value: Any, name: str) -> dict[str, RuleSettings]:
    tables: dict[str, dict[str, Any]] = typed(value, dict[str, dict[str, Any]], "rule", name)
    settings = {}
    for rule, options in tables.items():
        severity = options.pop("severity", None)
        if severity is not None:
            severity = typed(severity, Severity, f"rule.{rule}.severity", name)
        settings[rule] = RuleSettings(severity, options)
    return settings


def _per_path(table: dict[str, Any], name: str, directory: Path) -> PerPath:
    check_keys(table, PER_PATH_KEYS, name, "[[per-path]]")
    paths = typed(table.pop("paths", None), list[str], "per-path.paths", name)
    return PerPath(paths, decode(table, name, directory))


def _source(table: dict[str, Any], name: str, directory: Path) -> SourceTable:
    check_keys(table, SOURCE_KEYS, name, "[[source]]")
    named = table.pop("host", None)
    hosts: list[str] = typed([named] if isinstance(named, str) else named, list[str], "source.host", name)
    for host in hosts:
        if host_of(host) is None:
            raise ConfigError(f"{name}: {host!r} is no host: 'source.host' must be like 'example.org'")
    return SourceTable([host_of(host) or "" for host in hosts], decode(table, name, directory))


def max_failing(value: Any, name: str) -> int | str:
    """A value of `max-failing`: a number of articles, or a share of them as "5%". Raises ConfigError."""
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    number = share(value) if isinstance(value, str) and value.rstrip().endswith("%") else None
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not (whole or (isinstance(number, float) and 0 <= number <= 1)):
        raise ConfigError(f"{name}: 'max-failing' must be a number of articles, or a share such as '5%', not {value!r}")
    return value if isinstance(value, int) else str(value).replace(" ", "")


def _suppress(table: dict[str, Any], name: str, directory: Path) -> SuppressTable:
    check_keys(table, SUPPRESS_KEYS, name, "[[suppress]]")
    if isinstance(table.get("id"), int):
        table["id"] = str(table["id"])
    if sum(key in table for key in ("id", "url", "path")) != 1:
        raise ConfigError(f"{name}: a [[suppress]] table needs one of 'id', 'url' and 'path'")
    made: SuppressTable = typed({**table, "root": str(directory)}, SuppressTable, "suppress", name)
    return made


def _tables(value: Any, key: str, name: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = typed(value, list[dict[str, Any]], key, name)
    return tables


def check_keys(table: Mapping[str, Any], known: list[str], name: str, where: str) -> None:
    """Raises ConfigError for a key that isn't known."""
    for key in table:
        if key not in known:
            raise ConfigError(f"{name}: unknown key {key!r}{where and f' in {where}'}{did_you_mean(key, known)}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "The words "; did you mean 'select'?", or nothing where no known word is similar."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def share(value: Any) -> Any:
    """ "The share that "1%" means: 0.01; anything else as it is."""
    if isinstance(value, str):
        number = value.strip().removesuffix("%").strip()
        try:
            return float(number) / (100 if "%" in value else 1)
        except ValueError:
            return value
    return value


def typed(value: Any, type_: Any, key: str, name: str) -> Any:
    """A value of the wanted type. Raises ConfigError: "NAME: 'KEY' must be …"."""
    try:
        return msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        if value is None:
            raise ConfigError(f"{name}: {key!r} is missing") from None
        raise ConfigError(f"{name}: {_explain(str(error), key, value, type_)}") from None


def _explain(error: str, key: str, value: Any, type_: Any) -> str:
    """What msgspec says, for people."""
    if error.startswith("Invalid enum value"):
        choices = [choice for choice in _choices(type_) if isinstance(choice, str)]
        listed = f"one of {', '.join(map(repr, choices))}" if len(choices) > 1 else f"a whole number or {choices[0]!r}"
        return f"{key!r} must be {listed}, not {value!r}{did_you_mean(str(value), choices)}"
    match = _EXPECTED.match(error)
    if not match:
        return f"{key!r}: {error}"
    types, bound, limit, got, at = match.groups()
    item = re.match(r"\$\[(?:(\d+)\]|\.\.\.)", at or "")
    what = (
        f"item {int(item[1]) + 1} of {key!r}" if item and item[1] else f"every value of {key!r}" if item else repr(key)
    )
    if bound:
        return f"{what} must be at {'least' if bound == '>=' else 'most'} {float(limit):g}, not {value!r}"
    expected = " or ".join(_WORDS.get(t, t) for t in types.split(" | ") if t != "null")
    return f"{what} must be {expected}, not {_WORDS.get(got, got)}"


def _choices(type_: Any) -> list[Any]:
    arguments = get_args(type_)
    return [choice for argument in arguments for choice in (_choices(argument) or [argument])]
