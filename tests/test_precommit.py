"""The hook in .pre-commit-hooks.yaml, run by the real pre-commit on real commits of a content repository."""

from __future__ import annotations

import shutil
import sys
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
