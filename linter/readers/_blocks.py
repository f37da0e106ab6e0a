"""The block part of Markdown: markdown-it finds the blocks, and their lines are traced back into the source."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from linter.model import Form
from linter.readers._inline import Inline, Source
from linter.readers._lines import LineWriter
from linter.readers._markup import Forms, MarkupText

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_CONTAINER = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
# A footnote, or the definition of a link: on a line of its own, even right below a paragraph.
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_DEFINITION = re.compile(r"\[(?:\^[^\]\s]+\]:|[^\]\n]+\]:[ \t]*<?(?:[a-z]+:|[/#.])\S*[ \t]*(?:[\"'(].*)?$)")
_CLOSING_HASHES = re.compile(r"(?:^|(?<=[ \t]))#+[ \t]*$")


class BlockText:
    """Writes the prose of `text`, a Markdown source after masking that is as long as the `source`."""

    def __init__(self, source: str, text: str, *, mdx: bool = False) -> None:
        self.writer = LineWriter(source)
        self.opens_with_heading = False
        self._source = source
        self._text = text
        self._mdx = mdx
        self._forms = Forms()
        self._starts = [0]
        self._starts += [match.end() for match in re.finditer("\n", text)]
        self._starts.append(len(text) + 1)
        self._references: dict[str, Any] = {}
        self._open = {"bullet_list": 0, "ordered_list": 0, "blockquote": 0, "table": 0, "heading": 0}
        self._group: int | None = None
        self._groups = 0

    def write(self) -> None:
        """Write every block."""
        parser = _parser(self._mdx)
        env: dict[str, Any] = {}
        tokens: list[Token] = []
        parser.block.parse(self._text, parser, env, tokens)
        self._references = env.get("references", {})
        first = next((token for token in tokens if token.type in ("inline", "heading_open", "html_block")), None)
        self.opens_with_heading = first is not None and first.type == "heading_open" and first.tag == "h1"
        for token in tokens:
            kind = token.type
            if kind == "inline":
                if token.map and not self._open["table"]:
                    self._paragraph(token.content, token.map[0])
            elif kind == "tr_open" and token.map:
                self._row(token.map[0])
            elif kind == "html_block" and token.map:
                self._html(token.map[0], token.content)
            elif token.nesting:
                self._step(kind, token.nesting)

    def _step(self, kind: str, nesting: int) -> None:
        name = kind.removesuffix("_open").removesuffix("_close")
        if name not in self._open:
            return
        self._open[name] += nesting
        if self._open["bullet_list"] or self._open["ordered_list"] or self._open["table"]:
            if self._group is None:
                self._groups += 1
                self._group = self._groups
        else:
            self._group = None

    def _form(self) -> Form:
        if self._open["heading"]:
            return "heading"
        if self._open["blockquote"]:
            return "quotation"
        if self._open["table"]:
            return "table"
        return "list" if self._open["bullet_list"] or self._open["ordered_list"] else self._forms.form()

    def _paragraph(self, content: str, first: int) -> None:
        """Trace every line of a paragraph: what markdown-it gives is the end of a source line, edges trimmed."""
        lines = [line.strip() for line in content.split("\n")]
        while not self._kept(first, lines[0]).endswith(lines[0]):
            first += 1  # it also trims lines of no-break spaces
        starts, bases, hard = [], [], []
        at = 0
        for number, line in enumerate(lines, first):
            start, end = self._line(number)
            kept = self._kept(number, line)
            starts.append(at)
            bases.append(start + len(kept) - len(line))
            blanks = end - start - len(kept) - self._source.startswith("\r", end - 1)
            hard.append(blanks >= 2)
            at += len(line) + 1
        self._inline(Source("\n".join(lines), starts, bases, hard))
        self.writer.end(self._form(), self._group or self._forms.group)

    def _kept(self, number: int, line: str) -> str:
        """A source line up to the end of `line` in it: without trailing space, and a heading's closing hashes."""
        kept = self._text[slice(*self._line(number))].rstrip()
        if self._open["heading"] and not kept.endswith(line):
            kept = _CLOSING_HASHES.sub("", kept).rstrip()
        return kept

    def _row(self, number: int) -> None:
        """One row of a table: its cells are the parts between the pipes of the line."""
        start, end = self._line(number)
        line = self._text[start:end].rstrip()
        at = _CONTAINER.match(line).end()  # type: ignore[union-attr]
        if line.startswith("|", at):
            at += 1
        bounds = [match.end() for match in _PIPE.finditer(line, at)]
        if not bounds or bounds[-1] < len(line):
            bounds.append(len(line) + 1)
        for bound in bounds:
            self.writer.part(start + at, start + at)
            cell = line[at : bound - 1]
            base = start + at + len(cell) - len(cell.lstrip())
            self._inline(Source(cell.strip(), [0], [base], [False]))
            at = bound
        self.writer.end("table", self._group)

    def _inline(self, source: Source) -> None:
        if source.content:
            Inline(source, self._references, self.writer, self._form(), self._group).write()

    def _html(self, first: int, content: str) -> None:
        """A block of HTML; inside a quotation the marks of the container are blanked out."""
        lines = content.removesuffix("\n").split("\n")
        start, _ = self._line(first)
        pieces = []
        for number, line in enumerate(lines, first):
            whole = self._text[slice(*self._line(number))]
            kept = line.lstrip()
            pieces.append(" " * (len(whole) - len(kept)) + kept if whole.endswith(kept) else whole)
        MarkupText("\n".join(pieces), start, self.writer, self._forms).write()

    def _line(self, number: int) -> tuple[int, int]:
        return self._starts[number], self._starts[number + 1] - 1


@cache
def _parser(mdx: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.block.ruler.before("reference", "definition", _definition, {"alt": ["paragraph"]})
    return parser.disable("code") if mdx else parser


def _definition(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A rule of markdown-it: a definition ends a paragraph, and a footnote is one, not the definition of a link."""
    from markdown_it.rules_block import paragraph

    start, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if not state.src.startswith("[", start):
        return False
    if silent:
        return bool(_DEFINITION.match(state.src, start, end))
    return bool(_FOOTNOTE.match(state.src, start, end)) and paragraph(state, first, last, silent)
