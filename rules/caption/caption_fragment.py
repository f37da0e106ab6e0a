"""CAP008: a noun phrase, a colon, and a clause that hangs on to it with 'it' or 'them'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.codedtext import CodedText
from linter.model import Hit
from linter.wordpattern import WordPattern, compile_words

# A stop may be glued to the next sentence: that is how captions run into the text.
_CLAUSE = re.compile(r": ([a-z][^.:!?;\n\"]{6,80}? (?:it|them|him|her|there))(?=\.(?:[\sA-Z]|\Z)|\s*(?:\n|\Z))")
_PHRASE = re.compile(r"(?:\A|(?<=[.!?\"')\n])) ?(An? [^\W_][^.:!?;\n\"]{14,160})\Z")
_LONGEST = 170  # code points of the noun phrase
_LEAST_WORDS = 5


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the sentences."""
    plain = analysis.plain
    for match in _CLAUSE.finditer(plain):
        begin = max(match.start() - _LONGEST, plain.rfind("\n", 0, match.start()) + 1)
        before = _PHRASE.search(plain[begin : match.start()])
        if before is None:
            continue
        phrase, clause = CodedText(before[1]), CodedText(match[1])
        if len(phrase.tokens) < _LEAST_WORDS or _finite().regex.search(phrase.codes):
            continue
        if _clause().regex.match(clause.codes, 1):
            yield Hit(begin + before.start(1), match.end() + (plain[match.end() : match.end() + 1] == "."))


@cache
def _finite() -> WordPattern:
    """A word that can't stand in a noun phrase, or makes it a heading of something."""
    return compile_words(
        "([be/have/do/modal/subject/relative/when/while/because/if]|[past&!participle]|[verb-s&!plural]"
        "|[base&!singular&!adjective&!preposition]"
        "|(list|guide|rule|recipe|question|answer|word|way|tip|reason|lesson|note|reminder|warning|idea|chance|call|plea))"
    )


@cache
def _clause() -> WordPattern:
    """Somebody who does something: sailors wave to …, two men look at …."""
    return compile_words(
        "([plural]|people|they|[adjective/number-word/quantifier/the/article/ing/participle]{1,3} [plural]"
        "|(a|an|the) [adjective]? [singular])"
        " ((who|that|in|from|of) [any]{1,4})? [adverb]? [base/past/ing/verb-s/participle/be] [word]{0,9}"
    )
