"""The author and the date that a page names in its text alone.

The author: by a link's rel, by microdata, by a class for bylines, or in a line near the headline. The date: in such
a line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

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
_BYLINE = re.compile(
    r"\W{0,3}(?:(?:written|posted|reported|story|words|text) by|by|par|por|von|door|oleh)\b[:\s]{1,3}", re.IGNORECASE
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\.? {_MONTH},? {_YEAR}"
    rf"|{_YEAR}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/{_YEAR})\b"
)
_BEFORE, _BEHIND = 3, 12  # lines around the headline that may hold them
_HEADLINE_WORDS = 4  # fewer are a section's name
_LONGEST, _DATE_WORDS = 160, 14  # code points and words of such a line: a longer one tells of another day


def near_headline(lines: Sequence[str], headings: Sequence[int], title: str | None) -> Sequence[str]:
    """The lines behind the headline and then those before it, the nearest first; none where there is no headline.

    The headline is the last line that repeats the title, else the first of some words among `headings` (their numbers).
    """
    start = _SPACE.sub(" ", title or "").strip().lower()[:30]
    found = [n for n, line in enumerate(lines) if len(start) >= 8 and _SPACE.sub(" ", line).lower().startswith(start)]
    place = found[-1] if found else next((n for n in headings if len(lines[n].split()) >= _HEADLINE_WORDS), None)
    if place is None:
        return []
    return [*lines[place + 1 : place + 1 + _BEHIND], *lines[max(place - _BEFORE, 0) : place][::-1]]


def author_in_lines(lines: Sequence[str]) -> str | None:
    """The names in the first line that is a byline; None where none is."""
    for line in lines:
        by = _BYLINE.match(line) if len(line) <= _LONGEST else None
        found = _NAMES.match(_SPACE.sub(" ", line[by.end() :])) if by else None
        if found and not _NO_NAME.search(found[0]):
            return found[0]
    return None


def date_in_lines(lines: Sequence[str]) -> str | None:
    """The date in the first line that gives one, as it stands there; None where none does."""
    for line in lines:
        if len(line) <= _LONGEST and len(line.split()) <= _DATE_WORDS and (found := _DATE.search(line)):
            return found[0]
    return None


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
