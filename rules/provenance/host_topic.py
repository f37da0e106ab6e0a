"""PRV005: the host (of the article's address or its source line) belongs to an institution, the story does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_HOST = re.compile(r"^(?:https?://)?([^/:?#]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,10})(?:/[^\s)\]]*)?", re.IGNORECASE)
_SOURCE = re.compile(r"\W*(?:source|via|original|nguồn|quelle|fuente|fonte|kaynak|sumber)\b")
_INSTITUTION = re.compile(r"\.(?:edu|ac|gov|gob|go|sch|mil)\.[a-z]{2}$")
_CAMPUS = ("universit", "campus", "student", "facult", "professor", "school", "colleg", "academ", "rector", "research",
           "lectur", "scholar", "alumni", "teacher", "pupil", "exam", "institut", "laborator")  # fmt: skip
_OFFICE = ("minist", "department", "council", "municipal", "governm", "agency", "authorit", "regulat", "consultation",
           "parliament", "commission", "public", "mayor", "citizen", "federal", "office", "policy")  # fmt: skip
_LEAST, _SHARE = 3, 0.012  # words of the institution's own sphere, and their share, that make a story its own
_TAIL_LINES = 4


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the source line's domain, or an absence where it is the article's own address."""
    url = _HOST.match((analysis.article.url or "").strip())
    if url and _foreign(analysis, url[1].lower(), None):
        yield Hit(0, 0, values={"match": url[1]})
        return
    for line in analysis.lines[-_TAIL_LINES:]:
        if not _SOURCE.match(analysis.folded, line.start, line.end):
            continue
        for match in _DOMAIN.finditer(analysis.text, line.start, line.end):
            if _foreign(analysis, match[1].lower(), (line.start, line.end)):
                yield Hit(match.start(), match.end())


def _foreign(analysis: Analysis, host: str, outside: tuple[int, int] | None) -> bool:
    if not _INSTITUTION.search(host):
        return False
    text = analysis.folded if outside is None else analysis.folded[: outside[0]] + analysis.folded[outside[1] :]
    labels = [label for label in host.split(".")[:-2] if len(label) > 3]
    if any(re.search(rf"\b{re.escape(label)}\b", text) for label in labels):
        return False
    words = _CAMPUS if re.search(r"\.(?:edu|ac|sch)\.", host) else _OFFICE + _CAMPUS
    tokens = text.split()
    own = sum(word.lstrip("\"'(").startswith(words) for word in tokens)
    return own < max(_LEAST, _SHARE * len(tokens))
