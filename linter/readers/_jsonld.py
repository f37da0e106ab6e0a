"""What a page says of its article in JSON-LD (schema.org), in every form that @graph and @id allow."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from linter.readers.fields import SURROGATE, absolute

# schema.org's Article and what is derived from it; others only where they have a headline.
_ARTICLES = re.compile(
    r"(?:https?://schema\.org/)?(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|DiscussionForumPosting)$"
)
_WRAPPING = re.compile(
    r"^\s*(?:(?://|/\*)?\s*<!(?:\[CDATA\[|--)\s*(?:\*/)?)|(?:(?://|/\*)?\s*(?:\]\]|--)>\s*(?:\*/)?)\s*$"
)
_SPACE = re.compile(r"\s+")
_NESTED = 4  # levels between a field and its text
_DEEPEST = 12  # levels: nothing is nested so deep, and what is does not matter


def article_fields(scripts: Sequence[str]) -> dict[str, str]:
    """The fields title, author, date, publisher, url and language of the article that the scripts describe."""
    nodes = [node for script in scripts for node in _nodes(_decoded(script), 0)]
    named = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return {}
    # A page may list others' articles as well: its own says most.
    node = max(articles, key=lambda node: (bool(node.get("headline")), bool(node.get("author")), len(node)))
    found = {
        "title": _text(node.get("headline"), named),
        "author": _text(node.get("author") or node.get("creator"), named),
        "date": _text(node.get("datePublished") or node.get("dateCreated"), named),
        "publisher": _text(node.get("publisher"), named),
        "url": absolute(_text(node.get("url"), named)) or absolute(_address(node.get("mainEntityOfPage"))),
        "language": _text(node.get("inLanguage"), named),
    }
    return {name: value for name, value in found.items() if value}


def _decoded(script: str) -> Any:
    """The value in a script; None for one that is no JSON."""
    try:
        return json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object in a value, the outer ones first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(item, depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    types = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLES.match(name) for name in types)


def _text(value: Any, named: dict[str, dict[str, Any]], depth: int = 0) -> str | None:
    """A string, the names of things, or what an @id stands for."""
    if isinstance(value, str):
        whole = SURROGATE.sub("\ufffd", html.unescape(value))  # half a character can be written nowhere
        return _SPACE.sub(" ", whole).strip(" ,") or None
    if depth > _NESTED:
        return None
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, (_text(item, named, depth + 1) for item in value)))) or None
    if not isinstance(value, dict):
        return None
    name = value.get("name") or value.get("@value")
    if name is None and isinstance(value.get("@id"), str):
        return _text(named.get(value["@id"]), named, depth + 1)
    return _text(name, named, depth + 1)


def _address(value: Any) -> str | None:
    """The address of a page that is given as such, or as an object."""
    value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
    return value if isinstance(value, str) else None
