"""Linting a document and silencing what is found in it, as the tests of `--add-ignores` do it."""

from __future__ import annotations

import io
from functools import cache
from importlib import import_module

from linter.api import Linter
from linter.config import Config
from linter.engine import Outcome
from linter.ignoring.comments import Commented, commented
from linter.model import Article
from linter.readers import ReadOptions

CONFIG = Config(fail_on="info", preset="scraped")
FERRY = "The ferry to the islands will leave an hour later from Monday, the harbour office said on Friday."


@cache
def linter() -> Linter:
    return Linter(CONFIG)


def article(data: bytes, path: str) -> Article:
    reader = import_module(f"linter.readers.{'html' if path.endswith('.html') else 'markdown'}")
    made: Article = next(iter(reader.read(io.BytesIO(data), path, ReadOptions())))
    return made


def linted(data: bytes, path: str) -> Outcome:
    return linter().run(article(data, path))


def silenced(source: str | bytes, path: str = "a.md") -> Commented:
    data = source if isinstance(source, bytes) else source.encode()
    verdict = linted(data, path).verdict
    return commented(data, article(data, path), verdict, CONFIG, linter(), ReadOptions())
