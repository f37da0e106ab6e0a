"""The same articles give the same verdicts in every format of dump."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linter.cli.main import main

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rewritten" / "articles.jsonl"
ROWS = [{key: row[key] for key in ("id", "title", "text")} for row in map(json.loads, FIXTURES.open(encoding="utf-8"))][
    :8
]


def verdicts(path: Path) -> list[Any]:
    """What is said of each record, but for where it stands in the file."""
    result = CliRunner().invoke(main, ["check", "--isolated", "--format", "jsonl", "--quiet", str(path)])
    assert result.exit_code in (0, 1)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return [{key: value for key, value in verdict.items() if key not in ("path", "source_line")} for verdict in found]


def test_every_format_of_dump_gives_the_same_verdicts(tmp_path: Path) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    (tmp_path / "d.jsonl").write_text(lines, "utf-8")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (tmp_path / "d.json").write_text(json.dumps(ROWS), "utf-8")
    with (tmp_path / "d.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.Table.from_pylist(ROWS), tmp_path / "d.parquet")
    expected = verdicts(tmp_path / "d.jsonl")
    assert sum(len(verdict["findings"]) for verdict in expected) > 20
    for name in ("d.jsonl.gz", "d.json", "d.csv", "d.parquet"):
        assert verdicts(tmp_path / name) == expected, name
