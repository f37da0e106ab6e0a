"""Every word of a text as one character, so that patterns over words and their classes are regular expressions.

A word of the table has a code point of its own, and a second one for its capitalised form; words of the same classes
stand beside each other, so that a class is a few ranges. What the table does not know has a code by its form: `x` an
unknown word, `X` one with a capital, `A` all capitals, `0` a number, `1` one or less, `Y` a year, `o` an ordinal,
`p` and `P` a possessive, `h` and `H` words with hyphens, and every sign is itself.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import cache
from itertools import chain
from operator import itemgetter

from linter.lexicon import BUILTIN, shipped_lexicon

FILE = BUILTIN.parent / "tables" / "words.z"
MOST_WORDS = 27_136  # twice as many code points stay below the surrogates
_FIRST, _FIRST_CAPITAL = 0x100, 0x100 + MOST_WORDS
_CHUNKS, _LONGEST_CHUNK = 100_000, 40  # that are remembered, at most: 20 MB; code points
_TOKENS, _CODES = itemgetter(0), itemgetter(1)

# The classes of the table, in the order of their bits.
CLASSES = (
    "singular", "plural", "base", "verb-s", "past", "participle", "ing", "adjective", "adverb", "comparative",
    "superlative", "countable", "function",
)  # fmt: skip
TOKEN = re.compile(r"\w+(?:[-'.,]\w+)*|[^\w\s]|\n")
_FUNCTION = CLASSES.index("function")
_NAMES_FIRST = frozenset(("will", "may", "might", "can"))  # with a capital rather a name, a month, or no statement
_NUMBER = re.compile(r"[\d.,]+(?:k|m|bn|s|st|nd|rd|th)?")
_DASHES = dict.fromkeys("–—‐‑-", "-")
NAME = f"XAHP{chr(_FIRST_CAPITAL)}-{chr(_FIRST_CAPITAL + MOST_WORDS - 1)}"  # inside the brackets of a set
UNKNOWN = "xh"


class WordCodes(dict[str, str]):
    """The code of each token of unfolded text (typography unified); what is not in the table is worked out."""

    def __init__(self, groups: Iterable[tuple[int, list[str]]]) -> None:
        super().__init__()
        self.words: list[str] = []
        self._ranges: list[tuple[int, int, int]] = []  # class bits, first and last code point
        for bits, words in groups:
            first = _FIRST + len(self.words)
            self.words += words
            last = _FIRST + len(self.words) - 1
            self._ranges.append((bits, first, last))
        self.update(zip(self.words, map(chr, range(_FIRST, _FIRST + len(self.words))), strict=True))
        self._function = range(0)
        for bits, first, last in self._ranges:
            if bits >> _FUNCTION & 1:
                self._function = range(first, last + 1)

    def __missing__(self, token: str) -> str:
        first = token[0]
        if not (first.isalnum() or first == "_"):
            return _DASHES.get(token, token if token.isascii() else "u")
        if first.isdigit() and _NUMBER.fullmatch(token):
            if len(token) == 4 and token.isdigit() and token[:2] in ("18", "19", "20"):
                return "Y"
            if token == "1" or token.startswith("0."):
                return "1"
            return "o" if token[-2:] in ("st", "nd", "rd", "th") else "0"
        lower = token.lower()
        if token.endswith(("'s", "s'")) and lower not in self:
            return "P" if first.isupper() else "p"
        if not first.isupper():
            return self[lower] if lower != token and lower in self else "h" if "-" in token else "x"
        if len(token) > 1 and token.isupper():
            return "A"
        known = self.get(lower)
        if known is None:
            return "H" if "-" in token else "X"
        if self.is_function(known) and lower not in _NAMES_FIRST:
            return known
        return chr(ord(known) + MOST_WORDS) if ord(known) >= _FIRST else "X"

    def is_function(self, code: str) -> bool:
        """Is it a word of the closed classes?"""
        return ord(code) in self._function

    def of_class(self, name: str) -> list[tuple[int, int]]:
        """The ranges of code points of a class. Raises KeyError for an unknown one."""
        if name not in CLASSES:
            raise KeyError(name)
        bit = CLASSES.index(name)
        return [(first, last) for bits, first, last in self._ranges if bits >> bit & 1]

    def number(self, code: str) -> int:
        """The number of a word's code, whether capitalised or not; -1 for what the table does not know."""
        value = ord(code) - _FIRST
        return -1 if value < 0 else value if value < MOST_WORDS else value - MOST_WORDS


class Chunks(dict[str, tuple[tuple[str, ...], str]]):
    """The tokens of what stands between two blanks, and their codes: most of a text has been met before."""

    def __init__(self, words: WordCodes) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, chunk: str) -> tuple[tuple[str, ...], str]:
        tokens = tuple(TOKEN.findall(chunk))
        known = tokens, "".join(map(self._words.__getitem__, tokens))
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _CHUNKS:
                self.clear()
            self[chunk] = known
        return known


@cache
def known_chunks() -> Chunks:
    """The chunks by the shipped table."""
    return Chunks(word_codes())


def tokens_and_codes(plain: str) -> tuple[list[str], str]:
    """The words, signs and line breaks of a text (typography unified), and their codes: no token goes over a blank."""
    # Told apart by blanks alone: other white space within a chunk parts its tokens as well.
    chunks = list(map(known_chunks().__getitem__, plain.replace("\n", " \n ").split(" ")))
    return list(chain.from_iterable(map(_TOKENS, chunks))), "".join(map(_CODES, chunks))


@cache
def word_codes() -> WordCodes:
    """The shipped table."""
    lines = zlib.decompress(FILE.read_bytes()).decode().splitlines()
    return WordCodes((int(bits), words.split(" ")) for bits, words in (line.split("\t") for line in lines))


@cache
def closed_class(name: str) -> frozenset[str]:
    """The words of a section of function-words.txt; empty for an unknown one."""
    return frozenset(entry.phrase for entry in shipped_lexicon("function-words.txt") if entry.tag == name)
