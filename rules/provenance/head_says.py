"""PRV001 to PRV004: what the head of a page should say, and its text may say instead. Absences have no place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from linter.analysis import Analysis
from linter.corpus.sites import host_of
from linter.lexicon import shipped_phrases
from linter.model import Hit

_LEAST_WORDS = 40  # in the article: a shorter page is an index, a form, or a notice
_HEAD_LINES, _TAIL_LINES, _LONGEST = 6, 6, 140
_DATE_LINE = 14  # words of a line that gives the date; a longer one tells of another day
_BYLINE = re.compile(
    r"\W{0,4}(?:by|(?:written|posted|published|reported|story|words|text) by|authors? ?:|por|par|von|di|door|oleh|af)"
    r"\W{1,3}\w[\w.'’-]*(?: [\w.'’&-]+){0,6}"
)
_MONTH = (
    r"(?:jan|feb|fev|fév|mar|mär|abr|apr|avr|may|mai|maj|jun|jui|jul|aug|ago|août|aoû|sep|set|oct|okt|out|nov|dec|dez|dic"
    r"|déc|ene|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)\w{0,9}\.?"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|\.|º)?,? (?:de |of )?{_MONTH},? (?:de |of )?(?:19|20)\d\d"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|(?:19|20)\d\d[-./年]\s?\d{{1,2}}[-./月]\s?\d{{1,2}}"
    rf"|\d{{1,2}}[-./]\d{{1,2}}[-./](?:(?:19|20)\d\d|\d\d)\b|{_MONTH} \d{{1,2}}\b(?=$|[,|·•–—-]| at | \d)"
    r"|\d{1,2} (?:minute|min|hour|hr|day|week|month)s? ago|yesterday at|today at)"
)
_FIRST_PUBLISHED = re.compile(
    r"\b(?:first|originally) (?:published|appeared|posted|ran)\b|\bcross-?posted (?:from|at|on)\b"
    r"|\b(?:republished|reprinted|syndicated) (?:from|with|by)\b"
    r"|\bthis (?:story|article|piece|report) (?:is|was|comes) (?:from|provided|produced)\b"
)
_PREFIX = re.compile(r"^(?:(?:www\d?|amp|m|mobile|edition|beta)\.)+")
_LEAST_SHARED = 5  # letters of a name; "herald" alone is three fifths of no paper's
_AMP_CACHE = re.compile(r"^([\w-]+)\.cdn\.ampproject\.org$")


def author(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the absence of an author from the metadata, the bylines and the credits of agencies."""
    if not _is_article_page(analysis) or analysis.article.author:
        return
    if any(line.zone in ("byline", "dateline") for line in analysis.lines):
        return
    if any(_BYLINE.fullmatch(line) for line in chain(_beside(analysis), _edges(analysis))):
        return
    edges = " ".join(chain(_beside(analysis), _edges(analysis, _LONGEST * 9)))
    if not shipped_phrases("wire-agencies.txt").search(edges):
        yield Hit(0, 0)


def date(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the absence of a date from the metadata, from the article's edges and from what stands beside it."""
    if not _is_article_page(analysis) or analysis.article.date:
        return
    lines = chain(_beside(analysis), _edges(analysis))
    if not any(_DATE.search(line) and len(line.split()) <= _DATE_LINE for line in lines):
        yield Hit(0, 0)


def publisher(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the absence of a publisher from the metadata."""
    article = analysis.article
    if not _is_article_page(analysis) or article.publisher:
        return
    if not (article.author and article.author.lower() in (article.title or "").lower()):
        yield Hit(0, 0)


def canonical(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield a canonical address on another site than the page's own address, or its absence."""
    article = analysis.article
    if not _is_article_page(analysis) or article.page is None:
        return
    wanted = _site(article.page.canonical)
    if not wanted:
        yield Hit(0, 0, ("absent",), values={"match": "the page does not say which address is its own (canonical)"})
        return
    if any(name in wanted for name in analysis.site):
        return
    own = [site for site in (_site(article.url), _site(article.page.address)) if site]
    other = next((site for site in own if not _same(site, wanted)), None)
    if other and not _FIRST_PUBLISHED.search(analysis.folded):
        yield Hit(0, 0, values={"match": f"the page stands on {other} and says that it belongs to {wanted}"})


def _is_article_page(analysis: Analysis) -> bool:
    page = analysis.article.page
    return page is not None and page.headed and analysis.words >= _LEAST_WORDS


def _edges(analysis: Analysis, longest: int = _LONGEST) -> Iterator[str]:
    """The folded short lines at the article's head and end."""
    lines = analysis.lines
    for line in lines[:_HEAD_LINES] + lines[max(len(lines) - _TAIL_LINES, _HEAD_LINES) :]:
        if line.end - line.start <= longest:
            yield analysis.folded[line.start : line.end]


def _beside(analysis: Analysis) -> Iterator[str]:
    """The folded short lines of what stands beside the article."""
    beside = analysis.article.beside
    for line in beside.text.lower().split("\n") if beside else ():
        if 0 < len(line) <= _LONGEST:
            yield line


def _site(address: str | None) -> str:
    """The host of an address without what stands for a telephone or for "www"."""
    host = host_of(address) or ""
    cached = _AMP_CACHE.match(host)
    if cached:
        host = cached[1].replace("--", "\0").replace("-", ".").replace("\0", "-")
    return _PREFIX.sub("", host)


def _same(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}") or _sisters(one, other)


def _sisters(one: str, other: str) -> bool:
    """Do two hosts share most of a name, as a paper's domains in two countries or for two purposes do?"""
    names = ["".join(re.findall(r"[a-z0-9]+(?=[.-])", host)) for host in (one, other)]
    short, long = sorted(names, key=len)
    size = max(_LEAST_SHARED, -(-3 * len(short) // 5))
    return any(short[at : at + size] in long for at in range(len(short) - size + 1))
