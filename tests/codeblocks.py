"""Blocks of code in a page of Markdown, for tests that run them."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXITS = re.compile(r"#\s*exits with (\d+)$")
_FILE = re.compile(r"(?:#!.*\n)?# ([\w./-]+)\n")  # the name of a file, as its first line


class Block(NamedTuple):
    """A block of code: its language, and the file that it is, if it is one."""

    language: str
    body: str

    @property
    def file(self) -> str | None:
        """The name of the file."""
        found = _FILE.match(self.body)
        return found[1] if found else None

    @property
    def commands(self) -> list[tuple[str, int]]:
        """The commands of a block for the console, and their exit codes."""
        return [(line, int(told[1]) if (told := _EXITS.search(line)) else 0) for line in self.body.splitlines()]


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page, in order."""
    return [Block(*found) for found in _BLOCK.findall(page)]
