"""Patterns over the lines or the whole of an article, behind RE2 gates: what several kinds are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Literal

import msgspec
from msgspec import Struct

from linter.analysis import Analysis, Line, unify_typography
from linter.gate import Gated, gated, has_capitals
from linter.kinds import Context, Found, Gate, ParameterError, Strict, View, lexicon
from linter.model import Hit, Span, Zone

_PROBES = ("", "a", "a b-c 1.")  # a pattern that matches nothing at all of these matches no place between characters

At = Literal["whole", "start", "end", "anywhere", "sentence"]
SpanOf = Literal["line", "core", "match", "sentence"]
_TIME_LIMIT = 0.25  # seconds for one call of a user's backtracking pattern
# Where a sentence may begin: at a line's start or behind a stop, a bracket or a quotation mark. The signs before its
# first word (an arrow, an emoji, a bullet) belong to it.
_SENTENCE = r"""(?:[.!?…"')\]]["')\]\s]{0,3}|(?<![^\n])[ \t]{0,9})(?P<span>[^\w\s"')\].!?…,]{0,4}\s?(?:%s))"""


# The gates of patterns that were found valid, by engine, place and pattern. The rule cache keeps them: checking
# patterns and working out their gates is most of a start, and has the same result every time.
known_gates: dict[str, Gated] = {}


class Pattern(Strict, frozen=True, kw_only=True):
    """One pattern of a list, with what it says about its hits."""

    pattern: str
    tag: str | None = None
    weight: float = 1.0
    zones: list[Zone] = []
    at: At | None = None
    words: tuple[int, int] | None = None  # least and most words of the line
    span: SpanOf | None = None
    on: Literal["line", "text"] | None = None
    case: Literal["ignore", "exact"] | None = None


class Params(Strict, frozen=True, kw_only=True):
    """The parameters of pattern matching, shared by the kinds that match."""

    match: list[str | Pattern] | str
    on: Literal["line", "text"] = "line"
    at: At | None = None  # line: whole, text: anywhere
    case: Literal["ignore", "exact"] = "ignore"  # ignore: patterns are lower case, matched on the folded text
    span: SpanOf | None = None  # line: line, text: match; a group (?P<span>…) overrides it
    words: tuple[int, int] | None = None  # least and most words of the line
    engine: Literal["re2", "python"] | None = None  # user rules: re2 unless said otherwise
    slots: dict[str, str] = {}  # {name} in a pattern stands for any entry of this lexicon, or of one section of it


class TimeLimitError(Exception):
    """A user's pattern took too long on an article."""


class Matcher:
    """Compiled patterns; `gates[i]` belongs to pattern `i`."""

    def __init__(self, params: Params, context: Context) -> None:
        specs = [params.match] if isinstance(params.match, str) else params.match
        self._specs = [Pattern(pattern=spec) if isinstance(spec, str) else spec for spec in specs]
        if params.slots:
            self._specs = _filled(self._specs, params, context)
        self._specs = [_settled(spec, params) for spec in self._specs]
        self._engine = params.engine or ("python" if context.builtin else "re2")
        self._limited = not context.builtin
        self._compiled: dict[int, Any] = {}
        self._by_line: list[bool] = []  # by pattern: is it matched line by line?
        if not self._specs:
            raise ParameterError("match", "expected at least one pattern")
        self.gates = [self._gate(number, spec) for number, spec in enumerate(self._specs)]

    def _gate(self, number: int, spec: Pattern) -> Gate:
        key, source = f"match.{number}", spec.pattern
        exact, on_line, at = spec.case == "exact", spec.on == "line", spec.at
        if at not in (("whole", "start", "end", "anywhere") if on_line else ("anywhere", "sentence")):
            raise ParameterError(
                "at", "a pattern on the text can only match 'anywhere' or at a 'sentence', one on lines anywhere else"
            )
        if not exact and has_capitals(source):
            raise ParameterError(
                key, f"capitals in {source!r} can't match folded text: write lower case or case: exact"
            )
        known = f"{self._engine} {at} {source}"
        gate = known_gates.get(known)
        if gate is None:
            gate = known_gates[known] = self._checked_gate(key, source, at or "anywhere")
        by_line = on_line or gate.one_line
        self._by_line.append(by_line)
        longest = gate.longest if at == "whole" else None
        view: View = "plain" if exact else "folded"
        return Gate(gate.pattern, view, gate.literals, gate.first_words, by_line, longest, spec.words, spec.zones)

    def _checked_gate(self, key: str, source: str, at: At) -> Gated:
        if not self._limited and self._engine == "python":  # a shipped rule: tests check the rest, which takes seconds
            try:
                return gated(source, at)
            except re.error as err:
                raise ParameterError(key, f"{source!r} is not a valid python pattern: {err}") from None
        try:
            compiled = _compile(source, self._engine, limited=False)
            empty = any(found.start() == found.end() for text in _PROBES for found in compiled.finditer(text))
        except Exception as err:
            raise ParameterError(key, f"{source!r} is not a valid {self._engine} pattern: {err}") from None
        if empty:
            raise ParameterError(key, f"{source!r} matches the empty string, or a place between two characters")
        try:
            return gated(source, at)
        except re.error:
            return Gated(r"(?s:.)")  # RE2 syntax that Python's parser doesn't know: always passes

    def _pattern(self, number: int) -> Any:
        """A pattern, compiled when its gate first passes: most never do."""
        compiled = self._compiled.get(number)
        if compiled is None:
            spec = self._specs[number]
            source, end = spec.pattern, r"\z" if self._engine == "re2" else r"\Z"
            if spec.at == "end":
                source = f"(?:{source}){end}"
            elif spec.at == "sentence":
                source = _SENTENCE % source
            compiled = self._compiled[number] = _compile(source, self._engine, limited=self._limited)
        return compiled

    def hits(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """The hits of the patterns whose gates passed; on lines, the first pattern that matches a line wins it."""
        on_line = [number for number in found.gates if self._specs[number].on == "line"]
        if len(on_line) == len(found.gates):
            return self._line_hits(analysis, found)
        on_text = [number for number in found.gates if number not in on_line]
        hits = [*self._line_hits(analysis, found._replace(gates=on_line))] if on_line else []
        hits += self._text_hits(analysis, found._replace(gates=on_text))
        return iter(sorted(hits, key=lambda hit: (hit.start, -hit.end)))

    def matches(self, analysis: Analysis, found: Found) -> Iterator[tuple[Line, Pattern, Any, int]]:
        """The lines that a pattern matches, in order, each with `match_line`'s result."""
        lines = analysis.lines
        tied = [number for number in found.gates if number in found.lines]
        free = [number for number in found.gates if number not in found.lines]
        indexes = range(len(lines)) if free else sorted(set().union(*(found.lines[number] for number in tied)))
        for index in indexes:
            numbers = [number for number in tied if index in found.lines[number]]
            numbers = sorted(free + numbers) if free and numbers else free or numbers
            result = self.match_line(analysis, lines[index], numbers)
            if result:
                yield lines[index], *result

    def match_line(self, analysis: Analysis, line: Line, passed: Sequence[int]) -> tuple[Pattern, Any, int] | None:
        """The first pattern that matches a line: its spec, the match, and the offset that match positions are from."""
        core: Span | None = None
        for number in passed:
            spec = self._specs[number]
            if spec.words and not spec.words[0] <= len(analysis.line_words(line)) <= spec.words[1]:
                continue
            if spec.zones and line.zone not in spec.zones:
                continue
            core = core or analysis.core(line)
            at, compiled = spec.at, self._pattern(number)
            view = analysis.plain if spec.case == "exact" else analysis.folded
            if at == "whole":
                found, base = compiled.fullmatch(view[core.start : core.end]), core.start
                if not found and core.end != line.end:
                    found = compiled.fullmatch(view[core.start : line.end])
            elif at == "start":
                found, base = compiled.match(view[core.start : line.end]), core.start
            elif at == "end":
                found, base = compiled.search(view[line.start : core.end]), line.start
            else:
                found, base = compiled.search(view[line.start : line.end]), line.start
            if found:
                return spec, found, base
        return None

    def _line_hits(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        for line, spec, match, base in self.matches(analysis, found):
            yield self._hit(analysis, spec, match, base, line)

    def _text_hits(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        for number in found.gates:
            spec, pattern = self._specs[number], self._pattern(number)
            view = analysis.plain if spec.case == "exact" else analysis.folded
            parts: Iterable[tuple[int, ...]] = [()]  # all of it
            if self._by_line[number]:
                indexes = sorted(found.lines[number]) if number in found.lines else range(len(analysis.lines))
                parts = (_with_blanks(analysis, index) for index in indexes)
            for match in chain.from_iterable(pattern.finditer(view, *part) for part in parts):
                matched = match.group()
                if not matched.strip():
                    continue  # white space alone is no evidence, and need not be on a line
                # The blanks before a line are on none: the line before would lend the match its zone.
                line = analysis.line_at(match.start() + len(matched) - len(matched.lstrip()))
                if not spec.zones or line.zone in spec.zones:
                    yield self._hit(analysis, spec, match, 0, line)

    def _hit(self, analysis: Analysis, spec: Pattern, found: Any, base: int, line: Line) -> Hit:
        groups, index = found.groupdict(), found.re.groupindex
        if groups.get("span") is not None:
            start, end = base + found.start(index["span"]), base + found.end(index["span"])
        elif spec.span == "line":
            start, end = line.start, line.end
        elif spec.span == "core":
            start, end = analysis.core(line)
        else:
            start, end = base + found.start(), base + found.end()
            if spec.span == "sentence":
                start, end = analysis.sentence_at(start)
        text = analysis.text
        values = {k: text[base + found.start(index[k]) : base + found.end(index[k])] for k, v in groups.items() if v}
        while start < end and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        return Hit(start, end, (spec.tag,) if spec.tag else (), spec.weight, None, values or None)


def _settled(spec: Pattern, params: Params) -> Pattern:
    """A pattern with everything said that it leaves to the list it stands in, or to the defaults."""
    on = spec.on or params.on
    alike = on == params.on  # the list's place and span are for patterns that are matched as it says
    return msgspec.structs.replace(
        spec,
        on=on,
        at=spec.at or (params.at if alike else None) or ("whole" if on == "line" else "anywhere"),
        span=spec.span or (params.span if alike else None) or ("line" if on == "line" else "match"),
        case=spec.case or params.case,
        words=spec.words or params.words if on == "line" else None,
    )


def _with_blanks(analysis: Analysis, index: int) -> tuple[int, int]:
    """A line with the white space on both of its sides."""
    lines = analysis.lines
    start = lines[index - 1].end if index else 0
    return start, lines[index + 1].start if index + 1 < len(lines) else len(analysis.text)


def _filled(specs: list[Pattern], params: Params, context: Context) -> list[Pattern]:
    """The patterns with the entries of lexicons in the place of `{name}`. Raises ParameterError."""
    for name, where in params.slots.items():
        file, _, section = where.partition("#")
        entries = {e.phrase for e in lexicon(file, context) if not section or e.tag == section}
        if not re.fullmatch("[a-z]+", name) or not any(f"{{{name}}}" in spec.pattern for spec in specs):
            raise ParameterError(f"slots.{name}", f"no pattern holds {{{name}}} (a name in lower-case letters)")
        if not entries:
            raise ParameterError(f"slots.{name}", f"'{file}' has no section [{section}]")
        if params.case == "ignore":
            entries = {unify_typography(entry).lower() for entry in entries}
        words = "|".join(_escaped(entry) for entry in sorted(entries, key=lambda e: (-len(e), e)))
        specs = [msgspec.structs.replace(s, pattern=s.pattern.replace(f"{{{name}}}", f"(?:{words})")) for s in specs]
    return specs


def _escaped(entry: str) -> str:
    """An entry as a pattern; most have nothing that would need it, and escaping takes a while."""
    return entry if entry.replace(" ", "").isalnum() else re.escape(entry).replace(r"\ ", " ")


class LineTest(Struct):
    """A list of patterns that only answers yes or no about a piece of folded text; compiled when first asked."""

    source: str
    engine: str
    compiled: Any = None

    @classmethod
    def of(cls, patterns: list[str], *, builtin: bool) -> LineTest | None:
        """None for an empty list, so that the caller can skip the test. Patterns of users run in RE2."""
        if not patterns:
            return None
        return cls("|".join(f"(?:{p})" for p in patterns), "python" if builtin else "re2")

    def __call__(self, text: str) -> bool:
        """Does one of the patterns match somewhere?"""
        if self.compiled is None:
            self.compiled = _compile(self.source, self.engine, limited=False)
        return self.compiled.search(text) is not None


class _Limited:
    """A backtracking pattern of a user's rule, with a time limit on every call."""

    def __init__(self, source: str) -> None:
        import regex

        self._pattern = regex.compile(source)

    def _call(self, method: str, text: str) -> Any:
        try:
            return getattr(self._pattern, method)(text, timeout=_TIME_LIMIT)
        except TimeoutError:
            raise TimeLimitError(f"pattern {self._pattern.pattern!r} took longer than {_TIME_LIMIT} s") from None

    def search(self, text: str) -> Any:
        return self._call("search", text)

    def match(self, text: str) -> Any:
        return self._call("match", text)

    def fullmatch(self, text: str) -> Any:
        return self._call("fullmatch", text)

    def finditer(self, text: str, *part: int) -> Iterator[Any]:
        try:
            yield from self._pattern.finditer(text, *part, timeout=_TIME_LIMIT)
        except TimeoutError:
            raise TimeLimitError(f"pattern {self._pattern.pattern!r} took longer than {_TIME_LIMIT} s") from None


def _compile(source: str, engine: str, *, limited: bool) -> Any:
    if engine == "re2":
        import re2

        options = re2.Options()
        options.log_errors = False
        return re2.compile(source, options)
    return _Limited(source) if limited else re.compile(source)
