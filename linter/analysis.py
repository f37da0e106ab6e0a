"""What every check shares, computed once per article and only when asked for: lines, zones, words, sentences, quotes.

All offsets are text offsets. `plain` and `folded` have exactly the length of the text, so that an offset into one is
an offset into all three.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from linter import words as lexis
from linter.codedtext import CodedText
from linter.genre import Genre, genre_of
from linter.lazy import lazy
from linter.model import Article, Form, Preset, Span, Zone

if TYPE_CHECKING:
    from linter.corpus.sitelines import SiteLines

_DATED_LINES = 3
HEAD_LINES, TAIL_LINES = 6, 8  # DESIGN: never more than a quarter of the lines each

_TYPOGRAPHY = (  # (written, read as): one character for one
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\xa0", " "), ("\u202f", " "),
    ("\u2009", " "), ("\u2007", " "), ("\u3000", " "), ("‐", "-"), ("‑", "-"), ("İ", "I"),
)  # fmt: skip
_HALVES = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"\S[^\n]*")
_LEAD = re.compile(r"[^\w\"'“‘«(\[{@#$£€<&%:;.]*")  # bullets, arrows, emoji, dashes, pipes before the wording
_TRAILING = frozenset("\"'”’»)]}.!?…:;,%>&*_")  # marks that end a wording; other signs behind it are decoration
_FINAL_STOP, _CLOSERS = frozenset(".!?…"), "\"'”’»)]*_"
_BYLINE = re.compile(r"(?:by|von|par|por|di|written by|story by|words by)\s+\S", re.IGNORECASE)
# "OSLO (Reuters) - ", "MARLOW, Ohio — ", "Paris, May 3 –": a place, at most a region, an agency or a date, and a dash.
_DATELINE = re.compile(
    r"(?:[^\W\d_a-z][^\Wa-z_]{2,}(?:[ -][^\Wa-z_]{2,}){0,3}(?:, [\w. ]{2,20})?(?: ?\([\w ./]{2,30}\))?"
    r"|[^\W\d_][\w. -]{2,30}(?:, [\w. ]{2,20})?(?: ?\([\w ./]{2,30}\)|, \w{3,9}\.? \d{1,2}))\s*(?:[–—]|--?\s)"
)
_LIST_MARK = re.compile(r"(?:[-*•·‣▪●○–—]|\d{1,2}[.)]|[a-z][.)])\s+\S")
_SENTENCE = re.compile(r"\S[^.!?…\n]*(?:[.!?…]+(?![\s\"'”’)\]]|$)[^.!?…\n]*)*[.!?…]*[\"'”’)\]]*")
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Rev|Hon|St|Jr|Sr|No|vs|Inc|Ltd|Co|"
    r"Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|U\.N|e\.g|i\.e|etc|approx|Ave|Blvd)\.$"
)
# Every alternative begins with its mark, so that the search goes from mark to mark.
_QUOTED = re.compile(
    r"“[^“”\n]*”|\"[^\"\n]*\"|«[^«»\n]*»|„[^“”\n]*[“”]|‘(?<!\w‘)[^‘\n]*?’(?!\w)|'(?<!\w')(?:[^'\n]|(?<=\w)'(?=\w))*'(?!\w)"
)
_BLANKS = re.compile(r"\s*")
_WORD = re.compile(r"\S+")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'.-]*"
_SMALL_WORDS = "(?:of|the|and|for|in|on|to|at|an?|against|with|from|by|de|la|&)[ \t]+"
_NAME_RUN = re.compile(rf"{_CAPITALISED}(?:[ \t]+(?:{_SMALL_WORDS}){{0,2}}{_CAPITALISED})+")
_ASCII = bytes(range(128))
_ASCII_MARKS = bytes(n for n in range(128) if not chr(n).isalnum() and not chr(n).isspace())
_WORDED = bytes(ord(" ") if n < 128 and chr(n).isspace() else ord("x") for n in range(256))


def _without_halves(text: str) -> str:
    """The text with U+FFFD for halves of characters, which broken JSON may hold and no UTF-8 can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALVES.sub("\ufffd", text)
    return text


def unify_typography(text: str) -> str:
    """The text with typographic variants of quotation marks, blanks and hyphens as their plain forms, same length."""
    if not text.isascii():
        for written, read in _TYPOGRAPHY:
            text = text.replace(written, read)
    return text


def _count_words(text: str) -> int:
    data = text.encode()
    if len(data) > len(text):
        for char in set(data.translate(None, _ASCII).decode()):
            if not char.isalnum():
                text = text.replace(char, " " if char.isspace() else "")
        data = text.encode()
    # Marks out, blanks to blanks, the rest to one letter: words begin where that follows a blank. No token is made.
    return (b" " + data.translate(_WORDED, _ASCII_MARKS)).count(b" x")


def ends_in_stop(text: str, start: int = 0, end: int | None = None) -> bool:
    """Does text[start:end] end in a full stop, question or exclamation mark or ellipsis, closing marks aside?"""
    end = len(text) if end is None else end
    tail = text[max(end - 6, start) : end].rstrip(_CLOSERS)
    return tail[-1:] in _FINAL_STOP


class Line(Struct, frozen=True, gc=False):
    """A non-empty line, trimmed of white space; in every format one line is one block of text."""

    index: int
    start: int
    end: int
    zone: Zone


class Analysis:
    """One article as the checks see it."""

    def __init__(
        self,
        article: Article,
        *,
        preset: Preset = "scraped",
        site: tuple[str, ...] = (),
        template_lines: Sequence[SiteLines] = (),
    ) -> None:
        self.article = article
        self.text = _without_halves(article.text)
        self.preset = preset
        self.site = site
        self.template_lines = template_lines  # learned of the article's site, where any were
        self.residue: list[Span] = []  # in order; what the rules for it have found, for those that come after them
        plain = unify_typography(self.text)
        self._sentences: dict[int, list[Span]] = {}  # by line, of the lines that were asked for
        self._quotes: dict[int, list[Span]] = {}
        self._cores: dict[int, Span] = {}
        self._counts: dict[tuple[tuple[str, ...], Span | None], int] = {}
        self.plain = plain  # the text with typographic variants folded
        self.folded = plain.lower()  # and in lower case

    @property
    def is_beside(self) -> bool:
        """Is this the rest of a page, beside its article? Its menus and teasers are no fault of a text."""
        return self.article.profile == "html" and self.article.page is None

    # ---- lines and zones -------------------------------------------------------------------------------------

    @lazy
    def lines(self) -> list[Line]:
        """The non-empty lines with their zones."""
        text, spans = self.text, []
        for match in _LINE.finditer(text):
            start, end = match.span()
            spans.append((start, end if not text[end - 1].isspace() else start + len(match.group().rstrip())))
        zones = self._zones(spans)
        return [Line(i, start, end, zone) for i, ((start, end), zone) in enumerate(zip(spans, zones, strict=True))]

    def _zones(self, spans: list[tuple[int, int]]) -> list[Zone]:
        """The zone of each line: a headline, head, body and tail, the edges at most a quarter of the lines each."""
        count = len(spans)
        headline = int(count > 2 and self._first_line_is_headline())
        quarter = max(1, (count - headline) // 4)
        head = min(HEAD_LINES, quarter) if count - headline > 2 else 0
        tail = min(TAIL_LINES, quarter) if count - headline > 1 else 0
        first: list[Zone] = ["headline"] if headline else []
        first += [self._head_zone(start, end) for start, end in spans[headline : headline + head]]
        rest: list[Zone] = ["body"] * (count - headline - head - tail)
        last: list[Zone] = ["tail"] * tail
        return first + rest + last

    def _head_zone(self, start: int, end: int) -> Zone:
        if end - start < 120:
            return "byline" if _BYLINE.match(self.text, start, end) else "head"
        return "dateline" if _DATELINE.match(self.text, start, end) else "head"

    def _first_line_is_headline(self) -> bool:
        if self._headline_first is None:
            match = _LINE.search(self.text)
            line = match.group().rstrip() if match else ""
            title = self.article.title
            if title:
                self._headline_first = lexis.fold_words(title) == lexis.fold_words(line)
            else:
                self._headline_first = not ends_in_stop(line) and len(line.split()) <= 30
        return self._headline_first

    _headline_first: bool | None = None

    @lazy
    def dateline(self) -> Span | None:
        """A dateline at the beginning of one of the first lines, with its dash: "OSLO (Reuters) -"."""
        for line in self.lines[:_DATED_LINES]:
            if match := _DATELINE.match(self.text, line.start, line.end):
                return Span(*match.span())
        return None

    @lazy
    def headline(self) -> str | None:
        """The title field, else the first line where it reads like a headline."""
        if self.article.title:
            return self.article.title
        lines = self.lines
        return self.text[lines[0].start : lines[0].end] if lines and lines[0].zone == "headline" else None

    @lazy
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line:
        """The line that holds a text offset (or the last one before it); IndexError where there is no line."""
        return self.lines[max(bisect_right(self._line_starts, offset) - 1, 0)]

    def core(self, line: Line) -> Span:
        """A line without the bullets, arrows, emoji and rules around its wording."""
        core = self._cores.get(line.index)
        if core is None:
            core = self._cores[line.index] = self._core(line)
        return core

    def _core(self, line: Line) -> Span:
        lead = _LEAD.match(self.text, line.start, line.end)
        start, end = lead.end() if lead else line.start, line.end
        while end > start and not ((last := self.text[end - 1]).isalnum() or last in _TRAILING):
            end -= 1
        return Span(start, end)

    @lazy
    def _forms(self) -> dict[int, Form]:
        return {self.line_at(block.start).index: block.form for block in self.article.blocks or ()}

    def form(self, line: Line) -> Form:
        """What a line is by its format, or by its own form in plain text."""
        if self.article.blocks is not None:
            return self._forms.get(line.index, "paragraph")
        return "list" if _LIST_MARK.match(self.text, line.start, line.end) else "paragraph"

    def blank_before(self, line: Line) -> int:
        """The number of blank lines between a line and the one before it."""
        before = self.lines[line.index - 1].end if line.index else 0
        return max(self.text.count("\n", before, line.start) - 1, 0)

    # ---- words and sentences ---------------------------------------------------------------------------------

    @lazy
    def line_tokens(self) -> list[list[str]]:
        """The runs between white space of the folded text, line by line: the one tokenisation."""
        return [tokens for line in self.folded.split("\n") if (tokens := line.split())]

    @lazy
    def tokens(self) -> list[str]:
        """The runs between white space of the folded text, in order."""
        return list(chain.from_iterable(self.line_tokens))

    @lazy
    def name_runs(self) -> frozenset[str]:
        """Two and more words with capitals, and small ones between them, as they stand there: what may be names."""
        return frozenset(_NAME_RUN.findall(self.plain))

    @lazy
    def coded(self) -> CodedText:
        """The text as codes, one character per word or sign: for patterns over words."""
        return CodedText(self.plain)

    @lazy
    def words(self) -> int:
        """The number of words: runs between white space that hold a letter or a digit."""
        return _count_words(self.folded)

    @lazy
    def own_words(self) -> int:
        """The number of words outside residue: what rates are taken of. Not to be asked for before that is known."""
        return self.words - sum(_count_words(self.folded[start:end]) for start, end in self.residue)

    def in_residue(self, start: int, end: int) -> bool:
        """Does a range stand in residue?"""
        number = bisect_right(self.residue, start, key=attrgetter("start")) - 1
        return number >= 0 and end <= self.residue[number].end

    def own_offset(self, offset: int) -> int:
        """A text offset as it would be without the residue before it, and the white space behind that."""
        gaps = self._gaps
        number = bisect_right(gaps, offset, key=itemgetter(0)) - 1
        if number < 0:
            return offset
        start, end, before = gaps[number]
        return offset - before - (min(end, offset) - start)

    @lazy
    def _gaps(self) -> list[tuple[int, int, int]]:
        """The residue with the white space behind it, and how much of that there is before each."""
        gaps, before = [], 0
        for start, end in self.residue:
            behind = _BLANKS.match(self.text, end)
            end = behind.end() if behind else end
            gaps.append((start, end, before))
            before += end - start
        return gaps

    @lazy
    def genre(self) -> Genre:
        """What kind of text it is."""
        return genre_of(self)

    def token_spans(self, line: Line) -> Iterator[Span]:
        """The spans of one line's tokens."""
        return (Span(*match.span()) for match in _WORD.finditer(self.folded, line.start, line.end))

    def line_words(self, line: Line) -> list[str]:
        """The folded white-space tokens of one line."""
        return self.line_tokens[line.index]

    def is_prose(self, line: Line, least: int = 12) -> bool:
        """Does a line read as running prose: at least `least` words, a stop word, a final stop?"""
        words = self.line_words(line)
        return (
            len(words) >= least
            and ends_in_stop(self.text, line.start, line.end)
            and not lexis.STOP_WORDS.isdisjoint(words)
        )

    def sentences_in(self, start: int, end: int) -> Iterator[Span]:
        """The sentences of a range within one line; abbreviations and initials do not end one."""
        begin = None
        for match in _SENTENCE.finditer(self.text, start, end):
            begin = match.start() if begin is None else begin
            stop = begin + len(self.text[begin : match.end()].rstrip())
            if _ABBREVIATION.search(self.text, max(begin, stop - 12), stop) and match.end() < end:
                continue
            yield Span(begin, stop)
            begin = None
        if begin is not None:
            yield Span(begin, begin + len(self.text[begin:end].rstrip()))

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds an offset."""
        line = self.line_at(offset)
        sentences = self._sentences.get(line.index)
        if sentences is None:
            sentences = self._sentences[line.index] = list(self.sentences_in(line.start, line.end))
        number = bisect_right(sentences, offset, key=attrgetter("start")) - 1
        return sentences[max(number, 0)] if sentences else Span(line.start, line.end)

    # ---- quotations ------------------------------------------------------------------------------------------

    def is_quoted(self, start: int, end: int) -> bool:
        """Does a range stand inside quotation marks that open and close within its line?"""
        line = self.line_at(start)
        return self._is_block_quotation(line) or self._quotation(line, start, end) is not None

    def _is_block_quotation(self, line: Line) -> bool:
        return self.article.blocks is not None and self.form(line) == "quotation"

    def quotation_words(self, start: int, end: int) -> int:
        """The number of words of the quotation that a range stands in; 0 where it stands in none."""
        quotation = self._quotation(self.line_at(start), start, end)
        return len(self.text[quotation.start : quotation.end].split()) if quotation else 0

    def _quotation(self, line: Line, start: int, end: int) -> Span | None:
        quotes = self._quotes.get(line.index)
        if quotes is None:
            found = _QUOTED.finditer(self.text, line.start, line.end)
            quotes = self._quotes[line.index] = [Span(*match.span()) for match in found]
        if not quotes:
            return None
        number = bisect_right(quotes, start, key=attrgetter("start")) - 1
        return quotes[number] if number >= 0 and end <= quotes[number].end else None

    # ---- topic -----------------------------------------------------------------------------------------------

    @lazy
    def stems(self) -> Counter[str]:
        """How often each content stem occurs in the title and the text."""
        return lexis.stems(self.folded + "\n" + (self.article.title or "").lower())

    def shares_topic(self, start: int, end: int) -> bool:
        """Does a range share a content stem or a name with the rest of the article?"""
        own = lexis.stems(self.folded[start:end])
        return any(self.stems[stem] > count for stem, count in own.items())

    def count_of(self, prefixes: tuple[str, ...], outside: Span) -> int:
        """How many words outside a span begin with one of the given prefixes."""
        for key in ((prefixes, None), (prefixes, outside)):
            if key not in self._counts:
                part = self.tokens if key[1] is None else self.folded[outside.start : outside.end].split()
                self._counts[key] = sum(word.lstrip("\"'([{").startswith(prefixes) for word in part)
        return self._counts[prefixes, None] - self._counts[prefixes, outside]
