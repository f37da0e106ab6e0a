"""`--diff-base`: only what stands on changed lines fails, in a real repository."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Newslint, prose

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
Git = Callable[..., None]
BASE = ("--diff-base", "main")


@pytest.fixture(autouse=True)
def git(project: Path, run: Callable[..., Any]) -> Git:
    """A repository with two articles on main and a branch beside it; returns what runs git there."""

    def in_project(*arguments: str) -> None:
        run(["git", *arguments], project)

    (project / "content").mkdir()
    (project / "content" / "a.md").write_text(prose("Stray error", "Stray warning"))
    (project / "content" / "b c.md").write_text(prose("Stray error"))
    in_project("init", "-q", "-b", "main")
    in_project("add", "--all")
    in_project("commit", "-q", "-m", "Articles")
    in_project("switch", "-q", "-c", "branch")
    return in_project


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def failing(ran: object) -> dict[str, str | None]:
    verdicts = [json.loads(line) for line in ran.out.splitlines()]  # type: ignore[attr-defined]
    return {verdict["path"]: verdict["because"] for verdict in verdicts if verdict["decision"] == "fail"}


def test_nothing_has_changed(newslint_here: Newslint) -> None:
    ran = newslint_here("check", "content", *BASE)
    assert (ran.code, ran.out) == (0, "2 articles: no findings; 3 known\n")


def test_only_changed_lines_fail(newslint_here: Newslint, project: Path) -> None:
    edit(project / "content" / "a.md", "Ferry leaves", "The ferry leaves")
    edit(project / "content" / "a.md", "Stray warning", "Stray warning\n\nStray info")
    assert newslint_here("check", "content", *BASE, "--fail-on", "warning").code == 0
    edit(project / "content" / "a.md", "Stray error", "STRAY error")
    ran = newslint_here("check", "content", *BASE)
    assert ran.code == 1
    assert [line.split(": ")[0] for line in ran.out.splitlines()] == [
        "content/a.md:5:1",
        "content/a.md:9:1",
        "2 articles",
    ]


@pytest.mark.parametrize("step", ["in the working tree", "staged", "committed"])
def test_a_change_counts_wherever_it_is(step: str, newslint_here: Newslint, project: Path, git: Git) -> None:
    edit(project / "content" / "b c.md", "Stray error", "Stray ERROR")
    if step != "in the working tree":
        git("add", "--all")
    if step == "committed":
        git("commit", "-q", "-m", "Edit")
    ran = newslint_here("check", "content", *BASE, "--format", "jsonl")
    assert failing(ran) == {"content/b c.md": "error TST001 stray-error at 5:1"}


def test_what_main_has_changed_since_is_not_the_branch_s(newslint_here: Newslint, project: Path, git: Git) -> None:
    edit(project / "content" / "a.md", "Stray error", "STRAY error")
    git("commit", "-q", "-a", "-m", "Edit on the branch")
    git("switch", "-q", "main")
    edit(project / "content" / "b c.md", "Stray error", "STRAY error")
    git("commit", "-q", "-a", "-m", "Edit on main")
    git("switch", "-q", "branch")
    assert list(failing(newslint_here("check", "content", *BASE, "--format", "jsonl"))) == ["content/a.md"]


def test_new_and_renamed_files(newslint_here: Newslint, project: Path, git: Git) -> None:
    names = ["new.md", 'ünï "quoted" – name.md', "ignored.md"]
    for name in names:
        (project / "content" / name).write_text(prose("Stray error"))
    (project / ".gitignore").write_text("ignored.md\n")
    git("mv", "content/a.md", "content/moved.md")
    found = failing(newslint_here("check", "content", "--no-gitignore", *BASE, "--format", "jsonl"))
    assert sorted(found) == sorted(f"content/{name}" for name in names)
    edit(project / "content" / "moved.md", "Stray error", "STRAY error")
    assert "content/moved.md" in failing(newslint_here("check", "content", *BASE, "--format", "jsonl"))


def test_a_score_fails_only_where_changed_lines_cost_points(newslint_here: Newslint, project: Path) -> None:
    gate = ("check", "content", *BASE, "--fail-on", "never", "--min-score", "95", "--format", "jsonl")
    assert newslint_here(*gate[:2], *gate[4:]).code == 1
    edit(project / "content" / "a.md", "season ticket", "yearly ticket")
    assert newslint_here(*gate).code == 0
    edit(project / "content" / "a.md", "Stray warning", "stray warning")
    ran = newslint_here(*gate)
    assert ran.code == 1
    assert list(failing(ran)) == ["content/a.md"]


def test_lines_end_as_they_end(newslint_here: Newslint, project: Path, git: Git) -> None:
    file = project / "content" / "a.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    git("commit", "-q", "-a", "-m", "CR LF")
    git("branch", "-f", "main", "branch")
    edit(file, "Stray warning\r\n", "Stray warning \r\n")
    ran = newslint_here("check", "content", *BASE, "--fail-on", "warning", "--format", "jsonl")
    assert failing(ran) == {"content/a.md": "warning TST002 stray-warning at 7:1"}


def test_records_change_with_their_lines(newslint_here: Newslint, project: Path, git: Git) -> None:
    def write(*texts: str) -> None:
        records = [{"text": prose(text)} for text in texts]
        (project / "d.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
        (project / "d.json").write_text(json.dumps(records))

    write("Stray error", "Stray error")
    git("add", "--all")
    git("commit", "-q", "-m", "Dumps")
    git("branch", "-f", "main", "branch")
    assert newslint_here("check", "d.jsonl", "d.json", *BASE).code == 0
    write("Stray error", "Stray ERROR")
    lines = newslint_here("check", "d.jsonl", "d.json", *BASE, "--format", "jsonl").out.splitlines()
    told = [(v["path"], v["record"], v["decision"]) for v in map(json.loads, lines)]
    assert told == [
        ("d.jsonl", 0, "pass"), ("d.jsonl", 1, "fail"),
        ("d.json", 0, "fail"), ("d.json", 1, "fail"),  # all on one line
    ]  # fmt: skip


def test_a_field_changes_with_its_words(newslint_here: Newslint, project: Path, git: Git) -> None:
    file = project / "content" / "a.md"
    file.write_text("---\ntitle: Ferry delayed [VIDEO]\nauthor: admin\n---\n\n" + prose())
    git("add", "--all")
    git("commit", "-q", "-m", "Front matter")
    git("branch", "-f", "main", "branch")
    gate = ("check", "content/a.md", "--isolated", "--preset", "scraped", "--fail-on", "info", "--unscored", "pass")
    before = newslint_here(*gate, *BASE, "--format", "jsonl")
    assert (before.code, failing(before)) == (0, {})
    edit(file, "author: admin", "author: Admin")
    after = failing(newslint_here(*gate, *BASE, "--format", "jsonl"))
    assert list(after) == ["content/a.md"]
    assert "HDR009" in str(after["content/a.md"])


def test_it_works_from_a_folder_and_inside_a_hook(
    newslint_here: Newslint, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project / "content" / "a.md", "Stray error", "STRAY error")
    monkeypatch.chdir(project / "content")
    monkeypatch.setenv("GIT_DIR", ".git")  # as git tells its hooks
    ran = newslint_here("check", ".", *BASE, "--format", "jsonl")
    assert (ran.code, list(failing(ran))) == (1, ["a.md"])


@pytest.mark.parametrize("reference", ["nonsense", "-x", ""])
def test_what_is_no_revision(reference: str, newslint_here: Newslint) -> None:
    ran = newslint_here("check", "content", f"--diff-base={reference}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("newslint: --diff-base")
    assert ran.err.count("\n") == 1


def test_what_is_no_repository(newslint_here: Newslint, project: Path) -> None:
    shutil.rmtree(project / ".git")
    ran = newslint_here("check", "content", *BASE, GIT_CEILING_DIRECTORIES=str(project.parent))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("newslint: --diff-base: git rev-parse: fatal: not a git repository")
