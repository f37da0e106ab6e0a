"""STR009, STR010, STR012: figures about an article as a whole. What they say has no place in the text.

The limits are those of filters of training data (Gopher 2112.11446 and others); words are runs between white space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from math import log2
from typing import Any

from linter.analysis import Analysis, Line
from linter.model import Hit
from linter.words import STOP_WORDS

_LEAST_WORDS, _LEAST_TOTAL, _NORMAL = 50, 100, 200
_DIGITS, _BRACKETS, _ADDRESSES = 0.15, 0.1, 0.2
_URL, _BRACKET = re.compile(r"(?:https?://|www\.)\S+"), "()[]{}"
_ROW_WORDS = 20
_STRIDES = 16, 4  # every so manieth word or sign is in the samples that settle most texts
_MEAN, _ALPHABETIC, _STOP_WORDS, _UNIQUE, _ENTROPY, _CAPITALS = (3.0, 10.0), 0.8, 2, 0.15, 4.0, 0.3
_LEAST_SENTENCES, _LONG = 3, 200
_MOST_WORDS = 50_000
_NO_LETTERS = bytes(n for n in range(128) if not chr(n).isalpha() and not chr(n).isspace())
_NO_LETTERS_NOR_SPACE = bytes(n for n in range(128) if not chr(n).isalpha())
_UPPER = bytes(range(ord("A"), ord("Z") + 1))
_WORDED = bytes(ord(" ") if n < 128 and chr(n).isspace() else ord("x") for n in range(256))
_FIGURE, _STOP = re.compile(r"\d"), re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|\Z)")


def symbols(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield one hit where figures, addresses or brackets are much of the text; tables of figures are none."""
    text = analysis.text
    if analysis.is_beside or analysis.words < _LEAST_WORDS:
        return
    sample = text[:: _STRIDES[0]].encode()
    marks = len(sample) - len(sample.translate(None, b"0123456789()[]{}"))
    if 3 * marks < min(_DIGITS, 2 * _BRACKETS) * len(sample) and ("/" not in text or "://" not in text):
        return  # a third of a limit, in a sample, is far from it
    lines = [line for line in analysis.lines if not _is_row(analysis, line)]
    parts = ["".join(text[line.start : line.end].split()) for line in lines]
    size = sum(map(len, parts))
    if sum(len(analysis.line_words(line)) for line in lines) < _LEAST_WORDS:
        return
    shares = {
        "figures": (sum(map(str.isdigit, "".join(parts))), _DIGITS),
        "addresses": (sum(len(url) for line in lines for url in _URL.findall(text, line.start, line.end)), _ADDRESSES),
        "brackets": (sum(part.count(sign) for part in parts for sign in _BRACKET), _BRACKETS),
    }
    found = [
        f"{what} {count / size:.2f} (at most {most:g})" for what, (count, most) in shares.items() if count > most * size
    ]
    if found:
        yield Hit(0, 0, values={"shares": "; ".join(found)})


def _is_row(analysis: Analysis, line: Line) -> bool:
    """A row of a table: cells, results, prices."""
    words = analysis.line_words(line)
    if analysis.form(line) == "table":
        return True
    return len(words) <= _ROW_WORDS and 3 * sum(map(bool, map(_FIGURE.search, words))) >= len(words)


def length(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield one hit for a text that is too short for statistics, for a score, or for a sure one."""
    words = analysis.words
    if words >= _NORMAL or not words or analysis.is_beside:
        return
    if words < _LEAST_WORDS:
        tag, what = "no-statistics", "nothing is counted on less than 50"
    elif words < _LEAST_TOTAL:
        tag, what = "no-total", "no score under 100"
    else:
        tag, what = "low-confidence", "the score is of low confidence under 200"
    yield Hit(0, 0, (tag,), values={"words": str(words), "consequence": what})


def statistics(analysis: Analysis, options: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield one hit that names the figures out of bounds, and the bounds."""
    if analysis.words < _LEAST_WORDS or analysis.is_beside:
        return
    if any(_is_usual(analysis, stride) for stride in _STRIDES):
        return
    if found := list(_out_of_bounds(analysis)):
        yield Hit(0, 0, values={"figures": "; ".join(found)})


def _is_usual(analysis: Analysis, stride: int) -> bool:
    """Is a sample of the text so far from the bounds that the whole text is within them?"""
    sample = list(chain.from_iterable([tokens[::stride] for tokens in analysis.line_tokens]))
    joined = " ".join(sample)
    return (
        3.3 < len(joined) / len(sample) - 1 < 8.5
        and _worded(joined) > 0.84 * len(sample)
        and sum(map(STOP_WORDS.__contains__, sample)) >= _STOP_WORDS
        and 2 * len(set(sample)) > min(len(sample), 150)
        and _capitals(analysis.text[::stride]) < 0.2
        and analysis.text.count(".") >= _LEAST_SENTENCES
    )


def _out_of_bounds(analysis: Analysis) -> Iterator[str]:
    """The figures that are out of bounds, in words; of a very long text those of its beginning."""
    tokens = analysis.tokens[:_MOST_WORDS]
    text = analysis.text[: sum(map(len, tokens)) + _MOST_WORDS]  # about as much
    mean = sum(map(len, tokens)) / len(tokens)
    if not _MEAN[0] <= mean <= _MEAN[1]:
        yield f"mean length of words {mean:.1f} ({_MEAN[0]:g} to {_MEAN[1]:g})"
    alphabetic = sum(1 for token in tokens if any(map(str.isalpha, token))) / len(tokens)
    if alphabetic < _ALPHABETIC:
        yield f"share of words with a letter {alphabetic:.2f} (at least {_ALPHABETIC:g})"
    stop_words = sum(map(STOP_WORDS.__contains__, tokens))
    if stop_words < _STOP_WORDS:
        yield f"stop words {stop_words} (at least {_STOP_WORDS})"
    counts = Counter(tokens)
    # Long texts have fewer new words: the bound is for 1,000 words at most.
    unique = len(set(tokens[:1000])) / min(len(tokens), 1000)
    if unique < _UNIQUE:
        yield f"share of different words {unique:.2f} (at least {_UNIQUE:g})"
    entropy = -sum(count / len(tokens) * log2(count / len(tokens)) for count in counts.values())
    if entropy < _ENTROPY:
        yield f"entropy of words {entropy:.1f} bits (at least {_ENTROPY:g})"
    capitals = _capitals(text)
    if capitals > _CAPITALS:
        yield f"share of capitals {capitals:.2f} (at most {_CAPITALS:g})"
    sentences = sum(1 for _ in _STOP.finditer(text))
    if len(tokens) >= _LONG and sentences < _LEAST_SENTENCES:
        yield f"sentences {sentences} (at least {_LEAST_SENTENCES} in {_LONG} words)"


def _worded(text: str) -> int:
    """The number of words with a letter; signs outside ASCII are taken for letters."""
    return (b" " + text.encode().translate(_WORDED, _NO_LETTERS)).count(b" x")


def _capitals(text: str) -> float:
    """The share of capitals among the letters; a lower bound, as signs outside ASCII are taken for small letters."""
    letters = text.encode().translate(None, _NO_LETTERS_NOR_SPACE)
    return 1 - len(letters.translate(None, _UPPER)) / max(len(letters), 1)
