"""What holds for every article that a reader makes."""

from linter.model import Article
from linter.readers import article_from_text
from linter.source import PLACEHOLDER, source_span


def lines(article: Article) -> list[tuple[str, str]]:
    """(form, text) of every line, after a check that the blocks are the lines and the map is sound."""
    check_map(article)
    assert article.blocks is not None
    found = [article.text[block.start : block.end] for block in article.blocks]
    assert found == [line for line in article.text.split("\n") if line]
    assert all(line == line.strip() for line in found)
    return [(block.form, line) for block, line in zip(article.blocks, found, strict=True)]


def check_map(article: Article) -> None:
    """The map covers the text, rises, and what it says was copied equals its source."""
    offsets, text, source = article.offsets, article.text, article.source
    assert offsets is not None
    starts = offsets.text_starts
    assert len(starts) == len(offsets.source_starts) + 1 == len(offsets.source_ends) + 1
    assert starts[0] == 0
    assert starts[-1] == len(text)
    last = 0
    for number, (start, end) in enumerate(zip(offsets.source_starts, offsets.source_ends, strict=True)):
        piece = text[starts[number] : starts[number + 1]]
        assert piece
        assert last <= start <= end <= len(source)
        last = end
        if end - start == len(piece) and piece not in (" ", PLACEHOLDER):
            assert piece == source[start:end]


def source_of(article: Article, words: str) -> str:
    """The source of the one place in the text where `words` stand."""
    assert article.text.count(words) == 1
    at = article.text.index(words)
    return article.source[slice(*source_span(article.offsets, at, at + len(words)))]


def markdown(source: str, path: str = "post.md") -> list[tuple[str, str]]:
    return lines(article_from_text(source, "markdown", path=path))


def html(source: str) -> list[tuple[str, str]]:
    return lines(article_from_text(source, "html"))
