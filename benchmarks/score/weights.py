"""The weights as the rule files state them, each with the reason that stands beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from linter.kinds import rate
from linter.lexicon import BUILTIN
from linter.model import CATEGORIES, CONFIDENCES, SEVERITIES, Confidence, Severity
from linter.reference import Measure, reference
from linter.rulefile import Level, Rule, load_rule_with_lines
from linter.scorecard import CONFIDENCE_SHARE, SEVERITY_POINTS

# Headline rules of style: no measures, and told from them only by how they count.
HEADLINES = ("HDR004", "SEO004", "STY007", "STY008")
_COMMENT = re.compile(r"\s#\s*(.+?)\s*$")


class Shipped(NamedTuple):
    """A shipped rule, and the comment beside each of its values that has one, by the value's path."""

    rule: Rule
    comments: dict[tuple[str | int, ...], str]


class Rate(NamedTuple):
    """A measure: the most that it costs and why, what it does not look at, and what is usual."""

    rule: Rule
    params: rate.Params
    reason: str
    usual: Measure

    @property
    def points(self) -> float:
        """The most that it costs."""
        return self.params.points


class Fixed(NamedTuple):
    """Points in the place of the usual ones: in what case, under which severity and confidence, and why.

    `exact`: however sure the rule is; `credit`: they are taken off. `given`: the reason stands beside the number;
    otherwise it is the rule's summary.
    """

    rules: tuple[Rule, ...]
    case: str
    severity: Severity
    confidence: Confidence
    points: float
    reason: str
    given: bool
    exact: bool = False
    credit: bool = False

    @property
    def cost(self) -> float:
        """What the first finding costs; less than nothing for a credit."""
        return -self.points if self.credit else self.points * (1 if self.exact else CONFIDENCE_SHARE[self.confidence])


@cache
def shipped() -> tuple[Shipped, ...]:
    """The shipped rules by category and ID."""
    found = []
    for file in BUILTIN.parent.glob("*/*.yaml"):
        rule, places = load_rule_with_lines(file, builtin=True)
        lines = file.read_text("utf-8").splitlines()
        comments = {
            path: match[1]
            for path, line in places.items()
            if path and path[-1] in ("points", "credit") and (match := _COMMENT.search(lines[line - 1]))
        }
        found.append(Shipped(rule, comments))
    return tuple(sorted(found, key=lambda one: (CATEGORIES.index(one.rule.category), one.rule.id)))


@cache
def measures() -> tuple[Rate, ...]:
    """The rules that measure a distance, those that cost nothing among them."""
    found = []
    for rule, comments in shipped():
        if rule.check["kind"] == "rate" and rule.status == "stable":
            params = msgspec.convert({k: v for k, v in rule.check.items() if k != "kind"}, rate.Params)
            reason = comments.get(("check", "points"), "")
            found.append(Rate(rule, params, reason, reference().measures[params.measure]))
    return tuple(found)


def judged() -> list[Rule]:
    """The measures that cost something, and the headline rules."""
    ids = {one.rule.id for one in measures() if one.points} | set(HEADLINES)
    return sorted((one.rule for one in shipped() if one.rule.id in ids), key=lambda rule: rule.id)


def fixed() -> list[Fixed]:
    """Points that rule files give in the place of the usual ones; equal levels of several rules are one."""
    found = [one for each in shipped() if each.rule.status == "stable" for one in _fixed(each)]
    merged: dict[tuple[object, ...], Fixed] = {}
    for one in found:
        key = one[1:] if one.case else (one.rules[0].id, one.credit)
        before = merged.get(key)
        merged[key] = one._replace(rules=before.rules + one.rules) if before else one
    return list(merged.values())


def _fixed(one: Shipped) -> Iterator[Fixed]:
    rule, comments = one

    def given(path: tuple[str | int, ...], points: float, **how: bool) -> Fixed:
        reason = comments.get(path)
        return Fixed((rule,), "", rule.severity, rule.confidence, points, reason or rule.summary, bool(reason), **how)

    if rule.points is not None:
        yield given(("points",), rule.points)
    if rule.credit is not None:
        yield given(("credit",), rule.credit, credit=True)
    exact = rule.check.get("options", {}).get("points") if rule.check["kind"] == "python" else None
    if exact is not None:
        yield given(("check", "options", "points"), exact, exact=True)
    for number, level in enumerate(rule.levels):
        if level.points is not None and level.severity != "off":
            reason = comments.get(("levels", number, "points")) or _usual(level)
            yield Fixed(
                (rule,), _case(level), level.severity, level.confidence or rule.confidence, level.points,
                reason or rule.summary, bool(reason),
            )  # fmt: skip


def _usual(level: Level) -> str | None:
    """The reason of points that are the usual ones after all, or none."""
    if level.severity != "off" and level.points == SEVERITY_POINTS[level.severity]:
        return f"the usual points of {'an' if level.severity != 'warning' else 'a'} {level.severity}"
    return "good to know, and no more" if level.points == 0 else None


def _case(level: Level) -> str:
    conditions = msgspec.to_builtins(level.when)
    return ", ".join(
        f"{key.replace('_', ' ')} {value:g}" if isinstance(value, float) else f"{key} {value}"
        for key, value in conditions.items()
        if value is not None
    )


def usual() -> dict[str, Counter[tuple[Severity, Confidence]]]:
    """How many other rules of each category cost what severity and confidence say."""
    named = {rule.id for one in fixed() if not one.case for rule in one.rules} | {one.rule.id for one in measures()}
    found = {category: Counter[tuple[Severity, Confidence]]() for category in CATEGORIES}
    for rule, _ in shipped():
        if rule.status == "stable" and rule.id not in named:
            found[rule.category][rule.severity, rule.confidence] += 1
    return found


def previews() -> list[Rule]:
    """The rules that are off and cost nothing until they are measured."""
    return [rule for rule, _ in shipped() if rule.status == "preview"]


GRADES = [(severity, confidence) for severity in reversed(SEVERITIES) for confidence in reversed(CONFIDENCES)]
