"""Lines of text out of a marked-up source: what the Markdown and the HTML reader write to."""

from __future__ import annotations

from linter.model import Block, Form, OffsetMap
from linter.source import PLACEHOLDER, TextBuilder

_NOTHING = " \t\xa0" + PLACEHOLDER


class LineWriter:
    """Collects the pieces of one line at a time, and ends it with the form it has.

    White space at the edges of a line and around what vanished is dropped, and so are lines that would hold nothing but
    placeholders. Lines are parted by a blank line, or follow closely: after a hard break, and within one `group` (a
    list, a table). All offsets are source offsets.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = TextBuilder(source)
        self._blocks: list[Block] = []
        self._pieces: list[tuple[str | None, int, int]] = []  # None: copied
        self._spaced = True  # at the start of a line, or after a space
        self._visible = False  # does the part since the last soft break say anything?
        self._mark = 0  # where that part begins
        self._close = False  # follows the last line closely
        self._group: int | None = None
        self._source_end = 0

    def copy(self, start: int, end: int) -> None:
        """Append source[start:end] as it stands."""
        source = self._source
        if self._spaced:
            while start < end and source[start].isspace():
                start += 1
        if start >= end:
            return
        self._spaced = source[end - 1].isspace()
        if not self._visible:
            self._visible = bool(source[start:end].strip(_NOTHING))
        if self._pieces and self._pieces[-1][0] is None and self._pieces[-1][2] == start:
            self._pieces[-1] = (None, self._pieces[-1][1], end)
        else:
            self._pieces.append((None, start, end))

    def replace(self, text: str, start: int, end: int) -> None:
        """Append `text` in the place of source[start:end]."""
        if self._spaced:
            text = text.lstrip()
        if not text:
            return
        self._spaced = text[-1].isspace()
        self._visible = self._visible or bool(text.strip(_NOTHING))
        self._pieces.append((text, start, end))

    def mask(self, start: int, end: int) -> None:
        """Let one placeholder stand for something that is not prose."""
        for text, *_ in self._pieces[-2:]:
            if text == PLACEHOLDER:
                last = self._pieces[-1][0]
                if last == PLACEHOLDER or (last is not None and last.isspace()):
                    return
        self.replace(PLACEHOLDER, start, end)

    def part(self, start: int, end: int) -> None:
        """Part two cells of a row."""
        if self._pieces:
            self.replace(" ", start, start)
            self.mask(start, end)
            self.replace(" ", end, end)

    def soft_break(self, start: int, end: int) -> None:
        """A break in the source that is none in the text; what stood alone before it leaves nothing."""
        self._drop_invisible()
        self.replace(" ", start, end)
        self._visible, self._mark = False, len(self._pieces)

    def end(self, form: Form, group: int | None = None, *, hard: bool = False) -> None:
        """End the line. `hard`: the next one follows closely, as after a line break that is meant."""
        self._drop_invisible()
        self._trim()
        if self._pieces:
            builder = self._builder
            if builder.length:
                close = self._close or (group is not None and group == self._group)
                builder.insert("\n" if close else "\n\n", self._source_end)
            start = builder.length
            for text, source_start, source_end in self._pieces:
                if text is None:
                    builder.copy(source_start, source_end)
                else:
                    builder.replace(text, source_start, source_end)
            self._blocks.append(Block(start, builder.length, form))
            self._source_end = self._pieces[-1][2]
            self._pieces = []
            self._group, self._close = group, hard
        else:
            self._close = self._close and hard
        self._spaced, self._visible, self._mark = True, False, 0

    def build(self) -> tuple[str, OffsetMap, list[Block]]:
        """The text, its map, and the form of every line."""
        text, offsets = self._builder.build()
        return text, offsets, self._blocks

    def _drop_invisible(self) -> None:
        if not self._visible:
            del self._pieces[self._mark :]
            text, _, end = self._pieces[-1] if self._pieces else (" ", 0, 0)
            self._spaced = (self._source[end - 1] if text is None else text[-1]).isspace()

    def _trim(self) -> None:
        while self._pieces:
            text, start, end = self._pieces[-1]
            if text is None:
                end = start + len(self._source[start:end].rstrip())
            else:
                text = text.rstrip()
            if text or (text is None and end > start):
                self._pieces[-1] = (text, start, end)
                return
            self._pieces.pop()
