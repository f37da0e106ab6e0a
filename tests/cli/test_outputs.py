"""Several reports of one run: where they go, and what is said where that can't be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Newslint

ARTICLE = "Ferry delayed\n\nStray error\n\nThe boat came late.\n"


@pytest.fixture(autouse=True)
def article(project: Path) -> None:
    (project / "a.txt").write_text(ARTICLE)


def test_reports_beside_the_one_on_stdout(newslint_here: Newslint, project: Path) -> None:
    plain = newslint_here("check", "a.txt")
    ran = newslint_here("check", "a.txt", "--output", "json:a.json", "--output", "concise:a.log")
    assert (ran.code, ran.out, ran.err) == (1, plain.out, plain.err)
    assert (project / "a.log").read_text() == "a.txt:3:1: error TST001 'Stray error' is a stray error\n"
    verdicts = newslint_here("check", "a.txt", "--format", "jsonl").out
    assert json.loads((project / "a.json").read_text())["articles"] == [json.loads(verdicts)]


def test_a_file_alone_takes_the_place_of_stdout(newslint_here: Newslint, project: Path) -> None:
    ran = newslint_here("check", "a.txt", "--format", "concise", "--output", "a.log")
    assert (ran.out, (project / "a.log").read_text()) == (
        "",
        "a.txt:3:1: error TST001 'Stray error' is a stray error\n",
    )


def test_one_of_several_reports_on_stdout(newslint_here: Newslint, project: Path) -> None:
    ran = newslint_here("check", "a.txt", "--output", "jsonl:-", "--output", "concise:a.log")
    assert [json.loads(line)["path"] for line in ran.out.splitlines()] == ["a.txt"]
    assert (project / "a.log").read_text().count("\n") == 1


@pytest.mark.parametrize(
    ("name", "begins"), [("a.json", '{"schema_version"'), ("a.jsonl", '{"path"'), ("a.txt.log", "a.txt:3:1: error")]
)
def test_a_file_says_what_it_is_to_be(name: str, begins: str, newslint_here: Newslint, project: Path) -> None:
    newslint_here("check", "a.txt", "--output", name)
    assert (project / name).read_text().startswith(begins)
    newslint_here("check", "a.txt", "--format", "concise", "--output", name)
    assert (project / name).read_text().startswith("a.txt:3:1: error TST001 ")


def test_a_path_with_a_colon_is_a_path(newslint_here: Newslint, project: Path) -> None:
    assert newslint_here("check", "a.txt", "--format", "concise", "--output", "x:a.log").code == 1
    assert (project / "x:a.log").exists()


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (["json:a.out", "jsonl:a.out"], "--output: two reports would go to"),
        (["json:-", "jsonl:-"], "--output: two reports would go to standard output."),
        (["jsn:a.out"], "--output jsn:a.out: unknown format 'jsn'; did you mean 'json'?"),
        (["json:"], "--output json:: expected a file behind 'json:'."),
        (["json:none/a.json"], "--output none/a.json: no such file or directory"),
    ],
)
def test_what_can_not_be_written_is_said_first(
    outputs: list[str], message: str, newslint_here: Newslint, project: Path
) -> None:
    ran = newslint_here("check", "a.txt", *(flag for output in outputs for flag in ("--output", output)))
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert not (project / "a.out").exists()


def test_statistics_go_to_one_place(newslint_here: Newslint, project: Path) -> None:
    assert newslint_here("check", "a.txt", "--statistics", "--output", "a.log").out == ""
    assert "TST001" in (project / "a.log").read_text()
    ran = newslint_here("check", "a.txt", "--statistics", "--output", "json:a.json")
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2, "Error: --show and --statistics write text: leave --format out.",
    )  # fmt: skip


def test_programs_are_told_of_what_is_not_there(newslint_here: Newslint, project: Path) -> None:
    ran = newslint_here("check", "none.txt", "a.txt", "--output", "jsonl:a.jsonl")
    told = [json.loads(line) for line in (project / "a.jsonl").read_text().splitlines()]
    assert ran.code == 2
    assert [(v["path"], v["error"], v["decision"], v["because"]) for v in told] == [
        ("none.txt", "no such file or directory", "fail", "no such file or directory"),
        ("a.txt", None, "fail", "error TST001 stray-error at 3:1"),
    ]
    # People are told once.
    assert (ran.err.count("none.txt"), ran.out.count("none.txt")) == (1, 0)
