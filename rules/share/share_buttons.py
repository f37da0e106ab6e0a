"""SHR001: lines of nothing but share buttons, and runs of their labels in a line that was flattened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.kinds import Found
from linter.kinds.labels import LabelsCheck, Params
from linter.lexicon import Entry, shipped_lexicon
from linter.model import Hit

_LEXICON = "share-labels.txt"
_EDGES = re.compile(r"^\W+|\W+$")
_GAP = r"[ |·•:>»+]{1,6}"
_WINDOW = r"(?: ?\(?opens in (?:a )?new (?:window|tab)\)?)"
_COUNT = r"(?:\(?\d[\d.,]*[km]?\)? ?(?:shares?|times)?)"
_LINK = (
    r"(?:(?:share|send|post|print|email|save) )?(?:this )?(?:(?:story|article|post|page|video) )?"
    r"(?:(?:on|via|to|with|by|auf|bei|sur|en|no|su|op|na|в|di|ke|trên) )?"
)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the lines, lighter where one label stands alone, and the runs inside other lines."""
    labels, strong, runs = _patterns()
    lines = list(labels.run(analysis, Found((), ())))
    for hit in lines:
        if hit.weight < 1 and _EDGES.sub("", analysis.folded[hit.start : hit.end]) in strong:
            hit.weight = 1.0
    if sum(hit.weight for hit in lines) >= 1:  # one label alone is a word
        yield from lines
    whole = {analysis.line_at(hit.start).index for hit in lines if hit.weight >= 1}
    for match in runs.finditer(analysis.folded):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        before, after = analysis.folded[max(start - 1, 0) : start], analysis.text[end : end + 1]
        if before.isalnum() or before in ("@", "#", "/", ".", "-", "'") or (after.isalnum() and not after.isupper()):
            continue  # part of a word, a handle, an address
        if analysis.line_at(start).index not in whole:
            yield Hit(start, end)


@cache
def _patterns() -> tuple[LabelsCheck, frozenset[str], re.Pattern[str]]:
    """The check of whole lines, the labels that count alone, and the runs."""
    entries = shipped_lexicon(_LEXICON)
    check = LabelsCheck(Params(lexicon=_LEXICON, least=2, single=0.5, most=40), entries)
    strong = frozenset(entry.phrase.lower() for entry in entries if entry.tag == "strong")
    core = _either(entry for entry in entries if entry.tag == "core")
    phrase = _either(entry for entry in entries if entry.tag == "phrase")
    label = rf"(?:{_LINK})?{core}{_WINDOW}?"
    step = rf"(?:{_GAP}{_COUNT})?{_GAP}{label}"
    more = rf"(?:{step}|{label})*+(?:{_GAP}{_COUNT})?"
    apart = rf"{core}{_WINDOW}?(?:{step}){{2}}{more}"  # Share Facebook Twitter
    glued = rf"{core}{_COUNT}?{core}{_COUNT}?{more}"  # ShareTweetPin It
    alone = rf"{phrase}(?!\w)(?:[^.!?\n]{{0,50}}{_WINDOW})?{more}"  # Click to share on X (Opens in new window)
    return check, strong, re.compile(f"{apart}|{glued}|{alone}")


def _either(entries: Iterator[Entry]) -> str:
    words = sorted({entry.phrase.lower() for entry in entries}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in words) + ")"
