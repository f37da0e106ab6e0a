"""How long each linter takes over the same 200 articles, which are those of fixtures/, again and again."""

from __future__ import annotations

import json
import os
from itertools import cycle, islice
from pathlib import Path

from scripts.comparison.tools import Box, Tool

ARTICLES = 200
_FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


def articles() -> list[str]:
    """The articles, as plain text."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_FIXTURES.glob("*/*.txt"))]
    for line in (_FIXTURES / "rewritten" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        texts += [value for value in json.loads(line).values() if isinstance(value, str) and len(value) > 500]
    return list(islice(cycle(texts), ARTICLES))


def seconds(tool: Tool, box: Box) -> float:
    """The least processor time of three runs over all articles, start-up included."""
    tool.prepare(box)
    suffix = "md" if tool.name == "markdownlint" else "txt"
    files = [f"{number:03}.{suffix}" for number in range(ARTICLES)]
    for name, text in zip(files, articles(), strict=True):
        box.write(name, text)
    return min(_spent(tool, box, files) for _ in range(3))


def _spent(tool: Tool, box: Box, files: list[str]) -> float:
    before = os.times()
    tool.lint(box, *files)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system
