"""Learned lines: what `newslint learn-lines` wrote, as the rule XDC004 asks for it.

A file of them is a lexicon (`linter.lexicon`): a section per site, lines before the first section are for all sites,
and after a tab stands in how many records of how many a line was. Lines are folded when they are read, so that entries
written by hand need not be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from linter.analysis import unify_typography
from linter.config import Config, ConfigError
from linter.corpus.sitelines import SiteLines, first_word, fold_tokens
from linter.corpus.sites import host_of, publisher_of
from linter.lexicon import Entry, parse_lexicon
from linter.model import Article
from linter.readers.inputs import reason


def fold(line: str) -> str:
    """A line in lower case and plain typography, without decoration around it, and with 0 for every number."""
    return fold_tokens(unify_typography(line).lower().split())


class TemplateLines:
    """The learned lines of many sites. It can be pickled: a worker that gets it needs no file."""

    def __init__(self, entries: Iterable[Entry], digest: str = "") -> None:
        self.digest = digest  # of the files' content: what is found depends on it
        self._sites: dict[str | None, SiteLines] = {}
        for entry in entries:
            site = " ".join(entry.tag.lower().split()) if entry.tag else None
            folded = fold(entry.phrase)
            if folded:
                known = self._sites.setdefault(site, SiteLines({}, set()))
                known.lines[folded] = entry.meaning or ""
                known.first_words.add(first_word(folded.split()))

    def of(self, article: Article) -> list[SiteLines]:
        """What was learned of an article's site, found by its host or its publisher, and of all sites."""
        names = (None, host_of(article.url), publisher_of(article))
        return [self._sites[name] for name in dict.fromkeys(names) if name in self._sites]

    @property
    def counts(self) -> Mapping[str | None, int]:
        """The number of lines of each site; None stands for all sites."""
        return {site: len(known.lines) for site, known in self._sites.items()}


def load_template_lines(config: Config) -> TemplateLines:
    """The learned lines that a configuration names. Raises ConfigError for a file that can't be used.

    A file without a line is no error: in some dumps nothing repeats.
    """
    digest, entries = hashlib.blake2b(digest_size=8), list[Entry]()
    for name in config.lines:
        where = f"{config.origin('lines')}: learned lines {name!r}"
        if Path(name).exists() and not Path(name).is_file():  # a pipe could not be read once more by each worker
            raise ConfigError(f"{where}: not a regular file")
        try:
            content = Path(name).read_bytes()
            entries += parse_lexicon(content.decode("utf-8-sig").splitlines())
        except OSError as error:
            raise ConfigError(f"{where}: can't be read: {reason(error)}") from None
        except UnicodeDecodeError:
            raise ConfigError(f"{where}: not a lexicon of lines, as newslint learn-lines writes it") from None
        digest.update(content + b"\0")
    return TemplateLines(entries, digest.hexdigest())
