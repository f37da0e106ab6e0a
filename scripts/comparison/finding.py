"""What the linters find: every phenomenon of `texts`, and nothing in what only looks alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.comparison.cells import Cell
from scripts.comparison.texts import PHENOMENA, SUFFIXES, article
from scripts.comparison.tools import Box, Found, Tool

Spans = list[tuple[int, int]]


def unmarked(text: str) -> tuple[str, Spans]:
    """A text without its marks, and what they enclosed, in code points."""
    clean, spans, start = "", [], 0
    for part in re.split("([⟦⟧])", text):
        if part == "⟦":
            start = len(clean)
        elif part == "⟧":
            spans.append((start, len(clean)))
        else:
            clean += part
    return clean, spans


def found_phenomena(tool: Tool, box: Box) -> Iterator[tuple[str, Cell]]:
    """A cell for every phenomenon: in how many of the three articles it is found."""
    tool.prepare(box)
    articles: dict[str, tuple[str, Spans]] = {}
    names: dict[str, list[tuple[str, str]]] = {}
    for number, (name, pairs) in enumerate(PHENOMENA.items()):
        for letter, pair in zip("abc", pairs, strict=True):
            suffix = SUFFIXES.get(name, ".md" if tool.name == "markdownlint" else ".txt")
            bad, good = (f"{number + 1:02}{letter}-{kind}{suffix}" for kind in ("bad", "good"))
            for file, passage in ((bad, pair.bad), (good, pair.good)):
                articles[file] = unmarked(article(name, passage))
                box.write(file, articles[file][0])
            names.setdefault(name, []).append((bad, good))
    found = tool.findings(box, *articles)
    for name, files in names.items():
        seen = []
        for bad, good in files:
            usual = {_kind(finding) for finding in found[good] if _touches(finding, *articles[good])}
            hits = [finding for finding in found[bad] if _touches(finding, *articles[bad])]
            hits = [finding for finding in hits if _kind(finding) not in usual]
            if hits:
                seen.append(f"{bad}:{hits[0].line}: {hits[0].says}")
        answer = "no" if not seen else "yes" if len(seen) == len(files) else "partly"
        command = box.run(*tool.version_command).command.split()[0] + f" on {files[0][0]} to {files[-1][1]}"
        note = f"{len(seen)} of {len(files)}" if answer == "partly" else ""
        yield name, Cell(answer, command, "; ".join(seen) or "nothing that touches it", note)


def _touches(finding: Found, text: str, spans: Spans) -> bool:
    """Does a finding begin in a span? One without a column stands for its line."""
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: finding.line - 1]))
    if finding.column is None:
        return any(start <= end and begin < start + len(lines[finding.line - 1]) for begin, end in spans)
    return any(begin <= start + finding.column - 1 < end for begin, end in spans)


def _kind(finding: Found) -> str:
    """What kind of fault it is, without the words that are faulty."""
    return re.sub("\"[^\"]*\"|'[^']*'|`[^`]*`|“[^”]*”|\\[[^]]*\\]|\\([^)]*\\)", "…", finding.says)
