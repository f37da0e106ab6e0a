"""What is no prose in a Markdown source, found before its blocks are: comments, templates, raw HTML, maths.

Everything found is overwritten with fill characters, one to one, so that every offset and line number holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.readers._markup import DROPPED_FILL, MASKED, MASKED_FILL, VANISHING, Closers

_RAW = "|".join(sorted(MASKED | VANISHING, key=len, reverse=True))
_FIRST = re.compile(r"[`~\\<{$:]")  # what any opener begins with
_OPENER = re.compile(
    r"\\[\\`<{$]"
    r"|(?P<ticks>`+|~{3,})"
    r"|(?P<comment><!--)"
    rf"|<(?P<raw>{_RAW})(?=[\s>])[^<>]*(?<!/)>"
    r"|(?P<tag>\{%[-+]?\s*(?P<word>\w*))"
    r"|(?P<shortcode>\{\{[<%]\s*(?P<code>highlight|mermaid|math|katex|code|raw)\b)"
    r"|(?P<output>\{\{)"
    r"|(?P<attribute>\{[:#.][^{}\n]*\})"
    r"|(?P<maths>\$\$+)"
    r"|(?P<container>:{3,}[^\n]*)"
    r"|(?P<expression>\{)",
    re.IGNORECASE,
)
_MODULE = re.compile(
    r"^(?:import\s+(?:[\w*{][^\n]*\sfrom\s+)?[\"']|export\s+(?:const|default|let|var|function|class|async|\{|\*))"
    r"[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*",
    re.MULTILINE,
)
# What may stand before a fence on its line.
_LINE_HEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_MAX_LINE_HEAD = 100
_FORMULA = re.compile(r"[\\^_={}]")
_INFO = re.compile(r"[^`\n]*$", re.MULTILINE)
_TRIGGER = re.compile(r"[<{]|\$\$|^[ \t]*:::", re.MULTILINE)
_FILLED_LINE = re.compile(rf"^[ \t]*[{DROPPED_FILL}{MASKED_FILL}][{DROPPED_FILL}{MASKED_FILL} \t]*$", re.MULTILINE)
_BLOCK_TAGS = {"raw", "highlight", "comment", "verbatim", "mermaid", "math", "katex", "css", "javascript", "schema"}
_MAX_TAG = 4000  # code points of a template tag
_BLANK_LINE = r"\n[ \t]*\n"


def mask(text: str, *, mdx: bool = False) -> str:
    """`text` with all that is no prose overwritten; lines of nothing else become blank."""
    if mdx:
        text = _MODULE.sub(lambda match: _filled(match.group(), MASKED_FILL), text)
    if not _TRIGGER.search(text):
        return text
    pieces: list[str] = []
    done = 0
    for start, end, fill in _Scan(text, mdx).spans():
        pieces += [text[done:start], _filled(text[start:end], fill)]
        done = end
    return _FILLED_LINE.sub(lambda match: " " * len(match.group()), "".join([*pieces, text[done:]]))


def blank(text: str, end: int) -> str:
    """`text` with everything before `end` blank, line by line."""
    return _filled(text[:end], " ") + text[end:]


def _filled(text: str, fill: str) -> str:
    return "\n".join(fill * len(line) for line in text.split("\n"))


class _Scan:
    def __init__(self, text: str, mdx: bool) -> None:
        self._text = text
        self._closers = Closers(text)
        self._balanced = mdx

    def spans(self) -> Iterator[tuple[int, int, str]]:
        """(start, end, fill character) of everything to be masked, in order."""
        position = 0
        while first := _FIRST.search(self._text, position):
            start = first.start()
            match = _OPENER.match(self._text, start)
            position = match.end() if match else start + 1
            kind = match.lastgroup if match else None
            if match is None or kind is None:
                continue
            if kind == "ticks":
                position = self._after_code(match)
            elif end := self._end(match, kind):
                position = max(end, position)
                yield start, end, DROPPED_FILL if kind in ("comment", "attribute", "container") else MASKED_FILL

    def _after_code(self, match: re.Match[str]) -> int:
        """Code masks what looks like markup in it; the block and inline parsers drop the code itself."""
        ticks, after = match.group(), match.end()
        if len(ticks) >= 3 and self._heads_line(match.start()) and (ticks[0] == "~" or _INFO.match(self._text, after)):
            closed = self._closers.find(rf"^[ \t>]*{ticks[0]}{{{len(ticks)},}}[ \t]*$", after)
            return closed[1] if closed else len(self._text)
        closed = self._closers.find(rf"(?<!`){ticks}(?!`)", after) if ticks[0] == "`" else None
        return closed[1] if closed and not self._blank_line_before(closed[0], after) else after

    def _heads_line(self, position: int) -> bool:
        """Is there nothing before `position` on its line but the marks of containers?"""
        start = max(position - _MAX_LINE_HEAD, 0)
        start = max(self._text.rfind("\n", start, position) + 1, start)
        return bool(_LINE_HEAD.fullmatch(self._text, start, position))

    def _end(self, match: re.Match[str], kind: str) -> int | None:
        """Where the construct ends that `match` opens; None if it is none."""
        find, after = self._closers.find, match.end()
        if kind == "comment":
            closed = find("-->", after)
            return closed[1] if closed else len(self._text)
        if kind == "raw":
            closed = find(rf"</{match['raw'].lower()}\s*>", after)
            return closed[1] if closed else None
        if kind == "tag":
            word = match["word"].lower()
            if word in _BLOCK_TAGS and (closed := find(rf"\{{%[-+]?\s*end{word}\s*[-+]?%\}}", after)):
                return closed[1]
            return self._near(find(r"%\}", after), after)
        if kind == "shortcode":
            closed = find(rf"\{{\{{[<%]\s*/\s*{match['code'].lower()}\s*[>%]\}}\}}", after)
            return closed[1] if closed else self._near(find(r"\}\}", after), after)
        if kind == "output":
            return self._near(find(r"\}\}", after), after)
        if kind == "maths":
            return self._maths_end(match)
        if kind == "expression":
            return self._balanced_end(match.start())
        if kind == "container" and not self._heads_line(match.start()):
            return None
        return after

    def _maths_end(self, match: re.Match[str]) -> int | None:
        """Display maths; in a line of prose only what has the marks of a formula: "$$" is also a price range."""
        after = match.end()
        closed = self._closers.find(r"(?<!\$)\$\$(?!\$)", after) if match.group() == "$$" else None
        if closed is None or self._blank_line_before(closed[0], after):
            return None
        formula = self._heads_line(match.start()) or _FORMULA.search(self._text, after, closed[0])
        return closed[1] if formula and closed[0] > after else None

    def _near(self, closed: tuple[int, int] | None, after: int) -> int | None:
        return closed[1] if closed and closed[1] - after <= _MAX_TAG else None

    def _blank_line_before(self, end: int, start: int) -> bool:
        found = self._closers.find(_BLANK_LINE, start)
        return bool(found and found[0] < end)

    def _balanced_end(self, start: int) -> int | None:
        """The end of an expression in braces. Once one is never closed, the rest of the file is taken as prose."""
        if not self._balanced:
            return None
        depth = 0
        for brace in re.compile(r"[{}]").finditer(self._text, start):
            depth += 1 if brace.group() == "{" else -1
            if not depth:
                return brace.end()
        self._balanced = False
        return None
