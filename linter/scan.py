"""The scan plan: one automaton pass and few RE2 passes over an article find every check that has a chance to fire.

Most patterns contain a string that is rare in prose. All such strings, and the phrases of lexicons, stand in one
Aho-Corasick automaton (about 50 µs for a news article, however many they are). Other patterns are for lines that begin
with one of few words. Both are tried only on the lines where they have a chance, by RE2 first (1 µs) and by Python's
`re` where that has found something. The few patterns that are left have gates in `re2.Set`s over the whole article (4
to 8 µs each); one set of all is no way: what has matched so far is part of its automaton's state.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import ahocorasick_rs
import re2

from linter.analysis import Analysis
from linter.firstwords import keys_of
from linter.kinds import Check, Found, Gate, PhraseHit, View
from linter.literals import ASCII_WORD, EDGE

_MEMORY = 64 << 20  # bytes for the automaton of one gate set; RE2's default of 8 MB is for one pattern
# Gates multiply the states of their common automaton, which are made when text first calls for them; on the other hand
# each set costs 4 µs per article. Counted in instructions over 400 and over 800 articles, sets of 8 cost least.
_TOGETHER = 8
_NOTHING = Found((), ())


class Plan:
    """The checks of a rule book compiled for scanning; `scan` says which have to run on an article."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._always = [i for i, c in enumerate(checks) if _is_always(c)]
        gates = [(i, n, gate) for i, check in enumerate(checks) for n, gate in enumerate(check.gates)]
        self._sets = [
            (part[0][2].view, [(i, n) for i, n, _ in part], _gate_set([gate.pattern for _, _, gate in part]))
            for part in _parts([entry for entry in gates if not (entry[2].literals or entry[2].first_words)])
        ]
        self._tied = [_Tied(i, n, gate) for i, n, gate in gates if gate.literals or gate.first_words]
        phrases: dict[str, list[tuple[int, int]]] = defaultdict(list)
        literals: dict[str, list[int]] = defaultdict(list)
        self._first_words: dict[str, list[int]] = defaultdict(list)
        for i, check in enumerate(checks):
            for n, phrase in enumerate(check.phrases):
                phrases[phrase].append((i, n))
        for number, tied in enumerate(self._tied):
            for literal in tied.gate.literals:
                literals[literal].append(number)
            for key in tied.gate.first_words:
                self._first_words[key].append(number)
        strings: dict[str, list[tuple[bool, bool, list[int]]]] = {phrase: [] for phrase in phrases}
        for literal, numbers in literals.items():
            edges = literal.startswith(EDGE), literal.endswith(EDGE)
            strings.setdefault(literal.strip(EDGE), []).append((*edges, numbers))
        self._literals = list(strings.values())  # by string: is a word to begin and end with it, and for which gates
        self._phrases = [phrases.get(string, ()) for string in strings]
        self._automaton = ahocorasick_rs.AhoCorasick(list(strings)) if strings else None

    def scan(self, analysis: Analysis) -> list[tuple[int, Found]]:
        """(index of the check, what was found for it) for every check that has to run, in the order of the checks."""
        return self.scan_all([analysis])[0]

    def scan_all(self, analyses: Sequence[Analysis]) -> list[list[tuple[int, Found]]]:
        """The same for several articles, one automaton after the other."""
        scans = [_Scan(analysis) for analysis in analyses]
        for view, owners, gates in self._sets:
            for scan in scans:
                for number in gates.Match(scan.views[view]) or ():
                    check, gate = owners[number]
                    scan.passed[check].append(gate)
        for scan in scans:
            self._starts(scan)
        for scan in scans:
            self._strings(scan)
        return [self._found(scan) for scan in scans]

    def _found(self, scan: _Scan) -> list[tuple[int, Found]]:
        lines: dict[int, dict[int, Collection[int]]] = defaultdict(dict)
        for number, where in scan.lines.items():
            tied = self._tied[number]
            found = tied.lines(scan, where)
            if found:
                scan.passed[tied.check].append(tied.number)
                if tied.gate.by_line:
                    lines[tied.check][tied.number] = found
        found_by = dict.fromkeys(self._always, _NOTHING)
        for check in scan.passed.keys() | scan.phrases.keys():
            gates = sorted(scan.passed[check]) if check in scan.passed else ()
            found_by[check] = Found(gates, scan.phrases.get(check, ()), lines.get(check, {}))
        return sorted(found_by.items())

    def _starts(self, scan: _Scan) -> None:
        """The lines that begin with a gate's first words."""
        by_key, lines, text = self._first_words, scan.lines, scan.analysis.folded
        for line in scan.analysis.lines:
            for key in keys_of(text, line.start, line.end):
                if key in by_key:
                    for gate in by_key[key]:
                        lines[gate].add(line.index)

    def _strings(self, scan: _Scan) -> None:
        """On which lines each gate has a literal, and the phrases at word boundaries."""
        if not self._automaton or not scan.analysis.lines:
            return
        text, starts, lines = scan.analysis.folded, [line.start for line in scan.analysis.lines], scan.lines
        padded = f"{text} "  # what stands before the first character is the last one
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            before, after = padded[start - 1], padded[end]
            if literals := self._literals[number]:
                # A literal's last character is on its line; its first one may be the blank before that line.
                line = max(bisect_right(starts, end - 1) - 1, 0)
                for starts_word, ends_word, gates in literals:
                    if (starts_word and before in ASCII_WORD) or (ends_word and after in ASCII_WORD):
                        continue  # part of a word
                    for gate in gates:
                        lines[gate].add(line)
            holders = self._phrases[number]
            if (
                not holders
                or (text[start].isalnum() and before.isalnum())
                or (text[end - 1].isalnum() and after.isalnum())
            ):
                continue  # no phrase, or inside a word
            for check, phrase in holders:
                scan.phrases[check].append(PhraseHit(start, end, phrase))


def _is_always(check: Check) -> bool:
    return getattr(check, "always", False) or not (check.gates or check.phrases)


class _Tied:
    """A gate that is tried only where one of its literals or first words occurs: gate `number` of a check."""

    def __init__(self, check: int, number: int, gate: Gate) -> None:
        self.check, self.number, self.gate = check, number, gate
        self._limited = bool(gate.zones or gate.words or gate.longest)
        self._pattern: Any = None  # for RE2, compiled when first asked for

    def lines(self, scan: _Scan, tried: Collection[int]) -> Collection[int]:
        """Those of the lines that the gate's pattern matches; all of them where it is not matched line by line."""
        if self._limited:
            tried = [index for index in tried if self._fits(scan.analysis, index)]
            if not tried:
                return tried
        if self._pattern is None:
            self._pattern = _gate_set([self.gate.pattern])
        match, views, view = self._pattern.Match, scan.views, self.gate.view
        if not self.gate.by_line:
            return tried if match(views[view]) else ()
        return [index for index in tried if match(views.line(index, view))]

    def _fits(self, analysis: Analysis, index: int) -> bool:
        """Is a line of the length and in the place that the gate is for?"""
        gate, line = self.gate, analysis.lines[index]
        if gate.longest and line.end - line.start > gate.longest:
            core = analysis.core(line)
            if core.end - core.start > gate.longest:
                return False
        if gate.zones and line.zone not in gate.zones:
            return False
        return not gate.words or gate.words[0] <= len(analysis.line_tokens[index]) <= gate.words[1]


class _Scan:
    """One article while it is scanned: what has been found so far."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.views = _Views(analysis)
        self.passed: dict[int, list[int]] = defaultdict(list)  # gates by check
        self.lines: dict[int, set[int]] = defaultdict(set)  # that a tied gate is tried on
        self.phrases: dict[int, list[PhraseHit]] = defaultdict(list)  # by check


class _Views(dict[View, bytes]):
    """The text of an article for RE2, encoded when asked for."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._lines: dict[tuple[int, View], bytes] = {}

    def __missing__(self, view: View) -> bytes:
        encoded = self[view] = self._text(view).encode()
        return encoded

    def _text(self, view: View) -> str:
        analysis = self._analysis
        if view in ("codes", "unquoted"):
            return analysis.coded.codes if view == "codes" else analysis.coded.unquoted
        return analysis.plain if view == "plain" else analysis.folded

    def line(self, index: int, view: View) -> bytes:
        """One line, with a line break before and after it."""
        encoded = self._lines.get((index, view))
        if encoded is None:
            line = self._analysis.lines[index]
            encoded = self._lines[index, view] = f"\n{self._text(view)[line.start : line.end]}\n".encode()
        return encoded


def _parts(gates: list[tuple[int, int, Gate]]) -> Iterator[list[tuple[int, int, Gate]]]:
    """The gates in sets that can share an automaton: by the text they are for, by their tie to a line's start."""
    kinds: dict[tuple[View, bool], list[tuple[int, int, Gate]]] = defaultdict(list)
    for entry in gates:
        gate = entry[2]
        kinds[gate.view, gate.pattern.startswith("(?m:^)")].append(entry)
    for entries in kinds.values():
        yield from (entries[start : start + _TOGETHER] for start in range(0, len(entries), _TOGETHER))


def _gate_set(patterns: list[str]) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    gates = re2.Set.SearchSet(options)
    for pattern in patterns:
        gates.Add(pattern)
    gates.Compile()
    return gates
