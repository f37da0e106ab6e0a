"""What the fields of dumps and of front matter say, as strings."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

DATES = (
    *("date", "published", "published_at", "publishedAt", "published_date", "published_time", "publish_date"),
    *("date_published", "date_publish", "datePublished", "publication_date", "pub_date", "pubDate"),
)
AUTHORS = ("author", "authors", "byline")

_MOST = 200  # values: a few lines of YAML with aliases make a list without end, or one that holds itself
SURROGATE = re.compile("[\ud800-\udfff]")


def words(value: Any) -> str | None:
    """A string, a list of strings, or an object with a name, as one string; None for what says nothing.

    Unpaired surrogates, which can be neither printed nor encoded, become U+FFFD.
    """
    found: list[str] = []
    waiting = [value]
    for _ in range(_MOST):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, str):
            found.append(SURROGATE.sub("\ufffd", value).strip())
        elif isinstance(value, list):
            waiting += reversed(value[:_MOST])
        elif isinstance(value, date):
            found.append(value.isoformat())
        elif isinstance(value, dict):
            waiting.append(value.get("name"))
    return ", ".join(filter(None, found)) or None


def first(values: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    """What the first of `keys` says that says something."""
    for key in keys:
        if key in values and (found := words(values[key])):
            return found
    return None


def absolute(url: str | None) -> str | None:
    """`url` if it is absolute."""
    return url if url and url.startswith(("http://", "https://")) else None
