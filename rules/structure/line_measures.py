"""STR001, STR004, STR005, STR006, STR011: what the lines of an article say as a whole.

The limits are those of filters of training data (Gopher 2112.11446, RefinedWeb 2306.01116, FineWeb 2406.17557), counted
on lines that are not empty. A text that came as one long line has nothing to count, so each needs a number of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from linter.analysis import Analysis, Line
from linter.model import Hit
from linter.words import STOP_WORDS

_LEAST_LINES, _LEAST_WORDS = 8, 50
_NO_TEXT = ("heading", "table")
_COPY, _SOME, _MOST_LINES, _MOST = 80, 0.01, 0.30, 0.20
_ELLIPSES, _CUT_LINES = ("…", "..."), 0.30
_SHORT_LINE, _SHORT_LINES, _LINES_PER_WORD, _BULLETS, _PROSE = 30, 0.67, 0.3, 0.9, 0.5
_END_MARKS = frozenset(".!?…:;\"'”’»)]。！？」』）”।؟۔")
_FULL_LINE, _MARKED = 12, 0.12
_UI_LINES, _UI_WORDS, _UI_LENGTH = 5, 0.05, 60
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FIGURE = re.compile(r"\d")
_DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bago\b|\bcomments?\b|\bshares?\b|\b(?:19|20)\d\d\b"
)
_VERSE_LINE, _VERSE_LINES, _RUN_ON, _ADDRESSED = 70, 0.8, 0.15, 0.25
_PERSON = frozenset("i you me my we your i'm i'll i've you're thy thee thou our us".split())
_SPOKEN = re.compile(r"[\"“”‘'«–—-]|[A-Z][\w .'-]{0,24}:")
_COUNTER = re.compile(
    r"\(?\d[\d.,]*\s?[km]?\)?\+? (?:comments?|shares?|likes?|views?|replies|retweets?|followers|photos?|items?|results?"
    r"|votes?|reads?|min(?:ute)?s? read|(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago)"
)
_SIGN_IN = re.compile(
    r"(?:sign|log) ?(?:in|up|out|on)(?:/(?:sign|log) ?(?:in|up))?|register(?: now)?|subscribe(?: now)?|my account"
    r"|(?:sign|log) ?in (?:or|/) (?:register|sign ?up|join|subscribe)|forgot (?:your )?password\??|create an? account"
    r"|join (?:now|us)|skip to (?:main )?content|back to top|search|menu"
)


def repeated_lines(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield later copies of lines, tagged `dense` where they are much of the text; paragraphs are SEM006's."""
    if analysis.is_beside:
        return
    text, least = analysis.text, options["least"]
    long = [line for line in analysis.lines if line.end - line.start >= least]
    texts = [text[line.start : line.end] for line in long]
    if len(set(texts)) == len(texts) or len(analysis.lines) < 4:
        return
    headline = analysis.headline
    seen = {headline} if headline else set()
    copies = []
    for line, wording in zip(long, texts, strict=True):
        if wording not in seen:
            seen.add(wording)
        elif wording != headline and not _is_kept_copy(analysis, line):
            copies.append(line)
    share = sum(line.end - line.start for line in copies) / sum(line.end - line.start for line in analysis.lines)
    if share <= _SOME or _is_verse(analysis, analysis.lines):
        return
    dense = share > _MOST or (len(copies) > _MOST_LINES * len(analysis.lines) and len(analysis.lines) >= _LEAST_LINES)
    values = {"count": str(len(copies)), "share": f"{100 * share:.0f} %"}
    for line in copies:
        yield Hit(line.start, line.end, ("dense",) if dense else (), values=values)


def _is_kept_copy(analysis: Analysis, line: Line) -> bool:
    """Does another rule speak of it, or is it a heading, a row of figures, something said twice?"""
    if line.end - line.start >= _COPY and analysis.is_prose(line, 8):
        return True
    return analysis.form(line) in _NO_TEXT or _is_row(analysis, line)


def _is_row(analysis: Analysis, line: Line) -> bool:
    """Cells or figures: a row of a table."""
    text, tokens = analysis.text, analysis.line_words(line)
    if "(@" in text[line.start : line.end]:  # whose post was quoted
        return True
    if text.count("|", line.start, line.end) > 1 or text.count("\t", line.start, line.end) > 1:
        return True
    return 3 * sum(map(bool, map(_FIGURE.search, tokens))) >= len(tokens)


def cut_lines(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the longest run of lines that end in an ellipsis, where many do; the last line is TYP007's."""
    if analysis.is_beside:
        return
    text = analysis.text
    if len(analysis.lines) <= options["least"] or text.count("…") + text.count("...") < 3:
        return
    lines = [line for line in analysis.lines[:-1] if analysis.form(line) not in _NO_TEXT]
    cut = [line for line in lines if text.endswith(_ELLIPSES, line.start, line.end)]
    if len(lines) < options["least"] or len(cut) <= _CUT_LINES * len(lines) or _is_verse(analysis, lines):
        return
    spoken = sum(1 for line in cut if _SPOKEN.match(text, line.start, line.end))
    if 3 * spoken < len(cut):
        yield _longest(analysis, cut, {"count": str(len(cut)), "lines": str(len(lines))})


def not_prose(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the longest run of short lines or bullets of a page that holds little else."""
    if analysis.is_beside:
        return
    every, least = analysis.lines, options["least"]
    if len(every) < least:
        return
    short = [line for line in every if line.end - line.start <= _SHORT_LINE]
    scarce = len(every) > _LINES_PER_WORD * analysis.words
    if len(short) <= _SHORT_LINES * len(every) and not scarce and analysis.text[every[-1].start].isalnum():
        return  # the last line of a list has a bullet
    if analysis.article.blocks is not None:
        every = [line for line in every if analysis.form(line) in ("paragraph", "caption")]
        short = [line for line in every if line.end - line.start <= _SHORT_LINE]
        scarce = len(every) > _LINES_PER_WORD * sum(len(analysis.line_words(line)) for line in every)
        if len(every) < least:
            return
    bullets = [line for line in every if analysis.form(line) == "list"]
    if len(bullets) > _BULLETS * len(every):
        found, what = [line for line in bullets if not analysis.is_prose(line, 8)], "bullets"
    elif len(short) > _SHORT_LINES * len(every) or scarce:
        found, what = short, f"lines of at most {_SHORT_LINE} characters"
    else:
        return
    if 2 * len(found) < len(every) or _is_unspaced(analysis, found) or _is_meant(analysis, every, found):
        return
    yield _longest(analysis, found, {"count": str(len(found)), "lines": str(len(every)), "what": what})


def _is_unspaced(analysis: Analysis, lines: Sequence[Line]) -> bool:
    """Are the lines in a script of which few signs, without blanks, are a sentence?"""
    return 4 * sum(1 for line in lines if _UNSPACED.search(analysis.text, line.start, line.end)) >= len(lines)


def _is_meant(analysis: Analysis, every: Sequence[Line], short: Sequence[Line]) -> bool:
    """Verse, a recipe, results, a conversation; or a page that is prose by its words."""
    folded, text = analysis.folded, analysis.text
    figures = sum(1 for line in short if _holds_figure(folded[line.start : line.end]))
    spoken = sum(1 for line in short if _SPOKEN.match(text, line.start, line.end) or text[line.end - 1] in '.!?…"”')
    if 5 * figures >= 2 * len(short) or 2 * spoken >= len(short) or _is_verse(analysis, every):
        return True
    prose = sum(len(analysis.line_words(line)) for line in every if analysis.is_prose(line, 8))
    return prose >= _PROSE * sum(len(analysis.line_words(line)) for line in every)


def _holds_figure(line: str) -> bool:
    return _FIGURE.search(line) is not None and not _DATED.search(line)


def no_end_marks(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the longest run of lines without an end mark, where hardly any line has one."""
    if analysis.is_beside:
        return
    text, every = analysis.text, analysis.lines
    if len(every) < options["least"]:
        return
    bare = [line for line in every if text[line.end - 1] not in _END_MARKS]
    if 2 * len(bare) < len(every):
        return
    # Headlines are shorter, and lines of text that was wrapped go on in lower case.
    full = [line for line in every if _is_full(analysis, line)]
    bare = [line for line in full if text[line.end - 1] not in _END_MARKS]
    few = len(full) >= options["least"] and len(full) - len(bare) < _MARKED * len(full)
    if few and not _is_verse(analysis, every):
        yield _longest(analysis, bare, {"count": str(len(bare)), "lines": str(len(full))})


def _is_full(analysis: Analysis, line: Line) -> bool:
    """Is a line as long as a sentence, with the words that join one, and followed by a line that begins anew?"""
    words = analysis.line_words(line)
    if len(words) < _FULL_LINE or sum(map(STOP_WORDS.__contains__, words)) < 3:
        return False
    if analysis.form(line) not in ("paragraph", "caption") or _is_row(analysis, line):
        return False
    following = analysis.lines[line.index + 1 : line.index + 2]
    return not (following and analysis.text[following[0].start].islower())


def interface_lines(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the longest run of lines of an interface, where they hold more than a twentieth of the words."""
    if analysis.is_beside:
        return
    lines = analysis.lines
    if len(lines) < _LEAST_LINES:
        return
    short = [line for line in lines if line.end - line.start <= _UI_LENGTH]
    if len(short) < _UI_LINES or analysis.words < _LEAST_WORDS:
        return
    found = [line for line in short if _is_interface(analysis, line)]
    words = sum(len(analysis.line_words(line)) for line in found)
    if len(found) < _UI_LINES or words <= _UI_WORDS * analysis.words:
        return
    figures = sum(1 for line in found if not any(map(str.isalpha, analysis.text[line.start : line.end])))
    if 2 * figures >= len(found) or _is_unspaced(analysis, found) or _is_verse(analysis, lines):
        return  # a table of scores, a poem
    yield _longest(analysis, found, {"count": str(len(found)), "share": f"{100 * words / analysis.words:.0f} %"})


def _is_interface(analysis: Analysis, line: Line) -> bool:
    """One word, figures only, capitals only, a counter, a link to sign in: a line of an interface."""
    if analysis.form(line) not in ("paragraph", "caption"):
        return False
    written, folded = analysis.text[line.start : line.end], analysis.folded[line.start : line.end]
    if written[-1] in '.!?,;:"”' or _SPOKEN.match(written):
        return False
    if len(analysis.line_words(line)) == 1:
        return any(map(str.isalnum, written))
    if not any(map(str.islower, written)):
        return True
    return bool(_COUNTER.fullmatch(folded) or _SIGN_IN.fullmatch(folded))


def _is_verse(analysis: Analysis, lines: Sequence[Line]) -> bool:
    """Are nearly all lines short, and do some run on, with a comma at the end or into lower case, or speak to you?"""
    if sum(1 for line in lines if line.end - line.start <= _VERSE_LINE) < _VERSE_LINES * len(lines):
        return False
    text = analysis.text
    running = sum(1 for line in lines if text[line.end - 1] in ",;–—" or text[line.start].islower())
    if running >= _RUN_ON * len(lines):
        return True
    words = [analysis.line_words(line) for line in lines]
    return sum(1 for line in words if len(line) > 3 and not _PERSON.isdisjoint(line)) >= _ADDRESSED * len(lines)


def _longest(analysis: Analysis, lines: Iterable[Line], values: dict[str, str]) -> Hit:
    """The longest run of lines that follow each other, by their number and then by their length."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and runs[-1][-1].index + 1 == line.index:
            runs[-1].append(line)
        else:
            runs.append([line])
    run = max(runs, key=lambda run: (len(run), run[-1].end - run[0].start))
    return Hit(run[0].start, run[-1].end, values=values)
