"""Tables of the configuration that silence what stands in articles without comments: text files, records of dumps."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linter.api import Linter
from linter.config import Config, SuppressTable, matches
from linter.decision import failing
from linter.ignoring.standing import CannotIgnoreError, Known
from linter.model import Article, Verdict

REASON = "added by --add-ignores"
_BY_NOTHING = ": there is nothing that a suppress table could name it by"
_SPECIAL = re.compile(r"[\\*?\[\]]| +$")  # in globs
_ROUNDS = 8  # what silences one finding may bring up another one that was merged into it


def table_for(article: Article, root: str | None) -> SuppressTable:
    """The table that means one article, without rules; `root` is the directory of the configuration file.

    Raises CannotIgnoreError where there is none.
    """
    if root is None:
        raise CannotIgnoreError("no configuration file is in force that a suppress table could go into; left as it is")
    if article.record is not None or article.path == "-":
        if article.id is not None and _is_writable(article.id):
            return SuppressTable(id=article.id, reason=REASON)
        if article.url is not None and _is_writable(article.url):
            return SuppressTable(url=article.url, reason=REASON)
        raise CannotIgnoreError(f"has neither an id nor a url{_BY_NOTHING}")
    pattern = "/" + _SPECIAL.sub(r"\\\g<0>", os.path.relpath(article.path, root).replace(os.sep, "/"))
    if not (_is_writable(pattern) and matches([pattern], article.path, root)):
        raise CannotIgnoreError(f"lies outside the folder of the configuration file{_BY_NOTHING}")
    return SuppressTable(path=pattern, reason=REASON, root=root)


def _is_writable(text: str) -> bool:
    """Can TOML hold it? Half a character it can't."""
    return bool(text) and not any("\ud800" <= char <= "\udfff" for char in text)


class Tabled(Struct):
    """An article of a dump, or a text file, that is to be silenced by a table: the table says by what."""

    config: Config
    article: Article
    verdict: Verdict
    table: SuppressTable
    rules: dict[str, None] = {}
    after: Verdict | None = None  # the verdict once the rules are silent


def tabled(given: Sequence[Tabled], linter_of: Callable[[Config], Linter]) -> None:
    """Find for each article the rules that have to be silent, and its verdict then.

    What can't be silenced is still raised in that verdict.
    """
    waiting = list(given)
    for one in waiting:
        one.rules = dict.fromkeys(finding.rule for finding in failing(one.verdict, one.config))
    for _ in range(_ROUNDS):
        for linter, members in _by_linter(waiting, linter_of):
            for one, outcome in zip(members, linter.run_all([one.article for one in members]), strict=True):
                one.after = outcome.verdict
                Known(one.verdict).mark(one.after.findings)
        waiting = [
            one
            for one in waiting
            if one.after and {finding.rule for finding in failing(one.after, one.config)} - one.rules.keys()
        ]
        if not waiting:
            return
        for one in waiting:
            one.rules |= dict.fromkeys(f.rule for f in failing(one.after or one.verdict, one.config))


def _by_linter(given: Sequence[Tabled], linter_of: Callable[[Config], Linter]) -> list[tuple[Linter, list[Tabled]]]:
    """The articles by the linter that lints them, with their tables in its configuration."""
    groups: dict[int, list[Tabled]] = {}
    linters: dict[int, Linter] = {}
    for one in given:
        linter = linter_of(one.config)
        linters[id(linter)] = linter
        groups.setdefault(id(linter), []).append(one)
    found = []
    for key, members in groups.items():
        linter = linters[key]
        tables = [replace(one.table, rules=list(one.rules)) for one in members]
        config = replace(linter.config, suppress=[*linter.config.suppress, *tables])
        made = Linter(config, rulebook=linter.rulebook, template_lines=linter.template_lines)
        found.append((made, members))
    return found
