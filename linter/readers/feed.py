"""RSS and Atom feeds: an article per item, with its markup as it stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from linter.model import Article
from linter.readers import text
from linter.readers.fields import absolute
from linter.readers.inputs import MissingExtraError, ReadOptions, failed, size_name

SUFFIXES = (".rss", ".atom", ".xml")
NAMED_ONLY = True


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The items of a feed, in its order. Raises MissingExtraError without feedparser."""
    try:
        import feedparser
    except ImportError:
        raise MissingExtraError("feeds", "feedparser", "feeds") from None
    data = stream.read(options.max_size + 1)
    if len(data) > options.max_size:
        yield failed(path, f"larger than {size_name(options.max_size)}")
        return
    # What sanitising takes away is what is looked for; addresses are not to be changed either.
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version"):
        yield failed(path, "neither RSS nor Atom")
        return
    for number, entry in enumerate(found.entries):
        article = _article(entry, path)
        article.publisher, article.record = found.feed.get("title") or None, number
        article.language = found.feed.get("language") or article.language
        yield article
    error = found.get("bozo_exception")
    if error is not None and hasattr(error, "getLineNumber"):
        yield failed(path, f"not well-formed XML at line {error.getLineNumber()}: what follows may be missing")


def _article(entry: Any, path: str) -> Article:
    from linter.readers import html

    body = entry.content[0] if entry.get("content") else entry.get("summary_detail")
    value, kind = (body.value, body.type) if body else ("", "text/plain")
    article = text.parse(value, path) if kind == "text/plain" else html.parse(value, path)
    article.title = entry.get("title") or None
    article.url = absolute(entry.get("link"))
    article.author = ", ".join(filter(None, (author.get("name") for author in entry.get("authors", [])))) or None
    article.author = article.author or entry.get("author") or None
    article.date = entry.get("published") or entry.get("updated") or None
    article.id = entry.get("id") or None
    return article
