"""SEO007: a domain in the credit lines at the end of an article, of a kind that newsrooms rarely use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis, Line
from linter.model import Hit

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,10})(?:/[^\s)\]]*)?", re.IGNORECASE)
# Domains of schools and offices of a country: hijacked or rented out for their standing with search engines.
_INSTITUTION = re.compile(r"\.(?:edu|ac|gov|gob|go|sch|mil)\.[a-z]{2}$|\.(?:gov|mil)$")
# Endings with free or nearly free registration, over-represented in spam reports (Spamhaus, Interisle 2023).
_CHEAP = re.compile(
    r"\.(?:xyz|top|icu|buzz|click|club|site|online|live|space|website|store|fun|win|bid|loan|vip|work|pw|tk|ml|ga|cf|gq|cc|"
    r"ws|cyou|rest|bond|sbs|cfd|monster|quest)$"
)
_CREDIT = re.compile(
    r"\W*(?:source|via|original|originally|credit|nguồn|quelle|fuente|fonte|kaynak|sumber|read|from|by|©|copyright)\b"
)
_TAIL_LINES = 4


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the domain with its path."""
    for line in analysis.lines[-_TAIL_LINES:]:
        if line.zone != "tail" or not _is_credit(analysis, line):
            continue
        for match in _DOMAIN.finditer(analysis.text, line.start, line.end):
            host = match[1].lower()
            reason = _reason(host)
            if reason and not _belongs(analysis, host, line):
                yield Hit(match.start(), match.end(), values={"reason": reason})


def _is_credit(analysis: Analysis, line: Line) -> bool:
    """A credit cue and little else, or nothing but an address."""
    text = analysis.folded[line.start : line.end]
    words = len(text.split())
    return words <= 2 or (words <= 12 and bool(_CREDIT.match(text)))


def _reason(host: str) -> str | None:
    if _INSTITUTION.search(host):
        return "a domain for schools or offices"
    if _CHEAP.search(host):
        return "a kind of domain that is cheap and often used for spam"
    return None


def _belongs(analysis: Analysis, host: str, line: Line) -> bool:
    """Is it the article's own site, or does the text speak of it?"""
    if host.removeprefix("www.") in (analysis.article.url or "").lower():
        return True
    label = max(host.split(".")[:-1], key=len)
    rest = analysis.folded[: line.start] + analysis.folded[line.end :]
    return len(label) > 3 and bool(re.search(rf"\b{re.escape(label)}\b", rest))
