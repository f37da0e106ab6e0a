"""A look at some of the articles before a long run over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def sample(items: Iterable[Item], size: int, seed: int) -> Iterator[Item]:
    """`size` of the items, each as likely as any other, in their order; the same ones for the same seed.

    All are read, and no more than `size` kept (algorithm R: Vitter 1985, "Random sampling with a reservoir").
    """
    random, kept = Random(seed), list[tuple[int, Item]]()
    for number, item in enumerate(items):
        if number < size:
            kept.append((number, item))
        elif (place := random.randrange(number + 1)) < size:
            kept[place] = (number, item)
    yield from (item for _, item in sorted(kept, key=lambda entry: entry[0]))
