"""The user's own list of sources: its lines, whose articles they mean, and that the score knows nothing of it."""

from __future__ import annotations

import pickle
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kinds.checks import PROSE
from msgspec.structs import replace

from linter import Linter
from linter.config import Config, ConfigError
from linter.model import Article, Page, SourceLabel
from linter.readers import article_from_text
from linter.rulebook import load_book
from linter.sourcelist import LONGEST_LABEL, SourceList, load_source_list

LIST = """\
\ufeffdomain,label
# What we think of them

harbourpost.example  a partner of ours
www.Mill-Row.example,blocked
https://amp.Tidal.example./2031/ferry?id=1\tblocked   # asked us to
sport.harbourpost.example , "sport, and ""more\""
straße.example   tier #1
xn--mnchen-3ya.example	München
10.0.0.7 the test machine
co.example everything below
"""


@pytest.fixture
def listed(tmp_path: Path) -> SourceList:
    (tmp_path / "sources.txt").write_text(LIST, "utf-8")
    found = load_source_list(Config(source_list=str(tmp_path / "sources.txt")))
    assert found is not None
    return found


def article(url: str | None = None, canonical: str | None = None, address: str | None = None) -> Article:
    page = Page(headed=True, canonical=canonical, address=address) if canonical or address else None
    return Article(text="See harbourpost.example", source="", url=url, page=page, publisher="harbourpost.example")


def label(sources: SourceList, **addresses: str | None) -> str | None:
    found = sources.of(article(**addresses))
    return found.label if found else None


def test_a_label_is_found_by_the_host_of_the_address(listed: SourceList) -> None:
    labels = {
        "https://harbourpost.example/2031": "a partner of ours",
        "//m.HARBOURPOST.example.:8080/": "a partner of ours",
        "https://news.harbourpost.example/": "a partner of ours",
        "https://live.sport.harbourpost.example/": 'sport, and "more"',
        "https://sport.harbourpost.example/": 'sport, and "more"',
        "https://otherharbourpost.example/": None,
        "https://mill-row.example": "blocked",
        "https://tidal.example/1": "blocked",
        "https://straße.example": "tier #1",
        "https://xn--strae-oqa.example": "tier #1",
        "https://strasse.example": None,
        "https://münchen.example": "München",
        "https://XN--MNCHEN-3YA.example": "München",
        "https://10.0.0.7/x": "the test machine",
        "https://110.0.0.7/x": None,
        "https://a.b.co.example": "everything below",
        "https://example/": None,
        "/harbourpost.example": None,
        "https://[::1/x": None,
    }
    assert {url: label(listed, url=url) for url in labels} == labels
    assert len(listed) == 8
    assert listed.of(article("https://news.harbourpost.example/")) == SourceLabel(
        "news.harbourpost.example", "a partner of ours", "sources.txt"
    )


def test_a_page_without_an_address_is_found_by_what_it_says_itself(listed: SourceList) -> None:
    mill, tidal = "https://mill-row.example/1", "https://tidal.example/1"
    assert label(listed, canonical=mill, address="https://harbourpost.example") == "blocked"
    assert label(listed, address=tidal) == "blocked"
    assert label(listed, url="/1", address=tidal) == "blocked"
    assert label(listed, url="https://unknown.example", canonical=mill) is None
    assert label(listed) is None  # neither the text nor the publisher is asked


def test_names_that_no_address_can_hold_stand_for_no_other(listed: SourceList) -> None:
    fullwidth = "xn--" + "ｈarbourpost".encode("punycode").decode()
    for host in (f"{fullwidth}.example", "xn--harbourpost-.example", "xn--\u00e4.example", "xn--99999999.example"):
        assert label(listed, url=f"https://{host}/") is None


def test_it_goes_to_workers_as_it_is(listed: SourceList) -> None:
    again = pickle.loads(pickle.dumps(listed))
    assert again.of(article("https://mill-row.example")) == listed.of(article("https://mill-row.example"))
    assert again.digest == listed.digest != SourceList(f"{LIST[1:]}a.example b\n", "sources.txt").digest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("harbourpost.example", "expected 'domain label', got 'harbourpost.example'"),
        ("harbourpost.example,", "expected 'domain label', got 'harbourpost.example,'"),
        ("blocked harbourpost.example", "expected 'domain label', got 'blocked harbourpost.example'"),
        ("http://[ blocked", "expected 'domain label', got 'http://[ blocked'"),
        (", blocked", "expected 'domain label', got ', blocked'"),
        ("<html><body class='a b'>", "expected 'domain label', got \"<html><body class='a b'>\""),
        ("domain,label", "expected 'domain label', got 'domain,label'"),  # a header stands at the top
        ("x" * 99, f"expected 'domain label', got '{'x' * 59}…'"),
        (
            f"mill.example {'y' * 61}",
            f"expected a label of 1 to {LONGEST_LABEL} characters, got one of 61: '{'y' * 59}…'",
        ),
        ('mill.example ""', f"expected a label of 1 to {LONGEST_LABEL} characters, got none"),
        (
            "www.mill.example  unblocked",
            "'mill.example' is 'unblocked' here and 'blocked' in line 2: expected one label for a domain",
        ),
    ],
)
def test_a_bad_line_is_told_with_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.csv").write_bytes(f"# ours\r\nmill.example,blocked\r\n\r\n{line}\r\n".encode())
    with pytest.raises(ConfigError) as error:
        Linter(Config(source_list=str(tmp_path / "lists" / "a.csv")))
    assert str(error.value) == f"lists/a.csv:4: {said}"


def test_the_same_entry_twice_and_the_longest_label_are_no_errors() -> None:
    sources = SourceList(f"a.example {'y' * LONGEST_LABEL}\nb.example, c\nB.example.   c\n", "a.txt")
    assert label(sources, url="https://b.example") == "c"
    assert len(sources) == 2
    assert len(SourceList("# none yet\n", "a.txt")) == 0


def test_a_file_that_cant_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "list.gz").write_bytes(b"\x1f\x8b\x08\x00\xff\xfe")
    for name, problem in (
        ("missing.txt", "can't be read: no such file or directory"),
        (".", "not a regular file"),
        ("list.gz", "not valid UTF-8 at byte 1"),
        ("a\0b", "can't be read: embedded null byte"),
    ):
        path = str(tmp_path / name)
        with pytest.raises(ConfigError) as error:
            Linter(Config(source_list=path, origins={"source-list": "newslint.toml"}))
        assert str(error.value) == f"newslint.toml: source list {path!r}: {problem}"


@given(st.text(max_size=80))
def test_any_text_is_a_list_or_one_line_of_error(text: str) -> None:
    try:
        sources = SourceList(text, "a.txt")
    except ConfigError as error:
        assert str(error).startswith("a.txt:")
        assert "\n" not in str(error)
    else:
        assert sources.of(article("https://harbourpost.example")) is None or len(sources)


def test_the_list_never_bears_on_the_score(listed: SourceList, tmp_path: Path) -> None:
    book = load_book([], allow_python=False)
    plain = Linter(Config(), rulebook=book)
    labelled = Linter(Config(source_list=str(tmp_path / "sources.txt")), rulebook=book)
    texts = [PROSE, f"{PROSE}\n\nAdvertisement\n\nSubscribe to our newsletter and get the news.\n", "Too short.", ""]
    articles = [article_from_text(text) for text in texts]
    for number, one in enumerate(articles):
        one.url, one.path = f"https://www.mill-row.example/{number}", f"{number}.txt"
    without, with_ = ([outcome.verdict for outcome in linter.run_all(articles)] for linter in (plain, labelled))
    blocked = SourceLabel("mill-row.example", "blocked", "sources.txt")
    assert [verdict.source for verdict in with_] == [blocked] * 4
    assert [verdict.source for verdict in without] == [None] * 4
    assert any(verdict.findings and verdict.score is not None for verdict in without)
    for one, other in zip(without, with_, strict=True):
        assert msgspec.json.encode(one) == msgspec.json.encode(replace(other, source=None))


def test_an_article_that_could_not_be_linted_is_labelled_too(listed: SourceList, tmp_path: Path) -> None:
    failed = Article(text="", source="", error="no text", url="https://mill-row.example", path="a.jsonl", record=0)
    verdict = Linter(Config(source_list=str(tmp_path / "sources.txt"), select=["INJ"])).run(failed).verdict
    assert (verdict.error, verdict.source) == ("no text", listed.of(failed))
