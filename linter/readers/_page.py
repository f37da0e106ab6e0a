"""What a page is made of, beside its text: containers, links, images, and what isn't shown."""

from __future__ import annotations

import html
import re
from bisect import bisect_right

from linter.model import Hidden, Image, Link, OffsetMap
from linter.readers._hidden import Hiding, shown_later
from linter.readers._markup import TELLING, Tag, attributes
from linter.source import text_offset

_CONTAINERS = TELLING - {"a", "h1", "head", "html", "script", "style", "title"}
_MARKUP = re.compile(r"<(script|style|template)\b[^<>]*>.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_HREF = re.compile(r"<a\s[^<>]{0,2000}?\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_MOST_HIDDEN, _HIDDEN_LENGTH = 500, 1 << 14  # elements, and characters of each, that are looked at


class Outline:
    """Watches the tags of a page go by. All offsets are source offsets until it is asked."""

    def __init__(self, source: str, *, hiding: bool = True) -> None:
        self._source = source
        self._hiding = Hiding(source) if hiding else None
        self._hidden_to = 0
        self._hidden: list[tuple[int, int, str]] = []  # the element, its attributes
        self._open: list[tuple[str, int]] = []  # containers: name, number
        self._count: dict[str, int] = {}
        self._steps, self._inmost = [0], [0]  # from which offset on which container is the innermost
        self._containers = 0
        self._links: list[tuple[str, int, int]] = []  # attributes, and where the text begins and ends
        self._linking = False
        self._images: list[tuple[str, int]] = []

    def see(self, tag: Tag) -> int:
        """Take note of one tag; up to where it hides the text."""
        name = tag.name
        bare = name[1:] if name[0] == "/" else name
        if bare in _CONTAINERS:
            self._step(bare, bare is not name, tag.end)
        elif bare == "a":
            self._anchor(name, tag)
        elif name == "img" and "alt" in tag.inside.lower() and tag.start >= self._hidden_to:
            if alt := attributes(tag.inside).get("alt", "").strip():
                self._images.append((alt, tag.start))
        elif name == "style" and self._hiding:
            self._hiding.style(tag.content)
        hiding = self._hiding
        if not hiding or tag.start < self._hidden_to or not tag.inside or not hiding.may_hide(tag.inside):
            return 0
        until = hiding.until(tag)
        if until:
            self._hidden_to = until
            self._hidden.append((tag.start, until, tag.inside))
        return until

    def _step(self, name: str, closing: bool, end: int) -> None:
        if not closing:
            self._containers += 1
            self._open.append((name, self._containers))
            self._count[name] = self._count.get(name, 0) + 1
        elif self._count.get(name):
            while True:  # what was left open inside is closed with it
                last, _ = self._open.pop()
                self._count[last] -= 1
                if last == name:
                    break
        else:
            return
        self._steps.append(end)
        self._inmost.append(self._open[-1][1] if self._open else 0)

    def _anchor(self, name: str, tag: Tag) -> None:
        if self._linking:
            inside, start, _ = self._links[-1]
            self._links[-1] = (inside, start, tag.start)
            self._linking = False
        if name == "a" and tag.start >= self._hidden_to:
            self._links.append((tag.inside, tag.end, tag.end))
            self._linking = True

    @property
    def hides(self) -> bool:
        """Is anything hidden?"""
        return bool(self._hidden)

    def container(self, at: int) -> int:
        """The number of the innermost container that is open at a source offset."""
        return self._inmost[bisect_right(self._steps, at) - 1]

    def links(self, offsets: OffsetMap) -> list[Link]:
        """The links that have a text, over a text of this page."""
        found = []
        for inside, start, end in self._links:
            first, last = text_offset(offsets, start), text_offset(offsets, end)
            if first < last:
                told = attributes(inside)
                if href := told.get("href", "").strip():
                    found.append(Link(href, told.get("rel", "").lower(), first, last))
        return found

    def images(self, offsets: OffsetMap) -> list[Image]:
        """The images that say what they show."""
        return [Image(alt, text_offset(offsets, at)) for alt, at in self._images]

    def hidden(self) -> list[Hidden]:
        """What is not shown and has words."""
        found = []
        for start, end, inside in self._hidden[:_MOST_HIDDEN]:
            inner = self._source[start : min(end, start + _HIDDEN_LENGTH)]
            words = " ".join(html.unescape(_MARKUP.sub(" ", inner)).split())
            if words:
                links = tuple(html.unescape(a or b or c) for a, b, c in _HREF.findall(inner))
                found.append(Hidden(start, end, words, links, shown_later(inside)))
        return found
