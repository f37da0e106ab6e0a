"""action.yml: what it promises is what its script does, on real repositories in an environment as GitHub makes it."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

if TYPE_CHECKING:
    from conftest import Done, Run

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".github" / "action" / "lint.py"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
LINT_PY = runpy.run_path(str(SCRIPT))
LINT = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "lint")
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

CLEAN = "# Ferry leaves later\n\nThe ferry will leave an hour later from Monday, the harbour office said.\n"
BAD = "# Ferry leaves later\n\nnordkustnyt24\n\nThe ferry will leave an hour later from Monday.\n"
_EXPRESSION = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


class Ran(NamedTuple):
    """What a run left."""

    code: int
    log: str
    outputs: dict[str, str]
    sarif: dict[str, Any] | None
    summary: str


class Repository:
    """A repository, and the action run in it."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self._run = folder, run
        self._runs = 0

    def git(self, *arguments: str) -> str:
        return self._run(["git", *arguments], self.folder).stdout.strip()

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def commit(self, files: dict[str, str]) -> str:
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", "Articles")
        return self.git("rev-parse", "HEAD")

    def request(self, files: dict[str, str]) -> str:
        """Branch off, change files, and check out the merge that GitHub makes of it; returns the target's commit."""
        base = self.git("rev-parse", "HEAD")
        self.git("checkout", "-q", "-b", "request")
        self.commit(files)
        self.git("checkout", "-q", "--detach", base)
        self.git("merge", "-q", "--no-ff", "-m", "Merge", "request")
        return base

    def act(
        self,
        event: dict[str, Any] | None = None,
        /,
        *,
        ref: str = "refs/heads/main",
        sha: str | None = None,
        **inputs: str,
    ) -> Ran:
        """Run the script as the step of action.yml does, with these inputs (`fail_on` is fail-on)."""
        self._runs += 1
        temp = self.folder.parent / f"run{self._runs}"
        temp.mkdir()
        (temp / "event.json").write_text(json.dumps(event or {}))
        given = {name: spec["default"] for name, spec in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        environment = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
            for name, value in LINT["env"].items()
        }
        done = self._run(
            [sys.executable, SCRIPT],
            self.folder,
            None,
            **environment,
            PYTHONPATH=str(ROOT),
            GITHUB_EVENT_PATH=str(temp / "event.json"),
            GITHUB_REF=ref,
            GITHUB_SHA=sha or self.git("rev-parse", "HEAD"),
            GITHUB_OUTPUT=str(temp / "output"),
            GITHUB_STEP_SUMMARY=str(temp / "summary"),
            RUNNER_TEMP=str(temp),
        )
        assert "Traceback" not in done.stderr, done.stderr
        sarif, summary = temp / "newslint.sarif", temp / "summary"
        return Ran(
            done.returncode,
            done.stdout + done.stderr,
            dict(line.split("=", 1) for line in (temp / "output").read_text().splitlines()),
            json.loads(sarif.read_text(encoding="utf-8")) if sarif.exists() else None,
            summary.read_text(encoding="utf-8") if summary.exists() else "",
        )


@pytest.fixture
def repository(tmp_path: Path, run: Run) -> Repository:
    folder = tmp_path / "repository"
    folder.mkdir()
    made = Repository(folder, run)
    made.git("init", "-q", "-b", "main")
    made.commit({"old.md": BAD, "clean.md": CLEAN})
    return made


def pull_request(base: str) -> dict[str, Any]:
    return {"pull_request": {"number": 1, "base": {"sha": base}}}


def files_in(ran: Ran) -> set[str]:
    """The files with findings, as code scanning would show them."""
    assert ran.sarif is not None
    return {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in ran.sarif["runs"][0]["results"]
        for location in result["locations"]
    }


@needs_git
def test_a_push_lints_everything(repository: Repository) -> None:
    ran = repository.act()
    assert (ran.code, files_in(ran)) == (1, {"old.md"})
    assert ran.outputs == {"exit-code": "1", "sarif-file": str(repository.folder.parent / "run1" / "newslint.sarif")}
    assert "::error " in ran.log and "file=old.md" in ran.log
    assert "old.md" in ran.summary


@needs_git
def test_a_pull_request_lints_the_articles_that_it_changes(repository: Repository) -> None:
    names = ["a b.md", "line\nbreak.md", "-dash.md", "$(touch pwned).md", "é.html", "deep/;x.txt"]
    others = ["tool.py", ".hidden/x.md", "node_modules/x.md"]
    base = repository.commit({"gone.md": "nordkustnyt24\n", "moved.md": f"{BAD}\nIt will be back in May.\n"})
    (repository.folder / "gone.md").unlink()
    (repository.folder / "moved.md").rename(repository.folder / "here.md")
    repository.request({**dict.fromkeys(names, BAD), **dict.fromkeys(others, "nordkustnyt24\n"), "new.md": CLEAN})
    ran = repository.act(pull_request(base), ref="refs/pull/1/merge")
    expected = {"a%20b.md", "line%0Abreak.md", "-dash.md", "%24%28touch%20pwned%29.md", "%C3%A9.html", "deep/%3Bx.txt"}
    assert ran.code == 1 and {name.replace("./", "") for name in files_in(ran)} == expected
    assert not (repository.folder / "pwned").exists()


@needs_git
@pytest.mark.slow
def test_what_stood_there_before_fails_only_on_request(repository: Repository) -> None:
    base = repository.request({"old.md": BAD + "\nOne line more.\n"})
    event = pull_request(base)
    lenient, strict = (
        repository.act(event, ref="refs/pull/1/merge", changed_lines=value) for value in ("true", "false")
    )
    assert (lenient.code, files_in(lenient), strict.code, files_in(strict)) == (0, set(), 1, {"old.md"})


@needs_git
@pytest.mark.slow
def test_a_branch_is_compared_with_where_it_left(repository: Repository) -> None:
    """With the head of the request checked out, which is a merge of the target into it, and a target that went on."""
    base = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "-q", "-b", "request")
    repository.commit({"mine.md": BAD})
    repository.git("checkout", "-q", "main")
    repository.commit({"theirs.md": BAD})
    repository.git("checkout", "-q", "request")
    repository.git("merge", "-q", "--no-ff", "-m", "Catch up", "main")
    target = repository.git("rev-parse", "main")
    assert base != target
    for commit in ("request", "request^1"):
        repository.git("checkout", "-q", "--detach", commit)
        assert files_in(repository.act(pull_request(target), ref="refs/pull/1/merge", sha=base)) == {"mine.md"}


@needs_git
@pytest.mark.slow
def test_a_group_of_a_merge_queue_is_compared_with_its_base(repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    repository.commit({"new.md": BAD})
    assert files_in(repository.act({"merge_group": {"base_sha": base}})) == {"new.md"}


@needs_git
def test_a_checkout_without_the_base_is_told_of(repository: Repository, run: Run, tmp_path: Path) -> None:
    base = repository.request({"new.md": BAD})
    repository.git("branch", "merge")
    run(
        [
            "git",
            "clone",
            "-q",
            "--depth",
            "1",
            "--branch",
            "merge",
            f"file://{repository.folder}",
            tmp_path / "shallow",
        ],
        tmp_path,
    )
    shallow = Repository(tmp_path / "shallow", run)
    ran = shallow.act(pull_request(base), ref="refs/pull/1/merge")
    assert (ran.code, ran.outputs) == (2, {"exit-code": "2", "sarif-file": ""})
    assert (
        "::error title=newslint::the commit that the pull request is based on is not in this checkout: "
        "give actions/checkout 'fetch-depth: 0'\n"
    ) in ran.log
    run(["git", "fetch", "-q", "--depth", "2"], shallow.folder)
    assert files_in(shallow.act(pull_request(base), ref="refs/pull/1/merge")) == {"new.md"}


@needs_git
@pytest.mark.slow
def test_without_a_changed_article_there_is_nothing_to_do(repository: Repository) -> None:
    base = repository.request({"tool.py": "nordkustnyt24\n"})
    ran = repository.act(pull_request(base), ref="refs/pull/1/merge")
    assert (ran.code, ran.log) == (0, "::notice title=newslint::No article has changed.\n")
    assert (ran.outputs, ran.sarif) == ({"exit-code": "0", "sarif-file": ""}, None)


def words(**inputs: str) -> list[str] | None:
    """What newslint is called with on a push."""
    given = {name: str(ACTION["inputs"][name.lower().replace("_", "-")]["default"]) for name in LINT_PY["_INPUTS"]}
    told: list[str] | None = LINT_PY["arguments"]({**given, **inputs}, {}, "out.sarif")
    return told


def test_inputs_become_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    begin = ["check", "--force-exclude", "--output", "github:-"]
    assert words() == [*begin, "--output", "sarif:out.sarif", "--output", "markdown:summary.md", "--", "."]
    assert words(SARIF="false", SUMMARY="false", PATHS="sub dir\n\n  -b.md  \n") == [*begin, "--", "sub dir", "-b.md"]
    assert words(
        SARIF="False ",
        SUMMARY="false",
        FAIL_ON="warning",
        MIN_SCORE="60",
        BASELINE="a b",
        ARGS="--jobs 2 --ignore 'A,B'",
    ) == [
        *(*begin, "--fail-on", "warning", "--min-score", "60", "--baseline", "a b"),
        *("--jobs", "2", "--ignore", "A,B", "--", "."),
    ]


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"ARGS": "--select 'INJ"}, "args: No closing quotation"),
        ({"SARIF": "maybe\n::stop::"}, "sarif: expected 'true' or 'false', not 'maybe\\n::stop::'"),
        ({"SUMMARY": ""}, "summary: expected 'true' or 'false', not ''"),
    ],
)
def test_inputs_that_make_no_sense_are_told_of(inputs: dict[str, str], told: str) -> None:
    with pytest.raises(LINT_PY["ActionError"]) as error:
        words(**inputs)
    assert str(error.value) == told


@needs_git
@pytest.mark.slow
def test_what_newslint_refuses_is_exit_code_2(repository: Repository) -> None:
    ran = repository.act(min_score="101", paths="clean.md", sarif="true")
    assert (ran.code, ran.outputs, ran.sarif) == (2, {"exit-code": "2", "sarif-file": ""}, None)


@needs_git
@pytest.mark.slow
def test_what_a_configuration_excludes_stays_excluded(repository: Repository) -> None:
    repository.commit({"newslint.toml": 'exclude = ["drafts/"]\n'})
    base = repository.request({"drafts/a.md": BAD})
    assert repository.act(pull_request(base), ref="refs/pull/1/merge").code == 0


# ---- action.yml ------------------------------------------------------------------------------------------------------


def schema_check(run: Run, schema: str, file: Path) -> Done:
    return run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", file], ROOT, None)


def test_the_action_is_valid(run: Run, tmp_path: Path) -> None:
    done = schema_check(run, "github-actions", ROOT / "action.yml")
    assert done.returncode == 0, done.stdout
    broken = tmp_path / "action.yml"
    broken.write_text((ROOT / "action.yml").read_text().replace("using: composite", "using: nothing"))
    assert schema_check(run, "github-actions", broken).returncode == 1


def test_no_input_is_part_of_a_program() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_input_is_used_and_every_variable_is_read() -> None:
    told = (ROOT / "action.yml").read_text(encoding="utf-8").partition("runs:")[2]
    assert set(re.findall(r"inputs\.([\w-]+)", told)) == set(ACTION["inputs"])
    assert {f"NEWSLINT_{name}" for name in LINT_PY["_INPUTS"]} == set(LINT["env"])
    assert LINT["run"] == f'python "$GITHUB_ACTION_PATH/{SCRIPT.relative_to(ROOT).as_posix()}"'


@pytest.mark.slow
def test_what_the_steps_run_installs_newslint_and_lints(
    repository: Repository, run: Run, copy: Path, tmp_path: Path
) -> None:
    """The shell lines of the steps, in a new environment, with the action's own checkout."""
    run([sys.executable, "-m", "venv", tmp_path / "venv"], tmp_path)
    path = os.pathsep.join([str(tmp_path / "venv" / "bin"), os.environ["PATH"]])
    environment = {
        "PATH": path,
        "GITHUB_ACTION_PATH": str(copy),
        "INSTALL": "",
        "RUNNER_TEMP": str(tmp_path),
        **dict.fromkeys(LINT["env"], ""),
        "NEWSLINT_SARIF": "true",
        "NEWSLINT_SUMMARY": "false",
        "NEWSLINT_CHANGED_LINES": "true",
    }
    install = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "Install newslint")
    for step, code in ((install, 0), (LINT, 1)):
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=repository.folder,
            env={**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, **environment},
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == code, done.stdout + done.stderr
    assert json.loads((tmp_path / "newslint.sarif").read_text())["runs"][0]["results"]
