"""ENC007: words in the bold, script or double-struck letters that Unicode keeps for formulas, or in wide letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_FANCY = "\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9"
_FANCY += "\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
_RUN = re.compile(f"[{_FANCY}](?:[\\s'’.,:!?&-]{{0,3}}[{_FANCY}\uff10-\uff19])+")
_WORD = re.compile(f"[{_FANCY}]{{3,}}")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SQUARED = {chr(0x1F170 + n): chr(65 + n) for n in range(26)} | {chr(0x1F150 + n): chr(65 + n) for n in range(26)}


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield runs with at least one word of three letters, and the plain letters for them."""
    text = analysis.text
    east_asian = bool(_EAST_ASIAN.search(text))
    for match in _RUN.finditer(text):
        run = match.group()
        if not _WORD.search(run) or (east_asian and "\uff00" <= run[0] <= "\uffef"):
            continue
        plain = unicodedata.normalize("NFKC", "".join(_SQUARED.get(char, char) for char in run))
        yield Hit(match.start(), match.end(), suggestion=plain, values={"plain": plain})
