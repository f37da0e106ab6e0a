"""A publisher's own page: what scraping would leave in it is legitimate there, under the preset and the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter import Config, Linter, Verdict
from linter.model import Preset

SITE = ["Aldermere Post", "aldermerepost.example"]


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "fixtures" / "own" / "article.txt").read_text("utf-8")


def lint(text: str, preset: Preset, site: list[str]) -> Verdict:
    return Linter(Config(preset=preset, site=site)).lint(text)


def found(verdict: Verdict) -> set[tuple[str, int, str]]:
    return {(f.rule, f.line, f.severity) for f in verdict.findings if not f.value}


def test_the_page_of_somebody_else_is_full_of_residue(text: str) -> None:
    verdict = lint(text, "scraped", [])
    assert found(verdict) == {
        ("FTR009", 5, "info"),
        ("HDR002", 7, "warning"),
        ("SHR001", 9, "warning"),
        ("CAP001", 13, "info"),
        ("INJ002", 17, "warning"),
        ("NWS001", 21, "warning"),
        ("NWS005", 29, "warning"),
        ("FTR006", 31, "warning"),
        ("SHR004", 33, "warning"),
        ("SHR003", 37, "info"),
        ("FTR008", 37, "warning"),
    }
    footer = next(f for f in verdict.findings if f.rule == "FTR008")
    assert (footer.end_line, footer.related) == (41, ["FTR005", "FTR007"])


def test_what_names_the_site_is_its_own_under_either_preset(text: str) -> None:
    silent = found(lint(text, "scraped", [])) - found(lint(text, "scraped", SITE))
    assert {rule for rule, _, _ in silent} == {"NWS001", "NWS005", "FTR008", "CAP001"}


@pytest.mark.parametrize("site", [[], SITE])
def test_on_its_own_pages_nothing_of_it_is_an_alarm(text: str, site: list[str]) -> None:
    verdict = lint(text, "own", site)
    assert [f for f in verdict.findings if f.severity != "info"] == []
    legitimate = {"SHR001", "INJ002", *(() if site else ("NWS001", "NWS005"))}
    assert {f.rule for f in verdict.findings if not f.value} <= legitimate
    assert verdict.score is not None
    assert verdict.score >= 90


def test_a_defect_is_one_under_every_preset() -> None:
    broken = (
        'The cafÃ© was closed.\n\n[object Object]\n\nThe p\u200bolice came, and [caption id="attachment_3"] left.\n'
    )
    rules = [{(f.rule, f.severity) for f in lint(broken, preset, SITE).findings} for preset in ("scraped", "own")]  # type: ignore[arg-type]
    assert rules[0] == rules[1]
    assert {rule for rule, _ in rules[0]} >= {"ENC001", "TPL004", "ENC003", "TPL002"}
