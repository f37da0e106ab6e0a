"""SRC007: the place and date of a report, or its agency, before its first words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the dateline of event news."""
    if analysis.dateline and not analysis.genre.unsourced:
        yield Hit(*analysis.dateline)
