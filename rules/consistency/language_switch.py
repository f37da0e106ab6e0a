"""SEM007: a paragraph in another language than the article's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis, Line
from linter.language import language_of
from linter.model import Article, Hit
from linter.words import STOP_WORDS

_LEAST_WORDS, _STRANGERS = 8, 5  # paragraphs of names and jargon that may be taken for foreign at first
_STRANGE = 0.3  # share of words in lower case that the table of words does not have
_LISTED = 4  # words for each comma of a list
_ENGLISH, _LATIN = 0.12, 0.4
_FOREIGN_LETTER = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?:|www\.|@|#\w|[{}<>|=_\\]|\blorem ipsum\b", re.IGNORECASE)
_MARKS = "\"'“”‘’«»„"


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield paragraphs in another language, unless they are many: a page in two languages, a reader in another."""
    coded = analysis.coded
    if "x" not in coded.codes:
        return
    found, number = [], -1
    for codes in coded.codes.split("\n"):
        if codes:
            number += 1
            strange = codes.count("x")
            if strange >= 3 and strange >= _STRANGE * len(codes):
                found.append(number)
    lines = analysis.lines if found else []
    most = max(options["share"] * len(lines), 1)
    if not found or len(found) > most + _STRANGERS:
        return
    foreign = [
        line for number in found if number < len(lines) and _is_foreign(analysis, line := lines[number], options)
    ]
    if len(foreign) <= most:
        for line in foreign:
            yield Hit(line.start, line.end)


def _is_foreign(analysis: Analysis, line: Line, options: Mapping[str, Any]) -> bool:
    text = analysis.text[line.start : line.end]
    letters = len(_LETTER.findall(text))
    if letters < options["letters"] or _ADDRESS.search(text) or analysis.form(line) not in ("paragraph", "caption"):
        return False
    if text[0] in _MARKS or sum(map(text.count, _MARKS)) - text.count("'") - text.count("’") > 2:
        return False  # quoted
    if len(_FOREIGN_LETTER.findall(text)) > _LATIN * letters:
        return True
    words = analysis.line_words(line)
    if _LISTED * text.count(",") > len(words):
        return False
    bare = [word.strip(".,;:!?()") for word in words]
    if len(words) < _LEAST_WORDS or sum(map(STOP_WORDS.__contains__, bare)) > _ENGLISH * len(words):
        return False
    capitals = sum(word[:1].isupper() for word in text.split())
    if capitals > 0.4 * len(words):  # names
        return False
    given = analysis.article.language
    return language_of(Analysis(Article(text=text, source=text))) not in (None, "en", given)
