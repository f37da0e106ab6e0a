"""Kind `labels`: lines that consist of nothing but the labels of buttons, menus and counters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from linter.analysis import Analysis
from linter.gate import Gated, gate_of
from linter.kinds import Context, Found, Gate, Strict
from linter.lexicon import Entry, read_lexicon
from linter.matcher import known_gates
from linter.model import Hit

_SEPARATOR = r"[\s,|/•·()\[\]:&+!*«»‹›<>–—-]"
_LEAD = re.compile(f"{_SEPARATOR}*")
_NUMBER = r"\d[\d.,]*(?: ?[km])?"


class Params(Strict, frozen=True, kw_only=True):
    """A lexicon whose section [filler] holds words that may stand between labels but are none themselves."""

    lexicon: str
    least: int = 2  # labels on the line for a hit by itself
    single: float | None = None  # the weight of a line with fewer; None: no hit
    most: int = 24  # labels and fillers together


class LabelsCheck:
    """Yields the lines; labels glued together (`ShareTweet`) are told apart by their capitals."""

    phrases = ()

    def __init__(self, params: Params, entries: list[Entry]) -> None:
        self._params = params
        self._labels = {entry.phrase.lower() for entry in entries if entry.tag != "filler"}
        words = sorted({entry.phrase.lower() for entry in entries}, key=lambda w: (-len(w), w))
        self._alternatives = "|".join(re.escape(word).replace(r"\ ", " ") for word in words)
        line = f"(?:(?:{self._alternatives}|{_NUMBER})[^0-9a-z\\n]*)+"
        gate = known_gates.get(line) or known_gates.setdefault(line, Gated(gate_of(line, "whole")))
        self.gates = [Gate(gate.pattern, False)]

    @cached_property
    def _token(self) -> re.Pattern[str]:
        return re.compile(f"(?:({self._alternatives})|{_NUMBER}){_SEPARATOR}*")

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per line."""
        for line in analysis.lines:
            if line.end - line.start > 300:
                continue
            core = analysis.core(line)
            labels = self._labels_of(analysis, core.start, line.end)
            if labels >= self._params.least:
                yield Hit(line.start, line.end)
            elif labels and self._params.single is not None:
                yield Hit(line.start, line.end, weight=self._params.single)

    def _labels_of(self, analysis: Analysis, start: int, end: int) -> int:
        """The number of labels, 0 where anything else stands on the line."""
        labels = parts = 0
        lead = _LEAD.match(analysis.folded, start, end)
        at = start = lead.end() if lead else start
        while at < end:
            match = self._token.match(analysis.folded, at, end)
            if not match or parts > self._params.most:
                return 0
            if at > start and analysis.folded[at - 1].isalnum() and not _begins(analysis.text, at):
                return 0
            labels += match[1] in self._labels
            parts += 1
            at = match.end()
        return labels


def _begins(text: str, at: int) -> bool:
    """Does a new word begin here, although nothing separates it from the one before?"""
    return text[at].isupper() or text[at].isdigit() != text[at - 1].isdigit()


def build(params: Params, context: Context) -> LabelsCheck:
    """Read the lexicon. Raises ParameterError."""
    return LabelsCheck(params, read_lexicon(params.lexicon, context))
