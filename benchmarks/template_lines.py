"""How well `newslint learn-lines` finds the template lines of a generated dump, how fast, and in how much memory.

    python -m benchmarks.template_lines [--records 70000] [--seed 1]

The bodies are sentences of fixtures/rewritten in new orders, the template lines of every site are invented, so that it
is known which lines to find: those that stand in 3 and in 2 % of the records of their site, copies of records aside.
What makes it hard: copies and near copies of records, sequels that repeat a paragraph of background, template lines
that are too rare, numbers that change, decoration around lines, sites of all sizes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from linter import Config, Linter
from linter.corpus.sites import host_of
from linter.corpus.templatelines import fold
from linter.lexicon import parse_lexicon

ARTICLES = Path(__file__).parent.parent / "fixtures" / "rewritten" / "articles.jsonl"
_PLACES = "Aldermere Brackwater Carrowby Dunfell Eskmouth Farholme Greywick Harrowmere Inverlaw Kelderby".split()
_PAPERS = "Post Courier Herald Ledger Letter Observer Gazette Mail".split()
_TEMPLATES = (
    "Sign up for the {paper}'s morning letter and read it before the first ferry leaves",
    "» Read on: {n} more stories from {place}",
    "The {paper} is paid for by {n},{n} readers. Will you be one of them?",
    "Photo desk {place}: pictures@{slug}.example",
    "© {n} The {paper}, {place}. All rights reserved.",
    "Have you seen something that we should know? Write to the desk of the {paper}.",
    "{n} people read this now",
    "Listen to this story in the {paper}'s app ({n}:{n} min)",
    "This text may have been shortened by a machine, and the {paper} is not answerable for what was lost on the way.",
    "Prices and times were right when the {paper} went to press; ask at the harbour office before you travel.",
)
_DECORATIONS = ("{}", "{}", "{}", "» {}", "{} ›", "* {} *", "{}!")


class Dump:
    """A generated dump: `records` to be written, and afterwards what is to be found in them (`truth`)."""

    def __init__(self, size: int, seed: int = 1, sites: int | None = None) -> None:
        self._random = random.Random(seed)
        self._size = size
        self._sites = sites or max(4, size // 250)
        texts = [json.loads(line)["clean_text"] for line in ARTICLES.read_text("utf-8").splitlines()]
        self._sentences = sorted({s for text in texts for s in re.findall(r"[A-Z][^.?!\n“”\"]{40,200}\.", text)})
        self._counts = Counter[tuple[str, str]]()  # (site, folded template line) -> records
        self._records = Counter[str]()  # without copies
        self.lines = 0

    def records(self) -> Iterator[dict[str, Any]]:
        """The records, in an order in which sites are mixed."""
        draw = self._random
        makers = [_Site(number, draw) for number in range(self._sites)]
        weights = [1 / (number + 1) for number in range(self._sites)]
        for number in range(self._size):
            site = draw.choices(makers, weights)[0]
            record = self._copy(site) or self._new(site, number)
            self.lines += record["text"].count("\n\n") + 1
            yield record

    def _new(self, site: _Site, number: int) -> dict[str, Any]:
        draw = self._random
        paragraphs = [" ".join(draw.sample(self._sentences, draw.randint(2, 3))) for _ in range(draw.randint(5, 12))]
        if draw.random() < 0.02:  # the first of some stories that have a paragraph of background in common
            site.background, site.sequels = paragraphs[1], 2
        elif site.sequels and draw.random() < 0.5:
            site.sequels -= 1
            paragraphs.insert(2, site.background)
        body = list(paragraphs)
        self._records[site.host] += 1
        for line, share in site.lines:
            if draw.random() < share:
                shown = re.sub("7", lambda _: str(draw.randint(1, 999)), line)
                self._counts[site.host, fold(shown)] += 1
                body.insert(draw.choice((len(body), len(body), 0, draw.randint(0, len(body)))), self._decorated(shown))
        record = {"url": site.url(number, draw), "title": f"{draw.choice(self._sentences)[:60]} {number}"}
        record["text"] = "\n\n".join(body)
        site.kept.append((paragraphs, record))
        del site.kept[:-50]
        return record

    def _copy(self, site: _Site) -> dict[str, Any] | None:
        """One record in ten is one that was there before, half of these with another last paragraph."""
        draw = self._random
        if not site.kept or draw.random() > 0.1:
            return None
        paragraphs, record = draw.choice(site.kept)
        if draw.random() < 0.5:
            return {**record, "url": record["url"] + "?again"}
        text = record["text"].replace(paragraphs[-1], draw.choice(self._sentences))
        return {**record, "url": record["url"] + "?update", "text": text}

    def _decorated(self, line: str) -> str:
        line = self._random.choice(_DECORATIONS).format(line)
        return line.upper() if self._random.random() < 0.1 else line

    def truth(self, least: int = 3, share: float = 0.02) -> set[tuple[str, str]]:
        """(site, folded line) of the template lines that stand in so many records."""
        return {key for key, count in self._counts.items() if count >= max(least, math.ceil(share * self._of(key)))}

    def times(self, site: str, line: str) -> int:
        """The number of records of a site, copies aside, in which a folded template line stands."""
        return self._counts[site, line]

    @property
    def template(self) -> set[tuple[str, str]]:
        """(site, folded line) of every template line, those that are too rare included."""
        return set(self._counts)

    def _of(self, key: tuple[str, str]) -> int:
        return self._records[key[0]]


class _Site:
    """A paper with its template lines, and how often each of them is printed."""

    def __init__(self, number: int, draw: random.Random) -> None:
        place, paper = draw.choice(_PLACES), draw.choice(_PAPERS)
        self.host = f"{place.lower()}-{paper.lower()}-{number}.example"
        self.kept: list[tuple[list[str], dict[str, Any]]] = []
        self.background, self.sequels = "", 0
        names = {"paper": f"{place} {paper}", "place": place, "slug": self.host.partition(".")[0], "n": "7"}
        shares = (0.9, 0.6, 0.3, 0.1, 0.05, 0.01, 0.004)
        lines = draw.sample(_TEMPLATES, draw.randint(2, 6))
        self.lines = [(line.format(**names), draw.choice(shares)) for line in lines]

    def url(self, number: int, draw: random.Random) -> str:
        return f"https://{draw.choice(('www.', '', 'amp.', 'm.'))}{self.host}/story/{number}"


def read_lines(path: Path) -> set[tuple[str, str]]:
    """(site, folded line) of what learn-lines has written."""
    return {(entry.tag or "", entry.phrase) for entry in parse_lexicon(path.read_text("utf-8").splitlines())}


def _warnings(path: Path, lines: Path, template: set[tuple[str, str]], most: int = 1000) -> Counter[bool]:
    """Of the warnings in the first records of a dump: are they about lines of a template?"""
    linter, told = Linter(Config(select=["XDC004"], lines=[str(lines)])), Counter[bool]()
    with path.open(encoding="utf-8") as file:
        for record in map(json.loads, islice(file, most)):
            verdict = linter.lint(record["text"], title=record["title"], url=record["url"])
            shown = [line for f in verdict.findings if f.severity == "warning" for line in f.text.split("\n\n")]
            told.update((host_of(record["url"]), fold(line)) in template for line in shown)
    return told


def measure(records: int, seed: int = 1) -> dict[str, float]:
    """Precision, recall, seconds and MiB of `newslint learn-lines` on a generated dump."""
    with tempfile.TemporaryDirectory() as name:
        path, output, dump = Path(name, "dump.jsonl"), Path(name, "lines.txt"), Dump(records, seed)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in dump.records())
        begin = time.perf_counter()
        command = [sys.executable, "-m", "linter", "learn-lines", path, "--isolated", "--quiet", "--output", output]
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - begin
        found, truth = read_lines(output), dump.truth()
        told = _warnings(path, output, dump.template)
    return {
        "records": records,
        "lines": dump.lines,
        "to find": len(truth),
        "found": len(found),
        "precision": len(found & dump.template) / max(len(found), 1),
        "recall": len(found & truth) / max(len(truth), 1),
        "background": len(found - dump.template),  # paragraphs that sequels repeat
        "warnings": told.total(),
        "of them right": told[True] / max(told.total(), 1),
        "seconds": round(seconds, 1),
        "MiB": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=70_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name, value in measure(options.records, options.seed).items():
        print(f"{name:20} {value:,.3f}".rstrip("0").rstrip("."))


if __name__ == "__main__":
    main()
