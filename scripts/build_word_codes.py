"""Builds rules/tables/words.z: English words by their classes, for patterns over words. Run by developers:

    pip install lemminflect wordsegment && python scripts/build_word_codes.py

Sources: the inflection table of lemminflect (MIT licence), which its author made from the NIH SPECIALIST lexicon
(public domain), says which classes a word has; unigrams.txt of wordsegment (Apache 2.0 licence; counts of Google's Web
Trillion Word Corpus, published by P. Norvig under the MIT licence) says which words are frequent enough; the closed
classes come from rules/lexicons/function-words.txt, and words of the project's own sources are kept whatever their
frequency.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUT = ROOT / "rules" / "tables" / "words.z"
SOURCES = ROOT / "scripts" / "sources"
MOST_WORDS = 27_136  # linter.wordcodes has room for so many
COUNTABLE_SHARE = 0.15  # of a noun's singular that its plural must be
WEIGHTS = {"markers": 10, "idioms": 5, "substitutions": 3, "compounds": 3}  # of a word in a source
LEAST_NOUN, NOUN_SHARE = 150_000, 0.008  # occurrences behind an article, and their share of all

CLASSES = (
    "singular", "plural", "base", "verb-s", "past", "participle", "ing", "adjective", "adverb", "comparative",
    "superlative", "countable", "function",
)  # fmt: skip
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def counts() -> dict[str, int]:
    """How often each word occurs in the corpus."""
    lines = files("wordsegment").joinpath("unigrams.txt").read_text("utf-8").splitlines()
    return {word: int(count) for word, count in (line.split("\t") for line in lines)}


def used_as_nouns(frequency: dict[str, int]) -> set[str]:
    """Words that the bigram counts have behind an article: the inflection table lacks some nouns."""
    found: Counter[str] = Counter()
    for line in files("wordsegment").joinpath("bigrams.txt").read_text("utf-8").splitlines():
        *words, count = line.split()
        if len(words) == 2 and words[0] in ("the", "a", "an", "this", "his", "their", "another"):
            found[words[1]] += int(float(count))
    return {word for word, count in found.items() if count >= max(LEAST_NOUN, NOUN_SHARE * frequency.get(word, 0))}


def inflections(frequency: dict[str, int]) -> dict[str, set[str]]:
    """The classes of each word, from the table of inflections; a noun is countable if its plural is frequent."""
    classes: dict[str, set[str]] = defaultdict(set)
    with gzip.open(str(files("lemminflect").joinpath("resources/infl_lu.csv.gz")), "rt", encoding="utf-8") as lines:
        for line in lines:
            lemma, pos, *forms = line.rstrip("\n").split(",")
            if not lemma.islower():
                continue
            for word, name in _classes(lemma, pos, [form.split("/") for form in forms]):
                if word:
                    classes[word].add(name)
                    # Mass nouns have a rare plural ("advices") or none.
                    if name == "plural" and frequency.get(word, 0) >= COUNTABLE_SHARE * frequency.get(lemma, 1):
                        classes[lemma].add("countable")
    return classes


def _classes(lemma: str, pos: str, forms: list[list[str]]) -> list[tuple[str, str]]:
    """(word, class) for all forms of one entry."""
    if pos == "noun":
        plurals = forms[0] if forms else []
        return [(lemma, "singular"), *((form, "plural") for form in plurals if form != lemma)]
    if pos == "verb":
        past, part, ing, third = (forms + [[""]] * 4)[:4]
        return [
            (lemma, "base"),
            *((form, "past") for form in past),
            *((form, "participle") for form in (part if part != [""] else past)),
            *((form, "ing") for form in ing),
            *((form, "verb-s") for form in third),
        ]
    if pos in ("adj", "adv"):
        more, most = (forms + [[""]] * 2)[:2]
        return [
            (lemma, "adjective" if pos == "adj" else "adverb"),
            *((form, "comparative") for form in more),
            *((form, "superlative") for form in most),
        ]
    return []


def more_words() -> list[tuple[str, list[str]]]:
    """Words that the inflection table is too old for, with their classes."""
    lines = (SOURCES / "more-words.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(word, names.split()) for names, words in pairs for word in words.split()]


def closed_words() -> set[str]:
    """All words of the closed classes."""
    lines = (ROOT / "rules" / "lexicons" / "function-words.txt").read_text("utf-8").splitlines()
    return {line for line in lines if line and line[0] not in "#["}


def own_words() -> Counter[str]:
    """The words of patterns over words, and of the sources of the other tables, with how often they stand there."""
    found: Counter[str] = Counter()
    for path in (ROOT / "rules").rglob("*.yaml"):
        text = path.read_text("utf-8")
        if "kind: grammar" in text:
            found.update(dict.fromkeys(_WORD.findall(text.split("\ncheck:")[1].split("\nexamples:")[0]), 1_000))
    for path in sorted((ROOT / "rules" / "lexicons" / "grammar").glob("*.txt")):
        found.update(dict.fromkeys(_WORD.findall(path.read_text("utf-8")), 1_000))
    for path in [*SOURCES.glob("*.tsv"), SOURCES / "compounds.txt"]:
        for word, count in Counter(_WORD.findall(path.read_text("utf-8").lower())).items():
            found[word] += count * WEIGHTS.get(path.stem, 1)
    return found


def main() -> None:
    """Write the table: a line for each set of classes, with its bits and its words."""
    frequency, closed, own = counts(), closed_words(), own_words()
    classes = inflections(frequency)
    for word, names in more_words():
        classes[word].update(names)
    for word in used_as_nouns(frequency):
        if "base" in classes.get(word, ()) and classes[word] <= {"base", "past", "participle"}:
            classes[word].add("singular")
    # Words of the own sources count as the more frequent the oftener they stand there.
    ranked = sorted(
        (w for w in classes.keys() | own.keys() if _WORD.fullmatch(w) and len(w) > 1),
        key=lambda w: (-frequency.get(w, 0) - 100_000 * own[w], w),
    )
    kept = set([word for word in ranked if word not in closed][: MOST_WORDS - len(closed)])
    lost = sum(word not in kept and word not in closed for word in own)
    groups: dict[int, list[str]] = defaultdict(list)
    for word in sorted(kept | closed):
        if word in closed:
            groups[1 << CLASSES.index("function")].append(word)
        else:
            groups[sum(1 << CLASSES.index(name) for name in classes.get(word, ()))].append(word)
    lines = [f"{bits}\t{' '.join(words)}" for bits, words in sorted(groups.items())]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(zlib.compress("\n".join(lines).encode(), 9))
    print(f"{len(kept | closed)} words in {len(groups)} sets; no room for {lost} of the sources")


if __name__ == "__main__":
    main()
