"""The records that the formats hold: made of fixtures, or those of the evaluation data."""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from linter.wordcodes import CLASSES, word_codes

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rewritten" / "articles.jsonl"


class Row(msgspec.Struct, frozen=True):
    """A record of the corpus; `residue` are the lines of its page that are not of the article, where that is known."""

    id: str
    url: str
    title: str
    text: str
    author: str | None = None
    date: str | None = None
    page: str = ""
    residue: list[str] = []


class UsageError(Exception):
    """What is wrong with the options or the data, in one line."""


_TOKEN = re.compile(r"[A-Za-z][A-Za-z]+|\d+")
_SWAPPED = 0.35  # of the nouns and adjectives
_ONSETS, _RIMES = (
    "b br c ch d dr f g gr h k l m n p r s st t th tr v w".split(),
    "al an ar el en er il in or os ul".split(),
)
_MENU = (
    "Home World Politics Business Science Health Sport Arts Books Travel Food Weather Video Podcasts Letters Obituaries"
).split()
_FOOT = (
    "About this paper", "Terms of use", "How we handle your data", "Work with us", "Write to the newsroom",
    "All rights reserved by the publisher", "We use cookies to remember what you have read",
    "Sign up for our morning newsletter",
)  # fmt: skip
_LAYOUTS = ("article", 'div class="story-body"', 'div id="content"')


def made(count: int) -> Iterator[Row]:
    """The corpus of the fixtures; record n is the same whatever the count."""
    given = [json.loads(line) for line in FIXTURES.read_text("utf-8").splitlines()]
    swaps = _alike(" ".join(row["clean_text"] for row in given))
    for number in range(count):
        rng = random.Random(number)
        one, two, *others = rng.sample(given, 8)
        kind = "clean_" if number % 3 else ""
        vary = partial(_varied, rng=rng, swaps=swaps, known={})
        title, text = vary(one[f"{kind}title"]), vary(f"{one[f'{kind}text']}\n\n{two['clean_text']}")
        teasers = [_varied(teaser["clean_title"], rng, swaps, {}) for teaser in others]
        row = Row(
            id=f"r{number:06}", url=f"https://news{number % 40}.example/{2020 + number % 6}/{number}", title=title,
            text=text, author=f"{_name(rng)} {_name(rng)}", date=f"2026-0{1 + number % 9}-{10 + number % 19}",
        )  # fmt: skip
        yield _paged(row, rng, teasers)


def _alike(text: str) -> dict[str, list[str]]:
    """Each noun and adjective of a text -> those that can stand in its place: same classes, same "a" or "an"."""
    table, groups = word_codes(), defaultdict[tuple[Any, ...], list[str]](list)
    ranges = {name: table.of_class(name) for name in CLASSES}
    for word in sorted(set(re.findall(r"\b[a-gi-z][a-z]{3,}\b", text))):
        code = ord(table[word])
        kinds = [name for name, found in ranges.items() if any(first <= code <= last for first, last in found)]
        if kinds and set(kinds) <= {"singular", "plural", "adjective", "countable"}:
            groups[*kinds, word[0] in "aeiou"].append(word)
    return {word: group for group in groups.values() for word in group}


def _varied(text: str, rng: random.Random, swaps: dict[str, list[str]], known: dict[str, str]) -> str:
    """A text with other names, numbers, nouns and adjectives; `known` are those that were given in it before."""
    codes = word_codes()

    def other(match: re.Match[str]) -> str:
        token = match[0]
        if token not in known:
            known[token] = token
            if token.isdigit() and codes[token] != "Y":
                known[token] = str(rng.randrange(10 ** (len(token) - 1), 10 ** len(token)))
            elif codes[token] == "X":
                known[token] = _name(rng)
            elif token in swaps and rng.random() < _SWAPPED:
                known[token] = rng.choice(swaps[token])
        return known[token]

    return _TOKEN.sub(other, text)


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_RIMES) for _ in range(rng.choice((2, 2, 3)))).capitalize()


def _paged(row: Row, rng: random.Random, teasers: list[str]) -> Row:
    """A record with its page."""
    layout = _LAYOUTS[rng.randrange(len(_LAYOUTS))]
    script = "".join(
        f"window.slots.push({{id:{rng.randrange(10**9)},name:'{_name(rng)}',sizes:[[300,{rng.randrange(600)}]]}});\n"
        for _ in range(320)
    )
    style = "".join(f".{_name(rng)}-{n}{{margin:{rng.randrange(40)}px;color:#{n:06x}}}\n" for n in range(220))
    links = "".join(f'<li class="menu-item"><a href="/section/{n}">{word}</a></li>\n' for n, word in enumerate(_MENU))
    cards = "".join(f'<div class="card"><a href="/{n}"><h3>{t}</h3></a></div>\n' for n, t in enumerate(teasers))
    foot = "".join(f'<li><a href="/about/{n}">{words}</a></li>\n' for n, words in enumerate(_FOOT))
    title = html.escape(row.title)
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="og:title" content="{title}"><meta name="author" content="{row.author}">\n'
        f'<meta property="article:published_time" content="{row.date}"><link rel="canonical" href="{row.url}">\n'
        f"<style>{style}</style><script>{script}</script></head>\n<body><header><nav><ul>{links}</ul></nav></header>\n"
        f"<{layout}><h1>{title}</h1>\n{paragraphs(row.text)}</{layout.split(' ')[0]}>\n"
        f'<aside class="related"><h2>More from this section</h2>{cards}</aside>\n'
        f"<footer><ul>{foot}</ul></footer><script>{script[: len(script) // 4]}</script></body></html>\n"
    )
    return msgspec.structs.replace(row, page=page, residue=[*teasers, *_FOOT, "More from this section"])


def paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in text.splitlines() if line.strip())


class GivenText(msgspec.Struct):
    """A line of clean_articles.jsonl.gz."""

    id: str
    url: str
    title: str
    text: str


class GivenPage(msgspec.Struct):
    """A line of html_pages.jsonl.gz; the gold text is "full" where people made it."""

    id: str
    url: str
    html: str
    gold_text: str
    gold_kind: str
    residue_lines: list[str]


def given_texts(folder: Path) -> Iterator[Row]:
    """The records of the evaluation data. Raises UsageError."""
    for row in _given(folder / "clean_articles.jsonl.gz", GivenText):
        yield Row(id=row.id, url=row.url, title=row.title, text=row.text)


def given_pages(folder: Path) -> Iterator[Row]:
    """The pages of the evaluation data, with their gold text where it and the residue are known. Raises UsageError."""
    for row in _given(folder / "html_pages.jsonl.gz", GivenPage):
        gold = row.gold_text if row.gold_kind == "full" and row.residue_lines else ""
        residue = row.residue_lines if gold else []
        yield Row(id=row.id, url=row.url, title="", text=gold, page=row.html, residue=residue)


Line = TypeVar("Line")


def _given(path: Path, kind: type[Line]) -> Iterator[Line]:
    decoder, number = msgspec.json.Decoder(kind), 0
    try:
        with gzip.open(path) as lines:
            for line in lines:
                number += 1
                yield decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}, line {number}: {error}") from None
    except (OSError, EOFError, zlib.error) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"{path}: {reason}; expected a gzipped file of JSON lines") from None
    if not number:
        raise UsageError(f"{path}: empty; expected a gzipped file of JSON lines")


class Corpus(NamedTuple):
    """The records on the disk, so that few are in memory; `texts` and `pages` are one file where both are made."""

    folder: Path
    texts: Path
    pages: Path


def corpus(folder: Path, data: Path | None, count: int) -> Corpus:
    """Write the corpus into an empty folder. Raises UsageError."""

    def kept(name: str, rows: Iterable[Row]) -> Path:
        path = folder / name
        with path.open("wb") as out:
            out.writelines(msgspec.json.encode(row) + b"\n" for row in islice(rows, count))
        return path

    if data is None:
        rows = kept("rows", made(count))
        return Corpus(folder, rows, rows)
    return Corpus(folder, kept("texts", given_texts(data)), kept("pages", given_pages(data)))


def rows_of(path: Path) -> Iterator[Row]:
    """The records that `corpus` wrote."""
    decoder = msgspec.json.Decoder(Row)
    with path.open("rb") as lines:
        yield from map(decoder.decode, lines)
