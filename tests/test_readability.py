"""Readability by textstat: information beside the score."""

from __future__ import annotations

import pytest

from linter.readability import grades, paragraphs

EASY = "The dog ran to the old mill. It was a hot day. The cat sat on the wall and saw it all. " * 4
HARD = (
    "The administrative reorganisation of interdepartmental procurement responsibilities necessitates comprehensive "
    "consultation with representatives of municipal authorities, notwithstanding considerable budgetary constraints. "
) * 4


def test_hard_prose_has_higher_grades() -> None:
    easy, hard = grades(EASY), grades(HARD)
    assert all(one + 5 < other for one, other in zip(easy, hard, strict=True))


def test_grades_follow_their_published_formulas() -> None:
    text = "The dog ran to the old mill. It was a hot day."  # 12 words, 33 letters, 2 sentences
    found = grades(text)
    assert found.coleman_liau == pytest.approx(0.0588 * 100 * 33 / 12 - 0.296 * 100 * 2 / 12 - 15.8, abs=0.3)
    assert found.lix == pytest.approx(12 / 2, abs=0.2)  # no word of more than six letters
    assert found.rix == 0


def test_only_paragraphs_count() -> None:
    long = "The ferry ran again on Monday, and all who live there were glad of it."
    assert paragraphs(f"Ferry runs\n\n{long}\nAdvertisement\n  {long}  \n") == f"{long} {long}"
    assert paragraphs("Ferry\n\nruns") == ""
