"""`--sample`, and the signs of life of a long run."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from linter.cli.main import main
from linter.cli.progress import Progress
from linter.cli.sample import sample


@given(st.integers(0, 60), st.integers(1, 20), st.integers())
def test_a_sample_is_of_the_size_asked_for_and_in_order(count: int, size: int, seed: int) -> None:
    taken = list(sample(range(count), size, seed))
    assert len(taken) == min(count, size)
    assert taken == sorted(set(taken))
    assert taken == list(sample(iter(range(count)), size, seed))


def test_every_item_is_as_likely_as_any_other() -> None:
    counts = Counter(item for seed in range(3000) for item in sample(range(12), 3, seed))
    assert min(counts.values()) > 650  # 750 expected, standard deviation 24
    assert max(counts.values()) < 850


def test_sampling_a_dump(tmp_path: Path) -> None:
    dump = tmp_path / "d.jsonl"
    dump.write_text("".join(json.dumps({"text": f"Text {n}."}) + "\n" for n in range(50)), "utf-8")

    def records(*flags: str) -> list[int]:
        result = CliRunner().invoke(main, ["check", "--isolated", "--format", "jsonl", "--quiet", str(dump), *flags])
        assert result.exit_code == 0
        return [json.loads(line)["record"] for line in result.stdout.splitlines()]

    first = records("--sample", "5")
    assert len(first) == 5
    assert first == sorted(first)
    assert first == records("--sample", "5", "--jobs", "2")
    assert first != records("--sample", "5", "--seed", "1")
    assert records("--sample", "500") == list(range(50))
    assert CliRunner().invoke(main, ["check", str(dump), "--seed", "1"]).exit_code == 2


def test_a_log_has_a_line_every_half_minute(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 0.0
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    progress = Progress(True, lambda: now)
    for _ in range(100):
        now += 1.0
        progress.advance()
    progress.stop()
    assert capsys.readouterr().err.splitlines() == [
        "30 articles so far, 1 per second",
        "60 articles so far, 1 per second",
        "90 articles so far, 1 per second",
    ]
    silent = Progress(False, lambda: now)
    now += 1000
    silent.advance()
    assert capsys.readouterr().err == ""
