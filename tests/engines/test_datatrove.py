"""datatrove, for real: a pipeline over JSON lines."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from linter.config import Config, ConfigError

from .conftest import Verdicts, verdicts_of

pytestmark = pytest.mark.slow
datatrove = pytest.importorskip("datatrove")
pytest.importorskip("orjson")  # what datatrove reads JSON with


def run(pipeline: list[Any], logs: Path, **options: Any) -> dict[str, Any]:
    """Run a pipeline; returns the statistics of the step."""
    from datatrove.executor import LocalPipelineExecutor

    LocalPipelineExecutor(pipeline, logging_dir=str(logs), **options).run()
    steps = json.loads((logs / "stats.json").read_text())
    [stats] = [step["stats"] for step in steps if step["name"] == "LINTER: newslint"]
    return {name: value["total"] if isinstance(value, dict) else value for name, value in stats.items()}


def written(folder: Path) -> list[dict[str, Any]]:
    lines = [line for path in sorted(folder.iterdir()) for line in gzip.decompress(path.read_bytes()).splitlines()]
    return [{**json.loads(line)["metadata"], **json.loads(line)} for line in lines]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_findings_as_here(workers: int, dump: Path, local: Verdicts, tmp_path: Path) -> None:
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from linter.engines.datatrove import NewslintStep

    data = tmp_path / "data"
    data.mkdir()
    lines = (dump / "dump.jsonl").read_text("utf-8").splitlines(keepends=True)
    for number in range(2):
        (data / f"{number}.jsonl").write_text("".join(lines[number::2]), "utf-8")
    pipeline = [JsonlReader(str(data)), NewslintStep(), JsonlWriter(str(tmp_path / "out"))]
    stats = run(pipeline, tmp_path / "logs", tasks=2, workers=workers)
    rows = written(tmp_path / "out")
    expected = {id: told for id, told in local.items() if id != "null"}  # datatrove reads no record without a text
    assert verdicts_of(rows) == expected
    assert all(row["title"] is None or row["url"] or row["id"] == "german" for row in rows)
    hits = Counter[str]()
    scores = []
    for row in rows:
        hits.update(row["newslint_counts"])
        scores.append(row["newslint_score"])
    assert stats == {
        "total": 47,
        "score": sum(score for score in scores if score is not None),
        "unscored": scores.count(None),
        **hits,
    }


def test_filtering_is_the_pipelines(dump: Path, tmp_path: Path) -> None:
    from datatrove.pipeline.filters import LambdaFilter
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from linter.engines.datatrove import NewslintStep

    step = NewslintStep(Config(min_score=90, fail_on="never"), columns="compact")
    reject = LambdaFilter(lambda document: document.metadata["newslint_decision"] != "fail")
    pipeline = [
        JsonlReader(str(dump), glob_pattern="*.jsonl", limit=40),
        step,
        reject,
        JsonlWriter(str(tmp_path / "o")),
    ]
    run(pipeline, tmp_path / "logs")
    scores = [row["newslint_score"] for row in written(tmp_path / "o")]
    assert 0 < len(scores) < 40 and min(scores) >= 90
    assert all("newslint_findings" not in row for row in written(tmp_path / "o"))


def test_documents_that_can_not_be_linted_go_on() -> None:
    from datatrove.data import Document

    from linter.engines.datatrove import NewslintStep

    documents = [
        Document(text="a" * (16 * 1024 * 1024 + 1), id="1"),
        Document(text=None, id="2", metadata={"newslint_score": 5, "n": 1}),
        Document(text="Fine.\n\nAdvertisement", id="3", metadata={"headline": "Ferry", "text": "another"}),
    ]
    step = NewslintStep(Config(field={"text": "text_of_a_dump", "title": "headline"}, select=["INJ005"]))
    result = list(step.run(iter(documents)))
    assert [document.id for document in result] == ["1", "2", "3"]
    assert [document.metadata["newslint_error"] for document in result] == [
        "longer than 16 MiB",
        "no text: expected one of text, content, body, maintext, article, raw_content",
        None,
    ]
    assert (result[1].metadata["newslint_score"], result[1].metadata["n"]) == (None, 1)
    assert (result[2].metadata["newslint_counts"], result[2].metadata["text"]) == ({"INJ005": 1}, "another")
    json.dumps(result[2].metadata)
    assert step.stats.stats["errors"].total == 2


def test_wrong_use_is_told_in_one_line() -> None:
    from linter.engines.datatrove import NewslintStep

    with pytest.raises(ConfigError, match="columns: expected 'full' or 'compact', got 'all'"):
        NewslintStep(columns="all")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="unknown rule 'NOPE'"):
        NewslintStep(Config(select=["NOPE"]))
