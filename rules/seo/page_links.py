"""SEO011 and SEO013: where the links of a page lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.corpus.sites import host_of
from linter.lexicon import shipped_lexicon, shipped_phrases
from linter.model import Hit, Link

_DISCLOSURE = re.compile(
    r"affiliate (?:link|commission|partner|program|disclosure|disclaimer)|contains? affiliate|amazon associate"
    r"|(?:earn|receive|get|make|paid) (?:(?:us|a|an|some|any) )?(?:small |little |affiliate )?"
    r"(?:commission|percentage|fee|money|share)\b"
    r"|commissions? (?:from|on|if)|paid links?|#ad\b|werbelinks?|affiliate-links?|lien affilié|enlaces? de afiliad"
)
_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_OWN_TAG = re.compile(r"[?&]tag=[\w-]+-2\d\b")
_MANY = 3  # paid links
_LEAST, _MOST = 8, 7  # words of a line that is more than a link; words of a link's text


def find_commercial(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield links within prose whose text is a search phrase of a trade that the article is not about."""
    phrases = shipped_phrases("commercial-anchors.txt")
    for link, host in _leading_out(analysis):
        words = analysis.folded[link.start : link.end]
        if "sponsored" in link.rel or not 2 <= len(words.split()) <= _MOST or not phrases.search(words):
            continue
        line = analysis.line_at(link.start)
        if len(analysis.line_words(line)) - len(words.split()) < _LEAST or _is_about(analysis, link, host):
            continue
        yield Hit(link.start, link.end, values={"host": host})


def find_paid(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the first link through an affiliate network, with the number of others, where nothing says that it pays."""
    paid = [
        (link, host)
        for link, host in _leading_out(analysis)
        if "sponsored" not in link.rel and _pays(_SCHEME.sub("", link.href).lower())
    ]
    beside = analysis.article.beside
    if not paid or _DISCLOSURE.search(analysis.folded + (beside.text.lower() if beside else "")):
        return
    link, host = paid[0]
    others = f" and {len(paid) - 1} more" if len(paid) > 1 else ""
    yield Hit(link.start, link.end, ("many",) if len(paid) >= _MANY else (), values={"host": host, "others": others})


def _leading_out(analysis: Analysis) -> Iterator[tuple[Link, str]]:
    """The links to other hosts, with the host."""
    page = analysis.article.page
    own = host_of(analysis.article.url)
    for link in page.links if page else ():
        host = host_of(link.href) if "//" in link.href else None  # the others stay on the page's own site
        if host and host != own and not (own and (host.endswith(f".{own}") or own.endswith(f".{host}"))):
            yield link, host


def _is_about(analysis: Analysis, link: Link, host: str) -> bool:
    """Does the rest of the article speak of the link's words, or of the host?"""
    label = max(host.split(".")[:-1] or [host], key=len)
    rest = analysis.folded[: link.start] + " " + analysis.folded[link.end :]
    if len(label) > 3 and label.replace("-", " ") in rest.replace("-", " "):
        return True
    return analysis.shares_topic(link.start, link.end)


def _pays(address: str) -> bool:
    """Does an address, in lower case and without its scheme, belong to a network or carry a partner's mark?"""
    networks, parameters = _hosts()
    if networks.match(address):
        return True
    marks = [mark for mark in parameters if mark in address] if "/" in address else []
    return bool(marks) and not (all("tag=" in mark for mark in marks) and not _OWN_TAG.search(address))


@cache
def _hosts() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What the address of a network begins with, and the marks of partners."""
    entries = shipped_lexicon("affiliate-hosts.txt")
    names = [entry.phrase.lower() for entry in entries if entry.tag == "network"]
    begins = "|".join(re.escape(name) + (r"(?![a-z0-9-])" if name[-1].isalnum() else "") for name in names)
    marks = tuple(entry.phrase.lower() for entry in entries if entry.tag == "parameter")
    return re.compile(rf"(?:[^/?#]{{0,200}}\.)?(?:{begins})"), marks
