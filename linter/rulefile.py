"""One rule file -> one Rule, strictly: every error names file, line and what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from linter.gate import has_capitals
from linter.model import PROFILES, Confidence, Form, Preset, Profile, Severity, Zone
from linter.ruleyaml import Path_, RuleError, explain, line_of, parse

__all__ = ["Bad", "Good", "Rule", "RuleError", "Unless", "When", "load_rule_with_lines", "parse_place"]

RULE_ID = re.compile(r"[A-Z]{2,5}\d{3}")
_RULE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_AT = re.compile(r"(?:(title|author) )?(\d+):(\d+)-(\d+):(\d+)(?: (info|warning|error))?")


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
    # At least so many different hits of rules with the same `supports` (strong ones are two, weak ones a quarter), and
    # so many per 1,000 words.
    support: int | None = None
    per_1000_words: float | None = None


class Level(_Strict, frozen=True, kw_only=True):
    """A conditional severity; the first whose condition holds wins. `off` drops the finding.

    With it the confidence may be another one, and the points.
    """

    when: When
    severity: Severity | Literal["off"]
    confidence: Confidence | None = None
    points: float | None = None


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


class Example(_Strict, frozen=True, kw_only=True):
    """A text, and what a rule may read beside it."""

    text: str
    title: str | None = None
    url: str | None = None
    author: str | None = None
    date: str | None = None
    site: list[str] = []
    lines: list[str] = []  # learned lines that are loaded, as a lexicon has them
    publisher: str | None = None
    needs: str | None = None  # a library of an extra, without which the example can't be run
    profile: Profile = "text"
    preset: Preset | None = None


class Bad(Example, frozen=True, kw_only=True):
    """An example that must fire: `at` lists "line:column-line:column severity" (end exclusive, code points)."""

    at: list[str]


class Good(Example, frozen=True, kw_only=True):
    """A near miss that must stay silent, and why."""

    because: str


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
    supports: str | None = None  # what the hits are evidence of: see When.support
    # A measure: no alarm. Its findings are listed in machine formats and with --explain-score, with what they cost;
    # unless-floor: but where it costs all that it can, people are told.
    value: bool | Literal["unless-floor"] = False
    credit: float | None = None  # points of its category's losses that it takes off, instead of costing any
    # Who extracts text from pages may have left it there: beside no other kind of residue it is a hint.
    extractor: bool = False
    verify: str = ""  # how a person finds out whether it is so; none: as for its category
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
    data, lines = parse(text, path)
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
        raise RuleError(f"{path}:{line_of(key, lines)}: {problem}")
    return rule


def _problems(rule: Rule) -> Iterator[tuple[Path_, str]]:
    if not RULE_ID.fullmatch(rule.id):
        yield ("id",), f"'{rule.id}' is not a rule ID: expected letters and three digits, like INJ001"
    if not _RULE_NAME.fullmatch(rule.name):
        yield ("name",), f"'{rule.name}' is not a rule name: expected words-with-hyphens that name the defect"
    if "kind" not in rule.check:
        yield ("check",), "a check needs a 'kind'"
    for key, points in [("points", rule.points), *(("levels", level.points) for level in rule.levels)]:
        if points is not None and not 0 <= points <= 100:
            yield (key,), f"{points:g} points: expected a number from 0 to 100"
    if rule.supports is None and any(level.when.support or level.when.per_1000_words for level in rule.levels):
        yield ("levels",), "'support' and 'per_1000_words' need a rule with 'supports'"
    yield from _pattern_problems(rule.unless, builtin=rule.builtin)
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


def _pattern_problems(unless: Unless, *, builtin: bool) -> Iterator[tuple[Path_, str]]:
    for name in ("line", "before", "after"):
        for number, pattern in enumerate(getattr(unless, name)):
            key = ("unless", name, number)
            try:
                re.compile(pattern)
                if not builtin:
                    _in_re2(pattern)
            except (re.error, OverflowError, RecursionError, ValueError) as err:
                yield key, f"{pattern!r} is not a valid pattern: {err}"
            if has_capitals(pattern):
                yield key, f"capitals in {pattern!r} can't match folded text: write lower case"


def _in_re2(pattern: str) -> None:
    """Raise ValueError for a pattern that RE2 can't run: those of users run in linear time."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as err:
        raise ValueError(f"RE2 can't run it: {err}") from None


class Place(NamedTuple):
    """Where an example fires: lines and columns from 1, the end exclusive, of its text or of another field."""

    field: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: str | None


def parse_place(at: str) -> Place:
    """The place that "3:1-3:73 error" or "title 1:1-1:9 info" means. Raises ValueError."""
    match = _AT.fullmatch(at)
    if not match:
        raise ValueError(at)
    line, column, end_line, end_column = map(int, match.groups()[1:5])
    return Place(match[1] or "text", line, column, end_line, end_column, match[6])
