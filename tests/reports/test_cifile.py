"""What CI systems are told of an article: its path in the repository, and why it fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from linter.config import Config
from linter.decision import decide
from linter.model import Verdict
from linter.reports.cifile import Repository, failure, line_of, placed, told, where

from .test_reports import ARTICLE, VERDICT, finding


def test_paths_are_seen_from_the_top_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "repository" / "content" / "news").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "repository" / "content")
    monkeypatch.chdir(tmp_path / "repository" / "content")
    path = Repository().path
    assert path("news/a.txt") == path("./news/a.txt") == "content/news/a.txt"
    assert path("../b.txt") == "b.txt"
    assert path("..x/b.txt") == "content/..x/b.txt"
    assert path(str(tmp_path / "repository" / "c.txt")) == "c.txt"
    assert path(str(tmp_path / "link" / "d.txt")) == "content/d.txt"
    assert path("../../e.txt") == str(tmp_path / "e.txt")
    assert path("-") == "-"


def test_outside_of_a_repository_they_are_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Repository().path("a/../b c.txt") == "b c.txt"


def test_the_line_to_point_at() -> None:
    boat, title, absent = finding("boat", 4, 18), finding("Ferry", 1, 1, field="title"), finding("", 1, 1)
    in_dump = replace(VERDICT, record=3, source_line=9)
    assert [(placed(VERDICT, one), line_of(VERDICT, one), where(VERDICT, one)) for one in (boat, title, absent)] == [
        (True, 4, "ferry.txt:4:18"), (False, 1, "ferry.txt"), (False, 1, "ferry.txt"),
    ]  # fmt: skip
    assert (placed(in_dump, boat), line_of(in_dump, boat), where(in_dump, boat)) == (False, 9, "ferry.txt#3:4:18")
    assert line_of(replace(in_dump, source_line=None), boat) == 1
    assert told(replace(title, suggestion="Late\nferry")) == (
        "'Sign up' asks for an address (in the title); instead: Late ferry"
    )


@pytest.mark.parametrize(
    ("config", "verdict", "because"),
    [
        (Config(min_score=90), VERDICT, None),  # its error fails it
        (Config(min_score=90, fail_on="never"), VERDICT, "the score is 84, under 90"),
        (Config(min_score=60, fail_on="never"), VERDICT, None),
        (Config(unscored="fail"), Verdict(path="a", abstained="too\nshort"), "too short"),
        (Config(min_score=90), replace(VERDICT, error="gone", findings=[]), None),
        # A finding that is known fails nothing, whatever it says.
        (Config(min_score=90), replace(VERDICT, findings=[replace(VERDICT.findings[1], known="baseline")]),
         "the score is 84, under 90"),
    ],
)  # fmt: skip
def test_an_article_may_fail_without_a_finding_that_says_why(
    config: Config, verdict: Verdict, because: str | None
) -> None:
    decided = replace(verdict)
    decide(decided, ARTICLE, config)
    assert failure(decided) == because
