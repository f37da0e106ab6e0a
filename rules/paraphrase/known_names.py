"""SPN002, SPN014: well-known names with one of their words replaced, or with their words in another order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import NAME, TOKEN, word_codes

_SMALL = frozenset("of the and for in on to at a an against with from by de la &".split())
_SPELLINGS = (
    ("isation", "ization"),
    ("our", "or"),
    ("centre", "center"),
    ("defence", "defense"),
    ("programme", "program"),
)
_LONGEST_NAME, _LEAST_KNOWN = 9, 2  # words
# "Bank of England": the rest of a name may follow with 'of' in good English, in its own order, but not behind these.
_NO_HEADS = frozenset(
    """organization organisation administration agency force forces guard reserve mail times post press nations system
    service services corporation company union states telegraph herald tribune""".split()
)
_TITLES = frozenset("commander chief director spokesman spokeswoman minister captain officer inspector".split())
_FREE = frozenset(
    """county park lake mount saint secretary-general north south east west northern southern eastern western central
    upper lower""".split()
)


def scrambled(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield runs of capitalised words that are a known name in another order; the name is the suggestion."""
    if any(map(_has_scrambled, analysis.name_runs)):
        coded = analysis.coded
        for start, low, high, name in _scrambled(coded.tokens, coded.codes[1:]):
            yield Hit(*coded.span(start + low + 1, start + high + 1), suggestion=name)


@lru_cache(maxsize=50_000)  # the same names stand in many articles
def _has_scrambled(run: str) -> bool:
    tokens = TOKEN.findall(run)
    return any(_scrambled(tokens, "".join(map(word_codes().__getitem__, tokens))))


def _scrambled(tokens: list[str], codes: str) -> Iterator[tuple[int, int, int, str]]:
    """Where a run of capitalised words begins, where in it such a name begins and ends, and the name."""
    words = _vocabulary()
    for match in _runs().finditer(codes):
        run = tokens[match.start() : match.end()]
        if sum(token.lower() in words for token in run) < _LEAST_KNOWN:
            continue
        content = [(at, _folded(token)) for at, token in enumerate(run) if token.lower() not in _SMALL]
        reached = -1
        for size in range(min(len(content), _LONGEST_NAME), 1, -1):
            for first in range(len(content) - size + 1):
                part = content[first : first + size]
                low, high = part[0][0], part[-1][0] + 1
                if low <= reached or not (part[1][1] in words or part[1][1] in _TITLES):
                    continue
                name = _name(run, low, high, [word for _, word in part])
                if name:
                    reached = high
                    yield match.start(), low, high, name


def _name(tokens: Sequence[str], low: int, high: int, own: list[str]) -> str | None:
    """The known name that tokens[low:high] are in an order that nobody uses."""
    names = _by_words().get(tuple(sorted(own)), ())
    written = tokens[low:high]
    links = {word.lower() for word in written if word.lower() in _SMALL}
    if any("'" in word or word == "and" for word in written) or len(set(own)) < len(own):
        return None
    if names:
        beside = [*tokens[max(low - 1, 0) : low], *tokens[high : high + 1]]
        whole = all(word.lower() in _SMALL and word != "of" for word in beside)
        return names[0] if _is_scrambled(own, names, links, whole=whole) else None
    if len(own) == 3 and own[1] in _TITLES and not links:  # National Chief Guard
        title = f"{own[0]} {own[2]} {own[1]}"
        if own[:1] + own[2:] in map(_content, _by_words().get(tuple(sorted((own[0], own[2]))), ())):
            return title.title()
    if len(own) > 2 and tokens[low + 1] == "of":  # Management of Drug Enforcement
        for head in _originals().get(own[0], ()):
            if head in _NO_HEADS and (found := _by_words().get(tuple(sorted([head, *own[1:]])))):
                return found[0]
    return None


def _is_scrambled(own: list[str], names: Sequence[str], links: set[str], *, whole: bool) -> bool:
    """Is the order none of the known ones, and no usual alternative?"""
    if any(own == _content(name) for name in names) or links - {"of", "the"} - {w for n in names for w in n.split()}:
        return False
    if len(own) == 2:
        return own[0] in _NO_HEADS if links else whole and _FREE.isdisjoint(own) and len(names[0].split()) == 2
    for name in names:
        usual = _content(name)
        same = next(at for at, word in enumerate(usual) if word != own[at])
        rest, own_rest = usual[same:], own[same:]
        if same and not links and len(usual) == len(name.split()):
            continue
        for at in range(1, len(rest)):  # the head in front: Bank of England, England Bank
            if rest[at:] + rest[:at] == own_rest and not (links and own_rest[0] in _NO_HEADS):
                return False
    return True


@cache
def _originals() -> dict[str, list[str]]:
    """The words of names that a machine may have put this word for."""
    table: dict[str, list[str]] = defaultdict(list)
    for entry in shipped_lexicon("mangled-names.txt"):
        for form in (entry.meaning or "").split(", "):
            table[_folded(form)].append(_folded(entry.phrase))
    return table


@cache
def _runs() -> re.Pattern[str]:
    """Capitalised words with at most two small words between them."""
    small = "".join(re.escape(word_codes()[word]) for word in _SMALL)
    return re.compile(f"[{NAME}](?:[{small}]{{0,2}}[{NAME}])+")


@cache
def _known() -> list[str]:
    return [entry.phrase for entry in shipped_lexicon("known-names.txt") if " " in entry.phrase]


@cache
def _content(name: str) -> list[str]:
    return [_folded(word) for word in name.split() if word.lower() not in _SMALL]


@cache
def _by_words() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The names by their content words, sorted; names of one content word are left out."""
    table: dict[tuple[str, ...], tuple[str, ...]] = defaultdict(tuple)
    for name in _known():
        words = _content(name)
        if len(words) > 1:
            table[tuple(sorted(words))] += (name,)
    return table


@cache
def _vocabulary() -> frozenset[str]:
    known = {word for words in _by_words() for word in words}
    return frozenset(known | {word.lower() for name in _known() for word in name.split()})


def _folded(word: str) -> str:
    word = word.lower()
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word
