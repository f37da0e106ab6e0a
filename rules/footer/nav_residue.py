"""FTR013: rows of menu words, breadcrumbs, and the strings that blog software prints on every page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from linter.analysis import Analysis, Line, ends_in_stop
from linter.lexicon import shipped_lexicon
from linter.model import Hit

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_SIGN = re.compile(r"»|>>?|›|→|➤|▸|&raquo;|&gt;|&rsaquo;|::| ?[/|·•] ?")
_MARK = re.compile(r"[»>›→➤▸&:/|·•]")  # where one of them may be
_CRUMBS = re.compile(rf"(?:you are here ?:? *)?([^\W\d_][\w &',-]{{1,30}}?)\s*((?:{_SIGN.pattern}))\s*[^\s/].{{0,250}}")
_INLINE = re.compile(r"\bHome(?:\s*(?:[»›→]|>>?)\s*[A-Z0-9][^\n»›>→:.]{1,40}(?=\s*[»›>→]))+\s*[»›>→]+")
_EMPTY_FIELD = re.compile(
    r"(?:\w+: ?\S+ +){0,3}(?:editor|author|reporter|writer|contributor|(?:written|edited|posted|reviewed) by|"
    r"translator|photo(?:grapher)?|source|categor(?:y|ies)|tags?|date|published|credit|caption|location|summary|excerpt|keywords?)"
    r"\s*:\s*(?:[-–—]+|n/?a|null|none|undefined|nan|unknown|\(none\)|\(empty\)|\[\])\s*"
)
_EMPTY = ("-", "–", "—", "n/a", "na", "null", "none", "undefined", "nan", "unknown", ")", "[]")  # its ends
_THEME = re.compile(
    r"(?:wordpress )?theme: [\w .-]{2,40}? (?:by|designed by|powered by)\b|[←«‹]\s*(?:older|newer|prev\w*)\b.{0,60}|"
    r"(?:older|newer|next) (?:posts?|entries|articles?)\s*[→»›]|\d+ items? in cart\b|\d+ items?\s*-?\s*[$€£]\d"
)
_ANCHOR = re.compile("privacy policy|terms (?:of|and) |cookie policy|contact us|about us|datenschutz|skip to ")
_FURNISHED = ("policy", "terms of", "terms and", "contact us", "about us", "datenschutz", "skip to")
_BARE = re.compile(r"[A-Z][\w&'-]{1,30}(?: [\w&'-]{1,20}){0,3}")  # what may be a label that is not listed
_LONG, _MOST = 300, 6  # characters of a line that is no row; words of a label
_WHOLE = 1200  # characters of a line that is a whole article, in which rows are looked for
# What a line of the software begins with, beside the words of the lexicons: see _CRUMBS, _EMPTY_FIELD, _THEME.
_OPENERS = frozenset(
    """you home editor author reporter writer contributor written edited posted reviewed translator photo photographer
    source category categories tag tags date published credit caption location summary excerpt keyword keywords
    wordpress theme older newer next""".split()
)
_WEIGHTS = {"site": 2, "home": 1, "menu": 1, "section": 0, "filler": 0}
_SECTIONS = 4  # names of sections that make a menu by themselves


class Row(NamedTuple):
    """The labels of a line: how many, how many of them are sections only, and what they weigh as furniture."""

    labels: int
    sections: int
    weight: int
    firm: bool = False  # furniture by itself


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield a hit per run of labels, breadcrumb or theme string (`run`), and per label that stands alone (`single`)."""
    run, gap, text = list[tuple[Line, Row]](), False, analysis.text
    for line, tokens in zip(analysis.lines, analysis.line_tokens, strict=True):
        start, end = line.start, line.end
        short = end - start <= _LONG and (end - start <= _LONG // 3 or text[end - 1] not in ".!?")
        row = _row(analysis, line) if short and _may_be_row(analysis, line, tokens) else None
        if row is None and not run:
            if end - start > _WHOLE:
                yield from _inside(analysis, line)
            continue
        if row is None and not gap and run[-1][1].weight and _BARE.fullmatch(analysis.plain, start, end):
            gap = True
            continue
        if row is None or (gap and not row.weight):
            yield from _close(run)
            run = []
        if row:
            run.append((line, row))
        elif end - start > _WHOLE:
            yield from _inside(analysis, line)
        gap = False
    if run:
        yield from _close(run)


def _close(run: list[tuple[Line, Row]]) -> Iterator[Hit]:
    while run and not run[-1][1].weight and sum(row.sections for _, row in run) < _SECTIONS:
        run.pop()  # a heading after the menu
    labels, weight, sections = (sum(row[n] for _, row in run) for n in (0, 2, 1))
    if sections >= _SECTIONS or (labels > 1 and weight > 2) or any(row.firm for _, row in run):
        yield Hit(run[0][0].start, run[-1][0].end, ("run",), values={"labels": str(labels)})
    else:
        yield from (Hit(line.start, line.end, ("single",)) for line, row in run if row.weight > 1)


def _may_be_row(analysis: Analysis, line: Line, tokens: list[str]) -> bool:
    """Do the first words of a line begin a row? Those of prose hardly ever do."""
    token, firsts = tokens[0], _first_words()
    if token in firsts:
        seconds = firsts[token]
        if seconds is None or (len(tokens) > 1 and (not tokens[1].isalpha() or tokens[1] in seconds)):
            return True
        return _CAMEL.search(analysis.plain, line.start, line.start + 40) is not None
    first = analysis.plain[line.start : line.start + len(token)]
    if token.isalpha():  # no listed word, but perhaps several that are glued together
        return not (first.istitle() or first.islower() or first.isupper())
    if first[0] == '"':
        return False
    match = _WORD.search(analysis.folded, analysis.core(line).start, line.end)
    return (
        match is None
        or match[0] in firsts
        or match[0].isdigit()
        or ":" in token
        or first[0] in "←«‹"
        or _CAMEL.search(first) is not None
    )


@cache
def _first_words() -> dict[str, frozenset[str] | None]:
    """The words that begin a row, each with the second words it needs; None where it may stand alone."""
    entries = [*_lexicon("nav-labels.txt").items(), *_lexicon("auto-blog-footers.txt").items()]
    seconds = defaultdict[str, set[str]](set)
    for words, _ in entries:
        seconds[words[0]].update(words[1:2])
    alone = _OPENERS.union(words[0] for words, kind in entries if len(words) == 1 and kind != "filler")
    fillers = {words[0] for words, kind in entries if len(words) == 1 and kind == "filler"} - alone
    begin = seconds.keys() | alone
    needed = {word: frozenset(found | begin if word in fillers else found) for word, found in seconds.items()}
    return needed | dict.fromkeys(alone)


def _row(analysis: Analysis, line: Line) -> Row | None:
    stop = ends_in_stop(analysis.text, line.start, line.end)
    if line.end - line.start > (_LONG // 3 if stop else _LONG) or analysis.form(line) in ("heading", "table"):
        return None
    start = analysis.core(line).start
    text, plain = analysis.folded[start : line.end], analysis.plain[start : line.end]
    crumbs = None if stop or not _MARK.search(text) else _CRUMBS.fullmatch(text)
    if crumbs and (kind := _lexicon("nav-labels.txt").get(tuple(_WORD.findall(crumbs[1])))) in ("home", "section"):
        several = len(_SIGN.findall(text)) > 1
        if (several or kind == "home") and (several or crumbs[2].strip() not in ("/", "|", "·", "•")):
            return Row(2, 0, 2, firm=True)
    if (
        (":" in text and text.rstrip().endswith(_EMPTY) and _EMPTY_FIELD.fullmatch(text))
        or _THEME.match(text)
        or _THEME.match(analysis.folded, line.start, line.end)
    ):
        return Row(1, 0, 1, firm=True)
    words = tuple(_WORD.findall(text))
    strings = _lexicon("auto-blog-footers.txt")
    if words[:2] in _beginnings() and (
        strings.get(words) or any(strings.get(words[:n]) == "start" for n in range(2, min(len(words), 9) + 1))
    ):
        return Row(1, 0, 2, firm=strings.get(words) != "whole" or len(words) > 2)
    camel = not plain.isupper() and _CAMEL.search(plain)
    if not camel and words and words[-1] not in _label_words() and not words[-1].isdigit():
        return None  # prose, mostly: no label ends so
    if camel and not _label(words, 0)[0]:  # words glued together
        words = tuple(_WORD.findall(_CAMEL.sub(" ", plain).lower()))
    if plain.startswith("Home") and plain[4:5].isupper() and _label(words, 1)[1] == "section":
        return Row(2, 1, 2, firm=True)  # HomeHealthPublic Health
    return None if stop and words[-2:] != ("rights", "reserved") else _labels_of(words)


def _labels_of(words: tuple[str, ...]) -> Row | None:
    at = labels = sections = weight = 0
    while at < len(words):
        size, kind = _label(words, at)
        if not size and not words[at].isdigit():
            return None
        labels, sections = labels + (kind not in ("", "filler")), sections + (kind == "section")
        weight += _WEIGHTS.get(kind, 0)
        at += max(size, 1)
    return Row(labels, sections, weight) if labels else None


def _label(words: tuple[str, ...], at: int) -> tuple[int, str]:
    """How many words from `at` on are one label, the longest first, and of what kind it is."""
    labels = _lexicon("nav-labels.txt")
    sizes = range(min(_MOST, len(words) - at), 0, -1)
    return next(((size, kind) for size in sizes if (kind := labels.get(words[at : at + size]))), (0, ""))


def _inside(analysis: Analysis, line: Line) -> Iterator[Hit]:
    """Rows of three labels and more, and breadcrumbs, in a line that is a whole article."""
    text, folded = analysis.plain, analysis.folded
    if text.find("Home", line.start, line.end) >= 0:
        yield from (Hit(*crumbs.span(), ("run",)) for crumbs in _INLINE.finditer(text, line.start, line.end))
    if all(folded.find(word, line.start, line.end) < 0 for word in _FURNISHED):
        return
    reached = line.start
    for anchor in _ANCHOR.finditer(analysis.folded, line.start, line.end):
        first, last = max(reached, anchor.start() - 120), min(line.end, anchor.end() + 200)
        spans = list(_WORD.finditer(analysis.plain, first, last))
        words = tuple(span.group().lower() for span in spans)
        for begin, span in enumerate(spans):
            at, count, weight = begin, 0, 0
            while at < len(words) and spans[at].group()[0].isupper():
                size, kind = _label(words, at)
                if not size or re.search(r"[.!?;\"]", analysis.plain[spans[at].start() : spans[at + size - 1].end()]):
                    break
                at, count, weight = at + size, count + 1, weight + _WEIGHTS[kind]
            if count > 2 and weight > 3 and span.start() <= anchor.start() < spans[at - 1].end():
                reached = spans[at - 1].end()
                yield Hit(span.start(), reached, ("run",))
                break


@cache
def _label_words() -> frozenset[str]:
    """All words of labels."""
    return frozenset(word for words in _lexicon("nav-labels.txt") for word in words)


@cache
def _beginnings() -> frozenset[tuple[str, ...]]:
    """The first two words of what blog software prints."""
    return frozenset(words[:2] for words in _lexicon("auto-blog-footers.txt"))


@cache
def _lexicon(name: str) -> dict[tuple[str, ...], str]:
    """The section of each entry, by the entry's words; the first section that has it counts."""
    entries = shipped_lexicon(name)
    return {tuple(_WORD.findall(entry.phrase.lower())): entry.tag or "" for entry in reversed(entries)}
