"""One run of `fix`: articles in, fixed files or a new dump out."""

from __future__ import annotations

import io
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from linter.cli.fixwords import NEEDS_OUTPUT, FixTotals, told
from linter.cli.inputs import Inputs
from linter.cli.main import BROKEN, INTERRUPTED
from linter.cli.progress import Progress
from linter.cli.savediff import SavedDiff
from linter.cli.stderr import say
from linter.cli.tally import Tally
from linter.config import Config, ConfigError
from linter.configfile import Resolver
from linter.fixing import Fixed, Fixer
from linter.fixing.records import Records, open_records
from linter.model import Article
from linter.parallel import Linted, Linters, lint, worker_count
from linter.readers import Source
from linter.readers.discover import Problem
from linter.readers.inputs import reason
from linter.reports.paper import safe
from linter.textfile import TextFile, TextFileError, replace_file
from linter.writers import WriterError


class FixView(Struct, kw_only=True, frozen=True):
    """What to write, and where."""

    diff: bool = False
    unsafe: bool = False
    save_diff: Path | None = None
    output: Path | None = None
    quiet: bool = False
    progress: bool = True
    stdin_name: str | None = None


class FixRun:
    """A run over some paths. Raises ConfigError or RuleError where it can't begin."""

    def __init__(self, paths: list[str], resolver: Resolver, view: FixView) -> None:
        self._view = view
        self._linters = Linters()
        self._tally = Tally()
        self._totals = FixTotals(would=view.diff)
        self._live = "-" in paths
        self._stdin = b""
        if self._live and view.output is None:  # what isn't changed is written as it came
            self._stdin = sys.stdin.buffer.read()
            sys.stdin = io.TextIOWrapper(io.BytesIO(self._stdin))
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        self._out = sys.stderr if self._live or view.diff else sys.stdout  # where else the text and the diff go
        self._inputs = Inputs(paths, resolver, stdin_name=view.stdin_name, problem=self._problem, keep=True)
        self._jobs = worker_count(self._inputs.config_of(paths[0]).jobs)
        self._sources = self._inputs.sources()
        self._waiting: deque[Source] = deque()  # of the articles that are being linted
        self._fixers: dict[tuple[int, bool], Fixer] = {}
        self._fixed_files: set[str] = set()
        self._noted: set[str] = set()
        self._failed = False
        self._source: Source | None = None  # that the last record was from
        self._records = self._opened(paths, view.output) if view.output is not None else None
        self._saved = SavedDiff(view.save_diff) if view.save_diff is not None else None

    def __call__(self) -> int:
        """Fix everything; returns the exit code."""
        progress = Progress(self._view.progress and not self._view.quiet)
        interrupted = False
        try:
            with closing(lint(self._articles(), self._linters, self._jobs, live=self._live)) as results:
                for linted in results:
                    self._fix(linted, self._waiting.popleft())
                    progress.advance()
            if self._records is not None:
                self._records.finish()
                self._records = None
        except KeyboardInterrupt:
            interrupted = True
        except BrokenPipeError:
            raise
        except OSError as error:
            raise ConfigError(f"{error.filename or self._view.output}: can't be written: {reason(error)}") from None
        finally:
            progress.stop()
            if self._saved is not None:
                self._saved.close()
            if self._records is not None:
                self._records.discard()
        say(self._tally.close(say_unscored=False))
        if not self._view.quiet:
            self._conclude(interrupted)
        if interrupted:
            return INTERRUPTED
        if self._failed or self._tally.totals.problems:
            return BROKEN
        return int(self._view.diff and self._totals.changed > 0)

    def _opened(self, paths: Sequence[str], output: Path) -> Records:
        """The new file of records. Raises ConfigError for one that can't be written, or is an input."""
        own = {os.path.realpath(path) for path in (output, output.with_name(f"{output.name}.part"))}
        if not own.isdisjoint(map(os.path.realpath, paths)):
            raise ConfigError(f"{output}: an input can't be the output, too: give --output another name")
        found = [one for one in self._sources if one[1].file is None or os.path.realpath(one[1].file) not in own]
        self._sources = iter(found)
        if not found and self._tally.totals.problems:
            raise ConfigError(f"nothing to fix: {output} is left as it is")
        try:
            return open_records(output, [source for _, source in found])
        except WriterError as error:
            raise ConfigError(str(error)) from None
        except OSError as error:
            raise ConfigError(f"{output}: can't be written: {reason(error)}") from None

    def _articles(self) -> Iterator[tuple[Config, Article]]:
        """Every article; a dump that has no place to be written to is refused at its first record."""
        for config, source in self._sources:
            for own, article in self._inputs.articles_of([(config, source)]):
                if self._records is None and (article.record is not None or article.raw is not None):
                    self._problem(Problem(article.path, NEEDS_OUTPUT))
                    break
                self._waiting.append(source)
                yield own, article

    def _fix(self, linted: Linted, source: Source) -> None:
        """Fix one article, and write it."""
        config, article, verdict = linted.config, linted.article, linted.outcome.verdict
        say(self._tally.add(linted))
        if article.note and article.path not in self._noted and not self._view.quiet:
            self._noted.add(article.path)
            say([f"{article.path}: {article.note}"])
        fixed = self._fixer(config).fix(article, verdict)
        if self._records is not None:
            self._write_record(self._records, article, fixed, source, config)
        elif fixed.error is None:
            self._write_file(article, fixed, source)

    def _fixer(self, config: Config) -> Fixer:
        linter, main = self._linters.of(config), config.html_scope == "main"
        if (id(linter), main) not in self._fixers:
            self._fixers[id(linter), main] = Fixer(linter, unsafe=self._view.unsafe, main=main)
        return self._fixers[id(linter), main]

    def _write_record(self, records: Records, article: Article, fixed: Fixed, source: Source, config: Config) -> None:
        """Write a record, or the record that a page or a text becomes. Raises OSError."""
        if source is not self._source:
            records.begin(source)
            self._source = source
        records.add(article, fixed.source if fixed.edits else None, config.field)
        if fixed.error is None:
            self._totals.add(fixed)

    def _write_file(self, article: Article, fixed: Fixed, source: Source) -> None:
        """Write a file that is an article, or what would become of it; each file once, by whatever name."""
        if source.file is not None:
            path = os.path.realpath(source.file)
            if path in self._fixed_files:
                return
            self._fixed_files.add(path)
        try:
            if fixed.edits or source.file is None:
                data = source.file.read_bytes() if source.file is not None else self._stdin
                self._write_changed(TextFile.of(data, article), fixed, source)
        except BrokenPipeError:
            raise
        except (TextFileError, OSError) as error:
            self._failed = True
            say([f"{article.path}: {reason(error) if isinstance(error, OSError) else error}"])
            return
        self._totals.add(fixed)
        if (line := told(fixed, would=self._view.diff)) and not self._view.quiet:
            print(safe(f"{article.path}: {line}"), file=self._out)

    def _write_changed(self, text: TextFile, fixed: Fixed, source: Source) -> None:
        """Write a file, its diff, or to stdout. Raises TextFileError, OSError."""
        data = text.encoded(fixed.source)
        if self._view.diff:
            if fixed.edits:
                _to_stdout(text.diff(self._name(source), fixed.edits))
        elif source.file is None:
            _to_stdout(data)
        elif self._saved is not None:
            with self._saved.kept(text.diff(self._name(source), fixed.edits)):
                replace_file(source.file, data)
        else:
            replace_file(source.file, data)

    def _name(self, source: Source) -> bytes:
        """The name of a file in a diff: from here, or from the root where it doesn't lie below."""
        if source.file is None:
            return os.fsencode(self._view.stdin_name or "-").lstrip(b"/")
        path = os.path.realpath(source.file)
        name = os.path.relpath(path)
        inside = name != os.pardir and not name.startswith(os.pardir + os.sep)
        return os.fsencode(name if inside else path).replace(os.fsencode(os.sep), b"/").lstrip(b"/")

    def _conclude(self, interrupted: bool) -> None:
        if interrupted and self._view.output is not None:
            say([f"interrupted: {self._view.output} is not written"])
        elif self._totals.articles or not (self._failed or self._tally.totals.problems):
            what = "records" if self._view.output is not None else "files"
            print(self._totals.summary(what), file=self._out)

    def _problem(self, problem: Problem) -> None:
        self._tally.fail("input")
        say([f"{problem.path}: {problem.message}"])


def _to_stdout(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
