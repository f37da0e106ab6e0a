"""Ray Data, for real: two processes of Ray in this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linter import LintKernel
from linter.config import Config, ConfigError

from .conftest import Verdicts, verdicts_of

pytestmark = pytest.mark.slow
pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="session")
def lint_dataset(ray_data: Any) -> Any:
    from linter.engines.ray import lint_dataset

    return lint_dataset


def rows_of(dataset: Any) -> list[dict[str, Any]]:
    return table_of(dataset).to_pylist()  # type: ignore[no-any-return]


def table_of(dataset: Any) -> Any:
    import ray

    return pa.concat_tables(ray.get(dataset.to_arrow_refs()))


@pytest.mark.parametrize("options", [{}, {"batch_size": 7, "num_cpus": 0.5}])
def test_the_same_findings_as_here(
    options: dict[str, Any], dump: Path, local: Verdicts, ray_data: Any, lint_dataset: Any
) -> None:
    # A small file is read by one task, which then lints all of it: without this there would be one worker.
    dataset = ray_data.read_parquet(str(dump / "dump.parquet")).repartition(4)
    linted = lint_dataset(dataset, **options).materialize()
    assert linted.num_blocks() == 4
    table = table_of(linted)
    assert verdicts_of(table.to_pylist()) == local
    given = pa.schema([(name, pa.string()) for name in ("id", "url", "title", "text")])
    assert table.schema.equals(LintKernel().schema(given))


def test_rows_keep_their_order_and_configurations_travel(dump: Path, ray_data: Any, lint_dataset: Any) -> None:
    dataset = ray_data.from_items([{"story": f"{n}\n\nAdvertisement", "newslint_score": n} for n in range(300)])
    config = Config(select=["INJ005"], field={"text": "story"}, fail_on="never")
    table = table_of(lint_dataset(dataset, config, columns="compact", batch_size=64))
    assert sorted(row.split()[0] for row in table["story"].to_pylist()) == sorted(map(str, range(300)))
    assert table.schema.names == ["story", *LintKernel(columns="compact").added.names]
    assert set(map(tuple, table["newslint_counts"].to_pylist())) == {(("INJ005", 1),)}
    assert set(table["newslint_decision"].to_pylist()) == {"warn"}
    one = ray_data.from_arrow(pa.table({"text": [str(n) for n in range(100)]}))
    assert table_of(lint_dataset(one, batch_size=9))["text"].to_pylist() == [str(n) for n in range(100)]


def test_filtering_is_the_engines(dump: Path, local: Verdicts, ray_data: Any, lint_dataset: Any) -> None:
    linted = lint_dataset(ray_data.read_parquet(str(dump / "dump.parquet")), columns="compact")
    kept = linted.filter(lambda row: row["newslint_score"] is None or row["newslint_score"] >= 90)
    scores = table_of(linted)["newslint_score"].to_pylist()
    assert 0 < kept.count() == sum(score is None or score >= 90 for score in scores) < len(local)


def test_what_can_not_work_is_said_before_anything_runs(ray_data: Any, lint_dataset: Any) -> None:
    dataset = ray_data.from_arrow(pa.table({"story": ["a"]}))
    with pytest.raises(ConfigError, match="unknown rule 'NOPE'"):
        lint_dataset(dataset, Config(select=["NOPE"]))
    with pytest.raises(ConfigError, match="no column with a text: found story; say which with field="):
        lint_dataset(dataset)
