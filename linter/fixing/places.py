"""Where things stand in an article's text and in its source, for whoever changes them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from linter.model import Article, Form, OffsetMap, Span
from linter.source import source_span, text_offset

_LINE = re.compile(r"\S[^\n]*")


class Line(NamedTuple):
    """A line of an article's text that isn't empty, without the white space at its edges; text offsets."""

    start: int
    end: int
    form: Form | None


class Places:
    """The lines of an article, and the way from its text to its source and back."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.lines = list(lines_of(article))
        self._starts = [line.start for line in self.lines]

    def text_span(self, start: int, end: int) -> Span | None:
        """The text of a source span, white space at its edges aside; None where that is no text of the article.

        An empty span has none.
        """
        text, offsets = self.article.text, self.article.offsets
        if offsets is not None:
            if not offsets.source_starts:
                return None
            start, end = text_offset(offsets, start), text_offset(offsets, end)
        inside = text[start:end]
        end = start + len(inside.rstrip())
        start += len(inside) - len(inside.lstrip())
        return Span(start, end) if start < end else None

    def exact_span(self, start: int, end: int) -> Span | None:
        """The text of a source span, white space and all; None where it can't be told, or has a line break in it."""
        article, offsets = self.article, self.article.offsets
        if offsets is None:
            return Span(start, end)
        if not offsets.source_starts:
            return None
        first = text_offset(offsets, start)
        last = first + len(article.text[first : text_offset(offsets, end)].partition("\n")[0])
        if first >= last or source_span(offsets, first, last) != (start, end):
            return None
        return None if any(_several(offsets, piece) for piece in _pieces(offsets, first, last)) else Span(first, last)

    def source_span(self, start: int, end: int) -> Span:
        """The source of a text span."""
        return source_span(self.article.offsets, start, end)

    def line_at(self, offset: int) -> int:
        """The number of the line that holds a text offset, or of the one before it."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def whole(self, start: int, end: int) -> Span:
        """A text span with all of the pieces that were replaced as a whole and that it holds a part of."""
        offsets = self.article.offsets
        if offsets is None or start >= end:
            return Span(start, end)
        first, last = _pieces(offsets, start, end)
        if not _copied(offsets, first):
            start = offsets.text_starts[first]
        if not _copied(offsets, last):
            end = offsets.text_starts[last + 1]
        return Span(start, end)

    def is_solid(self, start: int, end: int) -> bool:
        """Does the source of a text span hold nothing else: no markup between two pieces of it?"""
        offsets = self.article.offsets
        if offsets is None or start >= end:
            return True
        first, last = _pieces(offsets, start, end)
        starts, ends = offsets.source_starts, offsets.source_ends
        return all(starts[n] < ends[n] for n in range(first, last + 1)) and all(
            ends[n] == starts[n + 1] for n in range(first, last)
        )

    def between(self, at: int) -> Span:
        """The source between the text character before `at` and the one at it: markup, or nothing."""
        text, offsets = self.article.text, self.article.offsets
        before = source_span(offsets, at - 1, at).end if at > 0 else 0
        after = source_span(offsets, at, at + 1).start if at < len(text) else len(self.article.source)
        return Span(before, max(before, after))


def lines_of(article: Article) -> Iterator[Line]:
    """The lines of an article's text."""
    if article.blocks is not None:
        for block in article.blocks:
            yield Line(block.start, block.end, block.form)
        return
    for match in _LINE.finditer(article.text):
        yield Line(match.start(), match.start() + len(match[0].rstrip()), None)


def _pieces(offsets: OffsetMap, start: int, end: int) -> tuple[int, int]:
    """The numbers of the first and the last piece of a text span."""
    return bisect_right(offsets.text_starts, start) - 1, bisect_right(offsets.text_starts, end - 1) - 1


def _copied(offsets: OffsetMap, piece: int) -> bool:
    length = offsets.text_starts[piece + 1] - offsets.text_starts[piece]
    return offsets.source_ends[piece] - offsets.source_starts[piece] == length


def _several(offsets: OffsetMap, piece: int) -> bool:
    """Was a piece replaced by several characters, so that one of them has no place of its own?"""
    return not _copied(offsets, piece) and offsets.text_starts[piece + 1] - offsets.text_starts[piece] > 1
