"""STY007, STY008: capitals and exclamation marks in a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit

_WORD = re.compile(r"[^\W\d_]{4,}(?:['’-][^\W\d_]+)*")
_NAMES = re.compile(
    r"(?:\b(?:yahoo|jeopardy|wham|oklahoma|hello|airplane|mamma mia|moulin rouge|panic|help|"
    r"o brother|oliver|viva zapata|hey|wow)!)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")


def capitals(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the words in capitals, where they are more than a share of the words of four letters and more."""
    found = _headline(analysis)
    if found is None:
        return
    field, start, text = found
    words = list(_WORD.finditer(text))
    loud = [word for word in words if word[0].isupper() and word[0] not in _acronyms()]
    share = len(loud) / max(len(words), 1)
    if len(loud) < options["words"] or share <= options["share"]:
        return
    points = options["points"] * min(share / options["full"], 1.0) / len(loud)
    for word in loud:
        yield Hit(start + word.start(), start + word.end(), field=field, points=points)


def exclamation(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the first exclamation mark of a headline outside quotation marks and names."""
    found = _headline(analysis)
    if found is None or "!" not in found[2]:
        return
    field, start, text = found
    for pattern in (_QUOTED, _NAMES):
        text = pattern.sub(lambda match: "_" * len(match[0]), text)
    at = text.find("!")
    if at >= 0:
        yield Hit(start + at, start + at + 1, field=field, points=options["points"])


def _headline(analysis: Analysis) -> tuple[str, int, str] | None:
    """(field, offset, text) of the headline."""
    if analysis.article.title:
        return "title", 0, analysis.article.title
    line = analysis.lines[0] if analysis.lines else None
    if line is None or line.zone != "headline":
        return None
    return "text", line.start, analysis.plain[line.start : line.end]


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(entry.phrase for entry in shipped_lexicon("acronyms.txt"))
