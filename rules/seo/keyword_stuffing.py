"""SEO009: phrases that are repeated for search engines: chains of search terms, and one phrase all over the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import re2

from linter.analysis import Analysis, Line
from linter.model import Hit, Span
from linter.words import STOP_WORDS

# "Need an electrician near Oxbrook? Get free quotes from 40 top-rated electricians …"
_PITCH = re.compile(
    r"(?:are you )?(?:looking for|searching for|need|in search of|want) (?:an? |the |some )?[^.?!\n]{3,60} "
    r"(?:in|to|near|around|for) [^.?!\n]{2,40}\?\s*(?:look no further[^.!?\n]{0,80}|"
    r"(?:compare|find|book|call|get|hire|browse|check out|choose|contact|discover|search|visit|we)\b[^.!?\n]{0,160}"
    r"(?:\b\d[\d,.]*\+|\bfrom [£$€₹]\s?\d|[£$€₹]\d[\d.,]*(?:/| per )|verified|near (?:you|me)|free quotes?|top[- ]rated"
    r"|affordable|cheap|best)[^.!?\n]{0,80}(?:\.\d+[^.!?\n]{0,40})?)[.!?]?"
)
_ANSWER = re.compile(
    r"\?\s*(?:look|compare|find|book|call|get|hire|browse|check|choose|contact|discover|search|visit|we)\b"
)
_CUE = re.compile(
    r"\b(?:near me|near you|best|top \d+|cheap|cheapest|affordable|buy|prices?|for sale|deals?|reviews?|specs"
    r"|release date|download|"
    r"free|salary|how to|coupons?|discounts?|services?|hire|apk|torrent|full movie|lyrics|net worth|watch online"
    r"|online|login|login page|cost|jobs|company|agency|20[12]\d|vs|tutors?|gifts?|cash advance|loans?)\b"
)
_ITEMS = re.compile(r"\s*(?:[,;|•·/]| or | and )\s*")
_WORD = re.compile(r"[^\W_]{3,}")
_FIELDS = (
    r"(?:prices?|specs|specifications|release date|features|reviews?|age|height|weight|wiki|bio|biography|net worth"
    r"|salary|family|"
    r"wife|husband|cast|trailer|download|lyrics|how to watch|live stream(?:ing)?|login|coupons?|near me|images|pics)"
)
_TITLE = re.compile(
    rf"(?:\b{_FIELDS}(?: in [^,|]{{2,24}})?(?: (?:in )?20[12]\d)?\s*(?:[,|&]| and )\s*){{2,8}}(?:{_FIELDS}\b)?"
    r"|(?<=\s[–—|-]\s)(?:best|top|cheap|affordable|buy) [^|–—:,.]{3,40} (?:in|near) [^|–—:,.]{2,24}$"
)
_SHARE, _USES, _LEAST_WORDS, _MOST_WORDS = 0.035, 6, 120, 4000
_LONGEST = 360  # code points of a chain


class _Cue(NamedTuple):
    """A search term and where it stands."""

    start: int
    wording: str


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the chains, tagged `title` in a headline, and the first use of a phrase that is everywhere."""
    cues: dict[int, list[_Cue]] = defaultdict(list)  # by line
    for cue in _cues().finditer(analysis.folded):
        cues[analysis.line_at(cue.start()).index].append(_Cue(cue.start(), cue.group()))
    pitched = _ANSWER.search(analysis.folded) is not None
    for line in analysis.lines:
        if pitched or line.index == 0 or line.index in cues:
            yield from _of_line(analysis, line, cues.get(line.index, []))
    uses = Counter(cue.wording for line_cues in cues.values() for cue in line_cues)
    # A phrase that is everywhere holds one of them, and has at most four words.
    if (most := max(uses.values(), default=0)) >= _USES and most * 4 >= _SHARE * len(analysis.tokens):
        yield from _everywhere(analysis)


def _of_line(analysis: Analysis, line: Line, cues: list[_Cue]) -> Iterator[Hit]:
    folded = analysis.folded
    if line.index == 0 and line.end - line.start < 200 and (match := _TITLE.search(folded, line.start, line.end)):
        yield Hit(match.start(), match.start() + len(match.group().rstrip(" ,|&")), ("title",))
        return
    reached = line.start
    if _ANSWER.search(folded, line.start, line.end):
        for match in _PITCH.finditer(folded, line.start, line.end):
            reached = match.end()
            yield Hit(*match.span())
    if not _are_close(cues):
        return
    if folded.count(",", line.start, line.end) + folded.count("|", line.start, line.end) < 1:
        return
    spans = [Span(line.start, line.end)] if line.end - line.start < 160 else analysis.sentences_in(line.start, line.end)
    for span in spans:
        inside = [cue for cue in cues if span.start <= cue.start < span.end]
        if span.start >= reached and 30 < span.end - span.start < _LONGEST and _is_chain(folded[slice(*span)], inside):
            yield Hit(*span)


def _are_close(cues: list[_Cue]) -> bool:
    """Can two different ones, or "near me" twice, stand in one chain?"""
    return any(
        other.start - cue.start < _LONGEST and (cue.wording != other.wording or cue.wording == "near me")
        for cue, other in pairwise(cues)
    )


@cache
def _cues() -> Any:
    """The cues in RE2, for a whole text."""
    return re2.compile(_CUE.pattern)


def _is_chain(text: str, inside: list[_Cue]) -> bool:
    """Items that say the same thing in turn: "mill price oxbrook, mill oxbrook cheap or mills near me"."""
    near = text.count("near me")
    if len({cue.wording for cue in inside}) < 2 and near < 2:
        return False
    items = [item for item in _ITEMS.split(max(text.split(": "), key=len)) if item]
    short = [item for item in items if len(item.split()) <= 12]
    if len(items) < 3 or len(short) < 3:
        return False
    shared = Counter(word for item in short for word in set(_WORD.findall(item)) - STOP_WORDS)
    most = max(shared.values(), default=0)
    return (near > 1 or (near == 1 and most >= 2) or most >= max(3, 0.75 * len(items))) and not _SPEECH.search(text)


_SPEECH = re.compile(
    r"\b(?:said|says|told|asked|wrote|was|were|had|he|she|they|i|his|her|who|but|because|which|has|have|been)\b"
)


def _everywhere(analysis: Analysis) -> Iterator[Hit]:
    """The first use of a phrase of three words or more that the text repeats beyond any need."""
    tokens = analysis.tokens
    if not _LEAST_WORDS <= len(tokens) <= _MOST_WORDS:
        return
    common = {
        word for word, count in Counter(tokens).items() if count >= _USES and len(word) > 2 and word not in STOP_WORDS
    }
    if len(common) < 2:
        return
    counts: Counter[str] = Counter()
    for i, word in enumerate(tokens):
        if word in common:
            for size in (3, 4):
                if i + size <= len(tokens) and tokens[i + size - 1] in common and word.isalpha():
                    counts[" ".join(tokens[i : i + size])] += 1
    for phrase, count in counts.most_common(5):
        size = phrase.count(" ") + 1
        if count < _USES or count * size < _SHARE * len(tokens):
            return
        places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", analysis.folded)]
        named = sum(analysis.text[at : at + len(phrase)].istitle() or analysis.text[at].isupper() for at in places)
        if places and named < 0.5 * len(places) and _CUE.search(phrase):
            yield Hit(places[0], places[0] + len(phrase), ("everywhere",), values={"count": str(count)})
            return
