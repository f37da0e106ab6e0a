"""docs/comparison.json as a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.comparison.speed import ARTICLES

_HEAD = """\
<!-- Made by `python -m scripts.compare_features --page` from comparison.json. -->

# newslint and other linters for text

No cell is a claim: `scripts/compare_features.py` runs every linter on files that were written for this, and records
what it did. [comparison.json](comparison.json) has the command and what was seen for every cell. The tests of newslint
run its own column again.

Each linter has all its rules on, and the add-ons that are listed below. *Partly* says in brackets what is missing.
*No* is either what was seen, or that none of a linter's options names such a thing; other add-ons than those listed
were not tried.

newslint looks for what scraping, copying and machine rewriting leave in articles. For style, spelling and the form of
Markdown take one of the others; they go well together.
"""
_FINDS = """\
Three invented articles for every line, each beside one that only looks alike; *yes* is three findings at the right
place that the other article doesn't get. `scripts/comparison/texts.py` has them all.
"""
_TIME = """\
Processor time for the same {articles} articles of about {words} words with all rules, start-up included, the least of
three runs; newslint is 1. The others look for other things.
"""
_LEFT_OUT = """\
## Not here

What can't be installed from a package index at a pinned version was not tested, and so is not in the table.

- **Vale**: the packages `vale` on PyPI and `vale-bin` on npm hold no program; they fetch it from GitHub when they first
  run. Debian has no package.
- **LanguageTool**: `language_tool_python` on PyPI is a client that fetches the server, or asks one on the net. Debian
  has no package.
- **Linters for code**, such as ruff, read no articles.
"""


def page(recorded: dict[str, Any]) -> str:
    """The page, from what was recorded."""
    return "\n".join(_parts(recorded))


def _parts(recorded: dict[str, Any]) -> Iterator[str]:
    tools = recorded["tools"]
    yield _HEAD
    yield _table(["linter", "version", "package", "add-ons"], [_tool(tool) for tool in tools])
    for group, rows in recorded["groups"].items():
        yield f"## {group}\n"
        if group == "Finds":
            yield _FINDS
        names = [tool["name"] for tool in tools]
        yield _table(["", *names], [[row, *(_cell(cells[name]) for name in names)] for row, cells in rows.items()])
    yield "## Time\n"
    times = recorded["seconds"]
    yield _TIME.format(articles=ARTICLES, words=recorded["words"] // ARTICLES)
    yield _table(list(times), [[f"{seconds / times['newslint']:.1f}" for seconds in times.values()]])
    yield _LEFT_OUT


def _tool(tool: dict[str, Any]) -> list[str]:
    return [tool["name"], tool["version"], f"`{tool['package']}`", ", ".join(f"`{name}`" for name in tool["addons"])]


def _cell(cell: dict[str, str]) -> str:
    answer = {"yes": "**yes**", "partly": "partly", "no": "no"}[cell["answer"]]
    return f"{answer} ({cell['note']})" if cell["note"] and cell["answer"] == "partly" else answer


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines) + "\n"


def written(folder: Path) -> str:
    """The page of what is recorded in a folder."""
    return page(json.loads((folder / "comparison.json").read_text(encoding="utf-8")))
