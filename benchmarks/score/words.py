"""Figures and tables in Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from linter.labelled.auc import Estimate

NONE = "–"
_WIDTH = 120
_ITEM = re.compile(r"(?:-|\d+\.) ")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; columns that hold nothing but figures are set to the right."""
    lines = [list(row) for row in rows]
    right = [all(_is_figure(row[column]) for row in lines) for column in range(len(head))]
    rule = ["---:" if column and right[column] else "---" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in [list(head), rule, *lines])


def _is_figure(cell: str) -> bool:
    return not any(character.isalpha() for character in cell)


def number(value: float) -> str:
    """12, 2.4, 0.65: so many digits as there are, three at most behind the point."""
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def whole(value: int | None) -> str:
    return NONE if value is None else f"{value:,}"


def percent(share: float | None) -> str:
    """1.5 %; of ten and more whole ones."""
    if share is None:
        return NONE
    digits = 1 if 0 < share < 0.0995 else 0
    return f"{100 * share:.{digits}f}\N{NO-BREAK SPACE}%"


def points(mean: float) -> str:
    return f"{mean:.1f}"


def auc(estimate: Estimate | None) -> str:
    """.747 (.716–.777)"""
    if estimate is None:
        return NONE
    return f"{short(estimate.value)} ({short(estimate.low)}–{short(estimate.high)})"


def short(value: float) -> str:
    """An AUC with three digits."""
    return f"{value:.3f}".removeprefix("0")


def by_chance(estimate: Estimate) -> bool:
    """Does the interval hold .5?"""
    return estimate.low <= 0.5 <= estimate.high


def listed(names: Sequence[str]) -> str:
    """a, b and c"""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "none"


def wrapped(page: str) -> str:
    """A page with its prose in lines of 120 at most; tables, headings and code stay as they are."""
    lines: list[str] = []
    prose: list[str] = []
    code = False

    def end() -> None:
        if prose:
            indent = _ITEM.match(prose[0])
            beyond = " " * len(indent[0]) if indent else ""
            words = " ".join(line.strip() for line in prose)
            how = {"subsequent_indent": beyond, "break_long_words": False, "break_on_hyphens": False}
            lines.extend(textwrap.wrap(words, _WIDTH, **how))  # type: ignore[arg-type]
            prose.clear()

    for line in page.splitlines():
        fence = line.startswith("```")
        if code or fence or not line or line[0] in "|#":
            end()
            lines.append(line)
            code ^= fence
        else:
            if _ITEM.match(line):
                end()
            prose.append(line)
    end()
    return "\n".join(lines) + "\n"
