"""Patterns over the text that are too intricate for the shared scan: they run only where a cheap gate has passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.gate import gate_of
from linter.model import Hit


@cache
def _compiled(source: str) -> tuple[Any, re.Pattern[str]]:
    """The pattern, and an RE2 pattern that matches where it does, and elsewhere: ten times as fast."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(gate_of(source), options), re.compile(source)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the matches of `patterns` (each a pattern or {pattern, tag}) in the folded text; `span` is a group."""
    hits: list[Hit] = []
    for item in options["patterns"]:
        source, tag = (item, None) if isinstance(item, str) else (item["pattern"], item.get("tag"))
        gate, pattern = _compiled(source)
        if not gate.search(analysis.folded):
            continue
        for match in pattern.finditer(analysis.folded):
            group = "span" if match.groupdict().get("span") is not None else 0
            start, end = match.span(group)
            end = start + len(analysis.text[start:end].rstrip())
            if end > start:
                hits.append(Hit(start, end, (tag,) if tag else ()))
    yield from sorted(hits, key=lambda hit: (hit.start, -hit.end))
