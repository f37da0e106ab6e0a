"""Measures rules/hit-rates.json: in how many documents of each reference every rule fires. Run by developers:

    python scripts/measure_hit_rates.py DIR

DIR holds the references as gzipped JSON Lines with a `text` (and `title`, `url`) or an `html` per line; they are
third-party texts and no part of this repository. Rules in preview are measured as well, and a rule whose hit was merged
into another rule's finding counts as firing.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from linter import Config, Linter, __version__
from linter.hitrates import RATES_FILE, HitRates, Reference


class Source(NamedTuple):
    """What a reference is called, where it comes from, the files that make it up, and how they are read."""

    name: str
    origin: str
    files: list[str]
    field: str
    profile: Literal["text", "markdown", "html"]


REFERENCES = {
    "clean": Source(
        "professional news articles",
        "BBC articles of Greene and Cunningham 2005; gold texts of scrapinghub/article-extraction-benchmark and "
        "AndyTheFactory/article-extraction-dataset",
        ["clean_articles"],
        "text",
        "text",
    ),
    "markdown": Source(
        "blog posts in Markdown",
        "posts of 18F, digital.gov, The Carpentries, Node.js, Let's Encrypt, Rust, rOpenSci, Rails and Electron",
        ["markdown_clean"],
        "text",
        "markdown",
    ),
    "scraped": Source(
        "scraped news texts",
        "BuzzFeed-Webis corpus 2016; celebrity news of Pérez-Rosas et al. 2018; SemEval-2019 task 4, by article",
        ["labelled_webis_buzzfeed2016", "labelled_celebrity", "labelled_semeval2019_hyperpartisan"],
        "text",
        "text",
    ),
    "pages": Source(
        "whole web pages",
        "test pages of article-extraction-benchmark, article-extraction-dataset, readability, newspaper3k, "
        "newspaper4k and goose3",
        ["html_pages"],
        "html",
        "html",
    ),
}


def main() -> None:
    """Measure, write the file, and say what came out."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: measure_hit_rates.py DIR (the folder of the reference texts)")
    linter = Linter(Config(preview=True))
    references: dict[str, Reference] = {}
    rules: dict[str, dict[str, int]] = {rule.id: {} for rule in linter.rulebook.rules}
    for key, source in REFERENCES.items():
        fired: Counter[str] = Counter()
        documents = 0
        for row in _rows(Path(sys.argv[1]), source.files):
            text, title, url = row[source.field], row.get("title"), row.get("url")
            verdict = linter.lint(text, title=title, url=url, profile=source.profile)
            fired.update({rule for f in verdict.findings for rule in (f.rule, *f.related)})
            documents += 1
        references[key] = Reference(source.name, documents, source.origin)
        for rule, counts in rules.items():
            counts[key] = fired[rule]
    rates = HitRates(date.today().isoformat(), __version__, f"scripts/{Path(__file__).name}", references, rules)
    RATES_FILE.write_bytes(_one_line_per_rule(rates))
    for rule in rules:
        print(rule, *rates.lines(rule), sep="  ")


def _rows(folder: Path, files: list[str]) -> Iterator[dict[str, Any]]:
    for name in files:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _one_line_per_rule(rates: HitRates) -> bytes:
    """JSON that a person can compare with the last one."""
    head = {key: value for key, value in msgspec.to_builtins(rates).items() if key != "rules"}
    text = json.dumps(head, indent=1, ensure_ascii=False)[:-2] + ',\n "rules": {\n'
    lines = [f"  {json.dumps(rule)}: {json.dumps(counts)}" for rule, counts in sorted(rates.rules.items())]
    return (text + ",\n".join(lines) + "\n }\n}\n").encode()


if __name__ == "__main__":
    main()
