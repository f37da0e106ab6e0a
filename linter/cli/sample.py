"""A look at some of the articles before a long run over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def sample(items: Iterable[Item], size: int, seed: int, always: Callable[[Item], bool]) -> Iterator[Item]:
    """`size` of the items, each as likely as any other, in their order; the same ones for the same seed.

    Those of which `always` holds are taken beside them. All are read, and no more than these kept (algorithm R:
    Vitter 1985, "Random sampling with a reservoir").
    """
    random, kept, beside, seen = Random(seed), list[tuple[int, Item]](), list[tuple[int, Item]](), 0
    for number, item in enumerate(items):
        if always(item):
            beside.append((number, item))
            continue
        if seen < size:
            kept.append((number, item))
        elif (place := random.randrange(seen + 1)) < size:
            kept[place] = (number, item)
        seen += 1
    yield from (item for _, item in sorted(kept + beside, key=lambda entry: entry[0]))
