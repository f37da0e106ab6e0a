"""`newslint rules` and `newslint config`."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Newslint


def test_rules_list(newslint_here: Newslint, project: Path) -> None:
    ran = newslint_here("rules", "list", "--select", "TST")
    assert ran.out.splitlines() == [
        "rule    name           severity  confidence  category       status  here",
        "TST001  stray-error    error     certain     republication  stable  on",
        "TST002  stray-warning  warning   certain     republication  stable  on",
        "TST003  stray-info     info      certain     republication  stable  on",
        "3 rules, 3 on",
    ]
    listed = json.loads(newslint_here("rules", "list", "--format", "json").out)
    assert {rule["id"] for rule in listed if rule["on"]} == {"TST001", "TST002", "TST003"}
    assert len(listed) > 3


def test_rules_show_explains_and_marks_the_examples(newslint_here: Newslint) -> None:
    shown = newslint_here("rules", "show", "stray-ERROR").out
    assert shown == newslint_here("rules", "show", "tst001").out
    lines = shown.splitlines()
    assert lines[:4] == ["TST001 stray-error", "A word that tests use.", "", "Tests need a finding of every level."]
    assert "    ⟦Stray error⟧" in lines
    assert "  because: it stands in a sentence" in lines
    assert "    A stray error was seen." in lines


def test_rules_test(newslint_here: Newslint, project: Path) -> None:
    folder = project / "house-rules"
    passed = newslint_here("rules", "test", "house-rules")
    assert (passed.code, passed.out, passed.err) == (0, "", "3 rules, 12 examples: 0 failed\n")
    file = folder / "stray-info.yaml"
    file.write_text(file.read_text().replace("3:1-3:11 info", "1:1-1:2 info"))
    failed = newslint_here("rules", "test", str(file))
    assert failed.code == 1
    assert failed.out.startswith("TST003 bad 1 as it stands: expected 1:1-1:2 info; found 3:1-3:11 info")
    (folder / "stray-error.yaml").write_text("id: TST001\n")
    broken = newslint_here("rules", "test", "house-rules")
    assert broken.code == 2
    assert "stray-error.yaml" in broken.out
    assert "TST003 bad 1" in broken.out
    assert newslint_here("rules", "test", "nowhere").code == 2


def test_config_says_what_is_in_force_and_why(newslint_here: Newslint, project: Path) -> None:
    with (project / "newslint.toml").open("a") as file:
        file.write('min-score = 60\n[[per-path]]\npaths = ["drafts/**"]\nfail-on = "never"\n')
    rows = {
        line.split()[0]: line.split(None, 2)[1:] for line in newslint_here("config", "drafts/a.md").out.splitlines()
    }
    assert rows["min-score"] == ["60", "newslint.toml"]
    assert rows["fail-on"] == ['"never"', "per-path drafts/**"]
    assert rows["unscored"] == ['"warn"', "default"]
    here = json.loads(newslint_here("config", "--format", "json").out)
    assert here["settings"]["fail-on"] == {"value": "error", "origin": "default"}
    assert here["rules"]["on"] == ["TST001", "TST002", "TST003"]
    assert json.loads(newslint_here("config", "--isolated", "--format", "json").out)["settings"]["select"] == {
        "value": ["ALL"],
        "origin": "default",
    }
