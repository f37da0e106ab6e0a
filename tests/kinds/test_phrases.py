"""Kind `phrases`: lexicons, word boundaries, the longest at a place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from linter.kinds import Context, build
from linter.model import Hit

from .checks import BUILTIN, hits, refused, texts


def spec(*entries: str, **parameters: Any) -> dict[str, Any]:
    return {"kind": "phrases", "entries": list(entries), **parameters}


def test_case_and_word_boundaries() -> None:
    assert texts(spec("art", "Fine Arts"), "Art, smart, arty fine arts; “ART” art-house") == [
        "Art", "fine arts", "ART", "art",
    ]  # fmt: skip


def test_the_longest_at_a_place_wins_and_the_next_begins_behind_it() -> None:
    assert texts(spec("the sea", "the sea level", "sea level rise", "level"), "the sea level rise") == ["the sea level"]


def test_phrases_fold_as_articles_do() -> None:
    assert texts(spec("don’t panic", "«İstanbul»", "a‑b"), "Don't panic, «istanbul», a-b") == [
        "Don't panic", "«istanbul»", "a-b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"at": "whole"}, ["➤ in brief"]),
        ({"at": "start"}, ["➤ in brief", "In brief: the news"]),
        ({"at": "start", "words": (4, 9)}, ["In brief: the news"]),
        ({}, ["➤ in brief", "In brief: the news", "The news in brief."]),
    ],
)
def test_place_and_words(parameters: dict[str, Any], found: list[str]) -> None:
    text = "➤ in brief\n\nIn brief: the news\n\nThe news in brief.\n"
    assert texts(spec("in brief", span="line", **parameters), text) == found


def test_one_hit_per_line_or_sentence() -> None:
    text = "A cat and a dog. A cat again.\nA dog."
    assert texts(spec("cat", "dog", span="line"), text) == text.split("\n")
    assert texts(spec("cat", "dog", span="sentence"), text) == ["A cat and a dog.", "A cat again.", "A dog."]


def test_a_lexicon_gives_tags_weights_and_meanings(tmp_path: Path) -> None:
    (tmp_path / "l.txt").write_text("# a comment\n\n[strong]\nflag waver\tpatriot\n[weak]\nwaver\nplain\n")
    context = Context(folder=tmp_path, builtin=True)
    found = hits(
        spec("own", lexicon="l.txt", weights={"weak": 0.4}), "A flag waver, a waver, an own plain", context=context
    )
    assert found == [
        Hit(2, 12, ("strong",), 1.0, "patriot"), Hit(16, 21, ("weak",), 0.4), Hit(26, 29), Hit(30, 35, ("weak",), 0.4),
    ]  # fmt: skip


def test_what_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("# nothing\n")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    context = Context(folder=tmp_path, builtin=True)
    assert refused(spec()) == ("lexicon", "expected a lexicon or entries")
    assert refused(spec("a", " ")) == ("entries", "a phrase is one line, and not empty")
    assert refused(spec("a\nb")) == ("entries", "a phrase is one line, and not empty")
    assert refused(spec(lexicon="none.txt")) == (
        "lexicon", "no lexicon 'none.txt' beside the rule or among the shipped ones",
    )  # fmt: skip
    assert refused(spec(lexicon="empty.txt"), context=context) == ("lexicon", "'empty.txt' has no entries")
    assert "can't be read" in refused(spec(lexicon="latin.txt"), context=context)[1]
    with pytest.raises(msgspec.ValidationError, match="length 2"):
        build(spec("a", words=[3]), BUILTIN)
