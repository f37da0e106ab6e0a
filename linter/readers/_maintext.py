"""Which blocks of a page are its article: labels by an extractor that is kept up, trafilatura.

The extractor only labels: what it returns is laid over the blocks of our own reading, and thrown away. A page that it
fails on, or finds little in, has no labels, and all of it counts.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from linter.model import Article, Block, Link, OffsetMap
from linter.source import PLACEHOLDER

# The extractor takes more than linear time on very many tags: these limits keep it under a second.
_MOST_LENGTH, _MOST_TAGS = 4 << 20, 40_000
_LEAST = 250  # characters without blanks: less is no article that was found
_LONG = 32  # characters without blanks by which a block is known anywhere
_GAP = 200  # characters that the extractor may have between two short blocks that follow each other
_MOST_SEARCHED = 1 << 27  # characters gone through for blocks that stand elsewhere, or nowhere
_OWN = 0.5  # of the text of an element: so much was kept of one that is the article's
_POINTER, _SHORT_POINTER = 0.7, 0.4  # of a paragraph inside links: it points to another page, and says nothing itself
_WHOLLY = 0.95  # of an item of a list: a list may well be of things that have links
_SHORT, _LABEL = 10, 4  # words of a line without a final stop, and of one before a colon
_LINKED = 0.6  # of a block inside links: a teaser, a tag, a button


@cache
def available() -> bool:
    """Is the extractor installed, and all that it needs?"""
    try:
        import trafilatura  # noqa: F401
    except ImportError:
        return False
    return True


def labels(
    source: str,
    text: str,
    blocks: Sequence[Block],
    containers: Sequence[int],
    links: Sequence[Link],
    extract: Callable[[str], str] | None = None,
) -> list[bool] | None:
    """For every block of a page: is it of the article? None where nobody can say.

    `containers` are the numbers of the elements that the blocks stand in. `extract` gives the article's text of a page.
    """
    if len(source) > _MOST_LENGTH or source.count("<") > _MOST_TAGS:
        return None
    extracted = _squashed((extract or _extracted)(source))
    if len(extracted) < _LEAST:
        return None
    squashed = [_squashed(text[block.start : block.end]) for block in blocks]
    kept = _kept(squashed, extracted)
    if kept is None:
        return None
    dropped = _drop_copies(kept, squashed, blocks, extracted)
    if sum(len(part) for part, is_kept in zip(squashed, kept, strict=True) if is_kept) < _LEAST:
        return None
    smoothed = _smoothed(kept, text, squashed, blocks, containers, links)
    return [label and number not in dropped for number, label in enumerate(smoothed)]


def _extracted(source: str) -> str:
    """What the extractor takes for the article; nothing where it fails."""
    import trafilatura

    logger = logging.getLogger("trafilatura")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # or it tells of every odd page on stderr
    try:
        return trafilatura.extract(source, fast=True, include_comments=False, include_tables=True) or ""
    except Exception:  # whatever it is, the page can be linted without labels
        return ""


def _squashed(text: str) -> str:
    return "".join(text.replace(PLACEHOLDER, "").split()).lower()


def _kept(squashed: Sequence[str], extracted: str) -> list[bool] | None:
    """The blocks that occur in the extracted text: long ones anywhere, short ones in their place between those.

    None where finding out takes too long.
    """
    kept = [False] * len(squashed)
    anchors = [(-1, 0, 0)]  # block, and where it stands in the extracted text
    position, budget = 0, _MOST_SEARCHED
    for number, part in enumerate(squashed):
        if len(part) < _LONG:
            continue
        at = extracted.find(part, position, position + len(part) + 4000)
        if at < 0:
            budget -= len(extracted)
            if budget < 0:
                return None
            at = extracted.find(part)
        if at >= 0:
            kept[number] = True
            if at >= position:
                position = at + len(part)
                anchors.append((number, at, position))
    anchors.append((len(squashed), len(extracted), len(extracted)))
    for (before, _, position), (after, stop, _) in pairwise(anchors):
        for number in range(before + 1, after):
            part = squashed[number]
            if part and not kept[number]:
                at = extracted.find(part, position, min(stop, position + _GAP + len(part)))
                if at >= 0:
                    kept[number], position = True, at + len(part)
    return kept


def _drop_copies(kept: list[bool], squashed: Sequence[str], blocks: Sequence[Block], extracted: str) -> set[int]:
    """Of equal long blocks keep as many as the extractor has: a headline stands in breadcrumbs and teasers as well.

    Returns those that were dropped.
    """
    dropped: set[int] = set()
    copies: dict[str, list[int]] = {}
    for number, part in enumerate(squashed):
        if kept[number] and len(part) >= _LONG:
            copies.setdefault(part, []).append(number)
    searched = 0
    for part, numbers in copies.items():
        if len(numbers) > 1 and searched < _MOST_SEARCHED:
            searched += len(extracted)
            numbers.sort(key=lambda number: (blocks[number].form != "heading", number))
            for number in numbers[max(extracted.count(part), 1) :]:
                kept[number] = False
                dropped.add(number)
    return dropped


def _smoothed(
    kept: Sequence[bool],
    text: str,
    squashed: Sequence[str],
    blocks: Sequence[Block],
    containers: Sequence[int],
    links: Sequence[Link],
) -> list[bool]:
    """The labels with what was dropped out of the article's own elements put back.

    The extractor leaves out paragraphs because of a word in them. Where it kept most of what stands in an element
    (and not in one inside it), the rest of that belongs to it, links aside.
    """
    whole: Counter[int] = Counter()
    own: Counter[int] = Counter()
    for container, part, is_kept in zip(containers, squashed, kept, strict=True):
        whole[container] += len(part)
        own[container] += len(part) * is_kept
    linked = _linked(blocks, links)
    points = [_points(text, block, share) for block, share in zip(blocks, linked, strict=True)]
    found = []
    for number, (block, container, is_kept) in enumerate(zip(blocks, containers, kept, strict=True)):
        owned = own[container] > _OWN * whole[container] and linked[number] <= _LINKED
        label = number + 1 < len(blocks) and points[number + 1] and _is_label(text[block.start : block.end])
        found.append((is_kept or owned) and not (points[number] or label))
    return found


def _is_label(line: str) -> bool:
    """Is it the heading of links that follow: "Read more:"?"""
    return line.endswith(":") and len(line.split()) <= _LABEL


def _points(text: str, block: Block, share: float) -> bool:
    """Is a block no part of the article, but a pointer to something else: a link, or little beside it?"""
    if block.form == "list":
        return share > _WHOLLY
    if block.form != "paragraph" or share <= _SHORT_POINTER:
        return False
    line = text[block.start : block.end]
    return share > _POINTER or (len(line.split()) <= _SHORT and line[-1] not in '.!?…"”)')


def _linked(blocks: Sequence[Block], links: Sequence[Link]) -> list[float]:
    """For every block: how much of it is inside links, from 0 to 1."""
    number, found = 0, []
    for block in blocks:
        inside = 0
        while number < len(links) and links[number].end <= block.start:
            number += 1
        last = number
        while last < len(links) and links[last].start < block.end:
            inside += min(links[last].end, block.end) - max(links[last].start, block.start)
            last += 1
        found.append(inside / max(block.end - block.start, 1))
    return found


def part(article: Article, wanted: Sequence[bool]) -> tuple[str, OffsetMap, list[Block]]:
    """The text of some blocks of an article, one bool for each block, with its map over the same source.

    Blocks that followed each other stand as they did; others are parted by a blank line.
    """
    assert article.offsets is not None
    assert article.blocks is not None
    old, text, blocks = article.offsets, article.text, article.blocks
    texts: list[str] = []
    starts: list[int] = []
    source_starts: list[int] = []
    source_ends: list[int] = []
    found: list[Block] = []
    length = 0
    for number, block in enumerate(blocks):
        if not wanted[number]:
            continue
        if found:
            between = text[blocks[number - 1].end : block.start] if wanted[number - 1] else "\n\n"
            texts.append(between)
            starts.append(length)
            source_starts.append(source_ends[-1])
            source_ends.append(source_ends[-1])
            length += len(between)
        first, last = (bisect_left(old.text_starts, at) for at in (block.start, block.end))
        moved = length - block.start
        texts.append(text[block.start : block.end])
        starts += [start + moved for start in old.text_starts[first:last]]
        source_starts += old.source_starts[first:last]
        source_ends += old.source_ends[first:last]
        length += block.end - block.start
        found.append(Block(block.start + moved, block.end + moved, block.form))
    return "".join(texts), OffsetMap([*starts, length], source_starts, source_ends), found
