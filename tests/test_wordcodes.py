"""Words as codes: classes, forms that the table does not know, and the limits of the table."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from linter.wordcodes import CLASSES, MOST_WORDS, TOKEN, closed_class, word_codes

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("zzyzx", "x"), ("Zzyzx", "X"), ("NATO", "A"), ("12", "0"), ("1,000", "0"), ("1", "1"), ("0.5", "1"),
        ("2019", "Y"), ("3rd", "o"), ("river's", "p"), ("Paul's", "P"), ("hole-in-one", "h"), ("Anglo-Dutch", "H"),
        ("–", "-"), (".", "."), ("…", "u"), ("\n", "\n"),
    ],
)  # fmt: skip
def test_what_the_table_does_not_know_is_coded_by_its_form(token: str, code: str) -> None:
    assert word_codes()[token] == code


def test_a_capital_makes_a_name_of_a_word_but_not_of_a_function_word() -> None:
    codes = word_codes()
    assert codes["The"] == codes["the"]
    assert codes["River"] == chr(ord(codes["river"]) + MOST_WORDS)
    assert codes["May"] != codes["may"]  # a month, or a name
    assert codes.number(codes["River"]) == codes.number(codes["river"]) == codes.words.index("river")
    assert codes.number("x") == -1


def test_classes() -> None:
    def classes(word: str) -> set[str]:
        code = ord(word_codes()[word])
        return {name for name in CLASSES if any(low <= code <= high for low, high in word_codes().of_class(name))}

    assert classes("announce") == {"base"}
    assert classes("went") == {"past"}
    assert classes("villages") == {"plural"}
    assert {"singular", "countable"} <= classes("village")
    assert "countable" not in classes("information")
    assert classes("because") == {"function"}
    with pytest.raises(KeyError):
        word_codes().of_class("nouns")


def test_unknown_tokens_of_a_long_run_are_forgotten_and_the_table_is_not() -> None:
    codes = word_codes()
    known = len(codes.words)
    for number in range(60_000):
        assert codes[f"qx{number}q"] == "x"
    assert known <= len(codes) < known + 52_000
    assert codes["river"] in {chr(n) for n in range(0x100, 0x100 + MOST_WORDS)}


def test_tokens() -> None:
    text = "The firm's 3.5-inch U.S. set cost 1,200; it's re-used.\n“No,” he said."
    assert TOKEN.findall(text) == [
        "The", "firm's", "3.5-inch", "U.S", ".", "set", "cost", "1,200", ";", "it's", "re-used", ".", "\n", "“", "No",
        ",", "”", "he", "said", ".",
    ]  # fmt: skip


def test_closed_classes() -> None:
    assert closed_class("article") == {"a", "an", "the"}
    assert closed_class("articles") == frozenset()


def test_the_builder_and_the_table_agree_on_the_classes() -> None:
    spec = importlib.util.spec_from_file_location("builder", ROOT / "scripts" / "build_word_codes.py")
    assert spec and spec.loader
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    assert builder.CLASSES == CLASSES
    assert builder.MOST_WORDS == MOST_WORDS
    assert builder.closed_words() <= set(word_codes().words)
