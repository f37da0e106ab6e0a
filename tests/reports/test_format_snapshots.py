"""Every format for machines, and the page of a rule, over the same articles: whole files.

After a change that is meant, `python tests/reports/test_format_snapshots.py` writes the files of snapshots/ anew; read
the difference before it is committed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent))  # for when it is a script

from linter.reports import format_names
from linter.reports.rulepage import markdown
from reports.specimens import RULES, render

SNAPSHOTS = Path(__file__).parent / "snapshots"
FORMATS = {
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
    "markdown": "markdown.md",
    "sarif": "sarif.json",
}
PAGES = {"NWS001": "rule.md", "ODD001": "hostile-rule.md"}


def shown(name: str) -> str:
    """A report outside of any repository; JSON indented, so that its differences can be read."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        text = render(name)
    return f"{json.dumps(json.loads(text), indent=1)}\n" if name == "sarif" else text


@pytest.mark.parametrize("name", FORMATS)
def test_a_whole_report(name: str) -> None:
    assert shown(name) == _read(FORMATS[name])


@pytest.mark.parametrize("rule", PAGES)
def test_the_whole_page_of_a_rule(rule: str) -> None:
    assert markdown(RULES[rule]) == _read(PAGES[rule])


@pytest.mark.parametrize("name", [*FORMATS, "concise"])
def test_neither_values_nor_known_findings_are_shown(name: str) -> None:
    assert "NEVER SHOWN" not in shown(name)
    assert "Sign up" in shown(name)


def test_the_formats_are_found_by_name() -> None:
    assert set(FORMATS) <= set(format_names())


def _read(file: str) -> str:
    return (SNAPSHOTS / file).read_text(encoding="utf-8", errors="strict")


def regenerate() -> None:
    """Write the files."""
    SNAPSHOTS.mkdir(exist_ok=True)
    written = {file: shown(name) for name, file in FORMATS.items()}
    written |= {file: markdown(RULES[rule]) for rule, file in PAGES.items()}
    for file, text in written.items():
        (SNAPSHOTS / file).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    regenerate()
