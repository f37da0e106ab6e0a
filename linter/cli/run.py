"""One run of `check`: articles in, a report and an exit code out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Literal, TextIO

from msgspec import Struct

from linter import __version__
from linter.cli.inputs import Inputs
from linter.cli.main import INTERRUPTED
from linter.cli.progress import Progress
from linter.cli.sample import sample
from linter.cli.suppressions import complaint
from linter.cli.tally import Tally, is_own
from linter.cli.terminal import wants_color, width
from linter.config import Config, ConfigError
from linter.configfile import Resolver
from linter.model import Article
from linter.parallel import Linted, Linters, lint, worker_count
from linter.readers.discover import Problem
from linter.readers.inputs import reason
from linter.reports import Advice, Report, ReportOptions, report_for, show
from linter.reports.paper import safe
from linter.reports.verifying import how_to_verify
from linter.reports.words import summary_line
from linter.scorecard import SCORE_VERSION


class View(Struct, kw_only=True, frozen=True):
    """What to show, and where."""

    format: str = "console"
    output: Path | None = None
    statistics: bool = False
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


class Run:
    """A run over some paths. Raises ConfigError or RuleError where it can't begin."""

    def __init__(self, paths: list[str], resolver: Resolver, view: View, stdin_name: str | None) -> None:
        self._view = view
        self._tally = Tally()
        self._linters = Linters()
        self._noted: set[str] = set()
        self._paths = paths
        self._inputs = Inputs(
            paths,
            resolver,
            stdin_name=stdin_name,
            only=view.show,
            problem=self._problem,
            keep=view.annotate is not None,
        )
        self._config = self._inputs.config_of(paths[0])
        self._live = "-" in paths
        self._linter = self._linters.of(self._config)

    def __call__(self) -> int:
        """Lint everything; returns the exit code."""
        view = self._view
        kind = report_for("show" if view.show else "statistics" if view.statistics else view.format)
        with opened(view.output, kind.machine) as out:
            report = kind(out, self._report_options(out))
            interrupted = self._lint(report)
            self._tally.summary.interrupted = interrupted
            self._say(self._tally.close(say_unscored=self._says_unscored))
            report.close(self._tally.summary, own=self._all_own)
            out.flush()
        if not view.quiet:
            self._conclude(report)
        if interrupted:
            return INTERRUPTED
        return self._tally.exit_code if view.show is None or self._tally.totals.problems else 0

    def _lint(self, report: Report) -> bool:
        """Lint and report every article; was it interrupted?"""
        progress = Progress(self._view.progress and not self._view.quiet)
        jobs = worker_count(self._config.jobs)
        articles = self._sampled(self._inputs.articles())
        try:
            with closing(lint(articles, self._linters, jobs, live=self._live)) as results:
                for linted in results:
                    self._announce(linted)
                    article = linted.article
                    self._linter = self._linters.of(linted.config)
                    report.add(linted.outcome.verdict, article, own=is_own(article, linted.config))
                    progress.advance()
                    if isinstance(report, show.Report) and report.full:
                        break
        except KeyboardInterrupt:
            return True
        finally:
            progress.stop()
        return False

    def _sampled(self, articles: Iterator[tuple[Config, Article]]) -> Iterator[tuple[Config, Article]]:
        if self._view.sample is None:
            return articles
        return sample(articles, self._view.sample, self._view.seed, always=_stands_for_an_input)

    def _announce(self, linted: Linted) -> None:
        """Count one article, and say what there is to say about it on stderr."""
        article, outcome = linted.article, linted.outcome
        self._say(self._tally.add(linted))
        if article.note and article.path not in self._noted:
            self._noted.add(article.path)
            if not self._view.quiet:
                self._say([f"{safe(article.path)}: {article.note}"])
        handling = linted.config.unused_suppressions
        if outcome.unused and handling != "off":
            for complaint_ in (complaint(unused, self._linters.of(linted.config)) for unused in outcome.unused):
                if complaint_ is not None:
                    self._say([complaint_])
                    if handling == "error":
                        self._tally.fail("suppression")

    def _conclude(self, report: Report) -> None:
        summary = self._tally.summary
        if not (summary.articles or summary.unreadable or self._tally.totals.problems):
            why = "what was read holds none" if self._inputs.opened else "everything named is excluded or ignored"
            self._say([f"no articles: {why}"])
        elif not report.sums_up:
            self._say([summary_line(summary, own=self._all_own)])

    @property
    def _says_unscored(self) -> bool:
        """Not where nobody asked for scores, nor where the one article's own report says why it has none."""
        view = self._view
        alone = view.format == "console" and not view.statistics and self._tally.summary.articles == 1
        return not (view.quiet or view.show or alone)

    @property
    def _all_own(self) -> bool:
        return self._tally.totals.all_own and not self._view.show_score

    def _advice(self, rule_id: str) -> Advice | None:
        """What the rules under which the last article was linted say."""
        rule = self._linter.rulebook.get(rule_id)
        if rule is None:
            return None
        return Advice(
            name=rule.name, summary=rule.summary, help=rule.help, verify=how_to_verify(rule.category, rule.verify)
        )

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
            advice=self._advice,
        )

    def _problem(self, problem: Problem) -> None:
        self._tally.fail("input")
        self._say([f"{problem.path}: {problem.message}"])

    def _say(self, lines: list[str]) -> None:
        for line in lines:
            print(safe(line), file=sys.stderr)


def _stands_for_an_input(given: tuple[Config, Article]) -> bool:
    """Is it no article, but an input that can't be read?"""
    return given[1].error is not None and given[1].record is None


@contextmanager
def opened(output: Path | None, machine: bool) -> Iterator[TextIO]:
    """Where the report goes: a file, or stdout, as UTF-8 for machines; what can't be encoded is spelt out."""
    if output is not None:
        try:
            file = output.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise ConfigError(f"--output {output}: {reason(error)}") from None
        with file:
            yield file
        return
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
        if machine:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    yield sys.stdout
