"""The configuration: its keys, their defaults, and how layers of it are merged.

`linter.configfile` finds and reads the files; this module knows no file. Keys are written with hyphens in files
(`fail-on`) and with underscores here (`fail_on`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from linter.model import Preset, Severity

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FailOn = Literal["error", "warning", "info", "never"]
Unscored = Literal["pass", "warn", "fail"]
Score = Annotated[int, Meta(ge=0, le=100)]
Share = Annotated[float, Meta(ge=0, le=1)]
MaxFailing = Annotated[int, Meta(ge=0)] | Annotated[str, Meta(pattern=r"^\d+(\.\d+)?\s*%$")]


class ConfigError(Exception):
    """A configuration that can't be used; the message is one line for the user."""


class RuleSettings(Struct, frozen=True):
    """A `[tool.newslint.rule.ID]` table: another severity, and values for the rule's own options."""

    severity: Severity | None = None
    options: dict[str, Any] = {}


class PerPath(Struct, frozen=True):
    """A `[[tool.newslint.per-path]]` table: gitignore-style globs, and the keys that differ there."""

    paths: list[str]
    values: dict[str, Any]


class SourceTable(Struct, frozen=True):
    """A `[[tool.newslint.source]]` table: sites, with all that lies below their hosts, and the keys that differ."""

    hosts: list[str]
    values: dict[str, Any]


class SuppressTable(Struct, frozen=True, kw_only=True):
    """A `[[tool.newslint.suppress]]` table: `rules` (none: all) are silent in articles of an id, URL or path glob."""

    id: str | None = None
    url: str | None = None
    path: str | None = None
    rules: list[str] = []
    reason: str | None = None
    root: str = ""  # the directory that `path` is relative to


class Config(Struct, frozen=True, kw_only=True, rename="kebab"):
    """Everything that can be configured. `root` is the directory that globs are relative to.

    `origins` names where a value comes from ("pyproject.toml", "--select"); a key without an origin has its default.
    """

    select: list[str] = msgspec.field(default_factory=lambda: ["ALL"])
    extend_select: list[str] = []
    ignore: list[str] = []
    extend_ignore: list[str] = []
    preview: bool = False
    preset: Preset | None = None  # None: by profile; Markdown is "own", everything else "scraped"
    site: list[str] = []
    rules: list[str] = []  # folders of further rules; absolute once read from a file
    lines: list[str] = []  # files of learned lines; absolute once read from a file
    source_list: str | None = None  # a file of labels for sites; absolute once read from a file
    allow_python_rules: bool = False
    rule: dict[str, RuleSettings] = {}
    fail_on: FailOn = "error"
    min_score: Score | None = None
    unscored: Unscored = "warn"
    max_failing: MaxFailing = 0  # articles, or a share of them ("5%"), that may fail
    max_bad_records: Share = 0.01
    baseline: str | None = None  # a file of known findings; absolute once read from a file
    include: list[str] = []
    exclude: list[str] = []
    extend_exclude: list[str] = []
    force_exclude: bool = False
    respect_gitignore: bool = True
    field: dict[str, str] = {}
    html_scope: Literal["full", "main"] = "full"  # of a page: all of it, or what is labelled its article
    per_path: list[PerPath] = []
    source: list[SourceTable] = []
    suppress: list[SuppressTable] = []
    unused_suppressions: Literal["off", "warn", "error"] = "warn"
    time_limit: Annotated[float, Meta(ge=0)] = 2.0  # seconds of computing for one article; 0: none
    jobs: Annotated[int, Meta(ge=1)] | Literal["auto"] | None = None
    required_version: str | None = None
    root: str = ""
    origins: dict[str, str] = {}

    def bearing_on_findings(self) -> bytes:
        """A key of the settings that findings and scores depend on: equal ones can share a linter."""
        told = {name: getattr(self, name) for name in _BEARING_ON_FINDINGS}
        return msgspec.json.encode(told, order="deterministic", enc_hook=str)

    def merged(self, values: Mapping[str, Any], origin: str, root: str | None = None) -> Config:
        """This configuration with `values` (by Python name) on top, said to come from `origin`.

        Scalars and lists override; `extend_*` lists, per-path and suppress tables concatenate; tables merge.
        """
        changes: dict[str, Any] = {}
        origins = dict(self.origins)
        for name, value in values.items():
            old = getattr(self, name)
            adds = name.startswith("extend_") or name in ("per_path", "source", "suppress")
            if adds:
                changes[name] = [*old, *value]
            elif name == "rule":
                changes[name] = _merge_rules(old, value)
            elif isinstance(value, dict):
                changes[name] = {**old, **value}
            else:
                changes[name] = value
            key = key_of(name)
            kept = f"{origins[key]}, " if (adds or isinstance(value, dict)) and key in origins else ""
            origins[key] = kept + origin
        changes["origins"] = origins
        if root is not None:
            changes["root"] = root
        return msgspec.structs.replace(self, **changes)

    def tables_for(self, path: str | Path) -> tuple[int, ...]:
        """The numbers of the per-path tables that apply to a path."""
        if not self.per_path:
            return ()
        return tuple(i for i, table in enumerate(self.per_path) if matches(table.paths, path, self.root))

    def with_tables(self, numbers: tuple[int, ...]) -> Config:
        """This configuration with those per-path tables applied, in their order."""
        config = self
        for number in numbers:
            table = self.per_path[number]
            config = config.merged(table.values, f"per-path {', '.join(table.paths)}")
        return config

    def with_sources(self, numbers: tuple[int, ...]) -> Config:
        """This configuration with those source tables applied, in their order."""
        config = self
        for number in numbers:
            table = self.source[number]
            config = config.merged(table.values, f"source {', '.join(table.hosts)}")
        return config

    def for_path(self, path: str | Path) -> Config:
        """This configuration as it applies to one path; itself where no per-path table does."""
        return self.with_tables(self.tables_for(path))

    def origin(self, key: str) -> str:
        """Where the value of a key (as written in files) comes from."""
        return self.origins.get(key, "default")


_BEARING_ON_FINDINGS = (
    *("select", "extend_select", "ignore", "extend_ignore", "preview", "preset", "site", "rules", "lines"),
    *("source_list", "allow_python_rules", "rule", "html_scope", "suppress", "time_limit", "root"),
)


def _merge_rules(old: dict[str, RuleSettings], new: dict[str, RuleSettings]) -> dict[str, RuleSettings]:
    merged = dict(old)
    for rule, settings in new.items():
        before = merged.get(rule, RuleSettings())
        merged[rule] = RuleSettings(settings.severity or before.severity, {**before.options, **settings.options})
    return merged


def key_of(name: str) -> str:
    """`fail_on` -> `fail-on`."""
    return name.replace("_", "-")


def covers(selector: str, rule_id: str, rule_name: str) -> bool:
    """Does a selector (rule id, family prefix such as `INJ`, rule name, or `ALL`) mean this rule? Case is ignored."""
    wanted = selector.upper()
    if wanted in ("ALL", rule_id.upper(), rule_name.upper()):
        return True
    return wanted == rule_id.rstrip("0123456789").upper()


def matches(globs: list[str], path: str | Path, root: str) -> bool:
    """Does a path match one of some gitignore-style globs relative to `root`? Never outside `root`."""
    if not globs:
        return False
    relative = os.path.relpath(path, root or None).replace(os.sep, "/")
    return not relative.startswith("../") and _compiled(tuple(globs)).match_file(relative)


@lru_cache(maxsize=256)
def _compiled(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(globs)
