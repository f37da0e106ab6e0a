"""The oldest versions that pyproject.toml allows of each dependency do work."""

from __future__ import annotations

import io
import json
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import NewVenv, Run

pytestmark = pytest.mark.slow

# What holds others; and engines, whose oldest versions bring hundreds of megabytes and Pythons of their own time.
NOT_TRIED = ("all", "bench", "datatrove", "dev", "ray", "spark")


def _dumps(folder: Path) -> list[Path]:
    """A file for each extra, by today's libraries."""
    rows = [{"text": "The bridge opened.", "title": "Bridge"}, {"text": "Advertisement"}]
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "d.parquet")
    packed = pytest.importorskip("zstandard").compress("".join(json.dumps(row) + "\n" for row in rows).encode())
    (folder / "d.jsonl.zst").write_bytes(packed)
    (folder / "d.rss").write_text(
        "<rss version='2.0'><channel><title>T</title><item><title>Bridge</title><link>https://example.org/a</link>"
        "<description>&lt;p&gt;The bridge opened.&lt;/p&gt;</description></item></channel></rss>",
        "utf-8",
    )
    with (folder / "d.warc.gz").open("wb") as out:
        writer = pytest.importorskip("warcio.warcwriter").WARCWriter(out, gzip=True)
        headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
        http = headers("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        page = io.BytesIO(b"<html><title>Bridge</title><body><p>The bridge opened.</body></html>")
        writer.write_record(
            writer.create_warc_record("https://example.org/a", "response", payload=page, http_headers=http)
        )
    return [folder / name for name in ("d.parquet", "d.jsonl.zst", "d.rss", "d.warc.gz")]


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the bounds are those of the oldest Python, 3.11")
def test_the_lower_bounds_work(
    copy: Path, run: Run, new_venv: NewVenv, pip_install: Callable[..., None], tmp_path: Path
) -> None:
    project = tomllib.loads((copy / "pyproject.toml").read_text())["project"]
    extras = [one for name, of in project["optional-dependencies"].items() if name not in NOT_TRIED for one in of]
    dependencies = project["dependencies"] + extras
    bounds = [re.match(r"([\w-]+)>=([\w.]+)", dependency) for dependency in dependencies]
    pins = [f"{bound[1]}=={bound[2]}" for bound in bounds if bound]
    assert len(pins) == len(dependencies), "every dependency needs a lower bound"

    venv = new_venv("lower-bounds")
    pip_install(venv, copy, *pins)
    newslint = next(path for path in venv.glob("*/newslint*"))
    run([newslint, "rules", "test"], tmp_path)
    new, old = tmp_path / "new.jsonl", tmp_path / "old.jsonl"
    paths = [copy / "fixtures" / "farm", copy / "fixtures" / "clean", *_dumps(tmp_path)]
    shared = ["check", *paths, "--format", "jsonl", "--fail-on", "never", "--output"]
    run([newslint, *shared, old], tmp_path)
    run([sys.executable, "-m", "linter", *shared, new], tmp_path)
    assert old.read_text(encoding="utf-8") == new.read_text(encoding="utf-8")
    last = [json.loads(line) for line in new.read_text(encoding="utf-8").splitlines()][-6:]
    assert [(verdict["title"], verdict["error"]) for verdict in last] == [
        ("Bridge", None), (None, None), ("Bridge", None), (None, None), ("Bridge", None), ("Bridge", None),
    ]  # fmt: skip
