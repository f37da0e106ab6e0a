"""Recall and false findings on fixtures/rewritten: invented news and a content farm's versions of it.

    python -m benchmarks.rewritten [--missed]

A marked fault counts as found if a finding overlaps it; a warning or error elsewhere in the farm's version, or in the
clean one, is false.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from linter import Linter

ARTICLES = Path(__file__).parent.parent / "fixtures" / "rewritten" / "articles.jsonl"


def measure() -> tuple[dict[str, Counter[str]], Counter[str], list[str]]:
    """(by group: marks, those found, those found by a warning or error; findings beside marks; what was missed)."""
    linter, groups, beside, missed = Linter(), defaultdict[str, Counter[str]](Counter), Counter[str](), list[str]()
    for line in ARTICLES.read_text("utf-8").splitlines():
        article = json.loads(line)
        findings = [f for f in linter.lint(article["text"], title=article["title"]).findings if f.field == "text"]
        for mark in article["spans"]:
            on_mark = [f for f in findings if f.start < mark["end"] and mark["start"] < f.end]
            for group in ("all", mark["severity"], f"kind {mark['kind']}", f"path {article['path']}"):
                groups[group]["marks"] += 1
                groups[group]["found"] += bool(on_mark)
                groups[group]["warned"] += any(f.severity != "info" for f in on_mark)
            findings = [f for f in findings if f not in on_mark]
            if not on_mark:
                missed.append(f"{article['id']} {mark['class']}: {mark['quote']!r} for {mark['original']!r}")
        beside.update(f"farm {f.severity}" for f in findings)
        clean = linter.lint(article["clean_text"], title=article["clean_title"])
        beside.update(f"clean {f.severity}" for f in clean.findings if f.field == "text")
        beside["articles"] += 1
    return groups, beside, missed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--missed", action="store_true", help="list what was missed")
    groups, beside, missed = measure()
    print(f"{'group':32} {'marks':>6} {'found':>6} {'warned':>6}")
    for group, count in sorted(groups.items()):
        shares = (count[key] / count["marks"] for key in ("found", "warned"))
        print(f"{group:32} {count['marks']:6} " + " ".join(f"{share:6.3f}" for share in shares))
    articles = beside.pop("articles")
    print(f"beside the marks, per article: {', '.join(f'{k} {n / articles:.2f}' for k, n in sorted(beside.items()))}")
    if parser.parse_args().missed:
        print("\n".join(missed))


if __name__ == "__main__":
    main()
