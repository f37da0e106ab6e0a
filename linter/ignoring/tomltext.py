"""Suppress tables, appended to the text of a configuration file: what stands there, comments included, stays."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from linter.config import ConfigError, SuppressTable
from linter.configfile import shown

_KEYS = ("id", "url", "path")
_NEW = "# Written by `newslint check --add-ignores`.\n"


def with_tables(text: str, tables: Sequence[SuppressTable], file: Path) -> str:
    """The text of a configuration file with more suppress tables at its end.

    Raises ConfigError where the file has its tables in a form that can't be added to.
    """
    prefix = "tool.newslint." if file.name == "pyproject.toml" else ""
    line_break = "\r\n" if "\r\n" in text else "\n"
    before = text + line_break * (not text.endswith("\n")) if text else _NEW
    added = "".join(f"\n[[{prefix}suppress]]\n{_lines(table)}" for table in tables)
    whole = before + added.replace("\n", line_break)
    try:
        wanted, made = tomllib.loads(text.removeprefix("\ufeff")), tomllib.loads(whole.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        raise _inline(file) from None
    for key in prefix.split(".")[:-1]:
        wanted = wanted.setdefault(key, {})
    wanted.setdefault("suppress", []).extend(_data(table) for table in tables)
    for key in prefix.split(".")[:-1]:
        made = made.get(key, {})
    if made != wanted:
        raise _inline(file)
    return whole


def _inline(file: Path) -> ConfigError:
    return ConfigError(
        f"{shown(file)}: 'suppress' can't be added to: expected [[suppress]] tables, not a list on one line"
    )


def _data(table: SuppressTable) -> dict[str, Any]:
    keys = {key: value for key in _KEYS if (value := getattr(table, key)) is not None}
    return {**keys, "rules": list(table.rules), "reason": table.reason}


def _lines(table: SuppressTable) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in _data(table).items())


def _value(value: str | list[str]) -> str:
    """A string, or a list of them, in TOML."""
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
