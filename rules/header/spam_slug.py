"""HDR005: one lower-case string alone on a line at the head of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import english_words
from linter.model import Hit

_SLUG = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
# The line may go on behind a separator or with a date: "bongda88en · Football", "Posted by nordpuls_en On Nov 19".
_LABEL = (
    r"(?i:by|author|posted by|written by|published by|submitted by|created by|added by|contributor|reporter|publisher|"
    r"writer|user|source|autor|auteur|autore|por|par|von|oleh|penulis|tác giả|đăng bởi|автор|yazar|door)"
)
_LINE = re.compile(
    rf"[^\w\n@#/]{{0,4}}({_LABEL}(?:\s*:\s*|\s+))?([a-z0-9]+(?:[_-][a-z0-9]+)*)"
    r"(?:\s*[·⋅•|/–—>»]\s*\S.{0,60}|\s+-\s+\S.{0,60}|\s+(?i:on|in|at)\s+\w.{0,40}|\s{2,}\S.{0,60}|,?\s+\d.{0,30}|\s+[Ee]ditor\s?:.{0,20})?"
)
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_ALONE = re.compile(  # an address that is all of its line, or all that stands before a separator
    rf"[^\w\n@#]{{0,4}}(?:{_LABEL}(?:\s*:\s*|\s+))?(?:https?://)?(?:www\.)?[a-z0-9-]{{3,40}}(?:\.[a-z0-9-]{{2,20}}){{0,2}}"
    r"\.(?:com|net|org|info|biz|xyz|site|online|club|top|live|news|blog|media|press|today|world|life|pro|vip|icu|me|tv|"
    r"cc|co|io|ws|in|us|uk|vn|id|ru|ua|tr|br|ng|pk|bd|ph|my|mx|ar|pl|ro|bg|eu)(?:\.[a-z]{2})?/?"
    r"(?:\s*[·•|–—-]\s*\S.{0,40})?"
)
_LEAST = 8  # letters and digits: shorter strings are words, initials and numbers
_HEAD_LINES, _TAIL_LINES = 6, 8
_MAX_PARTS = 3


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the line whose only word, or author, is a slug; tagged `address` where it is a bare address."""
    lines = analysis.lines
    for line in lines[: min(_HEAD_LINES, len(lines) - 1)]:
        if line.end - line.start > 100 or (line.index == 0 and line.zone == "headline" and len(lines) > 3):
            continue
        text = analysis.text[line.start : line.end]
        match = _LINE.fullmatch(text)
        if not match or not _SLUG.fullmatch(match[2]) or match[2].isdigit():
            if _ALONE.fullmatch(text) and not _names_host(analysis, text):
                yield Hit(line.start, line.end, ("address",))
            continue
        slug, start = match[2], line.start + (match.start(1) if match[1] else match.start(2))
        end = line.end if not match[1] else line.start + match.end(2)
        if any(_near(slug.replace("_", "").replace("-", ""), label) for label in _labels(analysis)):
            yield Hit(start, end, ("domain",))
        elif match[1]:
            if len(slug) >= _LEAST and not (_is_wording(slug) if slug.isalpha() else _is_plain(slug)):
                yield Hit(start, end, ("labelled",))
        elif len(slug) >= _LEAST and "-" not in slug and not _is_wording(slug) and analysis.folded.count(slug) < 2:
            yield Hit(start, end)


def _is_plain(slug: str) -> bool:
    """Words with hyphens and no mark of an account: well-known, jean-luc."""
    parts = slug.split("-")
    words = english_words()
    return all(part.isalpha() for part in parts) and (
        parts[-1] not in _DESKS or all(part in words for part in parts[:-1])
    )


def _names_host(analysis: Analysis, text: str) -> bool:
    """Is the address spelled with a capital, as a name in a title is, or is it what the article is about?"""
    domain = _DOMAIN.search(text.lower())
    return domain is None or analysis.folded.count(domain[1]) > 2


_DESKS = frozenset("desk team admin editor staff bot media news writer author".split())


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
