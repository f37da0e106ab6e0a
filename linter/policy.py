"""What a run makes of its verdicts: which findings are known already, and whether each article passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from linter.baseline import Baseline
from linter.changes import Changes
from linter.config import Config
from linter.configfile import shown
from linter.decision import decide
from linter.model import Article, Verdict
from linter.reports.paper import safe
from linter.reports.words import count
from linter.rulefile import Rule

_LISTED = 20  # fixed findings that are named


class Policy:
    """Decides about one article after the other.

    `diff_base` is a revision: findings on lines that git calls unchanged since then are known. `update` writes the
    baselines anew, without what is fixed; `force` also with what is new. `rules` gives those that are on. Raises
    ConfigError for what can't be read.
    """

    def __init__(
        self,
        rules: Callable[[Config], list[Rule]],
        *,
        diff_base: str | None = None,
        update: bool = False,
        force: bool = False,
    ) -> None:
        self._changes = Changes(diff_base) if diff_base is not None else None
        self._rules = rules
        self._update, self._force = update, force
        self._baselines: dict[str, Baseline] = {}
        self._on: dict[int, tuple[Config, frozenset[str]]] = {}

    def prepare(self, path: str, config: Config) -> None:
        """Read what the first of the inputs needs: what is wrong with it is to be said before anything is linted."""
        if config.baseline is not None:
            self.baseline_of(config)
        if self._changes is not None and path != "-":
            self._changes.read(Path(path))

    def apply(self, verdict: Verdict, article: Article, config: Config) -> None:
        """Put into a verdict what is known in it, and the decision."""
        pardoned = False
        if config.baseline is not None:
            pardoned = self.baseline_of(config).meet(verdict, article, config, self._rules_on(config))
        if self._changes is not None:
            pardoned |= self._changes.mark(verdict, article)
        decide(verdict, article, config, pardoned=pardoned)

    def close(self, *, whole: bool) -> list[str]:
        """Write the baselines, where that was asked for; returns what there is to say. Raises ConfigError.

        `whole`: every article of the inputs was met.
        """
        said = []
        for path, baseline in self._baselines.items():
            name = safe(shown(path))
            fixed = baseline.fixed()
            if self._update:
                now, before = baseline.write(whole=whole)
                said.append(f"baseline {name}: {count(now, 'finding')}, {before:,} before")
            elif fixed:
                said += [f"fixed: {safe(line)}" for line in fixed[:_LISTED]]
                more = f", {len(fixed) - _LISTED:,} of them not listed" if len(fixed) > _LISTED else ""
                said.append(
                    f"baseline {name}: {count(len(fixed), 'finding')} fixed{more}; --update-baseline takes them out"
                )
        return said

    def baseline_of(self, config: Config) -> Baseline:
        """The baseline of a configuration that has one, read when it is first asked for."""
        path = config.baseline or ""
        if path not in self._baselines:
            self._baselines[path] = Baseline(Path(path), config.root, update=self._update, force=self._force)
        return self._baselines[path]

    def _rules_on(self, config: Config) -> frozenset[str]:
        if id(config) not in self._on:
            self._on[id(config)] = (config, frozenset(rule.id for rule in self._rules(config)))
        return self._on[id(config)][1]
