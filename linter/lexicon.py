"""Lexicon files: one entry per line, `#` comments, `[tag]` sections, and after a tab what an entry stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path

from msgspec import Struct

BUILTIN = Path(__file__).parent / "rules" / "lexicons"
if not BUILTIN.is_dir():  # a checkout: rules/ stands beside linter/
    BUILTIN = Path(__file__).parent.parent / "rules" / "lexicons"


class LexiconError(ValueError):
    """A lexicon that is not there, can't be read, or has no entries."""


class Entry(Struct, frozen=True, gc=False):
    """A word or phrase, the tag of its section, and what it stands for."""

    phrase: str
    tag: str | None = None
    meaning: str | None = None


def read_lexicon(name: str, folder: Path = BUILTIN) -> list[Entry]:
    """The entries of a lexicon in a folder or among the shipped ones. Raises LexiconError."""
    for place in (folder, BUILTIN):
        path = place / name
        if path.is_file():
            break
    else:
        raise LexiconError(f"no lexicon '{name}' beside the rule or among the shipped ones")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise LexiconError(f"'{name}' can't be read: {err}") from None
    entries = parse_lexicon(lines)
    if not entries:
        raise LexiconError(f"'{name}' has no entries")
    return entries


def parse_lexicon(lines: Iterable[str]) -> list[Entry]:
    """The entries in the lines of a lexicon."""
    tag, entries = None, []
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("[") and line.rstrip().endswith("]") and "\t" not in line:
            tag = line.strip()[1:-1]
            continue
        phrase, _, meaning = line.partition("\t")
        entries.append(Entry(phrase.strip(), tag, meaning.strip() or None))
    return entries


@cache
def shipped_lexicon(name: str) -> tuple[Entry, ...]:
    """The entries of a lexicon in rules/lexicons: for coded rules. Raises LexiconError."""
    return tuple(read_lexicon(name))


@cache
def shipped_phrases(name: str) -> re.Pattern[str]:
    """Any entry of a lexicon in rules/lexicons, lower case, in folded text, as whole words. Raises LexiconError."""
    phrases = "|".join(re.escape(entry.phrase.lower()) for entry in shipped_lexicon(name))
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


@cache
def frequent_words(count: int) -> tuple[str, ...]:
    """The commonest English words, the most frequent first."""
    with (BUILTIN / "english-words.txt").open(encoding="utf-8") as lines:
        return tuple(islice((line.rstrip("\n") for line in lines if not line.startswith("#")), count))


@cache
def english_words() -> frozenset[str]:
    """The common English words, lower case: for telling a word from a slug or from two words glued together."""
    lines = (BUILTIN / "english-words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
