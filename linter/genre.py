"""What kind of text an article is, as far as that decides what may be asked of it: PRV006, the gates of SRC and STY.

A label is believed where readers see one: before or behind the headline, or on a line of its own at the top. Without a
label the form speaks: questions and answers, times down the margin, a list of ingredients, the marks of a release.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from linter.lexicon import shipped_lexicon, shipped_phrases

if TYPE_CHECKING:
    from linter.analysis import Analysis

_HEAD = 7  # lines, with the headline
_MENU_WORDS = 2
_LONGEST_LABEL = 40  # code points of a line
_EDGES = " \t:|/•·–—-[]()*_#»›>"
_BEFORE = re.compile(r"[\[(]?([^\n:|–—\])]{3,30}?)\s*(?:[:|–—\])]|\s-)\s")
_BEHIND = re.compile(r"\s[|–—-]\s([^\n|–—]{3,30})$|[\[(]([^\n\])]{3,30})[\])]$")
_QUESTIONS = re.compile(r"(?:q|question|a|answer)\s?[.:]\s")
_TIME_OF_ENTRY = re.compile(r"(?:\[?\d{1,2}[.:]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\b(?:\s(?:[a-z]{2,4}t|gmt|utc))?)")
_INGREDIENTS = re.compile(r"(?:for the [a-z ]{3,20}|ingredients|method|directions|instructions)\W*")
_MEASURED = re.compile(
    r"\W{0,3}(?:\d+|[½¼¾⅓⅔]|an?|half)\s?(?:[/½¼¾⅓⅔\d]*\s?)?(?:g|kg|ml|l|cl|dl|oz|lbs?|cups?|tbsp|tsp|"
    r"tablespoons?|teaspoons?|pinch|cloves?|handful)\b"
)
_RELEASED = (
    "for immediate release", "/prnewswire/", "(business wire)", "globe newswire", "globenewswire", "einpresswire",
    "media contact:", "media contacts:", "press contact:", "press contacts:",
)  # fmt: skip
_OF_RELEASES = ("immediate", "wire", "contact")  # each of those holds one of these
_FORM = 4  # questions and answers, entries or ingredients that make a form

# What makes an event: the day of it, or somebody who says something. Most articles have one of these in their lead.
_MONTHS = "january february march april june july august september october november december"
_EVENT_WORDS = frozenset(
    word + mark
    for word in "monday tuesday wednesday thursday friday saturday sunday yesterday said says told announced "
    f"confirmed reported according {_MONTHS}".split()
    for mark in ("", ",", ".", ":", ";", "'s", '"')
)
_DAY = re.compile(r"(?<!\w)(?:may \d{1,2}|\d{1,2} may|last (?:week|night|month)|earlier this week)(?!\w)")
_REACH = 20_000  # code points of a text that are searched for more
_NAME = re.compile(r"[a-z,] [A-ZÀ-Þ][\w'-]+ [A-ZÀ-Þ][\w'-]+")
_QUOTATION = re.compile(r'"[^"\n]*"')
_ME = frozenset("i i've i'm i'd i'll me my mine we we've we're we'll us our ours let's".split())
_YOU = frozenset("you your yours you're you've you'll you'd yourself".split())
_LONGEST_REPORT = 2000  # words: what is longer is a feature, a list, a transcript
_PERSONS = _ME | _YOU
_MOST_ME, _MOST_YOU = 0.025, 0.015  # of the words outside quotation marks; news has 0.002 and 0.001 at the median
_UNSTYLED = ("opinion", "satire")


class Genre(Struct, frozen=True):
    """The genre that an article says it has, or shows; where it says so; and what can't be asked of it, with reasons.

    `label` is (field, start, end): text or title, code points; None where an address or the form gave it away.
    `unsourced` and `unstyled` say why sourcing and style are not assessed; None where they are.
    """

    name: str | None = None
    label: tuple[str, int, int] | None = None
    unsourced: str | None = None
    unstyled: str | None = None


def genre_of(analysis: Analysis) -> Genre:
    """The genre of an article."""
    labelled = _labelled(analysis) or _by_form(analysis)
    if labelled is None:
        return Genre(unsourced=_no_event(analysis))
    name, label, how = labelled
    why = f"{how} {name}"
    return Genre(name, label, f"no event news: {why}", why if name in _UNSTYLED else None)


_Labelled = tuple[str, tuple[str, int, int] | None, str]


@cache
def _labels() -> dict[str, str]:
    return {entry.phrase: entry.tag or "" for entry in shipped_lexicon("genre-labels.txt")}


def _labelled(analysis: Analysis) -> _Labelled | None:
    labels, title = _labels(), (analysis.article.title or "").lower()
    for match in (_BEFORE.match(title), _BEHIND.search(title)) if title else ():
        if match and (name := labels.get((match[match.lastindex or 1]).strip())):
            return name, ("title", *match.span(match.lastindex or 1)), "labelled"
    for line in analysis.lines[:_HEAD]:
        if line.zone in ("body", "tail") and line.index:
            continue
        text = analysis.folded[line.start : min(line.end, line.start + _LONGEST_LABEL + 1)]
        match = _BEFORE.match(text) if line.index == 0 else None
        bare = text.strip(_EDGES) if len(text) <= _LONGEST_LABEL else (match[1] if match else "")
        bare = match[1].strip() if match and match[1].strip() in labels else bare
        if (name := labels.get(bare)) and not _in_menu(analysis, line.index):
            start = line.start + text.index(bare)
            return name, ("text", start, start + len(bare)), "labelled"
    return None


def _in_menu(analysis: Analysis, index: int) -> bool:
    """Is a line within residue, or beside another one of a word or two? Sections of a site are no label."""
    lines, line = analysis.lines, analysis.lines[index]
    return analysis.in_residue(line.start, line.end) or any(
        len(analysis.line_tokens[number]) <= _MENU_WORDS
        for number in (index - 1, index + 1)
        if 0 <= number < len(lines)
    )


def _by_form(analysis: Analysis) -> _Labelled | None:
    folded = analysis.folded
    for mark in _RELEASED if any(map(folded.__contains__, _OF_RELEASES)) else ():
        if (at := folded.find(mark)) >= 0:
            return "press release", ("text", at, at + len(mark)), "it has the marks of a"
    starts: dict[str, int] = {"interview": 0, "live blog": 0, "recipe": 0}
    for line in analysis.lines:
        first = folded[line.start]
        if first in "qa" and _QUESTIONS.match(folded, line.start, line.end):
            starts["interview"] += 1
        elif first in "0123456789[½¼¾⅓⅔":
            if _MEASURED.match(folded, line.start, line.end):
                starts["recipe"] += 1
            elif _TIME_OF_ENTRY.match(folded, line.start, line.end):
                starts["live blog"] += 1
    for name, count in starts.items():
        if count >= _FORM:
            return name, None, "it has the form of a" if name != "interview" else "it has the form of an"
    return None


def _no_event(analysis: Analysis) -> str | None:
    """Why an article without a label is no event news; None where it is."""
    folded = analysis.folded
    if analysis.words > _LONGEST_REPORT:
        return f"no event news: it has more than {_LONGEST_REPORT:,} words"
    if _EVENT_WORDS.isdisjoint(analysis.tokens) and not (
        _DAY.search(folded, 0, _REACH) or shipped_phrases("reporting-words.txt").search(folded, 0, _REACH)
    ):
        return "no event news: it has no day, and nobody says anything"
    if not _NAME.search(analysis.plain):
        return "no event news: it names nobody"
    persons = sum(map(_PERSONS.__contains__, analysis.tokens))
    if persons <= min(_MOST_ME, _MOST_YOU) * analysis.words:
        return None
    told = _QUOTATION.sub(" ", folded).split()
    if sum(map(_ME.__contains__, told)) > _MOST_ME * len(told):
        return "no event news: it is told in the first person"
    if sum(map(_YOU.__contains__, told)) > _MOST_YOU * len(told):
        return "no event news: it speaks to the reader"
    return None
