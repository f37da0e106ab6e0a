"""The page of a rule: complete, and nothing of a rule is taken for markup."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace

from linter.cli.explain import explain
from linter.config import Config
from linter.reports import rulefacts
from linter.reports.paper import Paper
from linter.reports.rulepage import markdown
from linter.rulebook import load_book
from linter.rulefile import Bad, Rule

from .specimens import RULES
from .test_mdtext import SPACE, shown

TAGS = {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "pre lang=text", "code", "span"}


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return [*load_book(Config().rules).rules, *RULES.values()]


def test_every_rule_has_a_page_of_plain_markup(rules: list[Rule]) -> None:
    assert len(rules) > 180
    for rule in rules:
        page = shown(markdown(rule))
        links = {tag for tag in page.tags if tag.startswith("a href=http")}
        assert set(page.tags) - links <= TAGS, rule.id
        assert bool(links) <= bool(rule.references), rule.id
        assert page.tags.count("pre lang=text") == len(rule.examples.bad) + len(rule.examples.good), rule.id
        assert page.tags.count("tr") == 1 + len(rulefacts.facts(rule)), rule.id


def test_every_rule_tells_all_that_its_file_says(rules: list[Rule]) -> None:
    for rule in rules:
        text = " ".join(shown(markdown(rule)).text.replace(SPACE, "").split())
        told = [rule.id, rule.name, rule.summary, rule.severity, *(rule.references), *rulefacts.rates(rule)[0]]
        told += [good.because for good in rule.examples.good]
        for value in told if rule.builtin else []:
            assert " ".join(value.split()) in text, (rule.id, value)
        for paragraph in [rule.why, rule.help or ""] if rule.builtin else []:
            assert " ".join(paragraph.split()) in text, (rule.id, paragraph)


def test_flagged_words_are_named() -> None:
    bad = Bad(text="One\n\nSign up,\nnow `or` never", at=["3:1-3:5 error", "3:6-4:4", "4:5-4:9 info", "1:1-1:1"])
    examples = replace(RULES["NWS001"].examples, bad=[bad, Bad(text="x" * 300, at=["1:1-1:300", "1:300-1:400 info"])])
    page = markdown(replace(RULES["NWS001"], examples=examples))
    assert "\n- 3:1-3:5 error: `Sign`\n- 3:6-4:4: `up, now`\n- 4:5-4:9 info: `` `or` ``\n- 1:1-1:1\n\n" in page
    assert f"\n- 1:1-1:300: `{'x' * 100}…`\n- 1:300-1:400 info\n\n" in page


@pytest.mark.parametrize("at", ["0:0-0:0", "9:1-9:4", "1:3-1:1", "1:1-2:99", "2:4-1:1 error", "99999999:1-1:1"])
def test_places_outside_of_the_text_name_nothing(at: str) -> None:
    bad = Bad(text="One\ntwo", at=[at])
    assert [place[:3] for place in rulefacts.flagged(bad)] == [(0, 0, at.removesuffix(" error"))]
    examples = replace(RULES["NWS001"].examples, bad=[bad])
    out = io.StringIO()
    explain(replace(RULES["NWS001"], examples=examples), Paper(out, False))
    assert "⟦" not in out.getvalue()


def test_the_terminal_tells_the_same_facts(rules: list[Rule]) -> None:
    for rule in rules[::10]:
        out = io.StringIO()
        explain(rule, Paper(out, False))
        for name, value in rulefacts.facts(rule).items():
            assert f"\n  {name:<10}  {value}\n" in out.getvalue(), rule.id
