"""A rule, told to a person: why, what it looks for, and its examples with the flagged span marked."""

from __future__ import annotations

from linter.reports import rulefacts
from linter.reports.paper import STYLES, Paper, Part, safe
from linter.rulefile import Bad, Good, Rule


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
    _prose(paper, rulefacts.verification(rule))
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
    _heading(paper, "The rule")
    for name, value in rulefacts.facts(rule).items():
        paper.line(f"  {name:<10}  {safe(value)}")


def _rates(paper: Paper, rule: Rule) -> None:
    """How often a shipped rule fires on reference texts."""
    lines, origin = rulefacts.rates(rule)
    _heading(paper, "How often it fires")
    for line in [*lines, origin]:
        paper.line(f"  {line}")


def _bad(paper: Paper, bad: Bad) -> None:
    _context(paper, bad)
    places = rulefacts.flagged(bad)
    for place in places:
        paper.line(f"  {place.at} ", (place.severity, STYLES.get(place.severity, "")))
    spans = sorted((place.start, place.end) for place in places)
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
    for name, value in rulefacts.context(example):
        paper.line(f"  {name}: {safe(value)}")


def _lines(text: str) -> list[tuple[int, str]]:
    """(offset, line) of each line."""
    lines, offset = [], 0
    for line in text.rstrip("\n").split("\n"):
        lines.append((offset, line))
        offset += len(line) + 1
    return lines


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
