import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from linter.readers import suffixes
from linter.readers.discover import Problem, discover


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(*paths: str, text: str = "Text.") -> None:
    for path in paths:
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _found(*paths: str, **options: Any) -> list[str]:
    """What is found: paths, and "path: message" for problems."""
    return [
        f"{item.path}: {item.message}" if isinstance(item, Problem) else item.path
        for item in discover(paths, **options)
    ]


def _git(*arguments: str) -> str:
    command = ["git", "-c", "core.excludesFile=", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_directory_in_order(tree: Path) -> None:
    _write("b.md", "a/z.txt", "a/B.MD", "a/dump.jsonl.gz", "a/x.gz", "c.html", "c.py", "README", "c.ndjson", "Z.mdx")
    _write(".hidden/a.md", "node_modules/a.md", ".a.md", ".venv/a.txt", "a/__pycache__/b.txt")
    inside = ["a/B.MD", "a/dump.jsonl.gz", "a/z.txt"]
    assert _found(".") == ["Z.mdx", *inside, "b.md", "c.html", "c.ndjson"]
    assert _found("./a/") == [f"./{path}" for path in inside]
    assert _found(str(tree / "a")) == [f"{tree}/{path}" for path in inside]
    assert _found("b.md", "a", "a/z.txt", "./b.md", "-") == ["b.md", *inside, "-"]


def test_a_named_file_is_read_whatever_it_is_called(tree: Path) -> None:
    _write("README", ".hidden/a.md", "node_modules/b.md")
    _git("init", "-q")
    _write(".gitignore", text="README\n")
    assert _found("README", ".hidden/a.md", ".hidden", "node_modules") == [
        "README", ".hidden/a.md", "node_modules/b.md"
    ]  # fmt: skip


def test_problems(tree: Path) -> None:
    _write("empty/a.py")
    os.mkfifo("pipe.md")
    Path("broken.md").symlink_to("nowhere")
    looked_for = ", ".join(f"*{suffix}" for suffix in suffixes(walked=True))
    assert _found("none.md", "a\0b", "empty", "pipe.md") == [
        "none.md: no such file or directory",
        "a\0b: embedded null byte",
        f"empty: no articles found (looked for {looked_for})",
        "pipe.md: not a regular file",
    ]
    assert _found(".") == ["broken.md: no such file or directory", "pipe.md: not a regular file"]
    assert _found("empty", include=["*.rst"]) == ["empty: no articles found (looked for *.rst)"]
    walked = {
        ".txt", ".text", ".md", ".markdown", ".mdx", ".jsonl", ".ndjson", ".html", ".htm", ".xhtml", ".parquet", ".pq",
        ".warc", ".wet",
    }  # fmt: skip
    assert set(suffixes(walked=True)) == walked
    assert set(suffixes()) == walked | {".json", ".csv", ".tsv", ".rss", ".atom", ".xml"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_directory_that_may_not_be_read(tree: Path) -> None:
    _write("a/b.md", "c.md")
    Path("a").chmod(0)
    assert _found(".") == ["a: permission denied", "c.md"]


def test_gitignore_as_git_reads_it(tree: Path) -> None:
    _git("init", "-q")
    _write("a.md", "b.md", "drafts/a.md", "drafts/keep.md", "build/a.md", "sub/a.md", "sub/deep/a.md", "sub/deep/c.md")
    _write("sub/build/a.md", "sub/local.md", "docs/_build/x.md", "docs/x.md", "x space .md")
    _write(".gitignore", text="# comment\n/b.md\nbuild/\ndrafts/*\n!drafts/keep.md\n**/_build\nx\\ space\\ .md\n")
    _write("sub/.gitignore", text="deep/*\n!deep/c.md\n!build/\n")
    Path(".git/info/exclude").write_text("local.md\n", encoding="utf-8")
    listed = _git("ls-files", "--others", "--exclude-standard", "*.md").splitlines()
    assert _found(".") == sorted(listed)
    assert _found(".") == ["a.md", "docs/x.md", "drafts/keep.md", "sub/a.md", "sub/build/a.md", "sub/deep/c.md"]
    assert _found("sub") == [path for path in sorted(listed) if path.startswith("sub/")]
    assert _found("drafts", "b.md") == ["drafts/keep.md", "b.md"]
    assert _found("build") == ["build/a.md"]  # named, so it is wanted
    assert _found(".", respect_gitignore=False) == [
        "a.md", "b.md", "build/a.md", "docs/_build/x.md", "docs/x.md", "drafts/a.md", "drafts/keep.md", "sub/a.md",
        "sub/build/a.md", "sub/deep/a.md", "sub/deep/c.md", "sub/local.md", "x space .md",
    ]  # fmt: skip


def test_gitignore_in_a_linked_worktree(tree: Path) -> None:
    _git("init", "-q", "main")
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", "main", *identity, "commit", "-q", "--allow-empty", "-m", "Start"], check=True)
    _git("-C", "main", "worktree", "add", "-q", "../linked")
    _write("linked/a.md", "linked/b.md")
    Path("main/.git/info/exclude").write_text("b.md\n", encoding="utf-8")
    assert _found("linked") == ["linked/a.md"]


def test_only_ignored_files_is_no_problem(tree: Path) -> None:
    _git("init", "-q")
    _write("drafts/a.md", "out/a.md")
    _write(".gitignore", text="drafts/*\n")
    assert _found("drafts") == []
    assert _found("out", exclude=["out/"]) == []
    assert _found("out", exclude=["*.md"]) == []


def test_exclude_and_include(tree: Path) -> None:
    _write("a.md", "b.txt", "c.article", "sub/a.md", "sub/old/b.md")
    assert _found(".", exclude=["/a.md", "old/"]) == ["b.txt", "sub/a.md"]
    assert _found(".", include=["*.article", "sub/**"]) == ["c.article", "sub/a.md", "sub/old/b.md"]
    assert _found("sub", exclude=["old/"], root=tree / "sub") == ["sub/a.md"]
    assert _found("sub", exclude=["/sub/old/"], root=tree / "sub") == ["sub/a.md", "sub/old/b.md"]
    os.chdir("sub")
    assert _found("../a.md", "..", exclude=["a.md"], force_exclude=True, root=tree / "sub") == [
        "../b.txt", "../sub/old/b.md"
    ]  # fmt: skip


def test_a_named_file_is_excluded_by_force_only(tree: Path) -> None:
    _write("a.md", "b.md")
    assert _found("a.md", "b.md", exclude=["a.md"]) == ["a.md", "b.md"]
    assert _found("a.md", "b.md", exclude=["a.md"], force_exclude=True) == ["b.md"]
    assert _found("a.md", exclude=["a.md"], force_exclude=True) == []


def test_links(tree: Path) -> None:
    _write("site/a/x.md", "pool/y.md", "pool/deep/z.md")
    Path("site/a/loop").symlink_to("..")
    Path("site/again").symlink_to("a")
    Path("site/up").symlink_to(tree)
    Path("site/pool").symlink_to("../pool")
    Path("pool/back").symlink_to("../pool")
    Path("site/link.md").symlink_to("a/x.md")
    assert _found("site") == ["site/a/x.md", "site/link.md", "site/pool/deep/z.md", "site/pool/y.md"]
    assert _found("site/again") == ["site/again/x.md"]


def test_a_name_that_is_no_text(tree: Path) -> None:
    Path(os.fsdecode(b"caf\xe9.md")).write_text("Text.", encoding="utf-8")
    assert _found(".") == ["caf\ufffd.md"]
