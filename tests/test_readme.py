"""What the README shows is true: its commands, outputs, tables and examples.

`python tests/test_readme.py` writes the two outputs that it shows anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeblocks import blocks_of

from linter.cli.check import command as check
from linter.rulebook import load_book
from linter.scorecard import BANDS, CAPS

if TYPE_CHECKING:
    from conftest import Run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return [block.body for block in blocks_of(README) if block.language == language]


def excerpt(output: str) -> str:
    """The first three findings and the score."""
    parts = output.split("\n\n")
    assert parts[-1].startswith("Score ")
    return "\n\n".join([*parts[:3], "[...]", parts[-1]])


def python(*arguments: str) -> str:
    """What Python prints when it runs in the checkout."""
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
    return done.stdout


def first_output() -> str:
    return excerpt(python("-m", "linter", "check", "--isolated", "fixtures/farm/article.txt"))


def python_output() -> str:
    return python("-c", "\n".join(blocks("python")))


def test_the_output_shown_is_the_real_one() -> None:
    assert blocks("console") == [first_output()]


def test_the_python_example_runs() -> None:
    assert blocks("text") == [python_output()]


@pytest.mark.parametrize(
    "line", [line for body in blocks("sh") for line in body.splitlines() if line.startswith("newslint check ")]
)
def test_every_command_shown_has_only_flags_that_exist(line: str) -> None:
    check.make_context("check", shlex.split(line)[2:])


def test_the_figures_of_speed_are_those_of_the_benchmark() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    lines = [line.strip("|") for line in page.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    rates = {row[0]: row[2:] for row in rows if len(row) == 8}
    size, each, _, _, _, hours = rates["newslint, all rules"]
    ratio = rates["datatrove, its four filters, all on every text"][3]
    words = re.search(r"articles, [\d.]+ MB, of (\d+) words", page)
    assert words is not None
    told = " ".join(README.partition("\n## Speed\n")[2].partition("\n## ")[0].split())
    assert f"lints {each} articles of {words[1]} words per second" in told
    assert f"({size.partition(' ')[0]} MB of text)" in told
    assert f"{float(ratio):.0f} times what" in told
    assert f"take {float(hours):.0f} core-hours" in told


def test_the_families_listed_are_those_there_are() -> None:
    listed = re.findall(r"^\| ([A-Z]{3}) \|", README, re.MULTILINE)
    assert sorted(listed) == sorted({rule.family for rule in load_book().rules})


def test_the_tables_of_the_score_are_right() -> None:
    listed = re.findall(r"^\| (\w+) \| (\d+) \|", README, re.MULTILINE)
    assert {name: int(cap) for name, cap in listed} == CAPS
    bands = re.findall(r"^\| (\d+) to (\d+) \| ([a-z ]+) \|", README, re.MULTILINE)
    tops = [100, *(least - 1 for least, _ in BANDS)]
    assert [(int(least), int(most), name) for least, most, name in bands] == [
        (least, top, name) for (least, name), top in zip(BANDS, tops, strict=False)
    ]


def test_the_configuration_and_the_rule_work(run: Run, tmp_path: Path) -> None:
    (rule,) = (body for body in blocks("yaml") if body.startswith("id:"))
    (configuration,) = blocks("toml")
    (tmp_path / "my-rules").mkdir()
    (tmp_path / "my-rules" / "press-release-label.yaml").write_text(rule, encoding="utf-8")
    tested = run([sys.executable, "-m", "linter", "rules", "test", "my-rules/"], tmp_path)
    assert tested.stderr.endswith("4 examples: 0 failed\n")
    (tmp_path / "pyproject.toml").write_text(configuration, encoding="utf-8")
    (tmp_path / "sources.txt").write_text("example.org blocked\n", encoding="utf-8")
    shown = run([sys.executable, "-m", "linter", "config", "."], tmp_path).stdout
    in_force = re.findall(r"^(\S+) .*pyproject\.toml$", shown, re.MULTILINE)
    assert sorted(tomllib.loads(configuration)["tool"]["newslint"]) == sorted(in_force)
    listed = run([sys.executable, "-m", "linter", "rules", "list", "--select", "HSE,TYP"], tmp_path).stdout
    assert [line.split()[-1] for line in listed.splitlines() if line.startswith(("HSE001", "TYP001"))] == ["on", "off"]


def test_the_comment_silences_its_line_and_no_more(run: Run, tmp_path: Path) -> None:
    (source,) = blocks("markdown")
    (tmp_path / "silent.md").write_text(source, encoding="utf-8")
    (tmp_path / "loud.md").write_text(re.sub("<!--.*-->\n", "", source), encoding="utf-8")
    flags = ["--isolated", "--format", "concise", "--fail-on", "info"]
    silent = run([sys.executable, "-m", "linter", "check", "silent.md", *flags], tmp_path)
    assert (silent.stdout, "unused" in silent.stderr) == ("", False)
    loud = run([sys.executable, "-m", "linter", "check", "loud.md", *flags], tmp_path, code=1)
    assert loud.stdout.startswith("loud.md:3:1: error INJ005")


def test_the_hook_configuration_is_valid(run: Run, tmp_path: Path) -> None:
    (body,) = (body for body in blocks("yaml") if body.startswith("repos:"))
    (tmp_path / "config.yaml").write_text(body, encoding="utf-8")
    run([sys.executable, "-m", "pre_commit", "validate-config", "config.yaml"], tmp_path)
    run([sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], tmp_path)


def test_every_link_to_a_file_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links and [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="the commands are for a POSIX shell")
def test_the_two_commands_work_in_a_fresh_copy(tree: Path, run: Run, tmp_path: Path) -> None:
    lint, test = (line for body in blocks("sh") for line in body.splitlines() if line.startswith("python3 -m venv"))
    for number, (command, code) in enumerate(((lint, 1), (test, 0))):
        copy = tmp_path / str(number) / "newslint"
        shutil.copytree(tree, copy)
        # All tests are collected, so that every dependency is needed; without the slow ones, of which this is one, and
        # only a few are run again.
        done = run(["bash", "-c", command], copy, code, PYTEST_ADDOPTS="-m 'not slow' -k 'fixtures or readme'")
        if command is lint:
            assert blocks("console") == [excerpt(done.stdout)]
        else:
            assert re.search(r"\d+ passed", done.stdout)


def regenerate() -> None:
    """Write the outputs that the README shows."""
    written = README
    for language, body in (("console", first_output()), ("text", python_output())):
        written = re.sub(
            rf"^```{language}\n.*?^```$", lambda _: f"```{language}\n{body}```", written, flags=re.M | re.S  # noqa: B023
        )  # fmt: skip
    (ROOT / "README.md").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    regenerate()
