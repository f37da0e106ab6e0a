"""TYP002: two words in one token: "bandageA nurse", "mayorOduya", "Districtreported", "malariavaccine"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import re2

from linter.analysis import Analysis
from linter.kinds import Context
from linter.lexicon import english_words, read_lexicon
from linter.model import Hit

_BEFORE, _AFTER = r"(?<![\w@#/.:\\$&%=?<>{}~^-])", r"(?![\w@/=(\[<>{}-]|[.:'’][\w/])"
# Run in RE2, ten times as fast on text without a hit: where to look at all.
_HUMP = re2.compile(r"[A-Za-z][a-z]+(?:[A-Z][a-z]+|A )")
_GLUED_DATE = re2.compile(r"(?:\d|\d[ap]m|[MT])[A-Z][a-z]{3}")
_TOKEN = re.compile(_BEFORE + r"([A-Za-z][a-z]+)([A-Z][a-z]+|A(?= [a-z]{3}))" + _AFTER)
_DATED = re.compile(
    _BEFORE + r"(?:(?:19|20)\d\d|\d[ap]m|(?:AM|PM|E[SD]?T|P[SD]?T|GMT|BST|CET))([A-Z][a-z]{3,})" + _AFTER
)
_NAME = re.compile(r"(?<!\w)[A-Z][a-z]{3,}(?!\w)")
_LOWER = re.compile(_BEFORE + r"[A-Za-z][a-z]{8,29}" + _AFTER)
_CODE = re.compile(r"\w\(\)|=>|::|\w = |</\w|[{};]$|\w_\w", re.MULTILINE)  # a text with code in it has its own camels
_BEGINNING = re.compile(r"(?:un|re|non|over|under|out|mis|dis|pre|anti|counter|inter|super|co)")
_ENDING = re.compile(r"(?:s|es|ed|ing|ings|er|ers|ly|ness|ful|fully|less|ship|hood|able|ability|al|ally|ist|ists|ism)$")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the token that is two words."""
    hits = list(_capitals(analysis))
    rare = {token for token in analysis.tokens if len(token) > 8}.difference(english_words())
    hits += _lower(analysis, {token.strip("\"'(),.;!?“”‘’") for token in rare}.difference(english_words()))
    hits += (Hit(m.start(), m.end()) for m in _dated(analysis))
    yield from sorted(hits, key=lambda hit: hit.start)


def _capitals(analysis: Analysis) -> Iterator[Hit]:
    words, text = english_words(), analysis.text
    found = [match for hump in _HUMP.finditer(text) if (match := _TOKEN.match(text, hump.start()))]
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


def _lower(analysis: Analysis, rare: set[str]) -> Iterator[Hit]:
    words, glued = english_words(), {}
    own = cache(lambda: {token.rstrip(",.;:!?") for token in analysis.tokens})
    for token in rare:
        if token.isalpha() and token.isascii() and 8 < len(token) < 31:
            cuts = [cut for cut in range(3, len(token) - 3) if token[:cut] in words or token[cut:] in words]
            cut = next((cut for cut in cuts if _is_glued(own, token[:cut], token[cut:])), 0)
            if cut and not _is_form(token, words):
                glued[token] = cut
    found = [match for match in _LOWER.finditer(analysis.text) if match[0].lower() in glued] if glued else []
    often = Counter(match[0].lower() for match in found)
    for match in found:
        cut = glued[match[0].lower()]
        one, other = match[0][:cut], match[0][cut:]
        if often[match[0].lower()] == 1 and (one[0].islower() or other in _parts("free last")):
            yield Hit(match.start(), match.end(), suggestion=f"{one} {other}")


def _is_form(token: str, words: frozenset[str]) -> bool:
    """Is it a listed word, or one with a common beginning or ending?"""
    stems = (token, _BEGINNING.sub("", token), _ENDING.sub("", token))
    return any(stem in words or stem + "e" in words for stem in stems)


def _is_glued(own: Callable[[], set[str]], one: str, other: str) -> bool:
    """Can these two be no compound? One of them at least is a listed word; `own` are the words of the text."""
    words = english_words()
    listed = one in words and other in words
    if listed and ((one in _parts("free first") and len(other) > 4) or (other in _parts("free last") and len(one) > 3)):
        return True
    if listed and one in ("the", "that", "with", "from", "said") and len(other) > 5 and other in own():
        return True
    if min(len(one), len(other)) < 6 or len(one) + len(other) < 13:
        return False
    endings = (other, other.removesuffix("s"), other.removesuffix("es"), other.removesuffix("ly"))
    if one.startswith(_affixes("prefix")) or any(ending.endswith(_affixes("head")) for ending in endings):
        return False
    if listed:
        return one in own() or other in own()  # the text has one of them on its own
    # A word that is not listed must stand in the text as well, or end as no first part of a compound does.
    return other in own() and (one in own() or (len(other) > 6 and one[-1] not in "eiosrlnt" and other in words))


def _dated(analysis: Analysis) -> Iterator[re.Match[str]]:
    if (found := _pair()).search(analysis.text):
        yield from re.finditer(_BEFORE + found.pattern + _AFTER, analysis.text)
    if _GLUED_DATE.search(analysis.text):
        yield from (m for m in _DATED.finditer(analysis.text) if m[1].lower() in english_words())


@cache
def _brands() -> frozenset[str]:
    entries = read_lexicon("camel-case-brands.txt", Context(folder=Path(__file__).parent, builtin=True))
    return frozenset(entry.phrase for entry in entries)


@cache
def _pair() -> Any:
    return re2.compile(r"\b(?:" + "|".join(sorted(_parts("pair"))) + r")\b")


@cache
def _parts(section: str) -> frozenset[str]:
    entries = read_lexicon("glued-word-parts.txt", Context(folder=Path(__file__).parent, builtin=True))
    return frozenset(entry.phrase for entry in entries if entry.tag == section)


@cache
def _affixes(section: str) -> tuple[str, ...]:
    return tuple(_parts(section))
