"""TYP007: an article that stops before its end: a counter of missing characters, "Read more…", half a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis, Line
from linter.lexicon import english_words
from linter.model import Hit

# News interfaces cut the text and say how much they cut.
_COUNTER = re.compile(r"\[(?:…|\.{3})?\s?\+\s?\d[\d.,]* (?:chars|characters|words|more (?:chars|words))\]")
_BEFORE_COUNTER = re.compile(r"(?:…|\.{3})?\s?\Z")
_CUE = (
    r"(?:read (?:the )?(?:more|full (?:article|story|post)|rest(?: of (?:this|the) (?:article|story|post))?|on|"
    r"entire (?:article|story|post))|continue(?:d| reading)?|continues|see more|more|keep reading|click (?:here )?"
    r"(?:to read more|for more)|full (?:story|article)|view (?:more|full (?:article|story|post))|to be continued|"
    r"leer más|seguir leyendo|lire la suite|weiterlesen|leia mais|continue lendo|baca (?:selengkapnya|juga)"
    r"|devamını oku|читать (?:далее|полностью)|xem thêm|đọc tiếp)"
)
_ELLIPSIS = r"(?:…|\.{3,4}|\. \. \.)"
# "the court … (continued)", "Read more…", "[Read full article]", "[…]", "(more…)"
_MARK = re.compile(
    rf"(?:{_ELLIPSIS}\s*)?[\[(]\s*(?:{_ELLIPSIS}|{_CUE}\s*{_ELLIPSIS}?(?: (?:on|at|from) [\w .]{{2,30}})?|&hellip;)\s*"
    rf"(?:[→»>]+\s*)?[\])]\s*(?:[→»>]+)?$|{_ELLIPSIS}\s*{_CUE}\s*[→»>:]*$|(?<![\w,]) {_CUE}\s*(?:{_ELLIPSIS}|[→»>]+)$"
    rf"|^{_CUE}\s*(?:{_ELLIPSIS}|[→»>]+)$"
    r"|(?<!\w)click here (?:to (?:read|continue)|for) (?:more|reading|the (?:full|whole) \w+)$"
)
_OPEN_END = re.compile(rf"([\w'’%€£$)\]-]+,?)\s?{_ELLIPSIS}$")
# Words that no English sentence ends with.
_NEVER_LAST = frozenset(
    """a an the and or but nor of from with into onto upon than because although whether whose their our your its my
    every very is are was were been be being has have had will would could should can may might must shall to for by at
    as if while that which who when where said says told""".split()
)
_LAST_IN_SPEECH = frozenset(  # but some end a caption or a spoken sentence
    "is are was were be have has had will would could should can may might must for in on at that said says who".split()
)
_LEAST_WORDS, _LAST_WORD = 12, re.compile(r"(?<![\w.@/:#-])([^\W\d_]+(?:['’][^\W\d_]+)?)$")


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the counter wherever it stands, else the mark or the half word at the end."""
    seen = False
    if "[" in analysis.folded:
        for match in _COUNTER.finditer(analysis.folded):
            seen = True
            before = _BEFORE_COUNTER.search(analysis.folded, max(match.start() - 4, 0), match.start())
            start = before.start() if before else match.start()
            yield Hit(start + analysis.folded[start].isspace(), match.end(), ("counter",))
    if seen or not analysis.lines:
        return
    last = analysis.lines[-1]
    ending = analysis.text[max(last.end - 4, 0) : last.end]
    if ending[-1] in '.!?"”’' and not ending.rstrip('"”’').endswith(".."):
        return
    if mark := _MARK.search(analysis.folded, max(last.start, last.end - 80), last.end):
        if len(analysis.lines) > 1 or len(analysis.line_words(last)) >= _LEAST_WORDS:
            start = mark.start() + (analysis.text[mark.start()] == " ")
            yield Hit(start, last.end, ("mark",))
    elif analysis.form(last) == "paragraph" and len(analysis.line_words(last)) >= _LEAST_WORDS:
        yield from _half(analysis, last)


def _half(analysis: Analysis, line: Line) -> Iterator[Hit]:
    """The last word of a sentence that isn't finished."""
    text = analysis.folded
    if match := _OPEN_END.search(text, max(line.start, line.end - 60), line.end):
        # Writers trail off too, mostly at a word that could be the last, and mostly in a short sentence.
        sentence = analysis.sentence_at(match.start(1))
        long = len(text[sentence.start : sentence.end].split()) >= 8
        if long and (_is_excerpt(analysis) or _breaks_off(analysis, match)):
            yield Hit(match.start(), line.end, ("ellipsis",))
        return
    if match := _LAST_WORD.search(text, max(line.start, line.end - 30), line.end):
        word = match[1]
        if not analysis.text[match.start() : match.end()].islower() or not _is_paragraphs(analysis):
            return
        if not _is_english(analysis):
            return
        if word in _NEVER_LAST - _LAST_IN_SPEECH or (len(word) > 1 and _is_beginning(word)):
            yield Hit(match.start(), line.end)


def _breaks_off(analysis: Analysis, match: re.Match[str]) -> bool:
    word = match[1].rstrip(",")
    if not _is_paragraphs(analysis) or not _is_english(analysis):
        return False
    cut = analysis.text[match.start(1)].islower() and word.isalpha() and not _is_word(word)
    return word in _NEVER_LAST or match[1].endswith(",") or cut


def _is_excerpt(analysis: Analysis) -> bool:
    """The length of a teaser, and nothing beside it but a headline."""
    return len(analysis.lines) <= 2 and analysis.words <= 90 and len(analysis.line_words(analysis.lines[-1])) >= 25


def _is_english(analysis: Analysis) -> bool:
    return analysis.tokens.count("the") * 50 >= len(analysis.tokens)


def _is_paragraphs(analysis: Analysis) -> bool:
    """Are there full sentences before the last line, or in it?"""
    return sum(1 for line in analysis.lines if analysis.is_prose(line, 8)) > 0 or ". " in analysis.text[-600:]


def _is_word(word: str) -> bool:
    words = english_words()
    return not word.isalpha() or word in words or word.rstrip("s") in words or len(word) > 12


def _is_beginning(word: str) -> bool:
    """Is it no word, but the beginning of many?"""
    if _is_word(word):
        return False
    words = _sorted_words()
    at = bisect_left(words, word)
    return len(words) > at + 1 and words[at].startswith(word) and words[at + 1].startswith(word)


@cache
def _sorted_words() -> list[str]:
    return sorted(english_words())
