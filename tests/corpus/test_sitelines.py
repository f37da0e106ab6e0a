"""Lines as they are compared across articles."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from linter.analysis import unify_typography
from linter.corpus.sitelines import first_word
from linter.corpus.templatelines import fold

lines = st.text(st.sampled_from("aBé İßΣ19½.,:/-–—“'»•\t\n\xa0#[]") | st.characters(codec="utf-8"), max_size=20)


def test_case_typography_decoration_and_numbers_make_no_difference() -> None:
    folded = {
        "» Posted 12 May, 10:32 «": "posted 0 may, 0",
        "POSTED 3 May, 9:05": "posted 0 may, 0",
        "  1,204 people’s comments… ": "0 people's comments",
        "Ferry – and\xa0more": "ferry - and more",
        "# [Read on]": "read on",
        "—": "",
        "Windows95 and 3.11/3.12": "windows0 and 0",
    }
    assert {line: fold(line) for line in folded} == folded


@example("1–2 a")
@example("a ΑΣ'Β")
@given(lines)
def test_folding_a_folded_line_changes_nothing(line: str) -> None:
    assert fold(fold(line)) == fold(line)


@example("– »1,2, a")
@given(lines)
def test_a_line_and_its_folded_form_have_the_same_first_word(line: str) -> None:
    assert first_word(unify_typography(line).lower().split()) == first_word(fold(line).split())


@given(lines)
def test_a_folded_line_is_an_entry_of_a_lexicon(line: str) -> None:
    """No comment, no section, no line break, no tab."""
    folded = fold(line)
    assert not folded or (folded.splitlines() == [folded] and "\t" not in folded and folded[0] not in "#[ ")
