"""CAP003: a full stop with a lower-case word before it and a capitalised word right behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import english_words
from linter.model import Hit

_GLUED = re.compile(
    r"(?<![\w@/.\\-])([A-Za-z][A-Za-z'’-]*[a-z]|[a-z]{2})([.!?][\"”’')]?)([A-Z][a-z]+)(?![\w@(=\[<>]|[./][\w/])"
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sen rep gov gen col sgt lt capt rev hon no vs inc ltd co corp jr sr".split()
)
_SUFFIXES = frozenset(
    "com net org io co js py java edu gov ai app tv info biz ru uk us eu md txt html php asp aspx".split()
)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the two words with the missing gap between them."""
    words, own = english_words(), None
    for match in _GLUED.finditer(analysis.text):
        before, stop, after = match[1].lower(), match[2], match[3].lower()
        if before in _ABBREVIATIONS or after in _SUFFIXES:
            continue
        known_before = before in words or before.rstrip("s") in words
        known_after = after in words
        # Names of products, places and code rarely have a listed word on both sides; behind a word that is written
        # small a proper name may open the sentence, and a name that the text has elsewhere may end one.
        if own is None:
            own = {token.strip("\"'“”‘’(),.:;!?") for token in analysis.tokens}
        recurs = match[1][0].isupper() and before in own
        if not (known_before or recurs) or (match[1][0].isupper() and not known_after):
            continue
        if not match[1].islower() and (not match[1][1:].islower() or stop[0] == "!"):
            continue  # camelCase is code, a capital with an exclamation mark a name
        if _is_code(analysis.text, match.start(), match.end()):
            continue
        yield Hit(match.start(), match.end(), suggestion=f"{match[1]}{stop} {match[3]}")


def _is_code(text: str, start: int, end: int) -> bool:
    """A dotted name such as response.Content has no running sentence on both of its sides."""
    before, after = text[max(start - 60, 0) : start].split("\n")[-1], text[end : end + 60].split("\n")[0]
    return after[:1] in (",", ".", ")", ";", ":", "`") or len(before.split()) < 2 or len(after.split()) < 2
