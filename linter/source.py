"""The offset map: extracted text <-> source, and code points -> line and column.

A reader that takes text out of a marked-up source builds both together with a `TextBuilder`; nothing is ever
searched for again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from linter.model import Article, OffsetMap, Span

# Besides CR LF and LF: a lone CR, and the separators that str.splitlines knows. They end a line everywhere alike.
_ODD_BREAK = re.compile("\r(?!\n)|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_ODD_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_BREAK = re.compile("\r\n|[\n\r]")

PLACEHOLDER = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: stands where something inline was masked; never part of a word


def unify_breaks(source: str) -> str:
    """`source` with every uncommon line break as LF, of the same length: offsets stay what they are."""
    for char in _ODD_BREAKS:  # six searches for one character are ten times as fast as one for a class
        if char in source:
            return _ODD_BREAK.sub("\n", source)
    return source


class TextBuilder:
    """Builds a text piece by piece from a source, and the map between them.

    >>> b = TextBuilder("Fish &amp; chips")
    >>> b.copy(0, 5); b.replace("&", 5, 10); b.copy(10, 16)
    >>> text, offsets = b.build()
    >>> text
    'Fish & chips'
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.length = 0
        self._parts: list[str] = []
        self._text_starts: list[int] = []
        self._source_starts: list[int] = []
        self._source_ends: list[int] = []

    def _add(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        self._parts.append(text)
        self._text_starts.append(self.length)
        self._source_starts.append(start)
        self._source_ends.append(end)
        self.length += len(text)

    def copy(self, start: int, end: int) -> None:
        """Append source[start:end] unchanged."""
        self._add(self.source[start:end], start, end)

    def replace(self, text: str, start: int, end: int) -> None:
        """Append `text` in the place of source[start:end]; an empty `text` drops that source."""
        self._add(text, start, end)

    def insert(self, text: str, at: int) -> None:
        """Append `text` that has no source, at the source offset `at`."""
        self._add(text, at, at)

    def endswith(self, text: str) -> bool:
        """Does the text so far end in `text`, within its last piece?"""
        return bool(self._parts) and self._parts[-1].endswith(text)

    def build(self) -> tuple[str, OffsetMap]:
        """The text and its map."""
        starts = [*self._text_starts, self.length]
        return "".join(self._parts), OffsetMap(starts, self._source_starts, self._source_ends)


def source_span(offsets: OffsetMap | None, start: int, end: int) -> Span:
    """The source range of text[start:end]; a piece replaced as a whole is covered as a whole.

    An empty text range gives an empty source range.
    """
    if offsets is None or not offsets.source_starts:
        return Span(start, end)
    first = _source_edge(offsets, start, False)
    return Span(first, first if end <= start else max(first, _source_edge(offsets, end - 1, True)))


def text_offset(offsets: OffsetMap, at: int) -> int:
    """Where in the text the first character stands that comes from the source offset `at` or from behind it."""
    piece = bisect_right(offsets.source_ends, at)
    if piece == len(offsets.source_ends):
        return offsets.text_starts[-1]
    start, length = offsets.text_starts[piece], offsets.text_starts[piece + 1] - offsets.text_starts[piece]
    into = at - offsets.source_starts[piece]
    copied = offsets.source_ends[piece] - offsets.source_starts[piece] == length
    return start + into if copied and into > 0 else start


def _source_edge(offsets: OffsetMap, at: int, after: bool) -> int:
    """The source offset where the text character `at` begins, or (`after`) ends."""
    starts = offsets.text_starts
    piece = min(max(bisect_right(starts, at) - 1, 0), len(offsets.source_starts) - 1)
    source_start, source_end = offsets.source_starts[piece], offsets.source_ends[piece]
    if source_end - source_start == starts[piece + 1] - starts[piece]:
        return source_start + at - starts[piece] + after
    return source_end if after else source_start


class LineIndex:
    """Line and column (both from 1, columns in code points) of offsets into one text."""

    def __init__(self, text: str) -> None:
        if "\r" in text:
            self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
        else:
            self._starts = list(accumulate(map(len, text.split("\n")[:-1]), _behind_break, initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column) of a code-point offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """Offsets of a 1-based line, with its line break."""
        start = self._starts[line - 1]
        return Span(start, self._starts[line] if line < len(self._starts) else 1 << 62)


def _behind_break(start: int, length: int) -> int:
    return start + length + 1


def slice_of(article: Article, span: Span) -> str:
    """The source text of a source span."""
    return article.source[span.start : span.end]
