"""Compares newslint with other linters, by running them: docs/comparison.json, and docs/comparison.md from it.

python -m scripts.compare_features --install DIR    # the others, at pinned versions, from npm and PyPI (needs Node.js)
python -m scripts.compare_features --tools DIR      # run everything, some minutes
python -m scripts.compare_features --tools DIR --time    # only the times
python -m scripts.compare_features --newslint       # only newslint's own column
python -m scripts.compare_features --page           # only the page
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.comparison import speed
from scripts.comparison.abilities import ROWS
from scripts.comparison.cells import Cell
from scripts.comparison.finding import found_phenomena
from scripts.comparison.page import written
from scripts.comparison.texts import PHENOMENA
from scripts.comparison.tools import TOOLS, Newslint, Runner, Tool, box, process_runner

HERE = Path(__file__).resolve().parent / "comparison"
DOCS = HERE.parent.parent / "docs"


def install(folder: Path) -> None:
    """Put the other linters there."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", folder)
    subprocess.run(["npm", "install", "--no-fund", "--no-audit"], cwd=folder, check=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)


def runner_of(folder: Path | None) -> Runner:
    """Runs newslint of this Python, and the others of a folder."""
    others = [folder / "node_modules" / ".bin", folder / "venv" / "bin"] if folder else []
    return process_runner([Path(sys.executable).parent, *others])


def probed(
    tool: Tool, runner: Runner, modules: Path | None, leave_out: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Cell]]:
    """Every cell of a tool: group, row, cell."""
    with box(runner, modules) as here:
        for row, cell in found_phenomena(tool, here):
            yield "Finds", row, cell
    for group, rows in ROWS.items():
        for row, probe in rows.items():
            if row not in leave_out:
                with box(runner, modules) as here:
                    yield group, row, probe(tool, here)


def compare(tools: list[Tool], runner: Runner, modules: Path | None, recorded: dict[str, Any]) -> None:
    """Run some tools, and put their columns into what is recorded."""
    groups = recorded.setdefault("groups", {})
    for group, rows in {"Finds": dict.fromkeys(PHENOMENA), **ROWS}.items():
        old = groups.pop(group, {})
        groups[group] = {row: old.get(row, {}) for row in rows}
    for tool in tools:
        print(tool.name, file=sys.stderr)
        for group, row, cell in probed(tool, runner, modules):
            cells = {**groups[group][row], tool.name: cell._asdict()}
            groups[group][row] = {other.name: cells[other.name] for other in TOOLS if other.name in cells}


def measure(tools: list[Tool], runner: Runner, modules: Path | None, recorded: dict[str, Any]) -> None:
    """Put into what is recorded how long the tools take, and what they are."""
    recorded["words"] = sum(len(text.split()) for text in speed.articles())
    recorded["seconds"], recorded["tools"] = {}, []
    for tool in tools:
        with box(runner, modules) as here:
            recorded["seconds"][tool.name] = round(speed.seconds(tool, here), 2)
            about = {"name": tool.name, "version": tool.version(here), "package": tool.package, "addons": tool.addons}
            recorded["tools"].append(about)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", type=Path, metavar="DIR")
    parser.add_argument("--tools", type=Path, metavar="DIR")
    parser.add_argument("--newslint", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--page", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.install or arguments.tools or arguments.newslint or arguments.page):
        parser.error("say what to do")
    if arguments.install:
        install(arguments.install.resolve())
    file = DOCS / "comparison.json"
    if arguments.tools or arguments.newslint:
        recorded = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        folder = arguments.tools.resolve() if arguments.tools else None
        modules, runner = folder / "node_modules" if folder else None, runner_of(folder)
        if not arguments.time:
            compare([Newslint()] if arguments.newslint else list(TOOLS), runner, modules, recorded)
        if not arguments.newslint:
            measure(list(TOOLS), runner, modules, recorded)
        ordered = {key: recorded[key] for key in ("tools", "words", "seconds", "groups")}
        file.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if arguments.tools or arguments.newslint or arguments.page:
        (DOCS / "comparison.md").write_text(written(DOCS), encoding="utf-8")


if __name__ == "__main__":
    main()
