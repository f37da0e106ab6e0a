"""Rule books: loading, the cache, the digest, what a configuration selects."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.config import Config, ConfigError, RuleSettings
from linter.lexicon import BUILTIN, english_words
from linter.rulebook import RuleBook, RuleError, active_rules, compile_check, load_book, load_rules

RULE = """\
id: {id}
name: {name}
summary: S.
why: W.
message: M
severity: warning
confidence: certain
status: {status}
category: style
levels:
  - {{when: {{preset: own}}, severity: off}}
  - {{when: {{tag: x}}, severity: error}}
check:
  kind: {kind}
options: [{options}]
examples:
  bad: [{{text: foo, at: ["1:1-1:4"]}}, {{text: foo, at: ["1:1-1:4"]}}]
  good: [{{text: a, because: b}}, {{text: a, because: b}}]
"""
PATTERN, PHRASES = "pattern\n  match: [foo]\n  words: [1, 9]", "phrases\n  lexicon: mine.txt"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path, cache: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def write(folder: Path, id_: str, name: str | None = None, **keys: str) -> Path:
    values = {"status": "stable", "kind": PATTERN, "options": "", **keys}
    path = folder / f"{id_}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RULE.format(id=id_, name=name or f"rule-{id_.lower()}", **values))
    return path


def ids(folder: Path) -> list[str]:
    return [rule.id for rule in load_book([str(folder)]).rules if not rule.builtin]


# ---- loading -------------------------------------------------------------------------------------------------


def test_shipped_rules_and_those_of_folders(folder: Path) -> None:
    write(folder, "TST002")
    write(folder / "deeper", "TST001")
    (folder / "README.md").write_text("no rule")
    book = load_book([str(folder)])
    assert [rule.id for rule in book.rules] == sorted(rule.id for rule in book.rules)
    assert [rule.id for rule in book.rules if not rule.builtin] == ["TST001", "TST002"]
    assert len(book.rules) == len(load_rules(BUILTIN.parent, builtin=True)) + 2


def test_a_rule_by_id_or_name(folder: Path) -> None:
    write(folder, "TST001")
    book = load_book([str(folder)])
    found = book.get("tst001")
    assert found is not None
    assert found is book.get("TST001") is book.get("Rule-TST001")
    assert book.get("TST") is None


@pytest.mark.parametrize(
    ("other", "name", "line", "key"),
    [("TST001", "another", 1, "id 'TST001'"), ("TST002", "rule-tst001", 2, "name 'rule-tst001'")],
)
def test_ids_and_names_are_unique(folder: Path, other: str, name: str, line: int, key: str) -> None:
    first = write(folder, "TST001")
    second = write(folder / "z", other, name)
    with pytest.raises(RuleError) as caught:
        load_book([str(folder)])
    assert str(caught.value) == f"{second}:{line}: {key} is already that of {first}"


def test_an_id_of_a_shipped_rule_is_taken(folder: Path) -> None:
    path = write(folder, "INJ001")
    with pytest.raises(RuleError, match=r"1: id 'INJ001' is already that of .*see-also-injection\.yaml") as caught:
        load_book([str(folder)])
    assert str(caught.value).startswith(str(path))


def test_what_is_not_there_or_no_rule(folder: Path) -> None:
    with pytest.raises(RuleError, match="none: no such file or folder of rules"):
        load_book([str(folder / "none")])
    (folder / "rule.json").write_text("{}")
    with pytest.raises(RuleError, match=r"rule\.json: not a rule: expected a file with the suffix"):
        load_book([str(folder / "rule.json")])


def test_code_is_loaded_with_permission_only(folder: Path) -> None:
    write(folder, "TST001", kind="python\n  function: mine.find")
    (folder / "mine.py").write_text("def find(analysis, options): return iter(())")
    with pytest.raises(RuleError, match="allow-python-rules"):
        load_book([str(folder)])
    assert load_book([str(folder)], allow_python=True).get("TST001")
    with pytest.raises(RuleError, match="allow-python-rules"):
        load_book([str(folder)])


def test_a_file_name_that_is_no_text(folder: Path) -> None:
    write(folder, "TST001")
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("foo")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert ids(folder) == ["TST001"]


# ---- cache and digest ----------------------------------------------------------------------------------------


def test_what_is_cached_is_what_was_read(folder: Path, cache: Path) -> None:
    write(folder, "TST001")
    first = load_book([str(folder)])
    files = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert len(files) == 2
    assert load_book([str(folder)]) == first
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == files
    assert all(compile_check(rule) for rule in first.rules)


def test_a_cached_rule_is_not_read_again(folder: Path) -> None:
    path = write(folder, "TST001")
    before = path.stat()
    load_book([str(folder)])
    path.write_bytes(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ids(folder) == ["TST001"]


def test_changes_are_noticed(folder: Path) -> None:
    path = write(folder, "TST001")
    assert ids(folder) == ["TST001"]
    path.write_text(path.read_text().replace("TST001", "TST003"))
    os.utime(path, ns=(1, 1))
    assert ids(folder) == ["TST003"]
    write(folder, "TST002")
    assert ids(folder) == ["TST002", "TST003"]
    path.unlink()
    assert ids(folder) == ["TST002"]
    path = write(folder, "TST004")
    path.write_text("broken: [")
    with pytest.raises(RuleError, match="not valid YAML"):
        load_book([str(folder)])


JUNK = [b"\x84\xa5state\xa1x", b"\xc1", b"\x84", b"\xa3\xff\xff\xff"]


@given(st.binary(max_size=40) | st.sampled_from(JUNK), st.integers(0, 60))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_broken_cache_file_is_written_anew(folder: Path, cache: Path, junk: bytes, keep: int) -> None:
    write(folder, "TST001")
    ids(folder)
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:keep] + junk)
    assert ids(folder) == ["TST001"]
    assert ids(folder) == ["TST001"]


def test_a_cache_that_cannot_be_written_costs_only_time(folder: Path, cache: Path) -> None:
    write(folder, "TST001")
    cache.write_text("a file, where the folder should be")
    assert ids(folder) == ids(folder) == ["TST001"]
    assert cache.read_text().startswith("a file")


def test_the_digest_is_of_the_content_alone(folder: Path, tmp_path: Path) -> None:
    def digest(*folders: Path) -> str:
        return load_book(map(str, folders)).digest

    path = write(folder, "TST001", kind=PHRASES)
    (folder / "mine.txt").write_text("foo\n")
    first = digest(folder)
    os.utime(path, ns=(1, 1))
    moved = tmp_path / "moved"
    folder.rename(moved)
    assert digest(moved) == first != digest()
    (moved / "notes.md").write_text("not part of any rule")
    assert digest(moved) == first
    (moved / "mine.txt").write_text("bar\n")
    assert digest(moved) != first
    (moved / "mine.txt").write_text("foo\n")
    assert digest(moved) == first
    path = moved / path.name
    path.write_text(path.read_text().replace("S.", "T."))
    assert digest(moved) != first


def test_a_rule_by_itself_takes_its_lexicon_into_the_digest(folder: Path) -> None:
    path = write(folder, "TST001", kind=PHRASES)
    write(folder, "TST002")
    (folder / "mine.txt").write_text("foo\n")
    book = load_book([str(path)])
    assert (book.get("TST001") is not None, book.get("TST002")) == (True, None)
    (folder / "mine.txt").write_text("bar\n")
    assert load_book([str(path)]).digest != book.digest


# ---- selection -----------------------------------------------------------------------------------------------


@pytest.fixture
def book(folder: Path) -> RuleBook:
    for id_ in ("AAA001", "AAA002", "BBB001"):
        write(folder, id_, options="words")
    write(folder, "BBB002", status="preview")
    rules = [rule for rule in load_book([str(folder)]).rules if not rule.builtin]
    return RuleBook(rules, "")


@pytest.mark.parametrize(
    ("config", "active"),
    [
        ({}, "AAA001 AAA002 BBB001"),
        ({"preview": True}, "AAA001 AAA002 BBB001 BBB002"),
        ({"select": ["AAA"]}, "AAA001 AAA002"),
        ({"select": ["aaa001"]}, "AAA001"),
        ({"select": ["rule-aaa002"]}, "AAA002"),
        ({"select": ["BBB"]}, "BBB001"),
        ({"select": ["BBB"], "preview": True}, "BBB001 BBB002"),
        ({"select": ["BBB002"]}, "BBB002"),
        ({"select": ["rule-bbb002", "AAA001"]}, "AAA001 BBB002"),
        ({"extend_select": ["BBB002"]}, "AAA001 AAA002 BBB001 BBB002"),
        ({"select": []}, ""),
        ({"select": [], "extend_select": ["AAA"]}, "AAA001 AAA002"),
        ({"ignore": ["AAA"]}, "BBB001"),
        ({"ignore": ["rule-aaa001"], "extend_ignore": ["BBB001"]}, "AAA002"),
        ({"ignore": ["ALL"]}, ""),
        ({"select": ["BBB002"], "ignore": ["BBB"]}, ""),
    ],
)
def test_what_is_selected(book: RuleBook, config: dict[str, object], active: str) -> None:
    assert [rule.id for rule in active_rules(book, Config(**config))] == active.split()  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["select", "extend_select", "ignore", "extend_ignore", "rule"])
@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        ("AAA01", "; did you mean 'AAA001'?"),
        ("rule-aaa01", "; did you mean 'rule-aaa001'?"),
        ("aab", "; did you mean 'AAA'?"),
        ("quite-another", "; 'newslint rules list' lists them"),
    ],
)
def test_unknown_selectors(book: RuleBook, key: str, selector: str, hint: str) -> None:
    value = {selector: RuleSettings("info")} if key == "rule" else [selector]
    config = Config().merged({key: value}, "newslint.toml")
    with pytest.raises(ConfigError) as caught:
        active_rules(book, config)
    assert str(caught.value) == f"newslint.toml: unknown rule '{selector}'{hint}"


def test_settings(book: RuleBook) -> None:
    settings = {"AAA": RuleSettings("error"), "rule-bbb001": RuleSettings(None, {"words": [2, 3]})}
    first, second, third = active_rules(book, Config(rule=settings))
    assert [rule.severity for rule in (first, second, third)] == ["error", "error", "warning"]
    assert [[level.severity for level in rule.levels] for rule in (first, third)] == [["off"], ["off", "error"]]
    assert third.check == {"kind": "pattern", "match": ["foo"], "words": [2, 3]}
    assert [rule.check["words"] for rule in book.rules] == [[1, 9]] * 4


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"wards": 1}, "rule AAA001 has no option 'wards': it has words"),
        ({"match": ["bar"]}, "rule AAA001 has no option 'match': it has words"),
        ({"words": "many"}, "'rule.AAA001.words' must be a list, not a string"),
    ],
)
def test_wrong_options(book: RuleBook, options: dict[str, object], problem: str) -> None:
    config = Config().merged({"rule": {"AAA001": RuleSettings(None, options)}}, "newslint.toml")
    with pytest.raises(ConfigError) as caught:
        active_rules(book, config)
    assert str(caught.value).startswith(f"newslint.toml: {problem}")


def test_an_option_of_code_has_the_type_of_its_default() -> None:
    config = Config().merged({"rule": {"QUO001": RuleSettings(None, {"most": "x"})}}, "newslint.toml")
    with pytest.raises(ConfigError, match=r"newslint\.toml: 'rule\.QUO001\.most' must be a whole number, not a string"):
        active_rules(load_book(), config)


def test_options_with_hyphens_and_of_code(folder: Path) -> None:
    write(folder, "TST001", kind="fuzzy\n  lexicon: newsletter-pitches.txt", options="min_ratio")
    write(folder, "TST002", kind="python\n  function: mine.find\n  options: {least: 1, most: 2}", options="least")
    (folder / "mine.py").write_text("def find(analysis, options): return iter(())")
    settings = {"TST001": RuleSettings(None, {"min-ratio": 70}), "TST002": RuleSettings(None, {"least": 5})}
    config = Config(select=["TST"], rule=settings)
    fuzzy, coded = active_rules(load_book([str(folder)], allow_python=True), config)
    assert fuzzy.check["min_ratio"] == 70
    assert coded.check["options"] == {"least": 5, "most": 2}


def test_a_rule_without_options_says_so(folder: Path) -> None:
    write(folder, "TST001")
    config = Config(rule={"TST001": RuleSettings(None, {"x": 1})})
    with pytest.raises(ConfigError, match="default: rule TST001 has no option 'x': it has none"):
        active_rules(load_book([str(folder)]), config)


def test_the_word_list() -> None:
    words = english_words()
    assert {"the", "harbour", "bridge"} <= words
    assert len(words) > 15_000
