"""PRV006: the label that says what kind of text an article is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the label, where the article shows one."""
    genre = analysis.genre
    if genre.label and genre.name:
        field, start, end = genre.label
        yield Hit(start, end, field=field, values={"genre": genre.name})
