"""An article in the HTML report in a real Chromium; and the looks of both: dark, on a phone, printed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from linter.model import Article
from linter.reports import ledger
from linter.reports.paper import Paper
from reports.chromium import watched
from reports.htmlreport import (
    FARM,
    LIST,
    Written,
    linted,
    place,
    score_of,
    sheets,
    shown,
    state_of,
    turn_to,
    usual_linter,
    wait_for_article,
    words_of,
    written,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 320, "height": 640}


def test_the_sum_adds_up_and_is_that_of_the_console(news: Written, page: Page) -> None:
    scored = [verdict for verdict in news.verdicts.values() if score_of(verdict) is not None]
    news.open(page)
    for verdict in scored:
        turn_to(page, place(verdict))
        told = page.evaluate("""() => {
            const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
            const rows = (body) => [...body.querySelectorAll("tr:not(.head)")];
            return {
                sum: [...document.querySelectorAll(".ledger tbody")].map((body) =>
                    rows(body).map((row) => [row.className, row.firstChild.textContent])),
                total: texts(".total:not(tr)"), lost: texts(".bars .lost"), gaps: texts(".bars .why"),
            };
        }""")
        *parts, last = [[(kind, int(points.replace("−", "-"))) for kind, points in body] for body in told["sum"]]
        for *entries, subtotal in parts:
            assert subtotal == ("subtotal", sum(points for _, points in entries))
        assert last[-1] == ("total", sum(part[-1][1] for part in parts))
        assert 100 + last[-1][1] == verdict.score and told["total"] == [str(verdict.score)]
        out = io.StringIO()
        ledger.write(Paper(out, False), verdict, 10_000)
        console = [int(line[:6]) for line in out.getvalue().splitlines() if re.match(r" *[+-]?\d+  ", line)]
        assert [points for part in [*parts, last] for _, points in part] == console
        categories = verdict.categories.values()
        assert told["lost"] == [
            f"{f'−{one.lost}' if one.lost else 0} of {one.cap}" for one in categories if one.assessed
        ]
        assert told["gaps"] == [f"not assessed: {one.why}" for one in categories if not one.assessed]
    assert len(scored) > 35


def test_what_is_marked_is_what_the_findings_flag(news: Written, page: Page) -> None:
    news.open(page)
    looked_at = 0
    for verdict in [*news.verdicts.values()][:12]:
        turn_to(page, place(verdict))
        marked = page.evaluate("""() => {
            const found = {};
            for (const mark of document.querySelectorAll("mark")) {
                for (const number of mark.dataset.findings.split(" ")) {
                    found[number] = (found[number] ?? "") + mark.textContent;
                }
            }
            return found;
        }""")
        expected = {str(n): one.text for n, one in enumerate(verdict.findings) if one.text}
        assert marked == expected
        listed = page.locator(".finding").evaluate_all("all => all.map((one) => Number(one.dataset.number))")
        assert sorted(listed) == [n for n, one in enumerate(verdict.findings) if not one.value]
        looked_at += len(expected)
    assert looked_at > 40


def test_the_card_tells_everything_on_hover_and_on_focus(news: Written, page: Page) -> None:
    verdict = news.verdicts[FARM]
    number, finding = next((n, one) for n, one in enumerate(verdict.findings) if one.suggestion)
    rule = usual_linter().rulebook.get(finding.rule)
    assert rule is not None and rule.help is not None
    expected = [finding.severity, finding.rule, rule.name, f"−{finding.points} point", finding.message,
                f"Instead: {finding.suggestion}", f"What to do: {rule.help}", "To verify: Open "]  # fmt: skip

    def untold() -> list[str]:
        told = " ".join(page.inner_text("#tip").split())
        return [part for part in expected if part not in told]

    news.open(page, article=FARM)
    mark = page.locator(f"mark[data-findings='{number}']").first
    mark.hover()
    page.wait_for_selector("#tip:not([hidden])")
    assert untold() == []
    page.hover("#tip")  # it stays, to be read and copied from
    page.wait_for_timeout(300)
    assert page.is_visible("#tip")
    page.mouse.move(1, 1)
    page.wait_for_selector("#tip", state="hidden")

    mark.focus()
    assert untold() == []
    assert page.get_attribute("#tip", "role") == "tooltip" and mark.get_attribute("aria-describedby") == "tip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    assert page.is_hidden("#tip")


def test_a_chosen_finding_opens_in_the_list_and_has_an_address(news: Written, page: Page) -> None:
    verdict = news.verdicts[FARM]
    number = 5
    finding = verdict.findings[number]
    news.open(page, article=FARM)
    page.locator(f"mark[data-findings='{number}']").first.press("Enter")
    chosen = page.locator(".finding.chosen")
    assert chosen.get_attribute("data-number") == str(number)
    assert chosen.locator("button").first.get_attribute("aria-expanded") == "true"
    assert page.locator("mark.chosen").all_inner_texts() == [finding.text]
    assert state_of(page) == {"article": FARM, "finding": finding.fingerprint}
    page.reload()
    chosen.wait_for()
    assert chosen.get_attribute("data-number") == str(number)
    chosen.locator("a").click()
    page.wait_for_selector(LIST)
    assert state_of(page) == {"rule": finding.rule}


def test_an_own_article_hides_its_score_and_one_without_a_score_says_why(
    news: Written, page: Page, tmp_path: Path
) -> None:
    own = next(verdict for verdict in news.verdicts.values() if verdict.score is not None and score_of(verdict) is None)
    news.open(page, article=place(own))
    said = ["No score shown The score of a site’s own content is shown on request: --show-score."]
    assert words_of(page, ".score-card") == said
    assert page.locator(".ledger, .bars, .points").count() == 0
    text = "The ferry left at nine."
    short = written(
        tmp_path / "short.html", [linted(Article(text=text, source=text, path="short.txt"), usual_linter())]
    )
    short.open(page, article="short.txt")
    assert words_of(page, ".score-card") == ["Not scored Too short to score: 5 words, 100 are needed."]
    assert words_of(page, ".verdict") == ["Warns: too short to score: 5 words, 100 are needed"]


def test_one_article_alone_is_shown_at_once(page: Page, tmp_path: Path) -> None:
    text = "Ferry leaves later\n\nThe ferry left at nine on Monday.\n"
    report = written(tmp_path / "one.html", [linted(Article(text=text, source=text, path="one.txt"), usual_linter())])
    page.goto(report.address())
    wait_for_article(page, "one.txt")
    assert page.inner_text("#article-title") == "Ferry leaves later"
    page.click(".back")
    page.wait_for_selector(LIST)
    assert shown(page) == ["one.txt"]


# --- looks


def brightness(page: Page) -> int:
    red, green, blue = page.evaluate(
        "() => getComputedStyle(document.documentElement).backgroundColor.match(/[0-9]+/g).slice(0, 3).map(Number)"
    )
    return int(red + green + blue) // 3


def test_dark_follows_the_system_and_the_button_overrules_it(news: Written, browser: Browser) -> None:
    with watched(browser, color_scheme="dark") as page:
        news.open(page)
        assert brightness(page) < 40
        page.click("#theme")
        assert page.inner_text("#theme") == "Light" and brightness(page) > 220
        page.reload()
        assert brightness(page) > 220  # kept
        page.click("#theme")
        assert page.inner_text("#theme") == "Dark" and brightness(page) < 40
    with watched(browser, color_scheme="light") as page:
        news.open(page)
        assert brightness(page) > 220


def test_on_a_phone_nothing_scrolls_sideways(news: Written, browser: Browser) -> None:
    states: list[dict[str, str]] = [
        {},
        {"rule": "SPN001"},
        {"article": place([*news.verdicts.values()][9])},
        {"article": FARM},
    ]
    with watched(browser, viewport=PHONE, has_touch=True) as page:
        for state in states:
            news.open(page, **state)
            page.locator("details").evaluate_all("all => all.forEach((box) => { box.open = true; })")
            assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], state
        page.locator("mark").first.tap()
        page.wait_for_selector("#tip:not([hidden])")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_what_is_printed_is_the_filtered_table_or_the_open_article(news: Written, page: Page) -> None:
    def printed(**state: str) -> int:
        news.open(page, **state)
        return sheets(page.pdf())

    assert printed() > 2
    assert printed(rule="ENC001") == 1
    assert printed(article=FARM) > 2
    page.emulate_media(media="print")
    assert page.is_hidden(".strip") and page.is_hidden("header.top") and page.locator(".more").first.is_visible()
