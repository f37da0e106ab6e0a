"""Kind `grammar`: patterns over words and word classes; `linter.wordpattern` says how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Literal

from linter.analysis import Analysis
from linter.gate import Gated, gate_of
from linter.kinds import Context, Found, Gate, ParameterError, Strict, View, lexicon
from linter.matcher import known_gates
from linter.model import Hit
from linter.wordpattern import WordPattern, WordPatternError, check, compile_words

_SENTENCE_END = re.compile(r"[.!?\n]")


class Phrase(Strict, frozen=True, kw_only=True):
    """One pattern of a list, with what it says about its hits."""

    pattern: str
    tag: str | None = None
    unless: list[str] = []  # a hit is dropped if one of these matches in its sentence, or line in lists
    suggestion: str | None = None


class Params(Strict, frozen=True, kw_only=True):
    """The patterns. A group (?P<span>…) is what is flagged, else the whole match."""

    match: list[str | Phrase]
    slots: dict[str, str] = {}  # [name] in a pattern: the words of this lexicon, or of a section of it (file#section)
    quoted: Literal["skip", "any"] = "skip"  # words within double quotation marks match nothing, or as any others
    unless: list[str] = []  # for all patterns


class GrammarCheck:
    """Runs the patterns whose gates passed over the codes of the article; gate `i` belongs to pattern `i`."""

    phrases = ()

    def __init__(self, params: Params, slots: dict[str, frozenset[str]]) -> None:
        self._params = params
        self._specs = [Phrase(pattern=spec) if isinstance(spec, str) else spec for spec in params.match]
        self._patterns = [compile_words(spec.pattern, slots) for spec in self._specs]
        self._slots = slots
        self._unless: dict[int, list[WordPattern]] = {}  # by pattern, once it has matched: most never do
        view: View = "codes" if params.quoted == "any" else "unquoted"
        self.gates = [Gate(_gate(pattern), view) for pattern in self._patterns]

    def patterns(self) -> Iterator[WordPattern]:
        """All patterns of the check."""
        yield from self._patterns
        yield from chain.from_iterable(map(self._unless_of, range(len(self._specs))))

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per match."""
        coded, skipped = analysis.coded, self._params.quoted == "skip"
        codes = coded.unquoted if skipped else coded.codes
        for number in found.gates:
            spec, pattern, unless = self._specs[number], self._patterns[number].regex, self._unless_of(number)
            for match in pattern.finditer(codes):
                first, end = match.span("span" if "span" in pattern.groupindex else 0)
                span = coded.span(first, end)
                if unless and _any_in_sentence(codes, match.start(), match.end(), unless):
                    continue
                if skipped and analysis.is_quoted(*span):
                    continue
                yield Hit(*span, (spec.tag,) if spec.tag else (), suggestion=spec.suggestion)

    def _unless_of(self, number: int) -> list[WordPattern]:
        if number not in self._unless:
            patterns = (*self._specs[number].unless, *self._params.unless)
            self._unless[number] = [compile_words(pattern, self._slots) for pattern in patterns]
        return self._unless[number]


def _gate(pattern: WordPattern) -> str:
    key = f"codes {pattern.source}"
    if key not in known_gates:
        known_gates[key] = Gated(gate_of(pattern.source))
    return known_gates[key].pattern


def _any_in_sentence(codes: str, start: int, end: int, patterns: list[WordPattern]) -> bool:
    before, after = _SENTENCE_END.search(codes[:start][::-1]), _SENTENCE_END.search(codes, end)
    first = start - before.start() if before else 0
    last = after.start() if after else len(codes)
    return any(pattern.regex.search(codes, first, last) for pattern in patterns)


def build(params: Params, context: Context) -> GrammarCheck:
    """Read the slots. Raises ParameterError for a pattern that can't be compiled."""
    slots = {}
    for name, where in params.slots.items():
        file, _, section = where.partition("#")
        words = frozenset(e.phrase for e in lexicon(file, context) if not section or e.tag == section)
        if not words:
            raise ParameterError(f"slots.{name}", f"'{where}' has no entries")
        slots[name] = words
    if not params.match:
        raise ParameterError("match", "expected at least one pattern")
    try:
        grammar = GrammarCheck(params, slots)
        if not context.builtin:  # the tests compile those that ship
            for pattern in grammar.patterns():
                check(pattern)
    except (WordPatternError, re.error) as err:
        raise ParameterError("match", str(err)) from None
    return grammar
