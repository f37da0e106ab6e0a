"""The hook of pre-commit: a configuration with it, made of one without it, as text, so that comments stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from linter.repository.quoting import yaml_string

FILE = ".pre-commit-config.yaml"
_COMMENT = re.compile(r"([ ]*)#[^\n]*(?:\n|\Z)")
_HOOK = """\
- repo: local
  hooks:
    - id: newslint
      name: newslint
      entry: newslint check --force-exclude
      language: system
      types_or: [markdown, mdx, html, plain-text]
"""


class HookError(Exception):
    """A configuration that the hook can't be added to; the message says why, without the name of the file."""


def hook(folders: Sequence[str]) -> str:
    """The entry of `repos`, for the articles in some folders ("": everywhere), without indentation."""
    limit = "" if "" in folders or not folders else f"      files: {yaml_string(_pattern(folders))}\n"
    return _HOOK + limit


def _pattern(folders: Sequence[str]) -> str:
    names = [re.escape(folder).replace("\\-", "-") for folder in folders]
    return f"^{names[0]}/" if len(names) == 1 else f"^(?:{'|'.join(names)})/"


def hooked(text: str, entry: str) -> str | None:
    """The text of a configuration with one more entry of `repos`; None where newslint is in it. Raises HookError."""
    import yaml

    try:
        data, root = yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)
        added = yaml.safe_load(entry)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise HookError("is no YAML that can be read") from None
    if "newslint" in str(data):
        return None
    if data is None:
        made = f"{text}{_gap(text)}repos:\n{_indented(entry, 2)}"
    elif not isinstance(data, dict) or not isinstance(data.get("repos", []) or [], list):
        raise HookError("has no list 'repos' at its top")
    else:
        made = _with(text, root, entry)
    made = made.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else made
    wanted = {**(data or {}), "repos": [*((data or {}).get("repos") or []), *added]}
    try:
        is_right = yaml.safe_load(made) == wanted
    except yaml.YAMLError:
        is_right = False
    if not is_right:
        raise HookError("is written in a way that nothing can be added to without changing the rest")
    return made


def _with(text: str, root: Any, entry: str) -> str:
    repos = next((value for key, value in root.value if key.value == "repos"), None)
    if repos is None:
        return f"{text}{_gap(text)}repos:\n{_indented(entry, 2)}"
    start, end = repos.start_mark.index, repos.end_mark.index
    if repos.value and not repos.flow_style:
        at = _line_end(text, _last(repos))
        while (comment := _COMMENT.match(text, at)) and len(comment[1]) > repos.start_mark.column:
            at = comment.end()  # of the last entry
        return f"{text[:at]}{_gap(text[:at])}{_indented(entry, repos.start_mark.column)}{text[at:]}"
    if repos.value:
        raise HookError("has its 'repos' in brackets")
    # An empty list, or nothing at all: what stands behind the key goes.
    at = _line_end(text, end)
    return f"{text[:start].rstrip(' ')}{text[end:at].rstrip()}\n{_indented(entry, 2)}{text[at:]}"


def _last(node: Any) -> int:
    """Where the last word of a node ends: its own mark is behind the comments that follow."""
    if not isinstance(node.value, list) or getattr(node, "flow_style", False) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, at: int) -> int:
    """Behind the line that ends at an offset or holds it."""
    if at and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _gap(text: str) -> str:
    return "\n" if text and not text.endswith("\n") else ""


def _indented(entry: str, columns: int) -> str:
    return "".join(f"{' ' * columns}{line}\n" for line in entry.splitlines())
