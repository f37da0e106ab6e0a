"""SHR001: lines of nothing but share buttons, and runs of their labels in a line that was flattened."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from linter.analysis import Analysis
from linter.kinds import Found
from linter.kinds.labels import LabelsCheck, Params
from linter.lexicon import shipped_lexicon
from linter.model import Hit

_LEXICON = "share-labels.txt"
_STEP = 80  # code points between two labels of a run, at most
_EDGES = re.compile(r"^\W+|\W+$")
# The labels that count in runs are masked before patterns look for runs, each by a sign and fillers up to its length:
# spelled out in the patterns, ten times all of them, they took 20 ms to compile.
_CORE_SIGN, _SHARE_SIGN, _SEND_SIGN, _SECOND_SIGN, _PHRASE_SIGN = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_FILL = "\ue0ff"
_SIGNS = {"share": _SHARE_SIGN, "print": _SEND_SIGN, "email": _SEND_SIGN, "messenger": _SECOND_SIGN}
_TWO = "facebook messenger"  # one label or two: masked as two, the second of which may belong to the first
_CORE = f"(?:[{_CORE_SIGN}-{_SECOND_SIGN}]{_FILL}*+(?: {_SECOND_SIGN}{_FILL}*+)?)"
_GAP = r"[ |·•:>»+]{1,6}"
_WINDOW = r"(?: ?\(?opens in (?:a )?new (?:window|tab)\)?)"
_COUNT = rf"(?:\(?\d[\d.,]*[km]?\)? ?(?:{_SHARE_SIGN}{_FILL}*+s?|times?)?)"
_LINK = (
    rf"(?:(?:[{_SHARE_SIGN}{_SEND_SIGN}]{_FILL}*+|send|post|save) )?(?:this )?(?:(?:story|article|post|page|video) )?"
    r"(?:(?:on|via|to|with|by|auf|bei|sur|en|no|su|op|na|в|di|ke|trên) )?"
)


class _Labels(NamedTuple):
    """The lexicon: what may stand on a line of buttons, and what counts how."""

    check: LabelsCheck  # of lines that are made of nothing else
    strong: frozenset[str]  # they count alone
    in_runs: dict[str, str]  # what counts in runs, with its sign


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the lines, lighter where one label stands alone, and the runs inside other lines."""
    labels = _labels()
    lines = list(labels.check.run(analysis, Found((), ())))
    for hit in lines:
        if hit.weight < 1 and _EDGES.sub("", analysis.folded[hit.start : hit.end]) in labels.strong:
            hit.weight = 1.0
    if sum(hit.weight for hit in lines) >= 1:  # one label alone is a word
        yield from lines
    whole = {analysis.line_at(hit.start).index for hit in lines if hit.weight >= 1}
    for start, end in _runs(analysis):
        before, after = analysis.folded[max(start - 1, 0) : start], analysis.text[end : end + 1]
        if before.isalnum() or before in ("@", "#", "/", ".", "-", "'") or (after.isalnum() and not after.isupper()):
            continue  # part of a word, a handle, an address
        if analysis.line_at(start).index not in whole:
            yield Hit(start, end)


@cache
def _labels() -> _Labels:
    shipped = shipped_lexicon(_LEXICON)
    entries = [(entry.phrase.lower(), entry.tag) for entry in shipped]
    in_runs = {phrase: _SIGNS.get(phrase, _CORE_SIGN) for phrase, tag in entries if tag == "core" and phrase != _TWO}
    in_runs |= {phrase: _PHRASE_SIGN for phrase, tag in entries if tag == "phrase"}
    strong = frozenset(phrase for phrase, tag in entries if tag == "strong")
    return _Labels(LabelsCheck(Params(lexicon=_LEXICON, least=2, single=0.5, most=40), shipped), strong, in_runs)


def _runs(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """The runs of labels in the lines that have two of them, or a phrase of buttons."""
    automaton, signs = _automaton()
    lines: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for number, start, end in automaton.find_matches_as_indexes(analysis.folded):
        lines[analysis.line_at(start).index].append((start, end, signs[number]))
    for index, found in lines.items():
        near = any(other[0] - label[1] <= _STEP for label, other in pairwise(found))
        if not near and all(sign != _PHRASE_SIGN for _, _, sign in found):
            continue
        line = analysis.lines[index]
        pieces, at = [""], line.start
        for start, end, sign in found:
            pieces += (analysis.folded[at:start], sign, _FILL * (end - start - 1))
            at = end
        masked = "".join(pieces) + analysis.folded[at : line.end]
        for match in _run().finditer(masked):
            yield line.start + match.start(), line.start + match.start() + len(match[0].rstrip())


@cache
def _automaton() -> tuple[Any, list[str]]:
    """What finds the labels that count in runs, and the sign of each."""
    import ahocorasick_rs

    in_runs = _labels().in_runs
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(in_runs), matchkind=longest), list(in_runs.values())


@cache
def _run() -> re.Pattern[str]:
    label = rf"(?:{_LINK})?{_CORE}{_WINDOW}?"
    step = rf"(?:{_GAP}{_COUNT})?{_GAP}{label}"
    more = rf"(?:{step}|{label})*+(?:{_GAP}{_COUNT})?"
    apart = rf"{_CORE}{_WINDOW}?(?:{step}){{2}}"  # Share Facebook Twitter
    glued = rf"{_CORE}{_COUNT}?{_CORE}{_COUNT}?"  # ShareTweetPin It
    alone = rf"{_PHRASE_SIGN}{_FILL}*+(?!\w)(?:[^.!?\n]{{0,50}}{_WINDOW})?"  # Click to share on X
    return re.compile(f"(?:{apart}|{glued}|{alone}){more}")
