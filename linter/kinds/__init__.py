"""The kinds of check, one file each: typed parameters, a `build` that validates, a `run` over an article.

A kind is a module here with `Params` (a msgspec Struct) and `build(params, context) -> Check`. Adding a kind means
adding a file.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple, Protocol

import msgspec
from msgspec import Struct

from linter.analysis import Analysis
from linter.lexicon import Entry, LexiconError, read_lexicon
from linter.model import Hit, Zone


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every kind's parameters: an unknown key is an error."""


View = Literal["folded", "plain", "codes", "unquoted"]


class Gate(NamedTuple):
    """What must be in the article for a check (or one of its patterns) to run.

    A literal, or a line that begins with one of the first words, where there are such; and the pattern.
    """

    pattern: str  # for RE2
    view: View  # what the pattern is for: the folded text, that with its case, its codes, those without quotations
    literals: Sequence[str] = ()  # in the folded text
    first_words: Sequence[str] = ()  # keys of linter.firstwords
    by_line: bool = False  # the pattern is matched line by line, and so only on lines with a literal or first word
    longest: int | None = None  # code points of a line's wording that the pattern can match, where it must match it all
    words: tuple[int, int] | None = None  # least and most words of a line that is tried
    zones: Sequence[Zone] = ()  # of a line that is tried; none: any


class PhraseHit(NamedTuple):
    """A phrase of a check's list found in the folded text, at word boundaries."""

    start: int
    end: int
    phrase: int  # its index in the check's `phrases`


class Found(NamedTuple):
    """What the one scan found for one check: the indexes of its gates that passed, and its phrases."""

    gates: Sequence[int]
    phrases: Sequence[PhraseHit]
    lines: Mapping[int, Collection[int]] = {}  # by gate, where the gate goes by lines: their indexes


class Check(Protocol):
    """A compiled check. It runs when one of its gates passed or one of its phrases occurs; always if it has neither.

    A check with gates or phrases that has something to say where none of them is found has `always = True`.
    """

    gates: Sequence[Gate]
    phrases: Sequence[str]

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield hits, in order of the text."""
        ...


class Context(Struct, frozen=True, kw_only=True):
    """What a kind needs to know about the rule that it builds a check for."""

    folder: Path  # of the rule file
    builtin: bool  # ships with newslint: its patterns are trusted, its code may run


class ParameterError(ValueError):
    """A parameter that has the right type and is wrong all the same; `key` is its path."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(problem)
        self.key = key


def lexicon(name: str, context: Context) -> list[Entry]:
    """The entries of a lexicon beside the rule or among the shipped ones. Raises ParameterError."""
    try:
        return read_lexicon(name, context.folder)
    except LexiconError as err:
        raise ParameterError("lexicon", str(err)) from None


@cache
def names() -> list[str]:
    """The kinds there are."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def module_of(kind: str) -> ModuleType:
    """The module of a kind. Raises ParameterError for an unknown one."""
    if kind not in names():
        raise ParameterError("kind", f"unknown kind '{kind}': expected one of {', '.join(names())}")
    return import_module(f"linter.kinds.{kind}")


def build(spec: dict[str, Any], context: Context) -> Check:
    """A check from the `check` mapping of a rule. Raises msgspec.ValidationError or ParameterError."""
    module = module_of(str(spec.get("kind")))
    params = msgspec.convert({k: v for k, v in spec.items() if k != "kind"}, module.Params)
    check: Check = module.build(params, context)
    return check
