"""Runs one check over one text, gated as in a real run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from linter.analysis import Analysis
from linter.kinds import Check, Context, Found, ParameterError, PhraseHit, build
from linter.model import Article, Hit, Zone
from linter.rulefile import Rule
from linter.scan import Plan

# 260 words of ordinary news prose: nothing in it is a trace of copying.
_WRAPPED = """Harbour bridge to close for nine months

By Ines Falk

The bridge over the harbour mouth will close to traffic on 3 March, the city council said on Tuesday, and will not
open again before the winter. Engineers found cracks in two of its eleven piers last autumn.

“We could have patched it once more,” said Tomas Brandt, who leads the council's works department. “But a patch would
have cost four million, and it would have lasted for perhaps five years.”

About 14,000 vehicles cross the bridge every day. Most of them will have to take the tunnel, which is eight kilometres
further inland and already full in the morning. Two ferries will carry cyclists and people on foot free of charge.

Shopkeepers on the north side are worried. Maria Lund, who sells bread and coffee beside the old customs house, said
that three of four customers came across the bridge. “In March I shall see whether they like my bread well enough to
take a boat for it,” she said.

The council had asked three firms for a price. The lowest offer, of 31 million, came from a company that rebuilt the
railway bridge at Harrow in 2019; the work there was finished two months early, according to the railway.

Ms Lund's neighbour, a watchmaker, is less troubled. His customers, he said, had always known how to wait.

The steel for the new piers will be rolled at a mill up the river and brought down on barges, eighteen of them, as soon
as the ice has gone. The first is expected in the second week of March.
"""
PROSE = "\n\n".join(" ".join(paragraph.split()) for paragraph in _WRAPPED.split("\n\n")) + "\n"
BUILTIN = Context(folder=Path(__file__).parent, builtin=True)
USER = Context(folder=Path(__file__).parent, builtin=False)


def analysis_of(text: str, **fields: Any) -> Analysis:
    return Analysis(Article(text=text, source=text, **fields))


def hits(spec: dict[str, Any], text: str, *, context: Context = BUILTIN, **fields: Any) -> list[Hit]:
    """The hits of a check on a text, after a check that without its gates it finds the same."""
    check, analysis = build(spec, context), analysis_of(text, **fields)
    found = dict(Plan([check]).scan(analysis))
    gated = list(check.run(analysis, found[0])) if 0 in found else []
    assert gated == ungated(check, analysis)
    return gated


def ungated(check: Check, analysis: Analysis) -> list[Hit]:
    """The hits of a check when every gate passes and phrases are searched for one by one."""
    return list(check.run(analysis, Found(range(len(check.gates)), list(_phrases(check, analysis.folded)))))


def _phrases(check: Check, text: str) -> Iterator[PhraseHit]:
    def alike(at: int) -> bool:
        return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

    for number, phrase in enumerate(check.phrases):
        for start in range(len(text)):
            end = start + len(phrase)
            if text.startswith(phrase, start) and not alike(start) and not alike(end):
                yield PhraseHit(start, end, number)


def texts(spec: dict[str, Any], text: str, *, context: Context = BUILTIN, **fields: Any) -> list[str]:
    """The texts of the hits."""
    return [text[hit.start : hit.end] for hit in hits(spec, text, context=context, **fields)]


def refused(spec: dict[str, Any], *, context: Context = BUILTIN) -> tuple[str, str]:
    """(key, problem) of a check that can't be built."""
    with pytest.raises(ParameterError) as caught:
        build(spec, context)
    return caught.value.key, str(caught.value)


def zones(text: str, **fields: Any) -> list[Zone]:
    return [line.zone for line in analysis_of(text, **fields).lines]


def rule(id_: str, **keys: Any) -> Rule:
    """A rule that is nothing but its ID and the given keys."""
    example = [{"text": "a", "at": ["1:1-1:2"]}] * 2, [{"text": "a", "because": "b"}] * 2
    values = {
        "id": id_, "name": f"the-{id_.lower()}", "summary": "", "why": "", "message": "", "severity": "warning",
        "confidence": "likely", "category": "style", "check": {"kind": "pattern"},
        "examples": dict(zip(("bad", "good"), example, strict=True)), **keys,
    }  # fmt: skip
    return msgspec.convert(values, Rule)
