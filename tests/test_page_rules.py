"""Rules that only pages allow: what they need of the whole page, beside their own examples."""

from __future__ import annotations

import pytest

from linter import Config, Linter, Verdict
from linter.readers import article_from_text

PROSE = (
    "<p>The old bridge over the Arden will stay shut until June, because the flood damaged its piers, said Lund.</p>"
    "<p>Until then a ferry takes people across, but no cars; those have to go round by Oxbrook, half an hour more.</p>"
)


def found(source: str, *rules: str, url: str | None = None) -> list[tuple[str, str]]:
    verdict = Linter(Config(select=list(rules))).lint(source, url=url, profile="html")
    return [(finding.rule, finding.severity) for finding in verdict.findings]


def page(head: str, body: str = PROSE) -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("", "", ["PRV001", "PRV002", "PRV003", "PRV004"]),
        ("", "<p>By Ines Falk</p><p>Updated 6 May 2024</p>", ["PRV003", "PRV004"]),
        ("<meta name=author content='Ines Falk'>", "<time datetime=2024-05-06>May</time>", ["PRV003", "PRV004"]),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":"Ines Falk","datePublished":"2024-05-06",'
         '"publisher":{"name":"The Mail"}}</script>', "", ["PRV004"]),
        ("<link rel=canonical href='https://mail.test/b'>", "<p>(Reuters)</p>", ["PRV002", "PRV003"]),
    ],
)  # fmt: skip
def test_what_a_head_lacks(head: str, body: str, expected: list[str]) -> None:
    assert sorted(rule for rule, _ in found(page(head, body + PROSE), "PRV")) == expected


def test_absences_have_no_place_and_are_assessed_only_where_there_is_a_head() -> None:
    def lint(source: str) -> Verdict:
        return Linter(Config(select=["PRV", "INJ"])).lint(source, profile="html")

    headed, piece = lint(page("<title>a</title>", PROSE * 3)), lint(PROSE * 3)
    assert {(f.field, f.start, f.end, f.line, f.column, f.text) for f in headed.findings} == {("text", 0, 0, 1, 1, "")}
    assert (headed.categories["provenance"].assessed, piece.categories["provenance"].assessed) == (True, False)
    assert (piece.findings, piece.score) == ([], 100)
    assert headed.score == 100 - sum(f.points for f in headed.findings) < 100
    plain = Linter(Config(select=["PRV"])).lint("The bridge is shut.\n\nA ferry runs.")
    assert plain.findings == []


@pytest.mark.parametrize(
    ("url", "canonical", "differs"),
    [
        ("https://m.mail.test/a", "https://www.mail.test/a", False),
        ("https://mail-test.cdn.ampproject.org/c/s/mail.test/a", "https://mail.test/a", False),
        ("https://news.mail.test/a", "https://mail.test/a", False),
        ("https://mirror.test/a", "https://mail.test/a", True),
        ("https://notmail.test/a", "https://mail.test/a", True),
        ("https://[broken/a", "https://mail.test/a", False),
    ],
)
def test_canonical_addresses_on_other_sites(url: str, canonical: str, differs: bool) -> None:
    source = page(f"<link rel=canonical href='{canonical}'>")
    assert found(source, "PRV004", url=url) == ([("PRV004", "warning")] if differs else [])


def test_an_og_url_on_another_site_than_the_canonical_one() -> None:
    head = "<link rel=canonical href='https://mail.test/b'><meta property=og:url content='https://mirror.test/b'>"
    assert found(page(head), "PRV004") == [("PRV004", "warning")]


def test_links_of_the_own_site_and_relative_ones_pay_nobody() -> None:
    link = (
        "<p>The <a href='{}'>lamp</a> burns for nine hours, said the shop, which has forty of them in its window.</p>"
    )
    assert found(link.format("/x?aff_id=7"), "SEO013") == []
    assert found(link.format("https://mail.test/x?aff_id=7"), "SEO013", url="https://www.mail.test/a") == []
    assert found(link.format("https://shop.test/x?aff_id=7"), "SEO013") == [("SEO013", "info")]
    assert found(link.format("https://amzn.tokyo/x"), "SEO013") == []


def test_alternative_texts_of_pictures_elsewhere_are_no_captions() -> None:
    alt = "The old bridge over the Arden"
    far = f"<img alt='{alt}'>" + PROSE * 2 + f"<p>{alt}People wait for the ferry.</p>"
    assert found(far, "CAP011") == []
    assert article_from_text(far, "html").page is not None


def test_runs_beside_the_article_are_split_where_markup_or_length_parts_them() -> None:
    pytest.importorskip("trafilatura")
    long = "".join(f"<p>Teaser number {n} leads to another story of the day</p>" for n in range(120))
    footer = f"<footer>{long}<script>{'x' * 1600}</script><p>Imprint</p></footer>"
    source = page("", f"<nav><a href=/>Home</a></nav><article>{PROSE * 2}<p>It is so.</p></article>{footer}")
    verdict = Linter(Config(select=["STR013"])).lint(source, profile="html")
    texts = [finding.text for finding in verdict.findings]
    assert (texts[0], texts[-1]) == ("Home", "Imprint")
    assert sum(text.count("Teaser") for text in texts) == 120
    assert len(texts) == 4
    assert max(map(len, texts)) <= 4000
    assert [(f.severity, f.points) for f in verdict.findings] == [("info", 0)] * len(texts)
