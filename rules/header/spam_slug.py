"""HDR005: one lower-case string alone on a line at the head of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import english_words
from linter.model import Hit

_SLUG = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
# The line may go on behind a separator: "bongda88en · Football".
_LINE = re.compile(r"(?:by\s+|author:\s*)?([a-z0-9]{6,40})(?:\s*[·|•/–-]\s*\S.{0,40})?")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_LEAST = 8  # letters and digits: shorter strings are words, initials and numbers
_HEAD_LINES, _TAIL_LINES = 6, 8
_MAX_PARTS = 3


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the line whose only word is a slug."""
    lines = analysis.lines
    for line in lines[: min(_HEAD_LINES, len(lines) - 1)]:
        if line.end - line.start > 80 or (line.index == 0 and line.zone == "headline" and len(lines) > 3):
            continue
        text = analysis.text[line.start : line.end]
        match = _LINE.fullmatch(text)
        if not match or not _SLUG.fullmatch(match[1]) or match[1].isdigit():
            continue
        slug = match[1]
        if any(_near(slug, label) for label in _labels(analysis)):
            yield Hit(line.start, line.end, ("domain",))
        elif len(slug) >= _LEAST and not _is_wording(slug) and analysis.folded.count(slug) < 2:
            yield Hit(line.start, line.end)


def _labels(analysis: Analysis) -> Iterator[str]:
    """The second-level labels of the domains that the article's end names, and of its own host."""
    texts = [analysis.folded[line.start : line.end] for line in analysis.lines[-_TAIL_LINES:] if line.index > 3]
    texts.append((analysis.article.url or "").lower())
    for text in texts:
        for domain in _DOMAIN.findall(text):
            yield from (label for label in domain.split(".")[:-1] if len(label) > 4)


def _near(slug: str, label: str) -> bool:
    from rapidfuzz.distance import Levenshtein  # 7 ms: most articles have no slug to compare

    distance = Levenshtein.distance(slug, label.replace("-", ""), score_cutoff=2)
    return distance <= min(2, len(slug) // 4)


def _is_wording(slug: str) -> bool:
    """Is it a listed word, or made of at most three? Digits are part of no word."""
    if not slug.isalpha():
        return False
    words = english_words()
    return slug in words or slug.rstrip("s") in words or _splits(slug, words, _MAX_PARTS)


def _splits(slug: str, words: frozenset[str], parts: int) -> bool:
    if parts == 1:
        return slug in words
    return any(
        slug[:cut] in words and (slug[cut:] in words or _splits(slug[cut:], words, parts - 1))
        for cut in range(3, len(slug) - 2)
    )
