"""What every probe has: its type, and the texts that it tries a tool with."""

from __future__ import annotations

from collections.abc import Callable

from scripts.comparison.cells import Cell
from scripts.comparison.tools import Box, Tool

Probe = Callable[[Tool, Box], Cell]


def sentence(words: str) -> str:
    """A paragraph in which some words stand."""
    return f"On Monday the boats waited near the {words} for an hour.\n"


def document(*paragraphs: str) -> str:
    """A Markdown document."""
    return "# Ferry leaves later\n\n" + "\n".join(paragraphs)
