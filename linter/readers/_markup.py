"""HTML markup, read tolerantly: what the HTML reader and the Markdown reader share.

A scanner over the source, not a tree: offsets are exact, broken markup never fails, and the time is linear.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from linter.model import Form
from linter.readers._lines import LineWriter

# A tag; quoted attribute values may hold ">". An unpaired quotation mark ends with the tag.
TAG: Final = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:._-]*)(?=[\s/>])"
    r"(?P<attributes>(?:[^<>\"']++|\"[^\"]{0,65536}+\"|'[^']{0,65536}+')*+(?=>)|[^<>]*+)>"
)
ENTITY: Final = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})"
# In a Markdown source that was masked: stands for something dropped without a trace, and with a placeholder.
DROPPED_FILL, MASKED_FILL = "\ufdd0", "\ufdd1"

# fmt: off
VANISHING: Final = frozenset({"script", "style", "template", "noscript", "title", "noframes"})
MASKED: Final = frozenset({
    "pre", "code", "samp", "svg", "math", "iframe", "object", "video", "audio", "canvas", "select", "textarea",
    "datalist", "xmp",
})
EMPTY_MASKED: Final = frozenset({"img", "input", "embed", "image"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
BLOCKS: Final = _HEADINGS | _LISTS | {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "div", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main",
    "nav", "option", "p", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
}
# Elements that tell something without attributes, by what they hold or by where they end.
TELLING: Final = frozenset({
    "a", "article", "aside", "blockquote", "body", "dd", "details", "dialog", "div", "dl", "fieldset", "figure",
    "footer", "form", "h1", "head", "header", "hgroup", "html", "main", "menu", "nav", "ol", "script", "section",
    "style", "table", "td", "th", "title", "ul",
})
# fmt: on
_CONSTRUCT = re.compile(rf"{TAG.pattern}|<(?:!--|[!?])")
_IN_TEXT = re.compile(
    rf"(?P<space> ?[\t-\r\x1c-\x1e\x85\u2028\u2029][\t-\r\x1c-\x1e\x85\u2028\u2029 ]*|  +)|(?P<entity>{ENTITY};?)"
    rf"|(?P<fill>[{DROPPED_FILL}{MASKED_FILL}]+)"
)
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def decode_entity(entity: str) -> str:
    """The character of an entity, on one line; the entity itself if there is none of that name."""
    decoded = html.unescape(entity)
    return " " if decoded and decoded.isspace() and decoded != "\xa0" else decoded


def _same_end(one: str, other: str) -> int:
    """The number of characters that two strings have in common at their ends."""
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def decode_text(text: str) -> str:
    """`text` with its entities decoded, for a field that has no offsets."""
    return html.unescape(text)


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, entities decoded; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found


class Closers:
    """Where the next closing string is: linear over a whole text, however many openers ask (at rising offsets)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, tuple[int, int]] = {}

    def find(self, pattern: str, at: int) -> tuple[int, int] | None:
        """The span of the next match of a regular expression (any case) at or after `at`."""
        span = self._next.get(pattern)
        if span is None or 0 <= span[0] < at:
            match = re.compile(pattern, re.IGNORECASE | re.ASCII | re.MULTILINE).search(self._text, at)
            self._next[pattern] = span = match.span() if match else (-1, -1)
        return span if span[0] >= 0 else None


class Forms:
    """The forms of the elements that are open, counted: an element that is never closed does little harm."""

    def __init__(self) -> None:
        self._open: dict[str, int] = {}
        self._heading = False
        self._paragraph = False
        self.group: int | None = None  # the outermost open list or table
        self._groups = 0

    def step(self, name: str, closing: bool) -> None:
        """Take note of one tag of a block element."""
        if name in _HEADINGS:
            self._heading = not closing
        elif name == "p":
            self._paragraph = not closing
            self._heading = False
        elif name in _LISTS or name in ("table", "blockquote", "figcaption", "caption"):
            key = "list" if name in _LISTS else name
            self._open[key] = max(self._open.get(key, 0) + (-1 if closing else 1), 0)
            grouping = self._open.get("list", 0) + self._open.get("table", 0)
            if not grouping:
                self.group = None
            elif self.group is None:
                self._groups -= 1  # below zero: never the number that another writer of the same lines gave
                self.group = self._groups
        elif name == "body" and closing:
            self._open.clear()
            self.group = None

    def form(self) -> Form:
        """The form of a line that ends here."""
        is_open = self._open.get
        if self._heading:
            return "heading"
        if is_open("figcaption") or is_open("caption"):
            return "caption"
        if is_open("blockquote"):
            return "quotation"
        if is_open("list"):
            return "list"
        # A paragraph in a cell: the table lays out a page.
        return "table" if is_open("table") and not self._paragraph else "paragraph"


class Tag(NamedTuple):
    """A tag: its name in lower case, a closing one's with "/" before it, and where it stands in the marked-up text.

    `content` is the raw content of an element that holds no markup; `end` is then behind its closing tag.
    """

    name: str
    inside: str
    content: str
    start: int
    end: int


class MarkupText:
    """Writes the text of marked-up `text`, which stands at the offset `base` of the writer's source."""

    def __init__(
        self,
        text: str,
        base: int,
        writer: LineWriter,
        forms: Forms,
        seen: Callable[[Tag], int] | None = None,
    ) -> None:
        self._text = text
        self._base = base
        self._writer = writer
        self._forms = forms
        self._seen = seen  # told of every tag that may tell something; says up to where the text is hidden
        self._closers = Closers(text)
        self._hidden = 0  # what stands before this offset of `text` is not shown
        self.muted = False

    def write(self) -> None:
        """Write it all, and end the line."""
        text, position = self._text, 0
        while match := _CONSTRUCT.search(text, position):
            self._prose(position, match.start())
            name = match["name"]
            position = self._tag(match, name.lower()) if name else self._skip(match)
        self._prose(position, len(text))
        self._end()

    def _skip(self, match: re.Match[str]) -> int:
        """Past a comment, a declaration, or a processing instruction."""
        closing = "--!?>" if match.group() == "<!--" else ">"
        span = self._closers.find(closing, match.end() - 2 * (closing != ">"))  # "<!-->" is a whole comment
        return span[1] if span else len(self._text)

    def _tag(self, match: re.Match[str], name: str) -> int:
        closing, inside = bool(match["close"]), match["attributes"]
        start, end = match.span()
        content = ""
        if not closing and not inside.endswith("/") and (name in VANISHING or name in MASKED):
            if span := self._closers.find(rf"</{name}\s*>", end):
                content, end = self._text[end : span[0]], span[1]
            elif name in ("script", "style"):
                end = len(self._text)
        hidden = start < self._hidden
        if self._seen and (inside or self.muted or name in TELLING):
            until = self._seen(Tag("/" + name if closing else name, inside, content, start, end))
            if until > self._hidden:
                self._hidden = until
                if name in BLOCKS and not hidden:
                    self._end()
        if self.muted or start < self._hidden or name in VANISHING:
            return end
        writer, base = self._writer, self._base
        if name == "br":
            self._end(hard=True)
        elif name in BLOCKS:
            self._end()
            self._forms.step(name, closing)
        elif name in ("td", "th") and not closing:
            writer.part(base + start, base + end)
        elif name in EMPTY_MASKED or (name in MASKED and not closing):
            writer.mask(base + start, base + end)
        elif name == "a" and closing and self._text.startswith("<a", end):
            writer.replace(" ", base + start, base + end)  # a row of links: a style sheet parts them
        return end

    def _end(self, *, hard: bool = False) -> None:
        self._writer.end(self._forms.form(), self._forms.group, hard=hard)

    def _prose(self, start: int, end: int) -> None:
        if start >= end or self.muted or start < self._hidden:
            return
        writer, base = self._writer, self._base
        for match in _IN_TEXT.finditer(self._text, start, end):
            if match.start() > start:
                writer.copy(base + start, base + match.start())
            start = match.end()
            span = (base + match.start(), base + match.end())
            if match.lastgroup == "space":
                writer.replace(" ", *span)
            elif match.lastgroup == "entity":
                decoded = decode_entity(match.group())
                kept = _same_end(decoded, match.group())  # "&copycat" is "©cat"
                if kept < len(decoded):
                    writer.replace(decoded[: len(decoded) - kept], span[0], span[1] - kept)
                writer.copy(span[1] - kept, span[1])
            elif MASKED_FILL in match.group():
                writer.mask(*span)
        if start < end:
            writer.copy(base + start, base + end)
