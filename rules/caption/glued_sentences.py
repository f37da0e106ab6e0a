"""CAP003: a full stop with a lower-case word before it and a capitalised word right behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import english_words
from linter.model import Hit
from linter.source import source_span

_GLUED = re.compile(
    r"(?<![\w@/.\\-])([A-Za-z][A-Za-z'’-]*[a-z]|[a-z]{2}|(?:19|20)\d\d)([.!?][\"”’')]?)([A-Z][a-z]+)(?![\w@(=\[<>]|[./][\w/])"
)
# A remark of several words in parentheses, and right behind it a sentence: a credit and the next caption.
_BRACKET = re.compile(r"(?<=[\s.])\((?:[^\s()]+ )+[^\s()]+\)([A-Z][a-z]+)(?= [a-zA-Z]+ )")
_ADVERBS = frozenset(  # words that open a sentence and are followed by a comma; nothing in code is called so
    """sadly however meanwhile then now instead still also finally but yet later earlier today yesterday unfortunately
    fortunately moreover furthermore additionally nevertheless therefore thus indeed so in on at after before according
    last this next previously recently again perhaps and well yes no luckily apparently reportedly ultimately""".split()
)
_NO_END = frozenset("a an the my your our their".split())  # no sentence ends in them: "My.Future" is a name
_MARKS = frozenset("*_`[]<>~")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sen rep gov gen col sgt lt capt rev hon no vs inc ltd co corp jr sr".split()
)
_SUFFIXES = frozenset(
    "com net org io co js py java edu gov ai app tv info biz ru uk us eu md txt html php asp aspx".split()
)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the two words with the missing gap between them."""
    words, own = english_words(), None
    for match in _GLUED.finditer(analysis.text):
        before, stop, after = match[1].lower(), match[2], match[3].lower()
        if before in _ABBREVIATIONS or before in _NO_END or after in _SUFFIXES:
            continue
        known_before = before.isdigit() or before in words or before.rstrip("s") in words
        known_after = after in words
        # Names of products, places and code rarely have a listed word on both sides; behind a word that is written
        # small a proper name may open the sentence, and a name that the text has elsewhere may end one.
        if own is None:
            own = {token.strip("\"'“”‘’(),.:;!?") for token in analysis.tokens}
        recurs = match[1][0].isupper() and before in own
        if not (known_before or recurs) or (match[1][0].isupper() and not known_after):
            continue
        if match[1].isalpha() and not match[1].islower() and (not match[1][1:].islower() or stop[0] == "!"):
            continue  # camelCase is code, a capital with an exclamation mark a name
        if _is_code(analysis.text, match.start(), match.end(), after) or _is_markup(analysis, *match.span()):
            continue
        yield Hit(match.start(), match.end(), suggestion=f"{match[1]}{stop} {match[3]}")
    for match in _BRACKET.finditer(analysis.text):
        start = match.start(1) - 1
        if match[1].lower() in words and not _is_markup(analysis, start, match.end()):
            yield Hit(start, match.end(), suggestion=f") {match[1]}")


def _is_markup(analysis: Analysis, start: int, end: int) -> bool:
    """Does a mark-up sign stand between the two in a Markdown source? Then somebody set it by hand."""
    if analysis.article.profile != "markdown":
        return False
    source = source_span(analysis.article.offsets, start, end)
    return not _MARKS.isdisjoint(analysis.article.source[source.start : source.end])


def _is_code(text: str, start: int, end: int, word: str) -> bool:
    """A dotted name such as response.Content has no running sentence on both of its sides."""
    before, after = text[max(start - 60, 0) : start].split("\n")[-1], text[end : end + 60].split("\n")[0]
    if after[:1] == "," and word in _ADVERBS:
        return False
    return after[:1] in (",", ".", ")", ";", ":", "`") or len(before.split()) < 2 or len(after.split()) < 2
