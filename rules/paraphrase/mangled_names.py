"""SPN002: well-known names with words of theirs replaced by what a paraphrasing machine puts for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from linter.analysis import Analysis
from linter.codedtext import CodedText
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.wordcodes import NAME, TOKEN

_SMALL = frozenset("of the and for in on to at a an against with from by de la &".split())
_BEFORE = frozenset("the a an in on at from by but and for to of its his her our their".split())
_STOPS = frozenset('.!?:;\n"(')
_NEVER = frozenset(  # in names, but machines like them
    """lengthy nationwide countrywide worldwide excessive courtroom metropolis fee fees joined unused invoice crimson
    sedate nourishment residence dwelling habitation tribunal faculty fitness lengthened folk""".split()
)
_CAPITAL = re.compile(f"[{NAME}]")


class _Name(NamedTuple):
    wording: str
    words: tuple[str, ...]


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield mangled names, with the right one as the suggestion."""
    if not any(map(_may_be_mangled, analysis.name_runs)):
        return
    coded, firsts = analysis.coded, _firsts()
    tokens, reached = coded.tokens, -1
    for found in _CAPITAL.finditer(coded.codes):
        at = found.start() - 1
        first = tokens[at].lower()
        if first not in firsts or at < reached or at + 1 >= len(tokens):
            continue
        names = _seconds(first).get(tokens[at + 1].lower(), ())
        best: tuple[int, _Name] | None = None
        for name in names:
            end = _match(tokens, at, name)
            if end and (best is None or end > best[0]):
                best = end, name
        if best and " ".join(tokens[at : best[0]]).lower() not in _real():
            reached = best[0]
            strong = _is_strong(coded, at, reached, best[1])
            yield Hit(*coded.span(at + 1, reached + 1), () if strong else ("weak",), suggestion=best[1].wording)


@lru_cache(maxsize=50_000)  # the same names stand in many articles
def _may_be_mangled(run: str) -> bool:
    """Is one of the wordings of a run of capitalised words near to a name? Whatever stands around it allows it."""
    tokens = [",", *TOKEN.findall(run), ","]
    for at in range(1, len(tokens) - 2):
        first = tokens[at].lower()
        if first in _firsts() and any(
            _match(tokens, at, name) for name in _seconds(first).get(tokens[at + 1].lower(), ())
        ):
            return True
    return False


def _match(tokens: list[str], at: int, name: _Name) -> int | None:
    """The end of a mangled form of the name in the tokens from `at`; None where there is none, or the name itself."""
    start, changed, kept, odd = at, 0, 0, False
    for word in name.words:
        written = tokens[at] if at < len(tokens) else ""
        if word in _SMALL or written.lower() == word:
            if written.lower() != word or (word not in _SMALL and not written[0].isupper()):
                return None
            kept += word not in _SMALL
            at += 1
            continue
        length = _substitute(tokens, at, word)
        if not length:
            return None
        odd = odd or length > 1 or written.lower() not in _vocabulary()
        changed += 1
        at += length
    if not odd or (not kept and (changed < 2 or len(name.words) < 3)):
        return None
    if kept + changed == 2 or not kept:
        sentence_start = start == 0 or tokens[start - 1] in _STOPS
        if _beside(tokens, start, at) or (sentence_start and tokens[start].lower() != name.words[0]):
            return None
    return at


def _is_strong(coded: CodedText, start: int, end: int, name: _Name) -> bool:
    """Three words, or two of which one is no common word: less may be a name that is not in the lexicon."""
    content = [word for word in name.words if word not in _SMALL]
    written = coded.codes[start + 1 : end + 1]
    return len(content) > 2 or "X" in written or any(token.lower() in _NEVER for token in coded.tokens[start:end])


def _substitute(tokens: list[str], at: int, word: str) -> int:
    """The number of words of the substitute for `word` that stands at `at`, with a capital; 0 if none does."""
    if at >= len(tokens) or not tokens[at][0].isupper():
        return 0
    first = tokens[at].lower()
    for form in _forms(word).get(first, ()):
        if [token.lower() for token in tokens[at : at + len(form)]] == form:
            return len(form)
    return 0


def _beside(tokens: list[str], start: int, end: int) -> bool:
    """Does a word with a capital stand beside the name, within its sentence?"""
    before, after = tokens[start - 1] if start else "", tokens[end] if end < len(tokens) else ""
    return (before[:1].isupper() and before.lower() not in _BEFORE) or after[:1].isupper()


@cache
def _substitutes() -> dict[str, list[str]]:
    """By word: what machines put for it."""
    return {entry.phrase: (entry.meaning or "").split(", ") for entry in shipped_lexicon("mangled-names.txt")}


@cache
def _forms(word: str) -> dict[str, list[list[str]]]:
    """The substitutes of a word by their own first words, the longest first."""
    table: dict[str, list[list[str]]] = defaultdict(list)
    for form in sorted(_substitutes().get(word, ()), key=len, reverse=True):
        words = form.split(" ")
        table[words[0]].append(words)
    return table


@cache
def _firsts() -> dict[str, list[_Name]]:
    """By the first word as it may be written: the names."""
    table: dict[str, list[_Name]] = defaultdict(list)
    substitutes = _substitutes()
    for entry in shipped_lexicon("known-names.txt"):
        if entry.tag != "look-alikes" and " " in entry.phrase:
            words = tuple(entry.phrase.lower().split(" "))
            name = _Name(entry.phrase, words)
            for first in {words[0], *(form.partition(" ")[0] for form in substitutes.get(words[0], ()))}:
                table[first].append(name)
    return table


@cache
def _seconds(first: str) -> dict[str, list[_Name]]:
    """The names that may begin with a word, by what may stand second."""
    table: dict[str, list[_Name]] = defaultdict(list)
    for name in _firsts()[first]:
        seconds = {form[1] for form in _forms(name.words[0]).get(first, ()) if len(form) > 1}
        if first == name.words[0] or any(len(form) == 1 for form in _forms(name.words[0]).get(first, ())):
            seconds |= {name.words[1], *_forms(name.words[1])}
        for second in seconds:
            table[second].append(name)
    return table


@cache
def _real() -> frozenset[str]:
    return frozenset(entry.phrase.lower() for entry in shipped_lexicon("known-names.txt"))


@cache
def _vocabulary() -> frozenset[str]:
    """The words of known names: one in the place of another may make a name that is not known."""
    return frozenset(word for name in _real() for word in name.split(" ")) - _NEVER
