"""The table of exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Newslint, prose

ERROR, WARNING, INFO, CLEAN = "Stray error", "Stray warning", "Stray info", "The end."


@pytest.mark.parametrize(
    ("line", "flags", "code"),
    [
        (CLEAN, [], 0),
        (ERROR, [], 1),
        (WARNING, [], 0),
        (WARNING, ["--fail-on", "warning"], 1),
        (INFO, ["--fail-on", "warning"], 0),
        (INFO, ["--fail-on", "info"], 1),
        (ERROR, ["--fail-on", "never"], 0),
        (ERROR, ["--ignore", "TST001"], 0),
        (ERROR, ["--select", "stray-warning"], 0),
        (WARNING, ["--min-score", "100"], 1),
        (WARNING, ["--min-score", "10"], 0),
        (ERROR, ["--min-score", "101"], 2),
        (ERROR, ["--fail-on", "critical"], 2),
        (ERROR, ["--select", "TST009"], 2),
        (ERROR, ["--config", "missing.toml"], 2),
        (ERROR, ["--show", "TST001"], 0),
        (ERROR, ["--statistics"], 1),
    ],
)
def test_findings_and_flags(newslint_here: Newslint, project: Path, line: str, flags: list[str], code: int) -> None:
    (project / "ferry.txt").write_text(prose(line))
    assert newslint_here("check", "ferry.txt", *flags).code == code


@pytest.mark.parametrize(("unscored", "code", "said"), [("pass", 0, False), ("warn", 0, True), ("fail", 1, False)])
def test_articles_without_a_score(newslint_here: Newslint, project: Path, unscored: str, code: int, said: bool) -> None:
    (project / "a.txt").write_text("Too short.\n")
    (project / "b.txt").write_text(prose())
    ran = newslint_here("check", "a.txt", "b.txt", "--unscored", unscored)
    assert (ran.code, "warning: 1 of 2 articles has no score" in ran.err) == (code, said)


def test_a_score_at_the_least_score_is_enough(newslint_here: Newslint, project: Path) -> None:
    (project / "ferry.txt").write_text(prose(ERROR))
    score = json.loads(newslint_here("check", "ferry.txt", "--format", "jsonl").out)["score"]
    flags = ["check", "ferry.txt", "--fail-on", "never", "--min-score"]
    assert [newslint_here(*flags, str(least)).code for least in (score, score + 1)] == [0, 1]


def test_unreadable_input_wins_over_findings_and_the_rest_is_linted(newslint_here: Newslint, project: Path) -> None:
    (project / "ferry.txt").write_text(prose(ERROR))
    ran = newslint_here("check", "missing.txt", "ferry.txt", "--format", "concise")
    assert ran.code == 2
    assert ran.out == "ferry.txt:5:1: error TST001 'Stray error' is a stray error\n"
    assert ran.err.splitlines()[0] == "missing.txt: no such file or directory"


def test_bad_records_count_only_above_their_share(newslint_here: Newslint, project: Path) -> None:
    records = [json.dumps({"text": prose()})] * 9 + ["[1]"]
    (project / "dump.jsonl").write_text("\n".join(records) + "\n")
    assert newslint_here("check", "dump.jsonl", "--max-bad-records", "10%").code == 0
    ran = newslint_here("check", "dump.jsonl", "--max-bad-records", "0.09")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "dump.jsonl#9 (line 10): not an object but a list",
        "dump.jsonl: 1 of 10 records are bad, more than 9 % (--max-bad-records)",
    ]


def test_bad_records_are_listed_up_to_twenty(newslint_here: Newslint, project: Path) -> None:
    (project / "dump.jsonl").write_text("[1]\n" * 25)
    ran = newslint_here("check", "dump.jsonl", "--max-bad-records", "100%")
    assert ran.code == 0
    lines = ran.err.splitlines()
    assert [lines[0], lines[19], lines[20]] == [
        "dump.jsonl#0 (line 1): not an object but a list",
        "dump.jsonl#19 (line 20): not an object but a list",
        "and 5 more bad records",
    ]


def test_all_excluded_is_fine(newslint_here: Newslint, project: Path) -> None:
    (project / "ferry.txt").write_text(prose(ERROR))
    ran = newslint_here("check", "ferry.txt", "--exclude", "*.txt", "--force-exclude")
    assert (ran.code, ran.out, ran.err) == (0, "", "no articles: everything named is excluded or ignored\n")
    assert newslint_here("check", ".", "--exclude", "*.txt").code == 0
    assert newslint_here("check", "ferry.txt", "--exclude", "*.txt").code == 1


def test_an_empty_article_abstains(newslint_here: Newslint, project: Path) -> None:
    (project / "empty.txt").write_text("")
    ran = newslint_here("check", "empty.txt")
    assert (ran.code, ran.out, ran.err) == (0, "empty.txt: no findings\nEmpty article\n", "")


@pytest.mark.parametrize("handling", ["off", "warn", "error"])
def test_unused_suppressions(newslint_here: Newslint, project: Path, handling: str) -> None:
    with (project / "newslint.toml").open("a") as file:
        file.write(f'unused-suppressions = "{handling}"\n')
    (project / "a.md").write_text("<!-- newslint-disable-line TST001 TST01 INJ001 -->\n\nThe end.\n")
    ran = newslint_here("check", "a.md")
    said = [
        "a.md:1: unused suppression: TST001",
        "a.md:1: unknown rule in a suppression: TST01; did you mean 'TST001'?",
    ]
    assert (ran.code, ran.err.splitlines()) == (int(handling == "error"), [] if handling == "off" else said)
