"""CAP001: who made a picture, or where it was taken from, where no picture is: the credit lines of captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from linter.analysis import Analysis
from linter.lexicon import shipped_lexicon
from linter.model import Hit

# The names and labels of the lexicon are masked before patterns look at the text, each by a sign of its section and
# fillers up to its length: patterns with hundreds of names in them took 0.4 s to compile and milliseconds to match.
_SECTIONS = ("wire", "agency", "stock", "press", "maker", "platform", "label", "labels", "note", "cue")
_SIGN = {section: chr(0xE000 + number) for number, section in enumerate(_SECTIONS)} | {"cue": ""}
_LABELS, _LONG_NAMES, _SHORT_NAMES = (
    "".join(_SIGN[section] for section in sections)
    for sections in (("label", "labels"), ("agency", "stock"), ("wire", "press"))
)
_MARKS = frozenset("/(|©")  # before a short name
_FILL, _MASK = "\ue0ff", "\ue000-\ue0ff"
_PLURALS = frozenset("photos images pictures pics screenshots illustrations".split())  # "PHOTOS: …" is a link

# A capitalised word, initial, handle, number or masked name; not the word that opens the next sentence.
_OPENERS = (
    "The|An?|In|On|At|Its?|He|She|They|We|You|I|This|That|These|But|And|For|After|When|While|If|As|By|What|Here|Updated|"
    "Published|Posted|Share|Read|Watch|Related|Advertisement|Follow|Now|Then|There|Is|Are|Was"
)
_NAME = rf"[\ue000-\ue0fe]{_FILL}*"
_WORD = rf"(?:{_NAME}|@[\w.]+|(?:[A-Z]\.){{1,3}}|[^\W\d_a-z][\w'&+-]*(?:\.\w[\w-]*)*|\d{{1,4}}[A-Z]\w*)"
_LINK = r"(?:of|the|and|for|via|de|la|le|del|da|dos|du|di|van|von|der|den|bin|al|el|y|e|in|on|at|from|by|&)"
_NEXT = rf"(?:(?: ?[/|] ?|, ?|//)(?:{_LINK} )?{_WORD}| (?:{_LINK} ){{0,2}}(?!(?:{_OPENERS})\b|{_NAME} ?:){_WORD})"
_WHO = rf"{_WORD}{_NEXT}{{0,8}}"
_START = rf"(?<![^\n])[^\w\n(\"'©@{_MASK}]{{0,6}}"  # of a line, behind bullets
_AFTER = rf"(?:{_START}|(?<=[.!?…)\]|:;])[\"']? {{0,3}}|(?<=  )|(?<= [|/–—-] ))"  # or behind a stop, bar or gap
_STOP = rf"(?=[ \t]*(?:\n|[.);|\]*_]|  | (?:{_OPENERS})\b))"  # of a credit within a line
_END = r"(?=[.)\]*_]{0,3}[ \t]*\n)"  # of a line
_FEATURED, _LEAD = r"(?:[Ff]eatured?|FEATURED) ", r"(?:(?:[Mm]ain|[Hh]eader|[Ll]ead|[Cc]over|[Tt]op|[Hh]ero) )?"
_CREDIT = r"(?:[Cc]redits?|CREDITS?|[Ss]ources?|SOURCE|[Cc]opyright|[Cc]ourtesy|COURTESY|[Rr]ights|[Ss]upplied)"
_COURTESY = r"(?:[Cc]ourtesy|COURTESY)(?: of| OF)?"
_BY = rf"(?:by|BY|By|[Vv]ia|VIA|[Ff]rom|{_COURTESY}|de|von|di|oleh):?\s"
_POLLS = r"(?!(?:Ipsos|Zogby|NORC|YouGov|University|Tankan|Refinitiv)\b)"
_BEFORE, _BEHIND = 160, 240  # code points around a cue that are searched: a paragraph may be a whole article


class _Credit(NamedTuple):
    """A form of credit: its tag, its pattern for the masked text, and what must be there, one of each, for a match."""

    tag: str
    pattern: str
    needs: tuple[Sequence[str], ...]  # words, or signs in one string


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield the credits, tagged by what makes them ones; of those that overlap the first and longest."""
    text, places = _masked(analysis.plain)
    windows: list[tuple[int, int]] = []
    for place in sorted(places):
        begin = max(text.rfind("\n", 0, place) + 1, place - _BEFORE)
        end = min(text.index("\n", place) + 1, place + _BEHIND)
        if windows and begin < windows[-1][1]:
            windows[-1] = windows[-1][0], max(end, windows[-1][1])
        else:
            windows.append((begin, end))
    found = []
    for window in windows:
        wording = text[slice(*window)]
        for credit in _credits():
            if all(any(part in wording for part in needed) for needed in credit.needs):
                matches = _compiled(credit.pattern).finditer(text, *window)
                found += [Hit(*match.span("span"), (credit.tag,)) for match in matches]
    reached = -1
    for hit in sorted(found, key=lambda h: (h.start, h.tags != ("template",), -h.end)):
        if hit.start >= reached and ("source" not in hit.tags or analysis.line_at(hit.start).zone != "tail"):
            reached = hit.end
            yield hit


@cache
def _names() -> tuple[Any, list[str]]:
    """The automaton of all entries, and the sign of each."""
    import ahocorasick_rs

    signs: dict[str, str] = {}
    for entry in sorted(shipped_lexicon("photo-agencies.txt"), key=lambda e: _SECTIONS.index(e.tag or "note")):
        plural = entry.tag == "label" and entry.phrase.lower() in _PLURALS
        signs.setdefault(entry.phrase, _SIGN["labels" if plural else entry.tag or "note"])
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(signs), matchkind=longest), list(signs.values())


def _masked(text: str) -> tuple[str, list[int]]:
    """The text with its names masked and a line's end, and where credits may be."""
    automaton, signs = _names()
    pieces, cues, names, at = [""], [], [], 0
    for number, start, end in automaton.find_matches_as_indexes(text):
        if (start and text[start - 1].isalnum() and text[start].isalnum()) or (
            end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        ):
            continue  # inside a word
        if signs[number]:
            pieces += (text[at:start], signs[number], _FILL * (end - start - 1))
            at = end
            names.append((start, end))
        else:
            cues.append(start)
    masked = "".join(pieces) + text[at:] + "\n"
    return masked, cues + [place for name in names if (place := _place(masked, *name)) is not None]


def _place(masked: str, start: int, end: int) -> int | None:
    """Where a credit may be that a masked name belongs to: a label with its mark, or an agency in a credit's place."""
    sign = masked[start]
    if sign in _LABELS:
        return start if _marked().match(masked, end) else None
    if sign in _LONG_NAMES:
        return start
    if sign in _SHORT_NAMES:
        before = masked[max(start - 2, 0) : start]
        if before[-1:] in _MARKS or (before[-1:] == " " and before[:1] in _MARKS):
            return start - 1 - (before[-1] == " ")
        if sign == _SIGN["wire"] and masked[end : end + 2].lstrip(" ")[:1] in ("/", "\n"):
            return start
    return None


def _any(*sections: str) -> str:
    return f"[{''.join(_SIGN[section] for section in sections)}]{_FILL}*"


@cache
def _marked() -> re.Pattern[str]:
    """What stands behind a label where that names a maker."""
    return re.compile(rf" ?(?:[:/©|]|{_BY}|{_CREDIT})")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when a window has the signs for it: all of them take 20 ms."""
    return re.compile(pattern)


@cache
def _credits() -> list[_Credit]:
    single, label, agency = _any("label"), _any("label", "labels"), _any("wire", "press", "agency", "stock")
    long_name, more = _any("agency", "stock"), rf"(?:(?: ?/ ?|, ?| via | - |; ){_NAME}){{0,2}}"
    inner, opened, aside = r"[^()\[\]\n]", r"(?P<span>[(\[]", r"(?: ?\([^()\n]{2,40}\))?"
    one, agencies, sites = _SIGN["label"], _SHORT_NAMES + _LONG_NAMES, _SIGN["stock"] + _SIGN["platform"]
    bracket = "(["
    rows: list[tuple[str, str, tuple[Sequence[str], ...]]] = [
        # What only the templates of blogs and the labels for screen readers say.
        ("template", rf"{_AFTER}(?P<span>{_FEATURED}{label}(?: {_CREDIT})?\s*"
                rf"(?::|[Vv]ia|[Bb]y|[Ff]rom|[Cc]ourtesy|is an?\b)[\s:]*"
                rf"(?:{_WHO}(?: {_NAME})?|[a-z]+(?: [a-z]+){{0,2}}(?: {_WHO})?))", (("eature", "EATURE"), _LABELS)),
        ("template", rf"(?<![^\n])(?P<span>{single} (?:copyright|source,)[^\n]{{2,60}}?)(?=\n|  | {single} |\. )",
                (one,)),
        ("quotation", rf"{_START}(?P<span>\(?(?:[Ss]ource|SOURCE|[Vv]ia|[Hh]/[Tt]) ?: ?{_any('platform')}\)?){_END}",
                (":", _SIGN["platform"])),
        ("quotation", rf"{_START}(?P<span>SOURCE ?:? ?https?://\S+){_END}", (("SOURCE",), ("http",))),
        ("source", rf"{_START}(?P<span>[Ss]ource ?: ?[A-Z][\w-]{{2,30}}(?:\.\w+)?){_END}", (":", ("ource",))),
        ("bracket", rf"{opened} ?(?:{inner}{{1,60}}[.;|,] ?)?{_LEAD}{label}(?: ?{_CREDIT}| ?[:/©|]| {_BY})"
                rf"{inner}{{2,140}}(?:\([^()\n]{{2,40}}\)[^()\n]{{0,40}})?[)\]])", (bracket, _LABELS)),
        ("bracket", rf"{opened}{_CREDIT} ?:{inner}{{2,100}}[)\]])", (bracket, ":")),
        ("bracket", rf"{opened}(?:{inner}{{2,70}}?(?:[/;,.–] ?| via | - )|© ?)?{long_name}(?:{inner}{{1,70}})?[)\]])",
                (bracket, _LONG_NAMES)),
        ("bracket", rf"{opened}{inner}{{2,70}}?[/©] ?{agency}(?: ?[/,|] ?{_POLLS}{inner}{{1,50}})?[)\]])",
                (bracket, "/©", agencies)),
        ("bracket", rf"{opened}{agency} ?/ ?{_POLLS}{inner}{{2,60}}[)\]])", (bracket, "/", agencies)),
        ("bracket", rf"{opened}{_COURTESY} {inner}{{2,60}}[)\]])", (bracket, ("ourtesy", "OURTESY"))),
        ("bracket", rf"{opened}(?:(?:Doc|Dok|Sumber)\b[.: /]{{1,2}}{inner}{{2,40}}"
                rf"|Ist(?:imewa)?\.?(?:/\w{{2,20}})?)[)\]])", (bracket, ("Doc", "Dok", "Sumber", "Ist"))),
        # A label and a name, from where a credit may begin; on a line of its own anything may stand behind the label.
        ("label", rf"{_AFTER}(?P<span>{_LEAD}{label}(?: ?{_CREDIT}\s?:?\s*(?:{_BY}|/)?|\s{_BY})\s*{_WHO}{aside})",
                (_LABELS,)),
        ("label", rf"{_AFTER}(?P<span>{_LEAD}{single}\s?[:/©|]\s*(?:{_BY})?\s*{_WHO}{aside}){_STOP}",
                (one, ":/©|")),
        ("label", rf"{_AFTER}(?P<span>{label} ?: ?{_NAME}{more})", (":", _LABELS)),
        ("label", rf"{_AFTER}(?P<span>[Cc]redits? ?: ?{_WHO}{_END})", (":", ("redit",))),
        ("label", rf"{_START}(?P<span>{_LEAD}(?:{label} ?{_CREDIT}|{single}|[Cc]redits?|CREDITS?|{label} [Bb]y)"
                rf" ?[:|] ?(?:\S+ ){{0,5}}\S{{2,40}}){_END}", (":|",)),
        ("label", rf"(?P<span>{label} (?:by|via|from|courtesy of) {_WHO} (?:on|from|via) {_any('stock', 'platform')})",
                ((" by ", " via ", " from ", " courtesy "), _LABELS, sites)),
        ("label", rf"{_START}(?P<span>(?:[Aa]ll )?(?:{label} )?{_COURTESY} {_WHO}){_END}", (("ourtesy", "OURTESY"),)),
        ("agency", rf"(?P<span>{long_name} ?/ ?(?:{_LINK} )?(?:The )?{_WHO})", (_LONG_NAMES, "/")),
        ("agency", rf"{_AFTER}(?P<span>(?:© ?)?{_WORD}{_NEXT}{{0,5}} ?(?:/|//| / | via |, ){agency}{more}){_END}",
                (agencies, ("/", "via", ","))),
        ("agency", rf"(?P<span>(?<![\w/]){_WORD}(?:[ /]{_WORD}){{0,4}}(?: ?/{{1,2}} ?| via ){long_name}{more})",
                (_LONG_NAMES, ("/", "via"))),
        ("agency", rf"{_AFTER}(?P<span>{agency}(?: ?/ ?| - |, | via ){_POLLS}{_WHO}){_END}",
                (agencies, ("/", " - ", ", ", " via "))),
        ("agency", rf"{_START}(?P<span>(?:© ?|Source: )?{long_name}{more}){_END}", (_LONG_NAMES,)),
        ("agency", rf"{_AFTER}(?P<span>© ?(?:\d{{4}} )?(?:{_WHO} ?[/@] ?)?{agency}{more})(?!\.? [Aa]ll)",
                (("©",), agencies)),
    ]  # fmt: skip
    return [_Credit(*row) for row in rows]
