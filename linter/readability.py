"""How hard a text is to read, by textstat. Information: its sign flips between labelled sets, so it is never scored.

Only measures that count letters, words and sentences: those of syllables would download a dictionary.
"""

from __future__ import annotations

from typing import NamedTuple

_PARAGRAPH = 12  # words of a line that counts; shorter ones are headings, captions, menus


class Grades(NamedTuple):
    """Coleman-Liau and the automated readability index in years of school; LIX and RIX as they are."""

    coleman_liau: float
    automated: float
    lix: float
    rix: float


def grades(text: str) -> Grades:
    """The grades of a text that has a word. The first call takes a second: textstat loads what it needs."""
    import textstat

    return Grades(*school_years(text), textstat.lix(text), textstat.rix(text))


def school_years(text: str) -> tuple[float, float]:
    """The first two of them: by Coleman and Liau, and the automated one."""
    import textstat

    return textstat.coleman_liau_index(text), textstat.automated_readability_index(text)


def paragraphs(text: str) -> str:
    """The paragraphs of an article, one behind the other, without what is too short for one."""
    return " ".join(line.strip() for line in text.splitlines() if len(line.split()) >= _PARAGRAPH)
