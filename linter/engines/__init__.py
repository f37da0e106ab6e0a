"""Adapters for engines, a module each: they hand an engine's data to `linter.batch.LintKernel`, and nothing else.

Importing one raises ImportError with what to install, where its engine is missing.
"""

from __future__ import annotations

ENGINES = ("ray", "spark")  # those that `check --engine` knows


def missing(what: str, extra: str) -> ImportError:
    """The error of an adapter whose engine is not installed."""
    return ImportError(f"linter.engines.{extra} needs {what}: pip install 'newslint[{extra}]'")
