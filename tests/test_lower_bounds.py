"""The oldest versions that pyproject.toml allows of each dependency do work."""

from __future__ import annotations

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


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the bounds are those of the oldest Python, 3.11")
def test_the_lower_bounds_work(
    copy: Path, run: Run, new_venv: NewVenv, pip_install: Callable[..., None], tmp_path: Path
) -> None:
    project = tomllib.loads((copy / "pyproject.toml").read_text())["project"]
    bounds = [re.match(r"([\w-]+)>=([\w.]+)", dependency) for dependency in project["dependencies"]]
    pins = [f"{bound[1]}=={bound[2]}" for bound in bounds if bound]
    assert len(pins) == len(project["dependencies"]), "every dependency needs a lower bound"

    venv = new_venv("lower-bounds")
    pip_install(venv, copy, *pins)
    newslint = next(path for path in venv.glob("*/newslint*"))
    run([newslint, "rules", "test"], tmp_path)
    new, old = tmp_path / "new.jsonl", tmp_path / "old.jsonl"
    paths = [copy / "fixtures" / "farm", copy / "fixtures" / "clean"]
    shared = ["check", *paths, "--format", "jsonl", "--fail-on", "never", "--output"]
    run([newslint, *shared, old], tmp_path)
    run([sys.executable, "-m", "linter", *shared, new], copy)
    assert old.read_text(encoding="utf-8") == new.read_text(encoding="utf-8")
