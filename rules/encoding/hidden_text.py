"""ENC010: a passage among the article's paragraphs that a browser does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_phrases
from linter.model import Hidden, Hit
from linter.source import source_span

_LEAST = 8  # words
_CONTROL = re.compile(r"<(?:input|button|select|textarea|form|label|svg|iframe|video|audio|nav)\b", re.IGNORECASE)
# A box of a page, which a script shows in its time, is made of more than paragraphs.
_BOX = re.compile(r"<(?:div|section|article|aside|[uo]l|li|dl|table|h[1-6]|img|picture|figure|a)\b", re.IGNORECASE)
_SAMPLE = 40  # code points by which a passage is known that is shown elsewhere
_SHOWN, _LOOKED_AT = 60, 1 << 14


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield hidden passages between the first and the last block of the article, in source offsets."""
    article = analysis.article
    if article.page is None or not article.page.hidden or not article.blocks:
        return
    blocks, trade = article.blocks, shipped_phrases("commercial-anchors.txt")
    first = source_span(article.offsets, blocks[0].start, blocks[0].start + 1).start
    last = source_span(article.offsets, blocks[-1].end - 1, blocks[-1].end).end
    for hidden in article.page.hidden:
        if not first <= hidden.start < last or hidden.shown_later:
            continue
        inner = article.source[hidden.start + 1 : min(hidden.end, hidden.start + _LOOKED_AT)]
        if _CONTROL.search(inner):
            continue
        commercial = bool(hidden.links) and trade.search(hidden.words.lower()) is not None
        if not commercial and (_BOX.search(inner) or not _is_wording(hidden) or _is_shown(analysis, hidden)):
            continue
        words = hidden.words if len(hidden.words) <= _SHOWN else hidden.words[: _SHOWN - 1].rstrip() + "…"
        yield Hit(hidden.start, hidden.end, ("commercial",) * commercial, values={"match": words}, field="source")


def _is_wording(hidden: Hidden) -> bool:
    """Words enough, and not the values of a script."""
    words = hidden.words.split()
    return len(words) >= _LEAST and sum(word.strip(".,;:!?\"'()“”").isalpha() for word in words) > len(words) / 2


def _is_shown(analysis: Analysis, hidden: Hidden) -> bool:
    beside = analysis.article.beside
    return any(hidden.words[:_SAMPLE] in text for text in (analysis.text, beside.text if beside else ""))
