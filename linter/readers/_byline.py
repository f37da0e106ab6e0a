"""The author that a page names in its text alone: by a link's rel, by microdata, or by a class for bylines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_MARK = re.compile(
    r"<(?P<name>[a-z][a-z0-9]*)\b[^<>]*?(?:\brel\s*=\s*[\"']?author\b|\bitemprop\s*=\s*[\"']?(?:author|creator)\b"
    r"|\bclass\s*=\s*[\"'][^\"'<>]*(?<![\w-])(?:by-?line|author|post-author|entry-author|article-author|author-?name"
    r"|byline-?name|byline__name|author__name|story-byline|article-byline)(?![\w-]))[^<>]*>",
    re.IGNORECASE,
)
_WITHIN = 600  # characters of markup behind such a tag
_MOST = 40  # tags looked at
_TAG, _SPACE = (
    re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>|<!--.*?-->", re.DOTALL),
    re.compile(r"\s+"),
)
_BY = re.compile(
    r"^(?:(?:posted|written|reported|words|story|text|article|edited)\s+)?by:?\s+|^author:?\s+", re.IGNORECASE
)
_NAME = (
    r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|de|del|della|der|den|di|da|dos|la|le|van|von|al|el|bin|ibn|of|y|e)"
    r"(?: (?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|de|del|della|der|den|di|da|dos|la|le|van|von|al|el|bin|ibn|y|e)){1,3}"
)
_END = r"(?=$| [|·•–—/-]|[|·•,]| on | in | at | for | Published| Updated| Posted)"
_NAMES = re.compile(rf"{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,4}}{_END}")
_NO_NAME = re.compile(
    r"\b(?:By|Read|More|View|All|Posts|About|Author|Contact|Follow|Share|Staff|Editor|Reporter|Updated|Published|January|"
    r"February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|Twitter|Facebook|The|Comments?|Photo|Image|Getty)\b"
)


def author_in_text(source: str) -> str | None:
    """The names behind the first tag that marks a byline; None where nothing there reads like names."""
    return next(_candidates(source), None)


def _candidates(source: str) -> Iterator[str]:
    for number, mark in enumerate(_MARK.finditer(source)):
        if number == _MOST:
            return
        text = _TAG.sub("\n", source[mark.end() : mark.end() + _WITHIN].rpartition("<")[0])
        for line in html.unescape(text).split("\n"):
            words = _BY.sub("", _SPACE.sub(" ", line).strip())
            if not words or words.lower() in ("by", "author", "posted by", "written by"):
                continue
            found = _NAMES.match(words)
            if found and not _NO_NAME.search(found[0]):
                yield found[0]
            break
