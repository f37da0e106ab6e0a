"""What `fix` says about what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from linter.fixing import Fixed
from linter.reports.words import count
from linter.writers import SUFFIXES

NEEDS_OUTPUT = f"a dump is fixed into a new file: give --output FILE ({SUFFIXES})"


class FixTotals(Struct):
    """What was done, or `would` be, in all articles."""

    would: bool = False
    articles: int = 0
    changed: int = 0
    fixed: Counter[str] = field(default_factory=Counter)
    unsafe: int = 0
    left: int = 0
    undone: int = 0

    def add(self, fixed: Fixed) -> None:
        """Count one article."""
        self.articles += 1
        self.changed += bool(fixed.edits)
        self.fixed.update(fixed.fixed)
        self.unsafe += fixed.unsafe.total()
        self.left += fixed.left.total()
        self.undone += fixed.undone.total()

    def summary(self, what: str) -> str:
        """One line: "fixed 3 findings in 2 of 10 files (NWS001 2, ENC001 1); 1 left that needs --unsafe"."""
        if not self.articles:
            return "no articles"
        done = f"{'would fix' if self.would else 'fixed'} {count(self.fixed.total(), 'finding')}"
        first = f"{done} in {self.changed:,} of {self.articles:,} {what}{_by_rule(self.fixed)}"
        return "; ".join([first, *_rest(self.unsafe, self.left, self.undone)])


def told(fixed: Fixed, *, would: bool) -> str:
    """What was done about one article: "3 fixed (NWS001 2, ENC001 1), 1 left that needs --unsafe"; "" for nothing."""
    number = fixed.fixed.total()
    done = [f"{number:,} {'to fix' if would else 'fixed'}{_by_rule(fixed.fixed)}"] if number else []
    return ", ".join([*done, *_rest(fixed.unsafe.total(), fixed.left.total(), fixed.undone.total())])


def _rest(unsafe: int, left: int, undone: int) -> Iterator[str]:
    if unsafe:
        yield f"{unsafe:,} left that {'needs' if unsafe == 1 else 'need'} --unsafe"
    if left:
        yield f"{left:,} left that can't be fixed {'by itself' if left == 1 else 'by themselves'}"
    if undone:
        yield f"{undone:,} left whose fix would raise another alarm"


def _by_rule(counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return f" ({', '.join(f'{rule} {number:,}' for rule, number in ordered)})" if ordered else ""
