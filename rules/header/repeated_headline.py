"""HDR007: the headline once more among the first lines, in whatever case, also at the end of a breadcrumb trail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis, ends_in_stop
from linter.model import Hit
from linter.words import fold_words

_SUFFIX = re.compile(r"\s+(?:[|⋆★»«•·~]|[–—-])\s+[^|⋆★»«•·~–—]{2,40}$")  # a site's name behind a title
_TRAIL = re.compile(
    r"\W{0,3}(?:[Hh]ome(?=[A-Z]|\s*[»›>/|→-])|HOME\b|[Yy]ou are here|Startseite|Inicio|Accueil|Trang chủ|Beranda)"
)
_TRAIL_WORDS, _LONGEST = 10, 200
_NEAR = 2  # lines: a first line that is not the title may be a label of a list, which comes back further down


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield later copies of the title, of its part before a site's name, or of the first line (`trail`: in one)."""
    overlap, least, lines = options["overlap"], options["least"], analysis.lines[: options["within"] + 2]
    title = analysis.article.title or ""
    first = analysis.text[lines[0].start : lines[0].end] if lines else ""
    shown = first if len(first) < _LONGEST and not ends_in_stop(first) else ""
    longest = max(len(title or analysis.headline or ""), len(shown))
    # The first copy is the headline itself: two lines at least have to be about as long.
    near = [line for line in lines if line.end - line.start <= 1.6 * longest + 120]
    trails = [line for line in near if _TRAIL.match(analysis.text, line.start, line.end)]
    similar = [line for line in near if 0.4 * longest <= line.end - line.start <= 1.6 * longest]
    if len(similar) < 2 and not trails:
        return
    groups = [[title, _SUFFIX.sub("", title)] if title else [analysis.headline or ""], *([[shown]] if shown else [])]
    known = [[words for wording in group if len(words := set(fold_words(wording))) >= least] for group in groups]
    seen = [0] * len(known)
    for line in near if any(known) else ():
        text = analysis.text[line.start : line.end]
        if line in trails and any(_ends_with(text, own) for own in _wordings(analysis, title)):
            yield Hit(line.start, line.end, ("trail",))
        elif line in similar:
            words = set(fold_words(text))
            alike = [any(len(own & words) >= overlap * len(own | words) for own in group) for group in known]
            alike[1:] = [same and line.index <= _NEAR for same in alike[1:]]
            seen = [count + same for count, same in zip(seen, alike, strict=True)]
            # The first copy in the text is the headline itself.
            if any(same and count > 1 for count, same in zip(seen, alike, strict=True)):
                yield Hit(line.start, line.end)


def _wordings(analysis: Analysis, title: str) -> list[str]:
    """What may stand at the end of a breadcrumb trail: the title, without the site's name too, or a first line."""
    first = [analysis.text[line.start : line.end] for line in analysis.lines[:5]]
    return [title, _SUFFIX.sub("", title), *(line for line in first if len(line) < _LONGEST)]


def _ends_with(text: str, headline: str) -> bool:
    folded, own = text.lower(), headline.lower().split(":")[0].strip(" .!?")
    if len(own.split()) < 5 or folded == headline.lower():
        return False
    at = folded.rfind(own)
    return at > 3 and len(folded[:at].split()) <= _TRAIL_WORDS and len(folded) - at - len(own) <= 40
