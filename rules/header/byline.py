"""HDR001: a byline inside the text, or one that names somebody else than the metadata do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit
from linter.words import fold_words

_NAME = r"(?:[^\W\d_a-z][\w'’.-]+|[A-Z]\.(?:[A-Z]\.)*|(?:de|van|von|der|den|bin|al|el|la|le|du|da|dos|di))"
_BYLINE = re.compile(
    r"[^\w\n]{0,4}(?:by|BY|By|(?:[Ww]ritten|WRITTEN|[Ss]tory|[Ww]ords|[Rr]eported|[Rr]eporting|[Pp]osted|"
    rf"[Tt]ext) by|[Aa]uthor ?:|Por|Par|Von|Oleh|Door|Di) ?:? (?P<names>{_NAME}(?: {_NAME}){{1,4}}"
    rf"(?:(?:,| and| &| y| et| und| e| dan) {_NAME}(?: {_NAME}){{1,4}}){{0,3}})"
    r"(?=\s*(?:$|[|,·•–—(/-]|\d|Updated|Published|On |on |for ))[^\n]{0,80}"
)
_GENERIC = frozenset(  # words of names that are agencies, desks and roles, not people
    """staff editor editors editorial team desk news reporter reporters correspondent press agency associated reuters ap
    afp admin guest contributor board writer writers agencies wire service the of times post daily gazette media group
    network online web digital bureau""".split()
)
_HEAD_LINES, _LONGEST = 6, 140


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield bylines: `other` where the metadata name other people, `late` where a second story seems to begin."""
    for line in analysis.lines:
        if line.end - line.start > _LONGEST or analysis.text[line.start : line.start + 1] in "\"'“‘":
            continue
        match = _BYLINE.fullmatch(analysis.text, line.start, line.end)
        if not match:
            continue
        named = _people(match["names"])
        span = line.start, match.end("names")
        if line.index < _HEAD_LINES and line.zone not in ("body", "tail"):
            declared = _people(analysis.article.author or "")
            if declared and named and not any(_same(one, other) for one in named for other in declared):
                yield Hit(*span, ("other",))
        elif line.zone == "body" and named:
            yield Hit(*span, ("late",))


def _people(names: str) -> list[list[str]]:
    """The people of a list of names, as folded words; none where it names an agency or a role."""
    parts = re.split(r",|;| and | & | y | et | und | dan |\||/", names.removeprefix("By ").removeprefix("by "))
    folded = [[word for word in fold_words(part) if len(word) > 1 and word not in ("jr", "sr", "dr")] for part in parts]
    return [words for words in folded if len(words) > 1 and _GENERIC.isdisjoint(words)]


def _same(one: list[str], other: list[str]) -> bool:
    """Do two names share a word, or nearly one?"""
    if not set(one).isdisjoint(other):
        return True
    from rapidfuzz.fuzz import ratio  # only where two names differ

    return any(ratio(a, b) >= 75 for a in one for b in other)
