"""`newslint init`: asks nothing that it can find out, overwrites nothing, and what it writes works."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner

from linter import __version__
from linter.cli.main import main
from linter.repository.settings import BASELINE

from .conftest import Ran, prose

if TYPE_CHECKING:
    from conftest import Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

CLEAN = f"---\ntitle: Ferry\n---\n{prose()}"
NEW = f"---\ntitle: Boats\n---\nnordkustnyt24\n\n{prose()}"
BAD = CLEAN + "\nnordkustnyt24\n\nAdvertisement â€œfoo\n"
HUGO = 'baseURL = "https://www.tides.example/"\ntitle = "The Tide Table"\n'
Init = Callable[..., Ran]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caches: Path) -> Path:
    """A Hugo site in a working tree of git, which is the working directory."""
    folder = tmp_path / "site"
    write(folder, {"hugo.toml": HUGO, "content/a.md": CLEAN, "content/b.md": BAD, "README.md": "# The site\n"})
    subprocess.run(["git", "init", "-q", "-b", "trunk"], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(caches))
    return folder


@pytest.fixture
def newslint() -> Init:
    def run(*arguments: str) -> Ran:
        done = CliRunner().invoke(main, arguments, prog_name="newslint")
        return Ran(done.exit_code, done.stdout, done.stderr)

    return run


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_a_repository_is_set_up(site: Path, newslint: Init) -> None:
    subprocess.run(["git", "remote", "add", "origin", "git@github.com:tides/site.git"], check=True)
    before = contents(site)
    done = newslint("init")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{site}: Hugo; 2 articles in content/",
        "site: tides.example, The Tide Table (from hugo.toml)",
        "wrote newslint.toml",
        "wrote .pre-commit-config.yaml",
        "wrote .github/workflows/newslint.yml",
        "2 articles: 1 fails (ENC001 mojibake in 1, HDR005 spam-slug-line in 1), 0 with warnings",
        "next:",
        "  newslint check content",
        f"  newslint check content --baseline {BASELINE} --update-baseline",
        "  pre-commit install",
        "  git add newslint.toml .pre-commit-config.yaml .github/workflows/newslint.yml",
        "1 article fails: mend them, or have all that known by the second command and",
        f'baseline = "{BASELINE}" in the configuration, which `newslint init --baseline` does at once',
    ]
    made = contents(site)
    assert {name: made[name] for name in before} == before
    assert tomllib.loads(made["newslint.toml"]) == {
        "site": ["tides.example", "The Tide Table"],
        "exclude": ["/public/"],
    }
    [repo] = yaml.safe_load(made[".pre-commit-config.yaml"])["repos"]
    assert [(hook["id"], hook["files"]) for hook in repo["hooks"]] == [("newslint", "^content/")]
    workflow = yaml.safe_load(made[".github/workflows/newslint.yml"])
    assert workflow["jobs"]["newslint"]["steps"][2]["run"] == f"pip install newslint=={__version__}\n"
    assert workflow[True]["push"]["branches"] == ["trunk"]
    # The commands that it names work, and the second one makes the first one pass.
    assert newslint(*done.out.splitlines()[7].split()[1:]).code == 1
    assert newslint(*done.out.splitlines()[8].split()[1:]).code == 0
    assert newslint("check", "content", "--baseline", BASELINE).code == 0


def test_the_second_time_nothing_is_written(site: Path, newslint: Init) -> None:
    newslint("init")
    before = contents(site)
    again = newslint("init")
    assert contents(site) == before
    assert again.code == 0 and [line for line in again.out.splitlines() if line.startswith("left ")] == [
        "left newslint.toml as it is: is there already",
        "left .pre-commit-config.yaml as it is: runs newslint already",
    ]


def test_a_dry_run_shows_it_all_and_writes_nothing(site: Path, newslint: Init) -> None:
    (site / ".github").mkdir()
    before = contents(site)
    shown = newslint("init", "--dry-run", "--baseline")
    assert (shown.code, contents(site)) == (0, before)
    written = newslint("init", "--baseline")
    made = contents(site)
    for name in made.keys() - before.keys() - {BASELINE}:
        lines = "".join(f"  {line}".rstrip() + "\n" for line in made[name].splitlines())
        assert f"would write {name}:\n{lines}" in shown.out
    assert "2 articles: 1 fails" in shown.out and "2 articles: 0 fail, " in written.out


def test_a_baseline_makes_the_gate_green_at_once(site: Path, newslint: Init) -> None:
    done = newslint("init", "--baseline", "--no-hook", "--no-ci")
    assert done.code == 0
    assert done.out.splitlines()[3:] == [
        "2 articles: 0 fail, 0 with warnings, 2 findings known",
        f"wrote baseline {BASELINE}: 2 findings, 0 before",
        "next:",
        "  newslint check content",
        f"  git add newslint.toml {BASELINE}",
    ]
    assert tomllib.loads((site / "newslint.toml").read_text())["baseline"] == BASELINE
    assert sorted(contents(site).keys() - {"hugo.toml", "README.md", "content/a.md", "content/b.md"}) == [
        BASELINE,
        "newslint.toml",
    ]
    assert newslint("check", "content").code == 0
    write(site, {"content/c.md": NEW})
    assert newslint("check", "content").code == 1


def test_what_is_there_is_left_or_added_to(site: Path, newslint: Init) -> None:
    ours = {
        ".pre-commit-config.yaml": "# ours\nrepos:\n- repo: meta\n  hooks: [{id: identity}]  # why\n",
        ".gitlab-ci.yml": "test: {script: [make]}\n",
        ".github/workflows/lint.yaml": "jobs: {a: {steps: [{run: newslint check .}]}}\n",
        "pyproject.toml": "[tool.newslint]\nsite = []\n",
    }
    write(site, ours)
    done = newslint("init", "--baseline", "--install", "git+https://git.example.org/newslint@v1")
    made = contents(site)
    assert done.code == 0
    assert {name: made[name] for name in ours if name != ".pre-commit-config.yaml"} == {
        name: text for name, text in ours.items() if name != ".pre-commit-config.yaml"
    }
    assert made[".pre-commit-config.yaml"].startswith(ours[".pre-commit-config.yaml"])
    told = done.out.splitlines()
    assert "left pyproject.toml as it is: is there already" in told
    assert "left .github/workflows/lint.yaml as it is: runs newslint already" in told
    assert "added to .pre-commit-config.yaml" in told
    assert f'by hand: put baseline = "{BASELINE}" into pyproject.toml' in told
    job = done.out.partition("by hand: add to .gitlab-ci.yml:\n")[2]
    assert yaml.safe_load(job)["newslint"]["script"] == [
        "pip install git+https://git.example.org/newslint@v1\n",
        "newslint check --output gitlab:gl-code-quality-report.json --output junit:newslint.xml content\n",
    ]
    assert "newslint.toml" not in made


def test_a_hook_that_cant_be_added_is_shown(site: Path, newslint: Init) -> None:
    write(site, {".pre-commit-config.yaml": "repos: [{repo: meta, hooks: [{id: identity}]}]\n"})
    done = newslint("init")
    assert done.code == 0
    assert "left .pre-commit-config.yaml as it is: has its 'repos' in brackets" in done.out.splitlines()
    shown = done.out.partition("by hand: add to 'repos' in .pre-commit-config.yaml:\n")[2]
    assert yaml.safe_load(shown)[0]["hooks"][0]["id"] == "newslint"


def test_the_configuration_goes_into_a_pyproject_on_request(site: Path, newslint: Init) -> None:
    refused = newslint("init", "--pyproject")
    assert (refused.code, refused.err.splitlines()[-1]) == (2, "Error: --pyproject: there is no pyproject.toml in ..")
    write(site, {"pyproject.toml": "[project]\nname = 'site' # ours\n"})
    assert newslint("init", "--pyproject").code == 0
    text = (site / "pyproject.toml").read_text()
    assert text.startswith("[project]\nname = 'site' # ours\n")
    assert tomllib.loads(text)["tool"]["newslint"]["site"] == ["tides.example", "The Tide Table"]
    assert not (site / "newslint.toml").exists()


def test_from_below_it_is_the_repository_that_is_set_up(
    site: Path, newslint: Init, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "content")
    done = newslint("init")
    assert done.code == 0 and "  newslint check ." in done.out.splitlines()
    assert (site / "newslint.toml").is_file() and (site / ".pre-commit-config.yaml").is_file()


def test_a_folder_that_is_named_gets_the_configuration_and_the_repository_the_hook(site: Path, newslint: Init) -> None:
    write(site, {"web/_config.yml": "url: https://boats.example\ntitle: Boats\n", "web/_posts/2020-01-01-a.md": CLEAN})
    done = newslint("init", "web")
    assert done.code == 0
    assert tomllib.loads((site / "web" / "newslint.toml").read_text())["site"] == ["boats.example", "Boats"]
    [repo] = yaml.safe_load((site / ".pre-commit-config.yaml").read_text())["repos"]
    assert repo["hooks"][0]["files"] == "^web/_posts/"
    assert not (site / "newslint.toml").exists()


def test_without_git_there_is_a_configuration_and_no_hook(
    tmp_path: Path, newslint: Init, monkeypatch: pytest.MonkeyPatch, caches: Path
) -> None:
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(caches))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"articles/a.html": f"<p>{prose()}</p>", "notes.py": ""})
    done = newslint("init")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{tmp_path}: no site generator known; 1 article in articles/",
        "no git repository: no hook",
        "wrote newslint.toml",
        "1 article: 0 fail, 1 with warnings",
        "next:",
        "  newslint check articles",
    ]
    assert tomllib.loads((tmp_path / "newslint.toml").read_text()) == {}


def test_a_repository_without_articles_is_told_so(
    tmp_path: Path, newslint: Init, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    done = newslint("init", "--baseline")
    assert (done.code, done.out.splitlines()[0]) == (0, f"{tmp_path}: no site generator known; no articles found")
    assert (
        newslint("check", ".").err
        == ".: no articles found (looked for " + newslint("check", ".").err.split("for ", 1)[1]
    )


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"pyproject.toml": "a = [\n"}, "pyproject.toml: not valid TOML: Invalid value (at end of document)"),
        ({".github": "a file"}, None),
    ],
)
def test_what_cant_be_read_is_one_line(site: Path, newslint: Init, files: dict[str, str], told: str | None) -> None:
    write(site, files)
    done = newslint("init")
    assert (done.code, done.err) == ((2, f"newslint: {told}\n") if told else (0, ""))


def test_a_folder_that_cant_be_written_to_is_one_line(site: Path, newslint: Init) -> None:
    subprocess.run(["git", "remote", "add", "origin", "git@github.com:tides/site.git"], check=True)
    write(site, {".github": "a file"})
    done = newslint("init")
    assert done.code == 2
    assert done.err.startswith("newslint: .github/workflows/newslint.yml: can't be written: ")


@pytest.mark.slow
def test_the_hook_and_the_workflow_work(site: Path, newslint: Init, run: Run, tmp_path: Path) -> None:
    (site / ".github").mkdir()
    assert newslint("init", "--baseline").code == 0
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    run([sys.executable, "-m", "pre_commit", "install"], site, **home)
    run(["git", "add", "--all"], site)
    first = run(["git", "commit", "-m", "First"], site, **home)
    assert "newslint" in first.stderr + first.stdout and "Passed" in first.stderr + first.stdout
    write(site, {"content/c.md": NEW})
    run(["git", "add", "--all"], site)
    blocked = run(["git", "commit", "-m", "Second"], site, code=1, **home)
    assert "content/c.md" in blocked.stderr + blocked.stdout and "content/b.md" not in blocked.stderr + blocked.stdout
    write(site, {"content/c.md": CLEAN, "notes.md": "nordkustnyt24\n"})  # the latter isn't among the articles
    run(["git", "add", "--all"], site)
    run(["git", "commit", "-m", "Second"], site, **home)
    workflow = yaml.safe_load((site / ".github" / "workflows" / "newslint.yml").read_text())
    step = workflow["jobs"]["newslint"]["steps"][3]["run"]
    summary = tmp_path / "summary.md"
    run(["bash", "-e", "-c", step], site, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text(encoding="utf-8")
    write(site, {"content/c.md": NEW})
    failed = run(["bash", "-e", "-c", step], site, code=1, GITHUB_STEP_SUMMARY=str(summary))
    assert "::error " in failed.stdout and "file=content/c.md" in failed.stdout
