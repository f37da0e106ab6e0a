"""One run of `check`: articles in, a report and an exit code out."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Literal, TextIO

from msgspec import Struct

from linter import __version__
from linter.cli.inputs import Inputs
from linter.cli.main import INTERRUPTED
from linter.cli.outputs import Reports, Target, written
from linter.cli.progress import Progress
from linter.cli.sample import sample
from linter.cli.stderr import say
from linter.cli.suppressions import complaint
from linter.cli.tally import Tally
from linter.cli.terminal import wants_color, width
from linter.config import Config
from linter.configfile import Resolver
from linter.costs import Costs
from linter.decision import is_own
from linter.model import Article
from linter.parallel import Linted, Linters, lint, worker_count
from linter.parts import Order, Part, lint_parts
from linter.policy import Policy
from linter.readers.discover import Problem
from linter.reports import ReportOptions
from linter.reports.paper import Paper, safe
from linter.reports.words import summary_line
from linter.rulefile import Rule
from linter.scorecard import SCORE_VERSION
from linter.seen import Seen


class View(Struct, kw_only=True, frozen=True):
    """What to show, and where."""

    targets: Sequence[Target] = (Target("console"),)
    show: str | None = None
    limit: int = 50
    quiet: bool = False
    progress: bool = True
    color: Literal["auto", "always", "never"] = "auto"
    explain_score: bool = False
    show_score: bool = False
    sample: int | None = None
    seed: int = 0
    annotate: Path | None = None
    drop_to: Path | None = None
    resume: bool = False
    restart: bool = False
    new_only: Path | None = None
    diff_base: str | None = None
    update_baseline: bool = False
    force: bool = False
    engine: str | None = None
    profile: bool = False


class Run:
    """A run over some paths. Raises ConfigError or RuleError where it can't begin."""

    def __init__(self, paths: list[str], resolver: Resolver, view: View, stdin_name: str | None) -> None:
        self._view = view
        self._began = perf_counter()
        self._costs = Costs() if view.profile else None
        self._linters = Linters(self._costs)
        self._policy = Policy(
            lambda config: self._linters.of(config).rules,
            diff_base=view.diff_base,
            update=view.update_baseline,
            force=view.force,
        )
        self._seen = Seen(view.new_only) if view.new_only is not None else None
        self._noted: set[str] = set()
        self._unread: list[Problem] = []  # to be shown among the articles
        self._paths = paths
        self._inputs = Inputs(
            paths,
            resolver,
            stdin_name=stdin_name,
            only=view.show,
            problem=self._problem,
            keep=view.annotate is not None,
            is_wanted=self._seen.is_new if self._seen else lambda article: True,
        )
        self._config = self._inputs.config_of(paths[0])
        self._tally = Tally(may_fail=self._config.max_failing)
        self._policy.prepare(paths[0], self._config)
        self._live = "-" in paths
        self._linter = self._linters.of(self._config)

    def __call__(self) -> int:
        """Lint everything; returns the exit code."""
        view = self._view
        with written(view.targets, self._report_options) as report:
            interrupted = self._lint(report)
            self._tally.summary.interrupted = interrupted
            say(self._tally.close(say_unscored=self._says_unscored))
            report.close(self._tally.summary, own=self._all_own)
        if not interrupted:
            self._keep()
        if not view.quiet:
            self._conclude(report)
        self._tell_costs()
        if interrupted:
            return INTERRUPTED
        return self._tally.exit_code if view.show is None or self._tally.totals.problems else 0

    def _keep(self) -> None:
        """Write what later runs are to know."""
        said = self._policy.close(whole=self._view.sample is None)
        if self._seen is not None:
            self._seen.write()
            if self._seen.passed_over:
                said.append(f"{self._seen.passed_over:,} seen before (--new-only)")
        if not self._view.quiet:
            say(said)

    def _lint(self, report: Reports) -> bool:
        """Lint and report every article; was it interrupted?"""
        progress = Progress(self._view.progress and not self._view.quiet)
        try:
            with closing(self._results()) as results:
                for linted in results:
                    self._report_unread(report)
                    article = linted.article
                    self._policy.apply(linted.outcome.verdict, article, linted.config)
                    self._announce(linted)
                    self._linter = self._linters.of(linted.config)
                    report.add(linted.outcome.verdict, article, own=is_own(article, linted.config))
                    progress.advance()
                    if report.full:
                        break
        except KeyboardInterrupt:
            return True
        finally:
            progress.stop()
            self._report_unread(report)
        return False

    def _results(self) -> Generator[Linted]:
        """What comes out for every article, in order."""
        jobs = self._jobs
        if self._view.sample is None and self._seen is None:
            return self._linted(self._inputs.parts(here=jobs == 1 and not self._view.engine))
        # Which ones are linted is known only to who reads all of them.
        articles = self._sampled(self._inputs.articles())
        return lint(articles, self._linters, jobs, live=self._live)

    @property
    def _jobs(self) -> int:
        return 1 if self._costs else worker_count(self._config.jobs)

    def _linted(self, parts: Iterator[Part | None]) -> Generator[Linted]:
        if self._view.engine is None:
            return lint_parts(parts, self._linters, self._jobs, self._inputs.begin)
        from linter.spread import lint_on, start

        engine = start(self._view.engine, self._config.jobs if isinstance(self._config.jobs, int) else None)
        return lint_on(engine, parts, self._linters, Order(self._inputs.begin))

    def _tell_costs(self) -> None:
        """With --profile: what the time went to."""
        if self._costs is not None:
            from linter.reports import costs

            paper = Paper(sys.stderr, wants_color(self._view.color, sys.stderr))
            costs.write(paper, self._costs, self._linter.rules, perf_counter() - self._began)

    def _report_unread(self, report: Reports) -> None:
        for problem in self._unread:
            report.add_unread(problem.path, problem.message)
        self._unread.clear()

    def _sampled(self, articles: Iterator[tuple[Config, Article]]) -> Iterator[tuple[Config, Article]]:
        if self._view.sample is None:
            return articles
        return sample(articles, self._view.sample, self._view.seed, always=_stands_for_an_input)

    def _announce(self, linted: Linted) -> None:
        """Count one article, and say what there is to say about it on stderr."""
        article, outcome = linted.article, linted.outcome
        say(self._tally.add(linted))
        if article.note and article.path not in self._noted:
            self._noted.add(article.path)
            if not self._view.quiet:
                say([f"{safe(article.path)}: {article.note}"])
        handling = linted.config.unused_suppressions
        if outcome.unused and handling != "off":
            for complaint_ in (complaint(unused, self._linters.of(linted.config)) for unused in outcome.unused):
                if complaint_ is not None:
                    say([complaint_])
                    if handling == "error":
                        self._tally.fail("suppression")

    def _conclude(self, report: Reports) -> None:
        summary = self._tally.summary
        if self._seen is not None and self._seen.passed_over and not summary.articles:
            return  # that there is nothing new was said
        if not (summary.articles or summary.unreadable or self._tally.totals.problems):
            why = "what was read holds none" if self._inputs.opened else "everything named is excluded or ignored"
            say([f"no articles: {why}"])
        elif not report.sums_up:
            say([summary_line(summary, own=self._all_own)])

    @property
    def _says_unscored(self) -> bool:
        """Not where nobody asked for scores, nor where the one article's own report says why it has none."""
        view = self._view
        frames = any(target.format == "console" and target.file is None for target in view.targets)
        alone = frames and self._tally.summary.articles == 1
        return not (view.quiet or view.show or alone)

    @property
    def _all_own(self) -> bool:
        return self._tally.totals.all_own and not self._view.show_score

    def _rule(self, rule_id: str) -> Rule | None:
        """The rule of an ID, as the last article was linted under it."""
        return self._linter.rulebook.get(rule_id)

    def _report_options(self, out: TextIO) -> ReportOptions:
        view, linter = self._view, self._linter
        return ReportOptions(
            color=wants_color(view.color, out),
            width=width(out),
            explain_score=view.explain_score,
            show_score=view.show_score,
            quiet=view.quiet,
            limit=view.limit,
            version=__version__,
            rulebook=linter.rulebook.digest,
            score_version=SCORE_VERSION,
            rule=self._rule,
        )

    def _problem(self, problem: Problem) -> None:
        self._unread.append(problem)
        self._tally.fail("input")
        say([f"{problem.path}: {problem.message}"])


def _stands_for_an_input(given: tuple[Config, Article]) -> bool:
    """Is it no article, but an input that can't be read?"""
    return given[1].error is not None and given[1].record is None
