"""Which runs of `*`, `_` and `~~` are emphasis: CommonMark's delimiter algorithm."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


class Delimiter:
    """A run of one character; `left` and `right` count what was used up at its ends."""

    __slots__ = ("character", "closes", "left", "opens", "right", "size")

    def __init__(self, character: str, size: int, opens: bool, closes: bool) -> None:
        self.character, self.size, self.opens, self.closes = character, size, opens, closes
        self.left = self.right = 0

    @property
    def rest(self) -> int:
        """How many characters are still literal."""
        return self.size - self.left - self.right


def sides(content: str, start: int, end: int) -> tuple[bool, bool]:
    """Can the run content[start:end] open, and can it close emphasis?"""
    before = content[start - 1] if start else " "
    after = content[end] if end < len(content) else " "
    space_before, space_after = before.isspace(), after.isspace()
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    if content[start] == "_":
        return left and (not right or mark_before), right and (not left or mark_after)
    return left, right


def pair(delimiters: Sequence[Delimiter]) -> None:
    """Use up the runs that belong together, in place."""
    openers: list[Delimiter] = []
    floors: dict[tuple[str, bool, int], int] = {}  # below this height nothing opens for such a closer
    for closer in delimiters:
        key = (closer.character, closer.opens, closer.size % 3)
        while closer.closes and closer.rest:
            found = _opener(openers, closer, floors.get(key, 0))
            if found < 0:
                floors[key] = len(openers)
                break
            opener = openers[found]
            used = 2 if opener.rest >= 2 and closer.rest >= 2 else 1
            opener.right += used
            closer.left += used
            del openers[found + (opener.rest > 0) :]
            for other, height in floors.items():
                floors[other] = min(height, len(openers))
        if closer.opens and closer.rest:
            openers.append(closer)


def _opener(openers: list[Delimiter], closer: Delimiter, floor: int) -> int:
    """The index of the opener of `closer`, or -1."""
    for index in range(len(openers) - 1, floor - 1, -1):
        opener = openers[index]
        if opener.character == closer.character and not (
            (closer.opens or opener.closes) and (opener.size + closer.size) % 3 == 0 and closer.size % 3
        ):
            return index
    return -1


def _is_mark(character: str) -> bool:
    """Punctuation or a symbol, as CommonMark counts them."""
    return not character.isalnum() and unicodedata.category(character)[0] in "PS"
