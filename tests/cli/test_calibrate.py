"""`newslint calibrate`: scores and rules beside labels that somebody gave."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Newslint, prose

CLEAN, WARNED, STRAY = prose(), prose("Stray warning"), prose(*["Stray error"] * 9)  # scores 100, 94 and 70
Record = dict[str, Any]


def records() -> list[Record]:
    """12 reliable and 10 unreliable records with a score, two too short for one, three with another label or none."""
    texts = {
        "Reliable": [CLEAN] * 10 + [WARNED] * 2 + ["Too short."],
        "fake": [CLEAN] * 4 + [WARNED] * 2 + [STRAY] * 4 + ["Too short."],
        "satire": [STRAY, STRAY],
        None: [STRAY],
    }
    made: list[Record] = []
    for label, own in texts.items():
        for text in own:
            desk = "north" if len(made) % 2 else "south"
            made.append({"label": label, "text": text, "meta": {"desk": desk, "odd": label == "fake"}})
    return made


def write(path: Path, made: list[Record]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in made), "utf-8")


@pytest.fixture
def place(project: Path) -> Path:
    write(project / "dump.jsonl", records())
    return project


@pytest.fixture
def figures(newslint_here: Newslint, place: Path) -> Callable[..., Any]:
    """The JSON report of a run that succeeds."""

    def run(*arguments: str, stdin: bytes = b"") -> Any:
        ran = newslint_here("calibrate", "--format", "json", *(arguments or ("dump.jsonl",)), stdin=stdin)
        assert (ran.code, ran.err) == (0, "")
        return json.loads(ran.out)

    return run


REPORT = """\
reliable  unreliable
      13          11  articles
      12          10  scored
       1           1  no score: too short to score
Field 'label': reliable is taken as reliable, fake is taken as unreliable; left out: 2 satire, 1 without a label.

AUC 0.750 (0.583 to 0.917) of 100 - score
In 75 % of all pairs (one article of each side) the unreliable one has the lower score;
equal scores count half, 50 % is chance. More than chance: low scores go with the unreliable side.
A score speaks of how an article was handled, not of whether it is true: labels of another kind need not agree.

articles  reliable  unreliable  share unreliable      95 % interval   score  band
      18        12           6            33.3 %   16.3 % to 56.3 %  90-100  clean
       0         0           0                 -                  -   75-89  minor issues
       4         0           4           100.0 %  51.0 % to 100.0 %   60-74  notable issues
       0         0           0                 -                  -   40-59  serious issues
       0         0           0                 -                  -    0-39  severe
The shares are of these records: where fewer articles are unreliable, so are fewer of each band.

Thresholds, of the articles with a score
--min-score  drops reliable  drops unreliable  goal
         71       0 (0.0 %)        4 (40.0 %)  at most 1 % of the reliable
         71       0 (0.0 %)        4 (40.0 %)  at most 5 % of the reliable
         71       0 (0.0 %)        4 (40.0 %)  at most 10 % of the reliable
         95      2 (16.7 %)        6 (60.0 %)  best balance
Best balance: the largest difference between the two shares.
Each is chosen on the same articles that it is measured on, and will do worse on others.
There are too few articles to choose on one half and to measure on the other.

reliable  unreliable  ratio  points r.  points u.      p  more often  rule    name
   0.0 %      40.0 %      -       0.00      12.00  0.057  -           TST001  stray-error
  16.7 %      20.0 %   1.20       1.00       1.20  1.000  -           TST002  stray-warning
reliable, unreliable: share of the side's articles with a finding of the rule; points: lost per article;
p: Fisher's exact test, corrected for 2 rules (Holm); more often: where p < 0.05.
1 rule in force found nothing.

warning: Few articles with a score (12 reliable, 10 unreliable): under 50 of a side the figures are rough.
"""


def test_the_report(newslint_here: Newslint, place: Path) -> None:
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    ran = newslint_here("calibrate", "dump.jsonl")
    assert (ran.code, ran.err, ran.out) == (0, "", REPORT)
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before
    assert newslint_here("calibrate", "dump.jsonl", "--output", "report.txt").out == ""
    assert (place / "report.txt").read_text("utf-8") == REPORT


def test_the_json_report_holds_all_figures(figures: Callable[..., Any]) -> None:
    told = figures()
    assert list(told) == [
        *("schema_version", "tool", "rulebook", "score_version", "labels", "unreadable", "sides", "auc", "bands"),
        *("thresholds", "groupings", "rules", "silent_rules", "warnings", "seed", "resamples"),
    ]
    assert told["labels"] == {
        "field": "label",
        "reliable": {"real": 0, "reliable": 13},
        "unreliable": {"fake": 11, "unreliable": 0},
        "left_out": {"satire": 2},
        "without": 1,
    }
    assert told["sides"]["unreliable"] == {"articles": 11, "scored": 10, "abstained": {"too short to score": 1}}
    assert told["auc"] == {"value": 0.75, "low": pytest.approx(0.583, abs=1e-3), "high": pytest.approx(0.917, abs=1e-3)}
    assert [(band["reliable"], band["unreliable"]) for band in told["bands"]] == [
        (12, 6),
        (0, 0),
        (0, 4),
        (0, 0),
        (0, 0),
    ]
    assert [one["chosen"]["min_score"] for one in told["thresholds"]] == [71, 71, 71, 95]
    assert [(one["rule"], one["articles"], one["points"]["unreliable"]) for one in told["rules"]] == [
        ("TST001", {"reliable": 0, "unreliable": 4}, 12.0),
        ("TST002", {"reliable": 2, "unreliable": 2}, 1.2),
    ]
    assert (told["silent_rules"], told["groupings"]) == (["TST003"], [])


def as_csv(made: list[Record]) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerows([("label", "text"), *((record["label"], record["text"]) for record in made)])
    return out.getvalue()


def test_every_kind_of_dump_and_any_number_of_processes_give_the_same(figures: Callable[..., Any], place: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    made, expected = records(), figures()
    data = (place / "dump.jsonl").read_bytes()
    (place / "dump.jsonl.gz").write_bytes(gzip.compress(data))
    (place / "dump.json").write_text(json.dumps(made), "utf-8")
    (place / "dump.csv").write_text(as_csv(made), "utf-8")
    parquet.write_table(pa.Table.from_pylist(made), place / "dump.parquet")
    for name in ("dump.jsonl.gz", "dump.json", "dump.csv", "dump.parquet"):
        assert figures(name) == expected
    assert figures("-", stdin=data) == expected
    assert figures("dump.jsonl", "--jobs", "2") == expected
    odd = figures("dump.parquet", "--label-field", "meta.odd", "--unreliable", "TRUE", "--reliable", "false")
    assert odd["labels"] == {
        "field": "meta.odd",
        "reliable": {"false": 16},
        "unreliable": {"true": 11},
        "left_out": {},
        "without": 0,
    }


def test_within_groups_and_sites(figures: Callable[..., Any], place: Path, newslint_here: Newslint) -> None:
    told = figures("dump.jsonl", "--by", "meta.desk")
    (desks,) = told["groupings"]
    assert (desks["by"], desks["groups"], desks["both"], desks["covered"]) == ("meta.desk", 2, 2, 1.0)
    assert [(one["name"], one["reliable"], one["unreliable"]) for one in desks["largest"]] == [
        ("north", 6, 5),
        ("south", 6, 5),
    ]
    made = [
        {**record, "url": f"https://www.{'north' if record['label'] == 'fake' else 'south'}.example/{number}"}
        for number, record in enumerate(records())
    ]
    write(place / "sites.jsonl", made)
    said = "No site has articles of both sides: the figures may measure the site, and not the handling."
    assert figures("sites.jsonl")["warnings"][1:] == [said]
    assert f"warning: {said}\n" in newslint_here("calibrate", "sites.jsonl", "--by", "site").out
    ran = newslint_here("calibrate", "dump.jsonl", "--by", "desk")
    assert (ran.code, ran.err) == (0, "warning: --by desk: no record that has a score names one\n")


def test_a_configured_threshold_is_told(figures: Callable[..., Any], place: Path) -> None:
    (place / "newslint.toml").write_text((place / "newslint.toml").read_text() + "min-score = 80\n")
    last = figures()["thresholds"][-1]
    assert (last["goal"], last["chosen"]["min_score"], last["chosen"]["dropped"]["unreliable"]) == ("configured", 80, 4)
    assert figures("dump.jsonl", "--min-score", "60")["thresholds"][-1]["chosen"]["min_score"] == 60


def test_bad_records_are_counted(newslint_here: Newslint, place: Path) -> None:
    with (place / "dump.jsonl").open("a") as dump:
        dump.write("{broken\n")
    ran = newslint_here("calibrate", "dump.jsonl", "--format", "json")
    assert ran.code == 2
    assert json.loads(ran.out)["unreadable"] == 1
    assert ran.err.splitlines() == [
        "dump.jsonl#27 (line 28): not valid JSON: expecting property name enclosed in double quotes at column 2",
        "dump.jsonl: 1 of 28 records are bad, more than 1 % (--max-bad-records)",
    ]
    assert newslint_here("calibrate", "dump.jsonl", "--max-bad-records", "4%").code == 0


def test_inputs_without_records_are_named(newslint_here: Newslint, place: Path) -> None:
    (place / "a.md").write_text("# Ferry\n")
    ran = newslint_here("calibrate", ".")
    assert (ran.code, ran.err, ran.out) == (0, "a.md: holds no records, and so no labels\n", REPORT)
    assert newslint_here("calibrate", ".", "--quiet").err == ""
    ran = newslint_here("calibrate", "dump.jsonl", "missing.jsonl")
    assert (ran.code, ran.err, ran.out) == (2, "missing.jsonl: no such file or directory\n", REPORT)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Error: Nothing to compare: name dumps or directories, or '-' for standard input."),
        (["missing.jsonl"], "missing.jsonl: no such file or directory"),
        (
            ["a.md"],
            "newslint: a.md holds no records: expected JSON lines, JSON, CSV or Parquet with a label in every record",
        ),
        (
            ["dump.jsonl", "--label-field", "kind"],
            "newslint: no record has a label in the field 'kind': --label-field says in which; "
            "there are label, text, meta.desk, meta.odd",
        ),
        (
            ["dump.jsonl", "--unreliable", "hoax"],
            "newslint: no record is on the unreliable side (hoax): 'label' holds fake (11), satire (2), "
            "13 of the reliable side; say which are which with --reliable and --unreliable",
        ),
        (
            ["dump.jsonl", "--label-field", "meta.odd"],
            "newslint: no record is on the reliable side (real, reliable): 'meta.odd' holds false (16), true (11); "
            "say which are which with --reliable and --unreliable",
        ),
        (["short.jsonl"], "newslint: no article of the unreliable side has a score: too short to score (1)"),
        (["dump.jsonl", "--reliable", "x,FAKE"], "Error: --reliable and --unreliable both name 'fake'."),
        (["dump.jsonl", "--reliable", ", "], "Error: --reliable names no label."),
        (["dump.jsonl", "--fail-on", "error"], "Error: --fail-on sets an exit code of 'check': leave it out."),
        (["dump.jsonl", "--output", "no/x.json"], "newslint: --output no/x.json: no such file or directory"),
    ],
)
def test_what_can_not_be_compared_is_one_line(
    newslint_here: Newslint, place: Path, arguments: list[str], said: str
) -> None:
    (place / "a.md").write_text("# Ferry\n")
    write(place / "short.jsonl", [{"label": "real", "text": CLEAN}, {"label": "fake", "text": "Too short."}])
    ran = newslint_here("calibrate", *arguments)
    assert (ran.code, ran.out) == (2, "")
    told = [line for line in ran.err.splitlines() if line and not line.startswith(("Usage:", "Try "))]
    assert told == [said]
