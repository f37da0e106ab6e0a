"""--html-scope, with the extractor and without it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROSE = "".join(
    f"<p>The bridge over the Arden will stay shut for {n} weeks, as its piers are damaged.</p>" for n in range(9)
)
FOOTER = "<footer><p>Advertisement</p></footer>"
PAGE = f"<html><head></head><body><nav><a href=/>Home</a></nav><main>{PROSE}</main>{FOOTER}</body></html>"
MISSING = "import sys; sys.modules['trafilatura'] = None\n"  # what an import then finds is that there is none
RUN = "from linter.cli.main import main; main()"


def check(folder: Path, *arguments: str, code: int, before: str = "") -> tuple[list[dict[str, object]], str]:
    """The verdicts and stderr of a run over the pages a.html and b.html."""
    for name in ("a.html", "b.html"):
        (folder / name).write_text(PAGE, "utf-8")
    command = [sys.executable, "-c", before + RUN, "check", "a.html", "b.html", "--format", "jsonl", "--isolated"]
    done = subprocess.run(
        [*command, "--select", "INJ005", "--unscored", "pass", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def severities(verdicts: list[dict[str, object]]) -> list[list[str]]:
    return [[finding["severity"] for finding in verdict["findings"]] for verdict in verdicts]  # type: ignore[attr-defined,index]


def test_all_of_a_page_or_its_article(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    verdicts, said = check(tmp_path, code=0)
    assert severities(verdicts) == [["info"], ["info"]]
    assert "pip install" not in said
    verdicts, _ = check(tmp_path, "--html-scope", "main", "--jobs", "2", code=0)
    assert severities(verdicts) == [[], []]


def test_without_the_extra_all_counts_and_it_is_said_once(tmp_path: Path) -> None:
    verdicts, said = check(tmp_path, code=1, before=MISSING)
    assert severities(verdicts) == [["error"], ["error"]]
    assert said.count("pip install 'newslint[html]'") == 1


def test_without_the_extra_the_scope_main_is_an_error(tmp_path: Path) -> None:
    verdicts, said = check(tmp_path, "--html-scope", "main", code=2, before=MISSING)
    assert [verdict["error"] for verdict in verdicts] == [
        "reading the article alone of a page needs trafilatura: pip install 'newslint[html]'"
    ] * 2
    assert "Traceback" not in said


def test_the_configuration_may_say_it(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('html-scope = "most"\n', "utf-8")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "linter", "check", "a.html"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "'html-scope' must be one of 'full', 'main', not 'most'" in done.stderr
