"""The hook newslint-fix in .pre-commit-hooks.yaml, run by the real pre-commit on real commits."""

from __future__ import annotations

import pytest
from test_precommit import Content, content, home, hook, pytestmark  # noqa: F401 -- fixtures

ONE = "The ferry was repaired in four days, and sails again."
TWO = "Its owner had feared that it would take until the autumn."
DIRTY = f"{ONE}\n\nAdvertisement\n\nThe mayorâ€™s boat is late. {TWO}\n"
FIXED = f"{ONE}\n\nThe mayor’s boat is late. {TWO}\n"


@pytest.fixture
def fixing(content: Content) -> Content:  # noqa: F811
    """The repository with the hook that mends."""
    config = content.directory / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("id: newslint", "id: newslint-fix"))
    return content


def test_a_commit_is_stopped_once_mended_and_passes_then(fixing: Content) -> None:
    stopped = fixing.commit(ferry_md=DIRTY, mill_txt=DIRTY)
    said = stopped.stdout + stopped.stderr
    assert stopped.returncode == 1
    assert "files were modified by this hook" in said
    assert "ferry.md: 2 fixed (ENC001 1, INJ005 1)" in said
    for name in ("ferry.md", "mill.txt"):
        assert (fixing.directory / name).read_text(encoding="utf-8") == FIXED
    fixing.git("add", "--all")
    passed = fixing.run(["git", "commit", "-m", "Mended"], fixing.directory, code=None, **fixing.environment)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert fixing.is_clean()


def test_an_excluded_article_is_left_as_it_is(fixing: Content) -> None:
    done = fixing.commit(newslint_toml='exclude = ["drafts/"]\n', drafts__ferry_md=DIRTY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (fixing.directory / "drafts" / "ferry.md").read_text(encoding="utf-8") == DIRTY
