"""SPN003: the words before an acronym in brackets are nearly, and not quite, what the acronym stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit

_BRACKET = re.compile(r"\((?:the )?([A-Z][A-Za-z]{0,3}[A-Z]{1,5})s?\)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_BREAK = re.compile(r"[.,;:!?()\[\]\"\n]|\d")  # an expansion does not go on before these
_LONGEST = 120  # code points before the bracket
_SPELLINGS = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("centre", "center"), ("defence", "defense"),
              ("programme", "program"), ("labour", "labor"))  # fmt: skip
_STOP = frozenset("of the and for in on to at a an against with from by de la le des et".split())


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield expansion and bracket where a word of the expansion is another one; what it stands for is suggested."""
    plain = analysis.plain
    for match in _BRACKET.finditer(plain):
        meanings = _meanings().get(match[1])
        if not meanings:
            continue
        begin = max(match.start() - _LONGEST, 0)
        breaks = [found.end() for found in _BREAK.finditer(plain, begin, match.start())]
        begin = breaks[-1] if breaks else begin
        found = [word for word in _WORD.finditer(plain, begin, match.start()) if word[0].lower() not in _STOP]
        words = [_folded(word[0]) for word in found]
        best = _nearest(match[1], words, [word[0][0].isupper() for word in found], meanings)
        if best:
            yield Hit(found[-best[1]].start(), match.end(), suggestion=best[0])


def _nearest(
    acronym: str, words: list[str], capitals: list[bool], meanings: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[str, int] | None:
    """The meaning that the last words are a garbled form of, and the number of those words; None if they fit one."""
    best: tuple[int, str, int] | None = None
    for wording, meaning in meanings:
        count = len(meaning)
        own = tuple(words[-count:])
        if not own or _is_part(own, meaning) or _is_part(meaning, tuple(words)):
            return None
        written = capitals[-count:]
        if (
            len(own) < count
            or count < 2
            or (wording[0].isupper() and not all(written))
            or any(written[1:]) > any(letter.isupper() for letter in wording[1:])
        ):
            continue
        same = sum(a == b for a, b in zip(own, meaning, strict=True))
        swapped = sum(a != b and a in substitutes().get(b, ()) for a, b in zip(own, meaning, strict=True))
        fits = _initials(own) == acronym.lower()
        if sorted(own) == sorted(meaning):
            same = count
        near = same + swapped == count if fits or not same or count == 2 else same * 2 + swapped * 2 >= count
        if near and not (fits and not same) and (not best or same * 2 + swapped > best[0]):
            best = same * 2 + swapped, wording, count
    if best and all(_initials(tuple(words[-n:])) != acronym.lower() or n == best[2] for n in range(2, len(words) + 1)):
        return best[1:]
    return None


def _is_part(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Are the words of one in the other, in order?"""
    rest = iter(whole)
    return all(word in rest for word in short)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words)


def _folded(word: str) -> str:
    """A word in lower case, one spelling, singular."""
    word = word.lower().replace("'s", "").replace("'", "")
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@cache
def _meanings() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """By acronym, the wordings and their folded words; only of those whose initials make the acronym."""
    table = {}
    for entry in shipped_lexicon("acronyms.txt"):
        meanings = []
        for wording in (entry.meaning or "").split(" | "):
            every = [_folded(word) for word in _WORD.findall(wording)]
            words = tuple(word for word in every if word not in _STOP)
            initials = _initials(words)
            if entry.phrase.lower() in (_initials(tuple(every)), initials, initials[:-1] if len(words) > 3 else ""):
                meanings.append((wording, words))
        if len(meanings) == len((entry.meaning or "").split(" | ")):
            table[entry.phrase] = meanings
    return table


@cache
def substitutes() -> dict[str, frozenset[str]]:
    """What machines put for a word, folded."""
    return {
        _folded(entry.phrase): frozenset(map(_folded, (entry.meaning or "").split(", ")))
        for entry in shipped_lexicon("mangled-names.txt")
    }
