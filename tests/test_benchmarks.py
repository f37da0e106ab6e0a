"""The benchmarks run, are seeded, and do not fall behind what was measured."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from benchmarks import damage, rewritten
from benchmarks.formats import measuring
from benchmarks.formats.__main__ import main
from benchmarks.formats.corpus import Row
from benchmarks.formats.extractors import TOOLS, looked_at
from benchmarks.formats.stored import FORMATS


@pytest.mark.slow
def test_damage_is_found_where_it_was_found_before_and_raises_nothing_elsewhere() -> None:
    results = damage.measure(seed=1, most=30)
    assert results == damage.measure(seed=1, most=30)
    recall = {name: found / count for name, (count, found, _, _) in results.items()}
    least = {"doubled_verb": 0.8, "open_quotation": 0.8, "tense_flip": 0.7, "wrong_article": 0.6, "pronoun_flip": 0.2}
    assert {name: recall[name] >= share for name, share in least.items()} == dict.fromkeys(least, True), recall
    new, right = (sum(result[n] for result in results.values()) for n in (2, 3))
    assert right >= 0.97 * new


@pytest.mark.slow
def test_our_own_rewritten_articles() -> None:
    groups, beside, _ = rewritten.measure()
    assert groups["all"]["found"] >= 0.2 * groups["all"]["marks"]
    assert beside["clean warning"] + beside["clean error"] == 0
    assert beside["farm warning"] + beside["farm error"] <= 0.3 * beside["articles"]


def test_every_format_gives_the_same_articles_and_every_dump_the_same_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "formats.md"
    assert main(["--records", "20", "--repeat", "1", "--markdown", str(written)]) == 0, capsys.readouterr().err
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in written.read_text("utf-8").splitlines()]
    shown = {row[0]: row for row in rows if row}
    lacking = {
        line[2:].partition(" needs ")[0] for line in written.read_text("utf-8").splitlines() if " needs " in line
    }
    names = {form.name for form in FORMATS} | set(TOOLS)
    assert names == (shown.keys() & names) | lacking
    assert {row[1] for name, row in shown.items() if name in names} == {"20"}
    dumps = {form.name for form in FORMATS if form.dump} - lacking
    assert len({shown[name][-1] for name in dumps}) == 1
    assert int(shown["JSONL"][-1]) >= 20


def test_a_format_that_loses_or_changes_a_record_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = {form.name: form for form in FORMATS}

    def shortened(rows: Iterator[Any], base: Path) -> Any:
        return forms["CSV"].write(islice(rows, 2), base)

    def retitled(rows: Iterator[Any], base: Path) -> Any:
        return forms["JSON array"].write((replace(row, title="Another") for row in rows), base)

    broken = (forms["JSONL"], forms["CSV"]._replace(write=shortened), forms["JSON array"]._replace(write=retitled))
    monkeypatch.setattr(measuring, "FORMATS", broken)
    monkeypatch.setattr(measuring, "TOOLS", {})
    wrong = measuring.measure(3, 1).wrong
    assert [line.partition(" (")[0] for line in wrong] == [
        "CSV: 2 articles, expected 3", "CSV: other findings than JSONL", "JSON array: other findings than JSONL",
    ]  # fmt: skip


def test_what_an_extractor_keeps_is_counted_in_runs_of_words_and_in_lines() -> None:
    row = Row(
        id="1", url="", title="", text="The new bridge opened on Monday at noon.",
        residue=["Sign up for more", "Menu", "Terms of this site", "bridge opened on Monday"],
    )  # fmt: skip
    found = looked_at("some", iter(["The new bridge opened on Monday\n\nSign  up for more"]), iter([row]))
    assert (found.pages, found.gold, found.residue) == (1, 2 / 4, 1 / 2)


def test_wrong_data_is_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = partial(main, ["--data", str(tmp_path), "--records", "2", "--repeat", "1"])
    texts = tmp_path / "clean_articles.jsonl.gz"
    expected = {
        None: f"error: {texts}: no such file or directory; expected a gzipped file of JSON lines",
        b"{}": f"error: {texts}: not a gzipped file (b'{{}}'); expected a gzipped file of JSON lines",
        gzip.compress(b""): f"error: {texts}: empty; expected a gzipped file of JSON lines",
        gzip.compress(b'{"id": "1", "url": ""}\n'): f"error: {texts}, line 1: Object missing required field `title`",
    }
    for content, line in expected.items():
        if content is not None:
            texts.write_bytes(content)
        assert run() == 2
        assert capsys.readouterr().err.splitlines()[1:] == [line]
