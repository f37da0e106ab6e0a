"""`--baseline`: what stood there fails nothing, what is new does, what is fixed is said and taken out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Newslint, prose

KNOWN = ("--baseline", "known.json")
UPDATE = (*KNOWN, "--update-baseline")


def entries(project: Path) -> dict[str, Any]:
    document = json.loads((project / "known.json").read_text())
    assert list(document) == ["newslint_baseline", "articles"]
    return {
        key: {**entry, "findings": sorted(entry.get("findings", {}).values())}
        for key, entry in document["articles"].items()
    }


@pytest.fixture(autouse=True)
def articles(project: Path) -> None:
    (project / "content").mkdir()
    (project / "content" / "a.md").write_text(prose("Stray error", "Stray warning"))
    (project / "content" / "b.md").write_text(prose("Stray error"))
    (project / "content" / "c.md").write_text(prose())


def test_what_stands_there_fails_nothing(newslint_here: Newslint, project: Path) -> None:
    assert newslint_here("check", "content").code == 1
    written = newslint_here("check", "content", *UPDATE)
    assert (written.code, written.out, written.err) == (
        0, "3 articles: no findings; 3 known\n", "baseline known.json: 3 findings, 0 before\n",
    )  # fmt: skip
    assert entries(project) == {
        "content/a.md": {"findings": ["TST001 Stray error", "TST002 Stray warning"]},
        "content/b.md": {"findings": ["TST001 Stray error"]},
    }
    ran = newslint_here("check", "content", *KNOWN)
    assert (ran.code, ran.out, ran.err) == (0, "3 articles: no findings; 3 known\n", "")


def test_machines_are_told_what_is_known(newslint_here: Newslint) -> None:
    newslint_here("check", "content", *UPDATE)
    ran = newslint_here("check", "content/a.md", *KNOWN, "--format", "jsonl")
    (verdict,) = [json.loads(line) for line in ran.out.splitlines()]
    assert [(f["rule"], f["known"]) for f in verdict["findings"]] == [("TST001", "baseline"), ("TST002", "baseline")]
    assert (verdict["decision"], verdict["because"]) == ("pass", None)
    # What is known still costs its points.
    assert verdict["score"] == 100 - sum(f["points"] for f in verdict["findings"]) < 100


def test_edits_elsewhere_change_nothing_and_a_new_finding_fails(newslint_here: Newslint, project: Path) -> None:
    newslint_here("check", "content", *UPDATE)
    file = project / "content" / "a.md"
    file.write_text("# A title\n\nA new beginning.\n\n" + file.read_text().replace("\n", "\r\n"))
    assert newslint_here("check", "content", *KNOWN).code == 0
    file.write_text(file.read_text() + "\nStray error\n")
    ran = newslint_here("check", "content", *KNOWN)
    (line,) = [line for line in ran.out.splitlines() if line.startswith("content/")]
    assert ran.code == 1
    assert line.startswith("content/a.md:")
    assert line.endswith(" error TST001 'Stray error' is a stray error")


def test_it_is_the_same_however_files_are_named_and_from_wherever(
    newslint_here: Newslint, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "newslint.toml").write_text(
        'rules = ["house-rules"]\nselect = ["TST"]\nbaseline = "known.json"\n', encoding="utf-8"
    )
    newslint_here("check", ".", "--update-baseline")
    for path in ("./content/a.md", str(project / "content" / "a.md")):
        assert newslint_here("check", path).code == 0
    monkeypatch.chdir(project / "content")
    assert newslint_here("check", "a.md").code == 0


def test_what_is_fixed_is_said_and_taken_out(newslint_here: Newslint, project: Path) -> None:
    newslint_here("check", "content", *UPDATE)
    (project / "content" / "a.md").write_text(prose("Stray warning"))
    ran = newslint_here("check", "content", *KNOWN)
    assert (ran.code, ran.err.splitlines()) == (
        0,
        [
            "fixed: content/a.md: TST001 Stray error",
            "baseline known.json: 1 finding fixed; --update-baseline takes them out",
        ],
    )
    assert newslint_here("check", "content", *UPDATE).err == "baseline known.json: 2 findings, 3 before\n"
    assert newslint_here("check", "content", *KNOWN).err == ""
    (project / "content" / "a.md").write_text(prose("Stray error", "Stray warning"))
    assert newslint_here("check", "content", *KNOWN).code == 1


def test_an_update_takes_in_nothing_new_unless_it_is_forced(newslint_here: Newslint, project: Path) -> None:
    newslint_here("check", "content/a.md", *UPDATE)
    before = entries(project)
    ran = newslint_here("check", "content", *UPDATE)
    assert (ran.code, entries(project)) == (1, before)
    assert newslint_here("check", "content", *UPDATE, "--force").code == 0
    assert list(entries(project)) == ["content/a.md", "content/b.md"]


def test_what_a_run_does_not_look_at_stays(newslint_here: Newslint, project: Path) -> None:
    newslint_here("check", "content", *UPDATE)
    before = (project / "known.json").read_bytes()
    for flags in (["content/b.md"], ["content", "--select", "TST003"], ["content/c.md"]):
        ran = newslint_here("check", *flags, *UPDATE)
        assert (ran.code, "fixed" in ran.err) == (0, False)
        assert (project / "known.json").read_bytes() == before


def test_files_that_are_gone_go(newslint_here: Newslint, project: Path) -> None:
    newslint_here("check", "content", *UPDATE)
    (project / "content" / "a.md").unlink()
    assert newslint_here("check", "content/c.md", *UPDATE).code == 0
    assert list(entries(project)) == ["content/b.md"]


def test_records_are_known_by_their_ids(newslint_here: Newslint, project: Path) -> None:
    def write(*ids: str) -> None:
        records = [{"id": one, "text": prose("Stray error")} for one in ids]
        (project / "d.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))

    write("x", "y")
    newslint_here("check", "d.jsonl", *UPDATE)
    assert entries(project)["x"] == {"dump": "d.jsonl", "findings": ["TST001 Stray error"]}
    write("y", "x")
    assert newslint_here("check", "d.jsonl", *KNOWN).code == 0
    write("z", "y")
    assert newslint_here("check", "d.jsonl", *UPDATE).code == 1
    assert list(entries(project)) == ["y"]  # x is gone from its dump, z is new


def test_a_low_score_is_known_until_it_gets_lower(newslint_here: Newslint, project: Path) -> None:
    gate = ("content", "--fail-on", "never", "--min-score", "95")
    assert newslint_here("check", *gate).code == 1
    assert newslint_here("check", *gate, *UPDATE).code == 0
    scores = {key: entry.get("score") for key, entry in entries(project).items()}
    assert set(scores) == {"content/a.md", "content/b.md"}
    assert all(score is not None and score < 95 for score in scores.values())
    assert newslint_here("check", *gate, *KNOWN).code == 0
    (project / "content" / "b.md").write_text(prose("Stray error", "Stray warning"))
    ran = newslint_here("check", *gate, *KNOWN, "--format", "jsonl")
    because = {v["path"]: v["because"] for v in map(json.loads, ran.out.splitlines())}
    assert ran.code == 1
    assert because == {
        "content/a.md": None,
        "content/b.md": f"the score is {scores['content/a.md']}, under 95",
        "content/c.md": None,
    }


def test_an_article_without_a_score_is_known_too(newslint_here: Newslint, project: Path) -> None:
    (project / "content" / "short.txt").write_text("Too short.\n")
    gate = ("content/short.txt", "--unscored", "fail")
    assert newslint_here("check", *gate).code == 1
    assert newslint_here("check", *gate, *UPDATE).code == 0
    assert newslint_here("check", *gate, *KNOWN).code == 0
    assert entries(project) == {"content/short.txt": {"unscored": True, "findings": []}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "baseline known.json: no such file; --update-baseline writes it"),
        (b"{", "baseline known.json: no baseline of newslint: Input data was truncated"),
        (b'{"a": 1}', "baseline known.json: no baseline of newslint: Object missing required field"),
        (
            b'{"newslint_baseline": 9, "articles": {}}',
            "baseline known.json: of version 9; this newslint knows version 1",
        ),
    ],
)
def test_a_file_that_is_no_baseline(
    content: bytes | None, message: str, newslint_here: Newslint, project: Path
) -> None:
    if content is not None:
        (project / "known.json").write_bytes(content)
    ran = newslint_here("check", "content", *KNOWN)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"newslint: {message}")


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--update-baseline"], "--update-baseline needs --baseline FILE, or 'baseline' in the configuration."),
        (["--force"], "--force needs --update-baseline."),
        ([*UPDATE, "--annotate", "o.jsonl"], "--update-baseline needs a whole run, and --annotate may go on with one."),
    ],
)
def test_flags_that_need_others(flags: list[str], message: str, newslint_here: Newslint) -> None:
    ran = newslint_here("check", "content", *flags)
    assert (ran.code, ran.err.splitlines()[-1]) == (2, f"Error: {message}")
