"""SEO001: a visible address that pays its setter, or the wording of a shop button."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis, Line
from linter.lexicon import shipped_lexicon
from linter.model import Hit

_URL = re.compile(
    r"(?<![\w@.-])(?:https?://|www\.)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?:[/?][^\s<>\"'\])}]{0,400})?"
)
_DISCLOSURE = (
    r"affiliate (?:link|commission|partner|program|disclosure|disclaimer)|contains? affiliate|(?:earn|receive|get"
    r"|make|paid) (?:a |an )?(?:small |little |affiliate )?(?:commission|percentage|fee)\b|amazon associate"
    r"|commission(?:s)? (?:from|on|if)|paid link|#ad\b|werbelinks?|affiliate-links?|lien affilié|enlaces? de afiliad"
)
_SHOPS = (
    "amazon|ebay|walmart|best buy|bestbuy|target|aliexpress|etsy|flipkart|lazada|shopee|argos|currys|newegg|wayfair|"
    "home depot|costco|b&h|macy's|nordstrom|sephora|chewy|booking.com|tiki|tokopedia|mercado livre|mercado libre"
).split("|")
_SHOP = f"(?:{'|'.join(map(re.escape, _SHOPS))})"
_ACT = r"(?:check|see|view|find|get|compare|show)"
_BUTTON = (
    rf"{_ACT} (?:the |its |our |for )?(?:current |lowest |latest |best |today's |live |full )?(?:prices?|deals?"
    rf"|offers?|"
    rf"availability|stock|discounts?|reviews?)(?: (?:now|here|today))?(?: (?:on|at|from|via|in) {_SHOP}(?:\.\w\w)?)?"
    rf"|(?:buy|order|shop|get|grab|find|view|see|check)(?: (?:it|this|yours?|one|now|here|online|today)){{0,3}} "
    rf"(?:on|at|from|via|in) {_SHOP}(?:\.\w\w)?(?: (?:now|here|today|store))?"
    rf"|(?:amazon|ebay|walmart)(?:\.\w\w\w?)? (?:price|link|deal)|{_SHOP} check price|[$£€]\d[\d.,]* (?:at|from"
    rf"|on) {_SHOP}"
    r"|(?:buy|shop|order) (?:it )?now|add to (?:cart|basket)|view deal|get (?:the )?deal|claim (?:the )?(?:deal"
    r"|offer|discount)|jetzt (?:bei amazon )?kaufen|bei amazon (?:kaufen|ansehen)|preis prüfen|comprar (?:en|na) amazon"
    r"|ver (?:precio|preço)"
    r"(?: en amazon| na amazon)?|acheter sur amazon|voir le prix|mua ngay|beli sekarang|satın al|купить сейчас"
)
_DECORATION = r"[^\w$£€(]*"
_TAIL = r"(?:\s*[(\[][^)\]\n]{0,90}[)\]])?[^\w]*"
_BUTTON_LINE = rf"{_DECORATION}(?:{_BUTTON}){_TAIL}"
_FIRST_SIGN = re.compile(_DECORATION)
_BUTTON_STARTS = (  # how the wordings of buttons begin
    *"check|see|view|find|get|compare|show|buy|order|shop|grab|add to|claim|$|£|€|jetzt|bei amazon|preis|comprar|ver |"
    "acheter|voir|mua ngay|beli|satın|купить".split("|"),
    *_SHOPS,
)
_GLUED_BUTTON = (
    rf"(?<!\w)(?:CHECK|BUY|SEE|GET|VIEW|SHOP|ORDER)(?: [A-Z'’]{{2,12}}){{0,3}} (?:ON|AT|FROM) {_SHOP.upper()}\b"
    r"|(?:👉|➡️?|►|▶|🛒|>>|»)\s?(?:Buy|Check|View|Get|Shop|Order)\b[^.!?\n]{0,50}?\bAmazon\b(?:\s?(?:👈|<<|«|»|>>|→))?"
)
_CAPITAL_LINKS, _POINTERS = (" ON ", " AT ", " FROM "), "👉➡►▶🛒>»"  # one of them is in every glued button
_OWN_TAG = re.compile(r"[?&]tag=[\w-]+-2\d\b")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield addresses and buttons; tagged `disclosed` where the text says that it earns by them."""
    hits = [*_links(analysis), *_buttons(analysis)]
    disclosed = bool(hits and re.search(_DISCLOSURE, analysis.folded))
    for hit in hits:
        if disclosed and "shortener" not in hit.tags:
            hit.tags = ("disclosed", *hit.tags)
        yield hit


def _links(analysis: Analysis) -> Iterator[Hit]:
    text = analysis.folded
    for line, tokens in zip(analysis.lines, analysis.line_tokens, strict=True):
        if "/" in text[line.start : line.end] and any("/" in token and "." in token for token in tokens):
            for span in analysis.token_spans(line):
                for match in _URL.finditer(text, *span) if text.find("/", *span) >= 0 else ():
                    url = match[0].rstrip(".,;:!?")
                    tags = _tags(re.sub(r"^(?:https?://)?(?:www\.)?", "", url))
                    if tags is not None:
                        yield Hit(match.start(), match.start() + len(url), tags)


def _tags(url: str) -> tuple[str, ...] | None:
    """What an address without its scheme is; None if it is neither paid nor shortened."""
    networks, parameters, shorteners = _hosts()
    slashed = "/" + url
    if any(f"/{host}" in slashed or f".{host}" in url for host in networks):
        return ()
    if "/" in url and (marks := [mark for mark in parameters if mark in url]):
        own = "tag=" in url and not _OWN_TAG.search(url) and all("tag=" in mark for mark in marks)
        return None if own else ()
    return ("shortener",) if any(url.startswith(f"{host}/") for host in shorteners) else None


def _buttons(analysis: Analysis) -> Iterator[Hit]:
    folded, glued = analysis.folded, _may_be_glued(analysis)
    for line in analysis.lines:
        if _is_button(folded, line):
            words = folded[line.start : line.end]
            shop = "price" in words or any(shop in words for shop in _SHOPS) or len(analysis.line_words(line)) > 3
            yield Hit(line.start, line.end, ("button",), 1.0 if shop else 0.5)
        elif glued:
            for match in re.compile(_GLUED_BUTTON).finditer(analysis.text, line.start, line.end):
                yield Hit(match.start(), match.end(), ("button",))


def _is_button(folded: str, line: Line) -> bool:
    """Is a line nothing but the wording of a button?"""
    if line.end - line.start >= 160:
        return False
    first = _FIRST_SIGN.match(folded, line.start, line.end)
    if not first or not folded.startswith(_BUTTON_STARTS, first.end()):
        return False
    return re.compile(_BUTTON_LINE).fullmatch(folded, line.start, line.end) is not None


def _may_be_glued(analysis: Analysis) -> bool:
    """Can a button stand in the middle of a line?"""
    text = analysis.text
    marked = "Amazon" in text and any(sign in text for sign in _POINTERS)
    return (marked or any(link in text for link in _CAPITAL_LINKS)) and any(shop in analysis.folded for shop in _SHOPS)


@cache
def _hosts() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    entries = shipped_lexicon("affiliate-hosts.txt")
    network, parameter, shortener = (
        tuple(entry.phrase for entry in entries if entry.tag == tag) for tag in ("network", "parameter", "shortener")
    )
    return network, parameter, shortener
