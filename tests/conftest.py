"""What several test files share: the checkout, a clean copy of it, processes that start from a known environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
NewVenv = Callable[[str], Path]

_ROOT = Path(__file__).parent.parent
# Would change what a new environment sees or keeps.
_UNSET = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONDONTWRITEBYTECODE",
    "VIRTUAL_ENV",
    "PYTEST_ADDOPTS",
    "NO_COLOR",
    "FORCE_COLOR",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--data", type=Path, help="folder with the evaluation data; $NEWSLINT_EVAL otherwise")


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """The folder with the evaluation data; a test that needs it is skipped where there is none."""
    folder = request.config.getoption("--data") or os.environ.get("NEWSLINT_EVAL")
    if not folder:
        pytest.skip("no evaluation data: give --data DIR or set NEWSLINT_EVAL")
    return Path(folder)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return _ROOT


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes that tests start keep the rules they have read: reading them anew takes seconds."""
    return tmp_path_factory.mktemp("newslint-cache")


@pytest.fixture(scope="session")
def run(caches: Path) -> Run:
    """`run(command, cwd, code=0, **variables)`: runs a process, fails with its output if it exits otherwise."""

    def run_(command: Sequence[str | Path], cwd: Path, code: int | None = 0, **variables: str) -> Done:
        environment = {key: value for key, value in os.environ.items() if key not in _UNSET and key[:4] != "GIT_"}
        environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", os.defpath)])
        environment |= {"PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NEWSLINT_CACHE_DIR": str(caches)}
        environment |= {"PYTHONUTF8": "1", "COLUMNS": "100", **_git_identity(), **variables}
        words = [str(word) for word in command]
        done = subprocess.run(
            words, cwd=cwd, env=environment, capture_output=True, input="", encoding="utf-8", timeout=600
        )
        if code is not None and done.returncode != code:
            pytest.fail(f"{' '.join(words)}: exit code {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}")
        return done

    return run_


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the working tree as a clone would hold it, without what .gitignore names. Build in a `copy` of it."""
    clone = tmp_path_factory.mktemp("tree") / "newslint"
    ignored = [line.rstrip("/") for line in (_ROOT / ".gitignore").read_text().split()]
    shutil.copytree(_ROOT, clone, ignore=shutil.ignore_patterns(".git", *ignored))
    return clone


@pytest.fixture
def copy(tree: Path, tmp_path: Path) -> Path:
    """A copy of the tree for one test, which may build in it."""
    return Path(shutil.copytree(tree, tmp_path / "newslint"))


@pytest.fixture(scope="session")
def new_venv(tmp_path_factory: pytest.TempPathFactory, run: Run) -> NewVenv:
    """`new_venv(name)`: an empty virtual environment (its directory), to be filled by `python -m pip --python`."""

    def create(name: str) -> Path:
        directory = tmp_path_factory.mktemp(name) / "venv"
        run([sys.executable, "-m", "venv", "--without-pip", directory], directory.parent)
        return directory

    return create


@pytest.fixture(scope="session")
def pip_install(run: Run) -> Callable[..., None]:
    """`pip_install(venv, *arguments)`: install into a virtual environment with the pip that runs these tests."""

    def install(venv: Path, *arguments: str | Path) -> None:
        run([sys.executable, "-m", "pip", "--python", venv, "install", "-q", *arguments], venv.parent)

    return install


def _git_identity() -> Mapping[str, str]:
    """Git without the user's own configuration, and with a name to commit under."""
    name = {
        f"GIT_{role}_{part}": "tests@newslint.example" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }
    return {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **name}
