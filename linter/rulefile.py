"""One rule file -> one Rule, strictly: every error names file, line and what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from linter.model import PROFILES, Confidence, Form, Preset, Profile, Severity, Zone

Path_ = tuple[str | int, ...]
RULE_ID = re.compile(r"[A-Z]{2,5}\d{3}")
_RULE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|\(\?P[<=>]")
_MOST_OPENERS = 10_000  # nested deeper than a multiple of this they crash libyaml
_AT = re.compile(r"(\d+):(\d+)-(\d+):(\d+)(?: (info|warning|error))?")


class RuleError(Exception):
    """A rule, or a folder of rules, that can't be used; one line, with file and line where there is one."""


class _Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class When(_Strict, frozen=True, kw_only=True):
    """What must hold, all together, for a level to apply."""

    tag: str | None = None
    profile: Profile | None = None
    preset: Preset | None = None
    zone: list[Zone] | Zone | None = None
    form: Form | None = None
    quoted: bool | None = None  # stands within quotation marks
    count: int | None = None  # at least so many hits of this rule in the article
    block: int | None = None  # at least so many hits merged into this finding


class Level(_Strict, frozen=True, kw_only=True):
    """A conditional severity; the first whose condition holds wins. `off` drops the finding."""

    when: When
    severity: Severity | Literal["off"]


class About(_Strict, frozen=True, kw_only=True):
    """Silence where the article is about the thing: `count` other words begin with one of `words`."""

    words: list[str]
    count: int = 3


class Unless(_Strict, frozen=True, kw_only=True):
    """The look-alikes: a hit of which any of this holds is dropped."""

    quoted: bool = False  # stands within quotation marks, or in a block quotation
    line: list[str] = []  # its line (folded) matches one of these patterns
    before: list[str] = []  # the non-empty line before it matches
    after: list[str] = []  # the non-empty line after it matches
    forms: list[Form] = []  # its line has one of these forms
    tags: list[str] = []  # it carries one of these tags
    about: About | None = None
    prose: int | None = None  # its line is running prose of at least so many words


class Fix(_Strict, frozen=True, kw_only=True):
    """What `newslint fix` may do with a finding."""

    action: Literal["delete-block", "delete-match", "replace"]
    safe: bool


class Bad(_Strict, frozen=True, kw_only=True):
    """An example that must fire: `at` lists "line:column-line:column severity" (end exclusive, code points)."""

    text: str
    at: list[str]
    title: str | None = None
    url: str | None = None
    author: str | None = None
    date: str | None = None
    site: list[str] = []
    profile: Profile = "text"
    preset: Preset | None = None


class Good(_Strict, frozen=True, kw_only=True):
    """A near miss that must stay silent, and why."""

    text: str
    because: str
    title: str | None = None
    url: str | None = None
    author: str | None = None
    date: str | None = None
    site: list[str] = []
    profile: Profile = "text"
    preset: Preset | None = None


class Examples(_Strict, frozen=True, kw_only=True):
    """At least two of each: they are the rule's tests and its documentation."""

    bad: list[Bad]
    good: list[Good]


class Rule(_Strict, frozen=True, kw_only=True):
    """A rule as its file states it."""

    id: str
    name: str
    summary: str
    why: str
    message: str
    severity: Severity
    confidence: Confidence
    category: Literal["provenance", "republication", "language", "sourcing", "style"]
    check: dict[str, Any]
    examples: Examples
    help: str | None = None
    levels: list[Level] = []
    status: Literal["preview", "stable"] = "preview"
    points: float | None = None
    languages: list[str] | Literal["*"] = "*"
    profiles: list[Profile] = msgspec.field(default_factory=lambda: list(PROFILES))
    zones: list[Zone] = []
    unless: Unless = Unless()
    merge: Literal["neighbours", "overlaps"] = "overlaps"
    fix: Fix | None = None
    options: list[str] = []
    references: list[str] = []
    source: str = ""  # the file it came from
    builtin: bool = True

    @property
    def family(self) -> str:
        """The letters of the ID."""
        return self.id.rstrip("0123456789")


def load_rule_with_lines(path: Path, *, builtin: bool) -> tuple[Rule, dict[Path_, int]]:
    """Read one rule file; also the line of every value. Raises RuleError("file:line: what is wrong")."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise RuleError(f"{path}: can't be read: {getattr(err, 'strerror', None) or 'not valid UTF-8'}") from None
    data, lines = _parse(text, path)
    return build_rule(data, lines, path, builtin=builtin), lines


def build_rule(data: Any, lines: dict[Path_, int], path: Path, *, builtin: bool) -> Rule:
    """A Rule from parsed data; `lines` maps the path of every value to its line."""
    if not isinstance(data, dict):
        raise RuleError(f"{path}:1: a rule is a mapping with id, name, summary, …")
    for own in ("source", "builtin"):
        if own in data:
            raise RuleError(f"{path}:{lines.get((own,), 1)}: unknown key '{own}'")
    try:
        rule = msgspec.convert({**data, "source": str(path), "builtin": builtin}, Rule)
    except msgspec.ValidationError as err:
        raise explain(err, Rule, data, lines, path) from None
    for key, problem in _problems(rule):
        raise RuleError(f"{path}:{_line_of(key, lines)}: {problem}")
    return rule


def _problems(rule: Rule) -> Iterator[tuple[Path_, str]]:
    if not RULE_ID.fullmatch(rule.id):
        yield ("id",), f"'{rule.id}' is not a rule ID: expected letters and three digits, like INJ001"
    if not _RULE_NAME.fullmatch(rule.name):
        yield ("name",), f"'{rule.name}' is not a rule name: expected words-with-hyphens that name the defect"
    if "kind" not in rule.check:
        yield ("check",), "a check needs a 'kind'"
    if rule.points is not None and not 0 <= rule.points <= 100:
        yield ("points",), f"{rule.points:g} points: expected a number from 0 to 100"
    yield from _pattern_problems(rule.unless)
    for kind in ("bad", "good"):
        if len(getattr(rule.examples, kind)) < 2:
            yield ("examples",), f"at least two {kind} examples are needed"
    for number, bad in enumerate(rule.examples.bad):
        if not bad.at:
            yield ("examples", "bad", number), "a bad example needs at least one place in 'at'"
        for at in bad.at:
            if not _AT.fullmatch(at):
                yield (
                    ("examples", "bad", number, "at"),
                    f"'{at}' is not a place: expected 'line:column-line:column severity'",
                )


def _pattern_problems(unless: Unless) -> Iterator[tuple[Path_, str]]:
    for name in ("line", "before", "after"):
        for number, pattern in enumerate(getattr(unless, name)):
            key = ("unless", name, number)
            try:
                re.compile(pattern)
            except (re.error, OverflowError, RecursionError) as err:
                yield key, f"{pattern!r} is not a valid pattern: {err}"
            bare = _ESCAPE.sub("", pattern)
            if bare != bare.lower():
                yield key, f"capitals in {pattern!r} can't match folded text: write lower case"


def parse_place(at: str) -> tuple[int, int, int, int, str | None]:
    """(line, column, end line, end column, severity) of a place like "3:1-3:73 error"."""
    match = _AT.fullmatch(at)
    if not match:
        raise ValueError(at)
    line, column, end_line, end_column = map(int, match.groups()[:4])
    return line, column, end_line, end_column, match[5]


def explain(err: Exception, shape: type[Any], data: Any, lines: dict[Path_, int], path: Path) -> RuleError:
    """A msgspec validation error as a RuleError with line, path and suggestion."""
    message, _, where = str(err).partition(" - at `$")
    key = tuple(int(p) if p.isdigit() else p for p in re.findall(r"[^.\[\]`]+", where) if p != "...")
    unknown = re.search(r"unknown field `(.*)`", message)
    if unknown:
        known = _fields_at(shape, key)
        close = difflib.get_close_matches(unknown[1], known, 1)
        hint = f"; did you mean '{close[0]}'?" if close else f"; expected one of {', '.join(sorted(known))}"
        return RuleError(f"{path}:{_line_of((*key, unknown[1]), lines)}: unknown key '{unknown[1]}'{hint}")
    missing = re.search(r"missing required field `(.*)`", message)
    place = ".".join(map(str, key))
    if missing:
        inside = f" in '{place}'" if place else ""
        return RuleError(f"{path}:{_line_of(key, lines)}: key '{missing[1]}' is missing{inside}")
    plain = message.replace("`", "'").replace("Expected", "expected").replace("Invalid enum value", "unknown value")
    literal = _literals_at(shape, key)
    if literal:
        plain += f": expected one of {', '.join(map(str, literal))}"
    return RuleError(f"{path}:{_line_of(key, lines)}: {place or 'the rule'}: {plain}")


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


def _line_of(key: Path_, lines: dict[Path_, int]) -> int:
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key, 1)


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


def _parse(text: str, path: Path) -> tuple[Any, dict[Path_, int]]:
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
