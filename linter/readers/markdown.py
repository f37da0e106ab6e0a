"""Markdown posts: prose line by line, without front matter, code, templates and the marks of the markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from linter.model import Article
from linter.readers.inputs import ReadOptions, read_whole
from linter.source import unify_breaks

SUFFIXES = (".md", ".markdown", ".mdx")
WHOLE = True


def read(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Article]:
    """The article in a Markdown file."""
    return read_whole(stream, path, options, parse)


def parse(source: str, path: str = "-") -> Article:
    """The article in a decoded Markdown source, with exact offsets; in .mdx, JSX and expressions are masked as well."""
    from linter.readers import _frontmatter, _masking
    from linter.readers._blocks import BlockText

    mdx = path.lower().endswith(".mdx")
    text = unify_breaks(source).replace("\r\n", " \n")  # as long as the source
    front = _frontmatter.find(text)
    if front:
        text = _masking.blank(text, front.end)
    blocks = BlockText(source, _masking.mask(text, mdx=mdx), mdx=mdx)
    blocks.write()
    extracted, offsets, lines = blocks.writer.build()
    article = Article(text=extracted, source=source, profile="markdown", offsets=offsets, blocks=lines, path=path)
    if front:
        _frontmatter.fill(article, front.values)
    if article.title is None and blocks.opens_with_heading and lines and lines[0].form == "heading":
        article.title = extracted[lines[0].start : lines[0].end]
    return article
