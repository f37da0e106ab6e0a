"""Edits of a source: replacing spans of it, and putting edits of edits together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """`new` in the place of source[start:end], in code points; start = end inserts."""

    start: int
    end: int
    new: str


def applied(source: str, edits: Sequence[Edit]) -> str:
    """`source` after edits that are in order and don't overlap."""
    pieces, done = [], 0
    for start, end, new in edits:
        pieces += [source[done:start], new]
        done = end
    return "".join([*pieces, source[done:]])


class Moves:
    """Where the places of a source are after edits that are in order and don't overlap."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = list(edits)
        self._starts = [edit.start for edit in edits]
        grown = (len(edit.new) - (edit.end - edit.start) for edit in edits)
        self._moved = list(accumulate(grown, initial=0))  # before each edit, and behind the last one

    def start(self, at: int) -> int:
        """Where what begins at `at` begins, behind what is inserted there; within an edit where the new text begins."""
        number = bisect_right(self._starts, at) - 1
        return self._place(number, at, 0)

    def end(self, at: int) -> int:
        """Where what ends at `at` ends, before what is inserted there; within an edit where the new text ends."""
        number = bisect_right(self._starts, at) - 1
        while number >= 0 and self._starts[number] == at:  # an edit that begins here moves nothing before it
            number -= 1
        return self._place(number, at, len(self._edits[number].new) if number >= 0 else 0)

    def _place(self, number: int, at: int, within: int) -> int:
        if number >= 0 and at < self._edits[number].end:
            return self._edits[number].start + self._moved[number] + within
        return at + self._moved[number + 1]


class Revision:
    """A source that is edited again and again, and what has become of it in edits of the first one."""

    def __init__(self, source: str) -> None:
        self.first = source
        self.source = source
        self._pieces: list[tuple[int, int, str]] = [(0, len(source), "")]  # kept of the first source, or new

    def apply(self, edits: Sequence[Edit]) -> None:
        """Edit the source as it is now; the edits are in order and don't overlap."""
        self.source = applied(self.source, edits)
        bounds = sorted({at for edit in edits for at in edit[:2]})
        pieces = _cut(self._pieces, bounds)
        made: list[tuple[int, int, str]] = []
        number = position = 0
        for start, end, new in edits:
            while number < len(pieces) and position < start:
                made.append(pieces[number])
                position += _length(pieces[number])
                number += 1
            made.append((0, 0, new))
            while number < len(pieces) and position < end:
                position += _length(pieces[number])
                number += 1
        self._pieces = [piece for piece in [*made, *pieces[number:]] if _length(piece)]

    @property
    def edits(self) -> list[Edit]:
        """The edits that make `source` of `first`, in order."""
        found: list[Edit] = []
        done, new = 0, ""
        for start, end, text in [*self._pieces, (len(self.first), len(self.first), "")]:
            if text:
                new += text
                continue
            if new or start > done:
                found.append(Edit(done, start, new))
            done, new = end, ""
        return found


def _length(piece: tuple[int, int, str]) -> int:
    return len(piece[2]) or piece[1] - piece[0]


def _cut(pieces: Sequence[tuple[int, int, str]], bounds: Sequence[int]) -> list[tuple[int, int, str]]:
    """The pieces cut at these places of the source that they make."""
    found: list[tuple[int, int, str]] = []
    position = 0
    for start, end, text in pieces:
        length = _length((start, end, text))
        first, last = bisect_right(bounds, position), bisect_right(bounds, position + length - 1)
        cuts = [0, *(at - position for at in bounds[first:last]), length]
        found += [(start + a, start + b, "") if not text else (0, 0, text[a:b]) for a, b in pairwise(cuts)]
        position += length
    return found
