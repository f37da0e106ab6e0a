"""The record of a dump -> an article, whatever the dump's format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from linter.model import Article
from linter.readers import text
from linter.readers.fields import AUTHORS, DATES, first, words
from linter.readers.inputs import ReadOptions, failed, notes

T = TypeVar("T")

# The usual keys of dumps, most telling first. `--field NAME=KEY` puts another key in the place of a whole row.
KEYS: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "maintext", "article", "raw_content"),
    "html": ("html",),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url"),
    "author": AUTHORS,
    "date": DATES,
    "publisher": ("publisher", "site_name", "source_domain"),
    "language": ("lang", "language"),
    "id": ("id",),
}
_KINDS = {
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
    bytes: "bytes",
}


class RecordError(ValueError):
    """What is wrong with one record, in words."""


class Records:
    """Makes articles of the records of one dump."""

    def __init__(self, path: str, options: ReadOptions) -> None:
        self._path, self._mapped, self._keep, self._options = path, options.field, options.keep, options
        self._keys = {name: (self._mapped[name],) if name in self._mapped else usual for name, usual in KEYS.items()}
        self._wants_html = "html" in self._mapped and "text" not in self._mapped

    @property
    def keys(self) -> frozenset[str]:
        """Every key that says something."""
        return frozenset(key for keys in self._keys.values() for key in keys)

    def read(
        self, load: Callable[[T], tuple[Any, str | None]], given: T, record: int | None, line: int | None = None
    ) -> Article:
        """The article of a record: `load(given)` is its values by their keys, and what had to be assumed.

        A RecordError becomes the article's `error`.
        """
        values = None
        try:
            values, note = load(given)
            article = self._article(values)
            article.note = notes(note, article.note)
        except RecordError as error:
            article = failed(self._path, str(error))
        article.raw = values if self._keep and isinstance(values, dict) else None
        article.record, article.source_line = record, line
        return article

    def _article(self, values: Any) -> Article:
        if not isinstance(values, dict):
            raise RecordError(f"not an object but {kind_of(values)}")
        keys = self._keys
        body = None if self._wants_html else _string(values, keys["text"])
        markup = _string(values, keys["html"]) if body is None else None
        if body is not None:
            article = text.parse(body, self._path)
        elif markup is not None:
            from linter.readers import html

            article = html.parse(markup, self._path, self._options)
        else:
            raise RecordError(f"no text: expected {_one_of(keys['html' if self._wants_html else 'text'])}")
        article.title = first(values, keys["title"]) or article.title
        article.url = first(values, keys["url"]) or article.url
        article.author = first(values, keys["author"]) or article.author
        article.date = first(values, keys["date"]) or article.date
        article.publisher = first(values, keys["publisher"]) or article.publisher
        article.language = first(values, keys["language"]) or article.language
        article.id = _identity(values, keys["id"])
        return article


def kind_of(value: object) -> str:
    """What a value is, for people."""
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def _string(values: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    """The first of `keys` that is there and not null; it has to be a string."""
    for key in keys:
        value = values.get(key)
        if isinstance(value, str):
            return value
        if value is not None:
            raise RecordError(f"field '{key}' is {kind_of(value)}, not a string")
    return None


def _identity(values: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    value = values.get(keys[0])
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return words(value)


def _one_of(keys: tuple[str, ...]) -> str:
    return f"one of {', '.join(keys)}" if len(keys) > 1 else f"'{keys[0]}'"
