"""newslint: a linter for articles.

The public API is `lint`, `Linter`, `LintKernel`, `read_config`, the functions in `linter.engines` and the types that
they take and return; everything else is private and may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linter.api import Linter, lint
    from linter.batch import LintKernel
    from linter.config import Config
    from linter.configfile import read_config
    from linter.model import Finding, Verdict

__version__ = "0.1.0"
__all__ = ["Config", "Finding", "LintKernel", "Linter", "Verdict", "__version__", "lint", "read_config"]

_HOMES = {
    "lint": "linter.api",
    "Linter": "linter.api",
    "LintKernel": "linter.batch",
    "Config": "linter.config",
    "read_config": "linter.configfile",
    "Finding": "linter.model",
    "Verdict": "linter.model",
}


def __getattr__(name: str) -> Any:
    """Import the public names on first use, so that `newslint --version` does not pay for the engine."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'linter' has no attribute {name!r}")
