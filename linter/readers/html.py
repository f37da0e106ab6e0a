"""HTML pages: the text of the body, line by line, and what the head says about the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from linter.model import Article, Block, OffsetMap, Page
from linter.readers.fields import absolute
from linter.readers.inputs import MissingExtraError, ReadOptions, read_whole
from linter.source import source_span

if TYPE_CHECKING:
    from linter.readers._markup import MarkupText, Tag
    from linter.readers._page import Outline

SUFFIXES = (".html", ".htm", ".xhtml")
WHOLE = True

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_CHARSET_WITHIN = 4096
_SPACE = re.compile(r"\s+")
# Elements that a head may hold; any other one ends it, as in browsers.
_IN_HEAD = frozenset(["html", "head", "meta", "link", "title", "base", "script", "style", "template", "noscript"])

_TITLES = ("og:title", "twitter:title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "article.published",
)  # fmt: skip
_UNLABELLED = "all of a page counts as its article; with pip install 'newslint[html]' menus and footers don't"
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "application-name")
_LEAST_HIDDEN = 1000  # characters: an article that a script shows is longer
# What is looked at wherever it stands, beside anything that has a property datePublished.
_TELLING = frozenset(["html", "head", "body", "title", "h1", "meta", "link", "script", "time"])


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The article in an HTML file."""
    return read_whole(stream, path, options, partial(parse, options=options), declared_charset)


def parse(source: str, path: str = "-", options: ReadOptions | None = None) -> Article:
    """The article in a decoded page: its visible text without tags, scripts and code, with exact offsets.

    Where an extractor says what of the page is the article, the rest becomes the article's `beside`. Raises
    MissingExtraError where only the article is wanted and there is no extractor.
    """
    options = options or ReadOptions()
    text, offsets, blocks, head, outline = _written(source, hiding=True)
    if outline.hides and _hides_most(text, outline):
        text, offsets, blocks, head, outline = _written(source, hiding=False)
    article = Article(text=text, source=source, profile="html", offsets=offsets, blocks=blocks, path=path)
    article.page = Page(
        headed=head.opened, links=outline.links(offsets), images=outline.images(offsets), hidden=outline.hidden()
    )
    head.fill(article, article.page)
    if head.whole:
        _label(article, outline, options)
    return article


def _written(source: str, *, hiding: bool) -> tuple[str, OffsetMap, list[Block], _Head, Outline]:
    """The text of a page with its map and its blocks, and what was seen on the way."""
    from linter.readers._lines import LineWriter
    from linter.readers._markup import Forms, MarkupText
    from linter.readers._page import Outline

    writer, head, outline = LineWriter(source), _Head(), Outline(source, hiding=hiding)

    def see(tag: Tag) -> int:
        if tag.name in _TELLING or markup.muted or "ublished" in tag.inside:
            head.see(tag)
        return outline.see(tag)

    head.markup = markup = MarkupText(source, 0, writer, Forms(), see)
    markup.write()
    return *writer.build(), head, outline


def _hides_most(text: str, outline: Outline) -> bool:
    """Would more be hidden than shown? Then a script shows it when the page is there."""
    hidden = sum(len(hidden.words) for hidden in outline.hidden() if not hidden.shown_later)
    return hidden > max(len(text) / 2, _LEAST_HIDDEN)


def _label(article: Article, outline: Outline, options: ReadOptions) -> None:
    """Split what is beside the article off, where an extractor says what that is."""
    from linter.readers import _maintext as maintext

    if not maintext.available():
        if options.html_scope == "main":
            raise MissingExtraError("the article alone of a page", "trafilatura", "html")
        if _UNLABELLED not in options.told:
            options.told.add(_UNLABELLED)
            article.note = _UNLABELLED
        return
    if article.offsets is None or article.blocks is None or article.page is None:
        return
    containers = [outline.container(source_span(article.offsets, b.start, b.start + 1).start) for b in article.blocks]
    labels = maintext.labels(article.source, article.text, article.blocks, containers, article.page.links)
    if labels is None or all(labels):
        return
    beside = Article(text="", source=article.source, profile="html", path=article.path)
    parts = [maintext.part(article, [label is wanted for label in labels]) for wanted in (True, False)]
    for one, (text, offsets, blocks) in zip((article, beside), parts, strict=True):
        one.text, one.offsets, one.blocks = text, offsets, blocks
    article.page.links, article.page.images = outline.links(article.offsets), outline.images(article.offsets)
    if options.html_scope == "full":
        article.beside = beside


class _Head:
    """Collects what `<html>`, `<title>`, `<meta>` and `<link>` say, and mutes the text while a head is open."""

    def __init__(self) -> None:
        self.markup: MarkupText | None = None
        self._meta: dict[str, str] = {}
        self._title: str | None = None
        self._scripts: list[str] = []  # JSON-LD
        self.whole = False  # is it a page, and no piece of one?
        self.opened = False  # has the page a head that says something?
        self._headed = False  # was there a first heading?
        self._times: dict[int, str] = {}  # said to be of publication, below the heading, above it

    def see(self, tag: Tag) -> None:
        """Take note of one tag."""
        from linter.readers._markup import attributes, decode_text

        name, inside, content = tag.name, tag.inside, tag.content
        if self.markup and (self.markup.muted or name == "head"):
            self.markup.muted = name == "head" or (name.removeprefix("/") in _IN_HEAD and name != "/head")
        if name in ("html", "head", "body"):
            self.whole = True
        if name == "head":
            self.opened = True
        elif name == "meta":
            found = attributes(inside)
            key = found.get("property") or found.get("name") or found.get("itemprop") or ""
            if value := _SPACE.sub(" ", found.get("content", "")).strip():
                self._meta.setdefault(key.lower(), value)
        elif name == "title" and self._title is None:
            self._title = _SPACE.sub(" ", decode_text(content)).strip() or None
        elif name == "link":
            found = attributes(inside)
            if "canonical" in found.get("rel", "").lower().split():
                self._meta.setdefault("canonical", found.get("href", "").strip())
        elif name == "script":
            if attributes(inside).get("type", "").partition(";")[0].strip().lower() == "application/ld+json":
                self._scripts.append(content)
        elif name == "h1":
            self._headed = True
        elif name == "time" or "datepublished" in inside.lower():
            found = attributes(inside)
            told = "pubdate" in found or found.get("itemprop", "").lower() == "datepublished"
            rank = 0 if told else 1 if self._headed else 2
            if moment := (found.get("datetime") or found.get("content") or "").strip():
                self._times.setdefault(rank, moment)
        elif name == "html":
            self._meta.setdefault("lang", attributes(inside).get("lang", "").strip())

    def fill(self, article: Article, page: Page) -> None:
        """Give an article, and its page, the fields that were found."""
        from linter.readers._byline import author_in_lines, author_in_text, date_in_lines, near_headline
        from linter.readers._jsonld import article_fields

        told = article_fields(self._scripts) if self._scripts else {}
        article.title = self._first(_TITLES) or told.get("title") or self._title
        # Many content systems put the site's name, or an editor's login, into the meta element.
        authors = [value for key in _AUTHORS if (value := self._meta.get(key)) and not absolute(value)]
        article.author = told.get("author") or (authors[0] if authors else None) or author_in_text(article.source)
        article.date = told.get("date") or self._first(_DATES) or next(iter(sorted(self._times.items())), (0, None))[1]
        if not (article.author and article.date):
            blocks = article.blocks or []
            headings = [number for number, block in enumerate(blocks) if block.form == "heading"]
            lines = near_headline([article.text[b.start : b.end] for b in blocks], headings, article.title)
            article.author = article.author or author_in_lines(lines)
            article.date = article.date or date_in_lines(lines)
        article.publisher = self._first(_PUBLISHERS) or told.get("publisher")
        addresses = (self._meta.get("canonical"), self._meta.get("og:url"), told.get("url"))
        article.url = next(filter(None, map(absolute, addresses)), None)
        page.canonical, page.address = absolute(addresses[0]), absolute(addresses[1])
        language = self._meta.get("lang") or self._meta.get("content-language")
        article.language = language or told.get("language") or None

    def _first(self, keys: tuple[str, ...]) -> str | None:
        return next((self._meta[key] for key in keys if key in self._meta), None)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page names itself."""
    match = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None
