"""Kind `phrases`: a lexicon of fixed phrases, thousands of them in the one automaton that all rules share."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Literal

from linter.analysis import Analysis, unify_typography
from linter.kinds import Context, Found, ParameterError, Strict, lexicon
from linter.lexicon import Entry
from linter.model import Hit


class Params(Strict, frozen=True, kw_only=True):
    """A lexicon file, entries given here, or both; phrases are matched without case, at word boundaries."""

    lexicon: str | None = None
    entries: list[str] = []
    at: Literal["anywhere", "whole", "start"] = "anywhere"  # of the line
    span: Literal["match", "line", "sentence"] = "match"
    weights: dict[str, float] = {}  # by the lexicon's sections; 1 where none is given
    words: tuple[int, int] | None = None  # least and most words of the line


class PhrasesCheck:
    """Yields the longest phrase at each place."""

    gates = ()

    def __init__(self, params: Params, entries: list[Entry]) -> None:
        self._params, self._entries = params, entries
        self.yields_phrases = params.span == "match"  # and not their lines or sentences
        self.phrases = [unify_typography(entry.phrase).lower() for entry in entries]  # folded as articles are

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per phrase (per line or sentence, if that is the span)."""
        params, reached = self._params, -1
        on_lines = params.words or params.at != "anywhere" or params.span == "line"
        # By their starts, the longest first.
        for start, end, number in sorted(sorted(found.phrases, key=itemgetter(1), reverse=True), key=itemgetter(0)):
            if start < reached:
                continue
            line = analysis.line_at(start) if on_lines else analysis.lines[0]
            if params.words and not params.words[0] <= len(analysis.line_words(line)) <= params.words[1]:
                continue
            if params.at != "anywhere":
                core = analysis.core(line)
                if start != core.start or (params.at == "whole" and end < core.end):
                    continue
            entry = self._entries[number]
            span = (start, end)
            if params.span == "line":
                span = (line.start, line.end)
            elif params.span == "sentence":
                span = analysis.sentence_at(start)
            reached = span[1]
            weight = params.weights.get(entry.tag, 1.0) if entry.tag else 1.0
            yield Hit(*span, (entry.tag,) if entry.tag else (), weight, entry.meaning)


def build(params: Params, context: Context) -> PhrasesCheck:
    """Read the lexicon. Raises ParameterError where there is none or it is empty."""
    entries = [Entry(phrase) for phrase in params.entries]
    if params.lexicon:
        entries += lexicon(params.lexicon, context)
    if not entries:
        raise ParameterError("lexicon", "expected a lexicon or entries")
    for entry in entries:
        if not entry.phrase.strip() or "\n" in entry.phrase:
            raise ParameterError("entries", "a phrase is one line, and not empty")
    return PhrasesCheck(params, entries)
