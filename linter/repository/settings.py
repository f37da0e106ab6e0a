"""The first configuration of a repository, as text that says why each line is there."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from linter.config import ConfigError
from linter.configfile import shown
from linter.repository.content import Content
from linter.repository.site import Site

BASELINE = "newslint-baseline.json"
_WIDTH = 100
_SPECIAL = re.compile(r"[\\*?\[\]]|^[#!]| +$")  # in globs


def settings(site: Site, content: Content, *, baseline: bool) -> str:
    """The keys of `newslint.toml`, with comments."""
    head = (
        "# Written by `newslint init`. `newslint config --keys` says what else can be set,\n"
        "# `newslint config --schema` prints a schema for editors.\n"
    )
    return "\n".join([head, *_parts(site, content, baseline)])


def added_to_pyproject(text: str, settings: str, file: Path) -> str:
    """The text of a pyproject.toml with the keys in a table at its end. Raises ConfigError where that can't be."""
    line_break = "\r\n" if "\r\n" in text else "\n"
    head, _, keys = settings.partition("\n\n")
    table = f"\n{head}\n[tool.newslint]\n{keys}".replace("\n", line_break)
    whole = text + line_break * (bool(text) and not text.endswith("\n")) + table
    try:
        tomllib.loads(whole.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{shown(file)}: no table can be added: {error}") from None
    return whole


def _parts(site: Site, content: Content, baseline: bool) -> Iterator[str]:
    names = [name for name in (site.address, site.name) if name]
    if names:
        why = f"Whose content this is: its own footers, credits and calls are silent (from {site.source})."
        yield _part(why, f"site = {_list(names)}")
    else:
        why = "Whose content this is, so that its own footers, credits and calls are silent. Nothing here tells it."
        yield _part(why, '# site = ["example.org", "The Example"]')
    if set(content.profiles) - {"markdown"}:
        if site.generator:
            yield _part("Articles of the site's own; Markdown is taken for that anyway.", 'preset = "own"')
        else:
            why = "If these texts and pages are your own, and not collected from elsewhere, as Markdown is taken to be:"
            yield _part(why, '# preset = "own"')
    left_out = [*(f"/{_escaped(folder)}/" for folder in site.built), *map(_anchored, content.others)]
    if left_out:
        why = "What is no article: built pages, templates, what is about the repository."
        yield _part(why, f"exclude = {_list(dict.fromkeys(left_out))}")
    if baseline:
        yield _part("What stood when newslint was introduced: only other findings fail.", f'baseline = "{BASELINE}"')


def _part(why: str, line: str) -> str:
    return f"# {why}\n{line}\n"


def _anchored(glob: str) -> str:
    """A folder from the top on, a file by its name wherever it lies."""
    return f"/{_escaped(glob[:-1])}/" if glob.endswith("/") else _escaped(glob)


def _escaped(name: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", name)


def _list(items: Iterable[str]) -> str:
    """A list of strings in TOML, on several lines where it is long."""
    strings = [json.dumps(item, ensure_ascii=False).replace("\x7f", "\\u007f") for item in items]
    line = f"[{', '.join(strings)}]"
    return line if len(line) <= _WIDTH else "[\n" + "".join(f"  {string},\n" for string in strings) + "]"
