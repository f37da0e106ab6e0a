"""What is known of the shipped patterns before they are tried, worked out when newslint is built.

Doing it at the first start takes two seconds. The table goes into the wheel, and beside the rules of an editable
install; it is good for the code that it was made with, and for any pattern that it has. newslint works without it, too.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from linter import firstwords, gate, literals, matcher
from linter.gate import Gated
from linter.lexicon import BUILTIN

FILE = BUILTIN.parent / "gates.msgpack"
MODULES = (firstwords, gate, literals, matcher)  # what a pattern's gate depends on


class Table(Struct):
    """Gates by engine, place and pattern, and a digest of the code that made them."""

    code: str
    gates: dict[str, Gated]


def read_table(file: Path = FILE) -> dict[str, Gated]:
    """The gates of the table; none where there is no table, or one that other code made."""
    try:
        table = msgspec.msgpack.decode(file.read_bytes(), type=Table)
    except (OSError, ValueError, msgspec.MsgspecError):
        return {}
    return table.gates if table.code == _code() else {}


def write_table(file: Path = FILE) -> None:
    """Work out the gates of all shipped rules, and write them. Raises OSError or RuleError."""
    from linter.rulebook import load_rules

    matcher.known_gates.clear()
    load_rules(BUILTIN.parent, builtin=True)
    file.write_bytes(msgspec.msgpack.encode(Table(_code(), matcher.known_gates)))


def _code() -> str:
    digest = hashlib.blake2b(repr(sys.version_info[:2]).encode(), digest_size=16)
    for module in MODULES:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()
