"""STR014: a paragraph that reads far harder or easier than the rest of the article, by two grades of textstat.

Measured on 1,141 professional articles, of which 1.1 % have such a paragraph, and on 690 of them with a paragraph of
another article set among theirs: that one is found in 2 % where it is from another professional article, in 6 to 7 %
where it is from a blog or a tabloid. It finds few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from linter.analysis import Analysis, Line
from linter.model import Hit
from linter.readability import school_years

_LEAST, _MOST, _LEAST_REST, _PARAGRAPHS = 60, 220, 150, 3  # words of the paragraph, of the rest; paragraphs of that
_LONGEST, _CANDIDATES = 40_000, 25  # words; paragraphs that may be one: what has more is of many voices
_PROSE_WORDS, _LETTERS = 12, 0.35  # letters per word: both grades rest on them
_COLEMAN, _AUTOMATED = 4.5, 5.5  # grades: years of school
_SLACK = 1.0  # grades by which our own count, which sees every line and no abbreviations, may be off
_MARKS, _MANY_MARKS = '"“”', 4
_SPOKEN = re.compile(r"[\"“‘'«–—-]|[A-Z][\w .'-]{0,24}:")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield paragraphs that both grades set apart, with the two grades."""
    if analysis.is_beside:
        return
    whole = len(analysis.tokens)
    if len(analysis.lines) <= _PARAGRAPHS or whole > _LONGEST:
        return
    usual, odd = len(analysis.text) / whole, []
    for line, words in zip(analysis.lines, map(len, analysis.line_tokens), strict=True):
        if _LEAST <= words <= _MOST and not -_LETTERS < (line.end - line.start) / words - usual < _LETTERS:
            odd.append(line)
    if odd:
        far = _far(analysis, odd)
        found = list(islice((hit for line in far for hit in _measured(analysis, line)), 2)) if far else []
        if len(found) == 1:  # with more of them, the article is of many voices
            yield found[0]


def _far(analysis: Analysis, lines: Iterable[Line]) -> list[Line]:
    """Those of the lines that the grades may set apart from the rest; none where they are many."""
    whole = _Count.of(analysis)
    counts = ((line, _Count.of(analysis, line)) for line in lines)
    far = [line for line, count in counts if count.is_far(whole.without(count))]
    return far if len(far) <= _CANDIDATES else []


class _Count(NamedTuple):
    """Signs, words and sentences, counted cheaply."""

    signs: int
    words: int
    sentences: int

    @classmethod
    def of(cls, analysis: Analysis, line: Line | None = None) -> _Count:
        """The counts of a line, or of the whole text."""
        text = analysis.text
        start, end = (line.start, line.end) if line else (0, len(text))
        words = len(analysis.line_words(line)) if line else len(analysis.tokens)
        stops = text.count(". ", start, end)
        for mark in "?!":  # one sign is counted much faster than two
            stops += text.count(f"{mark} ", start, end) if text.count(mark, start, end) else 0
        if not line:
            stops += sum([text[other.end - 1 : other.end + 1] == ".\n" for other in analysis.lines])
        return cls(end - start - words, words, stops + 1)

    def without(self, part: _Count) -> _Count:
        """The counts of the rest."""
        return _Count(self.signs - part.signs, max(self.words - part.words, 1), max(self.sentences - part.sentences, 1))

    def is_far(self, rest: _Count) -> bool:
        """Can both grades lie as far apart as they must?"""
        letters = self.signs / self.words - rest.signs / rest.words
        automated = 4.71 * letters + 0.5 * (self.words / self.sentences - rest.words / rest.sentences)
        coleman = 5.88 * letters - 29.6 * (self.sentences / self.words - rest.sentences / rest.words)
        return abs(coleman) >= _COLEMAN - _SLACK and abs(automated) >= _AUTOMATED - _SLACK and automated * coleman > 0


def _measured(analysis: Analysis, line: Line) -> Iterator[Hit]:
    """The paragraph, if textstat's grades of it and of the other paragraphs are as far apart."""
    text = analysis.text[line.start : line.end]
    if not _is_paragraph(analysis, line) or _SPOKEN.match(text) or sum(map(text.count, _MARKS)) >= _MANY_MARKS:
        return
    others = [other for other in analysis.lines if other.index != line.index and _is_paragraph(analysis, other)]
    if len(others) < _PARAGRAPHS or sum(len(analysis.line_words(other)) for other in others) < _LEAST_REST:
        return
    own_coleman, own = school_years(text)  # one article of thirty gets so far
    rest_coleman, rest = school_years(" ".join(analysis.text[other.start : other.end] for other in others))
    coleman, automated = own_coleman - rest_coleman, own - rest
    if abs(coleman) >= _COLEMAN and abs(automated) >= _AUTOMATED and coleman * automated > 0:
        yield Hit(line.start, line.end, values={"grade": f"{own:.0f}", "usual": f"{rest:.0f}"})


def _is_paragraph(analysis: Analysis, line: Line) -> bool:
    return analysis.form(line) == "paragraph" and analysis.is_prose(line, _PROSE_WORDS)
