"""What makes a run fail beside single findings: how many articles, which source, which items of a feed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Newslint, prose


def dump(project: Path, *records: dict[str, str]) -> None:
    (project / "d.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


def decisions(newslint: Newslint, *flags: str) -> list[tuple[str, str | None]]:
    verdicts = [json.loads(line) for line in newslint("check", *flags, "--format", "jsonl").out.splitlines()]
    return [(verdict["decision"], verdict["because"]) for verdict in verdicts]


# ---- the decision ---------------------------------------------------------------------------------------------


def test_every_article_has_a_decision_and_one_reason(newslint_here: Newslint, project: Path) -> None:
    dump(
        project,
        {"text": prose()},
        {"text": prose("Stray info")},
        {"text": prose("Stray warning", "Stray warning")},
        {"text": prose("Stray warning", "Stray error", "Stray error")},
        {"text": "Too short."},
        {"body": "x"},
    )
    flags = ("d.jsonl", "--field", "text=text")
    passed, short = ("pass", None), "too short to score: 2 words, 100 are needed"
    unread = "no text: the record has none of the fields 'text'"
    told = decisions(newslint_here, *flags)
    assert told[:5] == [
        passed, passed, ("warn", "warning TST002 stray-warning at 5:1 and 1 more"),
        ("fail", "error TST001 stray-error at 7:1 and 1 more"), ("warn", short),
    ]  # fmt: skip
    assert told[5][0] == "fail"
    assert unread.split(":")[0] in str(told[5][1])
    # Another gate, other decisions.
    assert decisions(newslint_here, *flags, "--fail-on", "never", "--unscored", "fail")[3:5] == [
        ("warn", "error TST001 stray-error at 7:1 and 2 more"), ("fail", short),
    ]  # fmt: skip
    assert decisions(newslint_here, *flags, "--fail-on", "info", "--unscored", "pass")[1:5] == [
        ("fail", "info TST003 stray-info at 5:1"), ("fail", "warning TST002 stray-warning at 5:1 and 1 more"),
        ("fail", "error TST001 stray-error at 7:1 and 2 more"), passed,
    ]  # fmt: skip
    score = decisions(newslint_here, *flags, "--fail-on", "never", "--min-score", "98")[2]
    assert (score[0], str(score[1])[:13], str(score[1])[-10:]) == ("fail", "the score is ", ", under 98")


def test_the_document_counts_decisions(newslint_here: Newslint, project: Path) -> None:
    dump(project, {"text": prose()}, {"text": prose("Stray warning")}, {"text": prose("Stray error")})
    document = json.loads(newslint_here("check", "d.jsonl", "--format", "json").out)
    assert document["summary"]["decisions"] == {"pass": 1, "warn": 1, "fail": 1}


def test_annotated_records_carry_theirs(newslint_here: Newslint, project: Path) -> None:
    dump(project, {"text": prose()}, {"text": prose("Stray error")})
    flags = ("check", "d.jsonl", "--annotate", "o.jsonl", "--min-score", "98", "--drop-to", "x.jsonl")
    assert newslint_here(*flags).code == 0
    kept, dropped = (json.loads((project / name).read_text()) for name in ("o.jsonl", "x.jsonl"))
    assert (kept["newslint_decision"], kept["newslint_because"]) == ("pass", None)
    assert dropped["newslint_decision"] == "fail"
    assert dropped["newslint_because"] == f"the score is {dropped['newslint_score']}, under 98"


# ---- how many may fail ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "code"), [("0", 1), ("1", 1), ("2", 0), ("19%", 1), ("20%", 0), ("20 %", 0), ("100%", 0)]
)
def test_so_many_may_fail(limit: str, code: int, newslint_here: Newslint, project: Path) -> None:
    bad, good = {"text": prose("Stray error")}, {"text": prose()}
    dump(project, bad, bad, *[good] * 8)
    ran = newslint_here("check", "d.jsonl", "--max-failing", limit)
    assert ran.code == code
    value = limit if limit.isdecimal() else json.dumps(limit)
    (project / "newslint.toml").write_text(f'rules = ["house-rules"]\nselect = ["TST"]\nmax-failing = {value}\n')
    again = newslint_here("check", "d.jsonl")
    assert (again.code, again.err) == (code, ran.err)
    if limit != "0":
        than = "more than" if code else "no more than"
        assert ran.err == f"2 articles of 10 fail, {than} --max-failing {limit.replace(' ', '')}\n"


@pytest.mark.parametrize("limit", ["-1", "x", "101%", "1.5", "%"])
def test_what_is_no_number_of_articles(limit: str, newslint_here: Newslint, project: Path) -> None:
    ran = newslint_here("check", "d.jsonl", f"--max-failing={limit}")
    assert (ran.code, ran.err) == (
        2,
        "newslint: --max-failing: 'max-failing' must be a number of articles, or a share such as '5%', "
        f"not {limit!r}\n",
    )


# ---- policies of sources --------------------------------------------------------------------------------------

POLICY = """\
rules = ["house-rules"]
select = ["TST"]

[[source]]
host = "strict.example"
fail-on = "warning"

[[source]]
host = ["loose.example", "www.lax.example"]
ignore = ["TST001"]

[[source]]
host = "news.strict.example"
min-score = 99
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_source_has_its_own_policy(jobs: str, newslint_here: Newslint, project: Path) -> None:
    (project / "newslint.toml").write_text(POLICY)
    both = prose("Stray error", "Stray warning")
    hosts = ["strict.example", "www.strict.example", "loose.example", "m.lax.example", "sub.loose.example"]
    hosts += ["other.example", "notstrict.example", "strict.example.org"]
    warning = {"text": prose("Stray warning")}
    dump(
        project, {"text": both}, *({"text": both, "url": f"https://{host}/a"} for host in hosts),
        {**warning, "url": "https://strict.example/"}, {**warning, "url": "https://other.example/"},
        {"text": prose("Stray info"), "url": "https://news.strict.example/"}, {"text": prose("Stray info")},
    )  # fmt: skip
    error, lax = "error TST001 stray-error at 5:1", "warning TST002 stray-warning at 5:1"
    told = decisions(newslint_here, "d.jsonl", "--jobs", jobs)
    assert told[:11] == [
        ("fail", error), ("fail", f"{error} and 1 more"), ("fail", f"{error} and 1 more"),
        *[("warn", lax.replace("5:1", "7:1"))] * 3, *[("fail", error)] * 3, ("fail", lax), ("warn", lax),
    ]  # fmt: skip
    assert [decision for decision, _ in told[11:]] == ["fail", "pass"]
    assert str(told[11][1]).endswith(", under 99")


def test_flags_are_above_the_policy_of_a_source(newslint_here: Newslint, project: Path) -> None:
    (project / "newslint.toml").write_text(POLICY)
    dump(project, {"text": prose("Stray warning"), "url": "https://strict.example/"})
    assert newslint_here("check", "d.jsonl").code == 1
    assert newslint_here("check", "d.jsonl", "--fail-on", "error").code == 0


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "'source.host' is missing"),
        ('host = "not a host"', "'not a host' is no host: 'source.host' must be like 'example.org'"),
        ("host = 3", "'source.host' must be a list, not a whole number"),
        ('hosts = "example.org"', "unknown key 'hosts' in [[source]]; did you mean 'host'?"),
        ('host = "example.org"\nmin-score = 200', "'min-score' must be at most 100, not 200"),
    ],
)
def test_what_is_no_policy(table: str, message: str, newslint_here: Newslint, project: Path) -> None:
    (project / "newslint.toml").write_text(f"[[source]]\n{table}\n")
    ran = newslint_here("check", ".")
    assert (ran.code, ran.err) == (2, f"newslint: newslint.toml: {message}\n")


# ---- items that were seen before ------------------------------------------------------------------------------

ITEMS = [
    {"id": "1", "text": prose("Stray error")},
    {"url": "https://example.org/2", "text": prose("Stray error")},
    {"text": prose("Stray error"), "title": "Three"},
]


def test_an_item_is_reported_once(newslint_here: Newslint, project: Path) -> None:
    dump(project, *ITEMS)
    gate = ("check", "d.jsonl", "--new-only", "seen")
    first = newslint_here(*gate)
    assert (first.code, first.out.splitlines()[-1][:10]) == (1, "3 articles")
    again = newslint_here(*gate)
    assert (again.code, again.out, again.err) == (0, "", "3 seen before (--new-only)\n")
    # Elsewhere, in another order, with other words: the same items. What has no id is its words.
    dump(project, {"id": "4", "text": prose()}, {**ITEMS[1], "text": prose("Stray warning")}, ITEMS[0])
    (project / "d.jsonl").rename(project / "e.jsonl")
    later = newslint_here("check", "e.jsonl", "--new-only", "seen", "--format", "jsonl")
    assert (later.code, [json.loads(line)["id"] for line in later.out.splitlines()]) == (0, ["4"])
    dump(project, {**ITEMS[2], "title": "Another"})
    assert newslint_here(*gate).code == 1


def test_what_could_not_be_read_is_tried_again(newslint_here: Newslint, project: Path) -> None:
    (project / "d.jsonl").write_text('{"id": "1"\n')
    for _ in range(2):
        ran = newslint_here("check", "d.jsonl", "--new-only", "seen")
        assert ran.code == 2
        assert "d.jsonl#0" in ran.err


def test_a_state_that_is_none_is_left_alone(newslint_here: Newslint, project: Path) -> None:
    dump(project, *ITEMS)
    (project / "seen").write_text("notes\n")
    ran = newslint_here("check", "d.jsonl", "--new-only", "seen")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "newslint: --new-only seen:1: not a file that --new-only has written\n"
    assert (project / "seen").read_text() == "notes\n"
