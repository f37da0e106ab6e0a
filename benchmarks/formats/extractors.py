"""What extractors make of pages, and how much of the article and of the rest they keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from benchmarks.formats.corpus import Row
from benchmarks.formats.stored import articles_in, pages_in

SHINGLE = 5  # words


class Extracted(msgspec.Struct):
    """What one extractor made of the pages: characters without white space, and shares of gold and residue."""

    tool: str
    pages: int = 0
    characters: int = 0
    gold: float | None = None
    residue: float | None = None
    times: list[float] = []


Tool = Callable[[Path], Iterator[str]]


def _own(path: Path, main: bool) -> Iterator[str]:
    for article in articles_in([path]):
        yield article.text if main or not article.beside else f"{article.text}\n\n{article.beside.text}"


def _trafilatura(path: Path, fast: bool) -> Iterator[str]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    for page in pages_in(path):
        yield trafilatura.extract(page.decode("utf-8", "replace"), fast=fast) or ""


def _resiliparse(path: Path, main: bool) -> Iterator[str]:
    from resiliparse.extract.html2text import extract_plain_text

    for page in pages_in(path):
        yield extract_plain_text(page.decode("utf-8", "replace"), main_content=main)


# With the library that each needs beside fastwarc.
ALONE = "fastwarc alone, with all markup"
TOOLS: dict[str, tuple[str, Tool]] = {
    ALONE: ("fastwarc", lambda path: (page.decode("utf-8", "replace") for page in pages_in(path))),
    "newslint: all that is visible": ("fastwarc", partial(_own, main=False)),
    "newslint: what is labelled the article": ("fastwarc", partial(_own, main=True)),
    "resiliparse, main_content=False": ("resiliparse", partial(_resiliparse, main=False)),
    "resiliparse, main_content=True": ("resiliparse", partial(_resiliparse, main=True)),
    "trafilatura, fast=True": ("trafilatura", partial(_trafilatura, fast=True)),
    "trafilatura, default": ("trafilatura", partial(_trafilatura, fast=False)),
}


def looked_at(name: str, texts: Iterator[str], rows: Iterator[Row]) -> Extracted:
    """What of the pages is in the texts made of them.

    Gold: the share of the article's runs of five words; residue: of the lines of three words and more beside it.
    """
    found, gold, golden, lines, kept = Extracted(name), 0, 0, 0, 0
    for text, row in zip(texts, rows, strict=False):
        found.pages += 1
        squashed, words = _squash(text), row.text.split()
        found.characters += len(squashed)
        runs = {_squash("".join(words[n : n + SHINGLE])) for n in range(len(words) - SHINGLE + 1)}
        article = _squash(row.text)
        beside = {_squash(line) for line in row.residue if len(line.split()) >= 3} - {""}
        beside = {line for line in beside if line not in article}
        gold, golden = gold + len(runs), golden + sum(run in squashed for run in runs)
        lines, kept = lines + len(beside), kept + sum(line in squashed for line in beside)
    if name == ALONE:
        return found
    found.gold, found.residue = golden / gold if gold else None, kept / lines if lines else None
    return found


def _squash(text: str) -> str:
    return "".join(text.split())
