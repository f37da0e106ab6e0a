"""TPL005: scripts, style sheets, JSON and advertising tags among the prose, each run of code as one span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import re2

from linter.analysis import Analysis
from linter.gate import gate_of
from linter.model import Hit, Span

# What no sentence holds: any of these is evidence. Matched on the text as it stands.
_ANCHOR = re.compile(
    r"\bfunction ?\w{0,30}\([\w, $]{0,80}\) ?\{|\([\w, ]{0,40}\) ?=> ?[{(]|\(function\b|!function\("
    r"|\bdocument\.(?:write(?:ln)?|getElement\w+|querySelector\w*|createElement|cookie|body|domain|location|referrer)\b"
    r"|\bdocument\.addEventListener\b|\$\(document\)|\bjQuery[.(]|\$\(['\"][#.\w]"
    r"|\bwindow\.[A-Za-z_$][\w$.]{1,60} ?(?:=|\(|\[|\|\|)|\bwindow\[['\"]|\bself\.__next_f|\bnew Date\(\)"
    r"|\bgoogletag\.\w+|\badsbygoogle\b|\bgtag\(|\bfbq\(|\bga\(['\"]|\b_gaq\.push|\bdataLayer\.push|\bapstag\.|\bpbjs\."
    r"|\b_taboola\b|\bOBR?\.extern|\bOUTBRAIN\b|\bdiv-gpt-ad[\w-]*|\bNREUM\b|\bDrupal\.settings\b|\bfreestar\.|\bMicroPost"
    r"|\b[A-Za-z_$][\w$]{0,40}\.(?:push|addEventListener|setAttribute|appendChild|getElementById|innerHTML|forEach|"
    r"setTargeting|defineSlot|addService|enableServices|stringify|prototype|addClass|removeClass|onload|onclick)"
    r"(?: ?\(| ?= ?)"
    r"|\b(?:var|let|const) [A-Za-z_$][\w$]{0,40} ?= ?[^=\s]|\bif ?\((?:typeof|!?window|!?document|navigator)\b"
    r"|\bset(?:Timeout|Interval)\(|\bconsole\.log\(|\btypeof [\w.]+ ?[!=]=|[^=!<>]===[^=]|\bcatch ?\(\w{1,5}\) ?\{"
    r"|@media (?:only )?(?:screen|print|all|\()[^{}\n]{0,120}\{?|@import url\(|@font-face ?\{|@charset \""
    r"|@keyframes [\w-]+ ?\{|\{\s?(?:-[a-z]+-)?[a-z-]{3,30} ?: ?[^;{}\n]{1,80}(?:;|\}|!important)"
    r"|!important ?;|\bmso-[a-z-]{3,40} ?:|/\* Style Definitions \*/|\btable\.MsoNormalTable\b"
    r"|\bNormal 0(?: \d{1,3})?(?: false){3} [A-Z]{2}-[A-Z]{2}(?: X-NONE| [A-Z]{2}-[A-Z]{2}){0,3}\b"
    r"|\"@(?:context|type|graph|id)\" ?: ?[\"\[]|\{ ?\"[\w@-]{1,40}\" ?: ?(?:\"|\{|\[|\d|true|false|null)"
    r"|<!\[CDATA\[|//\]\]>|\bmargin: ?-?\d+px|\bdisplay ?: ?(?:none|block|inline-block|flex) ?[;!}]|\bhref='[^'\n]*' \+"
)
_STRONG = 2  # anchors of different wording, or one with a brace, a semicolon or an equals sign beside it
_CODE_CHARS = frozenset("{}=;<>|\\$_()[]+*&")
_KEYWORD = re.compile(
    r"(?:var|let|const|function|return|if|else|new|typeof|try|catch|for|while|this|true|false|null|undefined|async|await|"
    r"=>|&&|\|\||[=!<>+*/?:&|{}()\[\];,.\"'-]+)[;,(){}]*"
)
_CODEY = re.compile(
    r".*(?:[{}=]|\);|\(\)|\(['\"]|['\"]\)|\]\)|;$|\w\.\w+\(|\w_\w|^[#.][\w-]+|[a-z][A-Z]\w*[;,.(]|\|\||&&|\"[:,]|^//|^/\*|\*/$|"
    r"^\"[\w@-]+\":?,?$|^--)"
)
_CSS_VALUE = re.compile(r"[\w-]+:|#[0-9a-fA-F]{3,8};?|-?[\d.]+(?:px|em|rem|%|pt|vh|vw|s|ms);?|[\w-]+;|[\w-]+,")
_TOKEN = re.compile(r"\S+")
_GAP = re.compile(r"\s+")
_LONGEST = 20_000
_OVER = 200  # code points of an anchor that may stand on the next line


def find(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield a hit per run of code: from the first token that looks like code to the end of its last bracket."""
    text, reached = analysis.text, 0
    run: Span | None = None  # the code found so far, which the next may continue
    for match in _anchors(analysis):
        if match.start() < reached:
            continue
        start, end = _start_of(text, match.start(), reached), _end_of(text, match.end())
        if run and not text[run.end : start].strip():
            run = Span(run.start, end)
        else:
            if run and _is_code(text[run.start : run.end]):
                yield Hit(run.start, run.end)
            run = Span(start, end)
        reached = max(end, match.end())
    if run and _is_code(text[run.start : run.end]):
        yield Hit(run.start, run.end)


def _anchors(analysis: Analysis) -> Iterator[re.Match[str]]:
    """The anchors of a text; RE2 says on which lines to look for them, as most lines of a page with code have none."""
    text, lines = analysis.text, analysis.lines
    ends = [*(line.start for line in lines[1:]), len(text)]
    for line, end in zip(lines, ends, strict=True):
        stop = min(end + _OVER, len(text))  # where an anchor begins at the line's end
        if _gate().search(text[max(line.start - 1, 0) : stop].encode("utf-8", "replace")):
            for match in _ANCHOR.finditer(text, line.start, stop):
                if match.start() >= end:
                    break
                yield match


@cache
def _gate() -> Any:
    return re2.compile(gate_of(_ANCHOR.pattern))


def _start_of(text: str, anchor: int, least: int) -> int:
    """Where the code begins that holds an anchor: at most a few tokens before it, on the same line."""
    begin = max(text.rfind("\n", 0, anchor) + 1, least)
    start = anchor
    while start > begin and not text[start - 1].isspace():  # the rest of the token that the anchor is in
        start -= 1
    selector = text[anchor] == "{" and start == anchor  # of a style sheet: the word before it is part of it
    for token in reversed(list(_TOKEN.finditer(text, max(begin, start - 400), start))):
        if selector and not token.group().endswith((".", "!", "?")):
            start, selector = token.start(), False
            continue
        if not (_looks_like_code(token.group()) or (_KEYWORD.fullmatch(token.group()) and token.group() != "if")):
            break
        start = token.start()
    return start


def _end_of(text: str, at: int) -> int:
    """Where it ends: behind the last token that looks like code or stands in open brackets."""
    end, depth = at, 0
    last = text.rfind("\n", 0, at) + 1
    depth = max(text.count("{", last, at) - text.count("}", last, at), 0)
    misses = 0
    for token in _TOKEN.finditer(text, at, min(len(text), at + _LONGEST)):
        if misses and "\n" in text[end : token.start()] and depth == 0:
            break
        word = token.group()
        depth = max(depth + word.count("{") - word.count("}"), 0)
        inside = depth > 0 and not _is_prose_ahead(text, token.start())
        if inside or _looks_like_code(word) or token.start() == at or _KEYWORD.fullmatch(word) or "}" in word:
            if _KEYWORD.fullmatch(word) and word.isalpha() and not inside:
                misses += 1  # "if", "for", "this" are English too: only what follows them tells
                if misses > 2:
                    break
                continue
            end, misses = token.end(), 0
        elif misses < 2 and _CSS_VALUE.fullmatch(word) and word[-1] in ";:":
            misses += 1
        else:
            break
    return end


def _looks_like_code(token: str) -> bool:
    return len(token) < 2_000 and bool(_CODEY.match(token))


def _is_prose_ahead(text: str, at: int) -> bool:
    """Do twelve words of plain prose follow? Then a bracket was left open."""
    words = text[at : at + 200].split()[:12]
    return len(words) == 12 and all(word.strip(",.'\"“”’;:").isalpha() for word in words)


def _is_code(run: str) -> bool:
    """Is it more than a name in passing: two anchors, or the marks that code is made of?"""
    marks = sum(run.count(char) for char in "{}=;()")
    return (
        marks >= 2
        or len({match.group() for match in _ANCHOR.finditer(run)}) >= _STRONG
        or "mso-" in run
        or "Normal 0" in run
    )
