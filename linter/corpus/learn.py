"""Learns which lines belong to a site's template: those that stand in many of its records."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from hashlib import blake2b

from msgspec import Struct

from linter.analysis import Analysis, Line
from linter.corpus.counter import LineCounter
from linter.corpus.sitelines import fold_tokens
from linter.corpus.sites import By, site_of
from linter.model import Article
from linter.words import STOP_WORDS

LEAST, SHARE = 3, 0.02  # records that a line must stand in, and of how many of its site's (CATALOGUE, XDC004)

# One word ("Home", a heading) says nothing. Two may be a name: of the two-word lines in 2 records of a site one in four
# of scraped texts was one, so that those must stand in twice as many records; from three words on it was none.
_WORDS, _SURE_WORDS, _LETTERS = 2, 3, 8
# Running text that few records share may be background: on generated dumps with sequels one learned line in four was,
# and one in 60 once such text must stand in twice as many records or in every tenth of its site's, or else speak to
# readers and quote nobody.
_OFTEN = 0.1
_TO_READERS = frozenset("you your yours we our ours us please subscribe newsletter copyright".split())
_LONGEST = 600  # code points of a line
_PARAGRAPH = 12  # words
_COPY, _COPIED = 0.8, 4  # of the letters of a record's paragraphs, in so many of them, seen before at its site
_BITS = 1 << 29  # of the map of paragraphs, 64 MiB
_MARKS = frozenset("\"'«")  # that open a quotation, in plain typography
_DATE_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec am pm a.m p.m gmt utc est edt et pst pdt bst cet at on of the st nd rd th""".split()
)


class Learned(Struct, frozen=True):
    """A line of a site's template: it stands in `records` of `of` records. `site` is empty where all are one."""

    site: str
    line: str
    records: int
    of: int


class Learner:
    """Takes the records of a dump one by one, and says which lines repeat.

    Counts are exact (`linter.corpus.counter`), and memory is bounded but for a number per site. A line counts once per
    record. A record is left out if its paragraphs were seen at its site before, all of them or nearly all: in copies
    every line repeats. What was seen is known from a map that takes one paragraph in 1,000 for a seen one after 10
    million, so that hardly a record is left out for nothing; no line is reported that is not in so many records.
    """

    def __init__(self, *, by: By = "site", least: int = LEAST, share: float = SHARE) -> None:
        self._by, self._least, self._share = by, least, Fraction(share).limit_denominator(10**6)
        self.records = Counter[str]()  # by site
        self.copies = self.siteless = 0  # records left out
        self._numbers: dict[str, int] = {}
        self._counter = LineCounter()
        self._seen = bytearray(_BITS >> 3)

    def add(self, article: Article) -> None:
        """Take up one record, the rest of its page included."""
        site = site_of(article, self._by)
        if site is None:
            self.siteless += 1
            return
        analysis = Analysis(article)
        number = self._numbers.setdefault(site, len(self._numbers))
        if self._is_copy(number, analysis):
            self.copies += 1
            return
        self.records[site] += 1
        parts = [analysis, Analysis(article.beside)] if article.beside else [analysis]
        for line in {folded for part in parts for line in part.lines if (folded := _candidate(part, line))}:
            self._counter.add(number, line)

    def _is_copy(self, site: int, analysis: Analysis) -> bool:
        """Has nearly all of a record's running text been seen at its site? From now on it has."""
        paragraphs = {" ".join(tokens) for tokens in analysis.line_tokens if len(tokens) >= _PARAGRAPH}
        texts = paragraphs or {" ".join(analysis.tokens)}
        seen = [text for text in texts if self._see(f"{site} {text}")]
        if len(seen) == len(texts):
            return True
        return len(seen) >= _COPIED and sum(map(len, seen)) >= _COPY * sum(map(len, texts))

    def _see(self, text: str) -> bool:
        """Was a text seen before? From now on it was. Right of those that were, nearly always of others."""
        digest = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
        known = True
        for bit in (digest % _BITS, (digest >> 32) % _BITS):
            byte, mask = bit >> 3, 1 << (bit & 7)
            known = known and bool(self._seen[byte] & mask)
            self._seen[byte] |= mask
        return known

    def learned(self) -> list[Learned]:
        """The lines in order of their sites, the commonest first. Nothing can be added after that."""
        names = list(self._numbers)
        found = []
        for group, line, count in self._counter.repeated():
            site = names[group]
            total = self.records[site]
            least = 2 * self._least if _is_doubtful(line, count / total) else self._least
            if count >= max(least, math.ceil(self._share * total)):
                found.append(Learned(site, line, count, total))
        return sorted(found, key=lambda one: (one.site, -one.records, one.line))


def _candidate(analysis: Analysis, line: Line) -> str | None:
    """A line as it is counted; None where it can be no line of a template, or is too short to tell."""
    tokens = analysis.line_tokens[line.index]
    if line.zone == "headline" or line.end - line.start > _LONGEST or len(tokens) < _WORDS:
        return None
    if analysis.form(line) in ("heading", "quotation"):
        return None
    folded = fold_tokens(tokens)
    if len(folded) < _LETTERS or (len(tokens) < _PARAGRAPH and _is_date(folded)):
        return None
    core = analysis.core(line)
    marked = analysis.plain[core.start : core.start + 1] in _MARKS
    return None if marked and analysis.is_quoted(core.start, core.end) else folded


def _is_doubtful(folded: str, share: float) -> bool:
    """Can a line be a name, or a paragraph of background that a story's sequels repeat?"""
    words = folded.split()
    if len(words) < _SURE_WORDS:
        return True
    if len(words) < _PARAGRAPH or share >= _OFTEN or STOP_WORDS.isdisjoint(words):
        return False
    return _TO_READERS.isdisjoint(words) or '"' in folded


def _is_date(folded: str) -> bool:
    """Are there fewer than two words beside numbers and the words of dates?"""
    words = (word.strip(".,:;()-") for word in folded.split())
    return sum(any(map(str.isalpha, word)) and word not in _DATE_WORDS for word in words) < _WORDS


def as_lexicon(lines: Iterable[Learned], header: Iterable[str]) -> Iterator[str]:
    """The lines of the file that `linter.corpus.templatelines` reads."""
    yield from (f"# {line}\n" for line in header)
    site = ""
    for one in lines:
        if one.site != site:
            site = one.site
            yield f"\n[{site}]\n"
        yield f"{one.line}\t{one.records} of {one.of}\n"
