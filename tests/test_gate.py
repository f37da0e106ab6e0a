"""The gate accepts whatever the pattern matches, and little else."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from functools import cache
from re._parser import parse
from typing import Any

import pytest
import re2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kinds.checks import BUILTIN, PROSE, USER, analysis_of, hits, texts, ungated

from linter.firstwords import first_word, first_words, keys_of
from linter.gate import gate_of
from linter.kinds import ParameterError, build
from linter.lexicon import BUILTIN as LEXICONS
from linter.matcher import Matcher, Params
from linter.rulebook import compile_check, load_rules
from linter.scan import Plan

RULES = load_rules(LEXICONS.parent, builtin=True)
ways = st.lists(st.integers(0, 2), min_size=1)
QUICK = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
BESIDE = ["", "\n", "\r\n", " ", "\xa0", "» ", "🙂 ", "İ ", "word ", "(", "“", "-", "é", "_", "1", ".", "\u2028", "K"]


def patterns_of(check: dict[str, Any]) -> Iterator[str]:
    """The patterns of a check, of the check inside it, and the gates of a coded one; not those over words."""
    if check.get("kind") == "grammar":
        return
    match = check.get("match", check.get("gate", []))
    yield from (
        spec if isinstance(spec, str) else spec["pattern"] for spec in ([match] if isinstance(match, str) else match)
    )
    if "of" in check:
        yield from patterns_of(check["of"])


MATCHING = [rule for rule in RULES if any(patterns_of(rule.check))]


@cache
def matching(number: int) -> st.SearchStrategy[str]:
    """Strings that one of a rule's patterns finds a match in, and the rule's own examples."""
    rule = MATCHING[number]
    examples = [example.text for example in [*rule.examples.bad, *rule.examples.good]]
    regexes = [st.from_regex(re.compile(pattern)) for pattern in patterns_of(rule.check)]
    return st.one_of(st.sampled_from(examples), *regexes)


def recased(text: str, choices: list[int]) -> str:
    """The text with some letters in another case, or as the letters that fold to them."""
    odd = {"i": "İ", "k": "K", "'": "’", '"': "“", " ": "\xa0", "-": "‑"}
    forms = (str, str.upper, lambda char: odd.get(char, char))
    return "".join(forms[choices[n % len(choices)]](char) for n, char in enumerate(text))


@pytest.mark.parametrize("number", range(len(MATCHING)), ids=[rule.id for rule in MATCHING])
@given(
    data=st.data(), beside=st.tuples(*[st.sampled_from(BESIDE)] * 4), choices=st.lists(st.integers(0, 2), min_size=1)
)
@QUICK
def test_a_shipped_rule_finds_behind_its_gates_what_it_finds_without(
    number: int, data: st.DataObject, beside: tuple[str, ...], choices: list[int]
) -> None:
    rule, found = MATCHING[number], data.draw(matching(number))
    text = f"A line{beside[0]}{beside[1]}{recased(found, choices)}{beside[2]}{beside[3]}\nA line of words."
    check, analysis = compile_check(rule), analysis_of(text)
    passed = dict(Plan([check]).scan(analysis)).get(0)
    assert (list(check.run(analysis, passed)) if passed else []) == ungated(check, analysis)


# ---- random patterns -----------------------------------------------------------------------------------------

CHARACTERS = "ab1_ .,-é\n\xa0İſ"
members = ["a", "b", "1", "é", " ", r"\w", r"\s", r"\d", r"\n", "a-c", r"\x80-\u0fff"]
inside = st.lists(st.sampled_from(members), min_size=1, max_size=3).map("".join)
one = st.one_of(
    st.sampled_from(CHARACTERS).map(re.escape),
    st.sampled_from([r"\w", r"\W", r"\s", r"\S", r"\d", r"\D", ".", r"[^\W_]", r"[^\W\d]", r"[\W1]", r"[^\S\n]"]),
    inside.map(lambda text: f"[{text}]"),
    inside.map(lambda text: f"[^{text}]"),
)
edge = st.one_of(
    st.sampled_from([r"\b", r"\B", "^", "$", r"\A", r"\Z", "(?m:^)"]),
    st.tuples(st.sampled_from(["(?=", "(?!", "(?<=", "(?<!"]), one).map(lambda parts: f"{parts[0]}{parts[1]})"),
)
counts = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{9,12}", "{2,}", "*?", "+?", "{1,2}?", "*+", "{0}"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        st.tuples(inner, counts).map(lambda parts: f"(?:{parts[0]}){parts[1]}"),
        inner.map(lambda body: f"({body})"),
        st.tuples(inner, inner).map(lambda parts: f"(?P<n>{parts[0]}){parts[1]}(?P=n)"),
        inner.map(lambda body: f"(?>{body})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]})?{parts[1]}(?(1)a|b)"),
    )


def is_usable(pattern: str) -> bool:
    try:
        Matcher(Params(match=[pattern], case="exact"), BUILTIN)
    except ParameterError:
        return False
    return True


patterns = st.tuples(st.just("") | edge, st.recursive(one, larger, max_leaves=8), st.just("") | edge).map("".join)
usable = patterns.filter(is_usable)
neighbours = st.lists(st.sampled_from(BESIDE), max_size=3).map("".join)
places = st.sampled_from(["whole", "start", "end", "anywhere"])


@given(usable, places, st.booleans(), st.booleans(), st.data(), neighbours)
@settings(QUICK, max_examples=400)
def test_a_random_pattern_finds_behind_its_gate_what_it_finds_without(
    pattern: str, at: str, on_text: bool, exact: bool, data: st.DataObject, beside: str
) -> None:
    place = {"on": "text"} if on_text else {"at": at}
    case = "exact" if exact or pattern != pattern.lower() or "\\" in pattern else "ignore"
    text = data.draw(st.text(CHARACTERS + "cKK\x1c\u2028😀", max_size=12) | st.from_regex(re.compile(pattern)))
    hits({"kind": "pattern", "match": [pattern], "case": case, **place}, f"{beside}{text}\nb")
    hits({"kind": "pattern", "match": [pattern], "case": case, **place}, f"b{text}{beside}")


@given(usable, places)
@settings(QUICK, max_examples=300)
def test_every_gate_compiles(pattern: str, at: str) -> None:
    try:
        gate = gate_of(pattern, at)
    except re.error:
        return
    re2.compile(gate)


@given(usable, st.booleans(), st.data())
@settings(QUICK, max_examples=300)
def test_every_line_that_a_random_pattern_matches_has_one_of_its_first_words(
    pattern: str, whole: bool, data: st.DataObject
) -> None:
    keys = first_words(parse(pattern), whole=whole)
    text = data.draw(st.from_regex(re.compile(pattern), fullmatch=whole)).lower()
    compiled = re.compile(pattern)
    if keys and (compiled.fullmatch(text) if whole else compiled.match(text)):
        assert keys & set(keys_of(first_word(text, 0, len(text))))


# ---- pinned cases --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("[[:alpha:]]+x", "the abcx", "abcx"),
        ("a[b[:digit:]]c", "xa7c", "a7c"),
        ("(?i)FOO", "a foo", "foo"),
        ("a(?i:B)", "ab", "ab"),
        ("a(?s:.)b", "xa\nb", "a\nb"),
        ("a{,2}b", "xa{,2}b", "a{,2}b"),
        (r"\pL\d", "xé7", "é7"),
        (r"\Qa.b\E", "xa.b", "a.b"),
        (r"a\z", "ba", "a"),
    ],
)
def test_what_re2_reads_in_its_own_way_loses_nothing(pattern: str, text: str, found: str) -> None:
    spec = {"kind": "pattern", "on": "text", "case": "exact", "match": [pattern]}
    assert texts(spec, text, context=USER) == [found]


def test_a_fuzzy_pattern_of_the_regex_module_loses_nothing() -> None:
    spec = {"kind": "pattern", "on": "text", "engine": "python", "match": ["(?:foobar){e<=1}x"]}
    assert texts(spec, "a fobarx", context=USER) == ["fobarx"]


@pytest.mark.parametrize(
    ("pattern", "place", "text"),
    [
        (r"foo(?!\s)", {"at": "anywhere"}, "a foo\nb"),
        (r"foo(?!\s)", {"at": "start"}, "foo\r\nb"),
        (r"(?<!\s)foo", {"at": "end"}, "a\n  foo"),
        (r"(?<!\n)foo", {"at": "anywhere"}, "a\nfoo"),
        (r"\bfoo\b", {"on": "text"}, "éfoo foo\u2028foo"),
        (r"(?<![\w-])foo(?![\w-])", {"on": "text"}, "foo"),
        (r"((x{8}){8}){8}y?", {"on": "text"}, "x" * 512),
        (r"(?:(?:(?:(?:a{8}){8}){8}){2}|b)", {"on": "text"}, "b"),
    ],
)
def test_edges_and_counts(pattern: str, place: dict[str, str], text: str) -> None:
    assert hits({"kind": "pattern", "match": [pattern], **place}, text)


@pytest.mark.parametrize("pattern", ["a(", "[", r"\pL", "(?i)a", "[[:alpha:]]", "a{,3}"])
def test_what_has_no_gate(pattern: str) -> None:
    with pytest.raises(re.error):
        gate_of(pattern)


# ---- selectivity ---------------------------------------------------------------------------------------------


def test_few_gates_pass_on_clean_prose() -> None:
    gates = [(rule.id, gate) for rule in RULES for gate in compile_check(rule).gates]
    analysis = analysis_of(PROSE)
    coded = analysis.coded
    views = {"plain": analysis.plain, "folded": analysis.folded, "codes": coded.codes, "unquoted": coded.unquoted}
    passed = [(rule, gate.pattern) for rule, gate in gates if re2.search(gate.pattern, views[gate.view])]
    assert len(gates) > 100
    assert len(passed) <= 0.08 * len(gates), passed


@pytest.mark.parametrize(
    ("pattern", "at", "text", "passes"),
    [
        ("advertisement", "whole", "an advertisement in the paper", False),
        ("advertisement", "whole", "» advertisement «", True),
        ("advertisement", "start", "an advertisement", False),
        ("advertisement", "end", "advertisement in the paper", False),
        (r"\bart\b", "anywhere", "a smart party", False),
        (r"\bart\b", "anywhere", "fine art.", True),
        (r"(?<![\w'])can t(?!\w)", "anywhere", "scan the", False),
        (r"a{3,4}b", "anywhere", "aab", False),
        (r"[^\W\d_]x", "anywhere", "éx", True),
    ],
)
def test_what_a_gate_keeps_out(pattern: str, at: str, text: str, passes: bool) -> None:
    assert (re2.search(gate_of(pattern, at), text) is not None) is passes


def test_a_gate_set_scans_a_long_text_quickly() -> None:
    plan, analysis = Plan([compile_check(rule) for rule in RULES]), analysis_of(PROSE * 400)
    start = time.process_time()
    plan.scan(analysis)
    assert time.process_time() - start < 2


def test_the_parser_of_the_standard_library_is_the_one_that_was_tested() -> None:
    assert sys.version_info >= (3, 11)
    assert gate_of("a.b|é") == r"(?:(?:a[^\n]b|\x{e9}))"
    assert build({"kind": "pattern", "match": ["a"]}, USER).gates
