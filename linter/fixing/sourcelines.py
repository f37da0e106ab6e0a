"""Cutting whole lines out of a text or a Markdown source, without a gap where they stood."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from linter.model import Span

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"[\s>\ufeff]*\Z")  # in a quotation of Markdown as well


class SourceLines:
    """The lines of a source, numbered from 0; a last break ends a line, and begins none."""

    def __init__(self, source: str) -> None:
        self._source = source
        ends = [match.end() for match in _BREAK.finditer(source)]
        if not ends or ends[-1] < len(source):
            ends.append(len(source))
        self._bounds = [0, *ends]

    def numbers(self, span: Span) -> range:
        """The lines that hold a part of a span which isn't empty."""
        return range(bisect_right(self._bounds, span.start) - 1, bisect_left(self._bounds, span.end))

    def span(self, numbers: range) -> Span:
        """The source of some lines that follow each other, with their breaks."""
        return Span(self._bounds[numbers.start], self._bounds[numbers.stop])

    def is_blank(self, number: int) -> bool:
        """Is there nothing on a line, the marks of quotations aside?"""
        return _BLANK.match(self._source, self._bounds[number], self._bounds[number + 1]) is not None

    def cut(self, numbers: Sequence[int]) -> list[Span]:
        """What to take out of the source so that these lines, in order, are gone.

        Where blank lines stood on both sides only those of one are left; at the edges of the source none, but those
        that were its edge already. It ends with a line break if it did.
        """
        return [self._cut(group) for group in self._groups(sorted(set(numbers)))]

    def _groups(self, numbers: Sequence[int]) -> Iterator[range]:
        """Lines that are to go, from the first to the last, with nothing but blank lines between them."""
        start = previous = None
        for number in numbers:
            if previous is None or not all(self.is_blank(n) for n in range(previous + 1, number)):
                if start is not None and previous is not None:
                    yield range(start, previous + 1)
                start = number
            previous = number
        if start is not None and previous is not None:
            yield range(start, previous + 1)

    def _cut(self, group: range) -> Span:
        first, stop, count = group.start, group.stop, len(self._bounds) - 1
        before, after = first, stop  # with the blank lines around
        while before > 0 and self.is_blank(before - 1):
            before -= 1
        while after < count and self.is_blank(after):
            after += 1
        if after == count:
            start, end = self._bounds[before], self._bounds[stop]
            if stop == count and before > 0 and not _BREAK.search(self._source, self._bounds[count - 1]):
                start -= self._break_before(before)
            return Span(start, end)
        if before == 0 or first - before >= after - stop:
            return Span(self._bounds[first], self._bounds[after])
        return Span(self._bounds[before], self._bounds[stop])

    def _break_before(self, number: int) -> int:
        """The length of the break with which the line before this one ends."""
        start = self._bounds[number]
        return 2 if self._source.endswith("\r\n", 0, start) else 1

    @property
    def starts(self) -> list[Span]:
        """Every line with its break."""
        return [Span(*bounds) for bounds in pairwise(self._bounds)]
