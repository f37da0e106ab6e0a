"""`newslint split`: another threshold, without linting again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from pyarrow import parquet

from .conftest import Newslint, prose

TEXTS = {"a": prose(), "b": prose("Stray error"), "c": "Too short.", "d": prose(*["Stray error"] * 9)}


@pytest.fixture
def annotated(newslint_here: Newslint, project: Path) -> Path:
    """Scores 100, 88, none and 70, in every format."""
    dump = project / "dump.jsonl"
    dump.write_text("".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in TEXTS.items()))
    for name in ("in.jsonl", "in.jsonl.zst", "in.parquet"):
        assert newslint_here("check", "dump.jsonl", "--annotate", name).code == 0
    return project


def ids(path: Path) -> str:
    if path.suffix == ".parquet":
        return "".join(parquet.read_table(path)["id"].to_pylist())
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return "".join(json.loads(line)["id"] for line in lines)


@pytest.mark.parametrize(
    ("flags", "kept", "dropped"),
    [
        (["--min-score", "80"], "abc", "d"),
        (["--min-score", "89"], "ac", "bd"),
        (["--min-score", "70"], "abcd", ""),
        (["--min-score", "89", "--unscored", "drop"], "a", "bcd"),
    ],
)
def test_records_go_by_their_scores(
    newslint_here: Newslint, annotated: Path, flags: list[str], kept: str, dropped: str
) -> None:
    said = set()
    for source, keep, drop in (
        ("in.jsonl", "kept.jsonl.gz", "dropped.jsonl"),
        ("in.jsonl.zst", "kept.jsonl", "dropped.jsonl.gz"),
        ("in.parquet", "kept.parquet", "dropped.parquet"),
    ):
        ran = newslint_here("split", source, *flags, "--keep-to", keep, "--drop-to", drop)
        assert (ran.code, ran.err) == (0, "")
        assert (ids(annotated / keep), ids(annotated / drop)) == (kept, dropped)
        said |= {ran.out, newslint_here("split", source, *flags).out}
    short = sum(key in dropped for key in "bd")
    fate = "dropped" if "drop" in flags else "kept"
    assert said == {
        f"{len(kept)} kept, {len(dropped)} dropped; {short} scored under {flags[1]}, 1 had no score and were {fate}\n"
    }
    assert sorted(path.name for path in annotated.iterdir() if "part" in path.name) == []


def test_the_lines_and_columns_stay_as_they_are(newslint_here: Newslint, annotated: Path) -> None:
    newslint_here("split", "in.jsonl", "--min-score", "89", "--keep-to", "kept.jsonl", "--drop-to", "dropped.jsonl")
    lines = [*(annotated / "kept.jsonl").open(), *(annotated / "dropped.jsonl").open()]
    assert sorted(lines) == sorted((annotated / "in.jsonl").open())
    newslint_here("split", "in.parquet", "--min-score", "0", "--keep-to", "kept.parquet", "--drop-to", "none.parquet")
    whole, kept, none = (parquet.read_table(annotated / f"{name}.parquet") for name in ("in", "kept", "none"))
    assert kept.equals(whole)
    assert (none.num_rows, none.schema) == (0, whole.schema)


def test_what_can_not_be_split_is_one_line(newslint_here: Newslint, annotated: Path) -> None:
    def said(*arguments: str) -> str:
        ran = newslint_here("split", *arguments)
        assert ran.code == 2
        return ran.err.splitlines()[-1]

    five = ("--min-score", "5")
    assert said("dump.jsonl", *five) == (
        "newslint: dump.jsonl: line 1 is not annotated (Object missing required field `newslint_score`): "
        "run newslint check --annotate first"
    )
    assert (
        said("in.parquet", *five, "--keep-to", "x.jsonl")
        == "newslint: x.jsonl: expected Parquet (.parquet), as in.parquet is"
    )
    assert said("missing.jsonl", *five) == "newslint: missing.jsonl: no such file or directory"
    assert said("newslint.toml", *five) == (
        "newslint: newslint.toml: expected what --annotate writes: .jsonl, .jsonl.gz, .jsonl.zst or .parquet"
    )
    assert (
        said("in.jsonl", *five, "--keep-to", "in.jsonl")
        == "Error: FILE, --keep-to and --drop-to have to be different files."
    )
    assert said("in.jsonl") == "Error: Missing option '--min-score'."
    (annotated / "cut.jsonl.zst").write_bytes((annotated / "in.jsonl.zst").read_bytes()[:-20])
    (annotated / "cut.parquet").write_bytes((annotated / "in.parquet").read_bytes()[:-20])
    for name in ("cut.jsonl.zst", "cut.parquet"):
        assert said(name, *five, "--keep-to", f"kept-{name}").startswith(f"newslint: {name}: ")
    assert not [path.name for path in annotated.iterdir() if "kept" in path.name]
