"""Whatever an article, a rule or a list of the user's holds, in the HTML report it is text and nothing more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from linter.api import Linter
from linter.config import Config
from linter.model import Article, SourceLabel
from linter.readers.html import parse
from reports.chromium import watched
from reports.htmlreport import Written, linted, place, raw, turn_to, usual_linter, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ATTACKS = [
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    "<!--<script>",
    "-->",
    '<img src=x onerror="window.hacked=3">',
    '"><svg onload=window.hacked=4>',
    "' autofocus onfocus='window.hacked=5",
    "javascript:window.hacked=6",
    "{{constructor.constructor('window.hacked=7')()}}",
    "${window.hacked=8}",
    "</style><style>body{display:none}</style>",
    '<a href="javascript:window.hacked=9">x</a>',
    "<base href=//evil.example>",
    "</textarea></title></noscript><iframe srcdoc='<script>parent.hacked=10</script>'>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<meta http-equiv=refresh content=0>",
    "\u2028\u2029\u0085",
]
HOSTILE = " ".join(ATTACKS)
ADDRESSES = [
    f"https://example.org/{HOSTILE}",
    'https://example.org/"onmouseover="window.hacked=11',
    "javascript:window.hacked=12//https://example.org",
    " JaVaScRiPt:window.hacked=13",
    "java\nscript:window.hacked=14",
    "data:text/html,<script>parent.hacked=15</script>",
    "file:///etc/passwd",
    "//evil.example/x",
    "https://[",
]
TEXT = f"{HOSTILE}\n\n{HOSTILE}\r\n{HOSTILE} end\n" + "plain words stand here " * 40
RULE = {
    "id": "ATK001",
    "name": "attack",
    "summary": HOSTILE,
    "why": HOSTILE,
    "message": HOSTILE.translate({ord("{"): None, ord("}"): None}),
    "help": HOSTILE,
    "verify": HOSTILE,
    "severity": "error",
    "confidence": "certain",
    "category": "style",
    "status": "stable",
    "check": {"kind": "pattern", "on": "text", "match": ["hacked"]},
    "examples": {
        "bad": [{"text": "hacked here", "at": ["1:1-1:7 error"]}, {"text": "is hacked", "at": ["1:4-1:10 error"]}],
        "good": [{"text": "fine", "because": HOSTILE}, {"text": "well", "because": HOSTILE}],
    },
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Articles with attacks in every field, found by a rule with attacks in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "rules" / "attack").mkdir(parents=True)
    (folder / "rules" / "attack" / "attack.yaml").write_text(json.dumps(RULE), encoding="utf-8")
    linter = Linter(Config(rules=[str(folder / "rules")], select=["ATK001", "ENC001", "SRC001"]))
    given = []
    for number, address in enumerate(ADDRESSES):
        article = Article(
            text=TEXT, source=TEXT, path=f"{HOSTILE} {number}", url=address, title=f"{HOSTILE} {number}",
            author=HOSTILE, date=HOSTILE, publisher=HOSTILE, id=HOSTILE, language="en", record=number, source_line=7,
        )  # fmt: skip
        verdict, _ = linted(article, linter)
        assert [one.rule for one in verdict.findings].count("ATK001") > 20
        verdict.source = SourceLabel(HOSTILE, HOSTILE, HOSTILE)
        verdict.genre, verdict.because, verdict.language = HOSTILE, HOSTILE, HOSTILE
        for category in verdict.categories.values():
            category.why = HOSTILE
        for finding in verdict.findings:
            finding.suggestion, finding.related = HOSTILE, [HOSTILE]
            finding.fingerprint = f"{HOSTILE} {finding.start}"
        if number == 3:
            verdict.score, verdict.abstained, verdict.error = None, HOSTILE, HOSTILE
        given.append((verdict, article))
    page = (
        f"<html><head><title>{HOSTILE}</title></head><body><p>{HOSTILE}</p>"
        "<p>hacked &lt;script&gt;window.hacked=16&lt;/script&gt;</p></body></html>"
    )
    given.append(linted(parse(page, "page.html"), linter))
    return written(folder / "hostile.html", given, rule=linter.rulebook.get, explain_score=True)


def check_inert(page: Page) -> None:
    """Nothing ran, nothing could, and nothing leads anywhere but into the page or to the web."""
    found = page.evaluate("""() => {
        const all = [...document.querySelectorAll("*")];
        const odd = (name) => name.startsWith("on") || ["srcdoc", "src", "action", "formaction"].includes(name);
        return {
            hacked: window.hacked ?? null,
            attributes: all.flatMap((one) => one.getAttributeNames().filter(odd)),
            names: all.map((one) => one.localName),
            once: ["style", "script:not([type])", "head > link"].map((one) => document.querySelectorAll(one).length),
            links: [...document.links].map((one) => [one.protocol, one.rel, one.getAttribute("href")]),
        };
    }""")
    assert (found["hacked"], found["attributes"], found["once"]) == (None, [], [1, 1, 1])
    assert not set(found["names"]) & {"iframe", "img", "object", "embed", "base", "textarea", "audio", "video"}
    assert {protocol for protocol, _, _ in found["links"]} <= {"file:", "https:"}
    outward = {rel for _, rel, href in found["links"] if not href.startswith("#")}
    assert outward <= {"noopener noreferrer nofollow"}


def test_in_the_list_every_field_shows_as_it_is(hostile: Written, browser: Browser) -> None:
    with watched(browser) as page:
        hostile.open(page)
        check_inert(page)
        titles = page.locator("td.title a").all_inner_texts()
        assert [title[:40] for title in titles[: len(ADDRESSES)]] == [HOSTILE[:40]] * len(ADDRESSES)
        assert HOSTILE in raw(page, "#rows tr:first-child td.title .under").replace("<Script", "<script")
        assert HOSTILE in (page.locator("td.path .main").first.get_attribute("title") or "")
        page.click(".rule[data-value=ATK001]")
        page.click("#about-rule summary")
        assert raw(page, "#about-rule dd").count(ATTACKS[0]) == 3
        page.fill("#q", '<img src=x onerror="')
        page.hover("#rows tr")
        check_inert(page)


def test_in_an_article_every_field_shows_as_it_is(hostile: Written, browser: Browser) -> None:
    with watched(browser) as page:
        hostile.open(page)
        for number, address in enumerate(ADDRESSES):
            verdict = hostile.verdicts[f"{HOSTILE} {number}#{number}"]
            turn_to(page, place(verdict))
            assert page.locator(".about a").count() == address.startswith("https://example.org/"), address
            facts = page.locator(".about dd").evaluate_all("all => all.map((one) => one.textContent)")
            assert facts[0] == place(verdict) and facts[2:4] == [HOSTILE, address]
            if number not in (0, 2, 3):
                continue  # it is like the others
            page.keyboard.press("n")
            page.keyboard.press("n")
            page.click(".finding:nth-child(5) > button")
            if verdict.score is not None:
                page.click(".sum summary")
            page.locator("mark").first.hover()
            page.wait_for_selector("#tip:not([hidden])")
            check_inert(page)
            assert raw(page, ".reading .line") == TEXT
            assert raw(page, "#article-title .line") == f"{HOSTILE} {number}"
            assert raw(page, ".author .line") == HOSTILE
            told = raw(page, "#tip"), raw(page, ".finding.chosen")
            assert [text.count(ATTACKS[0]) for text in told] == [
                4,
                6,
            ]  # message, suggestion, help, verify; why, related
        turn_to(page, "page.html")
        assert "hacked <script>window.hacked=16</script>" in raw(page, ".reading")
        page.pdf()
        check_inert(page)


def test_an_attack_in_the_address_finds_nothing(hostile: Written, browser: Browser) -> None:
    with watched(browser) as page:
        hostile.open(page, q=HOSTILE, rule=HOSTILE, severity="__proto__", sort=f"-{HOSTILE}", band="constructor")
        assert page.inner_text("#count") == f"0 of {len(ADDRESSES) + 1} articles"
        check_inert(page)
        page.click("#clear")
        assert page.inner_text("#count") == f"{len(ADDRESSES) + 1} of {len(ADDRESSES) + 1} articles"


def test_the_policy_lets_nothing_else_run_or_load(hostile: Written, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(hostile.address())
        page.evaluate("""() => {
            const script = document.createElement("script");
            try { script.textContent = "window.hacked = 1"; } catch { window.refused = true; }
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://evil.example/x.png";
            document.body.append(image);
        }""")
        page.wait_for_timeout(100)
        assert page.evaluate("[window.hacked, window.refused]") == [None, True]
        assert [re.findall("TrustedScript|img-src", one) for one in said] == [["TrustedScript"], ["img-src"]]


def units(text: str) -> list[int]:
    """The UTF-16 code units of a string, as a browser counts them."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[n : n + 2], "little") for n in range(0, len(data), 2)]


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(st.characters() | st.sampled_from("\r\n\u202e\x00\ud83d\ude00🛳"), min_size=1), min_size=9))
def test_every_text_is_in_the_page_to_the_last_character(browser: Browser, tmp_path: Path, texts: list[str]) -> None:
    given = []
    for number, text in enumerate(texts):
        article = Article(text=text, source=text, path=f"{number}.txt", title=text, author=text)
        verdict, _ = linted(article, usual_linter())
        given.append((replace(verdict, score=None), article))
    report = written(tmp_path / "texts.html", given)
    with watched(browser) as page:
        report.open(page)
        for number, text in enumerate(texts):
            turn_to(page, f"{number}.txt")
            found = page.evaluate("""() => [".reading .line", "#article-title .line", ".author .line"].map((lines) => {
                const text = [...document.querySelectorAll(lines)].map((line) => line.textContent).join("");
                return Array.from({ length: text.length }, (_, n) => text.charCodeAt(n));
            })""")
            assert found == [units(text)] * 3
