"""Whose article it is: the key under which the records of one site are counted together."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from linter.model import Article

By = Literal["site", "publisher", "none"]

_FRONTS = re.compile(r"(?:(?:www\d?|amp|m|mobile)\.)+(?=[^.]+\.)")  # one site in several guises
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")


def site_of(article: Article, by: By = "site") -> str | None:
    """The site of an article: the host of its address, its publisher where it has none; None where neither is known.

    `by` "publisher" looks at the publisher alone; "none" takes everything for one site, whose name is empty.
    """
    if by == "none":
        return ""
    return (host_of(article.url) if by == "site" else None) or publisher_of(article)


def host_of(url: str | None) -> str | None:
    """The host of an address in lower case, without www, amp and the like; None where there is none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname if url else None
    except ValueError:  # "http://[": no address
        return None
    host = (host or "").rstrip(".")
    return _FRONTS.sub("", host, count=1) if _HOST.fullmatch(host) else None


def address_host(article: Article) -> str | None:
    """Where an article is from: the host of its address, or else of one that its page names; never from its text."""
    page = article.page
    addresses = (article.url, *((page.canonical, page.address) if page else ()))
    return next((host for host in map(host_of, addresses) if host and "." in host), None)


def publisher_of(article: Article) -> str | None:
    """The publisher in lower case, on one line; None where there is none."""
    return " ".join((article.publisher or "").lower().split()) or None
