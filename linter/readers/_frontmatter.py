"""Front matter: the YAML, TOML or JSON before a Markdown post."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from linter.model import Article
from linter.readers.fields import AUTHORS, DATES, absolute, first

_FENCED = re.compile(r"(---|\+\+\+)[ \t]*\n(?:(.*?)\n)??(?:\1|(?<=\n)\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = re.compile(r"\{[ \t]*\n.*?^\}[ \t]*$", re.DOTALL | re.MULTILINE)
# A first line as front matter has it; else two rules of "---" with prose between them.
_KEY = re.compile(r"#|\s*(?:[\"']?\w[\w .:-]{0,200}[\"']?\s{0,20}[:=]|\[+[\w.]+\]+\s*\n|\Z)")

_MAX_LENGTH = 1 << 17  # code points; what is longer is no article's data, and is masked, but not read
_MAX_MERGED = 256  # keys that merging ("<<") may give a mapping: a few lines of YAML can merge without end
# A key of TOML with many dots: tomllib takes quadratic time over it.
_DOTTED = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
_MAX_NUMBER = 1 << 63
_FREE_LENGTH, _MAX_DEPTH = 8000, 200  # libyaml's own stack ends the process at a depth of some 20,000

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
    is_number = isinstance(title, (int, float)) and abs(title) < _MAX_NUMBER
    article.title = str(title) if is_number else first(values, _TITLES)
    article.author = first(values, AUTHORS)
    article.date = first(values, DATES)
    article.url = next(filter(None, (absolute(first(values, (key,))) for key in _URLS)), None)
    article.publisher = first(values, _PUBLISHERS)
    article.language = first(values, _LANGUAGES)


def _values(text: str, language: str) -> dict[str, Any]:
    if len(text) > _MAX_LENGTH:
        return {}
    try:
        values = _load(text, language)
    except (ValueError, OverflowError, RecursionError):
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else {}


def _load(text: str, language: str) -> Any:
    if language == "json":
        import json

        return json.loads(text)
    if language == "toml":
        import tomllib

        if _DOTTED.search(text):
            raise ValueError("nested too deeply")
        return tomllib.loads(text)
    import yaml

    try:
        if len(text) > _FREE_LENGTH:
            _refuse_depth(text)
        return yaml.load(text, _yaml_loader())
    except (yaml.YAMLError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise ValueError(str(error)) from error


def _refuse_depth(text: str) -> None:
    """Raise ValueError for YAML that is nested too deeply to be loaded."""
    import yaml

    depth = 0
    for event in yaml.parse(text, _yaml_loader()):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")


@cache
def _yaml_loader() -> Any:
    """The safe loader, with an end to merging."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        def flatten_mapping(self, node: Any) -> None:
            own = len(node.value)
            super().flatten_mapping(node)
            if len(node.value) > max(own, _MAX_MERGED):
                raise ValueError("too many merged keys")

    return Loader
