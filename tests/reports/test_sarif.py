"""SARIF: valid by the schema, places that hold in the files, the worst within GitHub's limits, opened by a consumer."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace

from linter.model import Article, Verdict
from linter.readers import article_from_text
from linter.reports import ReportOptions, Summary, report_for
from linter.reports.formats import sarif

from .specimens import RULES, render, specimens
from .test_reports import ARTICLE, VERDICT, finding

MOJIBAKE = "The captain â€œwaits"


@pytest.fixture(scope="session")
def validator(multitool: Path) -> Draft202012Validator:
    """The official schema."""
    schema = json.loads(multitool.with_name("sarif-2.1.0.json").read_bytes())
    return Draft202012Validator(schema, format_checker=FormatChecker())


def run_of(*verdicts: tuple[Verdict, Article], interrupted: bool = False) -> dict[str, Any]:
    """The run of a report."""
    out = io.StringIO()
    report = report_for("sarif")(out, ReportOptions(version="1", rule=RULES.get))
    for verdict, article in verdicts:
        report.add(verdict, article)
    report.close(Summary(interrupted=interrupted))
    run: dict[str, Any] = json.loads(out.getvalue())["runs"][0]
    return run


def problems(validator: Draft202012Validator, log: Any) -> list[str]:
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(log)]


@pytest.mark.slow
def test_the_schema_finds_faults(validator: Draft202012Validator) -> None:
    log = json.loads(render("sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert [problem.partition(":")[0] for problem in problems(validator, log)] == [
        "runs/0/results/0/level", "runs/0/results/1/locations/0/physicalLocation/region/startLine",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("found", [None, [], specimens()[:1]], ids=["all", "nothing", "one"])
def test_a_report_is_valid(validator: Draft202012Validator, found: list[tuple[Article, Verdict]] | None) -> None:
    log = json.loads(render("sarif", found))
    assert problems(validator, log) == []
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all({"shortDescription", "fullDescription", "help"} <= set(rule) for rule in rules)


@pytest.mark.slow
def test_microsoft_s_validator_finds_no_fault(multitool: Path, tmp_path: Path) -> None:
    """Its rules go beyond the schema: places that exist, descriptions that say something, what GitHub wants."""
    report = tmp_path / "report.sarif"
    report.write_text(render("sarif"), encoding="utf-8")
    done = subprocess.run(
        [multitool, "validate", report, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "Analysis completed successfully." in done.stdout, done.stdout + done.stderr
    found = re.findall(r": (error|warning) (\w+): ([\w.\[\]]+)", done.stdout)
    # The project has no address, and a record that is on no line of its own has no region.
    assert [what[:2] for what in found] == [("warning", "SARIF2005"), ("warning", "SARIF2017")]


def test_places_hold_in_the_files(run: Callable[..., Any], tmp_path: Path) -> None:
    """Emoji before a finding, a byte-order mark, other line breaks, another encoding, names that URIs must quote."""
    files = {
        "a b#c%41.txt": f"🛳️👩‍👩‍👧 東京 {MOJIBAKE}\r\n\r\n👩‍👩‍👧 {MOJIBAKE}\r\n".encode(),
        "deep/down/bom.txt": f"\ufeff{MOJIBAKE}\n{MOJIBAKE}\n".encode(),
        "x:y,é.txt": f"One\rTwo\r🛳️ {MOJIBAKE}\r".encode(),
        "page.html": f"<title>Late ferry</title><p>🛳️ caf&eacute; <b>{MOJIBAKE}</b>\n<p>{MOJIBAKE}".encode(),
        "wide.txt": f"Ærø\n\n{MOJIBAKE}\n".encode("utf-16"),
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".git").mkdir()  # paths are seen from here, wherever the command is run
    command = [sys.executable, "-m", "linter", "check", "..", "--isolated", "--select", "ENC001", "--quiet"]
    done = run([*command, "--format", "sarif"], tmp_path / "deep", code=1)
    log = json.loads(done.stdout)
    seen = []
    for result in log["runs"][0]["results"]:
        (location,) = result["locations"]
        artifact, region = location["physicalLocation"]["artifactLocation"], location["physicalLocation"]["region"]
        assert artifact["uriBaseId"] == "SRCROOT"
        path = tmp_path / os.fsdecode(unquote_to_bytes(artifact["uri"]))
        data = path.read_bytes()
        text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig")
        snippet = region["snippet"]["text"]
        assert text[region["charOffset"] :][: region["charLength"]] == snippet
        lines = re.split("\r\n|\r|\n", text)
        assert region["startLine"] == region["endLine"]
        assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == snippet
        assert snippet.startswith("â€œ")
        seen.append(os.fsdecode(unquote_to_bytes(artifact["uri"])))
    assert sorted(seen) == sorted(
        name for name, data in files.items() for _ in range(1 if name[0] in "xw" else 2)
    )  # fmt: skip


def test_a_file_outside_the_repository_has_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inside" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "inside")
    uris = []
    for path in ("../out side.txt", str(tmp_path / "inside" / "in.txt"), "-"):
        (result,) = run_of((replace(VERDICT, path=path, findings=VERDICT.findings[:1]), ARTICLE))["results"]
        uris.append(result["locations"][0]["physicalLocation"]["artifactLocation"])
    assert uris == [
        {"uri": (tmp_path / "out side.txt").as_uri()},
        {"uri": "in.txt", "uriBaseId": "SRCROOT"},
        {"uri": "stdin"},
    ]


def test_the_worst_results_are_kept_and_the_others_counted() -> None:
    infos = [finding("boat", 4, 18, severity="info", message=f"info {number}") for number in range(30)]
    errors = [finding("boat", 4, 18, severity="error", message=f"error {number}") for number in range(20)]
    warning = finding("boat", 4, 18, message="a warning")
    many = [replace(VERDICT, findings=[*infos, warning, warning]) for _ in range(200)]
    last = replace(VERDICT, findings=[*errors, replace(warning, points=9, message="dear")])
    run = run_of(*((verdict, ARTICLE) for verdict in [*many, last]))
    told = [(result["level"], result["message"]["text"]) for result in run["results"]]
    assert len(told) == sarif.RESULTS
    assert told[:22] == [
        *(("error", f"error {number}.") for number in range(20)), ("warning", "dear."), ("warning", "a warning."),
    ]  # fmt: skip
    assert told[420:422] == [("warning", "a warning."), ("note", "info 0.")]
    given = 200 * 32 + 21
    assert run["properties"]["resultsLeftOut"] == given - sarif.RESULTS
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"] == "1,421 of 6,421 results are left out: this file has the worst."


def test_the_largest_report_is_within_the_size_that_github_takes() -> None:
    """5,000 results that quote as much as they may, of texts that compress badly."""
    noise = "".join(map(chr, range(0x4E00, 0x4E00 + 480)))
    findings = [
        finding("boat", 4, 18, message=noise[number % 480 :], fingerprint=f"{number:016x}") for number in range(5_000)
    ]
    quoted = [replace(one, text=f"{number}{noise[number % 400 :]}") for number, one in enumerate(findings)]
    run = run_of((replace(VERDICT, findings=quoted), ARTICLE))
    assert len(run["results"]) == 5_000
    assert "snippet" in run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert len(gzip.compress(json.dumps(run).encode())) < 10_000_000


def test_a_long_text_is_not_quoted() -> None:
    long = replace(finding("boat", 4, 18), text="x" * 501, end=1_000)
    (result,) = run_of((replace(VERDICT, findings=[long]), ARTICLE))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert "snippet" not in region
    assert (region["startLine"], region["charLength"]) == (4, 1_000 - long.start)


@pytest.mark.parametrize(
    ("verdict", "successful"),
    [
        (VERDICT, True),
        (replace(VERDICT, error="not valid JSON", record=3, findings=[]), True),
        (replace(VERDICT, error="internal error: IndexError", record=3, findings=[]), False),
        (replace(VERDICT, error="a directory", findings=[]), False),
    ],
)
def test_a_run_fails_where_an_input_could_not_be_read(verdict: Verdict, successful: bool) -> None:
    (invocation,) = run_of((verdict, ARTICLE))["invocations"]
    assert invocation["executionSuccessful"] is successful
    levels = [said["level"] for said in invocation["toolExecutionNotifications"]]
    assert levels == ([] if verdict.error is None else ["warning" if successful else "error"])
    assert run_of((VERDICT, ARTICLE), interrupted=True)["invocations"][0]["executionSuccessful"] is False


def test_what_can_not_be_read_is_named_up_to_a_hundred_times() -> None:
    bad = replace(VERDICT, error="not valid JSON", record=3, findings=[], decision="fail", because="not valid JSON")
    run = run_of(*[(bad, ARTICLE)] * 1_234)
    said = run["invocations"][0]["toolExecutionNotifications"]
    assert (len(said), said[-1]["message"]["text"]) == (101, "1,134 more inputs could not be read.")
    assert (len(run["properties"]["articles"]), run["properties"]["articlesLeftOut"]) == (1_000, 234)


@pytest.mark.parametrize(
    ("profile", "source", "flagged", "suggestion", "fixed"),
    [
        ("text", "The pier is closed.", "is closed", "was closed", "The pier was closed."),
        ("markdown", "The pier is closed.", "is closed", "was closed", "The pier was closed."),
        ("markdown", "The pier *is* closed.", "is* closed", "was closed", None),  # markup would be lost
        ("markdown", "The pier is closed.", "is closed", "was *closed*", None),  # and here made
        ("html", "<p>The pier is closed.</p>", "is closed", "was closed", "<p>The pier was closed.</p>"),
        ("html", "<p>The pier&nbsp;is closed.</p>", "pier&nbsp;is", "pier was", None),
        ("html", "<p>The pier is closed.</p>", "is closed", "was <closed", None),
    ],
)
def test_a_fix_is_offered_where_it_can_be_written_into_the_file(
    profile: Any, source: str, flagged: str, suggestion: str, fixed: str | None
) -> None:
    article = article_from_text(source, profile)
    start = source.index(flagged)
    known = finding("boat", 1, start + 1, rule="GRM001", suggestion=suggestion)
    placed = replace(known, text=flagged, start=start, end=start + len(flagged), end_column=start + len(flagged) + 1)
    (result,) = run_of((replace(VERDICT, findings=[placed]), article))["results"]
    assert ("fixes" in result) == (fixed is not None)
    if fixed is not None:
        ((replacement,),) = ([*change["replacements"]] for change in result["fixes"][0]["artifactChanges"])
        region = replacement["deletedRegion"]
        first, last = region["charOffset"], region["charOffset"] + region["charLength"]
        assert source[:first] + replacement["insertedContent"]["text"] + source[last:] == fixed
    unfixable = replace(placed, rule="NWS001")  # its rule says nothing of replacing
    assert "fixes" not in run_of((replace(VERDICT, findings=[unfixable]), article))["results"][0]
    in_dump = replace(VERDICT, findings=[placed], record=1)
    assert "fixes" not in run_of((in_dump, article))["results"][0]
