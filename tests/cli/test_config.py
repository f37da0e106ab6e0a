"""`newslint config`: its keys and its schema. What is in force is tested in test_rules.py."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft7Validator

from linter.configkeys import KEYS

from .conftest import Newslint


def test_the_schema_knows_the_rules_in_force(newslint_here: Newslint, project: Path) -> None:
    here = json.loads(newslint_here("config", "--schema").out)
    listed = here["definitions"]["selector"]["anyOf"][0]["enum"]
    assert {"TST", "TST001", "stray-error", "INJ001", "ALL"} <= set(listed)
    shipped = json.loads(newslint_here("config", "--isolated", "--schema").out)
    assert set(listed) - set(shipped["definitions"]["selector"]["anyOf"][0]["enum"]) == {
        *("TST", "TST001", "TST002", "TST003", "stray-error", "stray-warning", "stray-info")
    }
    whole = Draft7Validator(json.loads(newslint_here("config", "--schema=pyproject.toml").out))
    assert whole.is_valid({"project": {"name": 3}, "tool": {"other": {}, "newslint": {"select": ["TST001"]}}})
    assert not whole.is_valid({"tool": {"newslint": {"sellect": []}}})


def test_every_key_is_listed_with_its_values_and_default(newslint_here: Newslint) -> None:
    listed = newslint_here("config", "--keys").out
    assert [part.partition(":")[0] for part in listed.strip().split("\n\n")] == [
        *(k for k in KEYS if k != "extend"),
        "extend",
    ]
    assert 'fail-on: error, warning, info or never ["error"]\n' in listed
    assert '    max-failing = "5%"\n' in listed


def test_tables_are_shown_as_they_are_written(newslint_here: Newslint, project: Path) -> None:
    with (project / "newslint.toml").open("a") as file:
        file.write('rule.TST001 = {severity = "info"}\n[[per-path]]\npaths = ["a/**"]\nmin-score = 7\n')
        file.write('[[source]]\nhost = "www.example.org"\nfail-on = "never"\n[[suppress]]\nid = "x"\n')
    settings = json.loads(newslint_here("config", "--format", "json").out)["settings"]
    assert {key: settings[key]["value"] for key in ("rule", "per-path", "source", "suppress")} == {
        "rule": {"TST001": {"severity": "info"}},
        "per-path": [{"paths": ["a/**"], "min-score": 7}],
        "source": [{"host": ["example.org"], "fail-on": "never"}],
        "suppress": [{"id": "x"}],
    }


def test_what_excludes_what(newslint_here: Newslint) -> None:
    for flags in (["--keys", "--schema"], ["--keys", "--format", "json"], ["--schema", "--format", "json"]):
        refused = newslint_here("config", *flags)
        assert (refused.code, refused.err.splitlines()[-1]) == (
            2,
            "Error: --keys, --schema and --format exclude each other.",
        )
