"""What text reports write on: plain text, or rich on a terminal; and text made safe and measurable for it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

Part = str | tuple[str, str]  # a text, or a text and its rich style

# Control characters, and those that turn the direction of what follows, could rewrite what a terminal shows.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def safe(text: str) -> str:
    """`text` with tabs and line breaks as spaces, and other control characters spelt out (`\\x1b`)."""
    return _UNSAFE.sub(_spelt, text)


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\t\n\r":
        return " "
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def columns(text: str) -> int:
    """The terminal columns that a safe text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(char) or char in "\u200b\u200d\ufe0f"
        else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


class Paper:
    """Writes lines of parts; styles show where `color` is on."""

    def __init__(self, out: TextIO, color: bool) -> None:
        self._out = out
        self._console = _console(out) if color else None

    def line(self, *parts: Part) -> None:
        """Write one line. Parts must be safe."""
        if self._console is None:
            self._out.write("".join(part if isinstance(part, str) else part[0] for part in parts).rstrip() + "\n")
            return
        from rich.text import Text

        self._console.print(Text.assemble(*parts), soft_wrap=True, highlight=False)

    def table(self, header: list[str], rows: list[list[str]], numbers: int = 0) -> None:
        """Write rows below a header; the first `numbers` columns are set to the right."""
        if self._console is None:
            for row in [header, *rows]:
                cells = [
                    cell.rjust(size) if number < numbers else cell.ljust(size)
                    for number, (cell, size) in enumerate(zip(row, _sizes([header, *rows]), strict=True))
                ]
                self._out.write("  ".join(cells).rstrip() + "\n")
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for number, title in enumerate(header):
            table.add_column(title, justify="right" if number < numbers else "left")
        for row in rows:
            table.add_row(*[Text(cell, style=STYLES.get(cell, "")) for cell in row])
        self._console.print(table)


def _sizes(rows: list[list[str]]) -> list[int]:
    return [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]


def _console(out: TextIO) -> Console:
    from rich.console import Console

    return Console(file=out, force_terminal=True, markup=False, emoji=False)
