"""The public Python API."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from kinds.checks import PROSE

import linter
import linter.api
import linter.source
from linter.config import Config, ConfigError, RuleSettings
from linter.rulefile import RuleError

RESIDUE = "See also: Pop Star Opens A Flower Shop In Rome"


@pytest.mark.parametrize("module", [linter.api, linter.source], ids=lambda module: module.__name__)
def test_examples_of_docstrings(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)


def test_the_public_names() -> None:
    assert {"Finding", "Linter", "Verdict", "__version__", "lint"} <= set(linter.__all__)
    assert all(getattr(linter, name) for name in linter.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'lnt'"):
        _ = linter.lnt  # type: ignore[attr-defined]


def test_lint_is_a_linter_with_the_defaults() -> None:
    text = f"{PROSE}\n\n{RESIDUE}\n"
    verdict = linter.lint(text, title="Harbour bridge to close for nine months", url="https://example.org/a")
    assert verdict == linter.Linter().lint(
        text, title="Harbour bridge to close for nine months", url="https://example.org/a"
    )
    assert [(f.rule, f.text) for f in verdict.findings] == [("INJ001", RESIDUE)]
    assert (verdict.url, verdict.title) == ("https://example.org/a", "Harbour bridge to close for nine months")
    assert verdict.score is not None
    assert verdict.score < 100


def test_clean_prose_scores_100() -> None:
    verdict = linter.lint(PROSE)
    assert (verdict.findings, verdict.score, verdict.band, verdict.error) == ([], 100, "clean", None)


def test_profiles_read_the_text_in_their_own_way() -> None:
    front = "---\ntitle: A bridge\nauthor: Ines Falk\n---\n"
    marked = f"{front}\nA *bridge*.\n\n    Advertisement\n\n{RESIDUE} &amp; more\n"
    plain, markdown = (linter.lint(marked, profile=profile) for profile in ("text", "markdown"))  # type: ignore[arg-type]
    assert [f.line for f in plain.findings if f.rule == "INJ005"] == [8]
    assert [(f.rule, f.line, f.text) for f in markdown.findings] == [("INJ001", 10, f"{RESIDUE} &amp; more")]
    assert (plain.title, markdown.title) == (None, "A bridge")
    assert linter.lint(marked, profile="markdown", title="Another").title == "Another"
    html = linter.lint(f"<p>A bridge.</p><p>{RESIDUE} &amp; more</p><p>It was closed.</p>", profile="html")
    assert [(f.rule, f.text) for f in html.findings] == [("INJ001", f"{RESIDUE} &amp; more")]


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, [("INJ001", "error")]),
        ({"ignore": ["INJ"]}, []),
        ({"select": ["NWS"]}, []),
        ({"rule": {"INJ001": RuleSettings("info")}}, [("INJ001", "info")]),
    ],
)
def test_a_configuration_is_in_force(config: dict[str, Any], found: list[tuple[str, str]]) -> None:
    verdict = linter.Linter(Config(**config)).lint(f"A bridge was closed.\n\n{RESIDUE}\n\nIt was old.")
    assert [(f.rule, f.severity) for f in verdict.findings] == found


@pytest.mark.parametrize(
    ("config", "decision"),
    [
        ({}, ("fail", "error INJ001 see-also-injection at 3:1")),
        ({"fail_on": "never"}, ("warn", "error INJ001 see-also-injection at 3:1")),
        ({"ignore": ["ALL"]}, ("warn", "too short to score: 17 words, 100 are needed")),
        ({"ignore": ["ALL"], "unscored": "fail"}, ("fail", "too short to score: 17 words, 100 are needed")),
        ({"ignore": ["ALL"], "unscored": "pass"}, ("pass", None)),
    ],
)
def test_a_verdict_says_what_the_configuration_makes_of_it(config: dict[str, Any], decision: tuple[str, str]) -> None:
    verdict = linter.Linter(Config(**config)).lint(f"A bridge was closed.\n\n{RESIDUE}\n\nIt was old.")
    assert (verdict.decision, verdict.because) == decision


def test_errors_of_the_configuration_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown rule 'INJ01'; did you mean"):
        linter.Linter(Config(select=["INJ01"]))
    (tmp_path / "rule.yaml").write_text("id: [")
    with pytest.raises(RuleError, match=r"rule\.yaml:2: not valid YAML"):
        linter.Linter(Config(rules=[str(tmp_path)]))


def test_a_linter_may_share_a_rule_book() -> None:
    one = linter.Linter()
    other = linter.Linter(Config(select=["INJ"]), rulebook=one.rulebook)
    assert other.rulebook is one.rulebook
    assert {rule.family for rule in other.rules} == {"INJ"}


def test_importing_costs_nothing(tmp_path: Path) -> None:
    code = "import sys, linter; print({'re2', 'yaml', 'msgspec', 'linter', 'linter.api'} & set(sys.modules))"
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(tmp_path)}
    root = Path(linter.__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, env=environment)
    assert (done.stdout, done.stderr) == ("{'linter'}\n", "")
