"""Writes the page: the files beside this one put together, and the data that they show."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from linter.reports import ReportOptions, Summary
from linter.reports.htmlpage.encoding import embedded
from linter.reports.htmlpage.listing import Entry
from linter.reports.htmlpage.overview import Overview
from linter.reports.htmlpage.rows import Row

# One behind the other they are the page's only style, and its only script.
STYLES = (
    "base", "frame", "cards", "filters", "table", "article", "marks", "score", "findings", "tip", "narrow", "print",
)  # fmt: skip
SCRIPTS = (
    "dom", "data", "state", "selection", "overview", "table", "tip", "findings", "score", "article", "keys", "start",
)  # fmt: skip
_BLOCK = 100  # articles whose details stand in one element
_PLACE = re.compile(r"<!-- (\w+) here -->")


def write(
    out: TextIO, overview: Overview, listed: Sequence[Entry], summary: Summary, options: ReportOptions, *, own: bool
) -> None:
    """Write the page. `own`: no article's score was to be shown."""
    style = "\n" + "\n".join(_read(f"styles/{name}.css") for name in STYLES)
    script = '\n"use strict";\n{\n' + "\n".join(_read(f"scripts/{name}.js") for name in SCRIPTS) + "}\n"
    told = {"style": style, "script": script, "policy": _policy(style, script)}
    for number, piece in enumerate(_PLACE.split(_read("page.html"))):
        if number % 2 == 0:
            out.write(piece)
        elif piece == "data":
            out.write(embedded(_data(overview, [entry.row for entry in listed], summary, options, own)))
        elif piece == "details":
            _write_details(out, listed)
        else:
            out.write(told[piece])


def _data(
    overview: Overview, rows: Sequence[Row], summary: Summary, options: ReportOptions, own: bool
) -> dict[str, Any]:
    return {
        "tool": {
            "version": options.version,
            "rulebook": options.rulebook,
            "score_version": options.score_version,
        },
        "interrupted": summary.interrupted,
        "own": own,
        "overview": overview,
        "block": _BLOCK,
        "articles": rows,
    }


def _write_details(out: TextIO, listed: Sequence[Entry]) -> None:
    for number, start in enumerate(range(0, len(listed), _BLOCK)):
        out.write(f'<script type="text/plain" id="details-{number}">')
        out.write("\n".join(entry.details.decode() for entry in listed[start : start + _BLOCK]))
        out.write("</script>\n")


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, nothing runs but the page's own script, and that may not make markup out of text."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
