"""Written HTML reports, and what Chromium shows of them."""

from __future__ import annotations

import re
import time
from contextlib import chdir
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from click.testing import CliRunner

from linter.api import Linter
from linter.cli.main import main
from linter.decision import decide
from linter.model import Article, Finding, Verdict
from linter.reports import ReportOptions, Summary
from linter.reports.formats import html

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARTICLE, LIST = "#article:not([hidden])", "#list:not([hidden])"
PATHS = (
    "fixtures/farm/article.txt", "fixtures/farm/records.jsonl", "fixtures/clean", "fixtures/rewritten", "fixtures/own",
)  # fmt: skip
FARM = "fixtures/farm/article.txt"
_ORDER = ("q", "rule", "severity", "decision", "band", "score", "site", "list", "sort", "article", "finding")

_PATIENCE = 20.0  # seconds

Given = tuple[Verdict, Article]


class Written:
    """A report in a file, and the verdicts that it was made of, by their places."""

    def __init__(self, file: Path, verdicts: list[Verdict]) -> None:
        self.file = file
        self.verdicts = {place(verdict): verdict for verdict in verdicts}

    def address(self, **state: str) -> str:
        """Where a browser finds it in this state."""
        return f"file://{self.file}#{urlencode(state)}" if state else f"file://{self.file}"

    def open(self, page: Page, **state: str) -> None:
        """Load it anew in this state."""
        page.goto("about:blank")
        page.goto(self.address(**state))
        page.wait_for_selector(ARTICLE if "article" in state else LIST)


def checked(root: Path, *arguments: str | Path) -> str:
    """What the command writes to stdout for the fixtures."""
    with chdir(root):
        done = CliRunner().invoke(main, ["check", "--isolated", *PATHS, *map(str, arguments)])
    assert done.exit_code == 1, done.output
    return done.stdout


def place(verdict: Verdict) -> str:
    """As the report names an article."""
    return verdict.path if verdict.record is None else f"{verdict.path}#{verdict.record}"


def score_of(verdict: Verdict) -> int | None:
    """The score as it is shown: Markdown is the site's own."""
    return None if verdict.path.endswith(".md") else verdict.score


def alarms(verdict: Verdict) -> list[Finding]:
    """The findings that are listed."""
    return [finding for finding in verdict.findings if not finding.value]


@cache
def usual_linter() -> Linter:
    """One with the usual configuration."""
    return Linter()


def linted(article: Article, linter: Linter) -> Given:
    """An article with its verdict, decided upon."""
    verdict = linter.run(article).verdict
    decide(verdict, article, linter.config)
    return verdict, article


def written(file: Path, given: list[Given], *, own: bool = False, **options: Any) -> Written:
    """A report on these articles, as the command writes it."""
    with file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        report = html.Report(out, ReportOptions(version="1", rulebook="abc", score_version="1", **options))
        for verdict, article in given:
            report.add(verdict, article, own=own)
        report.close(Summary(articles=len(given)), own=own)
    return Written(file, [verdict for verdict, _ in given])


def shown(page: Page) -> list[str]:
    """The places of all rows in their order; as for printing, when all of them are drawn."""
    found: list[str] = page.evaluate("""() => {
        dispatchEvent(new Event("beforeprint"));
        const found = [...document.querySelectorAll("#rows td.path .main")].map((cell) => cell.title);
        dispatchEvent(new Event("afterprint"));
        return found;
    }""")
    return found


def drawn(page: Page) -> list[str]:
    """The places of the rows that are in the page."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    found: list[str] = page.locator("#rows td.path .main").evaluate_all("all => all.map((one) => one.title)")
    return found


def turn_to(page: Page, article: str) -> None:
    """Open another article of the same report by its address."""
    page.evaluate("key => { location.hash = new URLSearchParams({ article: key }); }", article)
    wait_for_article(page, article)


def wait_for_article(page: Page, article: str) -> None:
    """Wait until it is shown."""
    until(page, "wanted => document.querySelector('.about .path')?.textContent === wanted", article)


def wait_for_state(page: Page, state: dict[str, str]) -> None:
    """Wait until the address says this and no more."""
    wanted = urlencode({key: state[key] for key in _ORDER if key in state})
    until(page, "wanted => location.hash.slice(1) === wanted", wanted)


def until(page: Page, test: str, wanted: object = None) -> None:
    """Wait until a function of JavaScript is true. (Playwright's own way is against the page's policy.)"""
    end = time.monotonic() + _PATIENCE
    while not page.evaluate(test, wanted):
        assert time.monotonic() < end, f"never came true: {test}, {wanted}"
        time.sleep(0.01)


def state_of(page: Page) -> dict[str, str]:
    """What the address says."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(new URLSearchParams(location.hash.slice(1)))")
    return found


def words_of(page: Page, selector: str) -> list[str]:
    """The texts of elements, each on one line."""
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def raw(page: Page, selector: str) -> str:
    """The text of elements, one behind the other, as it stands in the page: nothing is laid out or left out."""
    text: str = page.locator(selector).evaluate_all("all => all.map((one) => one.textContent).join('')")
    return text


def sheets(pdf: bytes) -> int:
    """The pages of a PDF."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
