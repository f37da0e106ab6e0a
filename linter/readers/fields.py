"""What the fields of dumps and of front matter say, as strings."""

from __future__ import annotations

from datetime import date
from typing import Any

DATES = (
    *("date", "published", "published_at", "publishedAt", "published_date", "published_time", "publish_date"),
    *("date_published", "date_publish", "datePublished", "publication_date", "pub_date", "pubDate"),
)
AUTHORS = ("author", "authors", "byline")


def words(value: Any) -> str | None:
    """A string, a list of strings, or an object with a name, as one string; None for what says nothing."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return ", ".join(filter(None, map(words, value))) or None
    if isinstance(value, date):
        return value.isoformat()
    return words(value.get("name")) if isinstance(value, dict) else None


def first(values: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    """What the first of `keys` says that says something."""
    for key in keys:
        if key in values and (found := words(values[key])):
            return found
    return None


def absolute(url: str | None) -> str | None:
    """`url` if it is absolute."""
    return url if url and url.startswith(("http://", "https://")) else None
