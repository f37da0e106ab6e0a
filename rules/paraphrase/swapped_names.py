"""SPN011: the words of a name in another order than in the rest of the article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis, ends_in_stop
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import NAME

_PAIR = re.compile(f"[{NAME}](?=[{NAME}])")
_RUN = re.compile(f"[{NAME}]{{2,}}")
_LONGEST = 3  # words of a run that is looked at


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield names of two words that stand swapped ('B A', 'B's A'), or of three with two neighbours exchanged."""
    coded, tokens, never = analysis.coded, analysis.coded.tokens, _never()
    pairs = {(tokens[at - 1], _bare(tokens[at])) for at in map(_start, _PAIR.finditer(coded.codes))}
    for first, last in pairs:
        bare = _bare(first)
        if bare != last and (last, bare) in pairs:
            break
    else:
        return
    runs = []
    known: Counter[tuple[str, ...]] = Counter()
    for match in _RUN.finditer(coded.codes):
        start, end = match.span()
        words = tuple(coded.tokens[start - 1 : end - 1])
        for count in (2, 3):
            known.update(words[at : at + count] for at in range(len(words) - count + 1))
        while len(words) > 2 and words[0].lower() in never:  # President
            start, words = start + 1, words[1:]
        if len(words) <= _LONGEST:
            runs.append((start, end, words))
    if len(known) < 2:
        return
    by_words: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for words in known:
        by_words[tuple(sorted(map(_bare, words)))].append(words)
    alone: Counter[str] | None = None
    for start, end, words in runs:
        others = by_words[tuple(sorted(map(_bare, words)))]
        if len(others) < 2 or not never.isdisjoint(map(str.lower, map(_bare, words))):
            continue
        usual = max(others, key=lambda other: (known[other], -len("".join(other))))
        if usual == words or not _is_swapped(words, usual):
            continue
        if alone is None:
            alone = Counter(map(_bare, coded.tokens))
        first, last = usual[0], usual[-1]
        together = sum(count for other, count in known.items() if first in other and len(other) == len(usual))
        often = known[usual] >= options["least"] and known[usual] >= 2 * known[words]
        # Once each way: the first name stands nowhere without the last, and one of them is no common word.
        once = known[usual] >= known[words] and alone[last] >= options["surname"] and alone[first] <= together
        if not often and not (once and "X" in coded.codes[start:end]):
            continue
        if words[0].endswith("'s") and (not often or alone[first] > together):  # a name by itself: "City's Manchester"
            continue
        line = analysis.line_at(coded.span(start, end).start)
        if not ends_in_stop(analysis.text, line.start, line.end):
            continue
        yield Hit(*coded.span(start, end), () if often else ("once",), suggestion=" ".join(usual))


def _start(match: re.Match[str]) -> int:
    return match.start()


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _is_swapped(words: tuple[str, ...], usual: tuple[str, ...]) -> bool:
    """Is one the other with two neighbours exchanged, none of them a word like the other?"""
    if any(word.endswith("'s") for word in usual[:-1]) or len({_bare(word) for word in words}) < len(words):
        return False
    if any(word.endswith("'s") for word in words[1:-1]) or (len(words) > 2 and words[0].endswith("'s")):
        return False
    bare, right = list(map(_bare, words)), list(map(_bare, usual))
    if bare == right or any(len(word) < 3 or not word.isalpha() for word in bare):
        return False
    return any([*bare[:at], bare[at + 1], bare[at], *bare[at + 2 :]] == right for at in range(len(bare) - 1))


@cache
def _never() -> frozenset[str]:
    """Words that stand before and behind names as it pleases: titles, points of the compass, months."""
    return frozenset(entry.phrase for entry in shipped_lexicon("name-order-words.txt"))
