"""STR002: runs of words that stand in the article before, where they are much of it.

The limits are Gopher's (2112.11446): the share of characters in repeated 5- to 10-grams, and that of the commonest 2-,
3- and 4-gram; words are runs between white space.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit, Span

_LEAST_WORDS, _MOST_WORDS = 50, 50_000  # a longer text repeats itself in its first words, too, or not as a whole
_REPEATED = {5: 0.15, 6: 0.14, 7: 0.13, 8: 0.12, 9: 0.11, 10: 0.10}  # by the words of a gram: share of the characters
_COMMONEST = {2: 0.20, 3: 0.18, 4: 0.16}
_LEAST_RUN, _LEAST_USES = 10, 5
_LISTED = 3  # runs, the longest
# Samples say of nearly all texts that they do not repeat themselves: what follows a letter of one word in six, and the
# first words of the longest line, which a phrase that is everywhere holds several times.
_LETTER, _SAMPLE, _SAMPLED_SHARE, _MANY = "v", 28, 0.05, 20
_FIRST_WORDS, _FREQUENT = 60, 6
_NO_TEXT = ("heading", "table", "list", "quotation")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the repeated runs, else the second use of a phrase that is everywhere."""
    if analysis.is_beside:
        return
    samples = [piece[:_SAMPLE] for piece in analysis.folded.split(_LETTER) if len(piece) >= _SAMPLE]
    again = len(samples) - len(set(samples))
    often = again >= max(2 if len(samples) >= _MANY else 1, _SAMPLED_SHARE * len(samples))
    runs = list(_Text(analysis).runs()) if often and analysis.words >= _LEAST_WORDS else []
    if runs:
        yield from runs
        return
    words = max(analysis.line_tokens, key=len, default=[])[:_FIRST_WORDS]
    if len(words) - len(set(words)) < 2 * (_FREQUENT - 1):
        return
    counts = sorted(Counter(words).values())
    if len(counts) > 1 and counts[-2] >= _FREQUENT and analysis.words >= _LEAST_WORDS:
        yield from _everywhere(analysis)


class _Text:
    """The words of an article with their places."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens[:_MOST_WORDS]
        self._size = sum(map(len, self._tokens))

    @cached_property
    def _spans(self) -> list[Span]:
        return _first_spans(self._analysis, len(self._tokens))

    def runs(self) -> Iterator[Hit]:
        """The runs of at least ten words, where repeated grams of one length are enough of the text."""
        tokens = self._tokens
        fives = list(zip(*(tokens[shift:] for shift in range(5)), strict=False))
        counted = _later(enumerate(fives))
        if self._share(5, counted) < min(_REPEATED.values()):
            return
        later = counted = [at for at in counted if not self._spared(at, at + 5)]
        share = self._share(5, later)
        enough = share > _REPEATED[5]
        for size in range(6, 11):
            if enough or not later:
                break
            # Grams with the same first words as others: candidates, with the places where those stand first.
            heads, kept = {fives[at] for at in later}, set(later)
            candidates = [at for at, five in enumerate(fives) if five in heads and at + size <= len(tokens)]
            later = [at for at in _later((at, tuple(tokens[at : at + size])) for at in candidates) if at in kept]
            share = self._share(size, later)
            enough = share > _REPEATED[size]
        if not enough:
            return
        found = [run for run in _joined(counted, 5) if run.end - run.start >= _LEAST_RUN]
        longest = sorted(found, key=lambda run: run.start - run.end)[:_LISTED]
        for run in sorted(longest):
            start, end = self._spans[run.start].start, self._spans[run.end - 1].end
            yield Hit(start, end, values={"count": str(len(found)), "share": f"{100 * share:.0f} %"})

    def _share(self, size: int, places: Sequence[int]) -> float:
        """The share of characters in grams at these places."""
        inside = sum(len(word) for run in _joined(places, size) for word in self._tokens[run.start : run.end])
        return inside / self._size

    def _spared(self, first: int, end: int) -> bool:
        """Names and figures for the most part, quoted, or no running text; short lines are STR001's."""
        analysis, spans = self._analysis, self._spans[first:end]
        written = [analysis.text[span.start : span.end] for span in spans]
        if 5 * sum(word[0].isupper() or word[0].isdigit() for word in written) >= 4 * len(written):
            return True
        line = analysis.line_at(spans[0].start)
        if len(analysis.line_words(line)) < _LEAST_RUN:
            return True
        return analysis.form(line) in _NO_TEXT or analysis.is_quoted(spans[0].start, spans[-1].end)


def _later(grams: Iterable[tuple[int, tuple[str, ...]]]) -> list[int]:
    """Where grams stand that stand before as well."""
    seen: set[tuple[str, ...]] = set()
    return [at for at, gram in grams if gram in seen or seen.add(gram)]  # type: ignore[func-returns-value]


def _first_spans(analysis: Analysis, words: int) -> list[Span]:
    return list(islice((span for line in analysis.lines for span in analysis.token_spans(line)), words))


def _joined(places: Sequence[int], size: int) -> Iterator[Span]:
    """Grams that overlap or follow each other, as runs of words."""
    start = end = -1
    for at in places:
        if at > end:
            if end > start:
                yield Span(start, end)
            start = at
        end = at + size
    if end > start:
        yield Span(start, end)


def _everywhere(analysis: Analysis) -> Iterator[Hit]:
    """The second use of a phrase of two to four words that is a fifth of the text."""
    tokens = analysis.tokens[:_MOST_WORDS]
    letters = sum(map(len, tokens))
    for size, limit in _COMMONEST.items():
        grams = Counter(zip(*(tokens[shift:] for shift in range(size)), strict=False))
        gram, uses = max(grams.items(), key=lambda item: item[1] * sum(map(len, item[0])), default=((), 0))
        share = uses * sum(map(len, gram)) / letters
        if uses >= _LEAST_USES and share > limit and any(map(str.isalpha, "".join(gram))):
            _, second = islice((at for at in range(len(tokens)) if tuple(tokens[at : at + size]) == gram), 2)
            spans = _first_spans(analysis, second + size)
            values = {"count": str(uses), "share": f"{100 * share:.0f} %"}
            yield Hit(spans[second].start, spans[-1].end, values=values)
            return
