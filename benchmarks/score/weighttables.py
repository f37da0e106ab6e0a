"""What the score consists of, as tables: made from the code's constants and the rule files alone."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.score import weights
from benchmarks.score.words import listed, number, table
from linter import engine, genre
from linter.kinds import rate
from linter.lexicon import shipped_lexicon
from linter.model import CONFIDENCES, SEVERITIES
from linter.reference import PRIOR, reference
from linter.scorecard import (
    BANDS,
    BONUS_FROM,
    BONUS_POINTS,
    CAPS,
    CONFIDENCE_SHARE,
    HINTS_AT_MOST,
    LEAST_WORDS,
    NORMAL_WORDS,
    SATURATION,
    SEVERITY_POINTS,
)

# Why a category has its cap. The caps are hand-set, so the reasons are here and not in a figure.
_CAP_REASONS = {
    "republication": "direct evidence: characters that scraping or copying left, each with its place",
    "language": "evidence too, but wording is less sure than residue: people write odd sentences",
    "provenance": "a few facts of a page's head; a page without them can be in order",
    "sourcing": "five measures that go along with each other, so that one lack is found several times",
    "style": "taste more than handling; tabloids and columns are written so on purpose",
}


def constants() -> dict[str, str]:
    """The numbers that the prose names."""
    values = {
        "saturation": SATURATION, "saturated": 1 / (1 - SATURATION), "bonus": BONUS_POINTS, "bonus_from": BONUS_FROM,
        "hints": HINTS_AT_MOST, "least_words": LEAST_WORDS, "normal_words": NORMAL_WORDS, "prior": PRIOR,
        "prior_words": 1000 * PRIOR, "bend": rate._BEND, "window": rate.WINDOW, "window_words": rate._WINDOW_WORDS,
        "windowed_words": 2 * rate._WINDOW_WORDS, "told": rate._LEAST, "single": rate._SINGLE,
        "all_caps": sum(CAPS.values()),
        "largest_cap": max(CAPS.values()), "floor": 100 - max(CAPS.values()),
    }  # fmt: skip
    used = reference()
    return {name: number(value) for name, value in values.items()} | {
        "prose_share": f"{100 * engine._PROSE_SHARE:g} %",
        "first_person": f"{100 * genre._MOST_ME:g} %",
        "second_person": f"{100 * genre._MOST_YOU:g} %",
        "unstyled": listed(genre._UNSTYLED),
        "reference_name": used.name,
        "reference_date": used.date,
        "reference_script": used.script,
        "reference_articles": listed([f"{name}: {count:,}" for name, count in used.articles.items()]),
    }


def caps() -> str:
    return table(
        ("category", "cap", "why so much, and not more"),
        [(name, str(cap), _CAP_REASONS[name]) for name, cap in sorted(CAPS.items(), key=lambda item: -item[1])],
    )


def bands() -> str:
    highest, named = 100, []
    for lowest, name in BANDS:
        named.append(f"{lowest} to {highest} {name}")
        highest = lowest - 1
    return ", ".join(named)


def grades() -> str:
    """Severity x confidence."""
    return table(
        ("", *(f"{name} (× {number(CONFIDENCE_SHARE[name])})" for name in reversed(CONFIDENCES))),
        [
            (
                f"{severity} ({number(SEVERITY_POINTS[severity])})",
                *(number(SEVERITY_POINTS[severity] * CONFIDENCE_SHARE[name]) for name in reversed(CONFIDENCES)),
            )
            for severity in reversed(SEVERITIES)
        ],
    )


def genres() -> str:
    """What each genre switches off."""
    labels: dict[str, list[str]] = {}
    for entry in shipped_lexicon("genre-labels.txt"):
        labels.setdefault(entry.tag or "", []).append(entry.phrase)
    rows = []
    for name, phrases in labels.items():
        off = [one.rule.id for one in weights.measures() if name in one.params.not_in]
        style = "off" if name in genre._UNSTYLED else ("on" if not off else f"on, but for {listed(off)}")
        said = listed([f"“{phrase}”" for phrase in phrases[:3]])
        rows.append((name, f"{said}; {len(phrases)} labels", "off", style))
    return table(("genre", "labels such as", "sourcing", "style"), rows)


def measures() -> str:
    rows = []
    for one in weights.measures():
        usual = one.usual
        begins, full = (usual.p50, usual.p5) if one.params.unusual == "less" else (usual.p75, usual.p99)
        window = "" if one.params.unusual == "less" else f"{usual.window_75:.2f} → {usual.window_99:.2f}"
        rows.append(
            (
                f"{one.rule.id} {one.rule.name}", one.rule.summary.rstrip("."), number(one.points), one.params.unusual,
                f"{begins:.2f} → {full:.2f}", window, one.reason,
            )
        )  # fmt: skip
    head = ("measure", "what", "at most", "if", "from → in full", "in the worst window", "why this weight")
    return table(head, rows)


def fixed(wanted: Callable[[weights.Fixed], bool]) -> str:
    rows = []
    for one in weights.fixed():
        if not wanted(one):
            continue
        ids = [rule.id for rule in one.rules]
        names = f"{ids[0]} {one.rules[0].name}" if len(ids) == 1 else ", ".join(ids)
        case = f" ({one.case})" if one.case else ""
        sure = "exactly" if one.exact or one.credit else f"{one.severity}, {one.confidence}"
        rows.append((f"{names}{case}", number(one.points), sure, number(one.cost), _said(one)))
    return table(("rule", "points", "as", "first one costs", "why this weight"), rows)


def costly() -> str:
    return fixed(lambda one: bool(one.points))


def free() -> str:
    """The rules that are told, and cost nothing by themselves, by reason."""
    reasons: dict[str, list[str]] = {}
    for one in weights.fixed():
        if not one.points:
            case = f" ({one.case})" if one.case else ""
            reasons.setdefault(_said(one), []).extend(f"{rule.id}{case}" for rule in one.rules)
    return "; ".join(f"{listed(names)}: {reason}" for reason, names in reasons.items())


def _said(one: weights.Fixed) -> str:
    return one.reason if one.given else f"*{one.reason}*"


def usual() -> str:
    """How many other rules there are, by category and what they cost."""
    counts = weights.usual()
    rows = []
    for severity, confidence in weights.GRADES:
        of = [counts[name][severity, confidence] for name in CAPS]
        if any(of):
            cost = SEVERITY_POINTS[severity] * CONFIDENCE_SHARE[confidence]
            rows.append((f"{severity}, {confidence}", number(cost), *(str(one or "") for one in of), str(sum(of))))
    return table(("severity, confidence", "first one costs", *CAPS, "rules"), rows)


def previews() -> str:
    return listed([f"{rule.id} {rule.name}" for rule in weights.previews()])


def extractors() -> str:
    return listed([one.rule.id for one in weights.shipped() if one.rule.extractor])
