"""Counts how often things occur, exactly and in bounded memory, in one pass: what is too much goes to disk, sorted.

Most lines of a dump occur once. Of those only a number is kept, 8 bytes of a digest; the line itself is kept from the
second time on that its digest is met. That it was met before is known from the table at hand, or, of what went to
disk, from a bit map: a wrong guess of the map costs space and nothing else.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby
from typing import IO, NamedTuple

_ENTRIES = 400_000  # in memory, about 150 bytes each
_LETTERS = 1 << 25  # code points of lines in memory
_BITS = 1 << 27  # of the map, 16 MiB; taken when the first table goes to disk
_TOGETHER = 48  # files that are merged: fewer than a process may open


class Counted(NamedTuple):
    """A line of a group, and how often it occurred."""

    group: int
    line: str
    times: int


class LineCounter:
    """Counts lines by group. Never wrong but where two lines share a 64-bit digest.

    With 100 million different lines, two of them do so in one dump of some 4,000 (n² / 2^65).
    """

    def __init__(self, entries: int = _ENTRIES) -> None:
        self._most = entries
        self._table: dict[int, tuple[int, int]] = {}  # digest -> group, count
        self._lines: dict[int, str] = {}  # of those met before
        self._letters = 0
        self._map: bytearray | None = None  # of the digests on disk
        self._levels: list[list[IO[str]]] = []  # sorted files; those of one level are about the same size

    def add(self, group: int, line: str) -> None:
        """Count a line."""
        digest = int.from_bytes(blake2b(f"{group} {line}".encode(), digest_size=8).digest())
        entry = self._table.get(digest)
        self._table[digest] = (group, entry[1] + 1 if entry else 1)
        if (entry or self._may_be_on_disk(digest)) and digest not in self._lines:
            self._lines[digest] = line
            self._letters += len(line)
        if len(self._table) >= self._most or self._letters >= _LETTERS:
            self._put_away()

    def _may_be_on_disk(self, digest: int) -> bool:
        bit = digest % _BITS
        return self._map is not None and bool(self._map[bit >> 3] & 1 << (bit & 7))

    def _put_away(self) -> None:
        if self._map is None:
            self._map = bytearray(_BITS >> 3)
        for digest in self._table:
            bit = digest % _BITS
            self._map[bit >> 3] |= 1 << (bit & 7)
        self._keep(self._sorted_table(), 0)
        self._table, self._lines, self._letters = {}, {}, 0

    def _keep(self, rows: Iterator[str], level: int) -> None:
        """Write sorted rows to a file; many files of one level become one of the next."""
        if level == len(self._levels):
            self._levels.append([])
        file = tempfile.TemporaryFile(  # noqa: SIM115 -- closed when it has been read
            "w+", encoding="utf-8", newline="\n", prefix="newslint-"
        )
        file.writelines(rows)
        self._levels[level].append(file)
        if len(self._levels[level]) >= _TOGETHER:
            files, self._levels[level] = self._levels[level], []
            self._keep(map(_row, _merged([_from_start(file) for file in files])), level + 1)
            _close(files)

    def _sorted_table(self) -> Iterator[str]:
        lines = self._lines
        return (_row((digest, *self._table[digest], lines.get(digest, ""))) for digest in sorted(self._table))

    def repeated(self) -> Iterator[Counted]:
        """Everything that occurred more than once, in no order that says anything; the counter is empty after that."""
        rows = [self._sorted_table(), *(_from_start(file) for files in self._levels for file in files)]
        for _, group, count, line in _merged(rows):
            if count > 1:
                yield Counted(group, line, count)
        self._table, self._lines, self._letters = {}, {}, 0
        for files in self._levels:
            _close(files)
        self._levels, self._map = [], None


_Entry = tuple[int, int, int, str]  # digest, group, count, line


def _row(entry: _Entry) -> str:
    return f"{entry[0]:016x}\t{entry[1]}\t{entry[2]}\t{entry[3]}\n"


def _merged(sources: list[Iterator[str]]) -> Iterator[_Entry]:
    """Sorted rows of several sources -> one entry per digest, with the sum of their counts."""
    for digest, rows in groupby(heapq.merge(*sources), key=lambda row: row[:16]):
        group, total, found = 0, 0, ""
        for row in rows:
            _, number, count, line = row.rstrip("\n").split("\t")
            group, total, found = int(number), total + int(count), line or found
        yield int(digest, 16), group, total, found


def _from_start(file: IO[str]) -> Iterator[str]:
    file.seek(0)
    return file


def _close(files: list[IO[str]]) -> None:
    for file in files:
        file.close()
