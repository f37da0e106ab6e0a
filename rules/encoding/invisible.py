"""ENC003: characters without a shape that have no business where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_NAMES = {
    "\u00ad": "soft hyphen", "\u200b": "zero-width space", "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner", "\u200e": "left-to-right mark", "\u200f": "right-to-left mark",
    "\u202a": "left-to-right embedding", "\u202b": "right-to-left embedding", "\u202c": "end of embedding",
    "\u202d": "left-to-right override", "\u202e": "right-to-left override", "\u2060": "word joiner",
    "\u2066": "left-to-right isolate", "\u2067": "right-to-left isolate", "\u2068": "first strong isolate",
    "\u2069": "end of isolate", "\ufeff": "byte order mark", "\u034f": "grapheme joiner", "\u180e": "vowel separator",
    "\u061c": "Arabic letter mark", "\u3164": "Hangul filler", "\uffa0": "Hangul filler", "\u115f": "Hangul filler",
    "\u1160": "Hangul filler",
}  # fmt: skip
_FOUND = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+|[\U000e0000-\U000e007f]+"
)
# Scripts that need joiners, marks of direction or a sign for "a word may end here"; and emoji, joined by ZWJ.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NEEDS_JOINERS = (
    "\u0600-\u08ff", "\u0900-\u0dff", "\u0e00-\u0eff", "\u0f00-\u109f", "\u1780-\u17ff", "\u1800-\u18af",
    "\ua980-\ua9df",
)  # fmt: skip
_NEEDS_BREAKS = (  # as a class of a pattern, ranges as long as China's take 4 ms to compile
    "\u0e00-\u0eff", "\u1000-\u109f", "\u1780-\u17ff", "\ua980-\ua9df", "\u3040-\u9fff", "\uac00-\ud7af",
)  # fmt: skip
_EMOJI = ("\u2190-\u2bff", "\u3030-\u3030", "\u303d-\u303d", "\ufe0f-\ufe0f", "\U0001f000-\U0001faff")
_FLAG = "\U0001f3f4"  # the flags of England, Scotland and Wales are spelled in tag characters behind this
_MOJIBAKE = re.compile("[Â-ó]")  # a control character behind one of these is a byte of a wrong decoding: another rule


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield each run, tagged hidden, control, override, direction, split, soft or harmless."""
    text = analysis.text
    right_to_left = bool(_RIGHT_TO_LEFT.search(text))
    for match in _FOUND.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        tag = _tag(match.group(), before, after, right_to_left)
        if tag is None or (start == 0 and match.group() == "\ufeff"):
            continue
        meant = ""
        if tag == "control" and before.isalnum() and after.isalnum():  # Windows-1252 read as Latin-1: an apostrophe
            meant = match.group().encode("latin-1", "ignore").decode("cp1252", "ignore").strip("\x00\x07\x08\x1b\x7f")
        name = _NAMES.get(match.group()[0], f"U+{ord(match.group()[0]):04X}")
        yield Hit(start, end, (tag,), suggestion=meant, values={"name": name})


def _tag(run: str, before: str, after: str, right_to_left: bool) -> str | None:
    kinds = set(run)
    if any(char >= "\U000e0000" for char in kinds):
        return None if before == _FLAG else "hidden"
    if any(char < " " or "\x7f" <= char <= "\x9f" for char in kinds):
        return None if _MOJIBAKE.match(before) or before in ("€", "\x80") else "control"
    if _joins(kinds, before, after):
        return None
    if kinds & set("\u202d\u202e"):
        return "direction" if right_to_left else "override"
    if kinds & set("\u202a\u202b\u202c\u2066\u2067\u2068\u2069"):
        return None if right_to_left else "direction"
    if kinds <= set("\u200e\u200f\u061c"):
        return None if right_to_left else "harmless"
    if kinds == {"\u00ad"}:
        return "soft"
    if kinds == {"\u2060"} or not (before.isalnum() and after.isalnum()):
        return "harmless"  # at the edge of a word nothing is changed but searches for it
    return "split"


def _joins(kinds: set[str], before: str, after: str) -> bool:
    """Is it what the script on one of the sides needs?"""
    beside = before + after
    if kinds <= set("\u200c\u200d\u034f") and _holds(beside, _NEEDS_JOINERS + _EMOJI):
        return True
    return kinds <= set("\u200b\u2060\u3164\u1160\u115f\uffa0\u180e") and _holds(beside, _NEEDS_BREAKS)


def _holds(text: str, ranges: tuple[str, ...]) -> bool:
    """Is one of the characters in one of the ranges?"""
    return any(span[0] <= char <= span[2] for char in text for span in ranges)
