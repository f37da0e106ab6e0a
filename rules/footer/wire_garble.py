"""FTR017: last lines that are nearly, and not quite, credits of wire copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.words import fold_words

_WORDS, _LONGEST = (2, 9), 80
_WIRE = re.compile(r"(?:with|from) (?:[\w'.&-]+ ){1,2}(?:wires?|wire services?|newswires?|cables?|cord|agenc(?:y|ies))")
_GARBLED_AGENCY = re.compile(
    r"\b(?:the )?(?:(?:related|connected|linked|allied|affiliated|associate|associating|partnered|united) press(?:ing)?"
    r"|associated (?:pressing|newspaper|printing|push)|press associated"
    r"|franc(?:e|ais) press agency|agence press france)\b"
)
_REPORT = re.compile(
    r"\b(?:contributed|added|given|made contributions?|provided) to th(?:is|e) "
    r"(?:document|record|relation|announcement|account|rapport|statement|declaration)\b"
)
_NAMES = r"(?:by |from )?[A-Z][^;()\n]{2,90}"
_REPORTS = "reportage|announcing|revealing|detailing|disclosing|informing|recounting|relating|divulging"
_EDITS = (
    "edition|altering|modifying|enhancing|redaction|redacting|amending|adjusting|improving|montage|correction|"
    "transforming|changing|modification"
)
_REPORTING, _EDITING, _ODD_WORD = f"(?i:{_REPORTS})", f"(?i:{_EDITS})", re.compile(f"{_REPORTS}|{_EDITS}")
_MORE = r"(?:(?i:additional|extra|further|supplementary|added) )?"
_BY = r"(?:by |from |of )?[A-Z]"
_REST, _ODD = rf"{_BY}[^()\n]{{2,160}}[)\]]?", rf"(?:{_REPORTING}|{_EDITING})"
_CREDITS = re.compile(
    rf"[(\[]?{_MORE}{_REPORTING} {_NAMES}; ?{_MORE}(?:{_ODD}|(?i:writing|editing|reporting)) {_REST}"
    rf"|[(\[]?{_MORE}(?i:reporting|writing|reports?) {_NAMES}; ?{_MORE}{_ODD} {_REST}"
    rf"|[(\[]?(?i:additional|extra|further|supplementary) {_REPORTING} by [A-Z][\w.' -]{{2,60}}[)\]]?"
)


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield credits of the last lines; the form that was meant is suggested."""
    for line in analysis.lines[-options["lines"] :]:
        written = analysis.text[line.start : line.end]
        if (";" in written or "dditional" in written) and _ODD_WORD.search(analysis.folded, line.start, line.end):
            yield from (Hit(*match.span()) for match in _CREDITS.finditer(analysis.plain, line.start, line.end))
        if line.end - line.start > _LONGEST:
            continue
        core = analysis.core(line)
        wording = analysis.folded[core.start : core.end].rstrip(" .")
        words = fold_words(wording)
        if not _WORDS[0] <= len(words) <= _WORDS[1] or "," in wording:
            continue
        joined = " ".join(words)
        if joined in _forms() or not (words[0] in ("with", "from", "compiled", "combined", "staff", "wire") or
                                      "contributed to th" in joined or _REPORT.search(joined)):  # fmt: skip
            continue
        names = _agencies()
        rest = [word for word in words if word not in _FRAME]
        if rest and (" ".join(rest) in names or all(word in names for word in rest)):
            continue
        if (near := _nearest(joined, options["min_ratio"], options["max_ratio"])) is not None:
            yield Hit(core.start, core.end, suggestion=near[:1].upper() + near[1:])


def _nearest(joined: str, least: float, most: float) -> str | None:
    from rapidfuzz import fuzz, process  # few articles get here

    if not (_WIRE.fullmatch(joined) or _GARBLED_AGENCY.search(joined) or _REPORT.search(joined)):
        return None
    found = process.extractOne(joined, _forms(), scorer=fuzz.ratio, score_cutoff=least)
    return found[0] if found and found[1] < most else None


_FRAME = frozenset("with from wire wires service services reports report news staff and the compiled combined".split())


@cache
def _forms() -> dict[str, str]:
    return {" ".join(fold_words(entry.phrase)): entry.phrase for entry in shipped_lexicon("wire-credit-forms.txt")}


@cache
def _agencies() -> frozenset[str]:
    """Names that stand in credits: agencies, and the short names of papers."""
    papers = (
        "post times tribune herald journal globe mail star sun news observer guardian telegraph express press gazette "
        "chronicle bee record register dispatch examiner inquirer standard independent mirror union courier local "
        "bloomberg newsday bulletin banner leader enterprise sentinel democrat republic statesman citizen city our "
        "monitor eagle plain dealer advocate free daily world politico hill combined other various various foreign"
    )
    return frozenset(papers.split()) | {entry.phrase for entry in shipped_lexicon("wire-agencies.txt")}
