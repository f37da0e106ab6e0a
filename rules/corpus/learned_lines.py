"""XDC004: lines that were learned to stand in many records of the article's site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis, Line, ends_in_stop
from linter.corpus.sitelines import first_word, fold_tokens
from linter.model import Hit

_TITLE_WORDS = 6  # most of a section's title


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the lines, tagged where they might be the site's own wording: `title` of a section, `prose` seen seldom."""
    for known in analysis.template_lines:
        for line in analysis.lines:
            tokens = analysis.line_tokens[line.index]
            if first_word(tokens) not in known.first_words:
                continue
            records = known.lines.get(fold_tokens(tokens))
            if records is not None and line.zone != "headline":
                tag = _doubt(analysis, line, records, options["often"])
                yield Hit(line.start, line.end, tag, values={"records": records or "many"})


def _doubt(analysis: Analysis, line: Line, records: str, often: float) -> tuple[str, ...]:
    if _is_title(analysis, line):
        return ("title",)
    # An introduction to a series, a paragraph of background that a story's sequels repeat.
    return ("prose",) if analysis.is_prose(line) and _share(records) < often else ()


def _is_title(analysis: Analysis, line: Line) -> bool:
    """Is a line short, without a stop, and between paragraphs?"""
    if line.zone != "body" or len(analysis.line_words(line)) > _TITLE_WORDS:
        return False
    beside = analysis.lines[line.index - 1], analysis.lines[line.index + 1]
    return not ends_in_stop(analysis.text, line.start, line.end) and all(analysis.is_prose(one) for one in beside)


def _share(records: str) -> float:
    """ "12 of 40" -> 0.3; 1 where nothing is said of how many."""
    stood, _, total = records.replace(",", "").partition(" of ")
    return int(stood) / int(total) if stood.isdecimal() and total.isdecimal() and int(total) else 1.0
