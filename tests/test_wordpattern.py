"""Patterns over words: every part of the notation, what is refused, and gates that accept a superset."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.codedtext import CodedText
from linter.gate import gate_of
from linter.kinds import module_of
from linter.lexicon import BUILTIN
from linter.rulebook import compile_check, load_rules
from linter.wordpattern import WordPatternError, check, compile_words

GRAMMAR = [rule for rule in load_rules(BUILTIN.parent, builtin=True) if rule.check["kind"] == "grammar"]


def found(pattern: str, text: str, **slots: set[str]) -> list[str]:
    coded = CodedText(text)
    spans = [match.span() for match in compile_words(pattern, slots).regex.finditer(coded.codes)]
    return [text[slice(*coded.span(*span))] for span in spans]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("the plan", "The plan, the plans and the Plan", ["The plan", "the Plan"]),
        ("the (plan|plans)", "the plan, the plans", ["the plan", "the plans"]),
        ("the [adjective]? [noun]", "the old house", ["the old house"]),
        ("will [any]{1,3} when", "He will go home. When? He will go home when", ["will go home when"]),
        ("[article&!the] [singular]", "a house, the house", ["a house"]),
        ("[house/river]", "a house by the river", ["house", "river"]),
        ("[number] years", "12 years, 1 years, two years", ["12 years", "1 years"]),
        ("[count] years", "12 years, 1 years, 1999 years", ["12 years"]),
        ("[name] said", "Zzyzx said, Paul's said, he said", ["Zzyzx said", "Paul's said"]),
        ('was "," [ing]', "it was, going", ["was, going"]),
        ("(?<=[stop]) they", "They went. They came, they saw", ["They", "They"]),
        ("[Plural] (was|were)", "Villages were, villages were", ["Villages were", "villages were"]),
        ("[plural] (was|were)", "Villages were, villages were", ["villages were"]),
        ("{past-time}", "It was last week, three days ago and yesterday", ["last week", "three days ago", "yesterday"]),
        ("(?!the) [article] house", "the house, a house", ["a house"]),
    ],
)
def test_notation(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_slots() -> None:
    assert found("[event] by", "hit by, struck by, Hit by", event={"hit", "struck", "zzyzx"}) == ["hit by", "struck by"]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("zzyzx", "'zzyzx' is not in the table of words"),
        ("[zzyzx]", "[zzyzx] is no class and no word of the table"),
        ("[noun verb]", "[noun verb] is not a set"),
        ("the @ plan", "'@ plan' is no part of a word pattern"),
        ("the|a plan", "alternatives need brackets round them"),
        ("{zzyzx}", "no part {zzyzx} in grammar/fragments.txt"),
    ],
)
def test_errors(pattern: str, problem: str) -> None:
    with pytest.raises(WordPatternError) as caught:
        compile_words(pattern)
    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize("pattern", ["[noun]*", "[any]", "(the plan", "the )"])
def test_what_matches_anything_or_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(WordPatternError):
        check(compile_words(pattern))


@pytest.mark.parametrize("rule", GRAMMAR, ids=lambda rule: rule.id)
def test_shipped_patterns_compile(rule) -> None:  # type: ignore[no-untyped-def]
    grammar = compile_check(rule)
    assert isinstance(grammar, module_of("grammar").GrammarCheck)
    patterns = list(grammar.patterns())
    assert len(patterns) >= len(rule.check["match"])
    for pattern in patterns:
        check(pattern)


WORDS = "the a will be was is have he they house houses went carry announce big very of in . , 14 month Paul \n".split(
    " "
)


@given(st.lists(st.sampled_from(WORDS), max_size=14))
@settings(max_examples=60, deadline=None)
def test_gates_accept_what_patterns_match(words: list[str]) -> None:
    codes = CodedText(" ".join(words)).codes
    for rule in GRAMMAR:
        for pattern in compile_check(rule).patterns():  # type: ignore[attr-defined]
            if pattern.regex.search(codes):
                assert re2.search(gate_of(pattern.source), codes), pattern.source
