"""Suppressions: comments in HTML and Markdown sources, and suppress tables of the configuration.

The comments use markdownlint's words: `<!-- newslint-disable INJ001 see-also-injection -->`, `newslint-enable`,
`newslint-disable-line`, `newslint-disable-next-line` (the next line that isn't blank) and `newslint-disable-file`. A
comment that names no rule means all; a reason may follow `--`. MDX writes `{/* newslint-disable */}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from linter.config import SuppressTable, covers, matches
from linter.model import Article
from linter.source import LineIndex

_MARK = "newslint-"
COMMENT = re.compile(
    r"(?:<!--|\{/\*)\s*newslint-(?P<verb>disable-next-line|disable-line|disable-file|disable|enable)"
    r"(?![\w-])(?P<names>.{0,1000}?)\s*(?:-->|\*/\})",
    re.DOTALL,
)
REASON = re.compile(r"(?:^|\s)--(?:\s|$).*", re.DOTALL)
_NAME = re.compile(r"[^\s,]+")
_NOT_BLANK = re.compile(r"\S")
_ENDLESS = 1 << 62


class Unused(Struct, frozen=True):
    """A suppression that silenced nothing: `line` is that of its comment, `rule` the selector as written, if any."""

    path: str
    line: int | None
    what: str
    rule: str | None = None


class _Entry(Struct):
    """One selector that is silenced from one source line to another, except where it was enabled again."""

    selector: str
    first: int
    last: int
    line: int | None  # of the comment
    what: str
    named: bool = True
    reported: bool = True
    used: bool = False
    enabled: list[tuple[str, int]] = field(default_factory=list)  # (selector, from line on)

    def silences(self, rule_id: str, rule_name: str, first_line: int, last_line: int) -> bool:
        if first_line > self.last or last_line < self.first or not covers(self.selector, rule_id, rule_name):
            return False
        return not any(first_line >= line and covers(name, rule_id, rule_name) for name, line in self.enabled)


class Suppressions:
    """What is silenced in one article. Keeps count of what was of use."""

    def __init__(self, path: str, entries: list[_Entry]) -> None:
        self._path = path
        self._entries = entries

    def silences(self, rule_id: str, rule_name: str, first_line: int, last_line: int) -> bool:
        """Is a finding of this rule on these source lines (from 1, both included) silenced?"""
        silenced = False
        for entry in self._entries:
            if entry.silences(rule_id, rule_name, first_line, last_line):
                entry.used = silenced = True
        return silenced

    def unused(self) -> list[Unused]:
        """The suppressions that have silenced nothing so far, in the order they were written."""
        return [
            Unused(self._path, entry.line, entry.what, entry.selector if entry.named else None)
            for entry in self._entries
            if entry.reported and not entry.used
        ]


def of_article(article: Article, tables: Sequence[SuppressTable]) -> Suppressions | None:
    """The suppressions that apply to an article; None where there are none, which is the usual case."""
    entries = _of_comments(article.source) if article.profile != "text" and _MARK in article.source else []
    if tables:
        entries += _of_tables(article, tables)
    return Suppressions(article.path, entries) if entries else None


def _of_comments(source: str) -> list[_Entry]:
    lines = LineIndex(source)
    entries: list[_Entry] = []
    open_entries: list[_Entry] = []
    for comment in COMMENT.finditer(source):
        verb = comment["verb"]
        names = list(dict.fromkeys(_NAME.findall(REASON.sub("", comment["names"]))))
        line = lines.position(comment.start())[0]
        if verb == "enable":
            open_entries = _enable(open_entries, names, line)
            continue
        first, last = line, _ENDLESS
        if verb == "disable-file":
            first = 1
        elif verb == "disable-line":
            last = lines.position(comment.end() - 1)[0]
        elif verb == "disable-next-line":
            first = last = _next_line(source, comment.end(), lines)
        new = [
            _Entry(name, first, last, line, name if names else "all rules", named=bool(names))
            for name in names or ["ALL"]
        ]
        entries += new
        if verb == "disable":
            open_entries += new
    return entries


def _enable(entries: list[_Entry], names: list[str], line: int) -> list[_Entry]:
    """End the open entries that a `newslint-enable` on `line` names (none: all); returns those still open."""
    still_open = []
    for entry in entries:
        if not names or any(covers(name, entry.selector, entry.selector) for name in names):
            entry.last = line
            continue
        entry.enabled += [(name, line) for name in names]
        still_open.append(entry)
    return still_open


def _next_line(source: str, offset: int, lines: LineIndex) -> int:
    """The first line after that of `offset` that isn't blank; if there is none, the line after."""
    line = lines.position(offset)[0]
    found = _NOT_BLANK.search(source, lines.line_span(line).end)
    return lines.position(found.start())[0] if found else line + 1


class _Tables:
    """Suppress tables by what they match; finding those of an article takes the same time however many there are."""

    def __init__(self, tables: Sequence[SuppressTable]) -> None:
        self.tables = tables  # also keeps the identity by which this is cached from being reused
        self.by_id: dict[str, list[SuppressTable]] = {}
        self.by_url: dict[str, list[SuppressTable]] = {}
        self.by_path: list[SuppressTable] = []
        for table in tables:
            if table.id is not None:
                self.by_id.setdefault(table.id, []).append(table)
            elif table.url is not None:
                self.by_url.setdefault(table.url, []).append(table)
            else:
                self.by_path.append(table)

    def of(self, article: Article) -> Iterable[SuppressTable]:
        if article.id is not None:
            yield from self.by_id.get(article.id, ())
        if article.url is not None:
            yield from self.by_url.get(article.url, ())
        for table in self.by_path:
            if matches([table.path or ""], article.path, table.root):
                yield table


_cache: dict[int, _Tables] = {}


def _of_tables(article: Article, tables: Sequence[SuppressTable]) -> list[_Entry]:
    index = _cache.get(id(tables))
    if index is None:
        index = _cache[id(tables)] = _Tables(tables)
    entries = []
    for table in index.of(article):
        key = "id" if table.id is not None else "url" if table.url is not None else "path"
        where = f"suppress table for {key} {getattr(table, key)!r}"
        # A glob or a folder may well match files that have nothing to silence.
        reported = key != "path" or article.path.endswith((table.path or "").lstrip("/"))
        for name in table.rules or ["ALL"]:
            what = f"{name} in the {where}" if table.rules else where
            entries.append(_Entry(name, 1, _ENDLESS, None, what, named=bool(table.rules), reported=reported))
    return entries
