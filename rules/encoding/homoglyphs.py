"""ENC004: Latin words in which letters of another script stand that look the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import english_words, shipped_lexicon
from linter.model import Hit

_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_OTHER = "\u0250-\u02af\u0370-\u052f\u0530-\u058f\u13a0-\u13ff\ua4d0-\ua4ff"
_MIXED = re.compile(f"[{_LATIN}{_OTHER}'’]*(?:[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}])[{_LATIN}{_OTHER}'’]*")
_FOREIGN_WORD = re.compile(f"(?<![{_LATIN}])[{_OTHER}]{{2,}}(?![{_LATIN}])")
_PHONETIC = re.compile("[ˈˌːəɛɔʃʒθðŋʊʌɒæɜɐɾʔɹ]")


@cache
def _tables() -> tuple[dict[str, str], frozenset[str]]:
    """Look-alikes -> Latin letters, and those of them that science uses as signs."""
    entries = shipped_lexicon("confusables.txt")
    latin = {entry.phrase: entry.meaning or "" for entry in entries}
    return latin, frozenset(entry.phrase for entry in entries if entry.tag == "greek")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the mixed words, with the word they look like."""
    latin, greek = _tables()
    text = analysis.text
    for match in _MIXED.finditer(text):
        word = match.group().strip("'’")
        foreign = [char for char in word if char in latin]
        native = [char for char in word if char not in latin and "LATIN" in unicodedata.name(char, "")]
        if not foreign or not native or any(_is_foreign(char) and char not in latin for char in word):
            continue
        plain = "".join(latin.get(char, char) for char in word)
        known = plain.lower() in english_words() or plain.lower().rstrip("s") in english_words()
        if _PHONETIC.search(word) or _in_phonetics(text, match.start(), match.end()):
            continue
        if set(foreign) <= greek and not (known and len(native) >= 2):
            continue  # NFκB, PPARα, Δx: signs of science
        if len(foreign) > len(native) and not known:
            continue  # a Russian or Greek word with a Latin letter
        start = match.start() + match.group().index(word)
        yield Hit(
            start, start + len(word), suggestion=plain, values={"plain": plain, "letters": ", ".join(foreign[:4])}
        )


def _is_foreign(char: str) -> bool:
    return bool(re.match(f"[{_OTHER}]", char))


def _in_phonetics(text: str, start: int, end: int) -> bool:
    """Does the word stand between slashes or brackets, as a pronunciation does?"""
    return text[max(start - 1, 0) : start] in ("/", "[") or text[end : end + 1] in ("/", "]")
