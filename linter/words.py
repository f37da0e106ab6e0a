"""Words as such: stop words, stems, folding. Independent of any article."""

from __future__ import annotations

import re
from collections import Counter

# The closed class of English; written for this project. Used for the language guess, prose test and topic test.
STOP_WORDS = frozenset(
    """a about above after again against ago all also although always am among an and another any anyone anything are
    around as at away back be became because been before being below best better between both but by came can cannot
    could day days did do does doing done down during each either else ever every everyone everything few first for
    from full further get gets getting give given go goes going gone good got had has have having he her here hers
    herself him himself his how however i if in into is it its itself just know last later least less let like made
    make makes making many may me might more most much must my myself near need needs never new next no nobody none
    nor not nothing now of off often on once one only onto or other others our ours out over own per put
    quite rather really said same say saying says see seen several shall she should show shows since so some someone
    something soon still such take taken takes than that the their theirs them themselves then there these they thing
    things this those though three through thus time times to today together told too took toward towards two under
    until up upon us use used very via want was way we week well went were what when where whether which while who
    whole whom whose why will with within without would year years yes yesterday yet you your yours""".split()
)

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SUFFIX = re.compile(r"(?:['’]s?|ing|edly|ed|ies|es|s|ly|e)$")


def stem(word: str) -> str:
    """A crude stem of a folded word: common English endings off, at most eight letters; for comparing topics."""
    bare = _SUFFIX.sub("", word)
    return (bare if len(bare) >= 3 else word)[:8]


def stems(text: str) -> Counter[str]:
    """The content stems (no stop words, three letters or more) of a folded text, with their counts."""
    return Counter(
        stem(word) for word in _TOKEN.findall(text) if len(word) > 2 and word not in STOP_WORDS and not word.isdigit()
    )


def fold_words(text: str) -> list[str]:
    """The words of a text without case and punctuation: what two copies of a headline have in common."""
    return _TOKEN.findall(text.lower().replace("’", "'"))
