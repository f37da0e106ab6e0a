"""What is usual in clean articles: the rates that rules of kind `rate` compare with, into rules/reference.json.

    python -m benchmarks.reference --data DIR

Event news apart: measures of rules for event news are taken of articles that are no opinion, interview, list and so on
(linter/genre.py), the others of all articles without an opinion or satire label. BBC articles of one year are half of
the reference, the newer articles of other sites the other half, so that one house's style is not everybody's norm.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import msgspec

from linter.analysis import Analysis
from linter.kinds import Context, rate
from linter.lexicon import BUILTIN
from linter.model import Article
from linter.reference import PRIOR, REFERENCE_FILE, Measure, Reference
from linter.rulefile import load_rule_with_lines
from linter.scan import Plan

LEAST_WORDS = 100
HALVES = (("bbc2005",), ("atf2023_clean", "scrapinghub_gold"))
NAME = "clean articles of BBC 2005, of article-extraction-dataset 2023 and article-extraction-benchmark 2019-20"


class Specimen(msgspec.Struct):
    """A measured article: its weight, words, and of each measure the hits and those of the densest window."""

    weight: float
    words: int
    event: bool
    styled: bool
    counts: dict[str, tuple[int, int]]


def rate_rules() -> list[tuple[rate.Params, Path]]:
    """The parameters of every shipped rule of kind `rate`, with its folder."""
    found = []
    for file in sorted(BUILTIN.parent.glob("*/*.yaml")):
        rule, _ = load_rule_with_lines(file, builtin=True)
        if rule.check["kind"] == "rate":
            values = {key: value for key, value in rule.check.items() if key != "kind"}
            found.append((msgspec.convert(values, rate.Params), file.parent))
    return found


def specimens(data: Path, rules: Sequence[tuple[rate.Params, Path]]) -> list[Specimen]:
    """The clean articles, measured."""
    rows = [row for row in _rows(data) if len(row["text"].split()) >= LEAST_WORDS]
    sizes = Counter(next(half for half in HALVES if row["set"] in half) for row in rows)
    checks = [
        rate.RateCheck(params, rate.counted(params, Context(folder=folder, builtin=True))) for params, folder in rules
    ]
    plan, found = Plan(checks), []
    for row in rows:
        analysis = Analysis(Article(text=row["text"], source=row["text"], title=row["title"] or None, url=row["url"]))
        counts = {params.measure: (0, 0) for params, _ in rules}
        for number, what in plan.scan(analysis):
            hits = checks[number].hits(analysis, what)
            counts[rules[number][0].measure] = len(hits), rate.densest(analysis, hits)
        half = next(half for half in HALVES if row["set"] in half)
        genre = analysis.genre
        found.append(Specimen(0.5 / sizes[half], analysis.words, not genre.unsourced, not genre.unstyled, counts))
    return found


def _rows(data: Path) -> Iterator[dict[str, str]]:
    with gzip.open(data / "clean_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measured(params: rate.Params, among: Sequence[Specimen]) -> Measure:
    """One measure over some articles."""
    total = sum(one.weight for one in among)
    rates = [(1000 * one.counts[params.measure][0] / one.words, one.weight) for one in among]
    mean = sum(value * weight for value, weight in rates) / total

    def shrunk(count: int, words: int) -> float:
        return (count + PRIOR * mean) / (words / 1000 + PRIOR)

    values = [(shrunk(one.counts[params.measure][0], one.words), one.weight) for one in among]
    long = [one for one in among if one.words >= 500]
    windows = [(shrunk(one.counts[params.measure][1], 250), one.weight) for one in long]
    at = {f"p{percent}": percentile(values, percent) for percent in (5, 25, 50, 75, 95, 99)}
    at |= {f"window_{percent}": percentile(windows, percent) for percent in (75, 99)}
    return Measure(articles=len(among), mean=round(mean, 4), **{name: round(value, 4) for name, value in at.items()})


def percentile(values: Sequence[tuple[float, float]], percent: float) -> float:
    """The value under which `percent` of the weight lies."""
    ranked = sorted(values)
    sums = list(accumulate(weight for _, weight in ranked))
    return ranked[min(bisect_left(sums, percent / 100 * sums[-1]), len(ranked) - 1)][0]


def measure_all(data: Path) -> Reference:
    """The reference as the clean articles in a folder make it."""
    rules = rate_rules()
    found = specimens(data, rules)
    measures = {
        params.measure: measured(params, [one for one in found if (one.event if params.only else one.styled)])
        for params, _ in rules
    }
    articles = {"all": len(found), "event news": sum(one.event for one in found)}
    return Reference(
        name=NAME,
        date=datetime.date.today().isoformat(),
        script="benchmarks/reference.py",
        articles=articles,
        measures=dict(sorted(measures.items())),
    )


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, default=os.environ.get("NEWSLINT_EVAL"), required="NEWSLINT_EVAL" not in os.environ
    )
    options = parser.parse_args()
    result = measure_all(options.data)
    REFERENCE_FILE.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")
    print(f"{'measure':18} articles   mean     P5    P50    P75    P95    P99  window 75     99")
    for name, m in result.measures.items():
        figures = " ".join(f"{value:6.2f}" for value in (m.mean, m.p5, m.p50, m.p75, m.p95, m.p99))
        print(f"{name:18} {m.articles:8} {figures}     {m.window_75:6.2f} {m.window_99:6.2f}")


if __name__ == "__main__":
    main()
