"""Rules with `value: true`: measures that count in the score and raise no alarm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linter.cli.tally import Tally
from linter.config import Config
from linter.decision import decide
from linter.engine import Outcome
from linter.model import Article, Finding, Verdict
from linter.parallel import Linted

from .conftest import RULE, Newslint, prose

MEASURE = (
    RULE.format(id="TST004", severity="warning", end=15)
    .replace("stray-warning", "stray-measure")
    .replace("['stray warning']", "['stray measure']")
    .replace("tray warning", "tray measure")
    .replace("STRAY warning", "STRAY measure")
    .replace("3:15", "3:14")
    .replace("status: stable", "status: stable\nvalue: true\nverify: Ask whoever measured it.")
)


@pytest.fixture
def measured(project: Path) -> Path:
    (project / "house-rules" / "stray-measure.yaml").write_text(MEASURE)
    path = project / "a.txt"
    path.write_text(prose("Stray measure", "Stray info"))
    return path


def test_a_value_costs_points_and_fails_nothing(newslint_here: Newslint, measured: Path) -> None:
    assert newslint_here("rules", "test", "house-rules").code == 0
    ran = newslint_here("check", "a.txt", "--fail-on", "warning")
    assert ran.code == 0
    assert "5:1: warning" not in ran.out
    assert "5:1 TST004 stray-measure" in ran.out  # a reason
    assert "to verify: Ask whoever measured it." in ran.out
    only = newslint_here("check", "a.txt", "--select", "TST004", "--fail-on", "info", "--format", "concise")
    assert (only.code, only.out) == (0, "")
    assert only.err.startswith("1 article: no findings; 1 scored, lowest ")
    document = json.loads(newslint_here("check", "a.txt", "--format", "json").out)
    assert [(f["rule"], f["value"], f["points"] > 0) for f in document["articles"][0]["findings"]] == [
        ("TST004", True, True),
        ("TST003", False, True),
    ]
    assert document["summary"]["findings"] == {"error": 0, "warning": 0, "info": 1}
    assert document["rules"]["TST004"]["verify"] == "Ask whoever measured it."


def test_hits_of_a_value_are_counted_and_shown(newslint_here: Newslint, measured: Path) -> None:
    table = newslint_here("check", "a.txt", "--statistics").out.splitlines()
    assert [line.split() for line in table[:3]] == [
        ["hits", "articles", "error", "warning", "info", "value", "rule", "name"],
        ["1", "1", "-", "-", "1", "-", "TST003", "stray-info"],
        ["1", "1", "-", "-", "-", "1", "TST004", "stray-measure"],
    ]
    annotated = newslint_here("check", "a.txt", "--annotate", "out.jsonl").out.splitlines()
    assert [line.split()[-3:] for line in annotated[:3]] == [line.split()[-3:] for line in table[:3]]
    shown = newslint_here("check", "a.txt", "--show", "TST004").out.splitlines()
    assert len(shown) == 2
    assert shown[0].startswith("a.txt:5:1: value …") and "⟦Stray measure⟧" in shown[0]


def test_a_rule_says_that_it_is_a_value(newslint_here: Newslint, measured: Path) -> None:
    lines = newslint_here("rules", "show", "TST004").out.splitlines()
    assert "  counts as   a value: no alarm, shown with --explain-score and in machine formats" in lines
    at = lines.index("How to verify:")
    assert lines[at + 1] == "Ask whoever measured it."
    alarm = newslint_here("rules", "show", "TST001").out.splitlines()
    assert "  counts as   an alarm" in alarm
    at = alarm.index("How to verify:")
    assert alarm[at + 1] == "Open the first publication, and see whether these words stand within its article there."


def test_a_credit_says_so(newslint_here: Newslint, project: Path, measured: Path) -> None:
    credit = MEASURE.replace("value: true", "value: true\ncredit: 2.5")
    (project / "house-rules" / "stray-measure.yaml").write_text(credit)
    assert (
        "  counts as   a credit: takes up to 2.5 points off what its category has lost; a value: no alarm, shown with "
        "--explain-score and in machine formats"
    ) in newslint_here("rules", "show", "TST004").out.splitlines()


@pytest.mark.parametrize("fail_on", ["info", "warning", "error"])
def test_values_set_no_exit_code(fail_on: str) -> None:
    article = Article(text="", source="", path="a.txt")
    for value, code in ((True, 0), (False, 1)):
        tally = Tally()
        found = Finding(
            rule="STY002", name="sensational-wording", category="style", severity="error", confidence="likely",
            message="", field="text", start=0, end=1, line=1, column=1, end_line=1, end_column=2, text="x",
            suggestion=None, points=3, related=[], fingerprint="", value=value,
        )  # fmt: skip
        verdict = Verdict(path="a.txt", score=97, band="clean", findings=[found])
        config = Config(fail_on=fail_on)  # type: ignore[arg-type]
        decide(verdict, article, config)
        tally.add(Linted(config, article, Outcome(verdict, [])))
        assert (tally.exit_code, tally.summary.findings) == (code, {"error": code, "warning": 0, "info": 0})
