"""What holds for every shipped rule, whatever it looks for."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kinds.checks import PROSE, analysis_of, ungated

from linter.engine import Engine
from linter.lexicon import BUILTIN
from linter.model import Article
from linter.rulebook import compile_check, load_rules
from linter.rulefile import Good, Rule
from linter.scan import Plan

RULES = load_rules(BUILTIN.parent, builtin=True)
BY_ID = {rule.id: rule for rule in RULES}
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def patterns_of(check: dict[str, Any]) -> Iterator[str]:
    if check.get("kind") == "grammar":  # over words: tests/test_wordpattern.py
        return
    match = check.get("match", check.get("gate", []))
    for spec in [match] if isinstance(match, str) else match:
        yield spec if isinstance(spec, str) else spec["pattern"]
    if "of" in check:
        yield from patterns_of(check["of"])


def code_of(rule: Rule) -> str:
    """The code beside a coded rule."""
    function = rule.check.get("function")
    return (Path(rule.source).parent / f"{function.partition('.')[0]}.py").read_text() if function else ""


def plain_goods(rule: Rule) -> list[Good]:
    """The good examples of a rule that are nothing but a text."""
    return [
        good
        for good in rule.examples.good
        if good.profile == "text" and not (good.title or good.url or good.author or good.site)
    ]


@cache
def engine_of(rule_id: str) -> Engine:
    """An engine for one rule alone, in preview or not."""
    return Engine([msgspec.structs.replace(BY_ID[rule_id], status="stable")])


@each_rule
def test_files_are_named_after_their_rule(rule: Rule) -> None:
    assert Path(rule.source).stem == rule.name
    assert {Path(other.source).parent for other in RULES if other.family == rule.family} == {Path(rule.source).parent}


@each_rule
def test_texts_are_complete(rule: Rule) -> None:
    assert all(text and text.strip() for text in (rule.summary, rule.why, rule.message, rule.help))
    assert rule.summary.endswith(".")
    assert "\n" not in rule.summary + rule.message
    named = set(re.findall(r"\{(\w+)\}", rule.message))
    given_ = {"match", "headline", "count", "rate"} | set(re.findall(r"\(\?P<(\w+)>", "".join(patterns_of(rule.check))))
    given_ |= {"words", "usual", "most"} if rule.check["kind"] == "rate" else set()
    assert named <= given_ | set(re.findall(r'"(\w+)":', code_of(rule)))
    words = f"{rule.summary} {rule.why} {rule.message} {rule.help}".lower()
    assert not re.search(r"\b(?:fake|misinformation|disinformation|untrue)\b", words)


@each_rule
def test_patterns_can_match_folded_text(rule: Rule) -> None:
    folded_away = "’‘ʼ“”„\xa0\u202f\u2009\u2007\u3000‐‑"
    for pattern in patterns_of(rule.check):
        outside = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", pattern)
        assert not set(outside) & set(folded_away), pattern
    for pattern in [*rule.unless.line, *rule.unless.before, *rule.unless.after]:
        assert not set(re.sub(r"\[(?:\\.|[^\]\\])*\]", "", pattern)) & set(folded_away), pattern


@each_rule
def test_patterns_match_no_empty_string(rule: Rule) -> None:
    """What loading a rule of one's own tests; for shipped rules it would take seconds at every start."""
    for pattern in patterns_of(rule.check):
        compiled = re.compile(re.sub(r"\{[a-z]+\}", "slot", pattern))
        assert not [text for text in ("", "a", "a b-c 1.") if any(not m.group() for m in compiled.finditer(text))]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.check["kind"] != "density"], ids=lambda rule: rule.id)
def test_good_examples_are_silent_beside_each_other(rule: Rule) -> None:
    """The look-alikes of a rule, in any order as the paragraphs of one text, are no errors (their density may be)."""
    goods, engine, draw = plain_goods(rule), Engine([rule]), random.Random(rule.id)
    loud = []
    for _ in range(12):
        text = "\n\n".join(good.text.strip() for good in draw.sample(goods, len(goods)))
        article = Article(text=text, source=text, language=engine.language)
        loud += [(f.text, text) for f in engine.lint(article).verdict.findings if f.severity == "error"]
    assert loud == []


# They report what one text has several of: two of their look-alikes in one text need not be look-alikes any more.
COUNTING = {"ENC005", "SEO003", "TPL009"} | {rule.id for rule in RULES if rule.check["kind"] == "density"}


def look_alikes(rule: Rule) -> list[str]:
    """The look-alikes of a rule that are one paragraph each: in parts, they would lose what explains them."""
    texts = [good.text.strip() for good in plain_goods(rule) if not good.preset]
    return [text for text in texts if "\n" not in text and analysis_of(text).is_prose(analysis_of(text).lines[0], 5)]


@pytest.mark.parametrize("id_", [rule.id for rule in RULES if rule.id not in COUNTING and look_alikes(rule)])
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_text_made_of_look_alikes_alone_is_silent(id_: str, data: st.DataObject) -> None:
    """Whichever of them, in any order, on one line or on many: not even an info."""
    some = data.draw(st.lists(st.sampled_from(look_alikes(BY_ID[id_])), min_size=1, max_size=8, unique=True))
    text = data.draw(st.sampled_from([" ", "\n\n"])).join(some)
    article = Article(text=text, source=text, language=engine_of(id_).language)
    assert [(f.severity, f.text) for f in engine_of(id_).lint(article).verdict.findings] == []


def test_good_examples_of_all_rules_are_silent_in_prose() -> None:
    engine, draw, loud = Engine(RULES), random.Random(1), []
    paragraphs = PROSE.strip().split("\n\n")
    for id_, good in [(rule.id, good) for rule in RULES for good in plain_goods(rule)]:
        at = draw.randint(3, len(paragraphs) - 1)
        text = "\n\n".join([*paragraphs[:at], good.text.strip(), *paragraphs[at:]])
        article = Article(text=text, source=text, language="en")
        found = [f for f in engine.lint(article).verdict.findings if f.severity == "error" and f.rule == id_]
        loud += [(f.rule, f.text) for f in found]
    assert loud == []


# ---- coded rules: their gates lose nothing of what their functions find --------------------------------------


def check_gate(id_: str, text: str) -> None:
    check, analysis = compile_check(BY_ID[id_]), analysis_of(text)
    passed = dict(Plan([check]).scan(analysis)).get(0)
    assert (list(check.run(analysis, passed)) if passed else []) == ungated(check, analysis)


def mojibake(text: str, codec: str) -> str:
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode("utf-8", "ignore"))


odd = st.sampled_from("aeé’“”–…ÎÉŽßñüøåçœ€αβγδжשяעברית日本語한🙂") | st.characters(min_codepoint=0xA0)
letters = st.text(odd, min_size=1, max_size=6)


@example("Αθήνα", "cp1252", "")
@example("Îl", "cp1252", "")
@given(letters, st.sampled_from(["cp1252", "latin-1"]), st.sampled_from(["", " ", "a", "A "]))
@settings(deadline=None, max_examples=300)
def test_mojibake_passes_its_gate(text: str, codec: str, beside: str) -> None:
    check_gate("ENC001", f"They met {beside}{mojibake(text, codec)}{beside} at noon.")


befores = st.sampled_from("It Go it word don't rock’n’roll re-do iPad O'Neil a No well-to-do".split())
stops = st.sampled_from([".", "!", "?", ".”", '."', ".’", ".)", ". "])
glue = st.tuples(befores, stops, st.sampled_from(["The", "It", "A", "Then", "the"])).map("".join)


@example("It.The", "well. It")
@given(glue, glue)
@settings(deadline=None, max_examples=200)
def test_glued_sentences_pass_their_gate(one: str, other: str) -> None:
    check_gate("CAP003", f"They said that they saw {one} next day came and they saw {other} next day went by.")


cues = st.sampled_from(["Source: ", "via ", "© ", "", "By "])
names = st.sampled_from(["example.", "a-b.", "univ.", "9.", "www.", "İs.", "blog."])
endings = st.sampled_from("xyz top icu site edu.vn ac.id gov.br gov mil com org sch.id go.kr info world edu".split())
domains = st.tuples(cues, names, endings).map("".join)


@given(st.lists(domains, min_size=1, max_size=3))
@settings(deadline=None, max_examples=200)
def test_domains_pass_their_gate(lines: list[str]) -> None:
    check_gate("SEO007", PROSE + "\n\n" + "\n\n".join(lines))
