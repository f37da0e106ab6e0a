"""A cell of the table: the answer, and what was seen."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from scripts.comparison.tools import Box, Done, Tool

Answer = Literal["yes", "partly", "no"]
LONGEST = 400  # characters of what was seen that are kept


class Cell(NamedTuple):
    """`command` is what was run, `saw` what came of it; `note` says in a few words what "partly" means."""

    answer: Answer
    command: str
    saw: str
    note: str = ""


class ProbeError(Exception):
    """A probe that can't tell: the tool did something that nobody thought of."""


def told(text: str, longest: int = LONGEST) -> str:
    """What was seen, on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def cell(answer: Answer, done: Done, note: str = "", saw: str = "") -> Cell:
    """A cell of one command."""
    return Cell(answer, done.command, told(saw or f"exit code {done.code}; {done.all}"), note)


def absent(tool: Tool, box: Box, *patterns: str) -> Cell:
    """No, for its options don't speak of it. Raises ProbeError where they do: then it has to be tried."""
    helps = tool.help(box)
    for done in helps:
        for pattern in patterns:
            if found := re.search(pattern, done.all, re.IGNORECASE):
                raise ProbeError(f"{tool.name}: {done.command} speaks of {found[0]!r}")
    commands = " and ".join(done.command for done in helps)
    return Cell("no", commands, f"none of the options says anything like {', '.join(map(repr, patterns))}")
