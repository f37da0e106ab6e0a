"""Which language an article is in: the count of English stop words decides, langdetect only where that is in doubt."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from linter.analysis import Analysis
from linter.words import STOP_WORDS

if TYPE_CHECKING:
    from langdetect import DetectorFactory

_LEAST_LETTERS = 30  # below this langdetect guesses (measured by its authors on short texts)
_SAMPLE_WORDS = 200
# Share of stop words among the words: English news 0.38-0.52, other European languages under 0.12.
_ENGLISH, _DOUBT = 0.30, 24
_SAMPLE_CHARACTERS = 400
_TRIALS = 2  # of langdetect's 7: each costs a millisecond, and further ones only sharpen the probabilities
# Function words of languages that are written (nearly) without accents. A text in plain ASCII that has neither these
# nor English ones is in no language: a list of results, of names, of parts. langdetect would guess, and its tables
# take half a second to load.
_ACCENTED, _SAMPLE_LETTERS = re.compile(r"[^\W\x00-\x7f]"), 2000
_FUNCTION_WORDS = frozenset(
    """el la los las de del que y en un una por con para es al lo su se le les et des du une dans pour est
    pas sur au aux der die das und ist nicht ein eine mit von zu auf dem den im e o os as um uma com nao da
    do dos na no il di che per non sono della nel het een van niet op te dat zijn voor met yang dan di itu
    ini dengan untuk dari pada ada tidak ke ng sa ang mga ay at hindi na ni ya wa kwa katika bu ve bir da
    icin ile och att det som en av pa og til jeg ikke er nie sie jest w z na je to ca cu va este si sunt la
    waa iyo in oo ka ku""".split()
)
_TERSE = 0.2  # line-ups, results and briefs in English, if no other language's function words are as frequent
_NO_LANGUAGE = 0.06  # share of function words under which a text of _DOUBT words or more is taken for a list
# langdetect's languages by their letters. Only the tables of one group are loaded, that of most letters of a sample:
# loading all takes a quarter of a second.
_SCRIPTS = [
    (re.compile(f"[{letters}]"), tuple(languages.split()))
    for languages, letters in {
        "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw tl tr vi":
            "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
        "bg mk ru uk": "\u0400-\u052f",
        "ar fa ur": "\u0600-\u06ff",
        "ja ko zh-cn zh-tw": "\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af",
        "bn el gu he hi kn ml mr ne pa ta te th": "\u0370-\u03ff\u0590-\u05ff\u0900-\u0e7f",
    }.items()
]  # fmt: skip
# The other ways in which dumps name the commonest languages (ISO 639-2, 639-3, English); what else is not a two-letter
# code says nothing.
_CODES = {
    name: code
    for code, names in {
        "ar": "ara arabic", "cs": "ces cze czech", "da": "dan danish", "de": "deu ger german", "el": "ell gre greek",
        "en": "eng english", "es": "spa spanish", "fa": "fas per persian", "fi": "fin finnish", "fr": "fra fre french",
        "hi": "hin hindi", "hu": "hun hungarian", "id": "ind indonesian", "it": "ita italian", "ja": "jpn japanese",
        "ko": "kor korean", "nl": "nld dut dutch", "no": "nor nob norwegian", "pl": "pol polish",
        "pt": "por portuguese", "ro": "ron rum romanian", "ru": "rus russian", "sv": "swe swedish", "tr": "tur turkish",
        "uk": "ukr ukrainian", "vi": "vie vietnamese", "zh": "zho chi chinese",
    }.items()
    for name in names.split()
}  # fmt: skip


def language_of(analysis: Analysis) -> str | None:
    """A two-letter code; None where the text is too short to tell. A language that is given is believed."""
    given = (analysis.article.language or "").strip().lower().replace("_", "-").split("-")[0]
    if given := _CODES.get(given, given if len(given) == 2 else ""):
        return given
    words = analysis.tokens[:_SAMPLE_WORDS]
    if not words:
        return None
    share = sum(map(STOP_WORDS.__contains__, words)) / len(words)
    if share >= _ENGLISH or (len(words) < _DOUBT and share >= 0.15):
        return "en"
    if len(words) >= _DOUBT and _is_plain(analysis.text):
        others = sum(map(_FUNCTION_WORDS.__contains__, words)) / len(words)
        if share + others < _NO_LANGUAGE:
            return None
        if share >= _TERSE and others < share / 3:
            return "en"
    return _detect(analysis, share)


def _is_plain(text: str) -> bool:
    """Are nearly all letters at its beginning plain ASCII ones?"""
    return len(_ACCENTED.findall(text, 0, _SAMPLE_LETTERS)) <= _SAMPLE_LETTERS // 400


def _detect(analysis: Analysis, share: float) -> str | None:
    middle = max(len(analysis.text) // 2 - _SAMPLE_CHARACTERS // 2, 0)
    sample = analysis.text[middle : middle + _SAMPLE_CHARACTERS]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return None
    from langdetect import LangDetectException

    languages = max(_SCRIPTS, key=lambda script: len(script[0].findall(sample)))[1]
    detector = _detectors(languages).create()
    detector.n_trial = _TRIALS
    try:
        detector.append(sample)
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    if len(analysis.tokens) < _DOUBT and best.prob < 0.99:
        return None
    return "en" if share >= _TERSE and best.prob < 0.95 else str(best.lang).split("-")[0]


@cache
def _detectors(languages: tuple[str, ...]) -> DetectorFactory:
    """langdetect with the tables of some languages; it starts from the same random numbers for every text."""
    from langdetect import DetectorFactory
    from langdetect.detector_factory import PROFILES_DIRECTORY

    factory = DetectorFactory()
    factory.load_json_profile([Path(PROFILES_DIRECTORY, code).read_text(encoding="utf-8") for code in languages])
    factory.set_seed(0)
    return factory
