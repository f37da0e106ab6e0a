"""Is an article the same after comments were put into its source?

Asked twice: of our own reader, and of a renderer and a parser that others have written. A comment that lands in code,
in a tag or in a link is none.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from linter.model import Article, Page
from linter.suppress import COMMENT

_SPACE = re.compile(r"\s+")
_EMPTY = [("start", "p", ()), ("end", "p")]
_VERBATIM = ("pre", "textarea")
_NO_MARKUP = ("title", "textarea")  # what looks like a comment in them is text: older parsers don't know it
_MOST_RENDERED = 4 << 20  # code points of a file: rendering it takes seconds


class Sameness:
    """What an article is to a reader of it, for comparing it with others over edited sources."""

    def __init__(self, article: Article) -> None:
        self._markdown = article.profile == "markdown"
        self._seen = _seen(article)
        self.is_long = len(article.source) > _MOST_RENDERED  # then our own reader's word has to be enough
        self._events = None if self.is_long else _events(article.source, markdown=self._markdown)

    def holds(self, new: Article, comments: int) -> bool:
        """Is another article the same, but for so many comments of newslint more?"""
        return new.error is None and _seen(new) == self._seen and (self.is_long or self.shown(new.source, comments))

    def shown(self, source: str, comments: int) -> bool:
        """Is a browser given the same with another source, but for so many comments of newslint more?"""
        if self._events is None or (events := _events(source, markdown=self._markdown)) is None:
            return False
        return events.events == self._events.events and events.comments - self._events.comments == comments


def _seen(article: Article) -> tuple[Any, ...]:
    """What our reader found, without places in the source."""
    return (
        *(article.text, article.blocks, article.title, article.author, article.date, article.url),
        *(article.publisher, article.language, _page(article.page)),
        article.beside and _seen(article.beside),
    )


def _page(page: Page | None) -> tuple[Any, ...] | None:
    if page is None:
        return None
    hidden = [(one.words, one.links, one.shown_later) for one in page.hidden]
    return page.headed, page.canonical, page.address, page.links, page.images, hidden


def _events(source: str, *, markdown: bool) -> _Events | None:
    """What a browser is given; None where the parser of the standard library gives up on it."""
    if markdown:
        from markdown_it import MarkdownIt

        source = MarkdownIt("commonmark").enable("table").render(source)
    try:
        return _Events(source)
    except AssertionError:
        return None


class _Events(HTMLParser):
    """What stands in some HTML, without the comments of newslint, and how many of those there are."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.events: list[tuple[Any, ...]] = []
        self.comments = 0
        self._data: list[str] = []
        self._open = ""  # the innermost element in which blanks are text
        self.feed(html)
        self.close()
        self._flush()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, tuple(attrs))
        self._open = tag if tag in _VERBATIM else self._open
        if tag in _NO_MARKUP:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("start", tag, tuple(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._add("end", tag)
        if self.events[-2:] == _EMPTY:  # a comment of MDX had a paragraph to itself
            del self.events[-2:]
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        data, found = COMMENT.subn("", data) if "{/*" in data else (data, 0)
        self.comments += found
        self._data.append(data)

    def handle_entityref(self, name: str) -> None:
        self._data.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._data.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        if COMMENT.fullmatch(f"<!--{data}-->"):
            self.comments += 1
        else:
            self._add("comment", data)

    def handle_decl(self, decl: str) -> None:
        self._add("declaration", decl)

    def unknown_decl(self, data: str) -> None:
        self._add("declaration", data)

    def handle_pi(self, data: str) -> None:
        self._add("instruction", data)

    def _add(self, *event: Any) -> None:
        self._flush()
        self.events.append(event)

    def _flush(self) -> None:
        data = "".join(self._data)
        self._data = []
        if self._open not in _VERBATIM:
            data = _SPACE.sub(" ", data).strip()
        if data:
            self.events.append(("text", data))
