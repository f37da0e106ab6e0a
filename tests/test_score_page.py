"""docs/score.md is what its command makes of the committed figures and the rule files as they are."""

from __future__ import annotations

import gzip
import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from benchmarks.score import figures, measuring, page, spreads, weights, words
from benchmarks.score.__main__ import main
from linter import Linter
from linter.model import Article, Category, Verdict
from linter.scorecard import CAPS

ANEW = "write it anew: python -m benchmarks.score --page, or with --data DIR after a change to what is measured"
_WEIGHT = re.compile(r"^ *(?:points|credit): ([\d.]+)(?: *# *(.+))?$", re.MULTILINE)


def shown() -> str:
    """The committed page, on one line."""
    return " ".join(page.FILE.read_text("utf-8").split())


def test_the_page_is_what_the_figures_and_the_rule_files_make() -> None:
    assert page.FILE.read_text("utf-8") == page.page(figures.load()), f"docs/score.md is out of date; {ANEW}"


def test_every_weight_of_a_measure_stands_there_with_its_reason(root: Path) -> None:
    files = [
        file for family in ("sourcing", "style", "provenance") for file in (root / "rules" / family).glob("*.yaml")
    ]
    files += [root / "rules/header/title-shout-tag.yaml", root / "rules/seo/clickbait-or-sensational-title.yaml"]
    text, lacking = shown(), []
    for file in files:
        content = file.read_text("utf-8")
        rule = content.split("id: ", 1)[1].split("\n", 1)[0]
        for points, reason in _WEIGHT.findall(content.split("\nexamples:", 1)[0]):
            if rule not in text or reason not in text:
                lacking.append((rule, points, reason))
    assert not lacking, f"not in docs/score.md: {lacking}; {ANEW}"


def test_no_weight_of_its_own_is_without_a_reason() -> None:
    measured = {one.rule.id: one.reason for one in weights.measures()}
    given = {one.rules[0].id: one.reason for one in weights.fixed() if len(one.rules) == 1}
    assert [rule for rule, reason in (measured | given).items() if not reason] == []
    families = {one.rule.family for one in weights.measures()}
    assert families == {"SRC", "STY"}
    own = {rule for rule in given if rule[:3] in ("SRC", "STY", "PRV")} | {"HDR004"}
    assert own == {"HDR004", "PRV003", "PRV004", "PRV006", "SRC007", "STY007", "STY008"}


def test_the_rules_of_all_tables_are_all_rules() -> None:
    counted = sum(counts.total() for counts in weights.usual().values())
    named = {rule.id for one in weights.fixed() if not one.case for rule in one.rules}
    named |= {one.rule.id for one in weights.measures()} | {rule.id for rule in weights.previews()}
    assert counted + len(named) == len(weights.shipped())


def article(score: int | None, *, words: int = 300, **fields: Any) -> spreads.Scored:
    categories = {name: Category(0, cap, True) for name, cap in CAPS.items()}
    verdict = Verdict(path="-", score=score, words=words, categories=categories)
    return spreads.Scored(Article(text="", source="", raw=fields), verdict, {"STY001": 100 - score} if score else {})


def test_percentiles_are_scores_that_articles_have_and_what_has_no_score_is_only_counted() -> None:
    found = spreads.spread("some", [article(score) for score in (*range(51, 71), None)])
    assert (found.articles, found.scored) == (21, 20)
    assert (found.median, found.p5, found.p1, found.lowest) == (60, 51, 51, 51)
    assert found.under == {"90": 1.0, "75": 1.0, "60": 9 / 20}
    assert spreads.spread("none", []).median is None
    cost = spreads.cost([article(100), article(90), article(80), article(None)], "STY001")
    assert (cost.share, cost.mean, cost.most) == (2 / 3, 15.0, 20)


def test_groups_are_in_order_of_size_and_without_those_that_have_no_name() -> None:
    rows = [article(80, kind="small"), *(article(90, kind="large") for _ in range(2)), article(70)]
    assert [(one.name, one.articles) for one in spreads.grouped(rows, lambda one: one.field("kind"))] == [
        ("large", 2), ("small", 1),
    ]  # fmt: skip


def test_prose_is_wrapped_and_tables_and_code_are_not() -> None:
    long = "word " * 40
    text = f"{long}\nmore\n- {long}\n\n| {long}|\n\n```sh\n{long}\n```\n"
    lines = words.wrapped(text).splitlines()
    assert [line for line in lines if len(line) > 120] == [f"| {long}|", long]
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())
    assert next(line for line in lines if line.startswith("  ")).startswith("  word")


def written(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def made(tmp_path: Path, root: Path) -> Path:
    """Sets of our own invented articles: those of a farm are the unreliable ones."""
    lines = (root / "fixtures/rewritten/articles.jsonl").read_text("utf-8").splitlines()[:12]
    given = [json.loads(line) for line in lines]
    rows = [
        {
            "id": f"bbc2005:made/{number}-{side}", "set": "bbc2005", "label": side, "source": f"paper {number % 2}",
            "meta": {"pair": str(number), "hyperpartisan": str(side == "unreliable").lower(), "orientation": "made"},
            "title": one[f"{kind}title"], "text": one[f"{kind}text"], "url": f"https://{number % 3}.example/{number}",
        }
        for number, one in enumerate(given)
        for side, kind in (("reliable", "clean_"), ("unreliable", ""))
    ]  # fmt: skip
    for kind in measuring.LABELLED:
        written(tmp_path, kind.file, rows)
    written(tmp_path, "clean_articles", rows)
    written(tmp_path, "markdown_clean", [{"text": f"---\ntitle: Post\n---\n{row['text']}"} for row in rows])
    written(
        tmp_path,
        "rewritten",
        [{**one, "path": "control" if number == 0 else one["path"]} for number, one in enumerate(given)],
    )
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed/article.txt").write_text(given[0]["text"], "utf-8")
    return tmp_path


def scores(folder: Path, side: str) -> list[int]:
    """The scores of a side, linted one by one."""
    with gzip.open(folder / "labelled_celebrity.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["label"] == side]
    linter = Linter()
    return [linter.lint(row["text"], title=row["title"], url=row["url"]).score or 0 for row in rows]


def test_what_is_measured_of_made_sets(made: Path, tmp_path: Path) -> None:
    found = measuring.measure(made)
    webis, celebrity, semeval = found.labelled
    reliable, unreliable = scores(made, "reliable"), scores(made, "unreliable")
    by_hand = sum((ours > theirs) + (ours == theirs) / 2 for ours, theirs in product(reliable, unreliable)) / 144
    for one in found.labelled:
        assert {side: spread.articles for side, spread in one.sides.items()} == {"reliable": 12, "unreliable": 12}
        assert one.auc.value == pytest.approx(by_hand)
        assert one.within is not None and one.within.auc is not None
        assert sum(band.articles for band in one.bands) == 24
        assert "republication" in one.left_out.categories
    assert (webis.within.both, celebrity.within.both, semeval.within.both) == (2, 12, 3)  # type: ignore[union-attr]
    # The sets are the same here, and so is what agrees in the others.
    assert webis.left_out.rules == [rule for rule, auc in sorted(webis.rules.items()) if auc.value > 0.5]
    assert found.rewritten.farm.articles == 11
    assert found.rewritten.controls == [unreliable[0]]
    assert found.annotated == Linter().lint((made / "seed/article.txt").read_text("utf-8")).score
    figures.save(found, tmp_path / "figures.json")
    kept = figures.load(tmp_path / "figures.json")
    figures.save(kept, tmp_path / "again.json")
    assert (tmp_path / "figures.json").read_bytes() == (tmp_path / "again.json").read_bytes()
    assert kept.data["rewritten"].articles == 12


def test_wrong_data_and_figures_are_one_line_and_exit_code_2(
    tmp_path: Path, made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "FILE", tmp_path / "score.md")
    monkeypatch.setattr(figures, "FILE", tmp_path / "none.json")
    monkeypatch.delenv("NEWSLINT_EVAL", raising=False)

    def said(*arguments: str) -> str:
        assert main(list(arguments)) == 2
        return capsys.readouterr().err.splitlines()[-1]

    assert said() == "error: no evaluation data: give --data DIR, set NEWSLINT_EVAL, or write the --page alone"
    assert said("--page").startswith(f"error: {tmp_path / 'none.json'}: no such file or directory; ")
    missing = tmp_path / "nowhere" / "labelled_webis_buzzfeed2016.jsonl.gz"
    assert said("--data", str(tmp_path / "nowhere")) == f"error: {missing}: no such file or directory"
    webis = made / "labelled_webis_buzzfeed2016.jsonl.gz"
    webis.write_bytes(gzip.compress(b'{"text": 3}\n'))
    assert said("--data", str(made)) == f"error: {webis}, record 0: field 'text' is a number, not a string"
    webis.write_bytes(gzip.compress(b""))
    assert said("--data", str(made)) == f"error: {webis}: empty; expected a gzipped file of JSON lines"
    assert not page.FILE.exists()


@pytest.mark.slow
def test_a_sample_can_be_measured_again(data: Path) -> None:
    if not (data / "seed").is_dir():
        pytest.skip("no seed in the evaluation data")
    found, kept = measuring.measure(data, every=6), figures.load()
    same = {name for name, file in found.data.items() if kept.data.get(name) == file}
    for kind, now, then in zip(measuring.LABELLED, found.labelled, kept.labelled, strict=True):
        assert now.auc.low <= now.auc.value <= now.auc.high
        assert all(spread.scored for spread in now.sides.values())
        if kind.file in same:
            assert now.auc.low <= then.auc.high and then.auc.low <= now.auc.high, f"{kind.name}: {ANEW}"
    if "clean_articles" in same:
        medians = [of.clean[0].median or 0 for of in (found, kept)]
        assert abs(medians[0] - medians[1]) <= 2, ANEW
    if "seed/article.txt" in same:
        assert abs((found.annotated or 0) - (kept.annotated or 0)) <= 5, ANEW
