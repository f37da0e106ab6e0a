"""Where in a source a comment that silences a rule may go, and what it looks like there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from linter.edits import Edit
from linter.model import Article
from linter.source import LineIndex
from linter.suppress import COMMENT, REASON

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")  # of a heading
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}$")  # of a heading, a paragraph: they stand at the end of its line
_ROW_END = re.compile(r"[ \t]*(?<!\\)\|$")
_BREAK = re.compile("\r\n|\n|\r")
_BLANKS = " \t\r\n\x0b\x0c"


class Commenting:
    """The places for comments in the source of one article. `places_of` and `file_places` give edits that insert them.

    Lines are those of `LineIndex`, from 1. What an edit inserts is complete but for the rules: `written` puts their IDs
    in the place of `SLOT`.
    """

    SLOT = "\ufdd2"  # a noncharacter: in no text

    def __init__(self, article: Article) -> None:
        self._source = article.source
        self._lines = LineIndex(article.source)
        self._markdown = article.profile == "markdown"
        mdx = self._markdown and article.path.lower().endswith(".mdx")
        self._marks = ("{/*", "*/}") if mdx else ("<!--", "-->")
        found = _BREAK.search(self._source)
        self._break = found.group() if found else "\n"
        offsets = article.offsets
        self._text_start = offsets.source_starts[0] if offsets and offsets.source_starts else 0
        self._line_comments, self._file_comments = self._existing()

    def places_of(self, line: int) -> list[Edit]:
        """The places of a comment that silences on one line, the best first."""
        start, end, content = self._line(line)
        found = []
        if line in self._line_comments:
            found.append(self._line_comments[line])
        above = self._above(start, content)
        if self._markdown and self._is_heading(end, content):  # its anchor is made of all that stands on its line
            return [*found, above]
        at = start + len(content)
        if content.endswith("\\"):
            at -= 1
        if self._markdown and content.lstrip().startswith("|"):
            row = _ROW_END.search(content)
            at = start + row.start() if row else at
        if not (self._markdown and _ATTRIBUTES.search(content)):
            comment = self._comment("disable-line")
            found += [Edit(at, at, f" {comment}"), Edit(at, at, comment)]
        if not self._markdown or self._begins_block(line, content):
            found.append(above)
        return found

    def is_blank(self, line: int) -> bool:
        """Does nothing stand on a line?"""
        return not self._line(line)[2]

    def file_places(self) -> list[Edit]:
        """The places of a comment that silences in the whole file, the best first."""
        comment = self._comment("disable-file")
        source, new = self._source, self._break
        bare = source.rstrip(_BLANKS)
        ending = source[len(bare) :]
        breaks = _BREAK.findall(ending)
        if not bare:
            end = Edit(len(source), len(source), comment + new)
        elif not breaks:
            end = Edit(len(source), len(source), f"{new}{new if self._markdown else ''}{comment}")
        else:
            gap = new if len(breaks) == 1 and self._markdown else ""
            end = Edit(len(source), len(source), f"{gap}{comment}{new}")
        line = self._lines.position(self._text_start)[0]
        top = self._line(line)[0]
        return [*self._file_comments, end, Edit(top, top, f"{comment}{new}{new}")]

    def _existing(self) -> tuple[dict[int, Edit], list[Edit]]:
        """The edits that add a rule to comments that are there: by line, and to those for the file, the last first."""
        lines: dict[int, Edit] = {}
        files: list[Edit] = []
        for comment in COMMENT.finditer(self._source):
            names = comment["names"]
            reason = REASON.search(names)
            named = names[: reason.start()] if reason else names
            if not named.strip():
                continue  # all rules
            at = comment.start("names") + len(named.rstrip())
            edit = Edit(at, at, f" {self.SLOT}")
            if comment["verb"] == "disable-file":
                files.insert(0, edit)
            elif comment["verb"] == "disable-line":
                lines[self._lines.position(comment.start())[0]] = edit
            elif comment["verb"] == "disable-next-line" and (line := self._next_line(comment.end())):
                lines.setdefault(line, edit)
        return lines, files

    def _next_line(self, at: int) -> int | None:
        """The first line below that of `at` that isn't blank."""
        begin = self._lines.line_span(self._lines.position(at)[0]).end
        found = re.compile(r"\S").search(self._source, begin)
        return self._lines.position(found.start())[0] if found else None

    def _comment(self, verb: str) -> str:
        return f"{self._marks[0]} newslint-{verb} {self.SLOT} {self._marks[1]}"

    def _line(self, line: int) -> tuple[int, int, str]:
        """Where a line starts and ends, its break included, and what stands on it without blanks at its end."""
        start, end = self._lines.line_span(line)
        return start, min(end, len(self._source)), self._source[start:end].rstrip(_BLANKS)

    def _above(self, start: int, content: str) -> Edit:
        """A comment for the next line, on a line of its own; in Markdown between blank lines."""
        indent = content[: len(content) - len(content.lstrip())]
        comment = self._comment("disable-next-line")
        if not self._markdown:
            return Edit(start, start, f"{indent}{comment}{self._break}")
        before = self._source[:start]
        blank = not before.strip(_BLANKS) or len(_BREAK.findall(before[len(before.rstrip(_BLANKS)) :])) > 1
        return Edit(start, start, f"{'' if blank else self._break}{comment}{self._break}{self._break}")

    def _is_heading(self, end: int, content: str) -> bool:
        """Is a line of Markdown a heading, or may it be one, underlined?"""
        following = self._line(self._lines.position(end)[0])[2] if end < len(self._source) else ""
        return bool(_HEADING.match(content) or (content and _UNDERLINE.match(following)))

    def _begins_block(self, line: int, content: str) -> bool:
        """Does a line of Markdown stand at the margin, below a blank one?"""
        return content[:1].strip() != "" and (line == 1 or not self._line(line - 1)[2])


def written(edit: Edit, rules: Iterable[str]) -> Edit:
    """An edit of `Commenting` with the IDs of the rules in it."""
    return edit._replace(new=edit.new.replace(Commenting.SLOT, " ".join(rules)))


def probing(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Edits that put a word in the place of each comment, for whoever wants to see what becomes of it: `probe(n)`.

    Edits that add to a comment that is there are left out.
    """
    for number, edit in enumerate(edits):
        if not edit.new.strip().startswith(Commenting.SLOT):
            word = re.sub(r"(?:<!--|\{/\*).*(?:-->|\*/\})", probe(number), edit.new)
            yield edit._replace(new=word if word[:1].isspace() else f" {word}")


def probe(number: int) -> str:
    """A word that is in no text."""
    return f"newslintprobe{number}x"
