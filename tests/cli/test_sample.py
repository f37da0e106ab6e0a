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


def never(item: int) -> bool:
    return False


def test_some_items_are_always_taken() -> None:
    others = [item for item in range(100) if item not in (7, 99)]
    taken = list(sample(range(100), 3, 0, lambda item: item in (7, 99)))
    assert taken == sorted([7, 99, *sample(others, 3, 0, never)])


@given(st.integers(0, 60), st.integers(1, 20), st.integers())
def test_a_sample_is_of_the_size_asked_for_and_in_order(count: int, size: int, seed: int) -> None:
    taken = list(sample(range(count), size, seed, never))
    assert len(taken) == min(count, size)
    assert taken == sorted(set(taken))
    assert taken == list(sample(iter(range(count)), size, seed, never))


def test_every_item_is_as_likely_as_any_other() -> None:
    counts = Counter(item for seed in range(3000) for item in sample(range(12), 3, seed, never))
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


def test_an_input_that_cant_be_read_is_said_whatever_the_sample(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"no gzip data")
    for number in range(30):
        (tmp_path / f"b{number}.txt").write_text("Text.", "utf-8")
    paths = [str(path) for path in sorted(tmp_path.iterdir())]
    result = CliRunner().invoke(main, ["check", "--isolated", *paths, "--sample", "1"])
    assert result.exit_code == 2
    assert "not gzip data" in result.stderr


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


def test_the_time_left_is_told_where_the_size_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    now, read = [0.0], [0.5]  # half was passed over: a run that is gone on with
    progress = Progress(True, lambda: now[0], share=lambda: read[0])
    for _ in range(100):
        now[0] += 0.6
        read[0] += 0.001
        progress.advance()
    assert capsys.readouterr().err.splitlines() == [
        "50 articles so far, 2 per second, 55 %, 4 min left",
        "100 articles so far, 2 per second, 60 %, 4 min left",
    ]
