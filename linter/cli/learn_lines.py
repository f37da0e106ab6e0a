"""`newslint learn-lines`: which lines repeat across the records of a dump, as a lexicon for `check --lines`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from linter.cli.flags import field_keys, share_of
from linter.cli.inputs import Inputs
from linter.cli.main import BROKEN
from linter.cli.progress import Progress
from linter.cli.stderr import say
from linter.cli.tally import Tally
from linter.config import Config, ConfigError
from linter.configfile import Resolver
from linter.corpus.learn import LEAST, SHARE, Learned, Learner, as_lexicon
from linter.corpus.sites import By
from linter.engine import Outcome
from linter.model import Article, Verdict
from linter.parallel import Linted
from linter.readers.discover import Problem
from linter.readers.inputs import reason
from linter.reports.paper import safe
from linter.reports.words import count

_KEYS = {"site": "an address or a publisher", "publisher": "a publisher"}


class Wish(Struct, kw_only=True, frozen=True):
    """What to learn, and where it goes."""

    by: By
    least: int
    share: float
    output: Path | None
    quiet: bool
    progress: bool


@click.command("learn-lines", short_help="Learn the lines that a site's template repeats, from a dump.")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="DUMP...")
@click.option(
    "--by",
    type=click.Choice(["site", "publisher", "none"]),
    default="site",
    help="What is counted together: records of a site (host, or else publisher), of a publisher, or all [site].",
)
@click.option("--least", type=click.IntRange(2), default=LEAST, help=f"Records that a line must stand in [{LEAST}].")
@click.option("--share", metavar="SHARE", callback=share_of, help="And of its site's records this share [2%].")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the lines to a file.")
@click.option("--quiet", is_flag=True, help="Errors only: no summary, no notes, no progress.")
@click.option("--no-progress", is_flag=True, help="No progress line.")
@click.option("--stdin-filename", metavar="NAME", help="What standard input ('-') is called, and so how it is read.")
@click.option(
    "--max-bad-records", metavar="SHARE", callback=share_of, help="Exit 2 if more of a dump can't be read [1%]."
)
@click.option("--field", multiple=True, metavar="NAME=KEY", help="Which key of a dump holds the text, url, …")
@click.option("--config", "file", type=click.Path(path_type=Path), help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Ignore every configuration file.")
def command(paths: tuple[str, ...], **values: Any) -> None:
    """Write the lines that stand in many records of a site: share bars, sign-up lines, disclaimers.

    Numbers, case and typography make no difference; a copy of a record does not count. 'newslint check --lines FILE'
    flags such lines (XDC004). One pass over the dumps, so that '-' may be one of them.
    """
    if not paths:
        raise click.UsageError("Nothing to learn from: name dumps or directories, or '-' for standard input.")
    if values["file"] and values["isolated"]:
        raise click.UsageError("--config and --isolated exclude each other.")
    flags: list[tuple[str, str, Any]] = []
    if values["field"]:
        flags.append(("field", "--field", field_keys(values["field"])))
    if values["max_bad_records"] is not None:
        flags.append(("max_bad_records", "--max-bad-records", values["max_bad_records"]))
    resolver = Resolver(file=values["file"], isolated=values["isolated"], flags=flags)
    wish = Wish(
        by=values["by"],
        least=values["least"],
        share=SHARE if values["share"] is None else values["share"],
        output=values["output"],
        quiet=values["quiet"],
        progress=not (values["no_progress"] or values["quiet"]),
    )
    sys.exit(_Learning(list(paths), resolver, wish, values["stdin_filename"])())


class _Learning:
    """One run: records in, a lexicon and an exit code out."""

    def __init__(self, paths: list[str], resolver: Resolver, wish: Wish, stdin_name: str | None) -> None:
        self._paths, self._wish = paths, wish
        self._tally = Tally()
        self._learner = Learner(by=wish.by, least=wish.least, share=wish.share)
        self._inputs = Inputs(paths, resolver, stdin_name=stdin_name, problem=self._problem)
        if wish.output:
            _check_place(wish.output)  # what can't be written is said before hours of reading

    def __call__(self) -> int:
        progress = Progress(self._wish.progress)
        try:
            for config, article in self._inputs.articles():
                self._one(config, article)
                progress.advance()
        finally:
            progress.stop()
        say(self._tally.close(say_unscored=False))
        learner = self._learner
        if learner.siteless and not learner.records:
            raise ConfigError(f"no record names {_KEYS[self._wish.by]}: --by none takes all for one site")
        with _on_disk():
            lines = learner.learned()
        self._write(lines)
        return BROKEN if self._tally.exit_code == BROKEN else 0

    def _one(self, config: Config, article: Article) -> None:
        verdict = Verdict(
            path=article.path, record=article.record, source_line=article.source_line, error=article.error
        )
        say(self._tally.add(Linted(config, article, Outcome(verdict, []))))
        if article.error is None:
            with _on_disk():
                self._learner.add(article)

    def _write(self, lines: list[Learned]) -> None:
        text = "".join(as_lexicon(lines, self._header()))
        if self._wish.output:
            try:
                self._wish.output.write_text(text, "utf-8", newline="\n")
            except OSError as error:
                raise _no_output(self._wish.output, error) from None
        else:
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()
        if not self._wish.quiet:
            learner = self._learner
            sites = count(len({line.site for line in lines}), "site")
            say([f"{count(len(lines), 'line')} of {sites} learned from {count(learner.records.total(), 'record')}"])
            if learner.siteless:
                say([f"left out: {count(learner.siteless, 'record')} without {_KEYS[self._wish.by]}"])

    def _header(self) -> list[str]:
        """What the lines were learned from, and how; the same for the same input."""
        wish, learner = self._wish, self._learner
        without = f", {learner.siteless:,} without {_KEYS[wish.by]}" if learner.siteless else ""
        return [
            "Lines of templates, learned by newslint learn-lines for newslint check --lines.",
            f"From: {safe(', '.join(self._paths))}",
            f"By: {wish.by}. Records: {learner.records.total():,} of {count(len(learner.records), 'site')}; "
            f"left out: {learner.copies:,} copies{without}",
            f"A line stands in {wish.least} and in {100 * wish.share:.4g} % of its site's records at least; "
            "behind the tab: in how many of how many.",
            "Case, typography and the marks around a line make no difference; 0 is any number.",
        ]

    def _problem(self, problem: Problem) -> None:
        self._tally.fail("input")
        say([f"{problem.path}: {problem.message}"])


@contextmanager
def _on_disk() -> Iterator[None]:
    """What does not fit into memory goes to disk; a disk that is full is no defect."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"temporary files can't be written: {reason(error)}") from None


def _check_place(output: Path) -> None:
    """Raise ConfigError where a file can't be written."""
    new = not output.exists()
    try:
        with output.open("ab"):
            pass
        if new:
            output.unlink()
    except OSError as error:
        raise _no_output(output, error) from None


def _no_output(output: Path, error: OSError) -> ConfigError:
    return ConfigError(f"--output {output}: {reason(error)}")
