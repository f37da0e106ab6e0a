"""The reference that measures are compared with is what the clean articles say."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks import reference as benchmark
from linter.reference import Measure, reference


def test_percentiles_count_weights() -> None:
    values = [(float(n), 1.0) for n in range(1, 101)]
    assert [benchmark.percentile(values, p) for p in (5, 50, 99)] == [5.0, 50.0, 99.0]
    assert benchmark.percentile([(1.0, 1.0), (2.0, 99.0)], 5) == 2.0
    assert benchmark.percentile([(3.0, 0.5)], 99) == 3.0


def test_short_texts_are_taken_for_usual_ones() -> None:
    measure = Measure(articles=1, mean=10.0, p5=0, p25=0, p50=0, p75=0, p95=0, p99=0)
    assert measure.shrunk(0, 0) == 10.0
    assert measure.shrunk(10, 700) == pytest.approx(13.0)
    assert measure.shrunk(1000, 100_000) == pytest.approx(10.0, rel=0.01)


def test_the_shipped_figures_are_those_of_the_evaluation_data(data: Path) -> None:
    if not (data / "clean_articles.jsonl.gz").is_file():
        pytest.skip("no clean_articles.jsonl.gz in the evaluation data")
    shipped = reference()
    assert replace(benchmark.measure_all(data), date=shipped.date) == shipped, "run python -m benchmarks.reference"
