"""Suppression comments and tables: what they silence, and which of them were of no use."""

from __future__ import annotations

import pytest

from linter.config import SuppressTable
from linter.model import Article, Profile
from linter.suppress import Unused, of_article


def silenced(source: str, rule: str = "INJ001", name: str = "see-also-injection") -> list[int]:
    """The lines on which a rule is silent."""
    found = of_article(Article(text=source, source=source, profile="markdown"), [])
    lines = range(1, source.count("\n") + 2)
    return [line for line in lines if found and found.silences(rule, name, line, line)]


def test_nothing_to_suppress_costs_nothing() -> None:
    assert of_article(Article(text="a", source="a", profile="markdown"), []) is None
    assert of_article(Article(text="a", source="a"), [SuppressTable(id="7")]) is None


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("1\n<!-- newslint-disable -->\n3\n<!-- newslint-enable -->\n5", [2, 3, 4]),
        ("1\n<!-- newslint-disable INJ001 -->\n3", [2, 3]),
        ("1\n<!--newslint-disable see-also-injection NWS-->\n3", [2, 3]),
        ("1\n<!-- newslint-disable NWS, INJ -->\n3", [2, 3]),
        ("1\n<!-- newslint-disable NWS001 -->\n3", []),
        ("1\n<!-- newslint-disable-line INJ001 -->\n3", [2]),
        ("1\ntext <!-- newslint-disable-next-line INJ001 -->\n3\n4", [3]),
        ("1\n<!-- newslint-disable-next-line -->\n\n \n5\n6", [5]),
        ("1\n<!-- newslint-disable-next-line -->", []),
        ("1\n2\n<!-- newslint-disable-file INJ001 -->", [1, 2, 3]),
        ("1\n{/* newslint-disable INJ001 */}\n3", [2, 3]),
        ("1\n<!-- newslint-disable -- quoted by an advertiser -->\n3", [2, 3]),
        ("1\n<!-- newslint-disable NWS001 -- not INJ001 -->\n3", []),
        ("1\n<!-- newslint-disable\nINJ001\n-->\n5", [2, 3, 4, 5]),
        (
            "<!-- newslint-disable -->\n2\n<!-- newslint-enable INJ001 -->\n4\n<!-- newslint-disable INJ001 -->",
            [1, 2, 5],
        ),
        ("<!-- newslint-disable INJ -->\n2\n<!-- newslint-enable NWS -->\n4", [1, 2, 3, 4]),
        ("<!-- newslint-disable INJ001 -->\r\n2\r\n<!-- newslint-enable INJ -->\r\n4", [1, 2, 3]),
        ("<!-- newslint-disabled -->\n<!-- newslint-disable-lines -->\n<!-- newslint-disable\n", []),
    ],
)
def test_comments(source: str, lines: list[int]) -> None:
    assert silenced(source) == lines


@pytest.mark.parametrize(("profile", "works"), [("markdown", True), ("html", True), ("text", False)])
def test_comments_count_in_marked_up_sources_only(profile: Profile, works: bool) -> None:
    source = "<!-- newslint-disable -->"
    assert (of_article(Article(text="", source=source, profile=profile), []) is not None) is works


def test_a_finding_of_several_lines_is_silenced_by_any_of_them() -> None:
    source = "1\n2\n3 <!-- newslint-disable-line -->\n4"
    found = of_article(Article(text=source, source=source, profile="html"), [])
    assert found is not None
    assert [found.silences("A001", "a-b", *span) for span in ((1, 2), (2, 3), (3, 9), (4, 5))] == [
        False,
        True,
        True,
        False,
    ]


def test_unused_comments() -> None:
    source = "<!-- newslint-disable-line INJ001 NWS -->\n<!-- newslint-disable -->\n\n<!-- newslint-disable-file -->"
    found = of_article(Article(text="", source=source, profile="markdown", path="a.md"), [])
    assert found is not None
    assert found.unused() == [
        Unused("a.md", 1, "INJ001", "INJ001"),
        Unused("a.md", 1, "NWS", "NWS"),
        Unused("a.md", 2, "all rules"),
        Unused("a.md", 4, "all rules"),
    ]
    assert found.silences("NWS003", "newsletter-consent", 1, 1)
    assert found.unused() == [Unused("a.md", 1, "INJ001", "INJ001"), Unused("a.md", 2, "all rules")]


def test_tables_by_id_url_and_path() -> None:
    tables = [
        SuppressTable(id="7", rules=["INJ001", "NWS"]),
        SuppressTable(url="https://example.org/a"),
        SuppressTable(path="/old/*.txt", rules=["TYP"], root=""),
    ]

    def silences(article: Article) -> list[bool] | None:
        found = of_article(article, tables)
        rules = (("INJ001", "see-also-injection"), ("NWS001", "newsletter-signup"), ("TYP001", "double-space"))
        return found and [found.silences(*rule, 1, 1) for rule in rules]

    assert silences(Article(text="", source="", id="7")) == [True, True, False]
    assert silences(Article(text="", source="", url="https://example.org/a")) == [True, True, True]
    assert silences(Article(text="", source="", path="old/a.txt")) == [False, False, True]
    assert silences(Article(text="", source="", path="new/old/a.txt")) is None
    assert silences(Article(text="", source="", id="8", url="https://example.org/b")) is None


def test_unused_tables() -> None:
    tables = [SuppressTable(id="7", rules=["INJ001", "NWS"]), SuppressTable(url="u"), SuppressTable(path="*.txt")]
    found = of_article(Article(text="", source="", id="7", url="u", path="a.txt"), tables)
    assert found is not None
    assert found.unused() == [
        Unused("a.txt", None, "INJ001 in the suppress table for id '7'", "INJ001"),
        Unused("a.txt", None, "NWS in the suppress table for id '7'", "NWS"),
        Unused("a.txt", None, "suppress table for url 'u'"),
    ]
    assert found.silences("INJ001", "see-also-injection", 1, 1)
    assert [unused.rule for unused in found.unused()] == ["NWS"]


def test_comments_are_found_in_linear_time() -> None:
    source = "<!-- newslint-disable " * 20_000
    assert of_article(Article(text="", source=source, profile="html"), []) is None
