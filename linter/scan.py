"""The scan plan: one automaton pass and few RE2 passes over an article find every check that has a chance to fire.

Most patterns contain a string that is rare in prose. All such strings, and the phrases of lexicons, stand in one
Aho-Corasick automaton (about 50 µs for a news article, however many they are), and a pattern is tried only on the
lines where one of its strings occurs. The few patterns without such strings have gates in `re2.Set`s over the whole
article (4 to 9 µs each); a set of all of them is no way: what has matched so far is part of its automaton's state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import ahocorasick_rs
import re2

from linter.analysis import Analysis
from linter.kinds import Check, Found, Gate, PhraseHit
from linter.literals import ASCII_WORD, EDGE

_MEMORY = 64 << 20  # bytes for the automaton of one gate set; RE2's default of 8 MB is for one pattern
# Gates that can begin anywhere multiply the states of their common automaton, which are made when text first calls for
# them: 128 gates in one set took 80 ms for the first megabytes, in three sets 38 ms; each set costs 4 µs per article.
_TIED_AT_MOST, _FREE_AT_MOST = 200, 24
_NOTHING = Found((), ())
_EDGES = [(start, end) for start in ("", EDGE) for end in ("", EDGE)]


class Plan:
    """The checks of a rule book compiled for scanning; `scan` says which have to run on an article."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._always = [i for i, check in enumerate(checks) if not check.gates and not check.phrases]
        gates = [(i, n, gate) for i, check in enumerate(checks) for n, gate in enumerate(check.gates)]
        self._sets = [
            (part[0][2].exact, [(i, n) for i, n, _ in part], _gate_set([gate.pattern for _, _, gate in part]))
            for part in _parts([entry for entry in gates if not entry[2].literals])
        ]
        self._confirm = {(i, n): gate for i, n, gate in gates if gate.literals and gate.confirm}
        self._confirmed: dict[tuple[int, int], Any] = {}  # their RE2 patterns, compiled when first asked for
        phrases: dict[str, list[tuple[int, int]]] = defaultdict(list)
        literals: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i, check in enumerate(checks):
            for n, phrase in enumerate(check.phrases):
                phrases[phrase].append((i, n))
        for i, n, gate in gates:
            for literal in gate.literals:
                literals[literal].append((i, n))
        strings = list(dict.fromkeys([*phrases, *(literal.strip(EDGE) for literal in literals)]))
        self._phrases = [phrases.get(string, ()) for string in strings]
        self._literals = [
            {(start, end): literals[whole] for start, end in _EDGES if (whole := start + string + end) in literals}
            for string in strings
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(strings) if strings else None

    def scan(self, analysis: Analysis) -> list[tuple[int, Found]]:
        """(index of the check, what was found for it) for every check that has to run, in the order of the checks."""
        return self.scan_all([analysis])[0]

    def scan_all(self, analyses: Sequence[Analysis]) -> list[list[tuple[int, Found]]]:
        """The same for several articles, one automaton after the other."""
        scans = [_Scan(analysis) for analysis in analyses]
        for exact, owners, gates in self._sets:
            for scan in scans:
                for number in gates.Match(scan.views[exact]) or ():
                    check, gate = owners[number]
                    scan.passed[check].append(gate)
        for scan in scans:
            self._strings(scan)
        return [self._found(scan) for scan in scans]

    def _found(self, scan: _Scan) -> list[tuple[int, Found]]:
        lines: dict[int, dict[int, set[int]]] = defaultdict(dict)
        for (string, edges), places in scan.places.items():
            where = {scan.analysis.line_at(place).index for place in places} if scan.analysis.lines else set()
            for check, gate in self._literals[string][edges]:
                found = lines[check].get(gate)
                if found is None:
                    lines[check][gate] = set(where)
                else:
                    found |= where
        for check, by_gate in lines.items():
            for gate in [gate for gate in by_gate if (check, gate) in self._confirm]:
                if self._confirms(check, gate, scan.views, by_gate.pop(gate)):
                    scan.passed[check].append(gate)
            if by_gate:
                scan.passed[check] += by_gate
        found_by = dict.fromkeys(self._always, _NOTHING)
        for check in scan.passed.keys() | scan.phrases.keys():
            gates = sorted(scan.passed[check]) if check in scan.passed else ()
            found_by[check] = Found(gates, scan.phrases.get(check, ()), lines.get(check, {}))
        return sorted(found_by.items())

    def _strings(self, scan: _Scan) -> None:
        """Where each literal has its last character, and the phrases at word boundaries."""
        if not self._automaton:
            return
        text = scan.analysis.folded
        length = len(text)
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            before = text[start - 1] if start else " "
            after = text[end] if end < length else " "
            for edges in self._literals[number]:
                if (edges[0] and before in ASCII_WORD) or (edges[1] and after in ASCII_WORD):
                    continue  # part of a word
                scan.places[number, edges].append(end - 1)  # of a blank before a line's first word, the end is in it
            holders = self._phrases[number]
            if (
                not holders
                or (text[start].isalnum() and before.isalnum())
                or (text[end - 1].isalnum() and after.isalnum())
            ):
                continue  # no phrase, or inside a word
            for check, phrase in holders:
                scan.phrases[check].append(PhraseHit(start, end, phrase))

    def _confirms(self, check: int, number: int, views: _Views, lines: set[int]) -> bool:
        """Does the pattern of a gate match, where one of its literals occurs on these lines?"""
        key = (check, number)
        gate, pattern = self._confirm[key], self._confirmed.get(key)
        if pattern is None:
            pattern = self._confirmed[key] = _gate_set([gate.pattern])
        if not gate.by_line:
            return bool(pattern.Match(views[gate.exact]))
        return any(pattern.Match(views.line(index, gate.exact)) for index in lines)


class _Scan:
    """One article while it is scanned: what has been found so far."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.views = _Views(analysis)
        self.passed: dict[int, list[int]] = defaultdict(list)  # gates by check
        self.places: dict[tuple[int, tuple[str, str]], list[int]] = defaultdict(list)  # by literal and its edges
        self.phrases: dict[int, list[PhraseHit]] = defaultdict(list)  # by check


class _Views(dict[bool, bytes]):
    """The text of an article for RE2, with its case (True) or folded (False), encoded when asked for."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis

    def __missing__(self, exact: bool) -> bytes:
        text = self._analysis.plain if exact else self._analysis.folded
        view = self[exact] = text.encode()
        return view

    def line(self, index: int, exact: bool) -> bytes:
        """One line, with a line break before and after it."""
        line, analysis = self._analysis.lines[index], self._analysis
        text = analysis.plain if exact else analysis.folded
        return f"\n{text[line.start : line.end]}\n".encode()


def _parts(gates: list[tuple[int, int, Gate]]) -> Iterator[list[tuple[int, int, Gate]]]:
    """The gates in sets that can share an automaton: by the text they are for, by their tie to a line's start."""
    kinds: dict[tuple[bool, bool], list[tuple[int, int, Gate]]] = defaultdict(list)
    for entry in gates:
        gate = entry[2]
        kinds[gate.exact, gate.pattern.startswith("(?m:^)")].append(entry)
    for (_, tied), entries in kinds.items():
        size = _TIED_AT_MOST if tied else _FREE_AT_MOST
        yield from (entries[start : start + size] for start in range(0, len(entries), size))


def _gate_set(patterns: list[str]) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    gates = re2.Set.SearchSet(options)
    for pattern in patterns:
        gates.Add(pattern)
    gates.Compile()
    return gates
