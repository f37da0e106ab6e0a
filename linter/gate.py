"""From a Python pattern to an RE2 pattern that accepts a superset of it: the gate before the match.

RE2 scans a whole article for all patterns at once, but its \\b, \\w and \\s are ASCII-only and it has no look-around.
The gate therefore drops assertions and back-references' equality and widens every class to "its ASCII part or any
non-ASCII character"; long counted repeats become unbounded, which keeps the automaton small. Nothing a pattern
matches is lost (a property test holds this); what passes in excess is sorted out by the pattern itself.
"""

from __future__ import annotations

import re
import re._constants as sre  # the parse tree of the standard library: no second regex grammar to keep
import re._parser as sre_parser
import warnings
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from linter.firstwords import bits_of_first, first_words
from linter.literals import crosses_lines, literals_of

# What is rarer than this (per character of text: one try in an article of 2,600) is tried where it occurs; what is not
# is cheaper in a set. Measured: from 11 to 13 the total stays the same.
_LEAST_BITS = 11.6
_UNLIMITED = 5000  # code points: of no use as a limit to the length of a line
_MAX_COUNT = 8  # counted repeats above this are widened: RE2 expands x{m,n} into n states
_NON_ASCII = r"\x{80}-\x{10ffff}"
_CLASSES = {
    sre.CATEGORY_DIGIT: "0-9" + _NON_ASCII,
    sre.CATEGORY_SPACE: r"\x09-\x0d\x1c-\x20" + _NON_ASCII,
    sre.CATEGORY_WORD: "0-9A-Za-z_" + _NON_ASCII,
    sre.CATEGORY_NOT_DIGIT: r"\x00-/:-\x7f" + _NON_ASCII,
    sre.CATEGORY_NOT_SPACE: r"\x00-\x08\x0e-\x1b\x21-\x7f" + _NON_ASCII,
    sre.CATEGORY_NOT_WORD: r"\x00-/:-@\[-^`{-\x7f" + _NON_ASCII,
}
_ANY = "[^\\n]"
_ANYTHING = r"[\x00-\x{10ffff}]"
_SPACE = r"\x09-\x0d\x1c-\x20"
_CLASS_OR_ESCAPE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
# What RE2 and `regex` read in another way than the standard library: POSIX classes, counts such as {,3} and {e<=1};
# and flags, whose case folding is not the same either.
_POSIX = re.compile(r"\[:\^?[a-z]+:\]")
_FOREIGN = re.compile(r"\{(?!\d+(?:,\d*)?\})|\(\?[a-zA-Z]*-?[a-zA-Z]+:")
_COUNTED = re.compile(r"\)\{\d")
_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|\(\?P[<=>]")
_BLANKS = rf"[\x09\x0b-\x0d\x1c-\x20{_NON_ASCII}]*"  # before a line's first sign, where a line is matched trimmed
_DECORATION = "[^0-9A-Za-z\\n]*"  # what may stand before and after the wording of a line


def has_capitals(pattern: str) -> bool:
    """Can't this pattern match folded text, because it spells a capital?"""
    bare = _ESCAPE.sub("", pattern)
    return bare != bare.lower()


class Gated(Struct, frozen=True, array_like=True):
    """What tells where a pattern can't match.

    An RE2 pattern for a superset; strings of which every match holds one, or else keys of the words that its line can
    begin with; whether it is matched line by line; the most code points of a match, None where there is no limit.
    """

    pattern: str
    literals: tuple[str, ...] = ()
    first_words: tuple[str, ...] = ()
    one_line: bool = False
    longest: int | None = None


def gated(pattern: str, at: str = "anywhere") -> Gated:
    """What is known of a pattern before it is tried; `at` (whole, start, end) ties it to a line's edges.

    Raises re.error where the pattern is not a valid Python pattern, or might mean another thing to another engine.
    """
    items = _parsed(pattern)
    literals, bits = literals_of(items)
    starts: frozenset[str] = frozenset()
    if at in ("whole", "start") or _starts_line(items):
        starts = first_words(items, whole=at == "whole")
        if bits_of_first(starts) > bits:
            literals, bits = (), bits_of_first(starts)
        else:
            starts = frozenset()
    if bits < _LEAST_BITS:
        literals, starts = (), frozenset()
    longest = items.getwidth()[1]
    return Gated(
        _gate(list(items), at), literals, tuple(sorted(starts)), not crosses_lines(items),
        longest if longest < _UNLIMITED else None,
    )  # fmt: skip


def gate_of(pattern: str, at: str = "anywhere") -> str:
    """The RE2 gate of a pattern alone. Raises as `gated`."""
    return _gate(list(_parsed(pattern)), at)


def _gate(items: list[tuple[Any, Any]], at: str) -> str:
    before = f"(?m:^){_DECORATION}" if at in ("whole", "start") else _edge(items[:2], sre.AT_BOUNDARY, -1)
    if _starts_line(items):  # a gate that is tied to the start of a line is much cheaper than a free one
        before, items = f"(?m:^){_BLANKS}", items[1:]
    after = f"{_DECORATION}(?m:$)" if at in ("whole", "end") else _edge(items[:-3:-1], sre.AT_BOUNDARY, 1)
    return f"{before}(?:{_sequence(items)}){after}"


def _parsed(pattern: str) -> sre_parser.SubPattern:
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        try:
            tree = sre_parser.parse(pattern)
        except FutureWarning as err:  # a class within a class
            raise re.error(str(err), pattern) from None
    foreign = _POSIX.search(pattern) or _FOREIGN.search(_CLASS_OR_ESCAPE.sub("", pattern))
    if foreign or tree.state.flags & (re.IGNORECASE | re.DOTALL):
        raise re.error("something that not every engine reads alike", pattern)
    return tree


def _edge(items: list[tuple[Any, Any]], boundary: Any, side: int) -> str:
    """What the outermost assertion of a pattern lets stand beside the match, as something to consume; "" if unknown.

    `\\b` beside a word character, and a negative look-around for one character, mean: here the text ends, or another
    character stands.
    """
    if not items:
        return ""
    (op, value), text_end = items[0], r"\z" if side > 0 else r"\A"
    if op is sre.AT and value is boundary and len(items) > 1 and _is_word_char(items[1], side):
        return f"(?:[^0-9A-Za-z_]|{text_end})"
    if op is sre.ASSERT_NOT and value[0] == side and len(value[1]) == 1 and value[1][0][0] in (sre.IN, sre.LITERAL):
        inner, what = value[1][0]
        excluded = [(inner, what)] if inner is sre.LITERAL else what
        if excluded[0][0] is not sre.NEGATE:
            # White space always passes: the pattern may see one line only, and nothing beside it.
            return f"(?:[^{''.join(map(_ascii_member, excluded))}]|[{_SPACE}]|{text_end})"
    return ""


def _starts_line(items: list[tuple[Any, Any]]) -> bool:
    """Does a pattern begin with a line break, or with a look-behind that means one, and go on after it?"""
    if len(items) < 2:
        return False
    op, value = items[0]
    if op is sre.LITERAL:
        return bool(value == 10)
    if op in (sre.ASSERT, sre.ASSERT_NOT) and value[0] < 0 and len(value[1]) == 1:
        inner = next(iter(value[1]))
        return bool(inner == ((sre.LITERAL, 10) if op is sre.ASSERT else (sre.NOT_LITERAL, 10)))
    return False


def _is_word_char(item: tuple[Any, Any], side: int) -> bool:
    """Is the outer character of this item always an ASCII letter or digit? `side`: -1 its first, 1 its last."""
    op, value = item
    if op is sre.LITERAL:
        return value < 128 and chr(value).isalnum()
    if op is sre.SUBPATTERN:
        return bool(value[3]) and _is_word_char(list(value[3])[0 if side < 0 else -1], side)
    if op is sre.BRANCH:
        return all(len(b) and _is_word_char(list(b)[0 if side < 0 else -1], side) for b in value[1])
    return False


def _ascii_member(item: tuple[Any, Any]) -> str:
    """The ASCII part of one member of a class: excluding less accepts more."""
    op, value = item
    if op is sre.LITERAL:
        return _char(value)
    if op is sre.RANGE:
        return f"{_char(value[0])}-{_char(value[1])}"
    return _CLASSES[value].removesuffix(_NON_ASCII)


def _sequence(items: Iterable[tuple[Any, Any]]) -> str:
    return "".join(_node(op, value) for op, value in items)


def _node(op: Any, value: Any) -> str:
    if op is sre.LITERAL:
        return _char(value)
    if op is sre.NOT_LITERAL:
        return f"[^{_char(value)}]"
    if op is sre.ANY:
        return _ANY
    if op is sre.IN:
        return _class(value)
    if op is sre.BRANCH:
        return "(?:" + "|".join(_sequence(branch) for branch in value[1]) + ")"
    if op is sre.SUBPATTERN:
        return f"(?:{_sequence(value[3])})"
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        low, high, body = value[0], value[1], _sequence(value[2])
        if _COUNTED.search(body):  # RE2 refuses counts within counts that come to more than 1,000
            low, high = min(low, 1), sre.MAXREPEAT
        return f"(?:{body}){_count(low, high)}"
    if op is sre.ATOMIC_GROUP:
        return f"(?:{_sequence(value)})"
    if op in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return ""
    return _ANYTHING + "*"  # back-references and conditionals: anything may stand there


def _count(low: int, high: Any) -> str:
    if high is sre.MAXREPEAT or high > _MAX_COUNT:
        return "*" if low == 0 else "+" if low == 1 else f"{{{min(low, _MAX_COUNT)},}}"
    return f"{{{low},{high}}}"


def _class(items: list[tuple[Any, Any]]) -> str:
    negated = items[0][0] is sre.NEGATE
    if negated and any(op is sre.CATEGORY for op, _ in items):
        return _ANYTHING
    parts = []
    for op, value in items:
        if op is sre.LITERAL:
            parts.append(_char(value))
        elif op is sre.RANGE:
            parts.append(f"{_char(value[0])}-{_char(value[1])}")
        elif op is sre.CATEGORY:
            parts.append(_CLASSES[value])
    return f"[{'^' if negated else ''}{''.join(parts)}]"


def _char(code: int) -> str:
    char = chr(code)
    return char if char == " " or (char.isalnum() and char.isascii()) else f"\\x{{{code:x}}}"
