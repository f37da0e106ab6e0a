"""`check --annotate`: every record with its verdict, in order, in every format, and what may go to another file."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet

from .conftest import Newslint, prose

# A score needs a hundred words; an error costs points.
RECORDS: list[dict[str, Any]] = [
    {"id": "a", "text": prose(), "url": "https://www.north.example/1", "deep": {"list": [1, 2.5, None]}},
    {"id": "b", "text": prose("Stray error", "Stray warning"), "title": "Ferry", "url": "https://north.example/2"},
    {"id": "c", "text": "Too short.", "newslint_score": "of an older run"},
    {"id": "d", "words": 5},
    {"id": "e", "text": prose(*["Stray error"] * 9), "url": "https://south.example/1"},
]
NAMES = ["path", "record", "language", "words", "score", "band", "coverage", "confidence", "abstained", "error"]
NAMES += ["decision", "because", "source", "counts", "findings", "rulebook"]


def written(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    if path.suffix == ".zst":
        data = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


def without(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if not key.startswith("newslint_")}


@pytest.fixture
def dump(project: Path) -> Path:
    path = project / "dump.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return path


FREE = "--max-bad-records=1"  # one record has no text


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.ndjson"])
def test_records_stay_as_they_are_beside_their_verdicts(newslint_here: Newslint, dump: Path, name: str) -> None:
    ran = newslint_here("check", "dump.jsonl", "--annotate", name, FREE)
    records = written(dump.parent / name)
    assert ran.code == 0
    assert [without(record) for record in records] == [without(record) for record in RECORDS]
    assert all(list(record)[-len(NAMES) :] == [f"newslint_{key}" for key in NAMES] for record in records)
    # The same as the wire format says.
    verdicts = [json.loads(line) for line in newslint_here("check", "dump.jsonl", "--format", "jsonl").out.splitlines()]
    told = [key for key in NAMES if key not in ("source", "decision", "because", "counts", "rulebook")]
    assert [{key: record[f"newslint_{key}"] for key in told} for record in records] == [
        {key: verdict[key] for key in told} for verdict in verdicts
    ]
    assert [record["newslint_counts"] for record in records] == [{}, {"TST001": 1, "TST002": 1}, {}, {}, {"TST001": 9}]
    assert {len(record["newslint_rulebook"]) for record in records} == {len(records[0]["newslint_rulebook"])}


def test_the_columns_of_a_table_keep_their_types(newslint_here: Newslint, project: Path) -> None:
    schema = pa.schema(
        [
            pa.field("text", pa.large_string(), nullable=False),
            pa.field("when", pa.timestamp("us", "UTC")),
            pa.field("tags", pa.list_(pa.string())),
            pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
            pa.field("newslint_score", pa.string()),
        ],
        {"made": "by a test"},
    )
    columns = [[prose(), "Stray error"], [0, None], [["x"], None], ["news", "blog"], ["old", "older"]]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    for name, rows in (("full.parquet", 2), ("empty.parquet", 0)):
        parquet.write_table(pa.table(arrays, schema=schema).slice(0, rows), project / name)
        assert newslint_here("check", name, "--annotate", f"out-{name}").code == 0
    full, empty = (parquet.read_table(project / f"out-{name}.parquet") for name in ("full", "empty"))
    assert full.schema.equals(empty.schema, check_metadata=True)
    assert full.schema.names == ["text", "when", "tags", "kind", *(f"newslint_{name}" for name in NAMES)]
    assert [field.type for field in full.schema][:4] == [field.type for field in schema][:4]
    assert full.schema.metadata == {b"made": b"by a test"}
    assert full.select([0, 1, 2, 3]).to_pydict() == pa.table(arrays[:4], names=schema.names[:4]).to_pydict()
    assert (full.num_rows, empty.num_rows) == (2, 0)
    assert full["newslint_score"].to_pylist() == [100, None]
    assert full["newslint_counts"].to_pylist() == [[], [("TST001", 1)]]
    (finding,) = full["newslint_findings"].to_pylist()[1]
    assert (finding["rule"], finding["start"], finding["end"], finding["text"]) == ("TST001", 0, 11, "Stray error")
    assert finding["value"] is False


def test_records_of_any_source_go_into_a_table(newslint_here: Newslint, dump: Path) -> None:
    (dump.parent / "page.html").write_text("<html><title>T</title><body><p>Stray error</p></body></html>")
    (dump.parent / "broken.parquet").write_bytes(b"PAR1")
    ran = newslint_here("check", "dump.jsonl", "page.html", "broken.parquet", "--annotate", "out.parquet", FREE)
    rows = parquet.read_table(dump.parent / "out.parquet").to_pylist()
    assert ran.code == 2
    assert [row["id"] for row in rows] == ["a", "b", "c", None, "e", None, None]
    assert [bool(row["newslint_error"]) for row in rows] == [False, False, False, True, False, False, True]
    assert json.loads(rows[0]["fields"]) == {"id": "a", "url": RECORDS[0]["url"], "deep": {"list": [1, 2.5, None]}}
    assert json.loads(rows[3]["fields"]) == RECORDS[3]
    assert (rows[5]["html"], rows[5]["text"], rows[5]["title"]) == (
        "<html><title>T</title><body><p>Stray error</p></body></html>", None, "T",
    )  # fmt: skip
    assert [row["newslint_path"] for row in rows] == ["dump.jsonl"] * 5 + ["page.html", "broken.parquet"]
    assert newslint_here("check", "empty.csv", "--annotate", "none.parquet").code == 2
    assert not (dump.parent / "none.parquet").exists()


def test_a_page_is_written_so_that_it_is_read_as_one(newslint_here: Newslint, project: Path) -> None:
    page = "<html><head><title>T</title></head><body><p>Fish &amp; chips</p><p>Stray error</p></body></html>"
    (project / "page.html").write_text(page)
    newslint_here("check", "page.html", "--annotate", "out.jsonl")
    (record,) = written(project / "out.jsonl")
    (finding,) = record["newslint_findings"]
    assert record["html"][finding["start"] : finding["end"]] == "Stray error"
    again = json.loads(newslint_here("check", "out.jsonl", "--format", "jsonl").out)
    assert again["findings"][0]["start"] == finding["start"]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_what_falls_short_goes_to_another_file_with_its_reasons(
    newslint_here: Newslint, dump: Path, suffix: str
) -> None:
    arguments = ["check", "dump.jsonl", FREE, "--min-score", "90"]
    ran = newslint_here(*arguments, "--annotate", f"kept.{suffix}", "--drop-to", f"dropped.{suffix}")
    kept, dropped = (_ids(dump.parent / f"{name}.{suffix}") for name in ("kept", "dropped"))
    assert (ran.code, kept, dropped) == (0, ["a", "c", "d"], ["b", "e"])
    newslint_here(*arguments, "--annotate", f"kept.{suffix}", "--drop-to", f"dropped.{suffix}", "--unscored", "fail")
    kept, dropped = (_ids(dump.parent / f"{name}.{suffix}") for name in ("kept", "dropped"))
    assert (kept, dropped) == (["a"], ["b", "c", "d", "e"])


def _ids(path: Path) -> list[str]:
    records = parquet.read_table(path).to_pylist() if path.suffix == ".parquet" else written(path)
    assert all(record["newslint_findings"] for record in records if record["newslint_score"] not in (100, None))
    return [record["id"] or json.loads(record["fields"])["id"] for record in records]


def test_findings_set_no_exit_code_unless_asked_for(newslint_here: Newslint, dump: Path) -> None:
    def code(*flags: str) -> int:
        return newslint_here("check", "dump.jsonl", "--annotate", "out.jsonl", FREE, *flags).code

    assert code() == 0
    assert code("--fail-on", "error") == 1
    assert code("--min-score", "90") == 1
    assert code("--min-score", "1") == 0
    assert code("--max-bad-records", "0") == 2


def test_the_summary_tells_all(newslint_here: Newslint, dump: Path) -> None:
    ran = newslint_here("check", "dump.jsonl", "--annotate", "out.jsonl", FREE)
    assert (
        ran.out
        == """\
hits  records  error  warning  info  rule    name
  10        2     10        -     -  TST001  stray-error
   1        1      -        1     -  TST002  stray-warning

 score  records
90-100        1  ████████████████████████████████████████
 80-89        1  ████████████████████████████████████████
 70-79        1  ████████████████████████████████████████
 60-69        0
 50-59        0
 40-49        0
 30-39        0
 20-29        0
 10-19        0
   0-9        0

score  lowest        title
   70  dump.jsonl#4
   82  dump.jsonl#1  Ferry

records  mean score  site
      2          91  north.example
      1          70  south.example

records  error
      1  no text: expected one of text, content, body, maintext, article, raw_content

4 articles: 10 errors, 1 warning; 1 could not be read; 3 scored, lowest 70 (notable issues) in dump.jsonl#4
"""
    )


def test_wrong_usage_is_one_line(newslint_here: Newslint, dump: Path) -> None:
    def said(*flags: str) -> str:
        ran = newslint_here("check", "dump.jsonl", *flags)
        assert ran.code == 2
        return ran.err.splitlines()[-1]

    assert said("--annotate", "out.txt") == (
        "newslint: out.txt: unknown format, expected a name that ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet"
    )
    assert said("--annotate", "dump.jsonl") == (
        f"newslint: {dump}: an input can't be the output, too: give --annotate another name"
    )
    assert (
        said("--annotate", "no/where.jsonl")
        == "newslint: no/where.jsonl.part: can't be written: no such file or directory"
    )
    assert said("--drop-to", "x.jsonl") == "Error: --drop-to needs --annotate FILE."
    assert said("--resume") == "Error: --resume needs --annotate FILE."
    assert said("--annotate", "a.jsonl", "--drop-to", "b.jsonl") == (
        "newslint: --drop-to needs --min-score N, or --unscored fail: which records to drop"
    )
    assert said("--annotate", "a.jsonl", "--drop-to", "a.jsonl", "--min-score", "5") == (
        "newslint: --drop-to a.jsonl: expected another file than that of --annotate"
    )
    assert said("--annotate", "a.jsonl", "--format", "jsonl") == (
        "Error: --annotate writes the findings: leave --format, --output, --show and --statistics out."
    )
    assert said("-", "--annotate", "a.jsonl", "--resume") == (
        "Error: --resume reads its input again from the start, which standard input can't be."
    )


def test_what_was_written_before_is_no_input(newslint_here: Newslint, project: Path) -> None:
    (project / "dumps").mkdir()
    (project / "dumps" / "a.jsonl").write_text('{"text": "Stray error"}\n')
    for _ in range(2):
        assert newslint_here("check", "dumps", "--annotate", "dumps/out.jsonl").code == 0
        assert len(written(project / "dumps" / "out.jsonl")) == 1


def test_standard_input_is_annotated(newslint_here: Newslint, project: Path) -> None:
    ran = newslint_here(
        "check", "-", "--stdin-filename", "x.jsonl", "--annotate", "out.jsonl", stdin='{"text": "Stray error"}'
    )
    assert ran.code == 0
    assert [record["newslint_path"] for record in written(project / "out.jsonl")] == ["x.jsonl"]
