"""Kind `wording`: odd wordings of paraphrasing machines, from the table of `linter.oddtable`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from linter.analysis import Analysis
from linter.kinds import Context, Found, ParameterError, Strict
from linter.model import Hit
from linter.oddtable import KINDS

_GRADES = ("weak", "plain", "strong", "beside")
_SHORT_QUOTATION = 5  # words: what is quoted so short is spoken of, or somebody's own word
_NAMED = ("collocation", "compound")  # words with capitals may be a name, and are none of these


class Params(Strict, frozen=True, kw_only=True):
    """Which wordings. A hit has the tag weak, plain or strong, by how odd it is, or beside: believed beside others."""

    list: Literal["collocation", "compound", "marker", "idiom"]
    alone: bool = True  # weak hits also where there is no better one of any list


class WordingCheck:
    """Yields the wordings of one kind; all kinds are looked up together, once for an article."""

    gates = ()
    phrases = ()

    def __init__(self, params: Params) -> None:
        self._kind = KINDS.index(params.list)
        self._named = params.list in _NAMED
        self._alone = params.alone

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per wording, with the usual one as the suggestion."""
        coded = analysis.coded
        for wording in coded.odd_wordings:
            if wording.kind != self._kind or not (wording.level or self._alone or coded.is_rewritten):
                continue
            if self._named and coded.has_capital(wording.first + 1, wording.end):
                continue
            span = coded.span(wording.first, wording.end)
            if 0 < analysis.quotation_words(*span) <= _SHORT_QUOTATION:
                continue
            yield Hit(*span, (_GRADES[wording.level],), suggestion=wording.meaning)


def build(params: Params, context: Context) -> WordingCheck:
    """The check; the table is loaded when an article is looked at. Raises ParameterError in rules of users."""
    if not context.builtin:
        raise ParameterError("kind", "the table is newslint's own: use `phrases` with a lexicon of yours")
    return WordingCheck(params)
