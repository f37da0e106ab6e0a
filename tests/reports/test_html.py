"""The list of the HTML report in a real Chromium: what it shows, and how it is worked with."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from linter.model import Article, Verdict
from linter.scorecard import BANDS
from reports.chromium import watched
from reports.htmlreport import (
    ARTICLE,
    LIST,
    PATHS,
    Written,
    alarms,
    checked,
    drawn,
    linted,
    place,
    score_of,
    shown,
    state_of,
    until,
    usual_linter,
    wait_for_article,
    wait_for_state,
    words_of,
    written,
)

if TYPE_CHECKING:
    from conftest import Run
    from playwright.sync_api import Browser, Page

WEIGHT = {"fail": 0, "warn": 1, "pass": 2}


def test_the_page_counts_what_the_run_found(news: Written, page: Page) -> None:
    news.open(page)
    verdicts = list(news.verdicts.values())
    raised = [finding for verdict in verdicts for finding in alarms(verdict)]
    scores = [score for verdict in verdicts if (score := score_of(verdict)) is not None]
    decisions = Counter(verdict.decision for verdict in verdicts)
    severities = Counter(finding.severity for finding in raised)
    assert page.inner_text("h1") == f"{len(verdicts)} articles in 7 files in fixtures"
    assert words_of(page, "#decisions .number") == [str(decisions[name]) for name in ("fail", "warn", "pass")]
    assert words_of(page, ".severities button") == [f"{severities[one]} {one}s" for one in ("error", "warning", "info")]
    labels = page.locator(".histogram button").evaluate_all("all => all.map((one) => one.ariaLabel)")
    tens = [sum(min(score // 10, 9) == ten for score in scores) for ten in range(10)]
    assert [int(re.findall(r"(\d+) article", label)[0]) for label in labels] == tens
    tops = [101, *(least for least, _ in BANDS)]
    bands = [(name, sum(least <= one < top for one in scores)) for (least, name), top in zip(BANDS, tops, strict=False)]
    bands.append(("no score", len(verdicts) - len(scores)))
    assert words_of(page, ".bands button") == [f"{name} {number}" for name, number in bands]
    page.click("#rules .link")
    rules = page.locator(".rule").evaluate_all(
        "all => all.map((one) => [one.dataset.value, Number(one.querySelector('.number').firstChild.data)])"
    )
    hits = Counter(finding.rule for finding in raised)
    assert rules == [list(item) for item in sorted(hits.items(), key=lambda item: (-item[1], item[0]))]
    assert page.inner_text("#count") == f"{len(verdicts)} of {len(verdicts)} articles"


def test_the_worst_come_first(news: Written, page: Page) -> None:
    news.open(page)
    found = [news.verdicts[one] for one in shown(page)]
    ranks = [(WEIGHT[one.decision], 101 if (score := score_of(one)) is None else score) for one in found]
    assert ranks == sorted(ranks) and len(found) == len(news.verdicts)


def natural(text: str) -> list[Any]:
    return [int(part) if part.isdigit() else part.lower() for part in re.split(r"(\d+)", text)]


def test_every_column_sorts_both_ways(news: Written, page: Page) -> None:
    def by_alarms(verdict: Verdict) -> list[int]:
        counts = Counter(finding.severity for finding in alarms(verdict))
        return [-counts["error"], -counts["warning"], -counts["info"]]

    keys: dict[str, Callable[[Verdict], Any]] = {
        "score": lambda verdict: score_of(verdict) or 0,
        "decision": lambda verdict: WEIGHT[verdict.decision],
        "title": lambda verdict: (verdict.title or "").casefold(),
        "path": lambda verdict: natural(place(verdict)),
        "alarms": by_alarms,
    }
    unknown: dict[str, Callable[[Verdict], bool]] = {
        "score": lambda verdict: score_of(verdict) is None,
        "title": lambda verdict: not verdict.title,
    }
    news.open(page)
    usual = [news.verdicts[one] for one in shown(page)]
    page.click("th.path button")  # not what it is sorted by anyway
    for column, key in keys.items():
        nowhere = unknown.get(column, lambda _: False)
        for direction in ("ascending", "descending"):
            page.click(f"th.{column} button")
            found = [news.verdicts[one] for one in shown(page)]
            groups = {json.dumps(key(one)): key(one) for one in usual if not nowhere(one)}
            order = sorted(groups, key=lambda one: groups[one], reverse=direction == "descending")
            expected = [one for group in order for one in usual if not nowhere(one) and json.dumps(key(one)) == group]
            assert found[: len(expected)] == expected, (column, direction)
            assert {place(one) for one in found[len(expected) :]} == {place(one) for one in usual if nowhere(one)}
            assert page.get_attribute(f"th.{column}", "aria-sort") == direction
            assert page.locator("th[aria-sort]").count() == 1


def test_every_filter_keeps_what_it_says(news: Written, page: Page) -> None:
    def places(test: Callable[[Verdict], object]) -> set[str]:
        return {one for one, verdict in news.verdicts.items() if test(verdict)}

    def rules(verdict: Verdict, *severities: str) -> set[str]:
        return {one.rule for one in alarms(verdict) if not severities or one.severity in severities}

    def scored(verdict: Verdict, low: int, high: int) -> bool:
        return (score := score_of(verdict)) is not None and low <= score <= high

    def said(verdict: Verdict) -> str:
        told = [f"{one.rule} {one.name} {one.message}" for one in alarms(verdict)]
        return " ".join([verdict.title or "", place(verdict), verdict.url or "", *told]).lower()

    cases: list[tuple[dict[str, str], set[str]]] = [
        ({"decision": "warn"}, places(lambda one: one.decision == "warn")),
        ({"severity": "error"}, places(lambda one: rules(one, "error"))),
        ({"rule": "SPN001"}, places(lambda one: "SPN001" in rules(one))),
        ({"rule": "SPN001", "severity": "warning"}, places(lambda one: "SPN001" in rules(one, "warning"))),
        ({"band": "minor issues"}, places(lambda one: scored(one, 75, 89))),
        ({"band": "no score"}, places(lambda one: score_of(one) is None)),
        ({"score": "60-69"}, places(lambda one: scored(one, 60, 69))),
        ({"site": "tellmouthbuzz.edu.xx"}, places(lambda one: "tellmouthbuzz.edu.xx" in (one.url or ""))),
        ({"q": "CUSTOMERS"}, places(lambda one: "customers" in said(one))),
        ({"q": "records.jsonl #1"}, {"fixtures/farm/records.jsonl#1"}),
        ({"q": "spn013 strike"}, places(lambda one: "spn013" in said(one) and "strike" in said(one))),
        ({"q": "tortured-phrase", "decision": "warn"},
         places(lambda one: "SPN001" in rules(one) and one.decision == "warn")),
        ({"rule": "XYZ999"}, set()),
        ({"score": "no"}, set()),
    ]  # fmt: skip
    news.open(page)
    for state, expected in cases:
        page.evaluate("state => { location.hash = new URLSearchParams(state); }", state)
        wait_for_state(page, state)
        assert set(shown(page)) == expected, state
        assert page.inner_text("#count") == f"{len(expected)} of {len(news.verdicts)} articles"
        assert page.is_visible("#none") is not bool(expected)
        assert page.locator(".chip").count() == len(state)
    assert [state for state, expected in cases if not 0 < len(expected) < len(news.verdicts)] == [
        one for one, _ in cases[-2:]
    ]


def test_the_address_says_what_is_chosen_and_back_undoes_it(news: Written, page: Page) -> None:
    news.open(page)
    spun, warned, minor, eighties = (
        {"rule": "SPN001"},
        {"decision": "warn"},
        {"band": "minor issues"},
        {"score": "80-89"},
    )
    steps: list[tuple[Callable[[], object], dict[str, str]]] = [
        (lambda: page.click(".rule[data-value=SPN001]"), spun),
        (lambda: page.click(".decisions .warn"), spun | warned),
        (lambda: page.click(".bands .band-1"), spun | warned | minor),
        (lambda: page.select_option("select[name=rule]", ""), warned | minor),
        (lambda: page.click(".histogram [data-value='80-89']"), warned | minor | eighties),
        (lambda: page.click(".decisions .warn"), minor | eighties),
        (lambda: page.fill("#q", "fixtures"), minor | eighties | {"q": "fixtures"}),
    ]
    seen: list[tuple[list[str], dict[str, str]]] = [(shown(page), {})]
    for act, expected in steps:
        act()
        wait_for_state(page, expected)
        pressed = page.locator("[aria-pressed=true]").evaluate_all(
            "all => all.map((one) => [one.dataset.facet, one.dataset.value])"
        )
        assert dict(pressed) == {key: one for key, one in expected.items() if key != "q"}
        seen.append((shown(page), expected))
    assert len({tuple(places) for places, _ in seen}) > 4
    for places, state in reversed(seen[:-1]):
        page.go_back()
        wait_for_state(page, state)
        assert (shown(page), page.input_value("#q")) == (places, "")
    page.go_forward()
    wait_for_state(page, spun)
    assert shown(page) == seen[1][0]
    page.click(".chip")
    assert state_of(page) == {} and shown(page) == seen[0][0]


def test_only_rows_in_sight_are_in_the_page_and_scrolling_brings_the_others(news: Written, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 300})
    news.open(page)
    order = shown(page)
    length = page.evaluate("document.documentElement.scrollHeight")
    first = drawn(page)
    assert 0 < len(first) < len(order) and first == order[: len(first)]
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last = drawn(page)
    assert 0 < len(last) < len(order) and last == order[-len(last) :]
    assert page.evaluate("document.documentElement.scrollHeight") == length
    assert page.get_attribute("#table", "aria-rowcount") == str(len(order) + 1)
    assert page.locator("#rows tr").last.get_attribute("aria-rowindex") == str(len(order) + 1)


def row_in_focus(page: Page) -> Any:
    return page.evaluate("document.activeElement.closest('tr')?.querySelector('td.path .main').title")


def test_the_list_and_an_article_are_walked_by_keys(news: Written, page: Page) -> None:
    def number() -> Any:
        assert page.evaluate("document.activeElement.matches('mark.chosen')")
        return int(page.inner_text(".finding.chosen .badge"))

    news.open(page)
    order = shown(page)
    for key, at in [("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("k", 0), ("End", -1), ("Home", 0),
                    ("j", 1)]:  # fmt: skip
        page.keyboard.press(key)
        assert row_in_focus(page) == order[at], key
    page.keyboard.press("Enter")
    wait_for_article(page, order[1])
    assert page.evaluate("document.activeElement.id") == "article-title"

    count = sum(bool(finding.text) for finding in alarms(news.verdicts[order[1]]))
    walked = []
    for _ in range(count + 1):
        page.keyboard.press("n")
        walked.append(number())
    assert walked == [*range(1, count + 1), 1] and count > 10
    page.keyboard.press("p")
    assert number() == count and page.is_visible("#tip")
    page.keyboard.press("Escape")
    assert page.is_hidden("#tip") and page.is_visible(ARTICLE)
    for key, at in [("j", 2), ("ArrowRight", 3), ("k", 2), ("ArrowLeft", 1), ("j", 2)]:
        page.keyboard.press(key)
        wait_for_article(page, order[at])
    page.keyboard.press("Escape")
    page.wait_for_selector(LIST)
    assert row_in_focus(page) == order[2]


def test_letters_are_no_keys_while_one_types_nor_once_they_are_switched_off(news: Written, page: Page) -> None:
    news.open(page)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("j?")
    assert page.input_value("#q") == "j?" and page.is_hidden("#help")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    assert page.is_hidden("#help")
    page.keyboard.press("?")
    page.keyboard.press("j")
    assert page.is_hidden("#help") and row_in_focus(page) is None


def test_a_row_opens_by_a_click_and_back_returns_to_it(news: Written, page: Page) -> None:
    news.open(page, sort="path")
    order = shown(page)
    page.evaluate("scrollTo(0, 1200)")
    row = next(row for row in page.locator("#rows tr").all() if (row.bounding_box() or {"y": 0})["y"] > 300)
    wanted = row.locator("td.path .main").get_attribute("title") or ""
    before = page.evaluate("scrollY")
    row.locator("td.path").click()
    wait_for_article(page, wanted)
    assert words_of(page, ".steps") == [f"{order.index(wanted) + 1} of {len(order)}"]
    page.go_back()
    page.wait_for_selector(LIST)
    assert (page.evaluate("scrollY"), row_in_focus(page)) == (before, wanted)


# --- the file


def test_the_same_input_gives_the_same_bytes(news: Written, root: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.html"
    checked(root, "--format", "html", "--output", again)
    assert again.read_bytes() == news.file.read_bytes()


@pytest.mark.slow
def test_other_processes_write_the_same_bytes(news: Written, root: Path, run: Run, tmp_path: Path) -> None:
    again = tmp_path / "again.html"
    run(["newslint", "check", "--isolated", *PATHS, "--jobs", "2", "--format", "html", "--output", again], root, code=1,
        PYTHONHASHSEED="7")  # fmt: skip
    assert again.read_bytes() == news.file.read_bytes()


# --- many articles


@pytest.mark.slow
def test_5000_articles_are_ready_within_two_seconds(root: Path, browser: Browser, tmp_path: Path) -> None:
    lines = (root / "fixtures" / "rewritten" / "articles.jsonl").read_text("utf-8").splitlines()
    read = [
        Article(text=one["text"], source=one["text"], path="dump.jsonl", title=one["title"])
        for one in map(json.loads, lines)
    ]
    base = [linted(article, usual_linter()) for article in read]
    given = []
    for number in range(5000):
        verdict, article = base[number % len(base)]
        url = f"https://site-{number % 211}.example/story/{number}"
        title = f"{verdict.title} {number}"
        given.append((replace(verdict, record=number, title=title, url=url), replace(article, url=url)))
    report = written(tmp_path / "many.html", given, rule=usual_linter().rulebook.get)
    ready, worked = [], []
    for _ in range(3):
        with watched(browser) as page:
            page.goto(report.address())
            page.locator("#rows tr").first.wait_for()
            until(page, "() => performance.getEntriesByName('first-contentful-paint').length")
            ready.append(
                page.evaluate("""() => Math.max(
                performance.getEntriesByName("newslint-ready")[0].startTime,
                performance.getEntriesByName("first-contentful-paint")[0].startTime,
                performance.timing.loadEventEnd - performance.timing.navigationStart)""")
            )
            began = time.perf_counter()
            page.keyboard.press("j")
            page.keyboard.press("End")
            until(page, "() => document.activeElement.closest('tr')?.getAttribute('aria-rowindex') === '5001'")
            page.click("th.title button")
            page.fill("#q", "redbourne 4512")
            until(page, "() => document.getElementById('count').textContent.startsWith('1 of 5,000')")
            worked.append(time.perf_counter() - began)
    size = report.file.stat().st_size / 1e6
    print(
        f"\n5,000 articles, {size:.1f} MB: ready after {[round(one) for one in ready]} ms; then keys, sort and search"
    )
    print(f"took {[round(1000 * one) for one in worked]} ms")
    assert min(ready) < 2000
