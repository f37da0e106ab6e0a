"""A rule, told to a person: why, what it looks for, and its examples with the flagged span marked."""

from __future__ import annotations

from msgspec.structs import asdict

from linter.hitrates import hit_rates
from linter.reports.paper import STYLES, Paper, Part, safe
from linter.reports.verifying import how_to_verify
from linter.rulefile import Bad, Good, Rule, When, parse_place
from linter.source import LineIndex


def explain(rule: Rule, paper: Paper) -> None:
    """Write everything there is to know about a rule."""
    paper.line((f"{rule.id} {rule.name}", "bold"))
    paper.line(safe(rule.summary))
    paper.line()
    _prose(paper, rule.why)
    _facts(paper, rule)
    if rule.help:
        _heading(paper, "What to do")
        _prose(paper, rule.help)
    _heading(paper, "How to verify")
    _prose(paper, _sentence(how_to_verify(rule.category, rule.verify)))
    _rates(paper, rule)
    _heading(paper, "Flagged")
    for bad in rule.examples.bad:
        _bad(paper, bad)
    _heading(paper, "Not flagged")
    for good in rule.examples.good:
        _good(paper, good)
    if rule.references:
        _heading(paper, "References")
        for reference in rule.references:
            paper.line(f"  {safe(reference)}")


def _prose(paper: Paper, text: str) -> None:
    for line in text.strip().splitlines():
        paper.line(safe(line))


def _heading(paper: Paper, text: str) -> None:
    paper.line()
    paper.line((f"{text}:", "bold"))


def _facts(paper: Paper, rule: Rule) -> None:
    facts = {
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
    _heading(paper, "The rule")
    for name, value in facts.items():
        paper.line(f"  {name:<10}  {safe(value)}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


def _kind(rule: Rule) -> str:
    """What its findings are beside the score."""
    kind = "a value: no alarm, shown with --explain-score and in machine formats" if rule.value else "an alarm"
    if rule.value == "unless-floor":
        kind += "; an info where it costs all that it can"
    if rule.credit is None:
        return kind
    credit = f"a credit: takes up to {rule.credit:g} points off what its category has lost"
    return f"{credit}; {kind}"


def _rates(paper: Paper, rule: Rule) -> None:
    """How often a shipped rule fires on reference texts."""
    rates = hit_rates()
    lines = rates.lines(rule.id) if rule.builtin else []
    _heading(paper, "How often it fires")
    for line in lines:
        paper.line(f"  in {line}")
    unmeasured = "not measured" if rule.builtin else "not measured: newslint does not ship this rule"
    paper.line(f"  {rates.origin if lines else unmeasured}")


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


def _bad(paper: Paper, bad: Bad) -> None:
    _context(paper, bad)
    index = LineIndex(bad.text)
    for place in bad.at:
        _, _, _, _, severity = parse_place(place)
        paper.line(
            f"  {place.rpartition(' ')[0] if severity else place} ", (severity or "", STYLES.get(severity or "", ""))
        )
    spans = sorted(_span(index, place) for place in bad.at)
    for start, line in _lines(bad.text):
        paper.line("    ", *_marked(line, start, spans))
    paper.line()


def _good(paper: Paper, good: Good) -> None:
    _context(paper, good)
    paper.line(f"  because: {safe(good.because)}")
    for _, line in _lines(good.text):
        paper.line(f"    {safe(line)}")
    paper.line()


def _context(paper: Paper, example: Bad | Good) -> None:
    """The fields beside the text, which the rule may read."""
    for name in ("title", "url", "publisher", "author", "date"):
        value = getattr(example, name)
        if value:
            paper.line(f"  {name}: {safe(value)}")
    if example.profile != "text":
        paper.line(f"  format: {example.profile}")
    if example.lines:
        paper.line(f"  learned lines: {safe(', '.join(example.lines))}")
    if example.preset or example.site:
        paper.line(f"  preset: {example.preset or 'default'}; site: {safe(', '.join(example.site)) or 'none'}")


def _lines(text: str) -> list[tuple[int, str]]:
    """(offset, line) of each line."""
    lines, offset = [], 0
    for line in text.rstrip("\n").split("\n"):
        lines.append((offset, line))
        offset += len(line) + 1
    return lines


def _span(index: LineIndex, place: str) -> tuple[int, int]:
    line, column, end_line, end_column, _ = parse_place(place)
    return index.line_span(line).start + column - 1, index.line_span(end_line).start + end_column - 1


def _marked(line: str, start: int, spans: list[tuple[int, int]]) -> list[Part]:
    """A line with what is flagged in it in ⟦brackets⟧."""
    parts: list[Part] = []
    done = 0
    for first, last in spans:
        low, high = max(first - start, done), min(last - start, len(line))
        if low < high:
            parts += [safe(line[done:low]), (f"⟦{safe(line[low:high])}⟧", "bold red")]
            done = high
    return [*parts, safe(line[done:])]
