"""What a finding is recognised by in a later run: its rule, its article, its words, and which of equal ones it is.

Never its line: what is written or cut above it changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from linter.model import Article

_SPACE = re.compile(r"\s+")


def article_key(article: Article, root: str = "") -> str:
    """What an article is recognised by: a file by its path below `root` (none: the working directory).

    A record of a dump, and what comes from no file, by its id or address; a record without either by its number.
    """
    if (article.record is not None or article.path == "-") and (article.id or article.url):
        return article.id or article.url or ""
    path = _below(article.path, root)
    return path if article.record is None else f"{path}#{article.record}"


def _below(path: str, root: str) -> str:
    """A path as seen from a directory, "/"-joined; one that lies elsewhere stays as it is."""
    if path == "-" or not (root or Path(path).is_absolute()):
        return path.removeprefix("./")
    relative = os.path.relpath(path, root or None).replace(os.sep, "/")
    return path if relative.startswith("../") else relative


class Fingerprints:
    """The fingerprints of one article's findings."""

    def __init__(self, article: Article, root: str = "") -> None:
        self._article = article_key(article, root)
        self._seen: dict[tuple[str, str], int] = {}

    def of(self, rule: str, text: str) -> str:
        """The fingerprint of the next finding of a rule at these words: 16 hexadecimal digits."""
        key = (rule, _SPACE.sub(" ", text).strip().lower())
        ordinal = self._seen[key] = self._seen.get(key, -1) + 1
        whole = "\0".join((*key, self._article, str(ordinal)))
        return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
