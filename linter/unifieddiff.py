"""The unified diff of edits, as `git apply` and `patch -p1` take it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from linter.edits import Edit, applied

_CONTEXT = 3  # lines around a change
_ODD = re.compile(rb'[\x00-\x1f\x7f"\\]')
_ESCAPES = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}
_NO_BREAK = "\n\\ No newline at end of file\n"


class _Change(NamedTuple):
    """The lines from `start` to `end`, from 0, end exclusive, have become `new`."""

    start: int
    end: int
    new: list[str]


def unified_diff(source: str, edits: Sequence[Edit]) -> str:
    """The hunks of edits of a source, which are in order and don't overlap; a line ends in LF, and may hold a CR."""
    lines = _lines(source)
    changes = _changes(source, edits, lines)
    grown = [0, *accumulate(len(change.new) - (change.end - change.start) for change in changes)]
    return "".join(text for hunk in _hunks(changes) for text in _hunk(hunk, lines, changes, grown))


def headed(name: bytes, hunks: bytes, *, is_new: bool = False) -> bytes:
    """Hunks, encoded, under the name of the file that they are of, relative to where the diff is to be applied.

    Without a header of git's own, for then git would take the name as relative to the top of the repository.
    """
    old = b"/dev/null" if is_new else _named(b"a/" + name)
    return b"--- %b\n+++ %b\n%b" % (old, _named(b"b/" + name), hunks)


def _named(name: bytes) -> bytes:
    if _ODD.search(name):
        return b'"%b"' % _ODD.sub(lambda match: b"\\" + _ESCAPES.get(match[0][0], b"%03o" % match[0][0]), name)
    return name + b"\t" if b" " in name else name  # the tab ends it


def _lines(source: str) -> list[str]:
    lines = source.split("\n")
    return [line + "\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])


def _changes(source: str, edits: Sequence[Edit], lines: Sequence[str]) -> list[_Change]:
    """The edits line by line; those on the same lines are one change."""
    bounds = [0, *accumulate(map(len, lines))]
    starts = bounds[:-1]
    grouped: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        first = max(bisect_right(starts, edit.start) - 1, 0)
        last = bisect_left(starts, edit.end, first)  # the first line that begins behind the edit
        if edit.start == edit.end:
            last = min(max(last, first + 1), len(lines))
        if grouped and (first < grouped[-1][1] or not lines):
            first, end, members = grouped.pop()
            last = max(end, last)
        else:
            members = []
        members.append(edit)
        if last < len(lines) and _ends_within_a_line(source, bounds[first], bounds[last], members):
            last += 1  # the line break is gone: the next line is part of this one
        grouped.append((first, last, members))
    found = []
    for first, last, members in grouped:
        old, start = "".join(lines[first:last]), bounds[first]
        new = applied(old, [Edit(edit.start - start, edit.end - start, edit.new) for edit in members])
        found.append(_trimmed(_Change(first, last, _lines(new)), lines))
    return [change for change in found if change.start < change.end or change.new]


def _ends_within_a_line(source: str, start: int, end: int, edits: Sequence[Edit]) -> bool:
    """Is there something left of source[start:end] after these edits of it, and no line break at its end?"""
    for edit in reversed(edits):
        if edit.end < end:
            break
        if edit.new:
            return edit.new[-1] != "\n"
        end = edit.start
    return end > start and source[end - 1] != "\n"


def _trimmed(change: _Change, lines: Sequence[str]) -> _Change:
    """Without the lines at its edges that are as they were."""
    start, end, new = change
    while new and start < end and lines[start] == new[0]:
        start, new = start + 1, new[1:]
    while new and start < end and lines[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return _Change(start, end, new)


def _hunks(changes: Sequence[_Change]) -> Iterator[range]:
    """The numbers of the changes that stand close to each other."""
    first = 0
    for number in range(1, len(changes) + 1):
        if number == len(changes) or changes[number].start - changes[number - 1].end > 2 * _CONTEXT:
            yield range(first, number)
            first = number


def _hunk(numbers: range, lines: Sequence[str], changes: Sequence[_Change], grown: Sequence[int]) -> Iterator[str]:
    """The lines of a hunk; `grown`: by how many lines the changes before each have made the text longer."""
    start = max(changes[numbers[0]].start - _CONTEXT, 0)
    end = min(changes[numbers[-1]].end + _CONTEXT, len(lines))
    before, after = grown[numbers.start], grown[numbers.stop]
    yield f"@@ -{_range(start, end - start)} +{_range(start + before, end - start + after - before)} @@\n"
    at = start
    for number in numbers:
        change = changes[number]
        yield from (_marked(" ", line) for line in lines[at : change.start])
        yield from (_marked("-", line) for line in lines[change.start : change.end])
        yield from (_marked("+", line) for line in change.new)
        at = change.end
    yield from (_marked(" ", line) for line in lines[at:end])


def _range(start: int, length: int) -> str:
    first = start + 1 if length else start
    return f"{first}" if length == 1 else f"{first},{length}"


def _marked(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else sign + line + _NO_BREAK
