"""Continuous integration: a workflow of GitHub, a job of GitLab."""

from __future__ import annotations

from collections.abc import Sequence

from linter.repository.quoting import shell_words, yaml_string

WORKFLOW = ".github/workflows/newslint.yml"
GITLAB = ".gitlab-ci.yml"

_WORKFLOW = """\
# Written by `newslint init`: what fails here fails in the pre-commit hook, too.
name: newslint
on:
  pull_request:
  push:
    branches: [{branch}]
permissions:
  contents: read
jobs:
  newslint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: |
          pip install {install}
      - run: |
          newslint check --output github:- --output "markdown:$GITHUB_STEP_SUMMARY" {paths}
"""
_JOB = """\
newslint:
  image: python:3.12
  script:
    - |
      pip install {install}
    - |
      newslint check --output gitlab:gl-code-quality-report.json --output junit:newslint.xml {paths}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: newslint.xml
"""


def workflow(paths: Sequence[str], *, install: str, branch: str) -> str:
    """A workflow that lints these paths; `install` is what pip installs."""
    return _WORKFLOW.format(install=shell_words([install]), branch=yaml_string(branch), paths=shell_words(paths))


def job(paths: Sequence[str], *, install: str) -> str:
    """A job for .gitlab-ci.yml."""
    return _JOB.format(install=shell_words([install]), paths=shell_words(paths))
