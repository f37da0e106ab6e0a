"""What a file and a record are recognised by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linter.fingerprint import Fingerprints, article_key
from linter.model import Article


def article(**told: Any) -> Article:
    return Article(text="", source="", **told)


@pytest.mark.parametrize("path", ["content/a.md", "./content/a.md"])
def test_a_file_is_its_path_below_the_root_however_it_was_named(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for root in ("", str(tmp_path)):
        assert article_key(article(path=path, id="7", url="https://example.org/"), root) == "content/a.md"
    assert article_key(article(path=str(tmp_path / "content" / "a.md")), "") == "content/a.md"
    monkeypatch.chdir(tmp_path.parent)
    assert article_key(article(path=f"{tmp_path.name}/content/a.md"), str(tmp_path)) == "content/a.md"


def test_a_file_elsewhere_keeps_its_path(tmp_path: Path) -> None:
    assert article_key(article(path="/elsewhere/a.md"), str(tmp_path)) == "/elsewhere/a.md"


def test_a_record_is_its_id_or_its_address_or_else_its_number() -> None:
    address = "https://example.org/a"
    assert article_key(article(path="d.jsonl", record=3, id="7", url=address)) == "7"
    assert article_key(article(path="d.jsonl", record=3, url=address)) == address
    assert article_key(article(path="d.jsonl", record=3)) == "d.jsonl#3"
    assert [article_key(article(path="-", url=address)), article_key(article(path="-"))] == [address, "-"]


def test_equal_words_of_one_article_are_told_apart_and_white_space_and_case_are_not() -> None:
    first, other = Fingerprints(article(path="a.md")), Fingerprints(article(path="a.md"))
    one, two = first.of("INJ001", "See also"), first.of("INJ001", "See also")
    assert (one != two, one) == (True, other.of("INJ001", " SEE\n also"))
    assert len({one, first.of("INJ002", "See also"), Fingerprints(article(path="b.md")).of("INJ001", "See also")}) == 3
