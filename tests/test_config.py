"""Configuration: keys and errors, discovery, precedence, extension, per-path tables."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from linter import __version__
from linter.config import Config, ConfigError, RuleSettings, SuppressTable, covers, matches
from linter.configfile import Resolver, read_config, satisfies


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(name: str, text: str) -> Path:
    path = Path.cwd() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


ALL_KEYS = """
select = ["INJ", "NWS001"]
extend-select = ["SEO"]
ignore = ["see-also-injection"]
extend-ignore = ["TYP"]
preview = true
preset = "own"
site = ["example.org", "The Example"]
rules = ["house-rules"]
source-list = "sources.txt"
allow-python-rules = true
fail-on = "warning"
min-score = 60
unscored = "fail"
max-bad-records = "2.5%"
include = ["*.txt"]
exclude = ["drafts/"]
extend-exclude = ["old/"]
force-exclude = true
respect-gitignore = false
unused-suppressions = "error"
jobs = "auto"
required-version = ">=0.1, <100"
field = {text = "content_text", title = "hed"}
rule.INJ003 = {severity = "info", least = 3}
[[per-path]]
paths = ["drafts/**"]
fail-on = "never"
[[suppress]]
id = 17
rules = ["INJ001"]
reason = "checked"
"""


def test_every_key_of_a_file() -> None:
    config = read_config(written("newslint.toml", ALL_KEYS))
    root = str(Path.cwd())
    keys = [line.partition(" ")[0].partition(".")[0] for line in ALL_KEYS.splitlines()[1:25]]
    assert config == Config(
        select=["INJ", "NWS001"],
        extend_select=["SEO"],
        ignore=["see-also-injection"],
        extend_ignore=["TYP"],
        preview=True,
        preset="own",
        site=["example.org", "The Example"],
        rules=[f"{root}/house-rules"],
        source_list=f"{root}/sources.txt",
        allow_python_rules=True,
        fail_on="warning",
        min_score=60,
        unscored="fail",
        max_bad_records=0.025,
        include=["*.txt"],
        exclude=["drafts/"],
        extend_exclude=["old/"],
        force_exclude=True,
        respect_gitignore=False,
        unused_suppressions="error",
        jobs="auto",
        required_version=">=0.1, <100",
        field={"text": "content_text", "title": "hed"},
        rule={"INJ003": RuleSettings("info", {"least": 3})},
        per_path=config.per_path,
        suppress=[SuppressTable(id="17", rules=["INJ001"], reason="checked", root=root)],
        root=root,
        origins=dict.fromkeys([*keys[:23], "rule", "per-path", "suppress"], "newslint.toml"),
    )
    assert (config.per_path[0].paths, config.per_path[0].values) == (["drafts/**"], {"fail_on": "never"})
    assert pickle.loads(pickle.dumps(config)) == config  # the workers get it this way


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sellect = []", "unknown key 'sellect'; did you mean 'select'?"),
        ("zzz = 1", "unknown key 'zzz'"),
        ("origins = {}", "unknown key 'origins'"),
        ("min-score = '6'", "'min-score' must be a whole number, not a string"),
        ("min-score = 101", "'min-score' must be at most 100, not 101"),
        ("max-bad-records = -1", "'max-bad-records' must be at least 0, not -1"),
        ("max-bad-records = 'few'", "'max-bad-records' must be a number, not a string"),
        ("preview = 'yes'", "'preview' must be true or false, not a string"),
        ("select = 'INJ'", "'select' must be a list, not a string"),
        ("select = ['INJ', 3]", "item 2 of 'select' must be a string, not a whole number"),
        ("site = [2020-01-01]", "item 1 of 'site' must be a string, not a date"),
        (
            "fail-on = 'eror'",
            "'fail-on' must be one of 'error', 'warning', 'info', 'never', not 'eror'; did you mean 'error'?",
        ),
        ("jobs = 'aut'", "'jobs' must be a whole number or 'auto', not 'aut'; did you mean 'auto'?"),
        ("jobs = 0", "'jobs' must be at least 1, not 0"),
        ("source-list = ['a']", "'source-list' must be a string, not a list"),
        ("field = {text = 1}", "every value of 'field' must be a string, not a whole number"),
        ("field = {txt = 'a'}", "unknown key 'txt' in 'field'; did you mean 'text'?"),
        ("rule = 1", "'rule' must be a table, not a whole number"),
        ("rule.INJ001.severity = 'off'", "'rule.INJ001.severity' must be one of 'info', 'warning', 'error', not 'off'"),
        ("[[per-path]]\nselect = []", "'per-path.paths' is missing"),
        ("[[per-path]]\npaths = ['a']\njobs = 1", "unknown key 'jobs' in [[per-path]]"),
        ("[[suppress]]\nrules = []", "a [[suppress]] table needs one of 'id', 'url' and 'path'"),
        ("[[suppress]]\nid = 'a'\nrule = 'INJ'", "unknown key 'rule' in [[suppress]]; did you mean 'rules'?"),
        ("extend = 1", "'extend' must be a string, not a whole number"),
        ("extend = 'newslint.toml'", "'extend' goes round in a circle"),
        ("required-version = '>=99'", f"required-version is '>=99', but this is newslint {__version__}"),
        ("required-version = '~99'", "required-version '~99' must look like '>=0.1' or '>=0.1, <2'"),
        ("a = = 1", "not valid TOML: Invalid value (at line 1, column 5)"),
    ],
)
def test_errors_say_what_is_wrong_and_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(written("newslint.toml", text))
    assert str(caught.value) == f"newslint.toml: {said}"


def test_errors_in_pyproject_name_the_table() -> None:
    path = written("pyproject.toml", "[tool.newslint]\nsellect = []")
    with pytest.raises(ConfigError, match=r"^pyproject.toml: unknown key 'sellect' in \[tool.newslint\]; did you mean"):
        read_config(path)
    with pytest.raises(ConfigError, match=r"^pyproject.toml: no \[tool.newslint\] table$"):
        read_config(written("pyproject.toml", "tool = 3"))
    path.write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="not valid UTF-8 at byte 0"):
        read_config(path)


def test_the_closest_file_wins() -> None:
    written("newslint.toml", "min-score = 1")
    written("pyproject.toml", "[tool.newslint]\nmin-score = 2")
    written("a/pyproject.toml", "[project]\nname = 'newslint-notes'")
    written("a/b/pyproject.toml", "[tool.newslint]\nmin-score = 3")
    resolver = Resolver()
    found = [resolver.resolve(path) for path in ("x.txt", "a/x.txt", "a/b/x.txt", "a/b/c/x.txt", "a/b")]
    assert [config.min_score for config in found] == [1, 1, 3, 3, 3]
    assert found[2] is found[3]  # one linter serves both
    assert found[2].origin("min-score") == "a/b/pyproject.toml"


def test_a_given_file_and_no_file() -> None:
    written("newslint.toml", "min-score = 1")
    other = written("other/strict.toml", "min-score = 9")
    assert Resolver(file=other).resolve("x.txt").min_score == 9
    assert Resolver(isolated=True).resolve("x.txt") == Config()
    with pytest.raises(ConfigError, match=r"^none.toml: no such file$"):
        Resolver(file=Path("none.toml"))


def test_a_byte_order_mark_is_no_error() -> None:
    path = written("newslint.toml", "")
    path.write_bytes(b"\xef\xbb\xbfmin-score = 4")
    assert read_config(path).min_score == 4


def test_extension_overrides_scalars_adds_extend_lists_and_merges_tables() -> None:
    written(
        "shared/base.toml",
        "select = ['INJ']\nextend-ignore = ['TYP']\nmin-score = 50\nrules = ['house']\n"
        "field = {text = 'a', title = 'b'}\n"
        "rule.INJ003 = {severity = 'info', least = 3}\n[[suppress]]\nurl = 'u'\n",
    )
    config = read_config(
        written(
            "newslint.toml",
            "extend = 'shared/base.toml'\nselect = ['NWS']\nextend-ignore = ['SEO']\nfield = {text = 'c'}\n"
            "rule.INJ003 = {least = 5}\n[[suppress]]\nid = 'i'\n",
        )
    )
    assert (config.select, config.extend_ignore, config.min_score) == (["NWS"], ["TYP", "SEO"], 50)
    assert config.rules == [str(Path.cwd() / "shared/house")]
    assert config.field == {"text": "c", "title": "b"}
    assert config.rule == {"INJ003": RuleSettings("info", {"least": 5})}
    assert [(table.id, table.url) for table in config.suppress] == [(None, "u"), ("i", None)]
    assert config.root == str(Path.cwd())
    assert [config.origin(key) for key in ("select", "extend-ignore", "min-score", "preset")] == [
        *("newslint.toml", "shared/base.toml, newslint.toml", "shared/base.toml", "default"),
    ]


def test_per_path_tables_apply_in_order_and_flags_win() -> None:
    written(
        "newslint.toml",
        "fail-on = 'warning'\nextend-ignore = ['A']\n"
        "[[per-path]]\npaths = ['drafts/**', '!drafts/final.md']\nfail-on = 'never'\nextend-ignore = ['B']\n"
        "[[per-path]]\npaths = ['*.html']\npreset = 'own'\nmin-score = 10\n",
    )
    resolver = Resolver(flags=[("min_score", "--min-score", 70), ("extend_ignore", "--extend-ignore", ["C"])])
    found = {path: resolver.resolve(path) for path in ("a.md", "drafts/a.html", "drafts/final.md", "b.md")}
    values = {path: (c.fail_on, c.extend_ignore, c.preset, c.min_score) for path, c in found.items()}
    assert values == {
        "a.md": ("warning", ["A", "C"], None, 70),
        "drafts/a.html": ("never", ["A", "B", "C"], "own", 70),
        "drafts/final.md": ("warning", ["A", "C"], None, 70),
        "b.md": ("warning", ["A", "C"], None, 70),
    }
    assert found["a.md"] is found["b.md"]
    plain = read_config(Path("newslint.toml"))
    assert plain.for_path("b.md") is plain
    assert plain.for_path("drafts/b.md").fail_on == "never"
    assert found["drafts/a.html"].origin("fail-on") == "per-path drafts/**, !drafts/final.md"
    assert found["drafts/a.html"].origin("min-score") == "--min-score"


def test_globs_never_match_outside_their_root() -> None:
    root = str(Path.cwd() / "a")
    assert matches(["*.md"], Path.cwd() / "a/b/x.md", root)
    assert matches(["/b/"], "a/b/x.md", root)
    assert not matches(["*.md"], "x.md", root)
    assert not matches([], "a/x.md", root)


@pytest.mark.parametrize(
    ("selector", "covered"),
    [
        *(
            ("ALL", True),
            ("all", True),
            ("INJ001", True),
            ("inj001", True),
            ("INJ", True),
            ("see-also-injection", True),
        ),
        *(("IN", False), ("INJ0", False), ("INJ002", False), ("see-also", False), ("", False), ("N", False)),
    ],
)
def test_selectors(selector: str, covered: bool) -> None:
    assert covers(selector, "INJ001", "see-also-injection") is covered


@pytest.mark.parametrize(
    ("required", "met"),
    [
        *((">=1.2", True), ("==1.2.0", True), ("==1.2", True), (">1.2", False), ("<1.10", True), ("!=1.2.1", True)),
        *((">=1.3", False), (">=1, <1.2", False), (">= 1 , < 2", True), ("<=1.2", True)),
    ],
)
def test_versions(required: str, met: bool) -> None:
    assert satisfies("1.2.0", required, "newslint.toml") is met
