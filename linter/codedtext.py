"""A text as codes, one character per word or sign, with the way back to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from linter.model import Span
from linter.oddtable import Wording, odd_table
from linter.wordcodes import TOKEN, word_codes

QUOTED = "\x01"  # in place of each word within quotation marks
_HYPHENED = re.compile("[hH]")
_QUOTATION = re.compile(r'"[^"\n]+')


class CodedText:
    """The tokens of a text (typography unified) as codes: token `n` is `codes[n + 1]`."""

    def __init__(self, plain: str) -> None:
        self.tokens = TOKEN.findall(plain)
        # A line break before and after the text, so that patterns can ask for the start or end of a line.
        self.codes = "".join(["\n", *map(word_codes().__getitem__, self.tokens), "\n"])
        self._plain = plain

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The tokens that occur."""
        return frozenset(self.tokens)

    @cached_property
    def present(self) -> frozenset[str]:
        """The codes that occur."""
        return frozenset(self.codes)

    @cached_property
    def odd_wordings(self) -> list[Wording]:
        """The wordings of paraphrasing machines; a pair of words joined by a hyphen counts as well."""
        found = list(odd_table().find(self.codes))
        for match in _HYPHENED.finditer(self.codes):
            at = match.start()
            parts = self.tokens[at - 1].lower().split("-")
            codes = "".join(map(word_codes().__getitem__, parts))
            if len(codes) == 2:
                found += (odd._replace(first=at, end=at + 1) for odd in odd_table().find(codes))
        return sorted(found)

    def has_capital(self, first: int, end: int) -> bool:
        """Is one of the words of `codes[first:end]` written with a capital?"""
        return any(token[0].isupper() for token in self.tokens[first - 1 : end - 1])

    @cached_property
    def unquoted(self) -> str:
        """The codes with what stands within double quotation marks blanked; an open mark reaches to the line's end."""
        if '"' not in self.codes:
            return self.codes
        pieces, end, inside = [], 0, -1
        for match in _QUOTATION.finditer(self.codes):
            start = match.start()
            if start == inside:  # this mark closes
                inside = -1
                continue
            pieces += [self.codes[end : start + 1], QUOTED * (match.end() - start - 1)]
            end = inside = match.end()
        return "".join([*pieces, self.codes[end:]])

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        end = len(self._plain)
        return [(0, 0), *(match.span() for match in TOKEN.finditer(self._plain)), (end, end)]

    def span(self, first: int, end: int) -> Span:
        """The text of `codes[first:end]`."""
        return Span(self._spans[first][0], self._spans[end - 1][1])

    def code_at(self, offset: int) -> int:
        """The index in `codes` of the token at an offset of the text, or of the one before it."""
        return max(bisect_right(self._spans, (offset, len(self._plain) + 1)) - 1, 0)
