"""TYP002: two words in one token: "bandageA nurse", "mayorOduya", "Districtreported", "malariavaccine"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from string import ascii_lowercase, whitespace
from typing import Any

import re2

from linter.analysis import Analysis
from linter.lexicon import english_words, shipped_lexicon
from linter.model import Hit

_BEFORE, _AFTER = r"(?<![\w@#/.:\\$&%=?<>{}~^-])", r"(?![\w@/=(\[<>{}-]|[.:'’][\w/])"
_GLUED_DATE = r"[\dMT][A-Z][a-z]{3}|\d[ap]m[A-Z][a-z]{3}"
_TOKEN = re.compile(_BEFORE + r"([A-Za-z][a-z]+)([A-Z][a-z]+|A(?= [a-z]{3}))" + _AFTER)
_DATED = re.compile(
    _BEFORE + r"(?:(?:19|20)\d\d|\d[ap]m|(?:AM|PM|E[SD]?T|P[SD]?T|GMT|BST|CET))([A-Z][a-z]{3,})" + _AFTER
)
_NAME = re.compile(r"(?<!\w)[A-Z][a-z]{3,}(?!\w)")
_LOWER = re.compile(_BEFORE + r"[A-Za-z][a-z]{10,29}" + _AFTER)
_LEAST, _MOST = 11, 30  # letters of two words in lower case
_LEAST_OPEN, _LEAST_PART = 13, 6  # the same, and letters of either word, where neither is a listed part
_FEW = 20  # words that are looked for in a text one by one, before a set of all its words is made
_SAYING = frozenset(("that", "with", "from", "said"))
_SHAPE = bytes(ord("x" if c in ascii_lowercase else " " if c in whitespace else ".") for c in map(chr, range(256)))
_MARKS = "\"'(),.;!?“”‘’"
_CODE = re.compile(r"\w\(\)|=>|::|\w = |</\w|[{};]$|\w_\w", re.MULTILINE)  # a text with code in it has its own camels
_BEGINNING = re.compile(r"(?:un|re|non|over|under|out|mis|dis|pre|anti|counter|inter|super|co)")
_ENDING = re.compile(r"(?:s|es|ed|ing|ings|er|ers|ly|ness|ful|fully|less|ship|hood|able|ability|al|ally|ist|ists|ism)$")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the token that is two words."""
    text = analysis.text
    cued = _cue().search(text.encode())
    hits = _lower(analysis, _LEAST if cued else _LEAST_OPEN)
    if cued and _capital_or_pair().search(text.encode()):
        hits += _capitals(analysis)
        if _re2(_GLUED_DATE).search(text):
            found = (m for m in _DATED.finditer(text) if m[1].lower() in english_words())
            hits += (Hit(m.start(), m.end()) for m in found)
        if _re2(_pair()).search(text):
            hits += (Hit(m.start(), m.end()) for m in re.finditer(_BEFORE + _pair() + _AFTER, text))
    yield from sorted(hits, key=lambda hit: hit.start)


def _capitals(analysis: Analysis) -> Iterator[Hit]:
    words, text = english_words(), analysis.text
    found = [match for hump in _re2(_hump()).finditer(text) if (match := _TOKEN.match(text, hump.start()))]
    if not found:
        return
    often = Counter(match[0] for match in found)
    names, code = cache(lambda: set(_NAME.findall(text))), cache(lambda: bool(_CODE.search(text)))
    for match in found:
        one, other, small = match[1].lower(), match[2].lower(), match[1][0].islower()
        if match[0] in _brands() or often[match[0]] > 1 or (len(one) < 3 and one not in _parts("leader")):
            continue
        known = one in words and other in words
        if match[2] == "A":  # "bandageA nurse", and no "vitaminA"
            if one in _parts("kind") or (one not in words and not small) or len(one) < 4:
                continue
        elif small:
            named = one in words and len(other) > 3 and (one in _parts("leader") or match[2] in names())
            if not (known or named) or (one == "the" and not known) or code():
                continue
        elif not known or not (
            other in _parts("opener") or other in _parts("label last") or one in _parts("label first")
        ):
            continue
        yield Hit(match.start(), match.end(), ("camel",) if small else (), suggestion=f"{match[1]} {match[2]}")


def _lower(analysis: Analysis, least: int) -> list[Hit]:
    words = english_words()
    bare = {token for run in _long_runs(analysis.folded, least) if (token := run.strip(_MARKS)) not in words}
    part = 4 if least < _LEAST_OPEN else _LEAST_PART
    text = _Text(analysis)
    glued = {token: cut for token in bare if len(token) >= least and (cut := _cut(token, part, text))}
    if not glued:
        return []
    found = [match for match in _LOWER.finditer(analysis.text) if match[0].lower() in glued]
    often = Counter(match[0].lower() for match in found)
    hits = []
    for match in found:
        cut = glued[match[0].lower()]
        one, other = match[0][:cut], match[0][cut:]
        if often[match[0].lower()] == 1 and (one[0].islower() or other in _parts("free last")):
            hits.append(Hit(match.start(), match.end(), suggestion=f"{one} {other}"))
    return hits


def _long_runs(folded: str, least: int) -> Iterator[str]:
    """The runs between white space that hold so many plain letters in a row."""
    text = folded.encode()
    shape, start = text.translate(_SHAPE), 0
    row = b"x" * least
    while (at := shape.find(row, start)) >= 0:
        end = shape.find(b" ", at)
        end = len(text) if end < 0 else end
        yield text[shape.rfind(b" ", start, at) + 1 or start : end].decode()
        start = end


def _cut(token: str, part: int, text: _Text) -> int:
    """Where the first of two glued words, of so many letters or more, ends; 0 if the token is one word, or may be."""
    for cut, needed in _cuts(token, part):
        if any(all(map(text.has, words)) for words in needed):
            return 0 if _is_form(token, english_words()) else cut
    return 0


_Needed = tuple[tuple[str, ...], ...]  # words that must stand in the text, all of them; the other ways


@lru_cache(20_000)  # the same long names stand in many articles
def _cuts(token: str, part: int) -> list[tuple[int, _Needed]]:
    """Where the first of two words may end, one of which at least is listed, and what the text must have for that."""
    if not (_LEAST <= len(token) <= _MOST and token.isascii() and token.isalpha()):
        return []
    words = english_words()
    cuts = range(part, len(token) - max(part - 1, 4))
    listed = [cut for cut in cuts if token[:cut] in words or token[cut:] in words]
    return [(cut, needed) for cut in listed if (needed := _needed(token[:cut], token[cut:]))]


def _is_form(token: str, words: frozenset[str]) -> bool:
    """Is it a listed word, or one with a common beginning or ending?"""
    stems = (token, _BEGINNING.sub("", token), _ENDING.sub("", token))
    return any(stem in words or stem + "e" in words for stem in stems)


def _needed(one: str, other: str) -> _Needed:
    """What the text must have for these two to be no compound: nothing, where one way needs no words."""
    words = english_words()
    listed = one in words and other in words
    if listed and ((one in _parts("free first") and len(other) > 4) or other in _parts("free last")):
        return ((),)
    said: _Needed = ((other,),) if listed and one in _SAYING else ()
    if min(len(one), len(other)) < _LEAST_PART or len(one) + len(other) < _LEAST_OPEN:
        return said
    endings = (other, other.removesuffix("s"), other.removesuffix("es"), other.removesuffix("ly"))
    if one.startswith(_affixes("prefix")) or any(ending.endswith(_affixes("head")) for ending in endings):
        return said
    if listed:
        return ((one,), (other,))  # the text has one of them on its own
    # A word that is not listed must stand in the text as well, or end as no first part of a compound does.
    free = len(other) > 6 and one[-1] not in "eiosrlnt" and other in words
    return ((other,),) if free else ((one, other),)


class _Text:
    """The words of a text that stand on their own."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._words: frozenset[str] | None = None
        self._asked = 0

    def has(self, word: str) -> bool:
        """Does a word stand there, and not only in the token that is looked at?"""
        self._asked += 1
        if self._asked <= _FEW and not self._recurs(word):
            return False
        if self._words is None:
            self._words = frozenset(token.rstrip(",.;:!?") for token in self._analysis.tokens)
        return word in self._words and self._recurs(word)

    def _recurs(self, word: str) -> bool:
        text = self._analysis.folded
        return text.find(word, text.find(word) + 1) >= 0


@cache
def _brands() -> frozenset[str]:
    entries = shipped_lexicon("camel-case-brands.txt")
    return frozenset(entry.phrase for entry in entries)


@cache
def _re2(source: str) -> Any:
    return re2.compile(source)


# Run in RE2, ten times as fast on text without a hit: where to look at all.


@cache
def _cue() -> Any:
    """Any of the others."""
    first = "|".join(f"[{part[0].upper()}{part[0]}]{part[1:]}" for part in sorted(_parts("free first") | _SAYING))
    last = "|".join(sorted(_parts("free last")))
    return re2.compile(rf"{_hump()}|{_GLUED_DATE}|{_pair()}|\b(?:{first})[a-z]{{5}}|[a-z]{{4}}(?:{last})\b")


@cache
def _capital_or_pair() -> Any:
    """Any of those that are no long word."""
    return re2.compile(rf"{_hump()}|{_GLUED_DATE}|{_pair()}")


@cache
def _hump() -> str:
    """A capital within a word; behind a capitalised word, which a name may be, only where one of the two is no part."""
    first = "|".join(sorted(part.title() for part in _parts("label first")))
    last = "|".join(sorted(part.title() for part in _parts("opener") | _parts("label last")))
    return rf"\b(?:[a-z]{{2,}}(?:[A-Z][a-z]|A )|[A-Z][a-z]+(?:{last}|A )|(?:{first})[A-Z][a-z])"


@cache
def _pair() -> str:
    return rf"\b(?:{'|'.join(sorted(_parts('pair')))})\b"


@cache
def _parts(section: str) -> frozenset[str]:
    entries = shipped_lexicon("glued-word-parts.txt")
    return frozenset(entry.phrase for entry in entries if entry.tag == section)


@cache
def _affixes(section: str) -> tuple[str, ...]:
    return tuple(_parts(section))
