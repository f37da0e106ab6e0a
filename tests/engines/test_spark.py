"""Spark, for real: a session with two threads in this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linter import LintKernel
from linter.config import Config, ConfigError

from .conftest import Verdicts, verdicts_of

pytestmark = pytest.mark.slow
pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="session")
def lint_dataframe(spark: Any) -> Any:
    from linter.engines.spark import lint_dataframe

    return lint_dataframe


def written(frame: Any, folder: Path) -> Any:
    """What Spark writes, as pyarrow reads it."""
    frame.write.parquet(str(folder / "written"))
    return parquet.read_table(folder / "written")


@pytest.mark.parametrize("partitions", [1, 4, 60])
def test_the_same_findings_as_here(
    partitions: int, dump: Path, local: Verdicts, spark: Any, lint_dataframe: Any, tmp_path: Path
) -> None:
    frame = spark.read.parquet(str(dump / "dump.parquet")).repartition(partitions)  # 60: some are empty
    table = written(lint_dataframe(frame), tmp_path)
    assert verdicts_of(table.to_pylist()) == local
    given = pa.schema([(name, pa.string()) for name in ("id", "url", "title", "text")])
    expected = LintKernel().schema(given)
    assert table.schema.names == expected.names
    assert {name for name in expected.names if table.schema.field(name).type != expected.field(name).type} <= {
        "newslint_counts",  # Parquet calls their parts otherwise
        "newslint_findings",
    }


def test_columns_keep_their_types_and_configurations_travel(spark: Any, lint_dataframe: Any) -> None:
    values = {
        "story": "concat(id, '\n\nAdvertisement')",
        "at": "timestamp'2024-02-29 12:00:00'",
        "price": "cast(1.5 as decimal(10,2))",
        "tags": "array('a', null)",
        "deep": "named_struct('a', 1)",
        "day": "date'2024-02-29'",
        "raw": "X'00ff'",
        "newslint_score": "'old'",
    }
    frame = spark.range(30).selectExpr(*(f"{value} as {name}" for name, value in values.items()))
    config = Config(select=["INJ005"], field={"text": "story"}, fail_on="never")
    linted = lint_dataframe(frame, config, columns="compact")
    assert linted.columns == [*list(values)[:7], *LintKernel(columns="compact").added.names]
    assert [field.dataType for field in linted.schema.fields[:7]] == [f.dataType for f in frame.schema.fields[:7]]
    rows = linted.collect()
    assert sorted(rows, key=lambda row: row["story"])[0][:7] == sorted(frame.collect())[0][:7]
    assert {tuple(row["newslint_counts"].items()) for row in rows} == {(("INJ005", 1),)}
    assert {row["newslint_decision"] for row in rows} == {"warn"} and len(rows) == 30


def test_filtering_is_the_engines(dump: Path, local: Verdicts, spark: Any, lint_dataframe: Any) -> None:
    linted = lint_dataframe(spark.read.parquet(str(dump / "dump.parquet")), columns="compact").cache()
    kept = linted.where("newslint_score is null or newslint_score >= 90").count()
    scores = [row[0] for row in linted.select("newslint_score").collect()]
    assert 0 < kept == sum(score is None or score >= 90 for score in scores) < len(local)
    hits = linted.selectExpr("explode(newslint_counts) as (rule, hits)").groupBy("rule").sum("hits").collect()
    assert len(hits) > 5


def test_what_can_not_work_is_said_before_anything_runs(spark: Any, lint_dataframe: Any) -> None:
    frame = spark.sql("select 'a' story, 1 id")
    with pytest.raises(ConfigError, match="unknown rule 'NOPE'"):
        lint_dataframe(frame, Config(select=["NOPE"]))
    with pytest.raises(ConfigError, match="no column with a text: found story, id; say which with field="):
        lint_dataframe(frame)
