"""What was measured, as docs/score-figures.json holds it. Scores and points are whole, shares and AUCs from 0 to 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from benchmarks.formats.corpus import UsageError
from linter.labelled.auc import Estimate
from linter.labelled.calibration import BandFigures
from linter.labelled.labels import Side

FILE = Path(__file__).parents[2] / "docs" / "score-figures.json"
_DIGITS = 4


class DataFile(Struct, frozen=True):
    """A file that was measured on: its articles, and the digest of its bytes."""

    articles: int
    sha256: str


class Spread(Struct, kw_only=True, frozen=True):
    """The scores of some articles. `p5`: five of a hundred score so little, or less; None where nothing has a score.

    `under`: the share of the scored ones below 90, 75 and 60. `lost`: mean points by category.
    """

    name: str
    articles: int
    scored: int
    median: int | None
    p5: int | None
    p1: int | None
    lowest: int | None
    under: dict[str, float]
    lost: dict[str, float]


class Cost(Struct, kw_only=True, frozen=True):
    """What a rule costs scored articles: the share that it costs anything, the mean of those, and the most."""

    share: float
    mean: float
    most: int


class RuleCost(Struct, kw_only=True, frozen=True):
    """A rule's costs by set of articles."""

    rule: str
    name: str
    costs: dict[str, Cost]


class Within(Struct, kw_only=True, frozen=True):
    """The AUC over pairs of articles of the same group. `covered`: the share of articles in groups with both sides."""

    by: str
    groups: int
    both: int
    covered: float
    auc: Estimate | None


class LeftOut(Struct, kw_only=True, frozen=True):
    """A set with the points of those alone that cost the unreliable side more (AUC above .5) in both other sets."""

    categories: list[str]
    by_category: Estimate
    rules: list[str]
    by_rule: Estimate


class SetFigures(Struct, kw_only=True, frozen=True):
    """A labelled set. `categories` and `rules`: the AUC of the points lost there; a rule that cost nothing is left out.

    `other_labels`: articles of neither side, which are not measured. `abstained`: by side and reason.
    """

    name: str
    meaning: dict[Side, str]
    other_labels: int
    sides: dict[Side, Spread]
    abstained: dict[Side, dict[str, int]]
    auc: Estimate
    within: Within | None
    bands: list[BandFigures]
    categories: dict[str, Estimate]
    rules: dict[str, Estimate]
    left_out: LeftOut


class Groups(Struct, kw_only=True, frozen=True):
    """Articles of one set by something that should not matter, or that one should know of."""

    title: str
    spreads: list[Spread]


class Rewritten(Struct, kw_only=True, frozen=True):
    """What the farm made of invented articles, beside these; controls look risky and are clean."""

    farm: Spread
    originals: Spread
    auc: Estimate
    controls: list[int | None]


class Figures(Struct, kw_only=True, frozen=True):
    """Everything that was measured, on which files, when and with what."""

    date: str
    newslint: str
    score_version: str
    rulebook: str
    seed: int
    resamples: int
    data: dict[str, DataFile]
    labelled: list[SetFigures]
    clean: list[Spread]
    posts: list[Spread]
    groups: dict[str, Groups]
    costs: list[RuleCost]
    rewritten: Rewritten
    annotated: int | None


def save(figures: Figures, file: Path = FILE) -> None:
    """Write the figures, rounded to four digits."""
    content = msgspec.json.encode(_rounded(msgspec.to_builtins(figures)))
    file.write_bytes(msgspec.json.format(content, indent=1) + b"\n")


def load(file: Path = FILE) -> Figures:
    """The figures of a file. Raises UsageError."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Figures)
    except (OSError, msgspec.DecodeError) as error:
        what = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"{file}: {what}; 'python -m benchmarks.score --data DIR' writes it") from None


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list) else value
