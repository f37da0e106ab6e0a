"""Lines as they are compared across articles, and those that were learned of one site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

NUMBER = "0"  # what any number is folded to

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_DIGIT = re.compile(r"\d")


class SiteLines(NamedTuple):
    """The learned lines of one site: folded line -> "12 of 40" (records) or "", and the first words that they have."""

    lines: dict[str, str]
    first_words: set[str]


def fold_tokens(tokens: Sequence[str]) -> str:
    """A line without what differs from copy to copy: no decoration around it, single blanks, 0 for every number.

    It is given in lower case with plain typography, split at white space, as `Analysis.line_tokens` has it.
    """
    return _plain(bare(" ".join(tokens)))


def first_word(tokens: Iterable[str]) -> str:
    """The first word of such a line without marks, its numbers folded: the same for lines that fold to the same."""
    for token in tokens:
        word = token if token.isalpha() else _plain(bare(token))
        if word:
            return word
    return ""


def _plain(text: str) -> str:
    """A text with 0 for every number, and hyphens for dashes."""
    if not text.isascii():
        text = text.replace("–", "-").replace("—", "-")
    return _NUMBER.sub(NUMBER, text) if _DIGIT.search(text) else text


def bare(text: str) -> str:
    """A text without what is neither letter nor digit at its ends."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return text[start:end]
