"""What may stand behind a configuration key, in words, and its default as TOML has it."""

from __future__ import annotations

import json
from typing import Any

from linter.configschema import Schema


def in_words(schema: Schema) -> str:
    """The values that a schema allows: "a whole number from 0 to 100"."""
    if "enum" in schema:
        return _either([f"`{choice}`" for choice in schema["enum"]])
    if "anyOf" in schema:
        return _either(list(dict.fromkeys(map(in_words, schema["anyOf"]))))
    if "pattern" in schema and "%" in schema["pattern"]:
        return "a share such as `1%`"
    if schema.get("type") == "array":
        item = schema["items"]
        return {"object": "tables", "string": "a list of strings"}.get(item.get("type", ""), "a list of rules")
    if schema.get("type") in ("integer", "number"):
        return ("a whole number" if schema["type"] == "integer" else "a number") + _range(schema)
    return {"boolean": "`true` or `false`", "string": "a string", "object": "a table"}[schema["type"]]


def default_of(schema: Schema) -> str | None:
    """The default of a key as TOML has it; None where there is none."""
    return toml(schema["default"]) if "default" in schema else None


def toml(value: Any) -> str:
    """A string, number, truth value or list of them, as TOML writes it."""
    return json.dumps(value, ensure_ascii=False)


def _range(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None:
        return ""
    return f" from {least:g}" if most is None else f" from {least:g} to {most:g}"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
