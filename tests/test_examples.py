"""Examples are tests: those of the shipped rules pass, and a wrong one is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from linter.exampletest import Failure, run
from linter.lexicon import BUILTIN
from linter.rulebook import load_rules
from linter.rulefile import Bad, Examples, Good, Rule

RULES = load_rules(BUILTIN.parent, builtin=True)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_shipped_examples(rule: Rule) -> None:
    assert [str(failure) for failure in run([rule])] == []
    assert min(len(rule.examples.bad), len(rule.examples.good)) >= 2


RULE = """\
id: TST001
name: a-test-rule
summary: S.
why: W.
message: "'{match}'"
severity: warning
confidence: certain
category: style
check: {kind: pattern, match: [foo, 'foo \\(bar\\)']}
examples:
  bad:
    - {text: "One\\n\\nfoo\\ntwo", at: ["3:1-3:4 warning"]}
    - {text: "* foo (bar)", at: ["1:1-1:12"]}
  good:
    - {text: a foo, because: not the whole line}
    - {text: "the _foo_", because: another}
"""


@pytest.fixture
def rule(tmp_path: Path) -> Rule:
    path = tmp_path / "rule.yaml"
    path.write_text(RULE)
    (rule,) = load_rules(path)
    return rule


def with_examples(rule: Rule, *examples: Bad | Good) -> Rule:
    bad = [example for example in examples if isinstance(example, Bad)]
    return replace(
        rule, examples=Examples(bad=bad, good=[example for example in examples if isinstance(example, Good)])
    )


def test_a_right_rule(rule: Rule) -> None:
    assert run([rule]) == []
    assert run([replace(rule, status="stable"), rule]) == []


def test_examples_that_are_wrong(rule: Rule) -> None:
    wrong = with_examples(
        rule,
        Bad(text="food", at=["1:1-1:5 warning"]),
        Bad(text="foo", at=["1:1-1:4 error"]),
        Bad(text="foo\n\nfoo", at=["1:1-1:4 warning"]),
        Good(text="see\n\nfoo", because="wrong"),
    )
    expected = [
        ("bad 1", ["1:1-1:5 warning"], []),
        ("bad 2", ["1:1-1:4 error"], ["1:1-1:4 warning"]),
        ("bad 3", ["1:1-1:4 warning"], ["1:1-1:4 warning", "3:1-3:4 warning"]),
        ("good 1", [], ["3:1-3:4 warning"]),
    ]
    ways = ("as it stands", "in a record", "in Markdown")
    assert run([wrong]) == [Failure("TST001", name, way, want, found) for name, want, found in expected for way in ways]


def test_a_failure_is_one_line() -> None:
    assert str(Failure("TST001", "bad 1", "in Markdown", ["1:1-1:2"], [])) == (
        "TST001 bad 1 in Markdown: expected 1:1-1:2; found nothing"
    )


def test_a_place_without_a_severity_agrees_with_any(rule: Rule) -> None:
    graded = replace(rule, severity="error")
    assert [str(failure) for failure in run([graded])] == [
        f"TST001 bad 1 {way}: expected 3:1-3:4 warning; found 3:1-3:4 error"
        for way in ("as it stands", "in a record", "in Markdown")
    ]


def test_a_pattern_that_takes_too_long_is_reported(rule: Rule) -> None:
    check = {"kind": "pattern", "on": "text", "engine": "python", "match": ["(?:a|aa)+$"]}
    slow = with_examples(replace(rule, check=check), Good(text="a" * 60 + "!", because="slow"))
    (failure, *others) = run([slow])
    assert others == []
    assert "took longer than" in str(failure)


def test_code_that_fails_is_reported(rule: Rule, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def find(analysis, options):\n    raise KeyError('gone')\n    yield\n")
    coded = replace(rule, check={"kind": "python", "function": "mine.find"}, builtin=True)
    places = {"bad 1": "3:1-3:4 warning", "bad 2": "1:1-1:12", "good 1": "nothing", "good 2": "nothing"}
    assert [str(failure) for failure in run([coded])] == [
        f"TST001 {name} as it stands: expected {place}; found KeyError: 'gone'" for name, place in places.items()
    ]
