"""The wheel, the sdist and the editable install: what is in them, and that each lints."""

from __future__ import annotations

import json
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from linter import __version__

if TYPE_CHECKING:
    from conftest import NewVenv, Run

pytestmark = pytest.mark.slow

GATES = "linter/rules/gates.msgpack"  # made by the build
SUFFIXES = {".py", ".yaml", ".txt", ".json", ".z"}


def files(tree: Path, folder: str) -> set[str]:
    """The files in a folder, relative to the top; not what Python compiled meanwhile."""
    found = (path for path in (tree / folder).rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    return {path.relative_to(tree).as_posix() for path in found}


class Built(NamedTuple):
    """What `python -m build` made, and what it said."""

    sdist: Path
    wheel: Path
    log: str


@pytest.fixture(scope="session")
def built(tree: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, and the wheel that was built from the sdist."""
    out = tmp_path_factory.mktemp("dist")
    source = shutil.copytree(tree, out / "newslint")
    done = run([sys.executable, "-m", "build", "--outdir", out, source], out)
    (sdist,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    return Built(sdist, wheel, done.stdout + done.stderr)


def test_the_build_warns_of_nothing(built: Built) -> None:
    # Not meant: pip, about package indexes; and MANIFEST.in, that there was no compiled file to leave out.
    harmless = ("WARNING: ", "warning: no previously-included files")
    lines = [line.strip() for line in built.log.splitlines() if "warning" in line.lower()]
    assert [line for line in lines if not line.startswith(harmless)] == []


def test_the_wheel_holds_every_source_file_and_nothing_else(built: Built, tree: Path) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        top_level = wheel.read(f"newslint-{__version__}.dist-info/top_level.txt").decode().split()
    rules = {f"linter/{name}" for name in files(tree, "rules")}
    assert {Path(name).suffix for name in rules} <= SUFFIXES, "another kind of file is no package data yet"
    sources = files(tree, "linter") | rules | {GATES}
    assert names == sources
    assert {"linter/py.typed", "linter/rules/lexicons/english-words.txt", "linter/rules/header/spam_slug.py"} <= names
    assert top_level == ["linter"]


def test_a_rule_that_is_gone_does_not_come_back_from_an_earlier_build(copy: Path, run: Run, tmp_path: Path) -> None:
    stale = copy / "build" / "lib" / "linter" / "rules" / "header" / "gone.yaml"
    stale.parent.mkdir(parents=True)
    stale.write_text("id: HDR001\n")
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", tmp_path, copy], tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "linter/rules/header/spam_slug.py" in names
    assert [name for name in names if name.endswith("gone.yaml")] == []


def test_the_metadata_states_the_licence(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        metadata = wheel.read(f"newslint-{__version__}.dist-info/METADATA").decode().splitlines()
        licence = wheel.read(f"newslint-{__version__}.dist-info/licenses/LICENSE").decode()
    assert {"Name: newslint", "License-Expression: MIT", "License-File: LICENSE"} <= set(metadata)
    assert licence.startswith("MIT License")


def test_the_sdist_holds_what_a_packager_needs(built: Built, tree: Path) -> None:
    with tarfile.open(built.sdist) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    wanted = set[str]().union(*(files(tree, folder) for folder in ("linter", "rules", "tests", "fixtures", ".ci")))
    wanted |= {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".pre-commit-hooks.yaml"}
    assert wanted - names == set()


@pytest.mark.parametrize("way", ["wheel", "sdist", "editable"])
def test_an_installed_newslint_lints(
    way: str, built: Built, copy: Path, run: Run, new_venv: NewVenv, pip_install: Callable[..., None], tmp_path: Path
) -> None:
    venv = new_venv(way)
    what: dict[str, list[str | Path]] = {"wheel": [built.wheel], "sdist": [built.sdist], "editable": ["-e", copy]}
    pip_install(venv, *what[way])
    scripts = next(path for path in (venv / "bin", venv / "Scripts") if path.is_dir())

    assert run([scripts / "newslint", "--version"], tmp_path).stdout == f"newslint {__version__}\n"

    article = copy / "fixtures" / "farm" / "article.txt"
    done = run([scripts / "newslint", "check", article, "--format", "jsonl"], tmp_path, code=1)
    expected = (article.parent / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    findings = json.loads(done.stdout)["findings"]
    assert [finding["rule"] for finding in findings] == [json.loads(line)["rule"] for line in expected]

    run([scripts / "newslint", "rules", "test"], tmp_path)
    table = run(
        [scripts / "python", "-c", "from linter.gatetable import read_table; print(len(read_table()))"], tmp_path
    )
    assert int(table.stdout) > 1000
    home = run([scripts / "python", "-c", "import linter; print(linter.__file__)"], tmp_path).stdout
    assert Path(home.strip()).is_relative_to(copy if way == "editable" else venv)
    stray = run([scripts / "python", "-c", "import rules"], tmp_path, code=1)
    assert "No module named 'rules'" in stray.stderr
