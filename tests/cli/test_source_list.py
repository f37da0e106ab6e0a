"""`--source-list`: labels that the user gives to sites, in every output, and in none of the sums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from .conftest import Newslint, prose

RECORDS: list[dict[str, Any]] = [
    {"text": prose("Stray error"), "url": "https://www.north.example/1"},
    {"text": prose(), "url": "https://south.example/1"},
    {"text": prose("Stray warning"), "url": "https://deep.north.example/2"},
    {"text": "Too short.", "url": "https://east.example"},
    {"no": "text"},
]
LABELS = ["blocked since May", None, "blocked since May", "trusted", None]
FREE = "--max-bad-records=1"  # one record has no text


@pytest.fixture
def place(project: Path) -> Path:
    (project / "sources.txt").write_text("# ours\nnorth.example  blocked since May\neast.example,trusted\n")
    (project / "dump.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return project


def verdicts(newslint_here: Newslint, *flags: str) -> list[dict[str, Any]]:
    ran = newslint_here("check", "dump.jsonl", FREE, "--format", "jsonl", *flags)
    return [json.loads(line) for line in ran.out.splitlines()]


def test_labels_stand_beside_verdicts_that_do_not_change(newslint_here: Newslint, place: Path) -> None:
    without = verdicts(newslint_here)
    for jobs in ("1", "2"):
        with_ = verdicts(newslint_here, "--source-list", "sources.txt", "--jobs", jobs)
        assert [one["source"] and one["source"]["label"] for one in with_] == LABELS
        assert with_[2]["source"] == {
            "host": "deep.north.example", "label": "blocked since May", "list": "sources.txt",
        }  # fmt: skip
        assert [{**one, "source": None} for one in with_] == without
    assert [one["score"] is not None for one in without] == [True, True, True, False, False]


def test_the_console_tells_whose_word_it_is(newslint_here: Newslint, place: Path) -> None:
    (place / "page.html").write_text(
        "<html><head><title>Ferry</title><meta property='og:url' content='https://north.example/5'></head><body>"
        f"<p>{prose('Stray error')}</p></body></html>"
    )
    flags = ("--source-list", "sources.txt")
    plain = newslint_here("check", "page.html")
    told = newslint_here("check", "page.html", *flags)
    line = "Source: north.example is 'blocked since May' in sources.txt (your list; not part of the score)"
    before, _, after = told.out.partition(f"{line}\n")
    assert before.splitlines()[-1].startswith("Score ")
    assert (plain.code, plain.out) == (told.code, before + after)
    several = newslint_here("check", "dump.jsonl", FREE, *flags).out.splitlines()[-1]
    assert several.endswith("; in your list: 2 'blocked since May', 1 'trusted'")


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_annotated_records_always_have_a_label_or_none(newslint_here: Newslint, place: Path, suffix: str) -> None:
    summaries = []
    for flags, labels in ((("--source-list", "sources.txt"), LABELS), ((), [None] * 5)):
        out = place / f"out-{len(flags)}.{suffix}"
        ran = newslint_here("check", "dump.jsonl", FREE, "--annotate", out.name, *flags)
        assert ran.code == 0
        summaries.append(ran.out.splitlines()[-1])
        if suffix == "parquet":
            table = parquet.read_table(out)
            assert str(table.schema.field("newslint_source").type) == "string"
            rows = table.to_pylist()
        else:
            rows = [json.loads(line) for line in out.read_text().splitlines()]
        assert [row["newslint_source"] for row in rows] == labels
    assert summaries[0] == f"{summaries[1]}; in your list: 2 'blocked since May', 1 'trusted'"


def test_a_configuration_names_a_list_beside_itself(newslint_here: Newslint, place: Path) -> None:
    with (place / "newslint.toml").open("a") as file:
        file.write('source-list = "sources.txt"\n')
    (place / "below").mkdir()
    (place / "dump.jsonl").rename(place / "below" / "dump.jsonl")
    (place / "other.txt").write_text("south.example,ours\n")
    document = json.loads(newslint_here("check", "below/dump.jsonl", FREE, "--format", "json").out)
    assert document["summary"]["sources"] == {"blocked since May": 2, "trusted": 1}
    shown = json.loads(newslint_here("config", "--format", "json").out)["settings"]["source-list"]
    assert shown == {"value": str((place / "sources.txt").resolve()), "origin": "newslint.toml"}
    flagged = newslint_here("check", "below/dump.jsonl", FREE, "--format", "json", "--source-list", "other.txt")
    assert json.loads(flagged.out)["summary"]["sources"] == {"ours": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# ours\nnorth.example\n", "sources.txt:2: expected 'domain label', got 'north.example'"),
        ("a.example b\nwww.a.example c\n", "sources.txt:2: 'a.example' is 'c' here and 'b' in line 1: "),
        (None, "--source-list: source list 'sources.txt': can't be read: no such file or directory"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(
    newslint_here: Newslint, place: Path, content: str | None, said: str
) -> None:
    (place / "sources.txt").unlink()
    if content is not None:
        (place / "sources.txt").write_text(content)
    ran = newslint_here("check", "dump.jsonl", "--source-list", "sources.txt")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"newslint: {said}")


def test_a_run_is_not_gone_on_with_under_another_list(newslint_here: Newslint, place: Path) -> None:
    arguments = ("check", "dump.jsonl", FREE, "--annotate", "out.jsonl", "--source-list", "sources.txt")
    assert newslint_here(*arguments).code == 0
    assert newslint_here(*arguments, "--resume").code == 0  # complete
    (place / "sources.txt").write_text("north.example  trusted\n")
    ran = newslint_here(*arguments, "--resume")
    said = "newslint: out.jsonl.journal: the configuration or the flags have changed since: begin anew with --restart\n"
    assert (ran.code, ran.err) == (2, said)
    ran = newslint_here(*arguments[:-2], "--resume")
    assert (ran.code, ran.err) == (2, said)
    assert newslint_here(*arguments, "--restart").code == 0
