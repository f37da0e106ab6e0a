"""FTR015: a word of the page's interface as the last line of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linter.analysis import Analysis
from linter.model import Hit

_BUTTONS = frozenset(
    (
        "tools|share|next|close|print|email|e-mail|save|comment|comments|reply|replies|like|"
        "menu|search|submit|cancel|back|more|previous|prev|download|copy link|copy|follow|"
        "following|subscribe|tweet|pin|pin it|play|pause|mute|unmute|replay|skip|loading|"
        "load more|show more|show less|see more|view more|see all|view all|expand|collapse|hide|"
        "options|settings|edit|delete|report|flag|bookmark|add|go|ok|yes no|retweet|post|upload|"
        "translate|listen|fullscreen|full screen|top|gallery|slideshow|toolbox|read later|compartir|"
        "imprimir|siguiente|partager|imprimer|suivant|teilen|drucken|weiter|schließen|compartilhar|"
        "próximo|fechar|condividi|stampa|поделиться|печать|далее|paylaş|yazdır|bagikan|cetak|"
        "chia sẻ|in bài|tutup|kapat"
    ).split("|")
)
_TWO = re.compile(
    r"(?:share|print|e-?mail|save|next|tools|like|tweet|comment) "
    r"(?:share|print|e-?mail|save|next|tools|this|it|article|story|post|tweet|comment)"
)
_LONGEST = 40  # code points, with the decoration
_DECORATED = re.compile(r"[^\w(\[]{0,4}(?P<wording>\w(?:[^\n]*\w)?)[^\w.!?]{0,4}")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the last line's wording where that is a button's label."""
    lines = analysis.lines
    if len(lines) < 2 or lines[-1].end - lines[-1].start > _LONGEST:
        return
    line = _DECORATED.fullmatch(analysis.folded, lines[-1].start, lines[-1].end)
    if line and (line["wording"] in _BUTTONS or _TWO.fullmatch(line["wording"])):
        yield Hit(*line.span("wording"))
