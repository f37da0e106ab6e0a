"""CAP011: a line that begins with the alternative text of an image near it, and goes on with a caption."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from linter import words as lexis
from linter.analysis import Analysis
from linter.model import Hit

_LEAST, _REST = 4, 3  # words of the alternative text, and of what follows it
_NEAR = 2  # lines behind the image


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the alternative text where it stands in the line; tagged `spaced` where a blank follows it."""
    page = analysis.article.page
    starts = [line.start for line in analysis.lines]
    seen: set[int] = set()
    for image in page.images if page else ():
        alt = " ".join(image.alt.split())
        if len(alt.split()) < _LEAST:
            continue
        first = max(bisect_right(starts, image.at) - 1, 0)
        for line in analysis.lines[first : first + _NEAR + 1]:
            at = analysis.text.find(alt, line.start, min(line.start + len(alt) + 2, line.end))
            end = at + len(alt)
            if at < 0 or at in seen or len(analysis.text[end : line.end].split()) < _REST:
                continue
            glued = analysis.text[end].isalnum()
            if glued or (alt[-1] in ".!?" and _says_the_same(alt, analysis.text[end : line.end])):
                seen.add(at)
                yield Hit(at, end, () if glued else ("spaced",))


def _says_the_same(alt: str, rest: str) -> bool:
    """Do the two share half of the words of the shorter one?"""
    one, other = (set(lexis.stems(text.lower())) for text in (alt, rest))
    return bool(one and other) and len(one & other) * 2 >= min(len(one), len(other))
