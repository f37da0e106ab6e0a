"""ENC001: runs of characters that are the bytes of UTF-8 read as Windows-1252."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

# Windows-1252 leaves five bytes undefined; decoders pass them on as C1 controls, as Latin-1 does with all of them.
_BYTE = {chr(byte): byte for byte in range(256)}
_BYTE |= {char: byte for byte in range(128, 160) if (char := bytes([byte]).decode("cp1252", "ignore"))}
_TRAIL = "[" + "".join(re.escape(char) for char, byte in _BYTE.items() if 0x80 <= byte <= 0xBF) + "]"
# The closing quotation mark ends in a byte that Windows-1252 leaves undefined; some programs drop it: "â€" is left.
_CUT_QUOTE = "â€"
_SEQUENCE = re.compile(f"(?:[Â-ß]{_TRAIL}|[à-ï]{_TRAIL}{{2}}|[ð-ó]{_TRAIL}{{3}})+|{_CUT_QUOTE}(?![\\x80-\xbf])")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[\w'’]*\Z"), re.compile(rf"(?:(?!{_SEQUENCE.pattern})[\w'’])*")
_CLOSING = frozenset("»”’›")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the words that hold such runs, with the repaired word."""
    text, reached = analysis.text, 0
    for match in _SEQUENCE.finditer(text):
        repaired = _repaired(match.group())
        if repaired is None or match.start() < reached or not _plausible(text, match, repaired):
            continue
        before = _WORD_BEFORE.search(text, max(match.start() - 30, reached), match.start())
        start = before.start() if before else match.start()
        end = _end_of_word(text, match.end())
        word = _SEQUENCE.sub(lambda m: _repaired(m.group()) or m.group(), text[start:end])
        reached = end
        yield Hit(start, end, suggestion=word, values={"repaired": word})


def _end_of_word(text: str, end: int) -> int:
    """The end of the word that goes on at `end`, with further sequences in it."""
    while True:
        after = _WORD_AFTER.match(text, end)
        end = after.end() if after else end
        more = _SEQUENCE.match(text, end)
        if not more or _repaired(more.group()) is None:
            return end
        end = more.end()


def _repaired(run: str) -> str | None:
    """The run read as UTF-8, twice if it was damaged twice; None where it is no UTF-8."""
    if run == _CUT_QUOTE:
        return "”"
    try:
        text = bytes(_BYTE[char] for char in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    again = _repaired(text) if len(text) > 1 and all(char in _BYTE for char in text) else None
    return again or text


def _plausible(text: str, match: re.Match[str], repaired: str) -> bool:
    """Would a writer have meant this? Not where a capital's closing quotation mark happens to fit."""
    run = match.group()
    if len(run) == 2 and run[1] in _CLOSING and match.start() and text[match.start() - 1].isupper():
        return False
    for char in repaired:
        code, kind = ord(char), unicodedata.category(char)
        if 0x250 <= code <= 0x36F or kind in ("Cn", "Co", "Cs"):  # IPA, modifiers, combining marks, unassigned
            return False
        if 0x370 <= code < 0x800 and len(repaired) < 2:  # one Greek, Cyrillic, Hebrew letter proves nothing
            return False
    return True
