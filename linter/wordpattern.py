"""Patterns over words and word classes, compiled to regular expressions over the codes of `linter.wordcodes`.

    will [any]{0,8} (when|after) [determiner] [noun] (is|are) (hit|struck)

A bare word is that word, whatever its case; `[class]` any word of a class; `[a&b]` of both, `[a/b]` of either,
`[a&!b]` of a and not b; a quoted sign (`","`) that sign. Groups, alternatives, repetitions, look-ahead, look-behind
and named groups are those of `re`; blanks between the parts mean nothing. `{name}` stands for a part that several
patterns share (grammar/fragments.txt). Classes: those of `wordcodes.CLASSES`, the sections of function-words.txt, the
slots of the rule (lexicon sections), single words, and those below. Words with a capital are names, and in no class of
the table; `[Plural]` is the class with them, for the start of a sentence.

    noun verb           singular or plural; any form of a verb
    name                a word with a capital that is no function word, or a possessive of one
    capital             the same without possessives
    unknown             a word in lower case that the table does not have
    number year ordinal in digits
    count               a number in digits, but no year and not 1
    owner               a possessive with 's
    hyphened            words joined by hyphens
    word                any word or number
    any                 any word, number or sign but stops and line breaks
    token               anything but a line break
    stop                . ! ? ; : and line breaks
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property

from linter.lexicon import shipped_lexicon
from linter.wordcodes import CLASSES, MOST_WORDS, closed_class, word_codes

_PART = re.compile(
    r"\s+|\((?P<words>[a-z']+(?:\s*\|\s*[a-z']+)+)\)|(?P<plain>\(\?P<\w+>|\(\?<?[:=!]|[()|]|[?*+]\??|\{\d*,?\d*\}\??|[$^])|\[(?P<set>[^\]]+)\]|\"(?P<sign>[^\"]+|\")\""
    r"|(?P<word>[a-z0-9]+(?:'[a-z]+)?)"
)
_FRAGMENT = re.compile(r"\{([a-z][a-z-]*)\}")
_TERM = re.compile(r"([&/]?)(!?)([A-Za-z0-9'-]+)")
_STOPS = ".!?;:\n"
_WORD_FORMS = "xXA0YopPhH"
Slots = Mapping[str, Iterable[str]]


class WordPatternError(ValueError):
    """A pattern that can't be compiled, and why."""


class WordPattern:
    """A pattern over codes; compiled when it is first used."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.source)


def compile_words(pattern: str, slots: Slots | None = None) -> WordPattern:
    """A pattern over codes from one over words. Raises WordPatternError; `check` finds what is wrong with the codes."""
    pattern = _FRAGMENT.sub(_fragment, pattern)
    at, depth = 0, 0
    parts: list[str] = []
    while at < len(pattern):
        match = _PART.match(pattern, at)
        if match is None:
            raise WordPatternError(f"{pattern[at : at + 20]!r} is no part of a word pattern")
        at = match.end()
        if match["plain"]:
            part = match["plain"]
            depth += part.startswith("(") - (part == ")")
            if part == "|" and not depth:
                raise WordPatternError("alternatives need brackets round them")
            parts.append(part)
            continue
        if match["set"]:
            codes = _set(match["set"], slots or {})
        elif match["words"]:
            codes = _union(_word(word.strip()) for word in match["words"].split("|"))
        elif match["sign"]:
            codes = _signs(match["sign"])
        elif match["word"]:
            codes = _word(match["word"])
        else:
            continue
        parts.append(_brackets(codes))
    return WordPattern("".join(parts))


def check(pattern: WordPattern) -> None:
    """Raise WordPatternError for a pattern that can't be compiled, or matches nothing at all or any word."""
    try:
        anything = pattern.regex.match("") or pattern.regex.match("x")
    except re.error as err:
        raise WordPatternError(str(err)) from None
    if anything:
        raise WordPatternError("it matches the empty text or any word")


def _fragment(match: re.Match[str]) -> str:
    for entry in shipped_lexicon("grammar/fragments.txt"):
        if entry.phrase == match[1]:
            return f"(?:{entry.meaning})"
    raise WordPatternError(f"no part {{{match[1]}}} in grammar/fragments.txt")


@cache
def _word(word: str) -> int:
    code = word_codes().get(word)
    if code is None:
        raise WordPatternError(f"'{word}' is not in the table of words (scripts/build_word_codes.py makes it)")
    # Function words are written as codes without regard to case; one with a capital is a name ("May", "Will").
    return 1 << ord(code) | (0 if word_codes().is_function(code) else 1 << ord(code) + MOST_WORDS)


def _set(expression: str, slots: Slots) -> int:
    found = end = 0
    for match in _TERM.finditer(expression):
        if match.start() != end or bool(match[1]) != bool(end):
            break
        end = match.end()
        codes = _class(match[3], slots)
        if match[2]:
            codes = _EVERYTHING & ~codes
        found = codes if not match[1] else found & codes if match[1] == "&" else found | codes
    if end != len(expression):
        raise WordPatternError(f"[{expression}] is not a set: expected classes with & or / between, ! for not")
    return found


def _class(name: str, slots: Slots) -> int:
    if name[0].isupper():
        codes = _class(name.lower(), slots)
        return codes | (codes & _SMALL) << MOST_WORDS
    if name in slots:
        known = word_codes()
        return _union(1 << ord(known[word]) for word in slots[name] if word in known)
    if name in _FORMS:
        return _FORMS[name]()
    if name in CLASSES:
        return _of_table(name)
    if words := closed_class(name):
        return _union(map(_word, words))
    if name in word_codes():
        return _word(name)
    raise WordPatternError(f"[{name}] is no class and no word of the table")


@cache
def _of_table(*names: str) -> int:
    return _union(_span(first, last) for name in names for first, last in word_codes().of_class(name))


def _union(sets: Iterable[int]) -> int:
    whole = 0
    for codes in sets:
        whole |= codes
    return whole


def _signs(codes: str) -> int:
    return _union(1 << ord(code) for code in codes)


def _span(first: int, last: int) -> int:
    return (1 << last + 1) - (1 << first)


# Sets of codes are integers, bit by bit: the sets hold tens of thousands.
_EVERYTHING = _span(0, 0x100 + 2 * MOST_WORDS - 1)
_SMALL = _span(0x100, 0x100 + MOST_WORDS - 1)
_CAPITALS = _span(0x100 + MOST_WORDS, 0x100 + 2 * MOST_WORDS - 1) | _signs("XAH")
_WORDS = _span(0x100, 0x100 + 2 * MOST_WORDS - 1) | _signs("xXA01YopPhH")
_FORMS: dict[str, Callable[[], int]] = {
    "noun": lambda: _of_table("singular", "plural"),
    "verb": lambda: _of_table("base", "verb-s", "past", "participle", "ing"),
    "name": lambda: _CAPITALS | _signs("P"),
    "capital": lambda: _CAPITALS,
    "unknown": lambda: _signs("x"),
    "hyphened": lambda: _signs("h"),
    "number": lambda: _signs("01Y"),
    "count": lambda: _signs("0"),
    "year": lambda: _signs("Y"),
    "ordinal": lambda: _signs("o"),
    "owner": lambda: _signs("pP"),
    "word": lambda: _WORDS,
    "any": lambda: _EVERYTHING & ~_signs(_STOPS),
    "token": lambda: _EVERYTHING & ~_signs("\n"),
    "stop": lambda: _signs(_STOPS),
    "newline": lambda: _signs("\n"),
}


@cache
def _brackets(codes: int) -> str:
    """A set of codes as a character set, by its ranges."""
    if not codes:
        return "(?!)"
    ranges = []
    at = 0
    while codes:
        skipped = (codes & -codes).bit_length() - 1
        codes >>= skipped
        length = (~codes & (codes + 1)).bit_length() - 1
        codes >>= length
        first = at + skipped
        at = first + length
        ranges.append(_escaped(first) if length == 1 else f"{_escaped(first)}-{_escaped(at - 1)}")
    return f"[{''.join(ranges)}]"


def _escaped(code: int) -> str:
    return chr(code) if code > 0x7F else re.escape(chr(code))
