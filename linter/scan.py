"""The scan plan: one automaton pass and few RE2 passes over an article find every check that has a chance to fire.

Most patterns contain a string that is rare in prose. All such strings, and the phrases of lexicons, stand in one
Aho-Corasick automaton (about 50 µs for a news article, however many they are). Other patterns are for lines that begin
with one of few words. Both are tried only on the lines where they have a chance, by RE2 first (1 µs) and by Python's
`re` where that has found something. The few patterns that are left have gates in `re2.Set`s over the whole article (4
to 8 µs each); one set of all is no way: what has matched so far is part of its automaton's state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import re2

from linter.analysis import Analysis
from linter.firstwords import first_word, keys_of
from linter.kinds import Check, Found, Gate, PhraseHit, View
from linter.literals import ASCII_WORD, EDGE
from linter.occurrences import Occurrences

_MEMORY = 64 << 20  # bytes for the automaton of one gate set; RE2's default of 8 MB is for one pattern
# Gates multiply the states of their common automaton, which are made when text first calls for them; on the other hand
# each set costs 4 µs per article. From 8 to 64 in a set the time is the same, within its scatter of 2 %.
_TOGETHER = 16
_NOTHING = Found((), ())
_WORDS = 100_000  # whose gates are remembered, at most; 10 MB


class Plan:
    """The checks of a rule book compiled for scanning; `scan` says which have to run on an article."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._always = frozenset(i for i, c in enumerate(checks) if _is_always(c))
        gates = [(i, n, gate) for i, check in enumerate(checks) for n, gate in enumerate(check.gates)]
        self._sets = [
            (part[0][2].view, [(i, n) for i, n, _ in part], _gate_set([gate.pattern for _, _, gate in part]))
            for part in _parts([entry for entry in gates if not (entry[2].literals or entry[2].first_words)])
        ]
        self._tied = [_Tied(i, n, gate) for i, n, gate in gates if gate.literals or gate.first_words]
        phrases: dict[str, list[tuple[int, int]]] = defaultdict(list)
        literals: dict[str, list[int]] = defaultdict(list)
        first_words: dict[str, list[int]] = defaultdict(list)
        for i, check in enumerate(checks):
            for n, phrase in enumerate(check.phrases):
                phrases[phrase].append((i, n))
        for number, tied in enumerate(self._tied):
            for literal in tied.gate.literals:
                literals[literal].append(number)
            for key in tied.gate.first_words:
                first_words[key].append(number)
        strings: dict[str, list[tuple[bool, bool, list[int]]]] = {phrase: [] for phrase in phrases}
        for literal, numbers in literals.items():
            edges = literal.startswith(EDGE), literal.endswith(EDGE)
            strings.setdefault(literal.strip(EDGE), []).append((*edges, numbers))
        self._starting = _Starting(first_words)
        # By string: is a word to begin and end with it, and for which gates; the checks and phrases that it is.
        self._of_strings = [(literals, phrases.get(string, ())) for string, literals in strings.items()]
        self._occurrences = Occurrences(list(strings))

    def scan(self, analysis: Analysis) -> list[tuple[int, Found]]:
        """(index of the check, what was found for it) for every check that has to run, in the order of the checks."""
        return [(check, found[0][1]) for check, found in sorted(self.scan_all([analysis]).items())]

    def scan_all(self, analyses: Sequence[Analysis]) -> dict[int, list[tuple[int, Found]]]:
        """For several articles at a time, one automaton after the other.

        By the check that has to run: on which of the articles, in order, and what was found for it there.
        """
        scans = [_Scan(analysis) for analysis in analyses]
        for view, owners, gates in self._sets:
            match = gates.Match
            for scan in scans:
                for number in match(scan.views[view]) or ():
                    check, gate = owners[number]
                    scan.passed[check].append(gate)
        for scan in scans:
            self._starts(scan)
        for scan in scans:
            self._strings(scan, len(scans))
        self._try_tied(scans)
        found_by: dict[int, list[tuple[int, Found]]] = {}
        everywhere = dict.fromkeys(range(len(scans)), _NOTHING)
        of_always: dict[int, dict[int, Found]] = {}
        for index, scan in enumerate(scans):
            for check, found in self._found(scan):
                if check in self._always:
                    of_always.setdefault(check, {})[index] = found
                else:
                    found_by.setdefault(check, []).append((index, found))
        nothing = list(everywhere.items())
        for check in self._always if scans else ():
            found_by[check] = list((everywhere | of_always[check]).items()) if check in of_always else nothing
        return found_by

    def _try_tied(self, scans: Sequence[_Scan]) -> None:
        """Match the gates that are tied to strings and first words, each on all lines where it has a chance."""
        tried: dict[int, list[tuple[_Scan, list[int]]]] = defaultdict(list)
        for scan in scans:
            for number, lines in scan.lines.items():
                tried[number].append((scan, lines))
        for number, places in tried.items():
            tied = self._tied[number]
            for scan, lines in places:
                if found := tied.lines(scan, lines):
                    scan.passed[tied.check].append(tied.number)
                    if tied.gate.by_line:
                        scan.found.setdefault(tied.check, {})[tied.number] = found

    def _found(self, scan: _Scan) -> Iterator[tuple[int, Found]]:
        """What the scan of an article has found, by check."""
        for check, gates in scan.passed.items():
            yield check, Found(sorted(gates), scan.phrases.get(check, ()), scan.found.get(check, {}))
        for check, phrases in scan.phrases.items():
            if check not in scan.passed:
                yield check, Found((), phrases)

    def _starts(self, scan: _Scan) -> None:
        """The lines that begin with a gate's first words."""
        known, lines, text = self._starting, scan.lines, scan.analysis.folded
        for line in scan.analysis.lines:
            for gate in known[first_word(text, line.start, line.end)]:
                lines[gate].append(line.index)

    def _strings(self, scan: _Scan, together: int) -> None:
        """On which lines each gate has a literal, and the phrases at word boundaries."""
        if not self._of_strings or not scan.analysis.lines:
            return
        text, lines, of_strings = scan.analysis.folded, scan.lines, self._of_strings
        padded = f"{text} "  # what stands before the first character is the last one
        # A literal's last character is on its line; its first one may be the blank before that line.
        ends = [line.start for line in scan.analysis.lines[1:]]
        ends.append(len(padded) + 1)
        line, line_end = 0, ends[0]
        for number, start, end in self._occurrences.find(text, together):
            while end > line_end:  # they come in the order of their ends
                line += 1
                line_end = ends[line]
            before, after = padded[start - 1], padded[end]
            literals, holders = of_strings[number]
            for starts_word, ends_word, gates in literals:
                if (starts_word and before in ASCII_WORD) or (ends_word and after in ASCII_WORD):
                    continue  # part of a word
                for gate in gates:
                    if line not in (tried := lines[gate])[-1:]:
                        tried.append(line)
            if (
                not holders
                or (text[start].isalnum() and before.isalnum())
                or (text[end - 1].isalnum() and after.isalnum())
            ):
                continue  # no phrase, or inside a word
            for check, phrase in holders:
                scan.phrases[check].append(PhraseHit(start, end, phrase))


class _Starting(dict[str, tuple[int, ...]]):
    """The gates for lines that begin with a word, by that word as far as it is looked at."""

    def __init__(self, by_key: dict[str, list[int]]) -> None:
        super().__init__()
        self._by_key = by_key

    def __missing__(self, word: str) -> tuple[int, ...]:
        if len(self) >= _WORDS:
            self.clear()
        gates = self[word] = tuple(sorted({gate for key in keys_of(word) for gate in self._by_key.get(key, ())}))
        return gates


def _is_always(check: Check) -> bool:
    return getattr(check, "always", False) or not (check.gates or check.phrases)


class _Tied:
    """A gate that is tried only where one of its literals or first words occurs: gate `number` of a check."""

    def __init__(self, check: int, number: int, gate: Gate) -> None:
        self.check, self.number, self.gate = check, number, gate
        self._limited = bool(gate.zones or gate.words or gate.longest)
        self._match: Any = None  # RE2's, compiled when first asked for

    def lines(self, scan: _Scan, tried: Collection[int]) -> Collection[int]:
        """Those of the lines that the gate's pattern matches; all of them where it is not matched line by line."""
        if self._limited:
            tried = [index for index in tried if self._fits(scan.analysis, index)]
            if not tried:
                return tried
        if self._match is None:
            self._match = _gate_set([self.gate.pattern]).Match
        match, view = self._match, self.gate.view
        if not self.gate.by_line:
            return tried if match(scan.views[view]) else ()
        line = scan.views.line
        return [index for index in tried if match(line(index, view))]

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
        self.lines: dict[int, list[int]] = defaultdict(list)  # that a tied gate is tried on
        self.found: dict[int, dict[int, Collection[int]]] = {}  # the lines that passed, by check and gate
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
        """One line, with its white space, and a line break before and after it."""
        encoded = self._lines.get((index, view))
        if encoded is None:
            text, line = self._text(view), self._analysis.lines[index]
            start, end = text.rfind("\n", 0, line.start) + 1, text.find("\n", line.end)
            whole = text[start:end] if end >= 0 else text[start:]
            encoded = self._lines[index, view] = f"\n{whole}\n".encode()
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
