"""Front matter: the YAML, TOML or JSON before a Markdown post."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from linter.model import Article
from linter.readers.fields import AUTHORS, DATES, absolute, first

_FENCED = re.compile(r"(---|\+\+\+)[ \t]*\n(?:(.*?)\n)??(?:\1|(?<=\n)\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = re.compile(r"\{[ \t]*\n.*?^\}[ \t]*$", re.DOTALL | re.MULTILINE)
# A first line as front matter has it; else two rules of "---" with prose between them.
_KEY = re.compile(r"#|\s*(?:[\"']?\w[\w .:-]*[\"']?\s*[:=]|\[+[\w.]+\]+\s*\n|\Z)")

_TITLES = ("title", "headline")
_URLS = ("canonical_url", "canonicalUrl", "canonicalURL", "canonical", "permalink", "url", "original_url")
_PUBLISHERS = ("publisher", "site_name")
_LANGUAGES = ("lang", "language", "locale")


class FrontMatter(NamedTuple):
    """Where front matter ends, and its values; none if it is broken."""

    end: int
    values: dict[str, Any]


def find(text: str) -> FrontMatter | None:
    """The front matter at the start of `text`, in which every line ends in LF."""
    match = _FENCED.match(text)
    if match and _KEY.match(match[2] or ""):
        return FrontMatter(match.end(), _values(match[2] or "", "yaml" if match[1] == "---" else "toml"))
    match = _JSON.match(text)
    return FrontMatter(match.end(), _values(match.group(), "json")) if match else None


def fill(article: Article, values: dict[str, Any]) -> None:
    """Give an article the fields that front matter names."""
    title = next((values[key] for key in _TITLES if values.get(key)), None)
    article.title = str(title) if isinstance(title, (int, float)) else first(values, _TITLES)
    article.author = first(values, AUTHORS)
    article.date = first(values, DATES)
    article.url = next(filter(None, (absolute(first(values, (key,))) for key in _URLS)), None)
    article.publisher = first(values, _PUBLISHERS)
    article.language = first(values, _LANGUAGES)


def _values(text: str, language: str) -> dict[str, Any]:
    try:
        values = _load(text, language)
    except (ValueError, RecursionError):
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else {}


def _load(text: str, language: str) -> Any:
    if language == "json":
        import json

        return json.loads(text)
    if language == "toml":
        import tomllib

        return tomllib.loads(text)
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, loader)
    except (yaml.YAMLError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise ValueError(str(error)) from error
