"""docs/engines/: every block of Python is run with the real engine, and every command is run or parsed.

The scripts for clusters are run here, over folders of this machine; what submits them is parsed by the program that it
is for. Slurm's `sbatch` and `scontrol` are programs of this test.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from itertools import dropwhile, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from codeblocks import Block, blocks_of

from benchmarks.memory import records
from linter.cli.check import command as check

if TYPE_CHECKING:
    from conftest import Run

ROOT = Path(__file__).parent.parent
PAGES = {page.stem: page for page in sorted((ROOT / "docs" / "engines").glob("*.md"))}
COUNT = 40
SLURM = {"sbatch": "#!/bin/sh\necho Submitted batch job 7\n", "scontrol": "#!/bin/sh\necho node1\n"}
ENGINE = {
    # No reports of usage, no socket but on the loopback interface.
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
    "PYSPARK_SUBMIT_ARGS": "--conf spark.driver.host=127.0.0.1 --conf spark.ui.enabled=false pyspark-shell",
}


def blocks(page: str) -> list[Block]:
    return blocks_of(PAGES[page].read_text("utf-8"))


def commands(page: str) -> list[list[str]]:
    bodies = [block.body for block in blocks(page) if block.language == "sh"]
    return [shlex.split(line) for body in bodies for line in body.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the articles that the pages name, and a configuration."""
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"author": "Ines Falk", "date": "2024-02-29", **row} for row in islice(records(), COUNT)]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "articles.parquet", row_group_size=10)
    (tmp_path / "newslint.toml").write_text('ignore = ["STY"]\n')
    (tmp_path / "articles").mkdir()
    for number in range(2):
        lines = "".join(json.dumps(row) + "\n" for row in rows[number::2])
        (tmp_path / "articles" / f"{number}.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return tmp_path


@pytest.fixture
def do(desk: Path, run: Run) -> Callable[..., str]:
    """Runs Python in that folder."""
    return lambda *words, **variables: run([sys.executable, *words], desk, **ENGINE, **variables).stdout


def rows_of(path: Path) -> list[dict[str, Any]]:
    """What stands in a Parquet file or folder, or in a folder of JSON lines."""
    if path.is_dir() and (files := sorted(path.glob("*.jsonl.gz"))):
        return [
            json.loads(line)["metadata"]
            for file in files
            for line in gzip.decompress(file.read_bytes()).split(b"\n")
            if line
        ]
    from pyarrow import parquet

    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


def scores(path: Path) -> list[int | None]:
    return [row["newslint_score"] for row in rows_of(path)]


def run_blocks(page: str, desk: Path, do: Callable[..., str]) -> list[str]:
    """Run the blocks of a page that are no files, in their order; returns what they print."""
    said = []
    for number, block in enumerate(block for block in blocks(page) if block.language == "python"):
        if block.file:
            (desk / block.file).write_text(block.body)
        else:
            (desk / f"block{number}.py").write_text(block.body)
            said.append(do(f"block{number}.py"))
    return said


def test_every_block_is_known() -> None:
    assert sorted(PAGES) == ["arrow", "datatrove", "ray", "spark"]
    assert {block.language for page in PAGES for block in blocks(page)} == {"python", "sh"}
    for page in PAGES:
        for block in blocks(page):
            if block.language == "python":
                compile(block.body, page, "exec")
            else:
                subprocess.run(["bash", "-n"], input=block.body.encode(), check=True)


def test_what_is_installed_are_extras_that_there_are() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = [re.findall(r"newslint\[(\w+)\]", page.read_text("utf-8")) for page in PAGES.values()]
    assert all(named) and {name for names in named for name in names} <= set(extras)


def test_arrow(desk: Path, run: Run) -> None:
    for library in ("polars", "duckdb"):
        pytest.importorskip(library)

    def do(script: str) -> str:
        ran = run([sys.executable, script], desk)
        assert ran.stderr == ""  # DuckDB complains at the end of a process in which it was not tidied up
        return ran.stdout

    said = run_blocks("arrow", desk, do)
    assert len(said) == 5 and "SRC007" in said[2] and "SRC007" in said[4]
    kept = scores(desk / "kept.parquet")
    assert 0 < len(kept) < COUNT + 1 and min(score for score in kept if score is not None) >= 60
    assert len(scores(desk / "linted.parquet")) == COUNT
    assert "newslint_findings" not in rows_of(desk / "linted.parquet")[0]  # the lazy query wrote it last


@pytest.mark.slow
def test_ray(desk: Path, do: Callable[..., str]) -> None:
    pytest.importorskip("ray.data")
    run_blocks("ray", desk, do)
    assert len(scores(desk / "linted")) == COUNT
    do("lint_job.py", "articles.parquet", "kept")
    [submit] = [command for command in commands("ray") if command[0] == "ray"]
    assert submit[-5:-2] == ["--", "python", "lint_job.py"] and len(submit[-2:]) == 2
    assert sorted(scores(desk / "kept"), key=str) == sorted(
        (s for s in without_style(desk, do) if s is None or s >= 60), key=str
    )


def test_the_command_knows_every_flag_it_is_shown_with() -> None:
    every = {page: map(_without_variables, commands(page)) for page in PAGES}
    shown = {page: [words for words in found if words[0] == "newslint"] for page, found in every.items()}
    assert {page: len(found) for page, found in shown.items()} == {"arrow": 0, "datatrove": 0, "ray": 2, "spark": 2}
    for page, found in shown.items():
        for _, command, *words in found:
            assert command == "check"
            assert check.make_context("check", words).params["engine"] == page


def _without_variables(words: list[str]) -> list[str]:
    return list(dropwhile(re.compile(r"[A-Z_]+=").match, words))


@pytest.mark.slow
def test_rays_own_parser_takes_the_command() -> None:
    cli = pytest.importorskip("ray.scripts.scripts").cli
    [submit] = [command for command in commands("ray") if command[0] == "ray"]
    context = cli.commands["job"].commands["submit"].make_context("submit", submit[3:])
    assert context.params["entrypoint"][:2] == ("python", "lint_job.py")
    assert json.loads(context.params["runtime_env_json"]) == {"pip": ["newslint[ray]==0.1.0"]}


@pytest.mark.slow
def test_spark(desk: Path, do: Callable[..., str]) -> None:
    pytest.importorskip("pyspark.sql")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    said = run_blocks("spark", desk, do)
    assert "newslint_band" in said[0] and "SRC007" in said[1]
    assert len(scores(desk / "linted")) == COUNT
    [submit] = [command for command in commands("spark") if command[0] == "spark-submit"]
    assert submit[-3] == "lint_job.py"
    do("lint_job.py", "articles.parquet", "kept")
    assert sorted(scores(desk / "kept"), key=str) == sorted(
        (s for s in without_style(desk, do) if s is None or s >= 60), key=str
    )


@pytest.mark.slow
def test_sparks_own_help_has_the_flags() -> None:
    pyspark = pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    [submit] = [command for command in commands("spark") if command[0] == "spark-submit"]
    program = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    done = subprocess.run(
        [program, "--help"], capture_output=True, text=True, timeout=120, env={**os.environ, **ENGINE}
    )
    flags = [word for word in submit if word.startswith("--")]
    assert flags and [flag for flag in flags if not re.search(rf"{flag}\b", done.stdout + done.stderr)] == []


def without_style(desk: Path, do: Callable[..., str]) -> list[int | None]:
    """The scores under the configuration of the folder, by a local run."""
    do("-m", "linter", "check", "articles.parquet", "--annotate", "here.parquet", "--no-progress")
    return scores(desk / "here.parquet")


@pytest.mark.slow
def test_datatrove(desk: Path, do: Callable[..., str], run: Run) -> None:
    pytest.importorskip("datatrove")
    pytest.importorskip("orjson")
    run_blocks("datatrove", desk, do)
    kept, dropped = scores(desk / "kept"), scores(desk / "dropped") if (desk / "dropped").exists() else []
    assert len(kept) + len(dropped) == COUNT
    assert all(score is None or score >= 60 for score in kept) and all((score or 0) < 60 for score in dropped)
    stats = json.loads((desk / "logs" / "stats.json").read_text())[1]["stats"]
    assert (stats["total"], {"mean", "min", "max"} <= set(stats["score"]), "SRC007" in stats) == (COUNT, True, True)

    programs = desk / "programs"
    programs.mkdir()
    for name, program in SLURM.items():
        (programs / name).write_text(program)
        (programs / name).chmod(0o755)
    path = f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    [command] = [command for command in commands("datatrove") if command[0] != "pip"]
    assert command[0].endswith("/python") and command[1] == "lint_slurm.py" and len(command) == 5
    do("lint_slurm.py", "articles", "linted", "slurm", PATH=path)
    script = (desk / "slurm" / "launch_script.slurm").read_text()
    assert "source environment/bin/activate" in script and "--array=0-499" in script
    launcher = Path(sys.executable).parent / "launch_pickled_pipeline"
    for task in ("0", "1"):  # of the 500, those that have a file to read
        job = {"SLURM_ARRAY_TASK_ID": task, "SLURM_NODELIST": "node1", "PATH": path}
        run([sys.executable, launcher, desk / "slurm" / "executor.pik"], desk, **job)
    assert len(scores(desk / "linted")) == COUNT
