"""CAP007: two captions of one picture side by side, behind a cheap test that most articles fail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from linter.analysis import Analysis
from linter.kinds import Context, Found
from linter.kinds.repetition import Params, RepetitionCheck, build
from linter.model import Hit
from linter.words import STOP_WORDS

_GLUE = re.compile(r"[a-z]{2}[.!?][\"'”’)]?[A-Z][a-z]")
_SHARED = 3  # words besides stop words that two captions of one picture have in common
_SHARE, _DOUBLED = 0.35, 0.08  # of the words of the shorter line; of those of a line that holds both


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield both sentences; tagged `top` where they open the text, where a deck and a lede may be alike."""
    if not _may_hold(analysis, 7 * options["most_words"]):
        return
    for hit in _check(tuple(sorted(options.items()))).run(analysis, Found((), ())):
        if "glued" not in hit.tags and analysis.line_at(hit.start).index == (analysis.lines[0].zone == "headline"):
            hit.tags = (*hit.tags, "top")
        yield hit


@cache
def _check(options: tuple[tuple[str, Any], ...]) -> RepetitionCheck:
    return build(Params(unit="sentence", **dict(options)), Context(folder=Path(__file__).parent, builtin=True))


def _may_hold(analysis: Analysis, longest: int) -> bool:
    """Do two short lines that follow each other, or the sentences of one, share enough words?"""
    before: set[str] | None = None
    for line, tokens in zip(analysis.lines, analysis.line_tokens, strict=True):
        if line.end - line.start > longest:
            before = None
            continue
        words = set(tokens)
        if before is not None:
            shared = words & before
            least = min(len(words), len(before))
            if len(shared) > max(_SHARED - 1, _SHARE * least / 2):
                content = len(shared - STOP_WORDS)
                if content >= _SHARED and content >= _SHARE * min(len(words - STOP_WORDS), len(before - STOP_WORDS)):
                    return True
        before = words
        repeated = len(tokens) - len(words)
        if repeated >= _SHARED and repeated >= _DOUBLED * len(tokens):
            content = sum(token not in STOP_WORDS for token in tokens) - len(words - STOP_WORDS)
            if content >= _SHARED and content >= _DOUBLED * len(tokens):
                return True
        if repeated > 1 and _GLUE.search(analysis.text, line.start, line.end):
            return True
    return False
