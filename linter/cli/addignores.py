"""`newslint check --add-ignores`: suppressions for what would fail today, so that it passes from now on."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from linter.cli.flags import resolver
from linter.cli.inputs import Inputs
from linter.cli.progress import Progress
from linter.cli.stderr import say
from linter.cli.tally import Tally
from linter.config import Config, ConfigError
from linter.configfile import Resolver, shown
from linter.decision import failing, rejects
from linter.edits import Edit
from linter.engine import Outcome
from linter.ignoring.comments import Commented, commented
from linter.ignoring.standing import CannotIgnoreError
from linter.ignoring.tables import Tabled, table_for, tabled
from linter.ignoring.tomltext import with_tables
from linter.model import Article, Verdict
from linter.parallel import Linted, Linters, lint, worker_count
from linter.policy import Policy
from linter.readers import ReadOptions
from linter.readers.discover import Problem
from linter.readers.inputs import reason
from linter.reports.paper import safe
from linter.reports.words import count, place
from linter.textfile import TextFile, TextFileError, replace_file
from linter.unifieddiff import headed, unified_diff

_TOGETHER = 500  # articles whose tables are tried out together
_LISTED = 20  # of a kind of complaint
_REPORTS = ("format", "output", "statistics", "show", "annotate", "drop_to", "resume", "restart", "sample")
_OTHERS = ("new_only", "update_baseline", "force", "show_score", "explain_score")


class _Change(Struct, frozen=True):
    """A file that is to be written: its name, what is changed in it, and how many suppressions name each rule."""

    file: Path
    name: str
    text: TextFile
    edits: list[Edit]
    data: bytes
    rules: Counter[str]
    articles: int = 0  # of tables


class AddIgnores:
    """Lints, and writes the suppressions. Raises ConfigError or RuleError where it can't begin.

    `file` is the configuration file that was named, if any; with `isolated` there is none that tables could go into.
    """

    def __init__(
        self,
        paths: list[str],
        configurations: Resolver,
        *,
        file: Path | None = None,
        isolated: bool = False,
        diff: bool = False,
        quiet: bool = False,
        progress: bool = True,
        diff_base: str | None = None,
        stdin_name: str | None = None,
    ) -> None:
        self._diff, self._quiet, self._isolated = diff, quiet, isolated
        self._named_file = file
        self._progress = Progress(progress and not quiet)
        self._live = "-" in paths
        self._linters = Linters()
        self._policy = Policy(lambda config: self._linters.of(config).rules, diff_base=diff_base)
        self._inputs = Inputs(paths, configurations, stdin_name=stdin_name, problem=self._problem)
        self._config = self._inputs.config_of(paths[0])
        self._policy.prepare(paths[0], self._config)
        self._tally = Tally(may_fail=self._config.max_failing)
        self._files: dict[str, Path | None] = {}
        self._changes: list[_Change] = []
        self._waiting: list[Tabled] = []
        self._tables: dict[Path, dict[tuple[str | None, ...], Tabled]] = {}
        self._complaints: Counter[str] = Counter()

    @classmethod
    def of(cls, paths: list[str], values: dict[str, Any]) -> AddIgnores:
        """As the parameters of `check` ask for it. Raises click.UsageError for those that make no sense beside it."""
        for name in (*_REPORTS, *_OTHERS):
            if values[name] and not (name == "format" and values[name] == "console"):
                flag = name.replace("_", "-")
                raise click.UsageError(f"--add-ignores writes suppressions, and no report: leave --{flag} out.")
        file, isolated = values["config_file"], values["isolated"]
        return cls(
            paths,
            resolver(values),
            file=file,
            isolated=isolated,
            diff=values["diff"],
            quiet=values["quiet"],
            progress=not values["no_progress"],
            diff_base=values["diff_base"],
            stdin_name=values["stdin_filename"],
        )

    def __call__(self) -> int:
        """Do it; returns the exit code that the check has from now on; with `diff` 1 if something is to be done."""
        jobs = worker_count(self._config.jobs)
        with closing(lint(self._articles(), self._linters, jobs, live=self._live)) as results:
            for linted in results:
                self._take(linted)
                self._progress.advance()
        self._try_tables()
        self._progress.stop()
        self._changes += [self._configured(file, tables) for file, tables in self._tables.items()]
        written = [change for change in self._changes if self._write(change)]
        self._conclude(written)
        return max(self._tally.exit_code, int(self._diff and bool(written)))

    def _articles(self) -> Iterator[tuple[Config, Article]]:
        for config, source in self._inputs.sources():
            self._files[source.path] = source.file
            yield from self._inputs.articles_of([(config, source)])

    def _take(self, linted: Linted) -> None:
        """Silence what is raised in one article, or put it among those that need a table."""
        config, article, verdict = linted.config, linted.article, linted.outcome.verdict
        self._policy.apply(verdict, article, config)
        if verdict.error is not None or not failing(verdict, config):
            self._count(config, article, verdict)
            return
        try:
            if article.profile == "text" or article.record is not None:
                self._waiting.append(Tabled(config, article, verdict, table_for(article, self._root(config, article))))
                if len(self._waiting) >= _TOGETHER:
                    self._try_tables()
                return
            made = self._comment(config, article, verdict)
        except (TextFileError, CannotIgnoreError) as error:
            self._complain(f"{place(verdict)}: {error}" if article.record is None else f"{safe(article.path)}: {error}")
            self._count(config, article, verdict)
            return
        self._count(config, article, verdict, made.verdict)

    def _comment(self, config: Config, article: Article, verdict: Verdict) -> Commented:
        file = self._files.get(article.path)
        if file is None:
            raise CannotIgnoreError("comes from standard input, where no comment can be written")
        try:
            data = file.read_bytes()
        except OSError as error:
            raise TextFileError(reason(error)) from None
        options = ReadOptions(field=config.field, html_scope=config.html_scope)
        made = commented(data, article, verdict, config, self._linters.of(config), options)
        self._changes.append(_Change(file, safe(article.path), made.file, made.edits, made.data, made.rules))
        return made

    def _root(self, config: Config, article: Article) -> str | None:
        """The directory of the configuration file that is in force for an article, or of a new one."""
        if self._isolated:
            return None
        if config.root:
            return config.root
        here = Path.cwd()
        file = self._files.get(article.path)
        return str(here) if file is None or file.resolve().is_relative_to(here.resolve()) else None

    def _file(self, root: str) -> Path:
        if self._named_file is not None:
            return self._named_file
        own, shared = Path(root, "newslint.toml"), Path(root, "pyproject.toml")
        return own if own.is_file() or not shared.is_file() else shared

    def _try_tables(self) -> None:
        waiting, self._waiting = self._waiting, []
        tabled(waiting, self._linters.of)
        for one in waiting:
            file = self._file(self._root(one.config, one.article) or "")
            key = (one.table.id, one.table.url, one.table.path)
            known = self._tables.setdefault(file, {}).setdefault(key, one)
            known.rules |= one.rules
            if one.after is None or failing(one.after, one.config):
                self._complain(f"{place(one.verdict)}: can't be silenced")
            self._count(one.config, one.article, one.verdict, one.after)

    def _configured(self, file: Path, tables: dict[tuple[str | None, ...], Tabled]) -> _Change:
        try:
            text = file.read_bytes().decode() if file.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            why = reason(error) if isinstance(error, OSError) else "not valid UTF-8"
            raise ConfigError(f"{shown(file)}: {why}") from None
        whole = with_tables(text, [replace(one.table, rules=list(one.rules)) for one in tables.values()], file)
        edits = [Edit(len(text), len(text), whole[len(text) :])]
        rules = Counter(rule for one in tables.values() for rule in one.rules)
        name = safe(shown(file.absolute()))
        return _Change(file, name, TextFile(text, "utf-8", b""), edits, whole.encode(), rules, len(tables))

    def _write(self, change: _Change) -> bool:
        """Write a file, or show what would be written; False, with a complaint, where that can't be done."""
        if self._diff:
            sys.stdout.buffer.write(_diff(change))
            return True
        try:
            if change.file.exists():
                replace_file(change.file, change.data)
            else:
                change.file.write_bytes(change.data)
        except (TextFileError, OSError) as error:
            why = f"can't be written: {reason(error)}" if isinstance(error, OSError) else str(error)
            self._tally.fail("input")
            say([f"{change.name}: {why}"])
            return False
        return True

    def _conclude(self, written: list[_Change]) -> None:
        if not self._quiet:
            out = sys.stderr if self._diff else sys.stdout
            for change in written:
                print(_told(change), file=out)
            number = sum(change.rules.total() for change in written)
            files = count(len(written), "file")
            done = "would be written" if self._diff else "written"
            print(f"{count(number, 'suppression')} in {files} {done}" if written else "nothing to suppress", file=out)
        for kind, number in self._complaints.items():
            more = f" ({number:,} articles)" if number > 1 else ""
            say([f"{kind}{more}"])
        say(self._tally.close(say_unscored=False))

    def _count(self, config: Config, article: Article, verdict: Verdict, after: Verdict | None = None) -> None:
        """Count an article as the next check will see it."""
        if after is not None and not failing(after, config):
            silent = {id(finding) for finding in failing(verdict, config)}
            left = [finding for finding in verdict.findings if id(finding) not in silent]
            verdict = replace(verdict, findings=left, score=after.score)
            self._policy.apply(verdict, article, config)
            if rejects(verdict):
                self._complain(f"{place(verdict)}: fails all the same: {verdict.because}")
        elif rejects(verdict) and not failing(verdict, config):
            self._complain(f"{place(verdict)}: fails all the same: {verdict.because}")
        say(self._tally.add(Linted(config, article, Outcome(verdict, []))))

    def _complain(self, what: str) -> None:
        if what in self._complaints or len(self._complaints) < _LISTED:
            self._complaints[what] += 1
        else:
            self._complaints["and others"] += 1

    def _problem(self, problem: Problem) -> None:
        self._tally.fail("input")
        say([f"{problem.path}: {problem.message}"])


def _diff(change: _Change) -> bytes:
    """What is changed, as a unified diff, relative to the working directory."""
    name = os.fsencode(os.path.relpath(change.file)).replace(os.fsencode(os.sep), b"/")
    hunks = change.text.piece(unified_diff(change.text.source, change.edits))
    return headed(name, hunks, is_new=not change.file.exists())


def _told(change: _Change) -> str:
    """ "a.md: 3 suppressions (HDR005 2, INJ001 1)"."""
    rules = ", ".join(f"{rule} {number}" for rule, number in sorted(change.rules.items(), key=lambda r: (-r[1], r[0])))
    articles = f" for {count(change.articles, 'article')}" if change.articles else ""
    return f"{change.name}: {count(change.rules.total(), 'suppression')}{articles} ({rules})"
