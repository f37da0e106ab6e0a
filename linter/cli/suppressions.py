"""What is said about suppressions that silenced nothing."""

from __future__ import annotations

from linter.api import Linter
from linter.config import covers
from linter.configvalues import did_you_mean
from linter.reports.paper import safe
from linter.suppress import Unused


def complaint(unused: Unused, linter: Linter) -> str | None:
    """One line on an unused suppression; None where its rule is switched off in this run, so that it may be of use."""
    where = safe(unused.path if unused.line is None else f"{unused.path}:{unused.line}")
    if unused.rule is not None:
        if not any(covers(unused.rule, rule.id, rule.name) for rule in linter.rulebook.rules):
            known = [key for rule in linter.rulebook.rules for key in (rule.id, rule.family, rule.name)]
            return f"{where}: unknown rule in a suppression: {safe(unused.what)}{did_you_mean(unused.rule, known)}"
        if not any(covers(unused.rule, rule.id, rule.name) for rule in linter.rules):
            return None
    return f"{where}: unused suppression: {safe(unused.what)}"
