"""`newslint calibrate`: what scores and rules make of articles that somebody has labelled."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from linter import __version__
from linter.cli.flags import configuration_flags, resolver
from linter.cli.inputs import Inputs
from linter.cli.main import BROKEN
from linter.cli.outputs import opened
from linter.cli.progress import Progress
from linter.cli.stderr import say
from linter.cli.tally import Tally
from linter.cli.terminal import wants_color
from linter.config import Config, ConfigError
from linter.configfile import Resolver
from linter.corpus.sites import site_of
from linter.engine import Outcome
from linter.labelled.calibration import Calibration
from linter.labelled.labels import SIDES, USUAL, Labels, as_label, fields_of, listed, value_of
from linter.model import Article, Verdict
from linter.parallel import Linted, Linters, lint, worker_count
from linter.readers.discover import Problem
from linter.reports.calibration import Found, Told, write, write_json
from linter.reports.paper import Paper
from linter.scorecard import SCORE_VERSION

_LABELS = 1000  # told apart, of those that are left out
_NAMED = 20  # fields or labels that an error names
_REST = "(others)"


class Wish(Struct, kw_only=True, frozen=True):
    """What to compare, and where the report goes."""

    labels: Labels
    by: str | None
    format: str
    output: Path | None
    seed: int
    quiet: bool
    progress: bool


@click.command("calibrate", short_help="Compare scores with labels of your own.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="DUMP...")
@click.option(
    "--label-field", default="label", metavar="FIELD", help="The field of the label; meta.kind is one inside."
)
@click.option(
    "--unreliable",
    default=USUAL["unreliable"],
    metavar="LABELS",
    help=f"Which are of this side [{USUAL['unreliable']}].",
)
@click.option(
    "--reliable", default=USUAL["reliable"], metavar="LABELS", help=f"And of that side [{USUAL['reliable']}]."
)
@click.option("--by", metavar="FIELD", help="Also compare within each value of a field, such as the publisher.")
@click.option("--format", type=click.Choice(["console", "json"]), default="console", help="How to report [console].")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to a file.")
@click.option("--seed", type=int, default=0, metavar="S", help="Of what is drawn at random: halves, resamples [0].")
@click.option("--quiet", is_flag=True, help="The report and errors only: no notes, no progress.")
@click.option("--no-progress", is_flag=True, help="No progress line.")
@click.option("--stdin-filename", metavar="NAME", help="What standard input ('-') is called, and so how it is read.")
@configuration_flags
def command(paths: tuple[str, ...], **values: Any) -> None:
    """Lint labelled records and tell how scores and rules go with the labels: AUC, bands, thresholds, rules.

    Labels are compared in lower case; records with other labels are left out and counted. Nothing is changed, neither
    a record nor a configuration: what a threshold or a rule is worth to you is yours to decide.

    Exit code 0: there is a report; 2: wrong usage, an input that can't be read, a side without articles.
    """
    if not paths:
        raise click.UsageError("Nothing to compare: name dumps or directories, or '-' for standard input.")
    for name in ("fail_on", "unscored"):
        if values[name] is not None:
            raise click.UsageError(f"--{name.replace('_', '-')} sets an exit code of 'check': leave it out.")
    labels = Labels(values["label_field"], listed(values["reliable"]), listed(values["unreliable"]))
    for side in SIDES:
        if not getattr(labels, side):
            raise click.UsageError(f"--{side} names no label.")
    for label in sorted(labels.reliable & labels.unreliable):
        raise click.UsageError(f"--reliable and --unreliable both name {label!r}.")
    stdin_name = values.pop("stdin_filename")
    configurations = resolver(values)
    wish = Wish(
        labels=labels,
        by=values["by"],
        format=values["format"],
        output=values["output"],
        seed=values["seed"],
        quiet=values["quiet"],
        progress=not (values["no_progress"] or values["quiet"]),
    )
    sys.exit(_Calibrating(list(paths), configurations, wish, stdin_name)())


class _Calibrating:
    """One run: records in, a report and an exit code out."""

    def __init__(self, paths: list[str], configurations: Resolver, wish: Wish, stdin_name: str | None) -> None:
        self._wish, self._live = wish, "-" in paths
        self._tally, self._linters = Tally(), Linters()
        self._inputs = Inputs(paths, configurations, stdin_name=stdin_name, problem=self._problem, keep=True)
        self._config = self._inputs.config_of(paths[0])
        self._configs: dict[int, Config] = {}
        by = [wish.by] if wish.by and wish.by != "site" else []
        self._calibration = Calibration(by=[*by, "site"], seed=wish.seed)
        self._found: Counter[str | None] = Counter()
        self._others: Counter[str] = Counter()
        self._fields: list[str] = []
        self._without = self._records = 0
        self._odd: str | None = None  # the first input that holds no records

    def __call__(self) -> int:
        linter = self._linters.of(self._config)
        with opened(self._wish.output, self._wish.format == "json") as out:
            self._lint()
            say(self._tally.close(say_unscored=False))
            if self._tally.totals.problems and not self._records:
                return BROKEN  # it is said why
            self._check_sides()
            if self._odd and not self._wish.quiet:
                say([f"{self._odd}: holds no records, and so no labels"])
            told = self._told(linter.rulebook.digest)
            if self._wish.format == "json":
                write_json(out, told)
            else:
                write(Paper(out, wants_color("auto", out)), told)
        return BROKEN if self._tally.exit_code == BROKEN else 0

    def _told(self, rulebook: str) -> Told:
        labels, by = self._wish.labels, self._wish.by
        figures = self._calibration.figures(min_score=self._config.min_score, rules=self._rules())
        if by and by not in [grouping.by for grouping in figures.groupings]:
            say([f"warning: --by {by}: no record that has a score names one"])
        return Told(
            version=__version__,
            rulebook=rulebook,
            score_version=SCORE_VERSION,
            labels=Found(
                field=labels.field,
                reliable={label: self._found[label] for label in sorted(labels.reliable)},
                unreliable={label: self._found[label] for label in sorted(labels.unreliable)},
                left_out=dict(self._others.most_common()),
                without=self._without,
            ),
            unreadable=self._tally.summary.unreadable,
            figures=figures,
        )

    def _lint(self) -> None:
        progress = Progress(self._wish.progress)
        jobs = worker_count(self._config.jobs)
        try:
            with closing(lint(self._labelled(), self._linters, jobs, live=self._live)) as results:
                for linted in results:
                    self._add(linted)
                    progress.advance()
        finally:
            progress.stop()

    def _labelled(self) -> Iterator[tuple[Config, Article]]:
        """The articles of either side, and those that can't be read; the others are counted."""
        labels = self._wish.labels
        for config, article in self._inputs.articles():
            self._configs.setdefault(id(config), config)
            self._records += article.record is not None
            label = labels.of(article.raw) if article.error is None else None
            if article.error is not None or labels.side(label):
                yield config, article
                continue
            self._pass_over(article, label)
            verdict = Verdict(path=article.path, record=article.record)
            self._tally.add(Linted(config, article, Outcome(verdict, [])))  # one of those of which few may be bad

    def _pass_over(self, article: Article, label: str | None) -> None:
        if article.raw is None:
            self._odd = self._odd or article.path
            return
        self._fields = self._fields or fields_of(article.raw)
        if label is None:
            self._without += 1
        else:
            self._others[label if label in self._others or len(self._others) < _LABELS else _REST] += 1

    def _add(self, linted: Linted) -> None:
        article, verdict = linted.article, linted.outcome.verdict
        say(self._tally.add(linted))
        label = self._wish.labels.of(article.raw)
        side = self._wish.labels.side(label)
        if verdict.error is None and side:
            self._found[label] += 1
            by = self._wish.by
            groups = {"site": site_of(article)}
            if by and by != "site":
                groups[by] = as_label(value_of(article.raw, by))
            self._calibration.add(side, verdict, groups)

    def _rules(self) -> set[str]:
        """The rules that were in force for any input."""
        return {rule.id for config in self._configs.values() for rule in self._linters.of(config).rules}

    def _check_sides(self) -> None:
        """Raise ConfigError where there is nothing to compare."""
        labels, sides = self._wish.labels, self._calibration.sides
        articles = sum(figures.articles for figures in sides.values())
        if not articles and not self._others:
            if not self._without:
                none = f"{self._odd} holds no records" if self._odd else "no records"
                raise ConfigError(f"{none}: expected JSON lines, JSON, CSV or Parquet with a label in every record")
            raise ConfigError(
                f"no record has a label in the field '{labels.field}': --label-field says in which; "
                f"there are {_named(self._fields)}"
            )
        for side in SIDES:
            figures = sides[side]
            if not figures.articles:
                found = [f"{label} ({number:,})" for label, number in self._others.most_common()]
                found += [f"{sides[other].articles:,} of the {other} side" for other in SIDES if sides[other].articles]
                raise ConfigError(
                    f"no record is on the {side} side ({', '.join(sorted(getattr(labels, side)))}): "
                    f"'{labels.field}' holds {_named(found)}; say which are which with --reliable and --unreliable"
                )
            if not figures.scored:
                why = [f"{reason} ({number:,})" for reason, number in figures.abstained.items()]
                raise ConfigError(f"no article of the {side} side has a score: {_named(why)}")

    def _problem(self, problem: Problem) -> None:
        self._tally.fail("input")
        say([f"{problem.path}: {problem.message}"])


def _named(names: list[str]) -> str:
    more = [f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more])
