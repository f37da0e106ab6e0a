"""HDR009: a default account, a role, a machine, a slug or an address where an author's name should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import english_words, shipped_lexicon
from linter.model import Hit

_HEAD_LINES, _LONGEST = 7, 140
# Of what follows an author on his line: a date, a category, the time to read.
_REST = re.compile(r"\s+(?:on|in|at|am|le|el|em|pada|vào|updated|published|last)\s+\S.*$|,?\s+(?:\d|\w{3,9}\.? \d).*$")
_ENDS = ("desk", "bot", "admin", " ai", "gpt", "rss", "feed", "webmaster", "administrator", "view all posts")
_PARTS = re.compile(r"\s*[|·•⋅∙–—]\s*|\s+-\s+|\s*(?:/{2}|»|>)\s*|\t+|\s{3,}")
_MARKED = re.compile(r"@?[a-z0-9]+(?:[_.-][a-z0-9]+)+|@?[a-z]{2,}\d+[a-z]{0,4}")  # a slug by its digits or marks
_PLAIN = re.compile(r"[a-z]{7,40}")
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,4}|info|news|media|online|site|blog|live)/?"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAMED = re.compile(r"[a-z]+\.[a-z]+|[a-z]\.?-?[a-z]+")  # jane.doe


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the author on a line of the head, tagged `unlabelled` where no "By" stands before him; else the field."""
    found = False
    for line in analysis.lines[:_HEAD_LINES]:
        if line.end - line.start > _LONGEST or (line.index == 0 and line.zone == "headline"):
            continue
        text = analysis.folded[line.start : line.end]
        if not (text.endswith(_ENDS) or _label().match(text) or any(mark in text for mark in "|·•–—")):
            continue
        for start, end in _pieces(analysis.folded, line.start, line.end):
            piece = analysis.folded[start:end]
            label = _label().match(piece)
            name = _REST.sub("", piece[label.end() :] if label else piece).strip(" :,.;")
            if not name or not (_is_junk(name, bool(label))):
                continue
            at = analysis.folded.index(name, start + (label.end() if label else 0))
            found = True
            yield Hit(start, at + len(name), () if label else ("unlabelled",))
    author = (analysis.article.author or "").strip()
    if author and not found and "," not in author and _is_junk(author.lower(), True):
        yield Hit(0, len(analysis.article.author or ""), ("field",), field="author")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for gap in _PARTS.finditer(text, start, end):
        if gap.start() > begin:
            yield begin, gap.start()
        begin = gap.end()
    if begin < end:
        yield begin, end


def _is_junk(name: str, labelled: bool) -> bool:
    """Is this no name? Without a label only what can be nothing else."""
    if len(name) > 60:
        return False
    words = name.split()
    if len(words) > 1 and (words[-1] in ("bot", "newsbot") or " ".join(words[-2:]) in _entries("desk")):
        return len(words) <= 5
    if not labelled:
        return name in ("admin", "administrator", "webmaster", "newsbot", "view all posts", "wpadmin")
    if name in _entries("role") or (len(words) == 2 and words[1] in ("admin", "bot", "webmaster", "autoblog")):
        return True
    if len(words) > 1 or not words:
        return False
    if _DOMAIN.fullmatch(name) or _EMAIL.fullmatch(name):
        return True
    if _MARKED.fullmatch(name):
        return not _NAMED.fullmatch(name)
    return bool(_PLAIN.fullmatch(name)) and _is_site(name)


def _is_site(name: str) -> bool:
    """A word ending in what sites are called: crimewire, hafenpost."""
    suffix = re.search(
        r"(?:news|wire|post|daily|times|media|blog|press|today|online|viral|feed|hub|buzz|zone|king)$", name
    )
    return bool(suffix) and name not in english_words()


@cache
def _entries(section: str) -> frozenset[str]:
    return frozenset(e.phrase for e in shipped_lexicon("site-roles.txt") if e.tag == section)


@cache
def _label() -> re.Pattern[str]:
    labels = sorted(_entries("label"), key=lambda entry: (-len(entry), entry))
    firsts = re.escape("".join(sorted({entry[0] for entry in labels})))
    return re.compile(
        rf"[^\w]{{0,4}}(?=[{firsts}])(?:{'|'.join(map(re.escape, labels))})(?<=[:\w-])(?:\s+|(?<=:))(?=\S)"
    )
