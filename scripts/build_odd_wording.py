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
from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from usage import (
    SOURCES,
    Classes,
    Counts,
    common_pairs,
    compounds,
    entries,
    substitutes,
)  # fmt: skip

from linter.oddtable import FILE, KINDS, LEVELS, NUMBER, pack
from linter.substitution import COMPOUND_BONUS, DOUBLE_MALUS, DOUBLE_SHARE
from linter.wordcodes import TOKEN, word_codes

BACKGROUND = SOURCES / "background.txt"
# Scores of what enters. Compounds of a score from 2 to 2.5 stand .46 times in 1,000 words of clean news and 2.4 times
# in spun ones; from 3 to 3.5 .25 and 5; above 4 .06 and 6. Doubles from 3 to 3.5 .16 and 6, above that .07 and 4.
# Collocations above 2.5 .32 and 1.4, before the pairs of Web pages were left out. What scores less is looked for where
# there is better evidence: linter/substitution.py.
LEAST_SCORES = {"collocation": 2.9, "compound": 4.0, "double": 4.5}
LISTS = {"markers.tsv": "marker", "idioms.tsv": "idiom", "literal.tsv": "compound", "garbled.tsv": "compound"}


class Odd(NamedTuple):
    """A wording, what it stands for, and how odd it is."""

    words: tuple[str, ...]
    meaning: str
    kind: str
    level: int  # 0 weak (as frequent in clean news as in spun), 1 plain, 2 strong evidence


def odd_pairs(counts: Counts, classes: Classes, fixed: set[tuple[str, ...]]) -> dict[tuple[str, str], Odd]:
    """Odd bigrams, each with the commoner form that scores best."""
    subs, best = substitutes(classes), dict[tuple[str, str], tuple[float, Odd]]()

    def add(odd: tuple[str, str], common: tuple[str, str], score: float, made: str) -> None:
        if score < LEAST_SCORES[made] or odd in counts.pairs or odd in fixed or odd[0] == odd[1]:
            return
        if odd not in best or best[odd][0] < score:
            kind, level = ("collocation", 0) if made == "collocation" else ("compound", 1)
            best[odd] = score, Odd(odd, " ".join(common), kind, level)

    for (one, two), count in common_pairs(counts, classes, fixed).items():
        bonus, made = (COMPOUND_BONUS, "compound") if (one, two) in fixed else (0.0, "collocation")
        firsts, seconds = subs.get(one, {}), subs.get(two, {})
        # Beside a function word most words can stand; only one of another class is odd.
        singles = [((other, two), seen) for other, seen in firsts.items() if not classes.fits(one, other, two)]
        singles += [((one, other), seen) for other, seen in seconds.items() if not classes.fits(two, other, one)]
        for odd, seen in singles:
            add(odd, (one, two), counts.score(odd, (one, two), count) + bonus + math.log10(seen), made)
        if made == "collocation":
            continue
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
                level = int(kind == "marker" and level == 2)
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
    fixed = compounds()
    found: dict[tuple[str, ...], Odd] = {**odd_pairs(counts, classes, fixed)}
    for odd in phrases(counts):
        known = found.get(odd.words)
        if odd.words not in fixed and (known is None or known.level <= odd.level):
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
