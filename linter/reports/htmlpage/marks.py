"""A text cut where findings begin and end, so that a page can mark them without counting characters itself.

Browsers count UTF-16 units and newslint counts code points; a text that comes in pieces needs neither. The pieces put
one behind the other are the text, or, of a very long one, the windows of it that are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest

from msgspec import Struct

from linter.model import Span
from linter.source import LineIndex

Segment = str | list[str | int]  # a piece, or a piece and the numbers of the findings that it is part of
Line = str | list[Segment]  # with its line break; one without findings is its text

MOST = 40_000  # code points of one text; of a longer one its beginning and what stands around its findings
_BEGINNING, _AROUND, _OF_ONE = 4_000, 300, 2_000  # code points; of one finding at most so many

_LINE = re.compile("[^\r\n]*(?:\r\n|[\n\r])|[^\r\n]+")


class Mark(Struct, frozen=True, order=True):
    """Where a finding stands in a text (code points, `end` exclusive), and its number."""

    start: int
    end: int
    number: int


class Part(Struct, omit_defaults=True):
    """Lines that follow each other. `first` is the number of the first one, from 1.

    `skipped` code points before them are left out. `forms` are those of lines that are no paragraphs, by their place
    in `lines`.
    """

    lines: list[Line]
    first: int = 1
    skipped: int = 0
    forms: dict[int, str] = {}


def parts_of(text: str, marks: Sequence[Mark], forms: Mapping[int, str] | None = None) -> list[Part]:
    """A text with its marks, whole or cut down to `MOST`. `forms`: those of lines, by the offset they begin at."""
    if len(text) <= MOST:
        return [_part(text, Span(0, len(text)), marks, forms or {})] if text else []
    index, parts, end = LineIndex(text), list[Part](), 0
    for window in _windows(len(text), marks):
        part = _part(text, window, marks, forms or {})
        part.first, part.skipped = index.position(window.start)[0], window.start - end
        parts.append(part)
        end = window.end
    return [*parts, Part([], skipped=len(text) - end)] if end < len(text) else parts


def marked_lines(text: str, marks: Iterable[Mark], window: Span | None = None) -> list[Line]:
    """The lines of a text, or of a window of it, cut into segments wherever a mark begins or ends."""
    at, last = window or (0, len(text))
    inside = [mark for mark in marks if mark.start < last and mark.end > max(at, mark.start)]
    edges = sorted({edge for mark in inside for edge in (mark.start, mark.end)})
    waiting = sorted(inside, reverse=True)
    open_: list[Mark] = []
    lines: list[Line] = []
    passed = 0  # edges
    while at < last and passed < len(edges):
        if not open_:
            begin = _line_start(text, at, edges[passed])
            lines += _LINE.findall(text, at, begin)
            at = begin
        match = _LINE.match(text, at, last)
        assert match is not None
        line: list[Segment] = []
        while at < match.end():
            while passed < len(edges) and edges[passed] <= at:
                passed += 1
            open_ = [mark for mark in open_ if mark.end > at]
            while waiting and waiting[-1].start <= at:
                open_.append(waiting.pop())
            stop = min(edges[passed], match.end()) if passed < len(edges) else match.end()
            piece = text[at:stop]
            line.append([piece, *sorted(mark.number for mark in open_)] if open_ else piece)
            at = stop
        open_ = [mark for mark in open_ if mark.end > at]
        lines.append(match[0] if line == [match[0]] else line)
    return lines + _LINE.findall(text, at, last)


def _line_start(text: str, at: int, edge: int) -> int:
    """Where the line begins that holds an edge; `at` begins a line, too."""
    begin = max(text.rfind("\n", at, edge), text.rfind("\r", at, edge)) + 1
    if text[begin - 1 : begin + 1] == "\r\n":  # it is between the two
        return _line_start(text, at, begin - 1)
    return max(begin, at)


def _part(text: str, window: Span, marks: Sequence[Mark], forms: Mapping[int, str]) -> Part:
    lines = marked_lines(text, marks, window)
    part = Part(lines)
    if forms:
        at = window.start
        for number, line in enumerate(lines):
            if form := forms.get(at):
                part.forms[number] = form
            at += len(line) if isinstance(line, str) else sum(map(_length, line))
    return part


def _length(segment: Segment) -> int:
    return len(segment) if isinstance(segment, str) else len(str(segment[0]))


def _windows(length: int, marks: Sequence[Mark]) -> list[Span]:
    """The beginning, and what stands around the first findings, within `MOST` together; in order, never touching."""
    windows = [Span(0, _BEGINNING)]
    room = MOST - _BEGINNING
    for mark in nsmallest(len(marks), marks):
        start = max(mark.start - _AROUND, windows[-1].end)
        end = min(mark.end, mark.start + _OF_ONE) + _AROUND
        end = min(end, length, start + room)
        if end <= start:
            continue
        room -= end - start
        if start == windows[-1].end:
            windows[-1] = Span(windows[-1].start, end)
        else:
            windows.append(Span(start, end))
    return windows
