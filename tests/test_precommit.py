"""The hook in .pre-commit-hooks.yaml, run by the real pre-commit on real commits of a content repository."""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from conftest import Done, Run

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]

CONFIG = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: newslint
"""
SLUG = "Ferry runs aground\n\nnordkustnyt24\n\nA ferry ran aground on Monday, its owner said.\n\nNobody was hurt.\n"


class Content(NamedTuple):
    """A content repository with the hook installed."""

    directory: Path
    run: Run
    environment: dict[str, str]

    def commit(self, **files: str) -> Done:
        """Write files (`a_md` is a.md), stage them, try to commit."""
        for name, text in files.items():
            path = self.directory / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        return self.run(["git", "commit", "-m", "Articles"], self.directory, code=None, **self.environment)

    def pre_commit(self, *arguments: str) -> Done:
        """Run pre-commit by hand."""
        command = [sys.executable, "-m", "pre_commit", *arguments]
        return self.run(command, self.directory, code=None, **self.environment)

    def git(self, *arguments: str) -> str:
        return self.run(["git", *arguments], self.directory, **self.environment).stdout

    def is_clean(self) -> bool:
        """Has everything been committed?"""
        return self.git("status", "--porcelain") == ""


@pytest.fixture(scope="module")
def hook(tree: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository made of the working tree, so that uncommitted work is what is tested; its revision."""
    snapshot = tmp_path_factory.mktemp("snapshot") / "newslint"
    shutil.copytree(tree, snapshot)
    for arguments in (["init", "-q"], ["add", "--all"], ["commit", "-q", "-m", "Snapshot"]):
        run(["git", *arguments], snapshot)
    return snapshot, run(["git", "rev-parse", "HEAD"], snapshot).stdout.strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where pre-commit keeps the environment that it makes for the hook: once for all tests here."""
    return {"PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit-home"))}


@pytest.fixture
def content(hook: tuple[Path, str], home: dict[str, str], run: Run, tmp_path: Path) -> Content:
    directory = tmp_path / "content"
    directory.mkdir()
    repository = Content(directory, run, home)
    repository.git("init", "-q")
    (directory / ".pre-commit-config.yaml").write_text(CONFIG.format(repository=hook[0].as_posix(), revision=hook[1]))
    run([sys.executable, "-m", "pre_commit", "install"], directory, **home)
    return repository


def test_a_dirty_article_blocks_the_commit(content: Content) -> None:
    blocked = content.commit(ferry_md=SLUG)
    assert blocked.returncode == 1
    assert "ferry.md:3:1: error HDR005" in blocked.stdout + blocked.stderr
    assert not content.is_clean()


@pytest.mark.parametrize("name", ["ferry_mdx", "ferry_html", "ferry_txt"])
def test_every_kind_of_article_is_passed_to_the_hook(name: str, content: Content) -> None:
    paragraphs = "\n".join(f"<p>{line}</p>" for line in SLUG.split("\n\n"))
    blocked = content.commit(**{name: f"<html><body>{paragraphs}</body></html>" if "html" in name else SLUG})
    assert blocked.returncode == 1
    assert "HDR005" in blocked.stdout + blocked.stderr


def test_clean_articles_pass(content: Content, root: Path) -> None:
    clean = root / "fixtures" / "clean"
    texts = {f"library_{kind}": (clean / f"article.{kind}").read_text(encoding="utf-8") for kind in ("md", "txt")}
    done = content.commit(**texts, settings_json='{"note": "nordkustnyt24"}', tool_py="nordkustnyt24 = 1\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert content.is_clean()


def test_an_excluded_article_is_skipped_although_it_is_named(content: Content) -> None:
    done = content.commit(newslint_toml='exclude = ["drafts/"]\n', drafts__ferry_md=SLUG)
    assert done.returncode == 0, done.stdout + done.stderr
    assert content.is_clean()
    assert content.commit(ferry_md=SLUG).returncode == 1


def test_a_repository_of_500_articles_is_gated_for_what_is_new(content: Content, data: Path) -> None:
    with gzip.open(data / "markdown_clean.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in islice(file, 500)]
    articles = [content.directory / "content" / f"{number:03}.md" for number in range(500)]
    articles[0].parent.mkdir()
    for article, record in zip(articles, records, strict=True):
        article.write_bytes(record["text"].encode())
    settings = content.directory / "newslint.toml"
    settings.write_text('fail-on = "info"\nunscored = "pass"\nunused-suppressions = "off"\n')
    content.git("add", "--all")
    assert content.pre_commit("run", "--all-files").returncode == 1  # what stands there would block every commit

    settings.write_text(f'{settings.read_text()}baseline = "known.json"\n')
    newslint = [sys.executable, "-m", "linter", "check", "content", "--quiet"]
    content.run([*newslint, "--update-baseline"], content.directory)
    known = json.loads((content.directory / "known.json").read_text())["articles"]
    assert len(known) > 100
    done = content.commit()
    assert done.returncode == 0, done.stdout + done.stderr

    # Another beginning: everything below it moves, and nothing is new.
    name = next(key for key, entry in known.items() if entry["findings"])
    edited = content.directory / name
    front, mark, body = edited.read_bytes().partition(b"\n---\n")
    assert mark, "an article with front matter"
    start = b"\nThe harbour office has written this beginning anew, in two lines\nand for this test alone.\n"
    edited.write_bytes(front + mark + start + body)
    done = content.commit()
    assert done.returncode == 0, done.stdout + done.stderr

    # A new finding fails, and is all that is shown.
    edited.write_bytes(
        edited.read_bytes() + "\n\nFacebook Twitter Pinterest WhatsApp\n\nThe harbourâ€™s office is shut.\n".encode()
    )
    blocked = content.commit()
    lines = [line for line in blocked.stdout.splitlines() + blocked.stderr.splitlines() if line.startswith("content/")]
    assert blocked.returncode == 1
    assert lines
    found = [(line.split(":")[0], line.split(": ")[1].split()[1]) for line in lines]
    assert sorted(found) == [(name, "ENC001"), (name, "SHR001")]

    # Mended, it passes again.
    edited.write_bytes(front + mark + start + body)
    content.git("add", "--all")
    assert content.pre_commit("run", "--all-files").returncode == 0
