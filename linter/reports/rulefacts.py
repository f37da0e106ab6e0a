"""What is told of a rule wherever a rule is told: its facts, how often it fires, what its examples show."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import asdict

from linter.hitrates import hit_rates
from linter.reports.verifying import how_to_verify
from linter.rulefile import Bad, Good, Rule, When, parse_place
from linter.source import LineIndex


def facts(rule: Rule) -> dict[str, str]:
    """The rule's settings by their names, in the order of telling; not yet safe to show."""
    return {
        "severity": ", ".join(
            [rule.severity, *(f"{level.severity} when {_when(level.when)}" for level in rule.levels)]
        ),
        "confidence": rule.confidence,
        "status": rule.status,
        "category": rule.category,
        "counts as": _kind(rule),
        "zones": ", ".join(rule.zones) or "everywhere",
        "languages": "any" if rule.languages == "*" else ", ".join(rule.languages),
        "formats": ", ".join(rule.profiles),
        "looks for": _check(rule),
        "options": ", ".join(option.replace("_", "-") for option in rule.options) or "none",
        "fix": f"{rule.fix.action} ({'safe' if rule.fix.safe else 'unsafe'})" if rule.fix else "none",
    }


def verification(rule: Rule) -> str:
    """How a person finds out whether a finding is right: a sentence."""
    text = how_to_verify(rule.category, rule.verify)
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


def rates(rule: Rule) -> tuple[list[str], str]:
    """How often a shipped rule fires, a line for each set of texts, and who measured it, or why it is unknown."""
    known = hit_rates()
    lines = [f"in {line}" for line in known.lines(rule.id)] if rule.builtin else []
    unmeasured = "not measured" if rule.builtin else "not measured: newslint does not ship this rule"
    return lines, known.origin if lines else unmeasured


def context(example: Bad | Good) -> list[tuple[str, str]]:
    """The fields beside an example's text, which the rule may read, with their names."""
    fields = ("title", "url", "publisher", "author", "date")
    told = [(name, value) for name in fields if (value := getattr(example, name))]
    if example.profile != "text":
        told.append(("format", example.profile))
    if example.lines:
        told.append(("learned lines", ", ".join(example.lines)))
    if example.preset or example.site:
        told.append(("preset", f"{example.preset or 'default'}; site: {', '.join(example.site) or 'none'}"))
    return told


class Place(NamedTuple):
    """Where an example fires: code points of its text, and as the rule file has it. The severity may be empty."""

    start: int
    end: int
    at: str
    severity: str


def flagged(bad: Bad) -> list[Place]:
    """Every place that fires, as listed; an absence, and what is not in the text, is an empty range."""
    index = LineIndex(bad.text)
    places = []
    for listed in bad.at:
        field, line, column, end_line, end_column, severity = parse_place(listed)
        at = listed.rpartition(" ")[0] if severity else listed
        start, end = _offset(bad.text, index, line, column), _offset(bad.text, index, end_line, end_column)
        inside = field == "text" and 0 <= start < end
        places.append(Place(start if inside else 0, end if inside else 0, at, severity or ""))
    return places


def _offset(text: str, index: LineIndex, line: int, column: int) -> int:
    """A code point, or -1 where the text has no such place, so that it must be one in another field."""
    try:
        start, end = index.line_span(line)
    except IndexError:
        return -1
    return start + column - 1 if line and 0 < column <= min(end, len(text)) - start + 1 else -1


def _kind(rule: Rule) -> str:
    """What its findings are beside the score."""
    kind = "a value: no alarm, shown with --explain-score and in machine formats" if rule.value else "an alarm"
    if rule.value == "unless-floor":
        kind += "; an info where it costs all that it can"
    if rule.credit is None:
        return kind
    credit = f"a credit: takes up to {rule.credit:g} points off what its category has lost"
    return f"{credit}; {kind}"


def _when(when: When) -> str:
    said = [f"{name} {_said(value)}" for name, value in asdict(when).items() if value is not None]
    return " and ".join(said)


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _check(rule: Rule) -> str:
    """The kind of check, and its parameters that fit on a line."""
    parameters = []
    for name, value in rule.check.items():
        if isinstance(value, list):
            parameters.append(f"{len(value)} {name}")
        elif name != "kind" and not isinstance(value, dict):
            parameters.append(f"{name} {value}")
    return f"{rule.check['kind']} ({', '.join(parameters)})" if parameters else str(rule.check["kind"])
