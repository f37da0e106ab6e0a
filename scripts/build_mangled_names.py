"""Builds rules/lexicons/mangled-names.txt: what machines put for the words of well-known names. Run by developers:

    python scripts/build_mangled_names.py

Sources: rules/lexicons/known-names.txt, acronyms.txt, and scripts/sources/substitutions.tsv.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
LEXICONS = ROOT / "rules" / "lexicons"
OUT = LEXICONS / "mangled-names.txt"
HEADER = """\
# What paraphrasing machines put for the words of well-known names: word, substitutes. Made by
# scripts/build_mangled_names.py from known-names.txt, acronyms.txt and scripts/sources/substitutions.tsv, which were
# written for newslint.
"""
MOST_WORDS = 3  # of a substitute
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Words of names that the table of substitutions has no lines for, as they are no common nouns or verbs.
_MORE = {
    "new": "unused, modern, brand-new, fresh, novel",
    "united": "joined together, joint, unified",
    "mexico": "mexican",
    "great": "awesome, incredible, extraordinary",
    "north": "northward",
    "super": "excellent, fantastic",
    "old": "ancient, elderly, aged",
    "central": "focal, imperative",
    "first": "primary, initial",
    "open": "unlocked, opened",
    "national": "nationwide, country-wide",
    "bay": "cove",
    "beach": "seaside, seashore",
    "reserve": "save, saved",
    "climate": "atmosphere",
    "big": "huge, enormous",
}
_STOP = frozenset("of the and for in on to at a an against with from by de la".split())


def plural(word: str) -> str:
    """A regular plural of a word or of a phrase's last word."""
    if re.search(r"(?:[sxz]|ch|sh)$", word):
        return word + "es"
    return re.sub(r"y$", "ies", word) if re.search(r"[^aeiou]y$", word) else word + "s"


def singulars(word: str) -> list[str]:
    """What a word may be the plural of."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return []
    return [
        word[:-1],
        *([word[:-3] + "y"] if word.endswith("ies") else []),
        *([word[:-2]] if word.endswith("es") else []),
    ]


def substitutes() -> dict[str, list[str]]:
    """By word, in the order of the source."""
    table: dict[str, list[str]] = defaultdict(list)
    for line in (ROOT / "scripts" / "sources" / "substitutions.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, _, forms = line.split("\t")
            table[word] += [form for form in forms.split(", ") if form not in table[word]]
    for word, more in _MORE.items():
        table[word] += [form for form in more.split(", ") if form not in table[word]]
    return table


def entries(name: str) -> list[str]:
    """The lines of a lexicon without comments and sections."""
    lines = (LEXICONS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "["))]


def main() -> None:
    """Write the list."""
    wordings = entries("known-names.txt") + [line.partition("\t")[2] for line in entries("acronyms.txt")]
    words = sorted({word for wording in wordings for word in _WORD.findall(wording.lower())} - _STOP)
    table, lines = substitutes(), list[str]()
    for word in words:
        forms = list(table.get(word, []))
        for single in singulars(word):
            forms += [plural(form) for form in table.get(single, []) if plural(form) not in forms]
        forms = [form for form in forms if not form.startswith(word) and len(form.split()) <= MOST_WORDS]
        if forms:
            lines.append(f"{word}\t{', '.join(dict.fromkeys(forms))}")
    OUT.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
