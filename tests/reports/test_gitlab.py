"""GitLab's Code Quality report: its form, and fingerprints that are unique and outlive edits."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import replace

from linter.model import Article, Verdict

from .specimens import render, specimens
from .test_reports import ARTICLE, VERDICT, finding, rendered


def issues(*verdicts: tuple[Verdict, Article]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rendered("gitlab", *verdicts))
    return found


def test_every_issue_has_the_form() -> None:
    """As https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format has it."""
    found = json.loads(render("gitlab"))
    assert len(found) == 20
    for issue in found:
        assert list(issue) == ["description", "check_name", "fingerprint", "severity", "location"]
        assert all(isinstance(issue[key], str) and issue[key] for key in list(issue)[:4])
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert list(issue["location"]) == ["path", "lines"]
        assert not issue["location"]["path"].startswith(("/", "./"))
        lines = issue["location"]["lines"]
        assert 1 <= lines["begin"] <= lines.get("end", lines["begin"])


def test_severities() -> None:
    found = [
        finding("boat", 4, 18, severity=severity, confidence=confidence)
        for severity, confidence in (
            ("error", "hint"),
            ("warning", "certain"),
            ("warning", "hint"),
            ("info", "certain"),
        )
    ]
    low = replace(VERDICT, findings=[], decision="fail", because="the score is 41, under 60")
    gone = replace(VERDICT, findings=[], decision="fail", because="gone", error="gone")
    given = [(replace(VERDICT, findings=found), ARTICLE), (low, ARTICLE), (gone, ARTICLE)]
    shown = issues(*given, (replace(gone, record=3), ARTICLE))
    assert [issue["severity"] for issue in shown] == [
        *("critical", "major", "minor", "info"), "critical", "blocker", "major",
    ]  # fmt: skip
    assert [(issue["check_name"], issue["description"]) for issue in shown[4:]] == [
        ("article-fails", "the article fails: the score is 41, under 60"),
        ("unreadable", "it can't be read: gone"),
        ("unreadable", "record 3: it can't be read: gone"),
    ]


def test_fingerprints_are_unique_also_of_equal_articles() -> None:
    found = json.loads(render("gitlab", specimens() * 3))
    prints = [issue["fingerprint"] for issue in found]
    assert len(prints) == len(set(prints)) == 60
    assert prints[:20] == [issue["fingerprint"] for issue in json.loads(render("gitlab"))]


def test_fingerprints_do_not_depend_on_the_line() -> None:
    moved = [
        replace(one, line=one.line + 5, end_line=one.end_line + 5, start=one.start + 9) for one in VERDICT.findings
    ]
    before, after = issues((VERDICT, ARTICLE)), issues((replace(VERDICT, findings=moved), ARTICLE))
    assert [issue["fingerprint"] for issue in before] == [issue["fingerprint"] for issue in after]
    assert [issue["location"] for issue in before] != [issue["location"] for issue in after]


def test_nothing_found_is_an_empty_array() -> None:
    assert issues() == issues((replace(VERDICT, findings=[]), ARTICLE)) == []
