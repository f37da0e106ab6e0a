"""Workflow commands: read back by the rules of the runner, ten of each level, the worst first."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary, report_for
from linter.reports.paper import safe

from .specimens import NASTY, ODD_PATH, RULES, render
from .test_reports import ARTICLE, VERDICT, finding


class Command(NamedTuple):
    level: str
    properties: dict[str, str]
    message: str


def parse(line: str) -> Command:
    """A command as the runner takes it (ActionCommand.TryParseV2 of github.com/actions/runner)."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    level, _, rest = head.partition(" ")
    properties = dict(one.split("=", 1) for one in rest.split(",") if one)
    return Command(level, {name: _plain(_plain(value, ":,"), "\r\n%") for name, value in properties.items()},
                   _plain(data, "\r\n%"))  # fmt: skip


def _plain(text: str, characters: str) -> str:
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def commands(*verdicts: tuple[Verdict, Article], **options: Any) -> list[Command]:
    out = io.StringIO()
    report = report_for("github")(out, ReportOptions(**options))
    for verdict, article in verdicts:
        report.add(verdict, article)
    report.close(Summary())
    return [parse(line) for line in out.getvalue().splitlines()]


def test_columns_stand_only_with_a_single_line() -> None:
    one, several, titled, absent = (
        finding("boat", 4, 18), finding("our letter\nand never", 3, 13), finding("Ferry", 1, 1, field="title"),
        finding("", 1, 1),
    )  # fmt: skip
    shown = commands((replace(VERDICT, findings=[one, several, titled, absent]), ARTICLE))
    assert [{name: value for name, value in command.properties.items() if name not in ("file", "title")}
            for command in shown] == [
        {"line": "4", "endLine": "4", "col": "18", "endColumn": "22"},
        {"line": "3", "endLine": "4"},
        {"line": "1"},
        {"line": "1"},
    ]  # fmt: skip


def test_a_command_says_what_where_and_what_to_do() -> None:
    verdict = replace(VERDICT, findings=[replace(VERDICT.findings[0], end_line=3, end_column=9)])
    (shown,) = commands((verdict, ARTICLE), rule=RULES.get)
    assert shown == Command(
        "warning",
        {"file": "ferry.txt", "line": "3", "endLine": "3", "col": "1", "endColumn": "9",
         "title": "NWS001 newsletter-signup"},
        "ferry.txt:3:1: 'Sign up' asks for an address\nCut the block.",
    )  # fmt: skip


def test_a_hostile_article_stays_within_its_commands() -> None:
    lines = render("github").splitlines()
    shown = [parse(line) for line in lines]
    assert {command.level for command in shown} == {"error", "warning", "notice"}
    assert {command.properties["file"] for command in shown} == {
        "gone.txt", "dump.jsonl", "low.txt", safe(ODD_PATH), "news/ferry.txt", "dump.parquet", "posts/our own.md",
    }  # fmt: skip
    assert f"gone.txt: can't be read: {safe(NASTY)}" in [command.message for command in shown]


@given(st.text(), st.text(min_size=1))
def test_any_text_is_read_back(message: str, path: str) -> None:
    verdict = replace(VERDICT, path=f"a/{path}".replace("\0", ""), error=message, findings=[])
    (shown,) = commands((verdict, ARTICLE))
    assert shown.message.endswith(f": {safe(message)}")
    assert set(shown.properties) == {"file", "line", "title"}
    assert shown.properties["title"] == "It can't be read"


def test_ten_of_each_level_the_worst_first_and_a_notice_of_the_rest() -> None:
    found = [
        finding("boat", 4, 18, severity=severity, points=points, message=f"{severity} {points}")
        for severity, number in (("info", 12), ("warning", 3), ("error", 25))
        for points in range(number)
    ]
    failing = replace(VERDICT, path="low.txt", findings=[], decision="fail", because="the score is 41, under 60")
    gone = replace(VERDICT, path="gone.txt", findings=[], decision="fail", because="gone", error="gone")
    shown = commands((replace(VERDICT, findings=found), ARTICLE), (failing, ARTICLE), (gone, ARTICLE))
    assert [(command.level, command.message.rpartition(": ")[2]) for command in shown] == [
        ("error", "gone"), ("error", "the score is 41, under 60"),
        *(("error", f"error {points}") for points in range(24, 16, -1)),
        *(("warning", f"warning {points}") for points in range(2, -1, -1)),
        *(("notice", f"info {points}") for points in range(11, 2, -1)),
        ("notice", "17 errors, 3 notices"),
    ]  # fmt: skip
    assert shown[-1].properties == {"title": "newslint"}


def test_ten_notices_need_no_notice_of_a_rest() -> None:
    ten = [finding("boat", 4, 18, severity="info", points=points) for points in range(10)]
    assert len(commands((replace(VERDICT, findings=ten), ARTICLE))) == 10
    eleven = [*ten, finding("boat", 4, 18, points=1)]
    assert [command.level for command in commands((replace(VERDICT, findings=eleven), ARTICLE))] == [
        "warning", *["notice"] * 10,
    ]  # fmt: skip


def test_what_passes_says_nothing() -> None:
    assert commands((replace(VERDICT, findings=[]), ARTICLE)) == []
