"""SPN012: 'the Adjective noun in Place' in lower case where the text has a name 'Adjective Noun in Place'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit
from linter.wordcodes import NAME
from linter.wordpattern import WordPattern, compile_words
from linter.words import stem

_SAME_LETTERS = 5  # of two forms of an adjective: Social, Socialist
# What writers call a body in other words than its name's.
_KINDS = frozenset(map(stem, (
    "group organization organisation militia party government network coalition insurgency branch wing embassy team "
    "club company army police force court leader minister president community church population presence chapter "
    "office system market economy school university team league side champion".split()
)))  # fmt: skip


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the descriptions, with the name as the suggestion."""
    coded, pattern = analysis.coded, _description()
    tokens = coded.tokens
    names: list[tuple[str, str, str, str]] | None = None
    for match in pattern.regex.finditer(coded.unquoted):
        first = match.start("adjective")
        adjective, noun = tokens[first - 1], tokens[first]
        place = tokens[match.start("place") - 1]
        if stem(noun) in _KINDS:
            continue
        if names is None:
            names = [
                (tokens[at], tokens[at + 1], tokens[named.start("place") - 1], " ".join(tokens[at : named.end() - 1]))
                for named in _named().finditer(coded.codes)
                if (at := named.start() - 1) >= 0 and tokens[named.start("link") - 1] in ("in", "of", "for")
            ]
        for other, other_noun, other_place, wording in names:
            if other_place == place and other_noun.lower() != noun and adjective != other:
                same = adjective[:_SAME_LETTERS].lower() == other[:_SAME_LETTERS].lower()
                if same and len(other) > _SAME_LETTERS and stem(other_noun.lower()) != stem(noun):
                    yield Hit(*coded.span(match.start(), match.end()), suggestion=f"the {wording}")
                    break


@cache
def _description() -> WordPattern:
    return compile_words("the (?P<adjective>[capital]) [singular&!ing] (in|of|for) the? (?P<place>[name])")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?P<adjective>[{NAME}])(?P<noun>[{NAME}])(?P<link>.)(?P<the>.?)(?P<place>[{NAME}])")
