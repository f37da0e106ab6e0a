"""What is ordinary English, and what may stand for what: for the scripts that build the tables of paraphrase.

Sources: the lists in scripts/sources, written for newslint; bigrams.txt and unigrams.txt of wordsegment (Apache 2.0
licence; counts of Google's Web Trillion Word Corpus, published by P. Norvig under the MIT licence), which say what is
ordinary English; the inflections of lemminflect (MIT licence, from the public-domain NIH SPECIALIST lexicon).
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from linter.substitution import CORPUS_WORDS  # noqa: E402
from linter.wordcodes import CLASSES, word_codes  # noqa: E402

SOURCES = ROOT / "scripts" / "sources"
LEAST_COUNT = 1e5  # of a bigram in the counts
RARE_WORD = 3e3  # occurrences taken for a word that the counts do not have
LEAST_ESTIMATE = 1e3
LEAST_ASSOCIATION = 0.5  # decimal logarithm: a common bigram occurs three times as often as by chance
COMPOUND_COUNT = 2e5  # of a fixed compound that the counts do not have
LEAST_SEEN = 2  # times that a substitution outside the map stands in the lists
ALIKE = 4.0  # times the cosine: from .25 on, words count as synonyms
BLOCKED = frozenset(  # never suggested: the counts are those of the Web
    """adult amateur babe babes blonde breasts busty ebony erotic escort escorts gay girls horny hot hottest lesbian
    lesbians mature milf naked naughty nude nudes porn sex sexual sexy teen teens tits voyeur xxx""".split()
)
# Pairs with these are frequent on the Web's pages, and say nothing of articles.
WEB = frozenset(
    """acceptance account add advanced archive blog browse browser buy cart catalog chat checkout click code comment
    comments compare contact content cookies customer customers date directory discount download downloads email enter
    error faq file files filter find forum forums free games help home homepage hotel hotels html http image images
    index info information internet item items join learn link links list listing listings lists log login lyrics map
    member members menu message messages more mp3 movie movies music new news next official online order owners page
    pages password phone photo photos picture pictures policy post posted posts previous price prices print privacy
    product products profile program properties quick rate read register related reply report reserved respective
    result results review reviews ringtones sale search section select send server shipping shop shopping site sites
    software sort sorted sponsored stock store submit subscribe tag tags terms text thread time title today tools top
    topic topics update updated url user users version video videos view views visit web website websites wiki window
    windows write year zip""".split()
)
PARTS = {"noun": ["NNS"], "verb": ["VBD", "VBN", "VBG", "VBZ"], "adj": ["JJR", "JJS"], "adv": []}


class Counts:
    """Unigrams and bigrams, and how alike two words are used."""

    def __init__(self) -> None:
        self.words, self.pairs = dict[str, int](), dict[tuple[str, str], int]()
        for line in files("wordsegment").joinpath("unigrams.txt").read_text("utf-8").splitlines():
            word, count = line.split("\t")
            self.words[word] = int(count)
        for line in files("wordsegment").joinpath("bigrams.txt").read_text("utf-8").splitlines():
            *words, count = line.lower().split()
            if len(words) == 2:
                pair = words[0], words[1]
                self.pairs[pair] = self.pairs.get(pair, 0) + int(float(count))
        self._contexts: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
        for (one, two), count in self.pairs.items():
            strength = math.log(count * CORPUS_WORDS / (self.of(one) * self.of(two)))
            if strength > 0:
                self._contexts[one]["right", two] = self._contexts[two]["left", one] = strength
        self._lengths = {word: math.hypot(*near.values()) for word, near in self._contexts.items()}
        self._alike: dict[tuple[str, str], float] = {}

    def of(self, word: str) -> float:
        """How often a word occurs."""
        return self.words.get(word, RARE_WORD)

    def alike(self, one: str, two: str) -> float:
        """The cosine of two words' contexts, 1 for the same word."""
        if one == two:
            return 1.0
        found = self._alike.get((one, two))
        if found is None:
            few, many = sorted((self._contexts.get(one, {}), self._contexts.get(two, {})), key=len)
            product = sum(value * many[key] for key, value in few.items() if key in many)
            lengths = self._lengths.get(one, 1.0) * self._lengths.get(two, 1.0)
            found = self._alike[one, two] = product / lengths
        return found

    def score(self, odd: tuple[str, str], common: tuple[str, str], count: float) -> float:
        """The decimal logarithm of `count` over what may be expected of the odd bigram."""
        have = self.of(odd[0]) * self.of(odd[1])
        same = 1.0
        for one, two in zip(odd, common, strict=True):
            same *= min(1.0, ALIKE * self.alike(two, one))
        expected = max(have / CORPUS_WORDS, count * have / (self.of(common[0]) * self.of(common[1])) * same, 3e3)
        if expected > LEAST_COUNT:  # so many were to be expected that it would be in the counts, were it in use
            expected = LEAST_COUNT**2 / expected
        return math.log10(count / max(expected, LEAST_ESTIMATE))


class Classes:
    """What the table of words says of a word's classes."""

    def __init__(self) -> None:
        table = word_codes()
        self.words = frozenset(table.words)
        self._of: dict[str, set[str]] = defaultdict(set)
        broad = {"singular": "noun", "plural": "noun", "adjective": "adjective", "comparative": "adjective",
                 "superlative": "adjective", "adverb": "adverb", "function": "function"}  # fmt: skip
        for name in CLASSES:
            for first, last in table.of_class(name):
                for word in table.words[first - 0x100 : last + 1 - 0x100]:
                    self._of[word].add(broad.get(name, "verb"))

    def function(self, word: str) -> bool:
        """Is it a word of the closed classes?"""
        return "function" in self._of[word]

    def fits(self, word: str, other: str, beside: str) -> bool:
        """May `other` stand for `word` beside a function word, having a class in common with it?"""
        same = not self._of[word] or not self._of[other] or bool(self._of[word] & self._of[other])
        return same and self.function(beside)


def entries(name: str) -> Iterator[list[str]]:
    """The fields of each line of a source."""
    for line in (SOURCES / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith(("#", "[")):
            yield line.split("\t")


def inflected() -> dict[str, dict[str, str]]:
    """The forms of each lemma by their tags."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    with gzip.open(str(files("lemminflect").joinpath("resources/infl_lu.csv.gz")), "rt", encoding="utf-8") as lines:
        for line in lines:
            lemma, part, *rest = line.rstrip("\n").split(",")
            if not lemma.islower() or part not in PARTS:
                continue
            if part == "verb" and len(rest) > 1 and not rest[1]:
                rest[1] = rest[0]  # the participle is like the past
            forms[lemma][part] = lemma
            for tag, form in zip(PARTS[part], rest, strict=False):
                if form:
                    forms[lemma][tag] = form.split("/")[0]
    return forms


def substitutes(classes: Classes, dialects: str = "TRPX", *, closed: bool = False) -> dict[str, dict[str, int]]:
    """The single words that may stand for a word, in all forms: 1 more than the lists of garbled forms have them.

    With `closed`, also for words of the closed classes that the map has.
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    forms = inflected()
    for word, dialect, listed in entries("substitutions.tsv"):
        for other in listed.split(", ") if dialect in dialects else ():
            ours, theirs = forms.get(word, {}), forms.get(other, {})
            for one, two in sorted({(word, other)} | {(ours[t], theirs[t]) for t in ours.keys() & theirs.keys()}):
                found[one][two] = 1
    seen = Counter(
        pair
        for name in ("garbled.tsv", "literal.tsv")
        for odd, usual, *_ in entries(name)
        if len(words := odd.lower().split()) == len(originals := usual.lower().split())
        for pair in zip(originals, words, strict=True)
    )
    for (one, two), count in sorted(seen.items()):
        if count >= LEAST_SEEN or two in found[one]:
            found[one][two] = count + 1
    good = {word for word in classes.words if not classes.function(word) and word not in BLOCKED}
    mapped = {word for word, _, _ in entries("substitutions.tsv")} & classes.words - BLOCKED if closed else set[str]()
    return {
        one: {two: count for two, count in others.items() if two in good and two.partition("'")[0] != one}
        for one, others in found.items()
        if one in good or one in mapped
    }


def compounds() -> set[tuple[str, ...]]:
    """The fixed compounds."""
    return {tuple(line.split()) for (line,) in entries("compounds.txt")}


def common_pairs(counts: Counts, classes: Classes, fixed: set[tuple[str, ...]]) -> dict[tuple[str, str], float]:
    """Pairs of words of the table that belong together, with their counts; fixed compounds are among them."""
    pairs = {pair: float(count) for pair, count in counts.pairs.items()}
    for words in sorted(fixed):
        if len(words) == 2:
            pairs.setdefault((words[0], words[1]), COMPOUND_COUNT)
    common = {}
    for (one, two), count in pairs.items():
        if not {one, two} <= classes.words or (classes.function(one) and classes.function(two)):
            continue
        often = count * CORPUS_WORDS / (counts.of(one) * counts.of(two)) >= 10**LEAST_ASSOCIATION
        if (one, two) in fixed or (often and WEB.isdisjoint((one, two))):
            common[one, two] = count
    return common
