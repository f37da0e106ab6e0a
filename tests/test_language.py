"""Which language an article is in."""

from __future__ import annotations

import sys

import pytest
from kinds.checks import PROSE, analysis_of

from linter.language import language_of

GERMAN = """Die Brücke über die Hafeneinfahrt wird am Montag für neun Monate gesperrt, teilte der Stadtrat am Dienstag
mit. Im vergangenen Herbst hatten Ingenieure Risse in zwei der elf Pfeiler gefunden. Die Arbeiten enden im Winter."""
FRENCH = """Le pont qui enjambe l'entrée du port sera fermé pendant neuf mois, a annoncé mardi le conseil municipal. Des
ingénieurs avaient trouvé des fissures dans deux des onze piles. Les travaux devraient s'achever en hiver."""
RUSSIAN = """Мост через вход в гавань будет закрыт на девять месяцев, сообщил во вторник городской совет. Прошлой осенью
инженеры нашли трещины в двух опорах. Работы должны закончиться зимой."""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "en"), (GERMAN, "de"), (FRENCH, "fr"), (RUSSIAN, "ru"), ("", None), ("42 – 17 : 3", None), ("…", None),
        ("The bridge is closed.", "en"), ("Ja, gut.", None), (GERMAN + "\n\nRead more at the end of the day", "de"),
        (PROSE + "\n\n“Die Brücke wird gesperrt”, sagte er.", "en"),
    ],
)  # fmt: skip
def test_the_text_decides(text: str, language: str | None) -> None:
    assert language_of(analysis_of(text)) == language


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ("de", "de"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        (" fr ", "fr"),
        ("", "en"),
        ("  ", "en"),
        (None, "en"),
    ],
)
def test_a_language_that_is_given_is_believed(given: str | None, language: str) -> None:
    assert language_of(analysis_of(PROSE, language=given)) == language


@pytest.mark.parametrize("given", ["eng", "English", "english"])
def test_names_and_three_letters_mean_the_same(given: str) -> None:
    assert language_of(analysis_of(PROSE, language=given)) == "en"


def test_the_answer_is_the_same_every_time() -> None:
    mixed = "Foo bar Konzert programme musique live show Berlin Paris Roma casa house Haus maison tonight ici heute"
    assert len({language_of(analysis_of(mixed)) for _ in range(5)}) == 1


def test_clear_cases_do_not_load_langdetect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langdetect", None)
    assert language_of(analysis_of(PROSE)) == "en"
    with pytest.raises(ImportError):
        language_of(analysis_of(GERMAN))
