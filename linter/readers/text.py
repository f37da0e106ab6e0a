"""Plain text: the text is the source. Lines that an e-mail program or an editor wrapped are joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from linter.model import Article
from linter.readers.inputs import ReadOptions, read_whole
from linter.source import unify_breaks

SUFFIXES = (".txt", ".text")
WHOLE = True

_MIN_WIDTH, _MAX_WIDTH = 50, 100  # code points of a wrapped line: the usual limits are 60 to 80
# Two lines or more of such a width, and one that ends the group. Indentation, quotation marks of e-mail, headings and
# table rules at the start of a line say that its break is meant.
_GROUP = re.compile(rf"(?:^[^\s>|#][^\n]{{{_MIN_WIDTH - 1},{_MAX_WIDTH}}}\n){{2,}}[^\s>|#][^\n]*", re.MULTILINE)
_LIST_MARKER = re.compile(r"(?:[-*+•·▪◦‣–—]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)])[ \t]")
_COLUMNS = re.compile(r"\t|   |\|")
_STOP = re.compile(r"[.!?:;…][\"'”’)\]]*$")


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The article in a text file."""
    return read_whole(stream, path, options, parse)


def parse(source: str, path: str = "-") -> Article:
    """The article in a decoded text; text and source correspond character by character."""
    return Article(text=unwrap(unify_breaks(source)), source=source, profile="text", path=path)


def unwrap(text: str) -> str:
    """`text` with the breaks inside hard-wrapped paragraphs as spaces, of the same length.

    Only groups of three lines and more count in which every break was forced: the next line's first word would not
    have fitted. Lists, verse, columns and runs of one-line paragraphs stay as they are.
    """
    doubled = text.count("\n\n") + text.count("\n\r\n")
    if text.count("\n") < 2 * doubled + 2:  # fewer than two breaks without a blank line: the usual case, and cheap
        return text
    pieces: list[str] = []
    done = 0
    for match in _GROUP.finditer(text):
        start, end = match.span()
        if not (_blank_before(text, start) and _blank_after(text, end)):
            continue
        group = match.group()
        if _is_wrapped([line.rstrip() for line in group.split("\n")]):
            pieces += [text[done:start], group.replace("\r\n", "  ").replace("\n", " ")]
            if group.endswith("\r"):  # the break after the group is no part of it
                pieces[-1] = group[:-1].replace("\r\n", "  ").replace("\n", " ") + "\r"
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _blank_before(text: str, start: int) -> bool:
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    return not above.strip()


def _blank_after(text: str, end: int) -> bool:
    below = text.find("\n", end + 1)
    return not text[end : below if below >= 0 else None].strip()


def _is_wrapped(lines: list[str]) -> bool:
    *inner, _ = lines
    widths = [len(line) for line in lines]
    width = max(widths)
    if not all(_MIN_WIDTH <= length <= _MAX_WIDTH for length in widths[:-1]) or width > _MAX_WIDTH:
        return False
    if any(_LIST_MARKER.match(line) or _COLUMNS.search(line) for line in lines):
        return False
    first_words = [line.split(None, 1)[0] for line in lines[1:]]
    if any(length + 1 + len(word) <= width for length, word in zip(widths, first_words, strict=False)):
        return False
    if not any(word[0].islower() for word in first_words):
        return False  # verse, or lines that each begin a sentence
    return sum(1 for line in inner if _STOP.search(line)) * 2 < len(inner)
