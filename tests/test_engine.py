"""Article + rules -> verdict: offsets, fingerprints, gates by language and profile, suppression, scores."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds.checks import PROSE, rule

from linter.api import Linter
from linter.config import SuppressTable
from linter.engine import Engine
from linter.model import Article, Finding, Profile, Verdict
from linter.readers import ReadOptions, article_from_text, jsonl
from linter.rulefile import Rule
from linter.source import LineIndex

LINTER = Linter()


def pattern(*match: str, **keys: Any) -> dict[str, Any]:
    return {"kind": "pattern", "match": list(match), **keys}


def a_rule(id_: str = "TST001", *match: str, **keys: Any) -> Rule:
    check = pattern(*(match or (r"\bfoo\b",)), on="text")
    return rule(id_, **{"message": "'{match}' found", "status": "stable", "check": check, **keys})


def lint(
    rules: list[Rule], text: str, *, profile: Profile = "text", engine: dict[str, Any] | None = None, **fields: Any
) -> Verdict:
    article = article_from_text(text, profile)
    for name, value in fields.items():
        setattr(article, name, value)
    return Engine(rules, **(engine or {})).lint(article).verdict


def found(verdict: Verdict) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, f.text) for f in verdict.findings]


# ---- offsets and fingerprints of any article -----------------------------------------------------------------

RESIDUE = [
    "See also: Pop Star Stuns Fans In Sheer Gown", "Advertisement", "Story continues below advertisement",
    "Facebook Twitter Pinterest WhatsApp", "Leave a Reply Cancel reply", "Dear {{ first_name }}, welcome back 🙂.",
    "Sign up for our daily newsletter", "By subscribing you agree to our terms", "The ship left the the harbour.",
    "Source: example.org", "The post Old bakery reopens appeared first on Crumb.",
    "As an AI language model, I cannot say.", "- Read more & more",
    "They didn t know that he couldn t come, it wasn t true.", "It was the mayorâ€™s last dayâ€¦",
]  # fmt: skip
PARAGRAPHS = [
    *PROSE.split("\n\n")[2:5],
    "🙂👩‍🚀 An İstanbul ferry ran aground.",
    "“Quoted,” she said.",
    "> Mail of a friend",
]
lines = st.lists(st.sampled_from([*RESIDUE, *PARAGRAPHS]), min_size=1, max_size=9)
breaks = st.sampled_from(["\n\n", "\r\n\r\n", "\n", "\r\n", "\n \t\n", "\n\n\n", "\u2028", "\r"])
articles = st.tuples(st.lists(st.tuples(st.sampled_from([*RESIDUE, *PARAGRAPHS]), breaks), min_size=1, max_size=9)).map(
    lambda drawn: "".join(line + end for line, end in drawn[0])
)
QUICK = settings(deadline=None, max_examples=120)


ABOVE = ["", "---\ntitle: A\n---\n", "\n\n", "# Heading &amp; more\n\n", "```\nAdvertisement\n```\n\n"]


def check_offsets(verdict: Verdict, source: str, title: str | None = None) -> None:
    assert verdict.error is None
    for f in verdict.findings:
        text = source if f.field == "text" else title or ""
        index = LineIndex(text)
        assert f.text == text[f.start : f.end]
        assert (f.line, f.column) == index.position(f.start)
        assert (f.end_line, f.end_column) == index.position(f.end)
    order = [(f.start, f.end, f.rule) for f in verdict.findings]
    assert order == sorted(order)
    prints = [f.fingerprint for f in verdict.findings]
    assert len(set(prints)) == len(prints)
    assert sum(f.points for f in verdict.findings) == (0 if verdict.score is None else 100 - verdict.score)


@given(articles, st.sampled_from([None, "Harbour bridge to close", RESIDUE[0]]))
@QUICK
def test_plain_text(text: str, title: str | None) -> None:
    check_offsets(LINTER.lint(text, title=title), text, title)


@given(articles, st.sampled_from(ABOVE))
@QUICK
def test_markdown(text: str, above: str) -> None:
    check_offsets(LINTER.lint(above + text, profile="markdown"), above + text)


@given(articles)
@QUICK
def test_records(text: str) -> None:
    dump = msgspec.json.encode({"id": 7, "text": text, "title": "A title"})
    (article,) = jsonl.read(io.BufferedReader(io.BytesIO(dump)), "d.jsonl", ReadOptions())
    outcome = LINTER.run(article)
    check_offsets(outcome.verdict, text, "A title")
    plain = LINTER.lint(text, title="A title")
    assert found(outcome.verdict) == found(plain)


@given(st.text(st.characters()), st.sampled_from(["text", "markdown"]))
@settings(deadline=None, max_examples=100)
def test_any_text_at_all(text: str, profile: Profile) -> None:
    assert LINTER.lint(f"{text}\n\nAdvertisement\n\n{text}", profile=profile).error is None


@given(lines, lines)
@QUICK
def test_fingerprints_stay_when_the_text_above_changes(above: list[str], below: list[str]) -> None:
    def once(text: str) -> dict[tuple[str, str], str]:
        pairs = [((f.rule, f.text), f.fingerprint) for f in LINTER.lint(text).findings]
        return {key: print_ for key, print_ in pairs if [other for other, _ in pairs].count(key) == 1}

    short, long = once("\n\n".join(below)), once("\n\n".join([*above, *below]))
    assert all(short[key] == long[key] for key in short.keys() & long.keys())


def test_fingerprints_of_equal_matches_are_numbered() -> None:
    def prints(text: str, **fields: Any) -> list[str]:
        return [f.fingerprint for f in lint([a_rule()], text, **fields).findings]

    two = prints("a foo, a  FOO")
    assert len(set(two)) == 2
    assert prints("nothing new\n\na foo") == two[:1]
    assert prints("a foo", id="x") != two[:1]
    assert prints("a foo", path="y", record=1) != prints("a foo", path="y", record=2)
    assert prints("a foo", id="x", path="y", record=1) == prints("a foo", id="x", path="z", record=2)


@pytest.mark.parametrize("end", ["\r\n", " \n"])
def test_a_finding_ends_where_its_wording_ends(end: str) -> None:
    text = f"The bakery reopened.{end}{end}The post Old bakery reopens appeared first on Crumb.{end}"
    assert [f.text for f in LINTER.lint(text).findings] == ["The post Old bakery reopens appeared first on Crumb."]


# ---- what goes into a verdict --------------------------------------------------------------------------------


def test_a_finding() -> None:
    made = lint([a_rule(severity="error", confidence="certain", category="republication")], PROSE + "\n\na foo")
    start = len(PROSE) + 4
    assert [msgspec.structs.replace(f, fingerprint="") for f in made.findings] == [
        Finding(
            rule="TST001", name="the-tst001", category="republication", severity="error", confidence="certain",
            message="'foo' found", field="text", start=start, end=start + 3, line=PROSE.count("\n") + 3, column=3,
            end_line=PROSE.count("\n") + 3, end_column=6, text="foo", suggestion=None, points=12, related=[],
            fingerprint="",
        )
    ]  # fmt: skip
    assert (made.score, made.band, made.confidence, made.language) == (88, "minor issues", "normal", "en")
    assert made.words == sum(any(map(str.isalnum, token)) for token in PROSE.split()) + 2
    assert made.categories["republication"].lost == 12


def test_identity_is_copied() -> None:
    fields = {"path": "p", "record": 3, "source_line": 4, "id": "i", "url": "u", "title": "t"}
    made = lint([], "A text.", **fields)
    assert {name: getattr(made, name) for name in fields} == fields


def test_an_unreadable_article_is_not_linted() -> None:
    made = Engine([a_rule()]).lint(Article(text="", source="", error="not valid JSON")).verdict
    assert (made.error, made.findings, made.score, made.abstained) == ("not valid JSON", [], None, None)


@pytest.mark.parametrize(
    ("text", "language", "abstained"),
    [
        ("", None, "empty article"),
        ("A foo is here.", None, "too short to score: 4 words, 100 are needed"),
        (PROSE, "de", "not scored: the language is 'de', the scorecard is for English"),
        ("Apples, pears\n" * 80, "en", "not scored: most of it is not running prose (a list, a table, a menu)"),
        (PROSE, None, None),
        ("- A list\n" * 40 + PROSE, None, None),
    ],
)
def test_abstention(text: str, language: str | None, abstained: str | None) -> None:
    made = lint([a_rule("TST001", "apples")], text, language=language)
    assert (made.abstained, made.score is None) == (abstained, abstained is not None)
    assert all(finding.points == 0 for finding in made.findings) or made.score is not None


def test_rules_are_for_some_languages_and_profiles() -> None:
    rules = [
        a_rule("TST001"), a_rule("TST002", languages=["en"]), a_rule("TSU001", languages=["de", "fr"]),
        a_rule("TSV001", profiles=["markdown"]),
    ]  # fmt: skip

    def ids(**fields: Any) -> set[str]:
        return {name for f in lint(rules, "A foo.", **fields).findings for name in [f.rule, *f.related]}

    assert ids(language="en") == {"TST001", "TST002"}
    assert ids(language="fr-CA") == {"TST001", "TSU001"}
    assert ids(profile="markdown", language="en") == {"TST001", "TST002", "TSV001"}
    assert lint(rules, "1 foo: 2").language is None
    assert {f.rule for f in lint(rules, "1 foo: 2").findings} == {"TST001", "TSU001"}


def test_preview_rules_are_not_scored() -> None:
    made = lint([a_rule(severity="error", status="preview")], PROSE + "\n\na foo")
    assert (found(made), made.score, made.findings[0].points) == ([("TST001", "error", "foo")], 100, 0)


def test_presets_go_by_profile() -> None:
    graded = a_rule(levels=[{"when": {"preset": "own"}, "severity": "info"}])
    severities = [lint([graded], "A foo.", profile=profile).findings[0].severity for profile in ("text", "markdown")]
    assert severities == ["warning", "info"]
    assert lint([graded], "A foo.", engine={"preset": "own"}).findings[0].severity == "info"
    assert lint([graded], "A foo.", profile="markdown", engine={"preset": "scraped"}).findings[0].severity == "warning"


def test_what_names_the_own_site_is_tagged() -> None:
    tagged = a_rule(levels=[{"when": {"tag": "own-site"}, "severity": "off"}])
    text = "A foo of Example.ORG.\n\nA foo of another."
    assert [f.line for f in lint([tagged], text, engine={"site": ["www.example.org"]}).findings] == [3]
    assert [f.line for f in lint([tagged], text, engine={"site": [" ", "The Example"]}).findings] == [1, 3]


def test_suppression() -> None:
    rules = [a_rule("TST001"), a_rule("TSU001", "bar")]
    text = "A foo and a bar.\n\n<!-- newslint-disable-next-line TST001 -->\nA foo and a bar.\n"
    assert [(f.rule, f.line) for f in lint(rules, text, profile="markdown").findings] == [
        ("TST001", 1), ("TSU001", 1), ("TSU001", 4),
    ]  # fmt: skip
    tables = [SuppressTable(id="7", rules=["TSU"]), SuppressTable(id="7", rules=["TSX"]), SuppressTable(id="8")]
    outcome = Engine(rules, suppress=tables).lint(Article(text="foo bar", source="foo bar", id="7"))
    assert found(outcome.verdict) == [("TST001", "warning", "foo")]
    assert [unused.rule for unused in outcome.unused] == ["TSX"]


def test_what_is_suppressed_costs_nothing_and_counts_for_nothing() -> None:
    counted = a_rule(category="republication", levels=[{"when": {"count": 2}, "severity": "error"}])
    text = f"{PROSE}\n\nfoo\n\n<!-- newslint-disable-next-line -->\nfoo\n"
    made = lint([counted], text, profile="markdown")
    assert ([f.severity for f in made.findings], made.score) == (["warning"], 96)


def test_messages_are_short_and_filled() -> None:
    named = a_rule("TST001", r"foo (?P<who>\w+)", message="{match}|{who}|{count}|{nothing}")
    text = "foo anna\n\n“foo \n  bert” " + "foo " + "x" * 90
    assert [f.message for f in lint([named], text).findings] == [
        "foo anna|anna||{nothing}", f"foo {'x' * 65}…|{'x' * 90}||{{nothing}}",
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["{count}", "{rate}"])
def test_a_match_is_shown_as_it_stands(word: str) -> None:
    made = lint([a_rule("TST001", r"\{\w+\}")], f"A {word} is left.")
    assert [f.message for f in made.findings] == [f"'{word}' found"]


# ---- what goes wrong -----------------------------------------------------------------------------------------


def test_a_pattern_that_takes_too_long_ends_its_rule_only() -> None:
    slow = a_rule("TST001", check=pattern("(?:a|aa)+$", on="text", engine="python"), builtin=False)
    made = lint([slow, a_rule("TSU001")], "a" * 60 + "! A foo.")
    assert made.error is not None
    assert made.error.startswith("rule TST001: pattern '(?:a|aa)+$' took longer than 0.25 s; the rule was not applied")
    assert found(made) == [("TSU001", "warning", "foo")]


def test_a_rule_that_was_not_applied_has_no_findings() -> None:
    slow = a_rule("TST001", check=pattern("foo", "(?:a|aa)+$", at="anywhere", engine="python"), builtin=False)
    made = lint([slow], "A foo.\n" + "a" * 60 + "!")
    assert (made.error is not None, made.findings) == (True, [])


def test_an_internal_error_goes_into_the_verdict(tmp_path: Path) -> None:
    code = "def find(analysis, options):\n    if 'foo' in analysis.text: raise KeyError('gone')\n    yield from ()\n"
    (tmp_path / "mine.py").write_text(code)
    coded = a_rule(check={"kind": "python", "function": "mine.find"}, source=str(tmp_path / "rule.yaml"))
    linter = Linter()
    linter._engine = Engine([coded])
    article = Article(text="a foo", source="a foo", path="p", record=3, source_line=4, id="i", url="u", title="t")
    verdict = linter.run(article).verdict
    assert verdict == Verdict(
        path="p", record=3, source_line=4, id="i", url="u", title="t", error="internal error: KeyError: 'gone'"
    )
    assert linter.lint("a bar").error is None


def test_a_users_look_alike_takes_no_longer_than_a_pattern() -> None:
    import signal

    slow = a_rule("TST001", unless={"line": ["^(?:a|aa)+$"]}, builtin=False)

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        lint([slow], "a" * 60 + " foo!")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# ---- residue, measures, credits ------------------------------------------------------------------------------


def residue(id_: str, *match: str, **keys: Any) -> Rule:
    return rule(id_, category="republication", status="stable", confidence="certain", check=pattern(*match), **keys)


def counted(**keys: Any) -> Rule:
    """A rule whose severity says whether there are three hits in 1,000 words."""
    level = {"when": {"support": 1, "per_1000_words": 3}, "severity": "error"}
    return a_rule("TST009", supports="foos", levels=[level], **keys)


@pytest.mark.parametrize(
    ("lines", "confidences"),
    [
        (["Ad"], ["hint"]),
        (["Ad", "Ad"], ["hint", "hint"]),
        (["Ad", "Share"], ["certain", "certain"]),
        (["Share"], ["certain"]),
    ],
)
def test_what_an_extractor_leaves_is_a_hint_beside_no_other_kind(lines: list[str], confidences: list[str]) -> None:
    rules = [residue("ABC001", "ad", extractor=True), residue("ABD001", "share")]
    verdict = lint(rules, PROSE + "\n" + f"\n{PROSE}\n".join(lines))
    assert [f.confidence for f in verdict.findings] == confidences


def test_a_block_that_holds_something_else_is_no_hint() -> None:
    rules = [
        residue("ABC001", "ad", extractor=True, merge="neighbours"),
        residue("ABC002", "share", merge="neighbours"),
    ]
    (finding,) = lint(rules, f"{PROSE}\nAd\nShare").findings
    assert (finding.related, finding.confidence) == (["ABC002"], "certain")


def test_words_within_residue_leave_the_denominators() -> None:
    text = f"{PROSE}\nThere is foo in the harbour.\n" + "Share this page with all your friends\n" * 12
    lines, block = residue("ABC001", "share[^\\n]*"), {"merge": "neighbours"}
    for rules, severity in (
        ([counted()], "warning"),  # one in more than 333 words
        ([counted(), lines], "error"),  # in fewer
        ([counted(), residue("ABC001", "friends", **block)], "warning"),  # no line but a word of it: no residue
    ):
        assert [f.severity for f in lint(rules, text).findings if f.rule == "TST009"] == [severity]


def test_values_raise_no_alarm() -> None:
    shown, hidden = a_rule("TST001", "foo"), a_rule("TST002", "bar", value=True)
    absent = a_rule("TST003", "baz", value="unless-floor")
    verdict = lint([shown, hidden, absent], "A foo, a bar and a baz.")
    assert [(f.rule, f.value) for f in verdict.findings] == [("TST001", False), ("TST002", True), ("TST003", True)]


def test_a_credit_takes_off_what_its_category_lost() -> None:
    costs, credit = a_rule("TST001", confidence="certain"), a_rule("TST002", r"\bbar\b", credit=2.0)
    verdict = lint([costs, credit], f"{PROSE} A foo and a bar.")
    assert [(f.rule, f.points) for f in verdict.findings] == [("TST001", 6), ("TST002", -2)]
    assert (verdict.score, verdict.reasons) == (96, [0])
    assert lint([credit], f"{PROSE} A bar.").score == 100


def test_the_dearest_four_are_the_reasons() -> None:
    rules = [
        a_rule("ABA001", "one", severity="info"),
        a_rule("ABB001", "two", severity="error"),
        a_rule("ABC001", "three", points=0.0),
        a_rule("ABD001", "four"),
        a_rule("ABE001", "five"),
        a_rule("ABF001", "six", severity="error"),
    ]
    verdict = lint(rules, f"{PROSE} One, two, three, four, five, six.")
    assert [verdict.findings[n].rule for n in verdict.reasons] == ["ABB001", "ABF001", "ABD001", "ABE001"]
