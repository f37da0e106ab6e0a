"""RSS and Atom feeds: an article per item, with its markup as it stands there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from linter.model import Article
from linter.readers import text
from linter.readers.fields import absolute
from linter.readers.inputs import MissingExtraError, ReadOptions, failed, size_name

SUFFIXES = (".rss", ".atom", ".xml")
NAMED_ONLY = True

# An entity made of other entities: ten such lines are a thousand million words.
_NESTED = re.compile(rb"<!ENTITY[^<>&]*+(?:&#[^<>&]*+)*+&[^<>]*+>")
# Half a character, as some programs write emoji: "&#55357;&#56832;". feedparser can't encode it.
_SURROGATE = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}"
    rb"|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));"
)


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
    # As a stream: feedparser opens the file that bytes are the name of. What sanitising takes away is what is looked
    # for; addresses are not to be changed either.
    data = _NESTED.sub(b"", _SURROGATE.sub(b"&#xFFFD;", data))
    try:
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # its parsers have many
        yield failed(path, f"damaged feed: {type(error).__name__}: {' '.join(str(error).split())[:200]}")
        return
    if not found.get("version"):
        yield failed(path, "neither RSS nor Atom")
        return
    for number, entry in enumerate(found.entries):
        article = _article(entry, path)
        article.publisher, article.record = found.feed.get("title") or None, number
        article.language = found.feed.get("language") or article.language
        yield article
    flaw = found.get("bozo_exception")
    if flaw is not None and hasattr(flaw, "getLineNumber"):
        yield failed(path, f"not well-formed XML at line {flaw.getLineNumber()}: what follows may be missing")


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
