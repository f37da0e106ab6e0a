"""docs/: what is generated is up to date, links lead somewhere, and the examples are right."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from linter.cli.check import command as check
from linter.configfile import read_config
from linter.configschema import config_schema, pyproject_schema
from linter.model import Category, Finding, SourceLabel, Verdict
from linter.rulebook import load_book
from scripts.build_docs import DOCS, generated
from scripts.docs import fields

ROOT = Path(__file__).parent.parent
PAGES = sorted(DOCS.rglob("*.md"))
_LINK = re.compile(r"(?<!\\)\[(?:[^\]\\\n]|\\.)*\]\(([^()\s]+)\)")


def without_code(page: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^(`{3,}|~{3,}).*?^\1`*$", "", page, flags=re.MULTILINE | re.DOTALL))


def anchors(page: str) -> set[str]:
    """What the headings of a page are called in addresses, on GitHub."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_what_is_generated_is_up_to_date() -> None:
    """If it isn't: python -m scripts.build_docs."""
    pages = generated()
    stale = [name for name, content in pages.items() if not (DOCS / name).exists() or _read(DOCS / name) != content]
    assert stale == [], "run python -m scripts.build_docs"
    assert {f"rules/{page.name}" for page in (DOCS / "rules").iterdir()} == {name for name in pages if "rules/" in name}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_rule_has_its_page_and_its_line() -> None:
    index = _read(DOCS / "rules" / "README.md")
    for rule in load_book().rules:
        assert f"\n| [{rule.id}]({rule.id}.md) | {rule.name} |" in index
        assert _read(DOCS / "rules" / f"{rule.id}.md").startswith(f"# {rule.id} {rule.name}\n")


def test_every_link_leads_somewhere() -> None:
    broken, seen = [], 0
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES):
        text = _read(page)
        for target in _LINK.findall(without_code(text)):
            path, _, anchor = target.partition("#")
            if "://" in target:
                continue
            seen += 1
            to = page.parent / path if path else page
            if not to.exists() or (anchor and anchor not in anchors(_read(to))):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert (broken, seen > 200) == ([], True)


def test_the_index_lists_every_page() -> None:
    index = _read(DOCS / "README.md")
    assert [page.name for page in PAGES if page.parent == DOCS and f"]({page.name})" not in index] == ["README.md"]


@pytest.mark.parametrize("page", [page.name for page in PAGES if page.parent == DOCS])
def test_every_command_shown_has_only_flags_that_exist(page: str) -> None:
    commands = re.findall(r"^\$? ?newslint check (.+)$", _read(DOCS / page), re.MULTILINE)
    for command in commands:
        check.make_context("check", command.partition(" #")[0].split())


def test_every_configuration_shown_is_valid(tmp_path: Path) -> None:
    rules = load_book().rules
    shown = [
        (page.name, text) for page in PAGES for text in re.findall(r"^```toml\n(.*?)^```$", _read(page), re.M | re.S)
    ]
    assert len(shown) >= 5
    for page, text in shown:
        document = tomllib.loads(text)
        in_pyproject = "newslint" in document.get("tool", {})
        schema = pyproject_schema(rules) if in_pyproject else config_schema(rules)
        assert list(Draft7Validator(schema).iter_errors(document)) == [], page
        file = tmp_path / ("pyproject.toml" if in_pyproject else "newslint.toml")
        file.write_text(text, encoding="utf-8")
        read_config(file)


def test_every_field_of_a_verdict_is_told() -> None:
    page = _read(DOCS / "formats.md")
    for type_, says in ((Verdict, fields.VERDICT), (Finding, fields.FINDING), (Category, fields.CATEGORY)):
        assert list(type_.__struct_fields__) == list(says)
        for name, meaning in says.items():
            assert re.search(rf"^\| `{name}` \| [a-z ]+ \| {re.escape(meaning)} \|$", page, re.MULTILINE)
    assert set(SourceLabel.__struct_fields__) == set(fields.SOURCE)


def test_nothing_tells_of_the_machine() -> None:
    for page in (*PAGES, DOCS / "comparison.json", DOCS / "newslint.schema.json"):
        assert not re.search(r"/(tmp|home|root|work|var)/|compare-\w{8}", _read(page)), page
