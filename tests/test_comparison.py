"""docs/comparison.md: every cell has its evidence, the page is of the record, and newslint's own column holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linter.cli.main import main
from scripts.compare_features import DOCS, HERE, probed
from scripts.comparison.abilities import ROWS
from scripts.comparison.cells import Cell, ProbeError, absent
from scripts.comparison.finding import unmarked
from scripts.comparison.page import written
from scripts.comparison.reading import resumes
from scripts.comparison.texts import PHENOMENA, SUFFIXES, WHOLE
from scripts.comparison.tools import TOOLS, Done, Newslint, Runner, box, process_runner

RECORDED: dict[str, Any] = json.loads((DOCS / "comparison.json").read_text(encoding="utf-8"))
RESUMES = "goes on with a run that was cut off"  # it kills a process, which takes seconds


def here(caches: Path) -> Runner:
    """Runs newslint in this process, and everything else as one."""
    others = process_runner([])

    def run(command: list[str], cwd: Path, stdin: str, variables: dict[str, str]) -> Done:
        if command[0] != "newslint":
            return others(command, cwd, stdin, variables)
        before = Path.cwd()
        os.chdir(cwd)
        try:
            environment = {"NEWSLINT_CACHE_DIR": str(caches), "COLUMNS": "100", **variables}
            done = CliRunner().invoke(main, command[1:], input=stdin, env=environment, prog_name="newslint")
        finally:
            os.chdir(before)
        return Done(" ".join(command), done.exit_code, done.stdout, done.stderr)

    return run


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_newslint_s_own_column_holds(caches: Path) -> None:
    found = {
        (group, row): (cell.answer, cell.note, cell.command)
        for group, row, cell in probed(Newslint(), here(caches), None, leave_out=(RESUMES,))
    }
    cells = {
        (group, row): (cells["newslint"]["answer"], cells["newslint"]["note"], cells["newslint"]["command"])
        for group, rows in RECORDED["groups"].items()
        for row, cells in rows.items()
        if row != RESUMES
    }
    assert found == cells


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_run_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    command = tmp_path / "newslint"
    command.write_text(f"#!{sys.executable}\nfrom linter.cli.main import main\n\nmain()\n")
    command.chmod(0o755)
    with box(process_runner([tmp_path])) as folder:
        assert resumes(Newslint(), folder)._asdict() == RECORDED["groups"]["Reads"][RESUMES]["newslint"]


def test_every_cell_has_an_answer_and_its_evidence() -> None:
    assert {group: list(rows) for group, rows in RECORDED["groups"].items()} == {
        "Finds": list(PHENOMENA),
        **{group: list(rows) for group, rows in ROWS.items()},
    }
    for rows in RECORDED["groups"].values():
        for row, cells in rows.items():
            assert list(cells) == [tool.name for tool in TOOLS], row
            for cell in (Cell(**cell) for cell in cells.values()):
                assert cell.answer in ("yes", "partly", "no") and cell.command and cell.saw, row
                assert (cell.note != "") or cell.answer != "partly", row


def test_the_page_is_that_of_the_record() -> None:
    assert (DOCS / "comparison.md").read_text(encoding="utf-8") == written(DOCS)


def test_the_versions_are_those_that_are_pinned() -> None:
    pinned = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    pinned |= dict(re.findall(r"^(\S+)==(\S+)$", (HERE / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    recorded = {tool["package"]: tool["version"] for tool in RECORDED["tools"]}
    del recorded["newslint"]
    assert recorded == {package: pinned[package] for package in recorded}
    assert set(RECORDED["seconds"]) == {tool["name"] for tool in RECORDED["tools"]}


def test_what_is_denied_is_looked_for() -> None:
    """A "no" from the help is only given where the help doesn't speak of the thing."""

    class Odd(Newslint):
        helps = (("echo", "--baseline FILE: known findings"),)

    with box(process_runner([])) as folder:
        with pytest.raises(ProbeError, match="speaks of 'baseline'"):
            absent(Odd(), folder, r"\bbaseline\b")
        assert absent(Odd(), folder, r"\bparquet\b").answer == "no"


def test_the_texts_are_marked() -> None:
    assert set(WHOLE) | set(SUFFIXES) <= set(PHENOMENA)
    for pairs in PHENOMENA.values():
        for pair in pairs:
            for passage in pair:
                text, spans = unmarked(passage)
                assert spans and not set("⟦⟧") & set(text) and all(start < end <= len(text) for start, end in spans)
    assert unmarked("a ⟦b⟧ c⟦d⟧") == ("a b cd", [(2, 3), (5, 6)])
