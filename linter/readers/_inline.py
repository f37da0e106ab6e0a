"""The inline part of Markdown: which characters of a paragraph are text, and which are marks that vanish.

CommonMark's algorithm, except that nothing is rendered: every character that stays is copied from the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, Final, NamedTuple

from linter.model import Form
from linter.readers._emphasis import Delimiter, pair, sides
from linter.readers._lines import LineWriter
from linter.readers._markup import BLOCKS, EMPTY_MASKED, ENTITY, MASKED_FILL, TAG, decode_entity

_FIRST: Final = re.compile(r"[\\\n`!\[\]*_~&<\ufdd0\ufdd1]")  # what any token begins with
_TOKEN: Final = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<newline>\\?\n)"
    r"|(?P<ticks>`+)"
    r"|(?P<marker>(?<![\s\S])\[\^[^\]\s]+\]:[ \t]*|\[\^[^\]\s]+\]"  # of a footnote
    r"|(?<![\s\S])\[![A-Za-z]+\][-+]?(?![(\[])|(?<![\s\S])\[[ xX]\](?=\s))"  # of an alert, of a task
    r"|(?P<open>!\[(?!\^[^\]\s]+\](?![(\[]))|\[)"
    r"|(?P<close>\])"
    r"|(?P<run>\*+|_+|~~)"
    rf"|(?P<entity>{ENTITY};)"
    r"|(?P<angle><)"
    r"|(?P<fill>[\ufdd0\ufdd1]+)"
)
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>")
_DESTINATION = re.compile(
    r"\(\s*(?:<(?:[^<>\n\\]|\\.)*+>|(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*+\))(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*+\))*+)?"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?\s*\)",
    re.DOTALL,
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_MAX_LABEL = 999


class Source(NamedTuple):
    """The text of a paragraph without the marks of its containers, and where its lines come from."""

    content: str
    starts: list[int]  # of the lines, in the content
    bases: list[int]  # of the lines, in the source
    hard: list[bool]  # does the line end in a hard break?


class _Node:
    """A stretch of content and what becomes of it: "text", "drop", "mask", "entity", "soft", "hard", or a run."""

    __slots__ = ("delimiter", "end", "kind", "start")

    def __init__(self, kind: str, start: int, end: int, delimiter: Delimiter | None = None) -> None:
        self.kind, self.start, self.end, self.delimiter = kind, start, end, delimiter


class _Bracket(NamedTuple):
    node: int  # its index
    after: int
    delimiters: int  # how many there were before it
    image: bool


class Inline:
    """Writes the text of one paragraph (or heading, or cell) to a LineWriter; the line is left open."""

    def __init__(self, source: Source, references: dict[str, Any], writer: LineWriter, form: Form, group: int | None):
        self._source = source
        self._content = source.content
        self._references = references
        self._writer = writer
        self._form: Form = form
        self._group = group
        self._nodes: list[_Node] = []
        self._delimiters: list[Delimiter] = []
        self._brackets: list[_Bracket] = []
        self._inactive = 0  # brackets below this index are no links: there is one inside
        self._unclosed_ticks: set[int] = set()

    def write(self) -> None:
        """Write all of it."""
        content, position = self._content, 0
        plain = 0  # where the text began that is not written yet
        while first := _FIRST.search(content, position):
            match = _TOKEN.match(content, first.start())
            if match is None:
                position = first.end()
                continue
            start, end = match.span()
            if start > plain:
                self._nodes.append(_Node("text", plain, start))
            plain = position = self._token(match, str(match.lastgroup), start, end)
        if plain < len(content):
            self._nodes.append(_Node("text", plain, len(content)))
        pair(self._delimiters)
        for node in self._nodes:
            self._emit(node)

    def _token(self, match: re.Match[str], kind: str, start: int, end: int) -> int:
        """Take one token; the offset at which the next is looked for."""
        add = self._nodes.append
        if kind == "escape":
            add(_Node("drop", start, start + 1))
            add(_Node("text", start + 1, end))
        elif kind == "newline":
            line = bisect_right(self._source.starts, start) - 1
            add(_Node("hard" if end - start > 1 or self._source.hard[line] else "soft", start, end))
        elif kind == "ticks":
            return self._code(start, end)
        elif kind == "open":
            self._brackets.append(_Bracket(len(self._nodes), end, len(self._delimiters), match.group() == "!["))
            add(_Node("text", start, end))
        elif kind == "close":
            return self._close(start, end)
        elif kind == "run":
            opens, closes = sides(self._content, start, end)
            delimiter = Delimiter(self._content[start], end - start, opens, closes)
            self._delimiters.append(delimiter)
            add(_Node("run", start, end, delimiter))
        elif kind == "angle":
            return self._angle(start)
        elif kind == "fill":
            add(_Node("mask" if MASKED_FILL in match.group() else "drop", start, end))
        else:  # an entity; a footnote's or a task's marker
            add(_Node("entity" if kind == "entity" else "drop", start, end))
        return end

    def _code(self, start: int, end: int) -> int:
        """A code span, masked; or literal backticks."""
        size = end - start
        if size not in self._unclosed_ticks:
            closed = re.compile(rf"(?<!`)`{{{size}}}(?!`)").search(self._content, end)
            if closed:
                self._nodes.append(_Node("mask", start, closed.end()))
                return closed.end()
            self._unclosed_ticks.add(size)
        self._nodes.append(_Node("text", start, end))
        return end

    def _angle(self, start: int) -> int:
        if match := _AUTOLINK.match(self._content, start):
            self._nodes.append(_Node("mask", start, match.end()))
            return match.end()
        if match := TAG.match(self._content, start):
            name = match["name"].lower()
            kind = "mask" if name in EMPTY_MASKED else "hard" if name == "br" or name in BLOCKS else "drop"
            self._nodes.append(_Node(kind, start, match.end()))
            return match.end()
        self._nodes.append(_Node("text", start, start + 1))
        return start + 1

    def _close(self, start: int, end: int) -> int:
        """A closing bracket: of a link, of an image, or literal."""
        if self._brackets:
            bracket = self._brackets.pop()
            active = bracket.image or len(self._brackets) >= self._inactive
            self._inactive = min(self._inactive, len(self._brackets))
            if active and (after := self._target(bracket, start, end)):
                if bracket.image:
                    opener = self._nodes[bracket.node].start
                    del self._nodes[bracket.node :], self._delimiters[bracket.delimiters :]
                    self._nodes.append(_Node("mask", opener, after))
                else:
                    self._nodes[bracket.node].kind = "drop"
                    pair(self._delimiters[bracket.delimiters :])
                    del self._delimiters[bracket.delimiters :]
                    self._nodes.append(_Node("drop", start, after))
                    self._inactive = len(self._brackets)
                return after
        self._nodes.append(_Node("text", start, end))
        return end

    def _target(self, bracket: _Bracket, start: int, end: int) -> int | None:
        """The end of what makes brackets a link: a destination, a label, or nothing where their text is a label."""
        content = self._content
        if content.startswith("(", end) and (match := _DESTINATION.match(content, end)):
            return match.end()
        if not self._references:
            return None
        label = _LABEL.match(content, end)
        if label and label[1].strip():
            return label.end() if self._is_label(label[1]) else None
        if start - bracket.after > _MAX_LABEL or not self._is_label(content[bracket.after : start]):
            return None
        return label.end() if label else end

    def _is_label(self, text: str) -> bool:
        from markdown_it.common.utils import normalizeReference

        return normalizeReference(text) in self._references

    def _emit(self, node: _Node) -> None:
        kind, start, end = node.kind, node.start, node.end
        writer = self._writer
        if kind == "text":
            writer.copy(*self._span(start, end))
        elif kind == "run" and node.delimiter:
            start, end = start + node.delimiter.left, end - node.delimiter.right
            if start < end:
                writer.copy(*self._span(start, end))
        elif kind == "soft":
            writer.soft_break(*self._span(start, end))
        elif kind == "hard":
            writer.end(self._form, self._group, hard=True)
        elif kind == "mask":
            writer.mask(*self._span(start, end))
        elif kind == "entity":
            writer.replace(decode_entity(self._content[start:end]), *self._span(start, end))

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """Content offsets -> source offsets; the break at the end of a line reaches to the start of the next."""
        starts, bases = self._source.starts, self._source.bases
        if len(starts) == 1:
            return start + bases[0], end + bases[0]
        line = bisect_right(starts, start) - 1
        source_start = start - starts[line] + bases[line]
        line = bisect_right(starts, end, line) - 1
        return source_start, end - starts[line] + bases[line]
