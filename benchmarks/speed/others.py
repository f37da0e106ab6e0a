"""Other tools for text, called as their documentation says, in their default settings."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

from benchmarks.speed.contenders import BARE, NEWSLINT, Contender, Work
from benchmarks.speed.corpus import Corpus


def _filters() -> list[Any]:
    """The four filters in the order of FineWeb. Their words are those of a blank English spaCy: no data to fetch."""
    from datatrove.pipeline import filters

    names = ("GopherRepetitionFilter", "GopherQualityFilter", "C4QualityFilter", "FineWebQualityFilter")
    return [getattr(filters, name)() for name in names]


def _documents(corpus: Corpus) -> Any:
    from datatrove.data import Document

    return (Document(text=row.text, id=row.id) for row in corpus.rows)  # anew each time: C4's filter changes texts


def _filtering(corpus: Corpus) -> Work:
    filters = _filters()

    def work() -> None:
        for document in _documents(corpus):
            for step in filters:
                step.filter(document)

    return work


def _pipeline(corpus: Corpus) -> Work:
    filters = _filters()

    def work() -> None:
        documents = _documents(corpus)
        for step in filters:
            documents = step.run(documents)
        deque(documents, 0)

    return work


def _proselint(corpus: Corpus) -> Work:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    if not CheckRegistry().checks:
        CheckRegistry().register_many(__register__)
    return partial(_each, lambda text: LintFile("-", text).lint(), corpus)


def _langdetect(corpus: Corpus) -> Work:
    import langdetect

    langdetect.DetectorFactory.seed = 0

    def detect(text: str) -> None:
        with suppress(langdetect.LangDetectException):  # a text without a letter
            langdetect.detect(text)

    return partial(_each, detect, corpus)


def _textstat(corpus: Corpus) -> Work:
    import textstat

    measures = (
        textstat.automated_readability_index,
        textstat.coleman_liau_index,
        textstat.lix,
        textstat.rix,
    )  # Flesch's needs a dictionary of syllables, which textstat would fetch
    numbers = count()

    def measured(text: str) -> None:
        text = f"{text} {next(numbers)}"  # textstat remembers what it has measured: the next round must be new to it
        for measure in measures:
            measure(text)

    return partial(_each, measured, corpus)


def _each(call: Callable[[str], object], corpus: Corpus) -> None:
    for row in corpus.rows:
        call(row.text)


_DATATROVE = ("datatrove", "spacy")
OTHERS = (
    Contender("datatrove", "datatrove, its four filters, all on every text", _filtering, _DATATROVE, slow=True),
    Contender(
        "datatrove-stop", "datatrove, the same as a pipeline: stops at a rejection", _pipeline, _DATATROVE, slow=True
    ),
    Contender("proselint", "proselint, all checks", _proselint, ("proselint",), slow=True),
    Contender("langdetect", "langdetect, detect() of the text", _langdetect, ("langdetect",), slow=True),
    Contender("textstat", "textstat, ARI, Coleman-Liau, LIX and RIX", _textstat, ("textstat",), slow=True),
)
CONTENDERS = (*NEWSLINT, *OTHERS, *BARE)
