"""ENC001: runs of characters that are the bytes of UTF-8 read as Windows-1252, or as one of a few other encodings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit

# Windows-1252 leaves five bytes undefined; decoders pass them on as C1 controls, as Latin-1 does with all of them.
_BYTE = {chr(byte): byte for byte in range(256)}
_BYTE |= {char: byte for byte in range(128, 160) if (char := bytes([byte]).decode("cp1252", "ignore"))}
_TRAIL = "[" + "".join(re.escape(char) for char, byte in _BYTE.items() if 0x80 <= byte <= 0xBF) + "]"
# The closing quotation mark ends in a byte that Windows-1252 leaves undefined; some programs drop it: "â€" is left.
_CUT_QUOTE = "â€"
_SEQUENCE = re.compile(f"(?:[Â-ß]{_TRAIL}|[à-ï]{_TRAIL}{{2}}|[ð-ó]{_TRAIL}{{3}})+|{_CUT_QUOTE}(?![\\x80-\xbf])")
_MARKS = re.compile("[\u1e00-\u1eff\u2000-\u2bff\ufb00-\ufb06\ufeff\ufffd]")  # single ones that English has
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[\w'’]*\Z"), re.compile(rf"(?:(?!{_SEQUENCE.pattern})[\w'’])*")
_CLOSING = frozenset("»”’›")
# Russian and Ukrainian read as Windows-1251: every letter begins with one of these two capitals.
_CYRILLIC = re.compile(r"(?:[РС][\u0400-\u040f\u0450-\u045f\u0490\u0491\xa0-\xbf€‚ѓ„…†‡‰‹‘’“”•–—™›№]){3,}")
# The apostrophe's last two bytes were thrown away as control characters, or the first of a pair was left behind.
_STRIPPED = re.compile(
    r"(?<![^\W\d_])(?:(?:[Dd]o|[Dd]oes|[Dd]id|[Cc]a|[Ww]o|[Ii]s|[Ww]as|[Aa]re|[Ww]ere|[Hh]as|[Hh]ave|[Hh]ad|[Cc]ould|[Ww]ould|"
    r"[Ss]hould)nât|(?:[Ii]t|[Tt]hat|[Hh]e|[Ss]he|[Tt]here|[Ww]hat|[Ww]ho|[Ll]et|[Hh]ere|I|[Yy]ou|[Ww]e|[Tt]hey)"
    r"â(?:s|re|ve|ll|d|m))(?![^\W\d_])|(?<=[a-z.,!?])Â(?= [A-Za-z])|(?<= )Â(?= )"
)


@cache
def _others() -> tuple[re.Pattern[str], dict[str, str]]:
    """The damage that other encodings do, as one pattern, and what each stands for."""
    entries = shipped_lexicon("mojibake.txt")
    meanings = {entry.phrase: entry.meaning or "" for entry in entries}
    return re.compile("|".join(map(re.escape, sorted(meanings, key=len, reverse=True)))), meanings


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the words that hold such runs, with the repaired word."""
    others = list(_of_others(analysis.text))
    taken = {offset for hit in others for offset in range(hit.start, hit.end)}
    yield from others
    yield from (hit for hit in _western(analysis.text) if taken.isdisjoint(range(hit.start, hit.end)))


def _of_others(text: str) -> Iterator[Hit]:
    """The damage of other encodings, and what is left of Windows-1252 where bytes were thrown away."""
    pattern, meanings = _others()
    reached = 0
    for match in pattern.finditer(text):
        if match.start() < reached:
            continue
        start, reached = _word(text, match, reached)
        word = pattern.sub(lambda m: meanings[m.group()], text[start:reached])
        yield Hit(start, reached, suggestion=word, values={"repaired": word})
    for match in _CYRILLIC.finditer(text):
        try:
            word = match.group().encode("cp1251").decode("utf-8", "ignore")
        except UnicodeEncodeError:
            continue
        if len(word) * 2 >= len(match.group()) - 1 and all("\u0400" <= char <= "\u04ff" for char in word):
            yield Hit(match.start(), match.end(), suggestion=word, values={"repaired": word})
    for match in _STRIPPED.finditer(text):
        word = "" if match.group() == "Â" else match.group().replace("â", "’")
        yield Hit(match.start(), match.end(), suggestion=word, values={"repaired": word})


def _word(text: str, match: re.Match[str], least: int) -> tuple[int, int]:
    """The edges of the word around a match; not in scripts that put no blanks between words."""
    start, end = match.span()
    while start > least and (text[start - 1].isascii() and text[start - 1].isalnum()):
        start -= 1
    while end < len(text) and (text[end].isascii() and text[end].isalnum()):
        end += 1
    return start, end


def _western(text: str) -> Iterator[Hit]:
    """Windows-1252 and Latin-1."""
    reached = 0
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
        if len(repaired) < 2 and code >= 0x800 and not _MARKS.match(char):  # nor one of China's: "é", a blank and "»"
            return False
    return True
