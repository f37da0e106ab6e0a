"""CAP007: two captions of one picture side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from linter.analysis import Analysis
from linter.kinds import Context, Found
from linter.kinds.repetition import Params, RepetitionCheck, build
from linter.model import Hit


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield both sentences; tagged `top` where they open the text, where a deck and a lede may be alike."""
    for hit in _check(tuple(options.items())).run(analysis, Found((), ())):
        if "glued" not in hit.tags and analysis.line_at(hit.start).index == (analysis.lines[0].zone == "headline"):
            hit.tags = (*hit.tags, "top")
        yield hit


@cache
def _check(options: tuple[tuple[str, Any], ...]) -> RepetitionCheck:
    return build(Params(unit="sentence", **dict(options)), Context(folder=Path(__file__).parent, builtin=True))
