"""Builds rules/tables/usual-pairs.z: which pairs of words are usual, and what may stand for what. Run by developers:

    pip install lemminflect wordsegment && python scripts/build_usual_pairs.py

Sources and their licences: scripts/usage.py. What it is for: linter/substitution.py.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from usage import ALIKE, Classes, Counts, common_pairs, compounds, substitutes

from linter.substitution import (
    COMMON,
    FILE,
    FIXED,
    GRADE_STEP,
    IN_USE,
    KIN_STEP,
    LEAST_LOG,
    MOST_KIN,
    MOST_TIMES,
    TIMES_STEP,
    pack,
)  # fmt: skip
from linter.wordcodes import word_codes

DIALECTS = "TRP"  # of the map: literal round trips do not keep to pairs


def grades(counts: Counts, classes: Classes) -> dict[tuple[int, int], int]:
    """The grade of each pair that is in use, by the words' numbers."""
    fixed = compounds()
    numbers = {word: number for number, word in enumerate(word_codes().words)}
    found = {
        (numbers[one], numbers[two]): IN_USE
        for one, two in counts.pairs
        if one in numbers and two in numbers and not (classes.function(one) and classes.function(two))
    }
    for (one, two), count in common_pairs(counts, classes, fixed).items():
        step = min(int((math.log10(count) - LEAST_LOG) / GRADE_STEP), FIXED - COMMON - 1)
        found[numbers[one], numbers[two]] = (FIXED if (one, two) in fixed else COMMON) + max(step, 0)
    return found


def usual(counts: Counts, classes: Classes) -> dict[int, list[tuple[int, int]]]:
    """The words that each word may stand for, by their numbers, and how alike they are and how well attested."""
    numbers = {word: number for number, word in enumerate(word_codes().words)}
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, others in substitutes(classes, DIALECTS, closed=True).items():
        for two, listed in others.items():
            if one in numbers and two in numbers:
                share = min(1.0, ALIKE * counts.alike(one, two))
                kin = min(round(-math.log10(max(share, 1e-9)) / KIN_STEP), MOST_KIN)
                times = min(round(math.log10(listed) / TIMES_STEP), MOST_TIMES)
                found[numbers[two]].append((numbers[one], kin + 16 * times))
    return found


def main() -> None:
    """Write the table."""
    counts, classes = Counts(), Classes()
    pairs, stands_for = grades(counts, classes), usual(counts, classes)
    packed = pack(pairs, [counts.of(word) for word in word_codes().words], stands_for)
    FILE.write_bytes(packed)
    print(f"{len(pairs)} pairs, {sum(map(len, stands_for.values()))} substitutions, {len(packed)} bytes")


if __name__ == "__main__":
    main()
