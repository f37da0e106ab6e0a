"""The articles in fixtures/farm and fixtures/clean: every finding on the one, none on the other.

article.txt is the original; article.md and records.jsonl hold the same text. After a change of it, or a change of rules
that is meant, `python tests/test_fixtures.py` writes the other files of fixtures/farm anew; read the difference of
expected.jsonl line by line before it is committed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parent.parent / "fixtures"
FARM, CLEAN = FIXTURES / "farm", FIXTURES / "clean"
KEYS = ("rule", "severity", "start", "end", "text")


def lint(path: Path, *flags: str) -> list[dict[str, Any]]:
    """The verdicts of `newslint check`."""
    command = [sys.executable, "-m", "linter", "check", str(path), "--isolated", "--format", "jsonl", *flags]
    done = subprocess.run(command, cwd=FIXTURES.parent, capture_output=True, timeout=60)
    assert done.returncode in (0, 1), done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


CREDIT = [("SRC007", "info", "TELLMOUTH, Feb. 19 - ")]  # no alarm: a credit for the dateline
JUNK_AUTHOR = ("HDR009", "info", "tellmouthbuzz24")


def expected() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FARM / "expected.jsonl").read_text(encoding="utf-8").splitlines()]


def wire(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: finding[key] for key in KEYS} for finding in findings]


def wording(findings: list[dict[str, Any]], *without: str) -> list[tuple[str, str, str]]:
    """Rule, severity and text of findings, where offsets differ; without some rules."""
    return sorted(
        (f["rule"], f["severity"], f["text"].replace("\r\n", "\n")) for f in findings if f["rule"] not in without
    )


def test_every_finding_in_the_farm_article() -> None:
    (verdict,) = lint(FARM / "article.txt")
    assert wire(verdict["findings"]) == expected()
    assert verdict["score"] < 60
    source = (FARM / "article.txt").read_text(encoding="utf-8")
    assert [f["text"] for f in verdict["findings"]] == [source[f["start"] : f["end"]] for f in verdict["findings"]]


def test_the_farm_article_shows_every_seeded_trace() -> None:
    # What was written into the article on purpose: without these the list above proves little.
    seeded = {"HDR005", "HDR007", "SHR001", "CAP002", "CAP003", "ENC001", "INJ001", "NWS001", "TPL001", "FTR006"}
    seeded |= {"SHR004", "FTR001", "SEO007", "PRV005"}
    assert seeded - {finding["rule"] for finding in expected()} == set()


def test_the_same_article_in_markdown() -> None:
    source = (FARM / "article.md").read_text(encoding="utf-8")
    assert source.endswith((FARM / "article.txt").read_text(encoding="utf-8"))
    (verdict,) = lint(FARM / "article.md", "--preset", "scraped")
    # {{ … }} is a tag of the site generator in Markdown, and is masked; the author is a field here, and a slug.
    assert wording(verdict["findings"]) == sorted([JUNK_AUTHOR, *wording(expected(), "TPL001")])
    in_text = [f for f in verdict["findings"] if f["field"] == "text"]
    assert [f["text"] for f in in_text] == [source[f["start"] : f["end"]] for f in in_text]


def test_a_content_repository_may_sign_its_own_articles() -> None:
    (verdict,) = lint(FARM / "article.md")
    found = {finding["rule"] for finding in verdict["findings"]}
    assert found.isdisjoint({"FTR001", "FTR006", "SEO007", "PRV005", "TPL001"})
    assert {f["severity"] for f in verdict["findings"] if f["rule"] in ("SHR001", "SHR004", "NWS001")} == {"info"}


def test_the_same_article_in_records() -> None:
    plain, with_fields, clean = lint(FARM / "records.jsonl")
    assert wire(plain["findings"]) == expected()
    # With CR LF, and with a title field; the URL says that the domain at the end is the article's own.
    assert wording(with_fields["findings"]) == sorted([JUNK_AUTHOR, *wording(expected(), "SEO007")])
    assert (wording(clean["findings"]), clean["score"]) == (CREDIT, 100)


@pytest.mark.parametrize("preset", ["scraped", "own"])
@pytest.mark.parametrize("name", ["article.txt", "article.md"])
def test_nothing_in_the_clean_article(name: str, preset: str) -> None:
    (verdict,) = lint(CLEAN / name, "--preset", preset)
    assert (wording(verdict["findings"]), verdict["score"], verdict["confidence"]) == (CREDIT, 100, "normal")


def regenerate() -> None:
    """Write expected.jsonl, article.md and records.jsonl."""
    farm = (FARM / "article.txt").read_text(encoding="utf-8")
    clean = (CLEAN / "article.txt").read_text(encoding="utf-8")
    title, slug = (line for line in farm.splitlines()[:3] if line)
    matter = f"---\ntitle: {title}\nauthor: {slug}\n---\n\n# "
    (FARM / "article.md").write_text(matter + farm, encoding="utf-8")
    fields = {"title": title, "author": slug, "url": "https://tellmouthbuzz.edu.xx/news/2214", "date": "2026-02-20"}
    records = [
        {"id": "farm", "text": farm},
        {"id": "farm-with-fields", **fields, "body": farm.replace("\n", "\r\n")},
        {"id": "clean", "title": clean.splitlines()[0], "author": "Runa Castell", "text": clean},
    ]
    _write(FARM / "records.jsonl", records)
    _write(FARM / "expected.jsonl", wire(lint(FARM / "article.txt")[0]["findings"]))


def _write(path: Path, objects: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects), encoding="utf-8")


if __name__ == "__main__":
    regenerate()
