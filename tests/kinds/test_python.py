"""Kind `python`: the function beside the rule, and who may bring one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linter.kinds import Context, Found, build, names
from linter.scan import Plan

from .checks import analysis_of, refused, texts

CODE = """
from linter.model import Hit
CALLS = []
def find(analysis, options):
    CALLS.append(options)
    at = analysis.text.find(options.get("word", "foo"))
    if at >= 0:
        yield Hit(at, at + 3)
"""


@pytest.fixture
def here(tmp_path: Path) -> Context:
    (tmp_path / "mine.py").write_text(CODE)
    return Context(folder=tmp_path, builtin=True)


def spec(**parameters: Any) -> dict[str, Any]:
    return {"kind": "python", "function": "mine.find", **parameters}


def test_the_function_gets_the_options(here: Context) -> None:
    assert texts(spec(), "a foo and a bar", context=here) == ["foo"]
    assert texts(spec(options={"word": "bar"}), "a foo and a bar", context=here) == ["bar"]


def test_two_folders_may_have_modules_of_one_name(here: Context, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.py").write_text(CODE.replace("foo", "bar"))
    there = Context(folder=other, builtin=True)
    for _ in range(2):
        assert texts(spec(), "a foo and a bar", context=here) == ["foo"]
        assert texts(spec(), "a foo and a bar", context=there) == ["bar"]


def test_a_gate_keeps_the_function_from_being_called(here: Context) -> None:
    check = build(spec(gate=["foo", "bar"]), here)
    plan = Plan([check])
    assert plan.scan(analysis_of("nothing")) == []
    assert plan.scan(analysis_of("a Bar")) == [(0, Found([1], (), {1: [0]}))]
    exact = Plan([build(spec(gate=["Bar"], gate_case="exact"), here)])
    assert [len(exact.scan(analysis_of(text))) for text in ("a bar", "a Bar")] == [0, 1]


def test_a_function_for_all_articles_is_told_whether_the_gate_is_open(here: Context) -> None:
    (here.folder / "told.py").write_text("""
from linter.model import Hit
def find(analysis, options, passed):
    yield Hit(0, len(analysis.text) if passed else 1)
""")
    check = build(spec(function="told.find", gate=["foo"], always=True), here)
    ends = []
    for analysis in map(analysis_of, ("a Foo", "a bar")):
        ((_, found),) = Plan([check]).scan(analysis)
        ends.append([hit.end for hit in check.run(analysis, found)])
    assert ends == [[5], [1]]
    assert refused(spec(always=True), context=here) == (
        "always",
        "expected a 'gate', a 'lexicon' or 'phrases' to tell the function of",
    )


def test_code_runs_only_where_it_may(here: Context, tmp_path: Path) -> None:
    key, problem = refused(spec(), context=Context(folder=tmp_path, builtin=False))
    assert (key, "allow-python-rules" in problem) == ("kind", True)
    inner = {"kind": "density", "of": spec()}
    assert refused(inner, context=Context(folder=tmp_path, builtin=False))[0] == "of.kind"


@pytest.mark.parametrize("function", ["mine", "", ".find", "none.find"])
def test_a_missing_module_is_refused(here: Context, function: str) -> None:
    key, problem = refused({"kind": "python", "function": function}, context=here)
    assert (key, "expected file.function" in problem) == ("function", True)


def test_a_bad_gate_is_refused(here: Context) -> None:
    assert refused(spec(gate=["("]), context=here)[0] == "match.0"


def test_kinds_are_found_by_being_there() -> None:
    assert names() == [
        "block", "density", "fuzzy", "grammar", "labels", "pattern", "phrases", "python", "rate", "repetition", "topic",
        "wording",
    ]  # fmt: skip
    key, problem = refused({"kind": "patern"})
    assert (key, problem) == ("kind", f"unknown kind 'patern': expected one of {', '.join(names())}")
