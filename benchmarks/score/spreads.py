"""Scores of some articles -> how they spread, by whatever the articles are grouped."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import ceil

from benchmarks.score.figures import Cost, Groups, Spread
from benchmarks.score.sets import Scored
from linter.scorecard import CAPS, LEAST_WORDS, NORMAL_WORDS

UNDER = (90, 75, 60)
_OLD = "bbc2005"
_LENGTHS = ((LEAST_WORDS, NORMAL_WORDS), (NORMAL_WORDS, 400), (400, 800), (800, None))  # words
_OPINION = re.compile(
    r"/(?:opinions?|comment|commentary|commentisfree|columnists?|columns?|editorials?|op-?eds?|blogs?|reviews?|"
    r"voices|views?|perspectives?)(?:/|$)"
)
_SINGLE = re.compile(r"(?<!\w)['‘]\w[^'‘’\n]{10,}")


def spread(name: str, articles: Sequence[Scored]) -> Spread:
    """How the scores of articles spread; those without a score are only counted."""
    scored = [one for one in articles if one.score is not None]
    scores = sorted(one.score for one in scored if one.score is not None)
    of = max(len(scored), 1)
    return Spread(
        name=name,
        articles=len(articles),
        scored=len(scored),
        median=percentile(scores, 50),
        p5=percentile(scores, 5),
        p1=percentile(scores, 1),
        lowest=scores[0] if scores else None,
        under={str(limit): sum(score < limit for score in scores) / of for limit in UNDER},
        lost={name: sum(one.verdict.categories[name].lost for one in scored) / of for name in CAPS},
    )


def percentile(ranked: Sequence[int], percent: float) -> int | None:
    """The least of the scores that so many of a hundred are at or below: a score that an article has."""
    return ranked[max(ceil(percent / 100 * len(ranked)) - 1, 0)] if ranked else None


def grouped(articles: Iterable[Scored], of: Callable[[Scored], str]) -> list[Spread]:
    """A spread for each group, those with most articles first; `of` says which, "" leaves an article out."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in articles:
        groups[of(one)].append(one)
    groups.pop("", None)
    return [
        spread(name, members) for name, members in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def cost(articles: Iterable[Scored], rule: str) -> Cost:
    """What a rule costs the articles that have a score."""
    scored = [one.lost.get(rule, 0) for one in articles if one.score is not None]
    costs = [points for points in scored if points > 0]
    return Cost(
        share=len(costs) / max(len(scored), 1),
        mean=statistics.fmean(costs) if costs else 0.0,
        most=max(costs, default=0),
    )


def by_set(one: Scored) -> str:
    """The part of clean_articles that an article is of."""
    return one.field("set")


def _section(one: Scored) -> str:
    """The section of a BBC article, which its id names."""
    return (one.article.id or "").partition(":")[2].partition("/")[0]


def _asked(one: Scored) -> str:
    """Is it asked for sources, and why not?"""
    sourcing = one.verdict.categories["sourcing"]
    return "" if one.score is None else ("event news: asked" if sourcing.assessed else sourcing.why or "")


def _length(one: Scored) -> str:
    words = one.verdict.words
    for least, end in _LENGTHS:
        if words >= least and (end is None or words < end):
            return f"{least} to {end - 1} words" if end else f"{least} words and more"
    return ""


def _least_words(group: Spread) -> int:
    return int(group.name.split()[0])


def _marks(one: Scored) -> str:
    """The quotation marks that it has."""
    text = one.article.text
    if any(mark in text for mark in '"“”'):
        return "double"
    return "only single" if _SINGLE.search(text) else "none"


def _opinion(one: Scored) -> str:
    """Does its address say opinion, where no label does?"""
    if one.verdict.genre is not None or not one.article.url:
        return ""
    return "address of opinion" if _OPINION.search(one.article.url.lower().split("?")[0]) else "others"


def clean_groups(clean: Sequence[Scored]) -> dict[str, Groups]:
    """The clean articles by what should not matter much."""
    old, new = halves(clean)
    return {
        "sections": Groups(title="BBC", spreads=grouped(old, _section)),
        "old_lengths": Groups(title="BBC", spreads=sorted(grouped(old, _length), key=_least_words)),
        "new_lengths": Groups(title="web", spreads=sorted(grouped(new, _length), key=_least_words)),
        "asked": Groups(title="clean", spreads=grouped(clean, _asked)),
        "marks": Groups(title="clean, quotation marks", spreads=grouped(clean, _marks)),
    }


def halves(clean: Iterable[Scored]) -> tuple[list[Scored], list[Scored]]:
    """(one paper's articles of 2005, those of many sites since)."""
    parts: tuple[list[Scored], list[Scored]] = ([], [])
    for one in clean:
        parts[by_set(one) != _OLD].append(one)
    return parts


def leanings(webis: Iterable[Scored]) -> Groups:
    """Articles rated mostly true, by the leaning of their publishers."""
    reliable = (one for one in webis if one.field("label") == "reliable")
    return Groups(
        title="webis, mostly true, publisher", spreads=grouped(reliable, lambda one: one.field("meta.orientation"))
    )


def opinions(semeval: Iterable[Scored]) -> Groups:
    """Articles of which the address says that they are opinion, and readers see no label."""
    return Groups(title="semeval, no label", spreads=grouped(semeval, _opinion))
