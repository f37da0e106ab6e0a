"""TYP003: a word, one or two blanks, a mark, and then the text goes on as if nothing had been."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

# The blank comes first: a search for a blank is quick, one for a word is not.
_MARK = re.compile(
    r" (?:[,;](?= [\"'(\[]?[\w$£€]|\n|\Z)(?! [\w ]{0,20} [,;] )"
    r"|[.?](?= {1,2}[\"'(\[]?[^\W_]|\s*\n|\s*\Z)|!(?= [\"'(\[]?[^\W\d_]|\s*\n|\s*\Z))"
)
_WORD = re.compile(r"(?<![\w'&/$#@-])(?:[^\W\d_][\w'-]{1,30}[\"')\]]?|(?P<year>(?:19|20)\d\d)) ?\Z")
_LONGEST = 35  # code points of a word


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the word with the mark."""
    text = analysis.folded
    for match in _MARK.finditer(text):
        word = _WORD.search(text, max(match.start() - _LONGEST, 0), match.start())
        mark = text[match.end() - 1]
        if not word or (word["year"] and mark not in ",;"):
            continue
        if mark == "!" and not text[match.start() - 1].isalnum():
            continue
        yield Hit(word.start(), match.end())
