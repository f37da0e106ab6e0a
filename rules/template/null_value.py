"""TPL004: what a program prints for a missing value: "null", "undefined", "NaN", the first of January 1970."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import re2

from linter.analysis import Analysis
from linter.model import Hit

_NONE = (
    r"(?:null|undefined|nan|nil|\[object object\]|object object|invalid date|\(null\)|\(undefined\)|"
    r"#n/a|#ref!|#value!|#name\?|#div/0!)"
)
_LINE = re.compile(rf"\W{{0,3}}{_NONE}(?:[\s,.|/–—-]+{_NONE}){{0,5}}\W{{0,3}}")
_BARE = re.compile(r"(?:none|false|true)")
_LABEL = (  # what a slot stands behind
    r"(?:written by|reported by|edited by|posted by|published by|posted on|posted in|published on|published in|"
    r"published|posted|updated(?: on)?|last updated|last modified|modified|author|editor|reporter|contributor|byline|"
    r"category|categories|tags?|source|date|location|photo|caption|credit|image|title|subtitle|section|topic|views|comments|"
    r"shares?|reading time|read time|duration|price|rating|by|dear|hello|hi|welcome,?|share on|por|von|par|di|oleh|"
    r"tác giả|автор|fecha|datum|catégorie|kategori)"
)
_SLOT = re.compile(
    rf"(?<![\w-]){_LABEL}\s?[:|–—-]?\s(?P<value>{_NONE})(?![\w-])(?!\s(?:and|or|pointer|value|hypothesis|string|set)\b)"
    rf"|(?P<value2>(?<!\w)\[object (?:object|undefined|null|array|promise|htmlelement|window)\](?!\w))"
    rf"|(?<!\w)(?P<value3>{_NONE})(?= (?:min(?:ute)?s?\.? read|minutes? ago|hours? ago|days? ago|views|comments|shares|"
    rf"likes|stars|followers|reviews|replies)\b)"
    rf"|(?P<value4>(?<![\w.])[$€£]\s?nan\b|(?<![\w.])nan\s?%|(?<!\w)nan[:/.-]nan(?:[:/.-]nan)?|undefined nan, nan|"
    rf"undefined, undefined|null, null|null null|undefined undefined|(?<!\w)invalid date(?=\s*[|·•\n]|\Z)|"
    rf"thursday,? (?:1(?:st)? january|january 1(?:st)?),? 1970|30 november,? -0001|november 30,? -0001|-0001-11-30|"
    rf"00/00/0000|0000-00-00|0001-01-01t00:00|1970-01-01t00:00|0?1/0?1/0001)(?!\w)"
    rf"|(?<!\w)(?:published|posted|updated|last updated|date)\s?(?:on|at)?\s?[:|–—-]?\s"
    rf"(?P<value5>(?:jan(?:uary|\.)? 0?1(?:st)?,? 1970|0?1(?:st)? jan(?:uary|\.)?,? 1970|1970-01-01|01/01/1970|"
    rf"dec(?:ember|\.)? 31,? 1969|31 dec(?:ember|\.)?,? 1969))(?!\w)"
)
_FIELD = re.compile(rf"(?:by\s+|author:\s*)?(?:{_NONE}|none|unknown author|n/a)(?:[\s,|-]+{_NONE})?", re.IGNORECASE)
_LONGEST = 60


# What every slot holds, for RE2, which has no look-around: fast on texts without one, and most so on bytes.
_CUE = (
    rf"{_LABEL}\s?[:|–—-]?\s{_NONE}(?:$|[^\w-])|\[object "
    rf"|(?:^|\W){_NONE} (?:min|hour|day|view|comment|share|like|star|follower|review|repl)"
    r"|[$€£]\s?nan|nan\s?%|nan[:/.-]nan|undefined,? (?:nan|undefined)|null,? null|invalid date"
    r"|(?:january|january 1|january 1st),? 1970|-0001|00/00/0000|0000-00-00|[01]-01t00:00|1/0001"
    r"|(?:published|posted|updated|date)\s?(?:on|at)?\s?[:|–—-]?\s(?:jan|dec|01/01/1970|1970|0?1 |0?1st |31 dec)"
)


@cache
def _cue() -> Any:
    return re2.compile(_CUE)


def find(analysis: Analysis, options: Mapping[str, Any], held: bool) -> Iterator[Hit]:
    """Yield lines that are nothing but such a value, and the slots that hold one; also in title and author.

    `held`: is there anything in the text that a slot may hold?
    """
    yield from _fields(analysis)
    text = analysis.folded
    lines: set[int] = set()
    for line in analysis.lines:
        if line.end - line.start > _LONGEST:
            continue
        wording = text[line.start : line.end]
        if _LINE.fullmatch(wording) and not _is_heading(analysis, line.index):
            lines.add(line.start)
            yield Hit(line.start, line.end)
        elif _BARE.fullmatch(wording) and line.zone != "headline" and not _answers(analysis, line.index):
            yield Hit(line.start, line.end, ("bare",))
    if not held or not _cue().search(text.encode()):
        return
    for start, end in sorted({_around(analysis, cue.start(), cue.end()) for cue in _cue().finditer(text)}):
        for match in _SLOT.finditer(text, start, end):
            if analysis.line_at(match.start()).start not in lines:
                yield Hit(match.start(), match.end())


def _around(analysis: Analysis, start: int, end: int) -> tuple[int, int]:
    """The line or the two lines that hold a cue: a label may stand above its value."""
    return analysis.line_at(start).start, analysis.line_at(end - 1).end


def _fields(analysis: Analysis) -> Iterator[Hit]:
    article = analysis.article
    for field, value in (("title", article.title), ("author", article.author)):
        if value and len(value) < _LONGEST and _FIELD.fullmatch(value.strip()):
            yield Hit(0, len(value), field=field)


def _is_heading(analysis: Analysis, index: int) -> bool:
    """Is it one word as the title of a piece or the heading of a section, as in a glossary?"""
    line = analysis.lines[index]
    if analysis.form(line) in ("heading", "table", "list"):
        return True
    word = analysis.folded[line.start : line.end].strip("\"'*_#:")
    if index == 0 and analysis.folded.count(word) > 1:
        return True
    after = analysis.line_words(analysis.lines[index + 1]) if index + 1 < len(analysis.lines) else []
    return analysis.text[line.start].isupper() and any(word in other for other in after)  # the text below is about it


def _answers(analysis: Analysis, index: int) -> bool:
    """Does the line answer the one before it: a question, or a label?"""
    line = analysis.lines[index]
    if analysis.form(line) in ("heading", "table", "list") or not index:
        return True
    before = analysis.lines[index - 1]
    return not analysis.is_prose(before, 6)
