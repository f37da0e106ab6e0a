"""The bounds that the shipped rules keep on real articles. Needs the evaluation data (--data DIR or $NEWSLINT_EVAL)."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linter import Linter, Verdict

# What the rules so far own of the annotated article, by the class of the annotation.
OWNED = {
    "boilerplate.site_name": "HDR005",
    "boilerplate.duplicate_headline": "HDR007",
    "boilerplate.related_link": "INJ001",
    "boilerplate.newsletter": "NWS002",
    "boilerplate.taxonomy": "FTR006",
    "boilerplate.source_line": "FTR001",
    "credit.agency_inline": "CAP002",
    "caption.alt_text_merged": "CAP007",
    "spacing.missing_after_period": "CAP007",
}


def rows(data: Path, name: str) -> Iterator[dict[str, Any]]:
    path = data / f"{name}.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no {path.name} in the evaluation data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def alarms_per_100(verdicts: list[Verdict]) -> dict[str, float]:
    counts = Counter(finding.severity for verdict in verdicts for finding in verdict.findings)
    return {severity: 100 * counts[severity] / len(verdicts) for severity in ("error", "warning")}


def test_the_annotated_article(data: Path) -> None:
    folder = data / "seed"
    if not folder.is_dir():
        pytest.skip("no seed in the evaluation data")
    text = (folder / "article.txt").read_bytes().decode()
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    silent = [json.loads(line) for line in (folder / "silent.jsonl").read_text("utf-8").splitlines()]
    verdict = Linter().lint(text)
    for mark in gold:
        if mark["class"] not in OWNED or not mark["expected"]:
            continue
        over = [f for f in verdict.findings if f.start < mark["end"] and mark["start"] < f.end]
        rules = {rule for f in over for rule in (f.rule, *f.related)}
        assert OWNED[mark["class"]] in rules, mark["class"]
        if mark["class"].startswith("boilerplate"):
            assert any(f.start <= mark["start"] and mark["end"] <= f.end for f in over), mark["class"]
    for quiet in silent:
        inside = [f for f in verdict.findings if quiet["start"] <= f.start and f.end <= quiet["end"]]
        assert not [f.rule for f in inside if f.severity != "info"], quiet["why"]
    assert verdict.score is not None
    assert verdict.score <= 65


def test_professional_articles_are_nearly_silent(data: Path) -> None:
    linter = Linter()
    verdicts = [linter.lint(row["text"], title=row["title"], url=row["url"]) for row in rows(data, "clean_articles")]
    rates = alarms_per_100(verdicts)
    assert rates["error"] <= 0.3
    assert rates["error"] + rates["warning"] <= 3


def test_posts_in_markdown_are_nearly_silent(data: Path) -> None:
    linter = Linter()
    verdicts = [linter.lint(row["text"], profile="markdown") for row in rows(data, "markdown_clean")]
    rates = alarms_per_100(verdicts)
    assert rates["error"] <= 0.3
    assert rates["error"] + rates["warning"] <= 3
