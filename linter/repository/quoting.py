"""Names of files and folders in the languages of other tools' configurations."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

_PLAIN = re.compile(r"[\w^/(][\w./()|\\^?:-]*(?<!:)", re.ASCII)


def yaml_string(text: str) -> str:
    """A string on one line of YAML."""
    if _PLAIN.fullmatch(text) and "?:" not in text:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(char if char.isprintable() and char not in '"\\' else _escape(char) for char in text) + '"'


def shell_words(words: Iterable[str]) -> str:
    """Words on one line of a shell; a path that begins with a dash is one all the same."""
    return " ".join(shlex.quote(f"./{word}" if word.startswith("-") else word) for word in words)


def _escape(char: str) -> str:
    return f"\\{char}" if char in '"\\' else f"\\U{ord(char):08x}"
