"""Kind `grammar`: patterns over words and word classes; `linter.wordpattern` says how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from linter.analysis import Analysis
from linter.kinds import Context, Found, ParameterError, Strict, lexicon
from linter.model import Hit
from linter.wordpattern import WordPattern, WordPatternError, compile_words

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
    """Runs each pattern over the codes of the article; patterns are compiled when an article first may hold a match."""

    gates = ()
    phrases = ()

    def __init__(self, params: Params, slots: dict[str, frozenset[str]]) -> None:
        self._params, self._slots = params, slots
        self._specs = [Phrase(pattern=spec) if isinstance(spec, str) else spec for spec in params.match]
        self._patterns: list[tuple[Phrase, WordPattern, list[WordPattern]]] | None = None

    def compiled(self) -> list[tuple[Phrase, WordPattern, list[WordPattern]]]:
        """The patterns with those that must not match beside them. Raises WordPatternError."""
        if self._patterns is None:
            self._patterns = [
                (spec, self._compile(spec.pattern), [self._compile(p) for p in (*spec.unless, *self._params.unless)])
                for spec in self._specs
            ]
        return self._patterns

    def _compile(self, pattern: str) -> WordPattern:
        return compile_words(pattern, self._slots)

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per match."""
        coded = analysis.coded
        codes = coded.codes if self._params.quoted == "any" else coded.unquoted
        for spec, pattern, unless in self.compiled():
            if pattern.needs and pattern.needs.isdisjoint(coded.present):
                continue
            for match in pattern.regex.finditer(codes):
                first, end = match.span("span" if "span" in pattern.regex.groupindex else 0)
                span = coded.span(first, end)
                if unless and _any_in_sentence(codes, match.start(), match.end(), unless):
                    continue
                if self._params.quoted == "skip" and analysis.is_quoted(*span):
                    continue
                yield Hit(*span, (spec.tag,) if spec.tag else (), suggestion=spec.suggestion)


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
    check = GrammarCheck(params, slots)
    if not context.builtin:  # the tests compile those that ship
        try:
            check.compiled()
        except WordPatternError as err:
            raise ParameterError("match", str(err)) from None
    return check
