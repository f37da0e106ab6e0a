"""Kind `labels`: lines that consist of nothing but the labels of buttons, menus and counters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from linter.analysis import Analysis
from linter.gate import Gated, gate_of
from linter.kinds import Context, Found, Gate, Strict, lexicon
from linter.lexicon import Entry
from linter.matcher import known_gates
from linter.model import Hit

_SEPARATORS = re.compile(r"[\s,|/•·()\[\]:&+!*«»‹›<>–—-]*")
_NUMBER = r"\d[\d.,]*(?: ?[km])?"
_NUMBERS = re.compile(f"(?:{_NUMBER})?")
_LONGEST = 300  # code points of a line


class Params(Strict, frozen=True, kw_only=True):
    """A lexicon whose section [filler] holds words that may stand between labels but are none themselves."""

    lexicon: str
    least: int = 2  # labels on the line for a hit by itself
    single: float | None = None  # the weight of a line with fewer; None: no hit
    most: int = 24  # labels and fillers together


class LabelsCheck:
    """Yields the lines; labels glued together (`ShareTweet`) are told apart by their capitals."""

    phrases = ()

    def __init__(self, params: Params, entries: Iterable[Entry]) -> None:
        self._params = params
        words = {(entry.phrase.lower(), entry.tag) for entry in entries}
        self._labels = {word for word, tag in words if tag != "filler"}
        self._words = sorted({word for word, _ in words}, key=lambda word: (-len(word), word))
        self._by_start: dict[str, list[str]] = defaultdict(list)  # by the first two characters, the longest first
        for word in self._words:
            self._by_start[word[:2]].append(word)

    @cached_property
    def gates(self) -> Sequence[Gate]:
        """One for a line of nothing else."""
        alternatives = "|".join(re.escape(word).replace(r"\ ", " ") for word in self._words)
        line = f"(?:(?:{alternatives}|{_NUMBER})[^0-9a-z\\n]*)+"
        gate = known_gates.get(line) or known_gates.setdefault(line, Gated(gate_of(line, "whole")))
        return [Gate(gate.pattern, "folded")]

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per line."""
        for line in analysis.lines:
            if line.end - line.start > _LONGEST:
                continue
            core = analysis.core(line)
            labels = self._labels_of(analysis, core.start, line.end)
            if labels >= self._params.least:
                yield Hit(line.start, line.end)
            elif labels and self._params.single is not None:
                yield Hit(line.start, line.end, weight=self._params.single)

    def _labels_of(self, analysis: Analysis, start: int, end: int) -> int:
        """The number of labels, 0 where anything else stands on the line."""
        folded = analysis.folded
        labels = parts = 0
        at = start = _behind(_SEPARATORS, folded, start, end)
        while at < end:
            part = self._part_at(folded, at, end)
            if not part or parts > self._params.most:
                return 0
            if at > start and folded[at - 1].isalnum() and not _begins(analysis.text, at):
                return 0
            labels += part in self._labels
            parts += 1
            at = _behind(_SEPARATORS, folded, at + len(part), end)
        return labels

    def _part_at(self, folded: str, at: int, end: int) -> str:
        """The longest label, filler or number at an offset; "" if there is none."""
        for start in (folded[at : at + 2], folded[at]):
            for word in self._by_start.get(start, ()):
                if folded.startswith(word, at, end):
                    return word
        return folded[at : _behind(_NUMBERS, folded, at, end)]


def _behind(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where a pattern that can match nothing ends."""
    match = pattern.match(text, start, end)
    return match.end() if match else start


def _begins(text: str, at: int) -> bool:
    """Does a new word begin here, although nothing separates it from the one before?"""
    return text[at].isupper() or text[at].isdigit() != text[at - 1].isdigit()


def build(params: Params, context: Context) -> LabelsCheck:
    """Read the lexicon. Raises ParameterError."""
    return LabelsCheck(params, lexicon(params.lexicon, context))
