"""SPN008: a hyphenated noun idiom before a noun that it has nothing to do with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import ascii_lowercase
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordpattern import WordPattern, compile_words
from linter.words import stem

# Look-ups are by this: words joined by hyphens with a small word among them.
_IDIOM = re.compile(
    r"(?<![a-z])[a-z]+(?:-(?!in-|of-)[a-z']+)*?-(?:in|of|to|on|the|out|and|from|before|up|next|behind)-[a-z'-]+|hat-trick"
)
_SPORTS = (
    "golf",
    "fairway",
    "birdie",
    "hole",
    "tee",
    "pga",
    "putt",
    "hat-trick",
    "goal",
    "striker",
    "wicket",
    "hockey",
)
_JOINED = frozenset(f"{ascii_lowercase}'-")
_SPORT_WORDS = 2  # other words of the sport that make a text one about it
_BEFORE = frozenset("the a an this that his her its their our my your one another every each new old".split())


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield idiom and noun."""
    coded = analysis.coded
    for match in _idioms_in(analysis.folded):
        entry = _idioms().get(match[0])
        if entry is None:
            continue
        at = coded.code_at(match.start())
        noun = _pattern().regex.match(coded.unquoted, at)
        if noun is None:
            continue
        span = coded.span(at, at + 2)
        noun_stem, concrete = stem(coded.tokens[at]), _stems("concrete")
        if span.start != match.start() or coded.span(at + 1, at + 2).start != match.end() + 1 or noun_stem in entry[1]:
            continue
        if entry[0] == "open" and noun_stem not in concrete:
            continue
        if entry[0] == "sport" and _counts(analysis, span.start, span.end) >= _SPORT_WORDS:
            continue
        if _is_in_noun_phrase(coded.tokens[max(at - 4, 0) : at - 1]):
            yield Hit(*span, ("thing",) if noun_stem in concrete else ())


def _idioms_in(folded: str) -> Iterator[re.Match[str]]:
    """What may be idioms, looked for only around hyphens: the pattern begins as any word does."""
    at = folded.find("-")
    while at >= 0:
        start = at
        while start and (folded[start - 1] in _JOINED):
            start -= 1
        end = at + 1
        while folded[end : end + 1] in _JOINED and end < len(folded):
            end += 1
        yield from _IDIOM.finditer(folded, start, end)
        at = folded.find("-", end)


def _is_in_noun_phrase(before: list[str]) -> bool:
    """Does an article or the like stand before the idiom, or before its adjective?"""
    return any(word.lower() in _BEFORE for word in before)


def _counts(analysis: Analysis, start: int, end: int) -> int:
    folded = analysis.folded
    return sum(folded.count(word, 0, start) + folded.count(word, end) for word in _SPORTS)


@cache
def _idioms() -> dict[str, tuple[str | None, frozenset[str]]]:
    """By idiom, its section and the stems of the nouns that it may modify."""
    return {
        entry.phrase: (entry.tag, frozenset(map(stem, entry.meaning.split())))
        for entry in shipped_lexicon("modifier-idioms.txt")
        if entry.meaning
    }


@cache
def _stems(section: str) -> frozenset[str]:
    return frozenset(stem(entry.phrase) for entry in shipped_lexicon("modifier-idioms.txt") if entry.tag == section)


@cache
def _pattern() -> WordPattern:
    """A word with hyphens and a common noun that is no verb here."""
    return compile_words("[hyphened/unknown/noun/adjective] ([singular&!past&!adverb]|[plural&!verb-s&!past])")
