"""A rule as Markdown: a page of the documentation, and the help that SARIF carries."""

from __future__ import annotations

from collections.abc import Iterator

from linter.reports import rulefacts
from linter.reports.mdtext import code, fenced, linked, prose, text
from linter.rulefile import Bad, Good, Rule

_NAMED = 100  # code points of a flagged text that are repeated above its example


def markdown(rule: Rule) -> str:
    """Everything there is to know about a rule, as GitHub-flavoured Markdown that ends with a line break.

    The texts of a rule are shown as they are: nothing in them is taken for markup.
    """
    return "\n\n".join(_parts(rule)) + "\n"


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# {text(rule.id)} {text(rule.name)}"
    yield text(rule.summary)
    yield "## Why"
    yield prose(rule.why)
    if rule.help:
        yield "## What to do"
        yield prose(rule.help)
    yield "## How to verify"
    yield text(rulefacts.verification(rule))
    yield "## The rule"
    yield _table(rulefacts.facts(rule))
    yield "## How often it fires"
    lines, origin = rulefacts.rates(rule)
    if lines:
        yield "\n".join(f"- {text(line)}" for line in lines)
    yield text(f"{origin[:1].upper()}{origin[1:]}.")
    yield "## Flagged"
    for bad in rule.examples.bad:
        yield _list([*_context(bad), *_flagged(bad)])
        yield fenced(bad.text)
    yield "## Not flagged"
    for good in rule.examples.good:
        yield _list([*_context(good), f"because: {text(good.because)}"])
        yield fenced(good.text)
    if rule.references:
        yield "## References"
        yield _list(linked(reference) for reference in rule.references)


def _table(facts: dict[str, str]) -> str:
    rows = [f"| {text(name)} | {text(value)} |" for name, value in facts.items()]
    return "\n".join(["| | |", "|---|---|", *rows])


def _list(items: list[str] | Iterator[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _context(example: Bad | Good) -> list[str]:
    return [f"{name}: {code(value)}" for name, value in rulefacts.context(example)]


def _flagged(bad: Bad) -> list[str]:
    """Each place that fires, and the words that stand there."""
    return [
        f"{place.at}{f' {place.severity}' if place.severity else ''}{_named(bad.text[place.start : place.end])}"
        for place in rulefacts.flagged(bad)
    ]


def _named(words: str) -> str:
    shown = code(words if len(words) <= _NAMED else f"{words[:_NAMED].rstrip()}…")
    return f": {shown}" if shown else ""
