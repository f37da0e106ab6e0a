"""The scan plan: one RE2 pass and one automaton pass over an article find every check that has a chance to fire.

Measured on news text: 50 gates in one `re2.Set` over a whole article cost about 9 µs (300 MB/s), 5,000 phrases in one
automaton about 50 µs. So the gate takes whole articles; only the checks that pass look at lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import ahocorasick_rs
import re2

from linter.analysis import Analysis
from linter.kinds import Check, Found, Gate, PhraseHit

_MEMORY = 64 << 20  # bytes for the automaton of one gate set; RE2's default of 8 MB is for one pattern
# Gates that can begin anywhere multiply the states of their common automaton, which are made when text first calls for
# them: 128 gates in one set took 80 ms for the first megabytes, in three sets 38 ms; each set costs 4 µs per article.
_TIED_AT_MOST, _FREE_AT_MOST = 200, 24
_NOTHING = Found((), ())


class Plan:
    """The checks of a rule book compiled for scanning; `scan` says which have to run on an article."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._always = [i for i, check in enumerate(checks) if not check.gates and not check.phrases]
        gates = [(i, n, gate) for i, check in enumerate(checks) for n, gate in enumerate(check.gates)]
        self._sets = [
            (part[0][2].exact, [(i, n) for i, n, _ in part], _gate_set([gate.pattern for _, _, gate in part]))
            for part in _parts(gates)
        ]
        self._holders: list[list[tuple[int, int]]] = []
        holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i, check in enumerate(checks):
            for n, phrase in enumerate(check.phrases):
                holders[phrase].append((i, n))
        self._phrases = list(holders)
        self._holders = list(holders.values())
        self._automaton = ahocorasick_rs.AhoCorasick(self._phrases) if holders else None

    def scan(self, analysis: Analysis) -> list[tuple[int, Found]]:
        """(index of the check, what was found for it) for every check that has to run, in the order of the checks."""
        passed: dict[int, list[int]] = {}
        views: dict[bool, bytes] = {}
        for exact, owners, gates in self._sets:
            if exact not in views:
                text = analysis.plain if exact else analysis.folded
                views[exact] = text.encode("utf-8", "surrogatepass")
            for number in gates.Match(views[exact]) or ():
                check, gate = owners[number]
                passed.setdefault(check, []).append(gate)
        for numbers in passed.values():
            numbers.sort()
        phrases: dict[int, list[PhraseHit]] = {}
        if self._automaton:
            for check, hit in self._phrase_hits(analysis.folded):
                phrases.setdefault(check, []).append(hit)
        found = dict.fromkeys(self._always, _NOTHING)
        for check in passed.keys() | phrases.keys():
            found[check] = Found(passed.get(check, ()), phrases.get(check, ()))
        return sorted(found.items())

    def _phrase_hits(self, text: str) -> Iterator[tuple[int, PhraseHit]]:
        assert self._automaton is not None
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if (start and text[start].isalnum() and text[start - 1].isalnum()) or (
                end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
            ):
                continue  # inside a word
            for check, phrase in self._holders[number]:
                yield check, PhraseHit(start, end, phrase)


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
