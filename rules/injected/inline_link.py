"""Links to other stories that stand inside a line: a cue with a headline, a headline in arrows, a glued ranking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from linter.analysis import Analysis, ends_in_stop
from linter.lexicon import shipped_lexicon
from linter.model import Hit
from linter.words import STOP_WORDS

_MARK = re.compile(r"(?:[:|»›>→➤▶►👉]|(?<= )[–—-])[:|»›>→➤▶►👉–—-]{0,2}[ :|»›>→➤▶►👉]{0,4}(?=\S)")
_MARKS = (":", "|", "»", "›", ">", "→", "➤", "▶", "►", "👉", " –", " —", " -")  # how each of them begins
_WORD_START = re.compile(r"(?<![\w'-])\w")
_FIRST = re.compile(r"1[.):]?\s{0,2}(?=[A-Z\"'“‘¡¿À-Þ])")
_ITEM = r"#?{}[.):]?\s{{0,2}}(?=[A-Z\"'“‘¡¿À-Þ])"
_SURE = frozenset(  # a link whatever follows
    "also read|also watch|also check|also on|read also|watch also|must read|must-read|don't miss|read more|hot search|"
    "baca juga|lihat juga|xem thêm|lire aussi|à lire aussi|lea también|lee también|leia também|leggi anche|"
    "siehe auch".split("|")
)
_ARROWS = re.compile(r"(?:>>+|»{1,3})\s{0,2}(?P<title>[A-Z0-9\"'“‘][^<>«»\n]{12,160}?)\s{0,2}(?:<<+|«{1,3})")
_TRAILING = re.compile(r"(?P<title>[A-Z0-9\"'“‘][^<>«»→\n]{14,170}?)\s{0,2}(?:>>+|»|→|➤|▶|►)\s*")
_LEADING = re.compile(r"(?:>>+|»|→|➤|▶|►|👉)\s{0,2}(?P<title>[A-Z0-9\"'“‘][^<>«»\n]{14,170})")
_LEADS = tuple(
    "related |hot |popular |trending |top |similar |recent |most |google |búsquedas |recherches |pencarian |"
    "tìm kiếm ".split("|")
)
_SEARCHES = re.compile(
    rf"(?:{'|'.join(_LEADS)})"
    r"(?:search(?:es|ed)? ?(?:terms?)?|queries|keywords|relacionadas|associées|terkait|liên quan)(?: now| today)?"
    r"\s{0,2}[:|–—-]\s{0,3}\S[^\n.!?]{3,300}"
)
_QUERIES = ("search", "queries", "keywords", "relacionadas", "associées", "terkait", "liên quan")
_LOOSE = " #.(–—-"  # between a cue and its mark
_STARTERS = frozenset(  # words that begin a sentence rather than end a headline
    "the a an in on at he she it they we but and this that these those there his her its their as after before for from"
    " meanwhile according police officials when while if with by i you our one some many all no not".split()
)
_TEASERS = ("watch", "see")
_POINTERS = ">»→➤▶►👉"
_TERMINAL = (".", "!", "?", "…", '."', "!”", "?”", ".”", '?"', '!"')


@cache
def _endings(cues: frozenset[str]) -> frozenset[str]:
    """The last two characters of the cues: where text ends otherwise, no cue does."""
    return frozenset(cue[-2:] for cue in cues)


@cache
def _cues(*tags: str) -> frozenset[str]:
    """The cues of the lexicon's sections, lower case."""
    entries = shipped_lexicon("related-cues.txt")
    return frozenset(entry.phrase for entry in entries if entry.tag in tags)


def _cue_before(analysis: Analysis, offset: int, cues: frozenset[str]) -> int | None:
    """The start of the longest cue that ends at an offset, decoration aside; None if there is none."""
    if analysis.folded[max(offset - 40, 0) : offset].rstrip(_LOOSE)[-2:] not in _endings(cues):
        return None
    least = max(analysis.line_at(offset).start, offset - 40)
    starts = [match.start() for match in _WORD_START.finditer(analysis.folded[least:offset])]
    for start in starts[-6:]:
        if analysis.folded[least + start : offset].rstrip(_LOOSE) in cues:
            return least + start
    return None


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield cue with headline, a headline in arrows, a numbered ranking, related searches, a teaser."""
    hits = [*_after_cues(analysis), *_rankings(analysis), *_inside(analysis), *_whole_lines(analysis)]
    yield from sorted(hits, key=lambda hit: (hit.start, -hit.end))


def _after_cues(analysis: Analysis) -> Iterator[Hit]:
    text, sure_cues, cues = analysis.plain, *_linking()
    for match in _marks(text):
        after = match.end()
        if match.group()[0] in "–—-" and not (match.group()[-1] == " " == text[match.start() - 1]):
            continue
        start = _cue_before(analysis, match.start(), cues)
        if start is None or (text[start].islower() and text[start].isascii()) or analysis.is_quoted(start, after):
            continue
        line, sure = analysis.line_at(start), analysis.folded[start : match.start()].rstrip() in sure_cues
        whole = start == analysis.core(line).start and not ends_in_stop(text, line.start, line.end)
        if (text[after].islower() and not (sure and whole)) or (whole and line.end - after < 220):
            continue  # a line of its own is for the rules on lines
        before = text[line.start : start].rstrip(" [(>»→➤▶►👉*•|-–—")
        if not sure and before and not before.endswith((*_TERMINAL, ")", "”", '"', "'")):
            continue
        end = line.end if whole and line.end - after < 220 else _headline_end(text, after, line.end)
        if end:
            yield Hit(start, end, ("inline",))
        elif sure:
            sentence = analysis.sentence_at(after)
            yield Hit(start, sentence.end if sentence.end - after < 160 else after, ("inline",))


@cache
def _linking() -> tuple[frozenset[str], frozenset[str]]:
    """The cues that link whatever follows, and those with the labels that need a headline."""
    sure = _SURE | _cues("cue")
    return sure, sure | _cues("label")


def _marks(text: str) -> Iterator[re.Match[str]]:
    """The marks with the blanks behind them, found by their first signs: few lines have one."""
    places = [at + len(mark) - 1 for mark in _MARKS for at in _places(text, mark)]
    return _matches_at(_MARK, text, places)


def _places(text: str, wording: str) -> Iterator[int]:
    """The offsets of a wording."""
    at = text.find(wording)
    while at >= 0:
        yield at
        at = text.find(wording, at + 1)


def _matches_at(pattern: re.Pattern[str], text: str, places: list[int]) -> Iterator[re.Match[str]]:
    """What `finditer` finds, where it is known at which places it can find anything."""
    reached = 0
    for place in sorted(places):
        if place >= reached and (match := pattern.match(text, place)):
            reached = match.end()
            yield match


def _headline_end(text: str, start: int, limit: int) -> int | None:
    """The end of the capitalised words from `start`, without the beginning of the next sentence; None: no headline."""
    words: list[tuple[int, str]] = []
    for token in re.finditer(r"\S+", text[start:limit]):
        word = token.group()
        bare = word.strip("\"'“”‘’(),:;!?.[]")
        if bare and bare[0].islower() and bare.lower() not in STOP_WORDS:
            while words and words[-1][1][:1].islower():
                words.pop()
            starters = [i for i, (_, one) in enumerate(words) if i > 2 and one.istitle() and one.lower() in _STARTERS]
            words = words[: starters[-1] if starters else -1]
            break
        words.append((start + token.end(), bare))
        if (word.endswith(_TERMINAL) and len(bare) > 2) or len(words) > 28:
            break
    capitals = sum(bool(word) and (word[0].isupper() or word[0].isdigit()) for _, word in words)
    return words[-1][0] if len(words) >= 4 and capitals >= max(3, 0.6 * len(words) - 1) else None


def _rankings(analysis: Analysis) -> Iterator[Hit]:
    text = analysis.plain
    for match in _FIRST.finditer(text):
        if (start := _cue_before(analysis, match.start(), _cues("ranking"))) is None:
            continue
        line, at, last = analysis.line_at(start), match.end(), 1
        while item := re.compile(_ITEM.format(last + 1)).search(text, at, min(line.end, at + 220)):
            last, at = last + 1, item.end()
        if last >= 3:
            yield Hit(start, line.end if line.end - at < 140 else _headline_end(text, at, line.end) or at)


def _inside(analysis: Analysis) -> Iterator[Hit]:
    folded, text = analysis.folded, analysis.plain
    queries = [at for word in _QUERIES for at in _places(folded, word)]
    starts = [at - len(lead) for at in queries for lead in _LEADS if folded.endswith(lead, 0, at)]
    for match in _matches_at(_SEARCHES, folded, starts):
        if text[match.start()].isupper() and not text[match.start() - 1 : match.start()].isalnum():
            yield Hit(*match.span(), ("searches",))
    for match in _ARROWS.finditer(text) if "«" in text or "<" in text else ():
        if len(match["title"].split()) >= 4:
            yield Hit(*match.span(), ("arrows",))


def _whole_lines(analysis: Analysis) -> Iterator[Hit]:
    for line in analysis.lines:
        start, end = line.start, line.end
        if not 16 < end - start < 200 or line.zone == "headline":
            continue
        found = None
        if analysis.text[end - 1] in _POINTERS:
            found = _TRAILING.fullmatch(analysis.plain, start, end)
        elif analysis.text[start] in _POINTERS:
            found = _LEADING.fullmatch(analysis.plain, start, end)
        if found and 4 <= len(found["title"].split()) <= 26 and found["title"].rstrip()[-1] not in ".:,":
            yield Hit(start, end, ("arrows",))
        elif _is_watch_headline(analysis, start, end):
            yield Hit(start, end, ("teaser",))


def _is_watch_headline(analysis: Analysis, start: int, end: int) -> bool:
    """Is this line "Watch" or "See" with a headline in capitals after it?"""
    if not analysis.folded.startswith(_TEASERS, start):
        return False
    words = analysis.plain[start:end].split()
    if not 5 <= len(words) <= 20 or words[0].lower() not in _TEASERS:
        return False
    if words[1].lower().rstrip(":") in ("out", "also", "more"):
        return False
    content = [word for word in words[1:] if word[:1].isalnum() and word.lower() not in STOP_WORDS]
    capital = sum(word[0].isupper() or word[0].isdigit() for word in content)
    return len(content) >= 3 and capital >= 0.85 * len(content) and not ends_in_stop(analysis.plain, start, end)
