"""`newslint learn-lines`, and `check` with what it has learned."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from .conftest import Newslint

LETTER, NAMES = "Get our morning letter!", "Aldermere Brackwater Carrowby Dunfell Eskmouth Farholme".split()
RULES = "rules = []\nselect = ['XDC']\n"


def text(name: str, *lines: str) -> str:
    paragraph = f"The ferry to {name} will leave from the eastern pier an hour later, the office at {name} said."
    return "\n\n".join([f"Ferry to {name} leaves later", paragraph, *lines, f"It is the only one to {name}."])


def dump(path: Path, *, site: str = "www.harbour.example") -> None:
    """Six records of a site, one of which lacks a line; one of another; one that is broken, one of no site."""
    records = [
        {
            "url": f"https://{site}/{number}",
            "body_text": text(name, *[f"Read by {number} people.", LETTER][: number + 1]),
        }
        for number, name in enumerate(NAMES)
    ]
    records.append({"url": "https://mill.example", "body_text": text("the mill", LETTER)})
    lines = [*map(json.dumps, records), "{broken", json.dumps({"body_text": text("nobody", LETTER)})]
    path.write_text("\n".join(lines) + "\n", "utf-8")


LEARNED = """\
# Lines of templates, learned by newslint learn-lines for newslint check --lines.
# From: dump.jsonl
# By: site. Records: 7 of 2 sites; left out: 0 copies, 1 without an address or a publisher
# A line stands in 3 and in 2 % of its site's records at least; behind the tab: in how many of how many.
# Case, typography and the marks around a line make no difference; 0 is any number.

[harbour.example]
read by 0 people\t6 of 6
get our morning letter\t5 of 6
"""
FLAGS = ("--field", "text=body_text", "--max-bad-records", "50%")


@pytest.fixture
def place(project: Path) -> Path:
    (project / "newslint.toml").write_text(RULES)
    dump(project / "dump.jsonl")
    return project


def test_lines_are_learned_and_flagged(place: Path, newslint: Newslint) -> None:
    learned = newslint("learn-lines", "dump.jsonl", *FLAGS, "--output", "lines.txt")
    assert learned.code == 0, learned.err
    assert learned.out == ""
    assert (place / "lines.txt").read_text("utf-8") == LEARNED
    assert learned.err.splitlines() == [
        "dump.jsonl#7 (line 8): not valid JSON: expecting property name enclosed in double quotes at column 2",
        "2 lines of 1 site learned from 7 records",
        "left out: 1 record without an address or a publisher",
    ]
    checked = newslint("check", "dump.jsonl", *FLAGS, "--lines", "lines.txt", "--format", "jsonl", "--jobs", "2")
    verdicts = [json.loads(line) for line in checked.out.splitlines()]
    found = [[(f["rule"], f["severity"], f["line"], f["end_line"]) for f in one["findings"]] for one in verdicts]
    both = [("XDC004", "warning", 5, 7)]
    assert found == [[("XDC004", "warning", 5, 5)], *[both] * 5, [], [], []]
    assert verdicts[0]["findings"][0]["message"] == (
        "'Read by 0 people.' is a line of the site's template: it stands in 6 of 6 of its articles"
    )
    without = newslint("check", "dump.jsonl", *FLAGS, "--format", "jsonl")
    assert all(json.loads(line)["findings"] == [] for line in without.out.splitlines())


def test_standard_input_and_packed_files_give_the_same_lines(place: Path, newslint: Newslint) -> None:
    data = (place / "dump.jsonl").read_bytes()
    (place / "dump.jsonl.gz").write_bytes(gzip.compress(data))
    lines = LEARNED.partition("\n\n")[2]
    for arguments, stdin in ((["-"], data), (["dump.jsonl.gz"], b""), (["-"], gzip.compress(data))):
        for seed in ("1", "2"):
            ran = newslint("learn-lines", *arguments, *FLAGS, "--quiet", stdin=stdin, PYTHONHASHSEED=seed)
            assert (ran.code, ran.out.partition("\n\n")[2]) == (0, lines)
            assert ran.err.count("\n") == 1  # the bad record


def test_what_is_counted_together_can_be_chosen(place: Path, newslint: Newslint) -> None:
    ran = newslint("learn-lines", "dump.jsonl", *FLAGS, "--by", "none", "--least", "6", "--share", "0.8")
    assert [line for line in ran.out.splitlines() if not line.startswith("#")] == ["get our morning letter\t7 of 8"]
    ran = newslint("learn-lines", "dump.jsonl", *FLAGS, "--by", "publisher")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == "newslint: no record names a publisher: --by none takes all for one site"


def test_a_configuration_names_lines_beside_itself(place: Path, newslint: Newslint) -> None:
    newslint("learn-lines", "dump.jsonl", *FLAGS, "--output", "lines.txt")
    (place / "newslint.toml").write_text(RULES + 'lines = ["lines.txt"]\n[field]\ntext = "body_text"\n')
    (place / "below").mkdir()
    dump(place / "below" / "dump.jsonl", site="amp.harbour.example")
    ran = newslint("check", "below/dump.jsonl", "--statistics")
    assert "XDC004" in ran.out
    shown = json.loads(newslint("config", "--format", "json").out)["settings"]["lines"]
    assert shown == {"value": [str((place / "lines.txt").resolve())], "origin": "newslint.toml"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["learn-lines"], "Nothing to learn from"),
        (["learn-lines", "dump.jsonl", "--by", "desk"], "'desk' is not one of 'site', 'publisher', 'none'"),
        (["learn-lines", "dump.jsonl", "--share", "3"], "'3' is not a share such as 0.01 or 1%"),
        (["learn-lines", "dump.jsonl", "--least", "1"], "1 is not in the range x>=2"),
        (["learn-lines", "dump.jsonl", "--output", "no/lines.txt"], "newslint: --output no/lines.txt: no such file"),
        (["learn-lines", "missing.jsonl"], "missing.jsonl: no such file or directory"),
        (["learn-lines", "dump.jsonl"], "--max-bad-records"),
        (
            ["check", "dump.jsonl", "--lines", "no.txt"],
            "--lines: learned lines 'no.txt': can't be read: no such",
        ),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(place: Path, newslint: Newslint, arguments: list[str], said: str) -> None:
    ran = newslint(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
