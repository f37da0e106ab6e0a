"""CON006, CON007: a text that is no article but the page a server shows instead of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.gate import gate_of
from linter.model import Hit

_SHORT = 120  # words: a page that blocks says no more, where its wording could be an article's as well
_LONG = 500  # words: unmistakable wording in a longer text is quoted, or a part of it
_TITLE_WORDS = 9


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the lines that say it, or the title. `strong` and `weak` are patterns on folded text, `title` on titles."""
    strong, weak = tuple(options["strong"]), tuple(options["weak"])
    title = analysis.article.title
    if title and len(title.split()) <= _TITLE_WORDS:
        folded = title.lower().replace("’", "'").strip()
        if _compiled(tuple(options["title"])).fullmatch(folded):
            yield Hit(0, len(title), ("title",), field="title")
    words = analysis.words
    if words >= _LONG:
        return
    prose = words >= _SHORT
    hits = list(_hits(analysis, strong))
    if not prose:
        hits += [hit for hit in _hits(analysis, weak) if not any(_meet(hit, other) for other in hits)]
    for hit in sorted(hits, key=lambda hit: hit.start):
        if not analysis.is_quoted(hit.start, hit.end):
            yield hit


def _hits(analysis: Analysis, patterns: tuple[str, ...]) -> Iterator[Hit]:
    if not _may_match(patterns).search(analysis.folded.encode("utf-8", "surrogatepass")):
        return  # in linear time; dozens of alternatives are slow in Python
    for match in _compiled(patterns).finditer(analysis.folded):
        line = analysis.line_at(match.start())
        if match.end() > line.end:
            continue
        alone = len(analysis.line_words(line)) <= 30
        yield Hit(line.start, line.end) if alone else Hit(*match.span())


def _meet(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


@cache
def _may_match(patterns: tuple[str, ...]) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile("|".join(map(gate_of, patterns)), options)


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{either})")  # as the gates: no part of a word
