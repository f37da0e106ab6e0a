"""How often each shipped rule fires on reference texts: figures that scripts/measure_hit_rates.py has measured."""

from __future__ import annotations

from functools import cache

import msgspec
from msgspec import Struct

from linter.lexicon import BUILTIN

RATES_FILE = BUILTIN.parent / "hit-rates.json"


class Reference(Struct, frozen=True):
    """A set of texts that the rules were run on."""

    name: str  # completes "in 0.2 % of …"
    documents: int
    source: str  # the published data sets that it consists of


class HitRates(Struct, frozen=True):
    """For each rule the number of documents of each reference in which it fired, at any severity."""

    date: str
    version: str
    script: str
    references: dict[str, Reference]
    rules: dict[str, dict[str, int]]

    def lines(self, rule: str) -> list[str]:
        """What to tell of a rule, a line per reference; none where it was not measured."""
        return [
            f"{100 * hits / reference.documents:.2f} % of {reference.documents:,} {reference.name}"
            for key, hits in self.rules.get(rule, {}).items()
            if (reference := self.references[key])
        ]

    @property
    def origin(self) -> str:
        """Where the figures come from."""
        return f"measured {self.date} with newslint {self.version} by {self.script}"


@cache
def hit_rates() -> HitRates:
    """The figures that are shipped with the rules."""
    return msgspec.json.decode(RATES_FILE.read_bytes(), type=HitRates)
