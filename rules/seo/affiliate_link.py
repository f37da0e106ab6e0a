"""SEO001: a visible address that pays its setter, or the wording of a shop button."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from linter.analysis import Analysis
from linter.kinds import Context
from linter.lexicon import read_lexicon
from linter.model import Hit

_URL = re.compile(
    r"(?<![\w@.-])(?:https?://|www\.)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?:[/?][^\s<>\"'\])}]{0,400})?"
)
_DISCLOSURE = re.compile(
    r"affiliate (?:link|commission|partner|program|disclosure|disclaimer)|contains? affiliate|(?:earn|receive|get"
    r"|make|paid)"
    r" (?:a |an )?(?:small |little |affiliate )?(?:commission|percentage|fee)\b|amazon associate"
    r"|commission(?:s)? (?:from|on|if)"
    r"|paid link|#ad\b|werbelinks?|affiliate-links?|lien affilié|enlaces? de afiliad"
)
_SHOP = (
    r"(?:amazon|ebay|walmart|best buy|bestbuy|target|aliexpress|etsy|flipkart|lazada|shopee|argos|currys|newegg"
    r"|wayfair|"
    r"home depot|costco|b&h|macy's|nordstrom|sephora|chewy|booking\.com|tiki|tokopedia|mercado livre|mercado libre)"
)
_ACT = r"(?:check|see|view|find|get|compare|show)"
_BUTTON = re.compile(
    rf"{_ACT} (?:the |its |our |for )?(?:current |lowest |latest |best |today's |live |full )?(?:prices?|deals?"
    rf"|offers?|"
    rf"availability|stock|discounts?|reviews?)(?: (?:now|here|today))?(?: (?:on|at|from|via|in) {_SHOP}(?:\.\w\w)?)?"
    rf"|(?:buy|order|shop|get|grab|find|view|see|check)(?: (?:it|this|yours?|one|now|here|online|today)){{0,3}} "
    rf"(?:on|at|from|via|in) {_SHOP}(?:\.\w\w)?(?: (?:now|here|today|store))?"
    rf"|(?:amazon|ebay|walmart)(?:\.\w\w\w?)? (?:price|link|deal)|{_SHOP} check price|[$£€]\d[\d.,]* (?:at|from"
    rf"|on) {_SHOP}"
    r"|(?:buy|shop|order) (?:it )?now|add to (?:cart|basket)|view deal|get (?:the )?deal|claim (?:the )?(?:deal"
    r"|offer|discount)"
    r"|jetzt (?:bei amazon )?kaufen|bei amazon (?:kaufen|ansehen)|preis prüfen|comprar (?:en|na) amazon"
    r"|ver (?:precio|preço)"
    r"(?: en amazon| na amazon)?|acheter sur amazon|voir le prix|mua ngay|beli sekarang|satın al|купить сейчас"
)
_DECORATION = r"[^\w$£€(]*"
_TAIL = r"(?:\s*[(\[][^)\]\n]{0,90}[)\]])?[^\w]*"
_BUTTON_LINE = re.compile(rf"{_DECORATION}(?:{_BUTTON.pattern}){_TAIL}")
_GLUED_BUTTON = re.compile(
    rf"(?<!\w)(?:CHECK|BUY|SEE|GET|VIEW|SHOP|ORDER)(?: [A-Z'’]{{2,12}}){{0,3}} (?:ON|AT|FROM) {_SHOP.upper()}\b"
    r"|(?:👉|➡️?|►|▶|🛒|>>|»)\s?(?:Buy|Check|View|Get|Shop|Order)\b[^.!?\n]{0,50}?\bAmazon\b(?:\s?(?:👈|<<|«|»|>>|→))?"
)
_OWN_TAG = re.compile(r"[?&]tag=[\w-]+-2\d\b")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield addresses and buttons; tagged `disclosed` where the text says that it earns by them."""
    disclosed = ("disclosed",) if _DISCLOSURE.search(analysis.folded) else ()
    networks, parameters, shorteners = _hosts()
    found = _URL.finditer(analysis.folded) if any("/" in t and "." in t for t in analysis.tokens) else ()
    for match in found:
        url = match[0].rstrip(".,;:!?")
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url)
        slashed = "/" + bare
        if any(f"/{host}" in slashed or f".{host}" in bare for host in networks):
            tags: tuple[str, ...] = disclosed
        elif "/" in bare and any(mark in bare for mark in parameters):
            if (
                "tag=" in bare
                and not _OWN_TAG.search(bare)
                and not any(m in bare for m in parameters if "tag=" not in m)
            ):
                continue
            tags = disclosed
        elif any(bare.startswith(f"{host}/") for host in shorteners):
            tags = ("shortener",)
        else:
            continue
        yield Hit(match.start(), match.start() + len(url), tags)
    yield from _buttons(analysis, disclosed)


def _buttons(analysis: Analysis, disclosed: tuple[str, ...]) -> Iterator[Hit]:
    shops = bool(re.search(_SHOP, analysis.folded))
    for line in analysis.lines:
        if line.end - line.start < 160 and _BUTTON_LINE.fullmatch(analysis.folded, line.start, line.end):
            words = analysis.folded[line.start : line.end]
            shop = "price" in words or re.search(_SHOP, words) or len(analysis.line_words(line)) > 3
            yield Hit(line.start, line.end, (*disclosed, "button"), 1.0 if shop else 0.5)
        elif shops:
            for match in _GLUED_BUTTON.finditer(analysis.text, line.start, line.end):
                yield Hit(match.start(), match.end(), (*disclosed, "button"))


@cache
def _hosts() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    entries = read_lexicon("affiliate-hosts.txt", Context(folder=Path(__file__).parent, builtin=True))
    network, parameter, shortener = (
        tuple(entry.phrase for entry in entries if entry.tag == tag) for tag in ("network", "parameter", "shortener")
    )
    return network, parameter, shortener
