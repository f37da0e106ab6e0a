"""Is what is left of a Markdown source, once lines of it are gone, made of the same blocks as before?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from linter.edits import Edit
from linter.fixing.sourcelines import SourceLines
from linter.model import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class MarkdownBlocks:
    """The blocks of a source."""

    def __init__(self, source: str) -> None:
        self._lines = SourceLines(source)
        self._tokens, self._references = _parsed(source)

    def become(self, new: str, edits: Sequence[Edit]) -> bool:
        """Do the blocks of `new` come from these by `edits` alone: whole ones gone, and other words within some?

        No list, quotation or definition of a link has become another one, or been torn.
        """
        gone, touched = _lines_of(edits, self._lines)
        kept = list(_kept(self._tokens, gone, self._lines))
        tokens, references = _parsed(new)
        return (
            len(kept) == len(tokens)
            and _without(self._references, gone) == _without(references, set())
            and all(_same(one, other, touched, gone) for one, other in zip(kept, tokens, strict=True))
        )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _parsed(source: str) -> tuple[list[Token], dict[str, Any]]:
    env: dict[str, Any] = {}
    tokens: list[Token] = []
    parser = _parser()
    text = "".join(source[line.start : line.end].rstrip("\r\n") + "\n" for line in SourceLines(source).starts)
    parser.block.parse(text, parser, env, tokens)
    return tokens, env.get("references", {})


def _lines_of(edits: Sequence[Edit], lines: SourceLines) -> tuple[set[int], set[int]]:
    """The lines of the old source that are gone, and those that hold other words."""
    gone: set[int] = set()
    touched: set[int] = set()
    for edit in edits:
        numbers = lines.numbers(Span(edit.start, max(edit.end, edit.start + 1)))
        whole = lines.span(numbers) if numbers else None
        if not edit.new and whole is not None and whole.start >= edit.start and whole.end == edit.end:
            gone.update(numbers)
        else:
            touched.update(numbers)
    return gone, touched


def _kept(tokens: Sequence[Token], gone: set[int], lines: SourceLines) -> Iterator[Token]:
    """The tokens without those of which every line is gone, with what closes them."""
    opened: list[bool] = []
    for token in tokens:
        if token.nesting < 0:
            is_gone = opened.pop()
        else:
            span = token.map
            said = [n for n in range(*span) if not lines.is_blank(n)] if span else []
            is_gone = bool(said) and gone.issuperset(said)
            if token.type == "inline" and not said:
                is_gone = bool(opened) and opened[-1]
            if token.nesting > 0:
                opened.append(is_gone)
        if not is_gone:
            yield token


def _same(one: Token, other: Token, touched: set[int], gone: set[int]) -> bool:
    told = [(t.type, t.tag, t.markup, t.hidden, t.info, t.attrs, t.level) for t in (one, other)]
    if told[0] != told[1]:
        return False
    if one.content == other.content:
        return True
    lines = range(*one.map) if one.map is not None else ()
    return not touched.isdisjoint(lines) or (one.type == "inline" and not gone.isdisjoint(lines))


def _without(references: dict[str, Any], gone: set[int]) -> dict[str, tuple[str, str]]:
    """Labels of links and where they lead, those aside that are defined on lines that are gone."""
    return {
        label: (target["href"], target["title"])
        for label, target in references.items()
        if not (target.get("map") and gone.issuperset(range(*target["map"])))
    }
