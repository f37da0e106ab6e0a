"""One rule file -> one rule; every error says file, line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.rulebook import load_rules
from linter.rulefile import Good, Level, Rule, RuleError, Unless, When, parse_place

RULE = """\
id: TST001
name: a-test-rule
summary: A line of foo.
why: |
  Because.
message: "'{match}' is foo"
severity: warning
confidence: certain
category: style
check:
  kind: pattern
  match:
    - foo
    - {pattern: bar, weight: 0.5}
examples:
  bad:
    - {text: foo, at: ["1:1-1:4 warning"]}
    - {text: "a\\n\\nfoo", at: ["3:1-3:4"]}
  good:
    - {text: food, because: another word}
    - text: a foo
      because: not the whole line
"""


def load(text: str | bytes, folder: Path, *, builtin: bool = False) -> Rule:
    file = folder / "rule.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    (rule,) = load_rules(file, builtin=builtin)
    return rule


def error(text: str | bytes, folder: Path) -> str:
    """What is wrong, after the path."""
    with pytest.raises(RuleError) as caught:
        load(text, folder)
    message = str(caught.value)
    assert "\n" not in message
    prefix = f"{folder / 'rule.yaml'}:"
    assert message.startswith(prefix)
    return message.removeprefix(prefix)


def test_a_rule(tmp_path: Path) -> None:
    more = """
help: Cut it.
levels:
  - {when: {zone: [head, tail], quoted: true}, severity: off}
status: stable
points: 2.5
languages: [en]
unless: {line: ['^x'], prose: 9}
merge: neighbours
options: [words]
"""
    rule = load(RULE + more.lstrip(), tmp_path)
    assert (rule.id, rule.family, rule.name, rule.why) == ("TST001", "TST", "a-test-rule", "Because.\n")
    assert rule.levels == [Level(when=When(zone=["head", "tail"], quoted=True), severity="off")]
    assert (rule.points, rule.languages, rule.status, rule.merge) == (2.5, ["en"], "stable", "neighbours")
    assert rule.unless == Unless(line=["^x"], prose=9)
    assert rule.check == {"kind": "pattern", "match": ["foo", {"pattern": "bar", "weight": 0.5}]}
    assert rule.examples.good[1] == Good(text="a foo", because="not the whole line")
    assert (rule.source, rule.builtin) == (str(tmp_path / "rule.yaml"), False)
    plain = load(RULE, tmp_path)
    assert (plain.status, plain.languages, plain.profiles) == ("preview", "*", ["text", "html", "markdown"])


# (what is replaced, by what, the line and the words of the error)
WRONG = {
    "unknown key": ("severity:", "severty:", "7: unknown key 'severty'; did you mean 'severity'?"),
    "unlike any key": ("id: TST001", "id: TST001\nfoobar: 1", "2: unknown key 'foobar'; expected one of category,"),
    "reserved key": ("id: TST001", "id: TST001\nbuiltin: true", "2: unknown key 'builtin'"),
    "unknown key inside": ("because: another word", "becuse: x", "20: unknown key 'becuse'; did you mean 'because'?"),
    "key twice": ("summary: A line", "summary: x\nsummary: A line", "4: key 'summary' stands twice"),
    "key twice inside": ("  kind: pattern", "  kind: pattern\n  kind: block", "12: key 'kind' stands twice"),
    "missing key": ("summary: A line of foo.\n", "", "1: key 'summary' is missing"),
    "missing key inside": ("because: another word", "title: x", "20: key 'because' is missing in 'examples.good.0'"),
    "wrong type": ("id: TST001", "id: 7", "1: id: expected 'str', got 'int'"),
    "a list for a word": ("id: TST001", "id: [TST001]", "1: id: expected 'str', got 'array'"),
    "severity": (": warning\n", ": warn\n", "7: severity: unknown value 'warn': expected one of error, info, warning"),
    "confidence": ("certain", "sure", "8: confidence: unknown value 'sure': expected one of certain, hint, likely"),
    "category": ("category: style", "category: fun", "9: category: unknown value 'fun': expected one of language,"),
    "id": ("TST001", "TST1", "1: 'TST1' is not a rule ID: expected letters and three digits, like INJ001"),
    "id in small letters": ("TST001", "tst001", "1: 'tst001' is not a rule ID"),
    "name": ("a-test-rule", "A test", "2: 'A test' is not a rule name: expected words-with-hyphens"),
    "name with two hyphens": ("a-test-rule", "a--rule", "2: 'a--rule' is not a rule name"),
    "no kind": ("  kind: pattern\n", "", "10: a check needs a 'kind'"),
    "unknown kind": ("kind: pattern", "kind: patern", "11: check.kind: unknown kind 'patern': expected one of"),
    "python": ("kind: pattern", "kind: python\n  function: a.b", "13: unknown key 'match'; expected one of always,"),
    "parameter": ("  match:", "  mach:", "12: unknown key 'mach'; did you mean 'match'?"),
    "parameter inside": ("weight: 0.5", "wieght: 1", "14: unknown key 'wieght'; did you mean 'weight'?"),
    "type of a parameter": ("weight: 0.5", "weight: much", "14: match.1.weight: expected 'float', got 'str'"),
    "value of a parameter": ("  match:", "  at: middle\n  match:", "12: at: unknown value 'middle': expected one of"),
    "missing parameter": ("  match:\n    - foo\n    - {pattern: bar, weight: 0.5}\n", "", "10: key 'match' is missing"),
    "empty match": ("    - foo\n", "    - fo*|o*\n", "13: check.match.0: 'fo*|o*' matches the empty string"),
    "capitals": ("pattern: bar", "pattern: Bar", "14: check.match.1: capitals in 'Bar' can't match folded text"),
    "broken pattern": ("pattern: bar", "pattern: 'b('", "14: check.match.1: 'b(' is not a valid re2 pattern"),
    "look-around": ("    - foo\n", "    - foo(?!x)\n", "13: check.match.0: 'foo(?!x)' is not a valid re2 pattern"),
    "one example": ('    - {text: "a\\n\\nfoo", at: ["3:1-3:4"]}\n', "", "15: at least two bad examples are needed"),
    "no place": ('at: ["1:1-1:4 warning"]', "at: []", "17: a bad example needs at least one place in 'at'"),
    "broken place": ("3:1-3:4", "3:1", "18: '3:1' is not a place: expected 'line:column-line:column severity'"),
    "severity of a place": ("1:1-1:4 warning", "1:1-1:4 off", "17: '1:1-1:4 off' is not a place"),
    "negative points": ("id: TST001", "id: TST001\npoints: -1", "2: -1 points: expected a number from 0 to 100"),
    "endless points": ("id: TST001", "id: TST001\npoints: .inf", "2: points: expected 'float | null', got 'str'"),
    "too many points": ("id: TST001", "id: TST001\npoints: 1.0e+300", "2: 1e+300 points: expected a number from 0"),
    "when": ("id: TST001", "id: TST001\nlevels:\n- {when: {zon: head}, severity: info}",
             "3: unknown key 'zon'; did you mean 'zone'?"),
    "zone": ("id: TST001", "id: TST001\nzones: [heda]", "2: zones.0: unknown value 'heda': expected one of body,"),
    "look-alike": ("id: TST001", "id: TST001\nunless:\n  before: [a, '[']", "3: '[' is not a valid pattern: "),
    "capitals of a look-alike": ("id: TST001", "id: TST001\nunless: {line: [Foo]}", "2: capitals in 'Foo' can't match"),
    "option": ("id: TST001", "id: TST001\noptions: [wards]", "2: option 'wards' is no parameter of the check"),
    "density": ("  kind: pattern\n  match:", "  kind: density\n  of:\n    kind: pattern\n    mach: [foo]\n  match:",
                "15: unknown key 'match'"),
    "tab": ("  kind: pattern", "\tkind: pattern", "11: not valid YAML: found character that cannot start any token"),
    "broken YAML": ("id: TST001", "id: [TST001", "2: not valid YAML: "),
    "tag": ("id: TST001", "id: !!python/name:os.system x", "1: not valid YAML: could not determine a constructor"),
    "two documents": ("id: TST001", "id: TST001\n---\nid: TST002", "2: not valid YAML: but found another document"),
    "control character": ("a foo", "a \x07foo", "21: not valid YAML: U+0007 can't stand here"),
    "a key of its own": ("id: TST001", "id: TST001\n? [a]\n: b", "2: a key must be a word"),
    "a number for a key": ("id: TST001", "id: TST001\n7: b", "2: a key must be a word; quote one that reads"),
    "an alias": ("id: TST001", "id: &a TST001\nhelp: *a", "1: an alias stands for this value: write it out"),
    "an alias of itself": ("id: TST001", "id: TST001\nreferences: &a [*a]", "2: an alias stands for this value"),
    "a merge": ("id: TST001", "id: TST001\n<<: {help: x}", "2: unknown key '<<'"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_errors(name: str, tmp_path: Path) -> None:
    old, new, expected = WRONG[name]
    assert old in RULE
    assert error(RULE.replace(old, new, 1), tmp_path).startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: the file is empty; expected a rule"),
        ("# nothing\n", "1: the file is empty; expected a rule"),
        ("- a\n", "1: a rule is a mapping with id, name, summary, …"),
        ("foo\n", "1: a rule is a mapping with id, name, summary, …"),
        ("caf\xe9".encode("latin-1"), " can't be read: not valid UTF-8"),
        ("a: " + "[" * 5_000 + "]" * 5_000, "1: not valid YAML: nested too deeply"),
        ("[" * 100_000, "1: more than 10,000 list items and brackets; a lexicon holds long lists"),
        ("- " * 100_000, "1: more than 10,000 list items and brackets; a lexicon holds long lists"),
    ],
)
def test_files_that_are_no_rule(text: str | bytes, expected: str, tmp_path: Path) -> None:
    assert error(text, tmp_path) == expected


def test_an_error_inside_an_inner_check(tmp_path: Path) -> None:
    inner = "  kind: density\n  of:\n    kind: {}\n    match: [foo, {}]\n"
    old = "  kind: pattern\n  match:\n    - foo\n    - {pattern: bar, weight: 0.5}\n"

    def wrong(kind: str, second: str) -> str:
        return error(RULE.replace(old, inner.format(kind, second)), tmp_path)

    assert wrong("pattern", "Bar").startswith("14: check.of.match.1: capitals in 'Bar'")
    assert wrong("pattern", "{patern: bar}") == "14: unknown key 'patern'; did you mean 'pattern'?"
    assert wrong("patern", "bar").startswith("13: check.of.kind: unknown kind 'patern'")


def test_code_of_a_user_needs_permission(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def find(analysis, options): return iter(())\n")
    start, end = RULE.index("  kind:"), RULE.index("examples:")
    text = f"{RULE[:start]}  kind: python\n  function: mine.find\n{RULE[end:]}"
    assert error(text, tmp_path) == (
        "11: check.kind: coded rules are loaded only with allow-python-rules = true in your configuration"
    )
    assert load(text, tmp_path, builtin=True).check["kind"] == "python"
    with pytest.raises(RuleError, match=r"12: check\.function: 'mine\.find': expected file\.function"):
        (tmp_path / "mine.py").unlink()
        load(text, tmp_path, builtin=True)


def test_a_missing_lexicon(tmp_path: Path) -> None:
    start, end = RULE.index("  kind:"), RULE.index("examples:")
    text = f"{RULE[:start]}  kind: phrases\n  lexicon: none.txt\n{RULE[end:]}"
    assert error(text, tmp_path) == (
        "12: check.lexicon: no lexicon 'none.txt' beside the rule or among the shipped ones"
    )


@pytest.mark.parametrize(
    "word",
    ["on", "off", "yes", "No", "2026-01-01", "12:30", "010", "0x1F", "1_000", ".5e", ".inf", "trueish", "false alarm",
     "True", "=", "1e5", "9" * 5_000],
)  # fmt: skip
def test_words_that_are_strings(word: str, tmp_path: Path) -> None:
    assert load(RULE.replace("A line of foo.", word), tmp_path).summary == word


@pytest.mark.parametrize(("word", "type_"), [("true", "bool"), ("7", "int"), ("-7.5", "float"), ("~", "null")])
def test_words_that_are_none(word: str, type_: str, tmp_path: Path) -> None:
    assert error(RULE.replace("A line of foo.", word), tmp_path) == f"3: summary: expected 'str', got '{type_}'"


def test_a_byte_order_mark_and_crlf_are_no_obstacle(tmp_path: Path) -> None:
    assert load(("\ufeff" + RULE).replace("\n", "\r\n"), tmp_path).id == "TST001"


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_any_damage_is_one_clear_line(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    at, end = sorted(data.draw(st.tuples(*[st.integers(0, len(RULE))] * 2)))
    junk = data.draw(st.text("[]{}:-,&*!?|>'\"%@`#~ \n\tab01", max_size=6) | st.text(max_size=3))
    text = RULE[:at] + junk + RULE[min(end, at + 20) :]
    folder = tmp_path_factory.getbasetemp()
    try:
        load(text.encode("utf-8", "surrogatepass"), folder)
    except RuleError as err:
        message = str(err).removeprefix(f"{folder / 'rule.yaml'}:")
        assert "\n" not in message
        assert message[:1].isdigit() or message == " can't be read: not valid UTF-8"


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ("3:1-3:73 error", ("text", 3, 1, 3, 73, "error")),
        ("1:2-10:4", ("text", 1, 2, 10, 4, None)),
        ("title 1:1-1:9 info", ("title", 1, 1, 1, 9, "info")),
    ],
)
def test_places(at: str, place: tuple[str | int | None, ...]) -> None:
    assert parse_place(at) == place
    with pytest.raises(ValueError, match=at):
        parse_place(f"{at} ")
