"""The speed benchmark: everything has a row, ratios are right, wrong data is told, and linting got no dearer."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks import instructions
from benchmarks.formats.stored import missing
from benchmarks.speed import contenders, shares
from benchmarks.speed.__main__ import main
from benchmarks.speed.contenders import BARE, NEWSLINT, Contender
from benchmarks.speed.corpus import article_of, corpus
from benchmarks.speed.lengths import exponent, measure_lengths
from benchmarks.speed.measuring import Rate, measure
from benchmarks.speed.others import CONTENDERS
from benchmarks.speed.tables import shares_section
from linter.api import Linter
from linter.rulebook import load_book

SMALL = ["--records", "6", "--slow-records", "3", "--rounds", "1"]
NUMBER = re.compile(r"[\d,]*\.?\d+(?:e-\d+)?")


@pytest.fixture(autouse=True)
def _a_short_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contenders, "LONG_RUN", 0)


def tables(page: Path) -> list[list[list[str]]]:
    """The tables of a Markdown page, as cells; without the line below the head."""
    found: list[list[list[str]]] = []
    lines = ["", *page.read_text("utf-8").splitlines()]
    for before, line in pairwise(lines):
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            found[-1].append([cell.strip() for cell in line.split("|")[1:-1]])
    return [[head, *rows] for head, _, *rows in found]


def cells(row: list[str]) -> list[str]:
    """A row with "n" in the place of what was measured: numbers other than 1, and their ranges."""
    name, *rest = row
    return [name, *("1" if cell == "1" else NUMBER.sub("n", cell) for cell in rest)]


def dump(path: Path, *rows: Any) -> Path:
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return path


def test_every_contender_has_its_row_and_newslint_and_re2_are_the_measures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "speed.md"
    before = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    assert main([*SMALL, "--markdown", str(page)]) == 0, capsys.readouterr().err
    assert before is None or os.sched_getaffinity(0) == before
    (head, *rows), = tables(page)  # fmt: skip
    assert head == [
        "", "articles", "MB/s", "articles/s", "ms an article", "time, newslint = 1", "time, RE2 = 1",
        "core-hours for 50 million",
    ]  # fmt: skip
    expected, articles = [], []
    for contender in CONTENDERS:
        lacking = [name for name in contender.needs if missing(name)]
        measured = ["n", "n (n to n)", "n", "n", "1" if contender.name == "newslint" else "n"]
        last = ["1" if contender.name == "re2" else "n", "n"]
        unmeasured = [f"not installed: pip install {' '.join(lacking)}", *["–"] * 6]
        expected.append([contender.what, *(unmeasured if lacking else [*measured, *last])])
        articles.append(expected[-1][1] if lacking else "3" if contender.slow else "6")
    assert [cells(row) for row in rows] == expected
    assert [row[1] for row in rows] == articles
    text = page.read_text("utf-8")
    assert text.startswith("# Speed\n\nMade by `python -m benchmarks.speed --records 6 --slow-records 3 --rounds 1`;")
    shown = capsys.readouterr().out
    assert [contender.what for contender in CONTENDERS if contender.what not in shown] == []


def test_what_is_chosen_is_measured_alone(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    assert main([*SMALL, "--only", "re2", "read", "--markdown", str(page)]) == 0
    (_, *rows), = tables(page)  # fmt: skip
    assert [cells(row) for row in rows] == [
        [BARE[0].what, "n", "n (n to n)", "n", "n", "–", "n", "n"],
        [BARE[1].what, "n", "n (n to n)", "n", "n", "–", "1", "n"],
    ]


def test_what_is_not_installed_and_what_fails_have_rows_that_say_so(tmp_path: Path) -> None:
    def broken(_: object) -> Any:
        raise ValueError("no words\nat all")

    given = corpus(tmp_path, None, 2)
    rates = measure(
        given,
        [Contender("a", "A", broken, ("no-such-library",)), Contender("b", "B", broken), BARE[1]],
        rounds=2, slow=1, say=lambda _: None,
    )  # fmt: skip
    assert [(rate.articles, rate.problem, rate.failed, len(rate.times)) for rate in rates] == [
        (0, "not installed: pip install no-such-library", False, 0),
        (0, "failed: ValueError: no words", True, 0),
        (2, "", False, 2),
    ]


def test_ratios_are_of_bytes_and_within_rounds() -> None:
    whole, part = Rate("a", "A", 4, 4000, [2.0, 4.0, 40.0]), Rate("b", "B", 1, 1000, [1.0, 2.0, 10.0])
    assert (whole.per_byte(), part.per_byte()) == (0.001, 0.002)
    assert (part.against(whole), whole.against(part), whole.against(whole)) == (2.0, 0.5, 1.0)
    linear, quadratic = Rate("c", "C", 2, 20, [2.0]), Rate("d", "D", 1, 100, [100.0])
    assert exponent([linear, quadratic]) == pytest.approx(2)


def test_the_command_and_the_linter_find_the_same_in_the_corpus(tmp_path: Path) -> None:
    given = corpus(tmp_path, None, 9)
    command = next(contender for contender in NEWSLINT if contender.name == "command")
    command.prepare(given)()
    lines = given.path.with_suffix(".out").read_text("utf-8").splitlines()
    by_command = [(row["id"], row["title"], row["score"], row["findings"]) for row in map(json.loads, lines)]
    verdicts = [outcome.verdict for outcome in Linter().run_all([article_of(row) for row in given.rows])]
    by_linter = [(v.id, v.title, v.score, msgspec.to_builtins(v.findings)) for v in verdicts]

    def places(found: list[tuple[Any, Any, Any, Any]]) -> list[Any]:
        return [(*first, [(f["rule"], f["start"], f["end"], f["points"]) for f in last]) for *first, last in found]

    assert places(by_command) == places(by_linter)
    assert sum(len(findings) for *_, findings in by_linter) > 9


def test_the_shares_of_checks_add_up(tmp_path: Path) -> None:
    found = shares.measure_shares(corpus(tmp_path, None, 6), 2)
    names = {rule.id: rule.name for rule in load_book().rules}
    assert sum(one.share for one in found) == pytest.approx(1)
    assert [one.name for one in found] == [names.get(one.what, "") for one in found]
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert {one.what: one.on for one in found if one.what in ("scan", "score", "engine")} == {
        "scan": 6, "score": 6, "engine": 6,
    }  # fmt: skip
    made = [shares.Share(f"C{n}", f"n{n}" if n else "", 0.06 if n < 2 else 0.04, 1.0, 6) for n in range(22)]
    (_, _, rows), notes = shares_section(made)
    assert [row[0] for row in rows] == [*(f"C{n}" for n in range(20)), "2 others"]
    assert (rows[0][1:], rows[-1][2:4]) == (("–", "6.0%", "1", "6"), ("8.0%", "2"))
    assert notes[1] == "checks of more than 5%: C1"


def test_lengths_are_cut_from_the_same_text_as_far_as_it_goes(tmp_path: Path) -> None:
    said: list[str] = []
    rates = measure_lengths(corpus(tmp_path, None, 27), 1, said.append)
    assert [(rate.what, rate.articles, len(rate.times)) for rate in rates] == [("10 kB", 10, 1), ("100 kB", 1, 1)]
    assert abs(rates[0].size - rates[1].size) < 1000
    assert "the texts are too short for articles of 1 MB" in said


def test_own_data_is_a_file_or_a_folder(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "data"
    out.mkdir(), folder.mkdir()
    one = dump(folder / "one.jsonl", {"headline": "A", "body": "The bridge opened."}, {"url": "u"}, {"text": "Yes."})
    found = corpus(out, one, 9)
    assert [(row.title, row.text) for row in found.rows] == [("A", "The bridge opened."), ("", "Yes.")]
    assert found.origin == "own data; left out for want of a text, or unreadable: 1"
    assert (found.size, found.mean_size, found.mean_words) == (22, 11.0, 2.0)
    assert [json.loads(line)["text"] for line in found.path.read_text().splitlines()] == ["The bridge opened.", "Yes."]
    dump(folder / "two.jsonl", {"text": "No."})
    assert [row.text for row in corpus(out, folder, 9).rows] == ["The bridge opened.", "Yes.", "No."]
    assert [row.text for row in corpus(out, folder, 1).rows] == ["The bridge opened."]
    (folder / "clean_articles.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Clean."}\n'))
    assert [row.text for row in corpus(out, folder, 9).rows] == ["Clean."]


def test_wrong_data_is_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty, broken, blank, absent = (tmp_path / name for name in ("empty", "broken.jsonl", "blank.jsonl", "absent"))
    empty.mkdir()
    broken.write_text("{")
    dump(blank, {"text": " "})
    expected = {
        absent: rf"error: {absent}: no such file or directory",
        empty: rf"error: {empty}: no articles found \(looked for .*\)",
        broken: rf"error: {broken}: .*; expected articles with text",
        blank: rf"error: {blank}: empty text; expected articles with text",
    }
    for path, line in expected.items():
        assert main([*SMALL, "--data", str(path)]) == 2
        said = capsys.readouterr().err.splitlines()
        assert said[0] == "making the corpus"
        assert re.fullmatch(line, "\n".join(said[1:])), said
    wrong = {
        ("--markdown", str(empty)): f"{empty}: not a file in an existing folder",
        ("--rounds", "0"): "'0' is not a whole number above 0",
    }
    for words, line in wrong.items():
        with pytest.raises(SystemExit) as stopped:
            main([*words])
        assert stopped.value.code == 2
        assert capsys.readouterr().err.endswith(f"argument {words[0]}: {line}\n")


@pytest.mark.slow
def test_whole_processes_are_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "speed.md"
    assert main([*SMALL, "--only", "re2", "--startup", "--files", "3", "--markdown", str(page)]) == 0, (
        capsys.readouterr().err
    )
    _, (head, *rows) = tables(page)
    assert head == ["", "runs", "seconds", "files/s"]
    assert [cells(row) for row in rows] == [
        ["the bare interpreter: python -c pass", "n", "n (n to n)", "–"],
        ["newslint --version", "n", "n (n to n)", "–"],
        ["newslint check, one article", "n", "n (n to n)", "–"],
        ["newslint check, 3 Markdown files, --jobs 1", "1", "n (n to n)", "n"],
        [rows[4][0], "1", "n (n to n)", "n"],
    ]
    assert re.fullmatch(r"newslint check, 3 Markdown files, --jobs auto \(\d+ cores?\)", rows[4][0])


@pytest.mark.slow
def test_linting_takes_no_more_instructions_than_before() -> None:
    before = instructions.stored().get(instructions.interpreter())
    if before is None:
        pytest.skip(f"no figure for {instructions.interpreter()}: python -m benchmarks.instructions --renew")
    if shutil.which("valgrind") is None:
        pytest.skip("valgrind is not installed")
    now = instructions.counted()
    assert now.articles == before.articles
    assert now.per_article <= instructions.ALLOWED * before.per_article, (
        f"{now.per_article:,} instructions an article, {before.per_article:,} before; libraries then "
        f"{before.libraries}, now {now.libraries}. If it is meant: python -m benchmarks.instructions --renew"
    )


def test_where_nothing_can_be_counted_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert instructions.main([]) == 2
    assert capsys.readouterr() == ("", "error: valgrind is not installed, and nothing else here counts instructions\n")


def test_the_figures_say_what_they_were_counted_with() -> None:
    figures = instructions.stored()
    assert figures
    for name, count in figures.items():
        assert re.fullmatch(r"\w+ 3\.\d+, \w+, .+", name)
        assert count.articles == len(instructions.texts())
        assert set(count.libraries) == set(instructions.LIBRARIES)
