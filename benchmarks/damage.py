"""Recall and precision on synthetic damage: clean sentences of this project's fixtures, damaged by known operations.

    python -m benchmarks.damage [--seed N] [--per-operation N]

Each damaged sentence is put back into its article, which is linted whole. It counts as found if a finding that the
clean article does not have overlaps the damage. Precision is the share of such warnings and errors that overlap it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from linter import Finding, Linter
from linter.wordcodes import word_codes

ROOT = Path(__file__).parent.parent
_SENTENCE = re.compile(r"[A-Z][^.!?\n]{30,240}[.!?](?=\s|$)")
_AGENT = re.compile(r"\b(was|were) ((?:\w+ed|hit|shot|struck|held|built|found|taken)) ")
_NAME = re.compile(r"\b([A-Z][a-z]{2,}) ([A-Z][a-z]{3,})\b")
_SAID = re.compile(r"\b(said|told|added|warned|announced)\b")
_PAIRS = {"was": "is", "were": "are"}
_PRONOUN = re.compile(r"\b(He|She|he|she) (said|added|told)\b")
_OTHER = {"He": "She", "She": "He", "he": "she", "she": "he"}


class Damage(NamedTuple):
    """A damaged text: what stands in the place of text[start:end], and the part of it that is wrong."""

    start: int
    end: int
    wording: str


Operation = Callable[[str, random.Random], Iterator[Damage]]


def tense_flip(text: str, rng: random.Random) -> Iterator[Damage]:
    """The present passive with a time in the past: "was hit" -> "is hit last week"."""
    for match in _AGENT.finditer(text):
        time = rng.choice(("last week", "yesterday", "two days ago", "last Monday"))
        yield Damage(match.start(), match.end(), f"{_PAIRS[match[1]]} {match[2]} {time} ")


def name_swap(text: str, rng: random.Random) -> Iterator[Damage]:
    """The words of a name that stands elsewhere in the right order: "Ann Berg" -> "Berg Ann"."""
    for match in _NAME.finditer(text):
        if text.count(match[0]) > 1:
            yield Damage(match.start(), match.end(), f"{match[2]} {match[1]}")


def synonym_in_phrase(text: str, rng: random.Random) -> Iterator[Damage]:
    """A substitute for a word of a fixed compound: "power lines" -> "energy lines"."""
    for match in re.finditer(r"\b([a-z]+) ([a-z]+)\b", text):
        one, two = match.groups()
        if (one, two) not in _compounds():
            continue
        place = rng.random() < 0.5
        words = _substitutes().get(two if place else one, [])
        if words:
            other = rng.choice(words)
            yield Damage(match.start(), match.end(), f"{one} {other}" if place else f"{other} {two}")


def doubled_verb(text: str, rng: random.Random) -> Iterator[Damage]:
    """A second verb of saying: "said" -> "said told"."""
    for match in _SAID.finditer(text):
        yield Damage(match.start(), match.end(), f"{match[0]} {rng.choice(('said', 'told', 'added'))}")


def dropped_article(text: str, rng: random.Random) -> Iterator[Damage]:
    """No article: "the ministry" -> "ministry"."""
    for match in re.finditer(r"\b(?:the|a|an) (\w+)\b", text):
        yield Damage(match.start(), match.end(), match[1])


def wrong_article(text: str, rng: random.Random) -> Iterator[Damage]:
    """The other form of the article: "a house" -> "an house"."""
    for match in re.finditer(r"\b(a|an) ([a-z]{3,})\b", text):
        yield Damage(match.start(), match.end(), f"{'an' if match[1] == 'a' else 'a'} {match[2]}")


def lost_plural(text: str, rng: random.Random) -> Iterator[Damage]:
    """A number with a singular: "three villages" -> "three village"."""
    for match in re.finditer(r"\b(two|three|four|five|six|[2-9]\d|\d{3}) ([a-z]{4,})s\b", text):
        if not match[2].endswith(("s", "ie", "e")):
            yield Damage(match.start(), match.end(), f"{match[1]} {match[2]}")


def pronoun_flip(text: str, rng: random.Random) -> Iterator[Damage]:
    """The other pronoun: "she said" -> "he said"."""
    for match in _PRONOUN.finditer(text):
        yield Damage(match.start(1), match.end(1), _OTHER[match[1]])


def verb_form(text: str, rng: random.Random) -> Iterator[Damage]:
    """The wrong form behind an auxiliary: "has announced" -> "has announce"."""
    for match in re.finditer(r"\b(has|have|had|was|were) (\w{3,}?)(?:e?d)\b", text):
        base = match[2] if match[2] in _bases() else f"{match[2]}e"
        if base in _bases():
            yield Damage(match.start(), match.end(), f"{match[1]} {base}")


def open_quotation(text: str, rng: random.Random) -> Iterator[Damage]:
    """The closing mark lost before the attribution."""
    for match in re.finditer(r"[\w.,]{4,},([”\"]) (?:he|she|[A-Z]\w+) said|\w+,([”\"]) said", text):
        mark = match.start(1) if match[1] else match.start(2)
        yield Damage(mark, mark + 2, " ")


OPERATIONS: tuple[Operation, ...] = (
    tense_flip, name_swap, synonym_in_phrase, doubled_verb, dropped_article, wrong_article, lost_plural, pronoun_flip,
    verb_form, open_quotation,
)  # fmt: skip


@cache
def _bases() -> frozenset[str]:
    """The verbs of the table of words."""
    table = word_codes()
    return frozenset(
        word for first, last in table.of_class("base") for word in table.words[first - 0x100 : last + 1 - 0x100]
    )


@cache
def _compounds() -> frozenset[tuple[str, str]]:
    lines = (ROOT / "scripts" / "sources" / "compounds.txt").read_text("utf-8").splitlines()
    return frozenset((one, two) for one, two in (line.split(" ") for line in lines if line.count(" ") == 1))


@cache
def _substitutes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (ROOT / "scripts" / "sources" / "substitutions.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            word, _, listed = line.split("\t")
            found.setdefault(word, []).extend(other for other in listed.split(", ") if " " not in other)
    return found


def articles() -> list[tuple[str, str]]:
    """(title, text) of the project's clean articles."""
    lines = (ROOT / "fixtures" / "rewritten" / "articles.jsonl").read_text("utf-8").splitlines()
    return [(row["clean_title"], row["clean_text"]) for row in map(json.loads, lines)]


def serious(findings: list[Finding]) -> list[Finding]:
    """The findings that are no mere notes."""
    return [finding for finding in findings if finding.severity != "info"]


def measure(seed: int, most: int) -> dict[str, tuple[int, int, int, int]]:
    """By operation: damages, those found, new warnings and errors, those of them on the damage."""
    linter, texts, results = Linter(), articles(), {}
    before = [{(f.rule, f.text) for f in linter.lint(text, title=title).findings} for title, text in texts]
    for operation in OPERATIONS:
        rng = random.Random(f"{seed} {operation.__name__}")
        places = [
            (number, damage) for number, (_, text) in enumerate(texts) for damage in operation(text, rng)
            if any(s.start() <= damage.start < s.end() for s in _SENTENCE.finditer(text)) or operation is open_quotation
        ]  # fmt: skip
        tried = rng.sample(places, min(most, len(places)))
        found = new = right = 0
        for number, damage in tried:
            title, text = texts[number]
            damaged = text[: damage.start] + damage.wording + text[damage.end :]
            end = damage.start + max(len(damage.wording), 1)
            fresh = [f for f in linter.lint(damaged, title=title).findings if (f.rule, f.text) not in before[number]]
            hits = [f for f in fresh if f.start < end and damage.start < f.end]
            found += bool(hits)
            new += len(serious(fresh))
            right += len(serious(hits))
        results[operation.__name__] = len(tried), found, new, right
    return results


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-operation", type=int, default=60)
    options = parser.parse_args()
    print(f"{'operation':20} {'n':>4} {'recall':>7} {'precision':>10}")
    for name, (count, found, new, right) in measure(options.seed, options.per_operation).items():
        precision = f"{right / new:.2f}" if new else "–"
        print(f"{name:20} {count:4} {found / count if count else 0:7.2f} {precision:>10}")


if __name__ == "__main__":
    main()
