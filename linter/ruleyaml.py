"""Rule files as YAML: strict parsing, and errors that name file, line and what was expected."""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

Path_ = tuple[str | int, ...]
_MOST_OPENERS = 10_000  # nested deeper than a multiple of this they crash libyaml


class RuleError(Exception):
    """A rule, or a folder of rules, that can't be used; one line, with file and line where there is one."""


@cache
def _loader() -> Any:
    """The YAML loader with YAML 1.2's plain scalars: `on`, `off`, `no`, dates and times of day are strings."""
    import yaml  # 12 ms: not needed where the rules come from the cache

    class Loader(yaml.CSafeLoader):
        yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in pairs if tag.rpartition(":")[2] == "null"]
            for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
        }

    for name, form, first in (
        ("bool", r"(?:true|false)\Z", "tf"),
        ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})\Z", "-+0123456789"),
        ("float", r"[-+]?(?:[0-9]*\.[0-9]+|[0-9]+\.)(?:[eE][-+]?[0-9]+)?\Z", "-+.0123456789"),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(form), list(first))
    return Loader


def parse(text: str, path: Path) -> tuple[Any, dict[Path_, int]]:
    """YAML text -> data and the line of every value; duplicate keys are errors."""
    import yaml

    if sum(map(text.count, ("[", "{", "- ", "? "))) > _MOST_OPENERS:
        raise RuleError(f"{path}:1: more than {_MOST_OPENERS:,} list items and brackets; a lexicon holds long lists")
    lines: dict[Path_, int] = {}
    loader = _loader()(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise RuleError(f"{path}:1: the file is empty; expected a rule")
        _note_lines(node, (), lines, path, set())
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as err:
        mark = err.problem_mark or err.context_mark
        raise RuleError(f"{path}:{mark.line + 1 if mark else 1}: not valid YAML: {err.problem}") from None
    except yaml.reader.ReaderError as err:  # its position counts bytes
        line = text.encode()[: err.position].count(b"\n") + 1
        raise RuleError(f"{path}:{line}: not valid YAML: U+{err.character:04X} can't stand here") from None
    except RecursionError:
        raise RuleError(f"{path}:1: not valid YAML: nested too deeply") from None
    finally:
        loader.dispose()


def _note_lines(node: Any, key: Path_, lines: dict[Path_, int], path: Path, seen: set[int]) -> None:
    if id(node) in seen:  # nested aliases can stand for more values than there is memory
        raise RuleError(f"{path}:{node.start_mark.line + 1}: an alias stands for this value: write it out")
    seen.add(id(node))
    lines[key] = node.start_mark.line + 1
    if node.id == "mapping":
        names: set[str] = set()
        for name, value in node.value:
            line = name.start_mark.line + 1
            if name.tag != "tag:yaml.org,2002:str":
                raise RuleError(f"{path}:{line}: a key must be a word; quote one that reads as a number")
            if name.value in names:
                raise RuleError(f"{path}:{line}: key '{name.value}' stands twice")
            names.add(name.value)
            _note_lines(value, (*key, name.value), lines, path, seen)
            lines[(*key, name.value)] = line
    elif node.id == "sequence":
        for number, value in enumerate(node.value):
            _note_lines(value, (*key, number), lines, path, seen)


def explain(err: Exception, shape: type[Any], data: Any, lines: dict[Path_, int], path: Path) -> RuleError:
    """A msgspec validation error as a RuleError with line, path and suggestion."""
    message, _, where = str(err).partition(" - at `$")
    key = tuple(int(p) if p.isdigit() else p for p in re.findall(r"[^.\[\]`]+", where) if p != "...")
    unknown = re.search(r"unknown field `(.*)`", message)
    if unknown:
        known = _fields_at(shape, key)
        close = difflib.get_close_matches(unknown[1], known, 1)
        hint = f"; did you mean '{close[0]}'?" if close else f"; expected one of {', '.join(sorted(known))}"
        return RuleError(f"{path}:{line_of((*key, unknown[1]), lines)}: unknown key '{unknown[1]}'{hint}")
    missing = re.search(r"missing required field `(.*)`", message)
    place = ".".join(map(str, key))
    if missing:
        inside = f" in '{place}'" if place else ""
        return RuleError(f"{path}:{line_of(key, lines)}: key '{missing[1]}' is missing{inside}")
    plain = message.replace("`", "'").replace("Expected", "expected").replace("Invalid enum value", "unknown value")
    literal = _literals_at(shape, key)
    if literal:
        plain += f": expected one of {', '.join(map(str, literal))}"
    return RuleError(f"{path}:{line_of(key, lines)}: {place or 'the rule'}: {plain}")


def _walk(shape: Any, key: Path_) -> Any:
    """The msgspec type at a path inside a Struct type, or None."""
    node: Any = msgspec.inspect.type_info(shape)
    for part in key:
        options = list(node.types) if isinstance(node, msgspec.inspect.UnionType) else [node]
        node = None
        for option in options:
            if isinstance(option, msgspec.inspect.StructType) and isinstance(part, str):
                node = next((f.type for f in option.fields if f.encode_name == part), node)
            elif isinstance(option, msgspec.inspect.ListType) and isinstance(part, int):
                node = option.item_type
    return node


def _fields_at(shape: Any, key: Path_) -> list[str]:
    node = _walk(shape, key)
    options = list(node.types) if isinstance(node, msgspec.inspect.UnionType) else [node]
    return [
        f.encode_name
        for option in options
        if isinstance(option, msgspec.inspect.StructType)
        for f in option.fields
        if f.encode_name not in ("source", "builtin")
    ]


def _literals_at(shape: Any, key: Path_) -> list[Any]:
    node = _walk(shape, key)
    options = list(node.types) if isinstance(node, msgspec.inspect.UnionType) else [node]
    return [v for option in options if isinstance(option, msgspec.inspect.LiteralType) for v in option.values]


def line_of(key: Path_, lines: dict[Path_, int]) -> int:
    """The line of a value, or of the nearest one around it."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key, 1)
