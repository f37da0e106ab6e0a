"""A text as codes, one character per word or sign, with the way back to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from linter.lazy import lazy
from linter.model import Span
from linter.oddtable import BESIDE, KINDS, Wording, odd_table
from linter.substitution import OddPair, substitutions
from linter.wordcodes import TOKEN, tokens_and_codes, word_codes

QUOTED = "\x01"  # in place of each word within quotation marks
_HYPHENED = re.compile("[hH]")
_REMEMBERED = 20_000  # words with hyphens
_CAPITAL = re.compile(r"\b[^\W\d_a-z]")
_SHORT_QUOTATION = 6
# Evidence that a text was rewritten: plain wordings count once, strong ones twice. One clean article of 30 has it.
_ENOUGH = 2
_BY_CHANCE = 7.0  # sure pairs per 1,000 words: half of clean articles have 5, one of four has 7
_SHORT = 150  # words taken for what is shorter
_WORDS = "xhpoXAHP01Y"  # codes of words by their form
_QUOTATION = re.compile(r'"[^"\n]+')


class CodedText:
    """The tokens of a text (typography unified) as codes: token `n` is `codes[n + 1]`."""

    def __init__(self, plain: str) -> None:
        self.tokens, codes = tokens_and_codes(plain)
        # A line break before and after the text, so that patterns can ask for the start or end of a line.
        self.codes = f"\n{codes}\n"
        self._plain = plain
        self._spans: dict[int, list[tuple[int, int]]] = {}  # by line

    @lazy
    def vocabulary(self) -> frozenset[str]:
        """The tokens that occur."""
        return frozenset(self.tokens)

    @lazy
    def odd_wordings(self) -> list[Wording]:
        """The wordings of paraphrasing machines; a pair of words joined by a hyphen counts as well."""
        found = self._evident
        if self.odd_rate < _BY_CHANCE:
            return found
        taken, more = {at for odd in found for at in range(odd.first, odd.end)}, []
        for pair in self.odd_pairs:
            if taken.isdisjoint((pair.first, pair.first + 1)):
                taken.update((pair.first, pair.first + 1))
                more.append(Wording(pair.first, pair.first + 2, KINDS.index(pair.kind), BESIDE, pair.meaning))
        return sorted(found + more)

    @lazy
    def _evident(self) -> list[Wording]:
        """Those that are odd wherever they stand."""
        found = list(odd_table().find(self.codes))
        hyphened = len(found)
        for match in _HYPHENED.finditer(self.codes):
            at = match.start()
            found += [odd._replace(first=at, end=at + 1) for odd in _of_hyphened(self.tokens[at - 1])]
        if len(found) > hyphened:
            found.sort()
        return found

    @lazy
    def odd_pairs(self) -> list[OddPair]:
        """Pairs that are believed only where wordings are evidence of a paraphrase; none are looked for elsewhere."""
        if self._evidence(self.codes) < _ENOUGH:
            return []
        codes = self._without_quotations(_SHORT_QUOTATION)  # an article about paraphrase quotes its examples
        return list(substitutions().find(codes)) if self._evidence(codes) >= _ENOUGH else []

    def _evidence(self, codes: str) -> int:
        """How much the different odd wordings say together; what is quoted in these codes does not count."""
        return sum(
            {codes[odd.first : odd.end]: odd.level for odd in self._evident if codes[odd.first] != QUOTED}.values()
        )

    @lazy
    def odd_rate(self) -> float:
        """How many different sure ones of them there are, per 1,000 words."""
        if not self.odd_pairs:
            return 0.0
        words = max(_count_words(self.codes), _SHORT)
        return len({pair.meaning for pair in self.odd_pairs if pair.sure}) * 1000 / words

    @lazy
    def is_rewritten(self) -> bool:
        """Is there a wording that is evidence by itself?"""
        return any(odd.level for odd in self.odd_wordings)

    def has_capital(self, first: int, end: int) -> bool:
        """Is one of the words of `codes[first:end]` written with a capital?"""
        span = self.span(first, end)
        return _CAPITAL.search(self._plain, *span) is not None

    @lazy
    def unquoted(self) -> str:
        """The codes with what stands within double quotation marks blanked; an open mark reaches to the line's end."""
        return self._without_quotations(len(self.codes))

    def _without_quotations(self, longest: int) -> str:
        """The codes with quotations up to so many words and signs blanked."""
        if '"' not in self.codes:
            return self.codes
        pieces, end, inside = [], 0, -1
        for match in _QUOTATION.finditer(self.codes):
            start, size = match.start(), match.end() - match.start() - 1
            if start == inside:  # this mark closes
                inside = -1
                continue
            inside = match.end()
            if size <= longest:
                pieces += [self.codes[end : start + 1], QUOTED * size]
                end = inside
        return "".join([*pieces, self.codes[end:]])

    @lazy
    def _lines(self) -> tuple[list[int], list[int]]:
        """Where each line begins, in `codes` and in the text."""
        codes, offsets, at, offset = [1], [0], 1, 0
        while (at := self.codes.find("\n", at) + 1) < len(self.codes):
            offset = self._plain.index("\n", offset) + 1
            codes.append(at)
            offsets.append(offset)
        return codes, offsets

    def _of_line(self, line: int) -> list[tuple[int, int]]:
        """The text spans of the tokens of a line; only lines of which somebody asks are looked at."""
        spans = self._spans.get(line)
        if spans is None:
            offsets = self._lines[1]
            end = offsets[line + 1] if line + 1 < len(offsets) else len(self._plain)
            found = TOKEN.finditer(self._plain, offsets[line], end)
            spans = self._spans[line] = [match.span() for match in found]
        return spans

    def _span(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._lines[0], index) - 1
        spans, place = self._of_line(line), index - self._lines[0][line]
        return spans[place] if place < len(spans) else (len(self._plain),) * 2

    def span(self, first: int, end: int) -> Span:
        """The text of `codes[first:end]`."""
        return Span(self._span(first)[0], self._span(end - 1)[1])

    def code_at(self, offset: int) -> int:
        """The index in `codes` of the token at an offset of the text, or of the one before it."""
        line = max(bisect_right(self._lines[1], offset) - 1, 0)
        return self._lines[0][line] + max(bisect_right(self._of_line(line), (offset, len(self._plain) + 1)) - 1, 0)


def _count_words(codes: str) -> int:
    """How many of the codes are words; those of the table lie behind Latin-1."""
    return len(codes) - len(codes.encode("latin-1", "ignore")) + sum(map(codes.count, _WORDS))


@lru_cache(_REMEMBERED)  # the same stand in many articles
def _of_hyphened(token: str) -> list[Wording]:
    """The wording that a word with a hyphen is, as a pair of words; empty for most."""
    words, table = word_codes(), odd_table()
    first, _, second = token.lower().partition("-")
    if first not in words or second not in words or not token[len(first) + 1].islower():
        return []
    pair = words[first] + words[second]
    return list(table.find(pair)) if table.has(pair) else []
