"""Cutting text out of HTML: with the elements that hold nothing else, so that what is left is read as before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from linter.model import Span
from linter.readers._markup import BLOCKS, MASKED, TAG, VANISHING, Closers

_CONSTRUCT = re.compile(rf"{TAG.pattern}|<(?:!--|[!?])")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr image keygen".split())
_LINKS = frozenset(["a", "button"])  # a drawing in one of these is its icon
_EMPTY = frozenset(["br", "hr", "wbr"])  # without content of their own
# Never cut out: what a page is made of, and parts that others are counted or paired with.
_KEPT = frozenset(
    "html head body main article td th dt dd caption summary legend figcaption option colgroup optgroup".split()
)
# Elements that end where the next one of a kind begins, and what keeps that from reaching further out.
_ENDED_BY = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu", "dir"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "option": (frozenset(["option"]), frozenset(["select", "datalist"])),
    "tr": (frozenset(["tr", "td", "th"]), frozenset(["table"])),
    "td": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "th": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "tbody": (frozenset(["thead", "tbody", "tfoot", "tr", "td", "th"]), frozenset(["table"])),
    "tfoot": (frozenset(["thead", "tbody", "tr", "td", "th"]), frozenset(["table"])),
}
_UNCLOSED = frozenset("html body p li dt dd option tr td th thead tbody tfoot colgroup".split())
_IN_PARAGRAPH = frozenset(["button", "option", "body", "caption"])  # blocks of the reader that don't end a paragraph
_SCOPE = frozenset(["button", "td", "th", "table", "caption", "body", "html"])
_TEXT = re.compile(r"(?:(?!&nbsp;|&#160;)\S)")
# What a line begins behind and ends before; a break between two lines goes with one of them.
_BREAK, _LINE_ENDS = re.compile(r"\s*<br\s*/?>", re.IGNORECASE), re.compile(r"\s*(?:<|\Z)")
_BEGUN = re.compile(
    rf"(?:\A|(?P<broken><br\s*/?>)|</?(?:{'|'.join(sorted(BLOCKS))})(?:\s[^<>]*)?>)\s*\Z", re.IGNORECASE
)
_NEAR = 200  # characters of a source that are looked at beside a cut
_DEEPEST = 500  # elements within each other; browsers stop there as well


class _Element:
    __slots__ = ("broken", "content", "cut", "end", "name", "parent", "start")

    def __init__(self, name: str, start: int, parent: _Element | None) -> None:
        self.name, self.start, self.end, self.parent = name, start, start, parent
        self.content = 0  # pieces of content in it
        self.cut = 0  # those of them that are cut out
        self.broken = False  # does it end otherwise than its tags say?

    def chain(self) -> Iterator[_Element]:
        """The element and those around it."""
        element: _Element | None = self
        while element is not None:
            yield element
            element = element.parent


class TooDeepError(ValueError):
    """Elements stand in elements without end."""


def cut(source: str, spans: Sequence[Span]) -> list[Span]:
    """What to take out of a source so that the text at `spans` is gone, which are in order.

    Elements that hold nothing else go with their text, the outermost ones; so does a line break beside a line that
    is gone, and a line of the source on which nothing else stands. Raises TooDeepError.
    """
    pieces = _Reading(source, spans).pieces
    found: set[Span] = set()
    inline: set[Span] = set()
    for _, element in pieces:
        for outer in element.chain():
            outer.cut += 1
    for span, element in pieces:
        whole = None
        for outer in element.chain():
            if outer.cut < outer.content:
                break
            if outer.name not in _KEPT and not outer.broken and outer.parent is not None:
                whole = outer
        if whole:
            span = Span(whole.start, whole.end)
        found.add(span)
        if whole is None or whole.name not in BLOCKS:
            inline.add(span)
    joined = _joined(source, sorted(found), inline)
    return _joined(source, [whole_lines(source, span) for span in joined], set())


class _Reading:
    """Reads a source once: what is cut out of which element, and how much content each element has."""

    def __init__(self, source: str, spans: Sequence[Span]) -> None:
        self._source = source
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]
        self._stack = [_Element("", 0, None)]
        self.pieces: list[tuple[Span, _Element]] = []
        self._read()

    def _read(self) -> None:
        source, closers, position = self._source, Closers(self._source), 0
        while match := _CONSTRUCT.search(source, position):
            start, end = match.span()
            self._text(position, start)
            position = end
            if not match["name"]:
                pattern = "--!?>" if match[0] == "<!--" else ">"
                span = closers.find(pattern, end - 2 * (pattern != ">"))
                position = span[1] if span else len(source)
                self._content()
                continue
            name, inside = match["name"].lower(), match["attributes"]
            if match["close"]:
                self._close(name, start, end)
            elif name in _VOID:
                if name not in _EMPTY:
                    self._content()
                self._begins(name, start)
            elif name in VANISHING or name in MASKED:
                if not inside.endswith("/") and (span := closers.find(rf"</{name}\s*>", end)):
                    position = span[1]
                if name != "svg" or not any(element.name in _LINKS for element in self._stack[-1].chain()):
                    self._content()
            else:
                self._begins(name, start)
                if len(self._stack) > _DEEPEST:
                    raise TooDeepError
                self._stack.append(_Element(name, start, self._stack[-1]))
        self._text(position, len(source))
        while len(self._stack) > 1:
            self._end(self._stack.pop(), len(source))

    def _text(self, start: int, end: int) -> None:
        """A stretch of text: what is cut out of it, and what is left."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        for number in range(first, last):
            inside = Span(max(self._starts[number], start), min(self._ends[number], end))
            if self._says(start, inside.start):
                self._content()
            if self._says(*inside):
                self._content()
                self.pieces.append((inside, self._stack[-1]))
            start = inside.end
        if self._says(start, end):
            self._content()

    def _says(self, start: int, end: int) -> bool:
        return start < end and _TEXT.search(self._source, start, end) is not None

    def _content(self) -> None:
        for element in self._stack[-1].chain():
            element.content += 1

    def _begins(self, name: str, at: int) -> None:
        """End what ends by itself where an element of this name begins."""
        if name in _ENDED_BY:
            self._unwind(*_ENDED_BY[name], at)
        elif (name in BLOCKS and name not in _IN_PARAGRAPH) or name in ("hr", "pre"):
            self._unwind(frozenset(["p"]), _SCOPE, at)

    def _unwind(self, names: frozenset[str], scope: frozenset[str], at: int) -> None:
        depth = len(self._stack) - 1
        outermost = 0
        while depth > 0 and self._stack[depth].name not in scope:
            if self._stack[depth].name in names:
                outermost = depth
            depth -= 1
        while outermost and len(self._stack) > outermost:
            self._end(self._stack.pop(), at)

    def _close(self, name: str, start: int, end: int) -> None:
        depth = len(self._stack) - 1
        while depth > 0 and self._stack[depth].name != name:
            depth -= 1
        if not depth:
            return  # closes nothing
        while len(self._stack) > depth + 1:
            self._end(self._stack.pop(), start)
        self._stack.pop().end = end

    def _end(self, element: _Element, at: int) -> None:
        """End an element that has no closing tag."""
        element.end = at
        if element.name not in _UNCLOSED:  # browsers let it go on, or open it anew
            for outer in element.chain():
                outer.broken = True


def _joined(source: str, spans: Sequence[Span], inline: set[Span]) -> list[Span]:
    """The spans, those inside another dropped, and those with only white space between them as one.

    `inline` ones take a break with them that parts two lines of which they are one.
    """
    found: list[Span] = []
    for span in spans:
        start, end = _broken_off(source, span) if span in inline else span
        if found and (start <= found[-1].end or source[found[-1].end : start].isspace()):
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return found


def _broken_off(source: str, span: Span) -> Span:
    """A span with the break behind it, where it is a line; where none follows, with the one before it."""
    first = max(span.start - _NEAR, 0)
    begun = _BEGUN.search(source[first : span.start]) if first == 0 or "<" in source[first : span.start] else None
    if begun is None:
        return span
    if after := _BREAK.match(source, span.end, span.end + _NEAR):
        return Span(span.start, after.end())
    if begun["broken"] and _LINE_ENDS.match(source, span.end):
        return Span(first + begun.start("broken"), span.end)
    return span


def whole_lines(source: str, span: Span) -> Span:
    """A span, with the rest of its lines and their last break where the rest is blank."""
    first = source.rfind("\n", 0, span.start) + 1
    last = source.find("\n", span.end)
    last = len(source) if last < 0 else last + 1
    if source[first : span.start].strip() or source[span.end : last].strip():
        return span
    return Span(first, last)
