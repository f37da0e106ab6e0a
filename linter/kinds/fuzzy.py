"""Kind `fuzzy`: whole lines that are nearly one of a lexicon's lines (rapidfuzz).

A line is compared only with the entries that share most of its words: the cheap test first, the edit distance after.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from linter.analysis import Analysis
from linter.kinds import Context, Found, Strict, lexicon
from linter.lexicon import Entry
from linter.model import Hit
from linter.words import fold_words

_LETTERS = 8  # of a word with its blank, generously: longer lines are not compared
_KNOWN = 0.5  # of a line's words must occur in the lexicon somewhere


class Params(Strict, frozen=True, kw_only=True):
    """Limits: rapidfuzz ratio 0-100 of the folded words, and Jaccard overlap 0-1 of the word sets; one suffices."""

    lexicon: str
    min_ratio: float = 80.0
    min_overlap: float = 0.7
    words: tuple[int, int] = (3, 30)
    weights: dict[str, float] = {}


class FuzzyCheck:
    """Yields lines that are near an entry."""

    gates = ()
    phrases = ()

    def __init__(self, params: Params, entries: list[Entry]) -> None:
        self._params, self._entries = params, entries
        folded = [fold_words(entry.phrase) for entry in entries]
        self._joined = [" ".join(words) for words in folded]
        self._sizes = [len(set(words)) for words in folded]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(folded):
            for word in set(words):
                self._holders[word].append(number)
        self._known = frozenset(self._holders)

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per near line, with the entry's tag."""
        least, most = self._params.words
        longest = most * _LETTERS
        for line in analysis.lines:
            if line.end - line.start > longest:
                continue
            own = set(analysis.line_tokens[line.index])
            if len(own & self._known) < _KNOWN * len(own):
                continue
            words = fold_words(analysis.folded[line.start : line.end])
            if least <= len(words) <= most:
                entry = self._nearest(words)
                if entry:
                    weight = self._params.weights.get(entry.tag, 1.0) if entry.tag else 1.0
                    yield Hit(line.start, line.end, (entry.tag,) if entry.tag else (), weight)

    def _nearest(self, words: list[str]) -> Entry | None:
        own = set(words)
        shared = Counter(chain.from_iterable(map(self._holders.__getitem__, own & self._known)))
        near: list[tuple[float, int]] = []
        for number, count in shared.items():
            if count >= 0.5 * len(own) and count >= 0.5 * self._sizes[number]:
                near.append((-count / (len(own) + self._sizes[number] - count), number))
        if not near:
            return None
        from rapidfuzz import fuzz  # 12 ms: most articles have no line that gets here

        joined = " ".join(words)
        for overlap, number in sorted(near)[:8]:  # the nearest by words; equal ones in the lexicon's order
            if -overlap >= self._params.min_overlap or fuzz.ratio(
                joined, self._joined[number], score_cutoff=self._params.min_ratio
            ):
                return self._entries[number]
        return None


def build(params: Params, context: Context) -> FuzzyCheck:
    """Read the lexicon. Raises ParameterError."""
    return FuzzyCheck(params, lexicon(params.lexicon, context))
