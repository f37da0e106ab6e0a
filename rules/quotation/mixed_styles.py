"""QUO002: curly and straight double quotation marks in one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_CODE = re.compile(r"[{}<>=;\\]|\w\(")
_STRAIGHT, _CURLY = re.compile(r'"(?:[^"\n]{1,300}")?'), re.compile(r"[“”](?:[^“”\n]{1,300}”)?")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the first quotation in the marks that are fewer, where both kinds have their share."""
    text = analysis.text
    if '"' not in text or ("“" not in text and "”" not in text):
        return
    curly = text.count("“") + text.count("”")
    straight = [
        match
        for line in analysis.lines
        if '"' in text[line.start : line.end] and not _CODE.search(text, line.start, line.end)
        for match in _STRAIGHT.finditer(text, line.start, line.end)
        if not text[match.start() - 1 : match.start()].isdigit()
    ]
    marks = sum(2 if len(match.group()) > 1 else 1 for match in straight)
    if min(marks, curly) < max(options["least"], options["share"] * (marks + curly)):
        return
    first = straight[0] if marks <= curly else _CURLY.search(text)
    if first:
        yield Hit(first.start(), first.end(), values={"rate": f"{curly} curly, {marks} straight"})
