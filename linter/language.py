"""Which language an article is in: the count of English stop words decides, langdetect only where that is in doubt."""

from __future__ import annotations

from linter.analysis import Analysis
from linter.words import STOP_WORDS

_LEAST_LETTERS = 30  # below this langdetect guesses (measured by its authors on short texts)
_SAMPLE_WORDS = 300
# Share of stop words among the words: English news 0.38-0.52, other European languages under 0.12.
_ENGLISH, _DOUBT = 0.30, 24
_SAMPLE_CHARACTERS = 400
# The other ways in which dumps name the commonest languages (ISO 639-2, 639-3, English); what else is not a two-letter
# code says nothing.
_CODES = {
    name: code
    for code, names in {
        "ar": "ara arabic", "cs": "ces cze czech", "da": "dan danish", "de": "deu ger german", "el": "ell gre greek",
        "en": "eng english", "es": "spa spanish", "fa": "fas per persian", "fi": "fin finnish", "fr": "fra fre french",
        "hi": "hin hindi", "hu": "hun hungarian", "id": "ind indonesian", "it": "ita italian", "ja": "jpn japanese",
        "ko": "kor korean", "nl": "nld dut dutch", "no": "nor nob norwegian", "pl": "pol polish",
        "pt": "por portuguese",
        "ro": "ron rum romanian", "ru": "rus russian", "sv": "swe swedish", "tr": "tur turkish", "uk": "ukr ukrainian",
        "vi": "vie vietnamese", "zh": "zho chi chinese",
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
    return _detect(analysis, share)


def _detect(analysis: Analysis, share: float) -> str | None:
    middle = max(len(analysis.text) // 2 - _SAMPLE_CHARACTERS // 2, 0)
    sample = analysis.text[middle : middle + _SAMPLE_CHARACTERS]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return None
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    try:
        best = detect_langs(sample)[0]
    except LangDetectException:
        return None
    if len(analysis.tokens) < _DOUBT and best.prob < 0.99:
        return None
    return "en" if share >= 0.2 and best.prob < 0.95 else str(best.lang).split("-")[0]
