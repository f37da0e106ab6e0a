"""STR008: a run of 60 signs and more without a blank that is no address, path, hash, compound or formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

# Only ASCII: other scripts do without blanks, and dashes and typographic quotation marks end a word.
_BLANKED = bytes(32 if n <= 32 or n > 126 else 120 for n in range(256))
_LETTERS = re.compile(r"[A-Z]?[a-z]+(?:-[A-Za-z]+)*[.,;:!?)]*")
_ADDRESS = re.compile(r"://|www\.|@|^[\w.-]+\.[a-z]{2,6}(?:/|$)|^(?:mailto|data|doi|urn|magnet|arxiv):|%[0-9A-Fa-f]{2}")
_HASH = re.compile(r"(?:[\w+-]{1,8}[:=-])?(?:0x)?[0-9A-Fa-f:-]{32,160}[.,;)]?")
_FORMULA = re.compile(r"[=^{}\\|<>]")
_LONGEST_WORD, _DATA = 90, 1000


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield such runs; those of more than 1,000 signs, which are data of some kind, are tagged `data`."""
    least = options["least"]
    data = analysis.text.encode().translate(_BLANKED)
    if b"x" * least not in data:
        return
    for match in re.finditer(rf"[!-~]{{{least},}}", analysis.text):
        token = match.group()
        if len(token) > _DATA and not token.startswith(("http://", "https://")):
            if len(set(token)) > 8:
                yield Hit(*match.span(), ("data",))
        elif not _is_meant(token):
            yield Hit(*match.span())


def _is_meant(token: str) -> bool:
    """An address, path, hash, one word, a formula, a rule or a cry."""
    core = token.strip("\"'()[]<>.,;:!?*_")
    if len(set(core.lower())) <= 8 or 2 * sum(map(str.isalnum, core)) < len(core):
        return True  # rules, "hahaha", "nooooo"
    if core.count("/") > 1 or core.count("\\") > 1 or core.count("-") > 2 or core.count("_") > 2:
        return True
    if _ADDRESS.search(core) or _HASH.fullmatch(core) or _FORMULA.search(core):
        return True
    # German compounds and a village in Wales: one capital at most, and that at the start.
    return len(core) <= _LONGEST_WORD and core[0].isupper() and _LETTERS.fullmatch(core) is not None
