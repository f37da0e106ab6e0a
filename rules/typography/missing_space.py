"""TYP006: a comma or semicolon with a word right before it and a word right behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import english_words
from linter.model import Hit

_GAP = re.compile(r"(?<![\w@#/.,;:=&%(\[{-])([^\W\d_]{3,24})([,;])([^\W\d_]{2,24})(?![\w@/=(\[<>{}]|[.:,;][\w/])")
_LIST = re.compile(r"[^\W\d_],[^\W\d_]")
_AT_MOST = 3  # on one line: more is a list of values


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the two words with the mark between them."""
    words = english_words()
    for match in _GAP.finditer(analysis.plain):
        one, mark, other = match[1].lower(), match[2], match[3].lower()
        if match[1].isupper() or (mark == ";" and f"&{one};" in analysis.folded):
            continue
        known = (one in words) + (other in words)
        # Beside a listed word there may be a name; behind a comma that joins names a listed word is too little.
        if known < 2 and not (known and match[1][0].isupper() and match[3].islower() and len(other) > 2):
            continue
        line = analysis.line_at(match.start())
        if line.end - line.start < 400 and len(_LIST.findall(analysis.plain, line.start, line.end)) > _AT_MOST:
            continue
        yield Hit(match.start(), match.end(), suggestion=f"{match[1]}{mark} {match[3]}")
