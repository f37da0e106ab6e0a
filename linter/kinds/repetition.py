"""Kind `repetition`: a headline, sentence, paragraph or word that stands twice, exactly or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import filterfalse, islice, pairwise
from operator import eq
from typing import Literal

from linter.analysis import Analysis, Line, ends_in_stop
from linter.kinds import Context, Found, ParameterError, Strict
from linter.lexicon import frequent_words
from linter.model import Hit, Span
from linter.wordcodes import word_codes
from linter.words import STOP_WORDS, fold_words, stems

_SPEAKING = frozenset("i we you our your my me us will would should can could may might must".split())
_FIGURES = frozenset("one two three four five six seven eight nine ten no".split())
_SHARED = 3  # words besides stop words that two sentences of one content have in common, whatever their length
_DOUBLED = 0.08  # of the words of a line that holds both
_MOST = 2  # stops within a line: one of more sentences is body prose
_PROSE = ("paragraph", "caption")
_DOUBLE_WORD = re.compile(r"(?<!\S)(\S++)(?=\s+(\1)(?!\S))")  # and the second, which may be the first of another two
_GLUE = re.compile(r"(?<=[a-z][a-z])[.!?][\"'”’)]?(?=[A-Z][a-z])")


class Params(Strict, frozen=True, kw_only=True):
    """What is compared, and how alike two copies must be (0-1: shared words or stems over all, or over the smaller)."""

    unit: Literal["headline", "sentence", "paragraph", "word"]
    overlap: float = 1.0  # Jaccard of the word sets
    containment: float = 1.0  # shared over the smaller set
    glued_containment: float | None = None  # sentence: for two sentences with no space between them
    least: int = 5  # words (headline), content stems (sentence), characters (paragraph)
    within: int = 4  # headline: how many lines after the first copy are searched
    most_words: int = 50  # sentence: lines longer than this are body prose, where parallel sentences are style
    allow: list[str] = []  # word: repetitions that are good English
    commonest: int | None = None  # word: only the so many commonest English words, found by the scan; else any word


class RepetitionCheck:
    """Yields the later copy (word and sentence: both)."""

    gates = ()

    def __init__(self, params: Params) -> None:
        self._params = params
        # Words are compared before stems are: with other endings and marks fewer are the same.
        limits = (params.overlap, params.containment, params.glued_containment or 1.0)
        self._least_share = 0.75 * min(limits)
        self._allowed = frozenset(params.allow)
        self._find = {
            "headline": self._headlines,
            "sentence": self._sentences,
            "paragraph": self._paragraphs,
            "word": self._words,
        }[params.unit]
        self.phrases: list[str] = []
        if params.unit == "word" and params.commonest is not None:
            common = dict.fromkeys([*sorted(STOP_WORDS), *frequent_words(params.commonest)])
            self.phrases = [f"{word} {word}" for word in common if word not in self._allowed]

    def run(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        """Yield a hit per repetition."""
        return self._find(analysis, found)

    def _alike(self, one: set[str], other: set[str], containment: float | None = None) -> bool:
        shared, smaller = len(one & other), min(len(one), len(other))
        if not smaller:
            return False
        if shared >= (self._params.containment if containment is None else containment) * smaller:
            return True
        return shared >= self._params.overlap * len(one | other)

    def _headlines(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        headline = analysis.headline
        words = fold_words(headline) if headline else []
        if len(words) < self._params.least:
            return
        known, copies, length = set(words), 0, len(headline or "")
        for line in analysis.lines[: self._params.within + 2]:
            if not 0.6 * length <= line.end - line.start <= 1.6 * length:
                continue
            other = fold_words(analysis.folded[line.start : line.end])
            if other == words or len(known & set(other)) >= self._params.overlap * len(known | set(other)):
                copies += 1
                if copies > 1:  # the first copy in the text is the headline itself
                    yield Hit(line.start, line.end)

    def _sentences(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        longest, shortest, text = 7 * self._params.most_words, 5 * self._params.least, analysis.text
        stops, speaks = [stop for stop in ".!?…" if stop in text], _speaks()
        last: tuple[Line, list[str], bool] | None = None  # the line before, if it may be one short sentence
        coded = filter(None, analysis.coded.codes.split("\n"))
        for line, tokens, codes in zip(analysis.lines, analysis.line_tokens, coded, strict=True):
            start, end = line.start, line.end
            if end - start > longest or (text.count(".", start, end) > _MOST < text.count(". ", start, end)):
                last = None
                continue
            plain, before = speaks.search(codes) is None, last
            last = line, tokens, plain
            several = False  # may there be two sentences of enough letters?
            for stop in stops:
                if text.find(stop, start, end - shortest) >= 0:
                    several = True
            shared = 0
            if before and (tokens == before[1] or (plain and before[2] and tokens[:2] != before[1][:2])):
                shared = len(set(tokens).intersection(before[1]) - STOP_WORDS)
            twice = _twice(tokens) if several or shared >= _SHARED else 0
            if twice < 2 and shared < _SHARED:
                continue
            alike = before is not None and self._share(shared, before[1], tokens)
            doubled = (twice >= _SHARED and twice >= _DOUBLED * len(tokens)) or (
                twice > 1 and _is_glued(text, start, end)
            )
            if (alike or doubled) and analysis.form(line) not in _PROSE:
                last = None
            elif before and shared >= _SHARED and (alike or doubled) and self._is_pair(analysis, before[0], line):
                yield Hit(before[0].start, end)
            elif several and (doubled or (alike and twice >= _SHARED)):
                parts = list(self._split(analysis, start, end))
                for (one, _), (other, glued) in pairwise(parts):
                    if self._match(analysis, one, other, glued):
                        yield Hit(one.start, other.end, ("glued",) if glued else ())
                if len(parts) > 1:
                    last = None

    def _share(self, shared: int, one: list[str], other: list[str]) -> bool:
        """Do two lines have enough words besides stop words in common?"""
        return shared >= _SHARED and shared >= self._least_share * min(len(set(w) - STOP_WORDS) for w in (one, other))

    def _is_pair(self, analysis: Analysis, before: Line, line: Line) -> bool:
        """Are two lines one sentence each, of one content?"""
        spans = Span(before.start, before.end), Span(line.start, line.end)
        return (
            analysis.form(before) in _PROSE
            and self._match(analysis, *spans, False)
            and len(list(islice(analysis.sentences_in(*spans[0]), 2))) == 1
            and len(list(islice(self._split(analysis, *spans[1]), 2))) == 1
        )

    def _split(self, analysis: Analysis, start: int, end: int) -> Iterator[tuple[Span, bool]]:
        """The sentences of a line, and whether each is glued to the one before."""
        for sentence in analysis.sentences_in(start, end):
            begin, glued = sentence.start, False
            for gap in _GLUE.finditer(analysis.text, sentence.start, sentence.end):
                yield Span(begin, gap.end()), glued
                begin, glued = gap.end(), True
            yield Span(begin, sentence.end), glued

    def _match(self, analysis: Analysis, one: Span, other: Span, glued: bool) -> bool:
        if min(one.end - one.start, other.end - other.start) < 5 * self._params.least:
            return False  # too short to hold so many stems
        text = analysis.folded
        if not glued and not (ends_in_stop(text, *one) and ends_in_stop(text, *other)):
            return False  # lines of a list, headlines
        first_words, second_words = text[one.start : one.end].split(), text[other.start : other.end].split()
        shared = set(first_words).intersection(second_words)
        if len(shared - STOP_WORDS) < (2 if glued else 3):
            return False
        if not glued and first_words != second_words and _parallel(first_words, second_words):
            return False
        first, second = (set(stems(analysis.folded[s.start : s.end])) for s in (one, other))
        if min(len(first), len(second)) < self._params.least:
            return False
        return self._alike(first, second, self._params.glued_containment if glued else None)

    def _paragraphs(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        seen: dict[tuple[str, ...], int] = {}
        for line in analysis.lines:
            if line.end - line.start < self._params.least:
                continue
            words = tuple(fold_words(analysis.folded[line.start : line.end]))
            if words and words in seen:
                yield Hit(line.start, line.end)
            seen[words] = line.index

    def _words(self, analysis: Analysis, found: Found) -> Iterator[Hit]:
        if self.phrases:
            for index in sorted({analysis.line_at(phrase.start).index for phrase in found.phrases}):
                yield from self._words_of(analysis, analysis.lines[index])
            return
        for line, tokens in zip(analysis.lines, analysis.line_tokens, strict=True):
            if True in map(eq, tokens, islice(tokens, 1, None)):
                yield from self._words_of(analysis, line)

    def _words_of(self, analysis: Analysis, line: Line) -> Iterator[Hit]:
        text = analysis.text
        for match in _DOUBLE_WORD.finditer(analysis.folded, line.start, line.end):
            word, one, other = match[1], match.start(), match.start(2)
            if not word.isalpha() or word in self._allowed:
                continue
            if text[one].isupper() and text[other].isupper() and word not in STOP_WORDS:
                continue  # a name: Duran Duran, Pago Pago
            yield Hit(one, match.end(2), suggestion=text[one : match.end(1)])


@cache
def _speaks() -> re.Pattern[str]:
    """Words of speaking, in codes: such as stand between blanks, and so are the same tokens in any case."""
    words, codes = "xhpoXAHP01Y\\u0100-\\uffff", word_codes()
    return re.compile(f"[{''.join(codes[word] for word in sorted(_SPEAKING))}](?<![^{words}].)(?![^{words}])")


def _twice(tokens: list[str]) -> int:
    """How many words besides stop words stand there again."""
    content = list(filterfalse(STOP_WORDS.__contains__, tokens))
    return len(content) - len(set(content))


def _is_glued(text: str, start: int, end: int) -> bool:
    """Do two sentences of a line stand without a space between them?"""
    stops = text.count(".", start, end) - text.count(". ", start, end) - (text[end - 1] == ".")
    other = text.find("?", start, end - 1) >= 0 or text.find("!", start, end - 1) >= 0
    return (stops > 0 or other) and _GLUE.search(text, start, end) is not None


def _parallel(one: list[str], other: list[str]) -> bool:
    """Sentences made alike on purpose: the same opening, other figures, a list, or somebody speaking to the reader."""
    if one[:2] == other[:2] or any(word.endswith(";") for word in one) or not _SPEAKING.isdisjoint([*one, *other]):
        return True
    figures = [{word for word in words if word[:1].isdigit() or word in _FIGURES} for words in (one, other)]
    return figures[0] != figures[1]


def build(params: Params, context: Context) -> RepetitionCheck:
    """Check the limits. Raises ParameterError."""
    for name in ("overlap", "containment"):
        if not 0 < getattr(params, name) <= 1:
            raise ParameterError(name, "expected a share above 0, at most 1")
    return RepetitionCheck(params)
