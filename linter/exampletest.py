"""Runs the examples of rules: a bad one must fire exactly where it says, at that level; a good one must not fire.

Each example is linted with its own rule alone. Examples that are plain text are linted again as Markdown and as a
record of a dump, which tests that a rule and its offsets do not depend on the format.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec

import msgspec
from msgspec import Struct

from linter.corpus.templatelines import TemplateLines
from linter.engine import Engine
from linter.lexicon import parse_lexicon
from linter.model import Article, Finding, Preset, Verdict
from linter.readers import ReadOptions, article_from_text, jsonl
from linter.rulefile import Bad, Good, Rule, parse_place

_ESCAPED = re.compile(r"[!-/:-@\[-`{-~]")  # every ASCII punctuation character may be escaped in Markdown
_LIST_ITEM = re.compile(r"^[ \t]*(?:[-*+•–—]|\d+[.)])\s|^(?: {4}|\t)", re.MULTILINE)


class ExampleError(Exception):
    """An example could not be linted, for instance because a pattern took too long."""


class Failure(Struct, frozen=True):
    """An example that did not do what it says."""

    rule: str
    example: str  # "bad 1"
    wrapping: str  # "as it stands", "in Markdown", "in a record"
    expected: list[str]
    found: list[str]

    def __str__(self) -> str:
        expected, found = (", ".join(places) or "nothing" for places in (self.expected, self.found))
        return f"{self.rule} {self.example} {self.wrapping}: expected {expected}; found {found}"


def run(rules: Sequence[Rule]) -> list[Failure]:
    """Run every example of every rule. Returns what failed."""
    return [failure for rule in rules for failure in _of_rule(rule)]


def _of_rule(rule: Rule) -> Iterator[Failure]:
    rule = msgspec.structs.replace(rule, status="stable")
    examples: list[tuple[str, Bad | Good]] = [
        *((f"bad {n}", bad) for n, bad in enumerate(rule.examples.bad, 1)),
        *((f"good {n}", good) for n, good in enumerate(rule.examples.good, 1)),
    ]
    engines: dict[tuple[object, ...], Engine] = {}
    for name, example in examples:
        expected = sorted(example.at) if isinstance(example, Bad) else []
        if example.needs and find_spec(example.needs) is None:
            continue
        key = (example.preset, tuple(example.site), tuple(example.lines))
        if key not in engines:
            engines[key] = _engine(rule, example, example.preset)
        engine = engines[key]
        tries = {"as it stands": (expected, partial(_as_it_stands, engine, example))}
        if example.profile == "text" and "text" in rule.profiles:
            tries["in a record"] = expected, partial(_in_a_record, engine, example)
        if example.profile == "text" and "markdown" in rule.profiles and not _LIST_ITEM.search(example.text):
            graded = not any(level.when.profile == "markdown" for level in rule.levels)
            wanted = expected if graded else [place.rpartition(" ")[0] or place for place in expected]
            tries["in Markdown"] = wanted, partial(_in_markdown, rule, example, graded)
        for wrapping, (wanted, places) in tries.items():
            try:
                found = sorted(places())
            except Exception as err:  # the code of a user's rule, or its time limit
                yield Failure(rule.id, name, wrapping, wanted, [f"{type(err).__name__}: {err}"])
                break
            if not _agree(wanted, found):
                yield Failure(rule.id, name, wrapping, wanted, found)


def _engine(rule: Rule, example: Bad | Good, preset: Preset | None) -> Engine:
    lines = TemplateLines(parse_lexicon(example.lines)) if example.lines else None
    return Engine([rule], preset=preset, site=example.site, template_lines=lines)


def _as_it_stands(engine: Engine, example: Bad | Good) -> list[str]:
    article = article_from_text(example.text, example.profile)
    return [_place(finding) for finding in _lint(engine, article, example).findings]


def _in_a_record(engine: Engine, example: Bad | Good) -> list[str]:
    return [_place(finding) for finding in _lint(engine, _as_record(example.text), example).findings]


def _lint(engine: Engine, article: Article, example: Bad | Good) -> Verdict:
    article.title, article.url = example.title or article.title, example.url or article.url
    article.author, article.date = example.author or article.author, example.date or article.date
    article.publisher = example.publisher or article.publisher
    article.language = article.language or engine.language  # examples are short: given, not guessed
    verdict = engine.lint(article).verdict
    if verdict.error:
        raise ExampleError(verdict.error)
    return verdict


def _in_markdown(rule: Rule, example: Bad | Good, graded: bool) -> list[str]:
    """The same, after escaping the text so that Markdown shows it unchanged, one paragraph per line."""
    engine = _engine(rule, example, example.preset or "scraped")
    source, at = _escape(example.text)
    article = article_from_text(source, "markdown")
    findings = _lint(engine, article, example).findings
    back = {offset: n for n, offset in enumerate(at)}
    back |= {offset + 1: n for n, offset in enumerate(at) if source[offset : offset + 1] == "\\"}
    lines = _Places(example.text)
    found = []
    for finding in findings:
        if finding.field != "text" or finding.start == finding.end:
            found.append(_place(finding))
            continue
        start, end = back.get(finding.start), back.get(finding.end)
        if start is None or end is None:
            found.append(f"offsets {finding.start}-{finding.end} between two characters")
            continue
        found.append(f"{lines.of(start)}-{lines.of(end)}" + (f" {finding.severity}" if graded else ""))
    return found


def _as_record(text: str) -> Article:
    line = msgspec.json.encode({"id": "example", "text": text})
    return next(jsonl.read(io.BufferedReader(io.BytesIO(line)), "examples.jsonl", ReadOptions()))


def _escape(text: str) -> tuple[str, list[int]]:
    """Markdown that shows `text`, and where each of its characters begins (and the end) in it."""
    parts: list[str] = []
    at: list[int] = []
    length = 0
    for number, char in enumerate(text):
        at.append(length)
        if char == "\n":
            single = text[number + 1 : number + 2] not in ("\n", "") and text[number - 1 : number] != "\n"
            part = "\n\n" if single else "\n"
        else:
            part = f"\\{char}" if _ESCAPED.match(char) else char
        parts.append(part)
        length += len(part)
    return "".join(parts), [*at, length]


class _Places:
    """Line:column of offsets into an example's text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, offset: int) -> str:
        line = self._text.count("\n", 0, offset) + 1
        return f"{line}:{offset - (self._text.rfind(chr(10), 0, offset) + 1) + 1}"


def _place(finding: Finding) -> str:
    place = f"{finding.line}:{finding.column}-{finding.end_line}:{finding.end_column}"
    field = "" if finding.field == "text" else f"{finding.field} "
    return f"{field}{place} {finding.severity}"


def _agree(expected: list[str], found: list[str]) -> bool:
    """Are these the same places? A place that names no severity agrees with any."""
    if len(expected) != len(found):
        return False
    pairs = zip(sorted(expected, key=_key), sorted(found, key=_key), strict=True)
    return all(e == f or (parse_place(e).severity is None and f.startswith(e)) for e, f in pairs)


def _key(place: str) -> tuple[str | int, ...]:
    try:
        return parse_place(place)[:5]
    except ValueError:
        return ("",)
