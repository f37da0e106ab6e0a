"""Builds rules/tables/odd-wording.z: wordings of paraphrasing machines, with what they stand for. Run by developers:

    pip install lemminflect wordsegment && python scripts/build_odd_wording.py

Sources: the lists in scripts/sources, written for newslint; bigrams.txt and unigrams.txt of wordsegment (Apache 2.0
licence; counts of Google's Web Trillion Word Corpus, published by P. Norvig under the MIT licence), which say what is
ordinary English; the inflections of lemminflect (MIT licence, from the public-domain NIH SPECIALIST lexicon); and
background.txt, the bigrams of this table's making that occur in posts of the United States government in the public
domain (18F and digital.gov, CC0), which `--background FILE` counts anew from a gzipped JSON Lines file of posts.

An odd bigram comes from a frequent one, or from a fixed compound, by putting the substitutes of the map for one or both
words. Its score is the decimal logarithm of how much oftener the common form occurs than the odd one may be expected
to: by chance, and as a synonym in the same place, as far as the two words are used alike (cosine of their contexts);
plus that of how often the substitution stands in the lists of garbled forms. A bigram that occurs itself is never odd.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from linter.oddtable import FILE, KINDS, LEVELS, NUMBER, pack  # noqa: E402
from linter.wordcodes import CLASSES, TOKEN, word_codes  # noqa: E402

SOURCES = ROOT / "scripts" / "sources"
BACKGROUND = SOURCES / "background.txt"
CORPUS_WORDS = 588e9
LEAST_COUNT = 1e5  # of a bigram in the counts
RARE_WORD = 3e3  # occurrences taken for a word that the counts do not have
LEAST_ESTIMATE = 1e3
LEAST_ASSOCIATION = 0.5  # decimal logarithm: a common bigram occurs three times as often as by chance
COMPOUND_BONUS, DOUBLE_MALUS, COMPOUND_COUNT = 0.7, 0.5, 2e5
DOUBLE_SHARE = 0.7  # of the evidence of two substitutions, which are no independent events
LEAST_SEEN = 2  # times that a substitution outside the map stands in the lists
# Scores of what enters as weak and as plain evidence. Compounds of a score from 2 to 2.5 stand .46 times in 1,000 words
# of clean news and 2.4 times in spun ones; from 3 to 3.5 .25 and 5; above 4 .06 and 6. Doubles from 3 to 3.5 .16 and 6,
# above that .07 and 4. Collocations above 2.5 .32 and 1.4, before the pairs of Web pages were left out.
LEAST_SCORES = {
    "collocation": (2.9, 9.0), "compound": (2.4, 4.0), "double": (3.7, 4.5), "swapped": (0.9, 9.0),
}  # fmt: skip
ALIKE = 4.0  # times the cosine: from .25 on, words count as synonyms
BLOCKED = frozenset(  # never suggested: the counts are those of the Web
    """adult amateur babe babes blonde breasts busty ebony erotic escort escorts gay girls horny hot hottest lesbian
    lesbians mature milf naked naughty nude nudes porn sex sexual sexy teen teens tits voyeur xxx""".split()
)
LISTS = {"markers.tsv": "marker", "idioms.tsv": "idiom", "literal.tsv": "compound", "garbled.tsv": "compound"}
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


class Odd(NamedTuple):
    """A wording, what it stands for, and how odd it is."""

    words: tuple[str, ...]
    meaning: str
    kind: str
    level: int  # 0 weak (made by the map: as frequent in clean news as in spun), 1 plain, 2 strong evidence


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


def substitutes(classes: Classes) -> dict[str, dict[str, int]]:
    """The single words that may stand for a word, in all forms, and how often they do in the lists of garbled forms."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    forms = inflected()
    for word, _, listed in entries("substitutions.tsv"):
        for other in listed.split(", "):
            ours, theirs = forms.get(word, {}), forms.get(other, {})
            for one, two in {(word, other)} | {(ours[tag], theirs[tag]) for tag in ours.keys() & theirs.keys()}:
                found[one][two] = 1
    seen = Counter(
        pair
        for name in ("garbled.tsv", "literal.tsv")
        for odd, usual, *_ in entries(name)
        if len(words := odd.lower().split()) == len(originals := usual.lower().split())
        for pair in zip(originals, words, strict=True)
    )
    for (one, two), count in seen.items():
        if count >= LEAST_SEEN or two in found[one]:
            found[one][two] = count + 1
    good = {word for word in classes.words if not classes.function(word) and word not in BLOCKED}
    return {
        one: {two: count for two, count in others.items() if two in good and two != one}
        for one, others in found.items()
        if one in good
    }


def odd_pairs(counts: Counts, classes: Classes, compounds: set[tuple[str, ...]]) -> dict[tuple[str, str], Odd]:
    """Odd bigrams, each with the commoner form that scores best."""
    subs, best = substitutes(classes), dict[tuple[str, str], tuple[float, Odd]]()

    def add(odd: tuple[str, str], common: tuple[str, str], score: float, made: str) -> None:
        least, plain = LEAST_SCORES[made]
        if score < least or odd in counts.pairs or odd in compounds or odd[0] == odd[1]:
            return
        if odd not in best or best[odd][0] < score:
            kind = "collocation" if made == "collocation" else "compound"
            best[odd] = score, Odd(odd, " ".join(common), kind, int(score >= plain))

    common = {pair: float(count) for pair, count in counts.pairs.items()}
    for words in compounds:
        if len(words) == 2:
            common.setdefault((words[0], words[1]), COMPOUND_COUNT)
    for (one, two), count in common.items():
        fixed = (one, two) in compounds
        if not {one, two} <= classes.words or (classes.function(one) and classes.function(two)):
            continue
        if not fixed and not WEB.isdisjoint((one, two)):
            continue
        if not fixed and count * CORPUS_WORDS / (counts.of(one) * counts.of(two)) < 10**LEAST_ASSOCIATION:
            continue
        bonus, made = (COMPOUND_BONUS, "compound") if fixed else (0.0, "collocation")
        firsts, seconds = subs.get(one, {}), subs.get(two, {})
        # Beside a function word most words can stand; only one of another class is odd.
        singles = [((other, two), seen) for other, seen in firsts.items() if not classes.fits(one, other, two)]
        singles += [((one, other), seen) for other, seen in seconds.items() if not classes.fits(two, other, one)]
        for odd, seen in singles:
            add(odd, (one, two), counts.score(odd, (one, two), count) + bonus + math.log10(seen), made)
        if not fixed:
            continue
        if not classes.function(one) and not classes.function(two):
            add((two, one), (one, two), counts.score((two, one), (two, one), count), "swapped")
        for (first, seen), (second, also) in product(firsts.items(), seconds.items()):
            likely = COMPOUND_BONUS - DOUBLE_MALUS + DOUBLE_SHARE * (math.log10(seen) + math.log10(also))
            add((first, second), (one, two), counts.score((first, second), (one, two), count) + likely, "double")
    return {odd: found for odd, (_, found) in best.items()}


def phrases(counts: Counts) -> Iterator[Odd]:
    """The phrases of the lists; those whose every pair of words is in use are weaker than their authors thought."""
    for name, kind in LISTS.items():
        for phrase, meaning, *strength in entries(name):
            words = tuple(TOKEN.findall(phrase.lower()))
            numbers = sum(word.isdigit() for word in words)
            if len(words) - numbers < 2 or words == tuple(TOKEN.findall(meaning.lower())):
                continue
            level = int(strength[0]) - 1 if strength else 1
            if level == 0 and kind != "marker":  # quite possible in normal text, its author says
                continue
            if numbers and level < 2:  # any number would fit
                continue
            usual = all(pair in counts.pairs for pair in pairwise(words))
            if usual and len(words) == 2:
                if kind == "compound" or level < 2:
                    continue
                level = 0
            elif usual:
                level = min(level, 1 if kind == "marker" else 0)
            yield Odd(words, meaning, kind, level)


def background(found: Iterable[tuple[str, ...]], path: Path | None) -> set[tuple[str, ...]]:
    """The wordings that occur in the public-domain posts; counted anew, and written, where a file is given."""
    if path is not None:
        wanted, seen = set(found), set[tuple[str, ...]]()
        for line in gzip.decompress(path.read_bytes()).splitlines():
            post = json.loads(line)
            if "CC0" not in (post.get("licence") or ""):
                continue
            tokens = [token.lower() for token in TOKEN.findall(post["text"].replace("’", "'"))]
            for length in range(2, 7):
                seen.update(wanted.intersection(zip(*(tokens[n:] for n in range(length)), strict=False)))
        head = "# What build_odd_wording.py had taken for odd, and what occurs in posts of 18F and digital.gov (CC0).\n"
        BACKGROUND.write_text(head + "".join(sorted(" ".join(words) + "\n" for words in seen)), "utf-8")
    if not BACKGROUND.exists():
        return set()
    return {tuple(line.split(" ")) for line in BACKGROUND.read_text("utf-8").splitlines() if not line.startswith("#")}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--background", type=Path, metavar="FILE", help="posts, one JSON object a line, gzipped")
    options = parser.parse_args()
    counts, classes = Counts(), Classes()
    compounds = {tuple(line.split()) for (line,) in entries("compounds.txt")}
    found: dict[tuple[str, ...], Odd] = {**odd_pairs(counts, classes, compounds)}
    for odd in phrases(counts):
        known = found.get(odd.words)
        if odd.words not in compounds and (known is None or known.level <= odd.level):
            found[odd.words] = odd
    for words in background(found, options.background):
        found.pop(words, None)
    table = pack(_numbered(found.values()))
    FILE.write_bytes(table)
    kinds = {(kind, level): 0 for kind in KINDS for level in range(LEVELS)}
    for odd in found.values():
        kinds[odd.kind, odd.level] += 1
    print(f"{len(found)} wordings, {len(table)} bytes; {', '.join(f'{k} {v}: {n}' for (k, v), n in kinds.items())}")


def _numbered(found: Iterable[Odd]) -> Iterator[tuple[tuple[int, ...], str, int, int]]:
    """(numbers of the words, meaning, kind, level) of the wordings whose words the table of words has."""
    codes = word_codes()
    for odd in found:
        numbers = tuple(NUMBER if word.isdigit() else codes.number(codes[word]) for word in odd.words)
        if min(numbers) >= 0:
            yield numbers, odd.meaning, KINDS.index(odd.kind), odd.level


if __name__ == "__main__":
    main()
