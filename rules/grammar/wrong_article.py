"""'a' before a vowel sound, 'an' before a consonant (GRM002)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit
from linter.wordcodes import NAME, word_codes

_VOWEL_SPELT = re.compile(r"[aeiou](?!$)")
# Begin with a vowel letter and a consonant's sound: "one", "uni-", "use", "eu-", "ewe", "ubi-".
_CONSONANT_SOUND = re.compile(
    r"(?:one(?:s|-.*|'s|ness)?|once|onc\w+|eu\w*|ew\w*|u[bfhknrst][aeiou]\w*|uni(?!n|m)\w*|unanim\w+|u|ouija|usu\w+|utop\w+)$"
)
_VOWEL_SOUND = re.compile(r"(?:hour\w*|honest\w*|honou?r\w*|heir\w*|herb\w*|homage|historic\w*|hotel\w*|habitual\w*)$")
_EITHER = re.compile(r"(?:h\w*|u(?!n)\w*|eu\w*|ye\w*|x\w*)$")  # pronounced in two ways, or a risk
_LEAST, _LEAST_UNKNOWN = 3, 8  # letters; "an npm" is spoken by its letters
_DENSE = 2.0  # per 500 words: fewer are slips of careful people, too


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield wrong articles; tagged `dense` where there are two or more per 500 words, of different words."""
    coded = analysis.coded
    if not any(map(_may_be_wrong, set(_pairs().findall(coded.codes)))):
        return
    table, hits, seen = word_codes(), [], set()
    for pair in _pairs().finditer(coded.codes):
        if not _may_be_wrong(pair[0]):
            continue
        at = pair.start()
        article, token = table.words[table.number(pair[0][0])], coded.tokens[at]
        least = _LEAST if token in table else _LEAST_UNKNOWN
        if token.islower() and token.isalpha() and len(token) >= least and _is_wrong(article, token):
            span = coded.span(at, at + 2)
            before = analysis.text[span.start - 1 : span.start]
            if before not in tuple("-'/.&") and not analysis.is_quoted(*span):
                hits.append(span)
                seen.add(token)
    dense = len(seen) >= max(_DENSE, _DENSE * analysis.words / 500)
    for span in sorted(hits):
        article, word = (
            analysis.text[span.start : span.end].split()[0],
            analysis.text[span.start : span.end].split()[-1],
        )
        right = "an" if article.lower() == "a" else "a"
        suggestion = f"{right.capitalize() if article[0].isupper() else right} {word}"
        yield Hit(*span, ("dense",) if dense else (), suggestion=suggestion)


@cache
def _pairs() -> re.Pattern[str]:
    """An article and the word behind it; of words that the table doesn't know, only those behind "an"."""
    table = word_codes()
    return re.compile(f"[{table['a']}{table['an']}](?:[^{NAME}\x01-\x7f]|(?<={table['an']})x)")


@cache
def _may_be_wrong(pair: str) -> bool:
    if pair[1] == "x":
        return True
    table = word_codes()
    article, word = table.words[table.number(pair[0])], table.words[table.number(pair[1])]
    return _is_wrong(article, word)


@cache
def _is_wrong(article: str, word: str) -> bool:
    if article == "a":
        return bool(_VOWEL_SPELT.match(word)) and not _CONSONANT_SOUND.match(word) and not _EITHER.match(word)
    return not _VOWEL_SPELT.match(word) and not _VOWEL_SOUND.match(word) and not _EITHER.match(word)
