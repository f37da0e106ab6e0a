"""docs/score.md from the template, the figures, the rule files and the code's constants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Template

from benchmarks.formats.corpus import UsageError
from benchmarks.score import figuretables, weighttables
from benchmarks.score.figures import Figures
from benchmarks.score.words import auc, wrapped

FILE = Path(__file__).parents[2] / "docs" / "score.md"
TEMPLATE = Path(__file__).with_name("page.md")

_FROM_RULES: dict[str, Callable[[], str]] = {
    "caps": weighttables.caps,
    "bands": weighttables.bands,
    "grades": weighttables.grades,
    "genres": weighttables.genres,
    "measures": weighttables.measures,
    "costly": weighttables.costly,
    "free": weighttables.free,
    "usual": weighttables.usual,
    "previews": weighttables.previews,
    "extractors": weighttables.extractors,
}
_FROM_FIGURES: dict[str, Callable[[Figures], str]] = {
    "reasons": figuretables.reasons,
    "sides": figuretables.sides,
    "aucs": figuretables.aucs,
    "areas": figuretables.areas,
    "others": figuretables.others,
    "left_out": figuretables.left_out,
    "band_shares": figuretables.bands,
    "clean": figuretables.clean,
    "rewritten_auc": lambda found: auc(found.rewritten.auc),
    "groups": figuretables.groups,
}


def page(found: Figures) -> str:
    """The page: the same figures and rule files give the same bytes. Raises UsageError where nothing fills a slot."""
    slots = weighttables.constants() | figuretables.numbers(found)
    slots |= {name: make() for name, make in _FROM_RULES.items()}
    slots |= {f"table_{name}": make(found) for name, make in _FROM_FIGURES.items()}
    try:
        return wrapped(Template(TEMPLATE.read_text("utf-8")).substitute(slots))
    except KeyError as slot:
        raise UsageError(f"{TEMPLATE}: no figure for the slot {slot}") from None
