"""`check --engine`: a run whose parts are linted by Ray or Spark, for real, says what it says without them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import FLAGS

ROOT = Path(__file__).parents[2]
NEWSLINT = [sys.executable, "-m", "linter", "check"]

if TYPE_CHECKING:
    from conftest import Run

pytestmark = pytest.mark.slow

# A rule that ends the process that it runs in, at one article.
RULE = """\
id: TST001
name: fatal
summary: A rule that is fatal.
why: It is for a test.
message: "fatal"
help: None.
severity: info
confidence: hint
status: stable
category: language
check: {kind: python, function: fatal.find}
examples:
  bad: [{text: "a", at: ["1:1-1:2 info"]}, {text: "b", at: ["1:1-1:2 info"]}]
  good: [{text: "c", because: "x"}, {text: "d", because: "x"}]
"""
CODE = """\
import os

def find(analysis, options):
    if analysis.text.startswith("Kill"):
        os._exit(9)
    return iter(())
"""


@pytest.fixture(params=["ray", "spark"])
def engine(request: pytest.FixtureRequest) -> str:
    """An engine that is installed."""
    if request.param == "ray":
        pytest.importorskip("ray")
    else:
        pytest.importorskip("pyspark")
        if shutil.which("java") is None:
            pytest.skip("Spark needs Java")
    return str(request.param)


def test_an_engine_says_what_one_process_says(engine: str, dump: Path, run: Run) -> None:
    (dump / "page.md").write_text("# Bridge\n\nThe mayor opened it.\n\nAdvertisement\n", "utf-8")
    (dump / "broken.jsonl").write_text('{"text": "a"}\n[]\n\n{"text": 1}\n', "utf-8")
    command = [*NEWSLINT, "dump.jsonl", "page.md", "broken.jsonl", "nowhere.txt", "dump.parquet", *FLAGS]
    alone = run([*command, "--format", "jsonl"], dump, code=2)
    spread = run([*command, "--format", "jsonl", "--engine", engine, "--jobs", "2"], dump, code=2)
    assert spread.stdout == alone.stdout
    assert alone.stderr.splitlines() == [
        line for line in spread.stderr.splitlines() if line in alone.stderr.splitlines()
    ]
    assert len(alone.stdout.splitlines()) == 2 * 48 + 1 + 3 + 1


def test_an_engine_writes_the_same_bytes(engine: str, dump: Path, run: Run) -> None:
    for name, more in (("alone.parquet", []), ("spread.parquet", ["--engine", engine])):
        run([*NEWSLINT, "dump.jsonl", "--annotate", name, "--restart", *FLAGS, *more], dump, code=None)
    assert (dump / "spread.parquet").read_bytes() == (dump / "alone.parquet").read_bytes()


def test_an_article_that_kills_its_process_takes_nothing_else_down(engine: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "fatal.yaml").write_text(RULE)
    (tmp_path / "rules" / "fatal.py").write_text(CODE)
    (tmp_path / "newslint.toml").write_text('rules = ["rules"]\nallow-python-rules = true\nselect = ["TST001"]\n')
    texts = ["The bridge is open."] * 5
    texts[2] = "Kill the process."
    (tmp_path / "dump.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    flags = ["--format", "jsonl", "--engine", engine, "--jobs", "1"]
    ran = run([*NEWSLINT, "dump.jsonl", *flags], tmp_path, code=2)
    errors = [json.loads(line)["error"] for line in ran.stdout.splitlines()]
    assert [bool(error) for error in errors] == [False, False, True, False, False]
    assert errors[2] == "internal error: the engine lost the process that linted this article (out of memory?)"


def test_what_an_engine_can_not_do_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    for flags in (["--sample", "1"], ["--new-only", "seen"], ["--profile"]):
        ran = run([*NEWSLINT, "a.txt", "--engine", "ray", *flags], tmp_path, code=2)
        assert "exclude each other" in ran.stderr.splitlines()[-1]


def test_a_cluster_of_ray_is_joined(dump: Path, run: Run) -> None:
    pytest.importorskip("ray")
    ray = Path(sys.executable).with_name("ray")
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")  # a socket's path must be short
    open_ = {
        "RAY_TMPDIR": folder,
        "RAY_AUTH_MODE": "disabled",
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    }
    port = _free_port()
    head = ["--head", "--port", str(port), "--num-cpus", "1", "--include-dashboard", "false", "--block"]
    command = [*NEWSLINT, "dump.jsonl", *FLAGS, "--format", "jsonl"]
    alone = run(command, dump, code=1)
    environment = {**os.environ, **open_}
    with subprocess.Popen(
        [ray, "start", *head],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            _wait_for(port)
            joined = run([*command, "--engine", "ray"], dump, code=1, RAY_ADDRESS=f"127.0.0.1:{port}", **open_)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            shutil.rmtree(folder, ignore_errors=True)
    assert joined.stdout == alone.stdout


def test_a_cluster_that_has_crashed_is_not_waited_for(dump: Path, run: Run) -> None:
    pytest.importorskip("ray")
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")
    (Path(folder) / "ray_current_cluster").write_text(f"127.0.0.1:{_free_port()}")  # as `ray start` leaves it
    try:
        command = [*NEWSLINT, "dump.jsonl", *FLAGS, "--format", "jsonl", "--engine", "ray", "--jobs", "1"]
        assert len(run(command, dump, code=1, RAY_TMPDIR=folder).stdout.splitlines()) == 48
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_a_cluster_that_is_not_there_is_one_line(tmp_path: Path, run: Run) -> None:
    pytest.importorskip("ray")
    (tmp_path / "a.txt").write_text("Text.")
    address = f"127.0.0.1:{_free_port()}"
    done = run([*NEWSLINT, "a.txt", "--engine", "ray"], tmp_path, code=2, RAY_ADDRESS=address)
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"newslint: --engine ray: can't join {address}: [Errno ")


@pytest.mark.parametrize(("settings", "jobs", "parts"), [("--master local[3] ", 2, 24), ("", 2, 16)])
def test_spark_is_where_its_own_settings_say(settings: str, jobs: int, parts: int, tmp_path: Path, run: Run) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    script = f"from linter.spread.spark import start; engine = start({jobs}); print(engine.together); engine.close()"
    given = {"PYSPARK_SUBMIT_ARGS": f"{settings}pyspark-shell", "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": str(ROOT)}
    assert run([sys.executable, "-c", script], tmp_path, **given).stdout.split() == [str(parts)]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("Ray did not start")
