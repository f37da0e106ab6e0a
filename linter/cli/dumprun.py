"""One run of `check --annotate`: a dump in, the same with verdicts out, however often it is cut off."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from linter import __version__
from linter.annotating import Annotating, Outputs
from linter.cli.main import INTERRUPTED
from linter.cli.progress import Progress, duration
from linter.cli.run import Run, View
from linter.cli.stderr import say
from linter.cli.tally import Tally, Totals
from linter.cli.terminal import wants_color
from linter.config import Config, ConfigError
from linter.configfile import Resolver
from linter.journal import Identity, JournalError, inputs_of
from linter.model import Verdict
from linter.parallel import Linted, lint
from linter.parts import behind
from linter.readers import Source, reader_for
from linter.readers.inputs import reason
from linter.reports import dumpsummary
from linter.reports.paper import Paper, safe
from linter.scorecard import SCORE_VERSION
from linter.splitting import Threshold
from linter.writers import WriterError, kind_of


class DumpRun(Run):
    """A run over some paths. Raises ConfigError or RuleError where it can't begin."""

    def __init__(self, paths: list[str], resolver: Resolver, view: View, stdin_name: str | None) -> None:
        super().__init__(paths, resolver, view, stdin_name)
        assert view.annotate is not None
        self._outputs = Outputs(view.annotate, view.drop_to)
        self._sources = list(self._found())
        self._gates: dict[tuple[int, bool], tuple[Config, Config]] = {}
        if not self._sources and self._tally.totals.problems:
            raise ConfigError(f"nothing to annotate: {self._outputs.kept} is left as it is")
        if view.drop_to and not any(
            config.min_score is not None or config.unscored == "fail" for config, _ in self._sources
        ):
            raise ConfigError("--drop-to needs --min-score N, or --unscored fail: which records to drop")
        try:
            self._out = Annotating(
                self._outputs, self._identity(), schema=self._schema(), resume=view.resume, restart=view.restart
            )
        except (JournalError, WriterError) as error:
            raise ConfigError(str(error)) from None
        except OSError as error:
            raise ConfigError(self._unwritable(error)) from None
        totals = msgspec.convert(self._out.totals, Totals) if self._out.totals is not None else self._tally.totals
        self._tally = Tally(totals, in_full=True, may_fail=self._config.max_failing)

    def __call__(self) -> int:
        """Lint and write everything; returns the exit code."""
        if self._out.finished:
            say([f"{self._outputs.kept}: complete, nothing is left to do"])
            return self._tally.exit_code
        if self._out.done:
            say([f"going on behind {self._out.done:,} records"])
        progress = Progress(self._view.progress and not self._view.quiet, share=self._share)
        try:
            self._lint_all(progress)
            progress.stop()
            say(self._tally.close())
            self._out.finish(self._tally.totals)
        except KeyboardInterrupt:
            progress.stop()
            say([f"interrupted: {self._out.done:,} records are written, --resume goes on with them"])
            return INTERRUPTED
        except OSError as error:
            raise ConfigError(f"{self._unwritable(error)}; --resume goes on once that is mended") from None
        finally:
            progress.stop()
        details = self._tally.totals.details
        if not self._view.quiet and details is not None:
            paper = Paper(sys.stdout, wants_color(self._view.color, sys.stdout))
            dumpsummary.write(paper, self._tally.summary, details)
            say([f"{progress.count:,} records in {duration(progress.seconds)}, {progress.rate}"])
        self._tell_costs()
        return self._tally.exit_code

    def _lint_all(self, progress: Progress) -> None:
        with closing(self._results()) as results:
            for linted in results:
                verdict, gate = linted.outcome.verdict, self._gate(linted.config)
                self._policy.apply(verdict, linted.article, gate)
                self._announce(linted._replace(config=gate))
                rulebook = self._linters.of(linted.config).rulebook.digest
                dropped = self._outputs.dropped is not None and _falls_short(verdict, linted.config)
                if dropped:  # this fails the record, and not the run
                    self._policy.apply(verdict, linted.article, self._gate(linted.config, dropping=False))
                if self._out.add(linted.article, verdict, rulebook, dropped=dropped):
                    self._out.commit(self._tally.totals)
                progress.advance()

    def _results(self) -> Generator[Linted]:
        """What comes out for every article behind those that are done, in order."""
        jobs, done = self._jobs, self._out.done
        if self._view.sample is None:
            parts = self._inputs.parts(self._sources, here=jobs == 1 and not self._view.engine)
            return self._linted(behind(parts, done, self._inputs.begin))
        articles = islice(self._sampled(self._inputs.articles_of(self._sources)), done, None)
        return lint(articles, self._linters, jobs, live=self._live)

    def _found(self) -> Iterator[tuple[Config, Source]]:
        """The inputs without what earlier runs wrote among them. Raises ConfigError for an output that is an input."""
        own = {path.absolute() for path in self._outputs.paths}
        if len(own) < len(self._outputs.paths):
            raise ConfigError(f"--drop-to {self._outputs.dropped}: expected another file than that of --annotate")
        named = {Path(path).absolute() for path in self._paths}
        for path in own & named:
            raise ConfigError(f"{path}: an input can't be the output, too: give --annotate another name")
        parts = {path.with_name(f"{path.name}.parts") for path in own}
        for config, source in self._inputs.sources():
            file = source.file.absolute() if source.file else None
            if file not in own and (file is None or file.parent not in parts):
                yield config, source

    def _identity(self) -> Identity:
        configs = {id(config): config for config, _ in self._sources}
        told = [
            {**msgspec.to_builtins(config), "jobs": None, "origins": None, "root": None} for config in configs.values()
        ]
        told += [{"sample": self._view.sample, "seed": self._view.seed, "score": SCORE_VERSION}]
        linters = [self._linters.of(config) for config in configs.values()]
        told += [{"lines": linter.template_lines.digest} for linter in linters if linter.template_lines]
        told += [{"sources": linter.sources.digest} for linter in linters if linter.sources is not None]
        configuration = msgspec.json.encode(told, order="deterministic")
        books = sorted({linter.rulebook.digest for linter in linters})
        return Identity(
            newslint=__version__,
            rulebook=" ".join(books) or self._linter.rulebook.digest,
            configuration=blake2b(configuration, digest_size=16).hexdigest(),
            inputs=inputs_of(source for _, source in self._sources),
            outputs=[str(path) for path in self._outputs.paths],
        )

    def _schema(self) -> Any:
        """The columns of the inputs, where all are tables with the same ones; None otherwise."""
        if not self._sources or "parquet" not in map(kind_of, self._outputs.paths):
            return None
        files = [source.file for _, source in self._sources]
        if any(file is None or reader_for(file.name) != "parquet" for file in files):
            return None
        import pyarrow
        from pyarrow import parquet

        first = None
        for file in files:
            try:
                schema = parquet.read_schema(file)
            except (OSError, pyarrow.ArrowException):
                return None
            if first is not None and not schema.equals(first):
                return None
            first = schema
        return first

    def _share(self) -> float | None:
        """How much of the inputs is read; None where that can't be known."""
        size = self._out.identity.inputs.bytes
        return min(self._inputs.read / size, 1.0) if size and not self._live else None

    def _gate(self, config: Config, *, dropping: bool = True) -> Config:
        """With what sets an exit code where a dump is annotated: only what was asked for, and not also dropped."""
        if (id(config), dropping) not in self._gates:
            changes: dict[str, Any] = {}
            if config.origin("fail-on") == "default":
                changes["fail_on"] = "never"
            if self._outputs.dropped is not None and dropping:
                changes |= {"min_score": None, "unscored": "pass"}
            self._gates[id(config), dropping] = (config, msgspec.structs.replace(config, **changes))
        return self._gates[id(config), dropping][1]

    def _unwritable(self, error: OSError) -> str:
        name = error.filename or self._outputs.kept
        return f"{safe(str(name))}: can't be written: {reason(error)}"


def _falls_short(verdict: Verdict, config: Config) -> bool:
    """Is a record to be dropped? One without a score stays, unless that was said."""
    return Threshold(config.min_score or 0, config.unscored == "fail").drops(verdict.score)
