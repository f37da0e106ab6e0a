"""The Markdown summary: rendered as GitHub does, bounded, and nothing of an article is markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from linter.model import Article, Verdict
from linter.reports import Summary
from linter.reports.formats.markdown import LIMIT, Report
from linter.reports.ranking import badness_of_article

from .specimens import HOSTILE, NASTY, render, specimens
from .test_mdtext import SPACE, shown
from .test_reports import ARTICLE, VERDICT, finding

TAGS = {
    "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "code", "br", "span",
    "details", "summary", "th align=right", "td align=right",
}  # fmt: skip


class Sheet:
    """What a report writes on, without a file."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text


def page_of(summary: Summary, *verdicts: Verdict, own: bool = False, **options: Any) -> str:
    from linter.reports import ReportOptions

    sheet: Any = Sheet()
    report = Report(sheet, ReportOptions(**options))
    for verdict in verdicts:
        report.add(verdict, ARTICLE, own=own)
    report.close(summary, own=own)
    return str(sheet.text)


def test_nothing_of_an_article_is_markup() -> None:
    page = shown(render("markdown"))
    assert set(page.tags) <= TAGS
    text = page.text.replace(SPACE, "")
    assert f"\n{HOSTILE}\n" not in text  # in a cell behind its path
    assert f"txt{HOSTILE}" in text
    assert f"'{HOSTILE}' is odd" in text
    assert not re.search(r"@\w|http://", page.text.replace("`", ""))  # neither mentions nor links


def test_every_row_has_the_columns_of_its_table() -> None:
    tags = shown(render("markdown", specimens() * 2)).tags
    rows = "".join(tag.split()[0] + " " for tag in tags if tag.split()[0] in ("tr", "th", "td")).split("tr ")[1:]
    assert {row.replace("th", "td") for row in rows} == {"td " * 4, "td " * 6}


@pytest.mark.parametrize("title", [HOSTILE * 9, NASTY * 9, "@" * 999, "$" * 999, "漢" * 999, "|" * 999, "`a" * 500])
def test_it_is_no_longer_than_a_comment_may_be(title: str) -> None:
    raised = [finding("boat", 4, 18, message=title, suggestion=title, rule=f"ODD{n:03}", name=title) for n in range(99)]
    verdicts = [
        replace(VERDICT, path=f"{number}{title}", title=title, decision="fail", because=title, findings=raised)
        for number in range(120)
    ]
    page = page_of(Summary(articles=120, decisions={"pass": 0, "warn": 0, "fail": 120}), *verdicts)
    assert LIMIT / 2 < len(page.encode()) <= LIMIT
    assert page.endswith("</details>\n")
    read = shown(page)
    assert set(read.tags) <= TAGS
    cells = sum(tag == "td" for tag in read.tags)
    listed = sum(1 for line in page.splitlines() if line.startswith("| fail |"))
    assert f"… and {120 - listed} more articles" in page
    told = re.findall(r"^- (?:warning|… and (\d+) more)", page, re.MULTILINE)
    assert cells >= 4 * listed > 0
    assert told


def test_left_out_articles_and_findings_are_counted() -> None:
    many = [replace(VERDICT, path=f"{n}.txt", decision="warn", because="so", score=90 - n % 60) for n in range(70)]
    page = page_of(Summary(articles=70, decisions={"pass": 0, "warn": 70, "fail": 0}), *many)
    rows = [line for line in page.splitlines() if line.startswith("| warn |")]
    assert len(rows) == 50
    assert rows[0] == "| warn | 59.txt<br>Ferry leaves later | 31 (minor issues) | so |"
    assert "\n… and 20 more articles\n" in page
    assert page.count("\n**`") == 10
    boats = [finding("boat", 4, 18, points=points) for points in range(12)]
    one = page_of(Summary(articles=1), replace(VERDICT, decision="warn", because="so", findings=boats))
    assert one.count("\n- warning") == 10
    assert "\n- … and 2 more findings\n" in one


def test_the_worst_come_first() -> None:
    listed = re.findall(r"^\| (\w+) \| ([^\s<#]+)", render("markdown"), re.MULTILINE)[:10]
    given = sorted(
        (verdict for _, verdict in specimens() if verdict.decision != "pass"),
        key=lambda verdict: badness_of_article(verdict, [f for f in verdict.findings if not (f.value or f.known)]),
        reverse=True,
    )
    assert [decision for decision, _ in listed] == [verdict.decision for verdict in given]
    assert [path for _, path in listed] == [verdict.path.partition(" ")[0] for verdict in given]


def test_scores_of_ones_own_articles_are_shown_on_request() -> None:
    verdict = replace(VERDICT, decision="warn", because="so")
    assert "| 84 (minor issues) | so |" in page_of(Summary(articles=1), verdict)
    assert "|  | so |" in page_of(Summary(articles=1), verdict, own=True)
    assert "| 84 (minor issues) | so |" in page_of(Summary(articles=1), verdict, own=True, show_score=True)


@pytest.mark.parametrize(
    ("decisions", "articles", "interrupted", "told"),
    [
        ((3, 0, 0), 3, False, "all 3 articles pass"),
        ((1, 0, 0), 1, False, "the article passes"),
        ((1, 2, 0), 3, False, "no article fails, 2 of 3 with a warning"),
        ((1_200, 1, 1), 1_202, False, "1 of 1,202 articles fails"),
        ((0, 0, 2), 2, True, "2 of 2 articles fail (interrupted)"),
        ((0, 0, 0), 0, False, "no articles"),
    ],
)
def test_the_verdict(decisions: tuple[int, int, int], articles: int, interrupted: bool, told: str) -> None:
    counted: Any = dict(zip(("pass", "warn", "fail"), decisions, strict=True))
    page = page_of(Summary(articles=articles, decisions=counted, interrupted=interrupted))
    assert page.splitlines()[:2] == ["<!-- newslint -->", f"## newslint: {told}"]


def test_it_says_the_summary_itself() -> None:
    assert Report.sums_up
    article = Article(text="", source="")
    assert page_of(Summary(articles=1), Verdict(path=article.path)).splitlines()[3].startswith("1 article: no findings")
