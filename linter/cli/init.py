"""`newslint init`: a configuration, a hook and a pipeline for a repository of articles."""

from __future__ import annotations

import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from msgspec import Struct

from linter import __version__
from linter.cli.inputs import Inputs
from linter.cli.progress import Progress
from linter.cli.tally import Tally
from linter.config import ConfigError
from linter.configfile import Resolver, shown
from linter.configvalues import decode
from linter.decision import failing, rejects
from linter.parallel import Linters, worker_count
from linter.parts import lint_parts
from linter.policy import Policy
from linter.readers.discover import Problem
from linter.readers.inputs import reason
from linter.reports import Summary
from linter.reports.paper import safe
from linter.reports.words import count
from linter.repository import hook, pipeline
from linter.repository.content import Content, content_of
from linter.repository.quoting import shell_words
from linter.repository.settings import BASELINE, added_to_pyproject, settings
from linter.repository.site import Site, site_of
from linter.repository.tree import Tree
from linter.textfile import TextFileError, replace_file

_RULES = 5  # that are named
_MANY = 500  # articles that are worth starting more processes for


@click.command("init", short_help="Set a repository up.")
@click.argument(
    "directory", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[DIR]"
)
@click.option("--pyproject", is_flag=True, help="Put the configuration into pyproject.toml, not into newslint.toml.")
@click.option("--baseline", is_flag=True, help="Write a baseline of what stands today: only other findings fail.")
@click.option("--no-hook", is_flag=True, help="No hook for pre-commit.")
@click.option("--no-ci", is_flag=True, help="No workflow for GitHub, and no word on GitLab.")
@click.option(
    "--install",
    metavar="SPEC",
    default=f"newslint=={__version__}",
    show_default=True,
    help="What CI installs with pip.",
)
@click.option("--dry-run", is_flag=True, help="Show everything, and write nothing.")
def command(
    directory: Path | None, pyproject: bool, baseline: bool, no_hook: bool, no_ci: bool, install: str, dry_run: bool
) -> None:
    """Set a repository of articles up: DIR, or the one around the working directory.

    Finds out what makes the site, its name and address, and where the articles lie. Writes a configuration, adds a hook
    to .pre-commit-config.yaml and a workflow for GitHub, lints everything once, and says what to do next. What is there
    already is left as it is.

    Exit code 0: done; 2: wrong usage, or something can't be read or written.
    """
    tree = Tree(directory or Path.cwd())
    if directory is None and tree.top is not None:
        tree = Tree(tree.top)
    if pyproject and not tree.has("pyproject.toml"):
        raise click.UsageError(f"--pyproject: there is no pyproject.toml in {shown(tree.folder)}.")
    sys.exit(_Init(tree, pyproject, baseline, not no_hook, not no_ci, install, dry_run)())


class _File(Struct, frozen=True):
    """A file to write: its whole content, and what of it is new."""

    path: Path
    text: str
    new: str


class _Init:
    def __init__(
        self, tree: Tree, pyproject: bool, baseline: bool, hook: bool, ci: bool, install: str, dry_run: bool
    ) -> None:
        self._tree, self._install, self._dry_run = tree, install, dry_run
        self._pyproject, self._baseline, self._hook, self._ci = pyproject, baseline, hook, ci
        self._site: Site = site_of(tree)
        self._content: Content = content_of(tree, self._site)
        self._top = tree.top or tree.folder
        self._settings: str | None = None  # the configuration that is written
        self._later: list[str] = []  # what is to be done by hand

    def __call__(self) -> int:
        self._say(self._found())
        files = [*self._configuration()]
        if self._hook:
            files += self._hooked()
        if self._ci:
            files += self._pipeline()
        for file in files:
            self._write(file)
        failing = self._lint() if self._content else 0
        self._conclude(files, failing)
        return 0

    # ---- what there is -----------------------------------------------------------------------------------------

    def _found(self) -> str:
        site, content = self._site, self._content
        where = ", ".join(f"{folder}/" if folder else "the whole repository" for folder in content.folders)
        articles = f"{count(content.articles, 'article')} in {where}" if content else "no articles found"
        maker = site.generator or "no site generator known"
        told = ", ".join(filter(None, (site.address, site.name)))
        lines = [f"{safe(str(self._tree.folder))}: {maker}; {safe(articles)}"]
        if told:
            lines.append(f"site: {safe(told)} (from {site.source})")
        if site.vague:
            lines.append(f"the name {safe(site.vague)!r} could stand anywhere, and is not taken for the site's")
        return "\n".join(lines)

    @property
    def _paths(self) -> list[str]:
        """The folders with articles, as seen from the working directory."""
        return [os.path.relpath(self._tree.folder / folder).replace(os.sep, "/") for folder in self._plain()]

    def _plain(self) -> list[str]:
        """The folders with articles; all of it where a name would be taken for something else in a pipeline."""
        folders = self._content.folders or ("",)
        return list(folders) if all(name.isprintable() and "${{" not in name for name in folders) else [""]

    def _from_top(self) -> list[str]:
        """The same as seen from the top of the working tree; "" is all of it."""
        return [f"{self._tree.prefix}{folder}".rstrip("/") for folder in self._plain()]

    # ---- what is written ---------------------------------------------------------------------------------------

    def _configuration(self) -> Iterator[_File]:
        folder = self._tree.folder
        own, shared = folder / "newslint.toml", folder / "pyproject.toml"
        there = own if own.exists() else shared if shared.is_file() and _has_table(shared) else None
        if there is not None:
            self._leave(there, "is there already")
            if self._baseline and f"{BASELINE}" not in self._text(there):
                self._later.append(f'put baseline = "{BASELINE}" into {safe(shown(there))}')
            return
        self._settings = settings(self._site, self._content, baseline=self._baseline and bool(self._content))
        if self._pyproject:
            text = self._text(shared)
            whole = added_to_pyproject(text, self._settings, shared)
            yield _File(shared, whole, whole[len(text) :])
        else:
            yield _File(own, self._settings, self._settings)

    def _hooked(self) -> Iterator[_File]:
        if self._tree.top is None:
            self._say("no git repository: no hook")
            return
        path = self._top / hook.FILE
        entry = hook.hook(self._from_top())
        text = self._text(path) if path.exists() else ""
        try:
            whole = hook.hooked(text, entry)
        except hook.HookError as error:
            self._leave(path, str(error))
            self._later.append(f"add to 'repos' in {safe(shown(path))}:\n{_indented(entry)}")
            return
        if whole is None:
            self._leave(path, "runs newslint already")
            return
        yield _File(path, whole, entry if text else whole)

    def _pipeline(self) -> Iterator[_File]:
        paths = [path or "." for path in self._from_top()]
        remotes = self._tree.remotes
        if (self._top / pipeline.GITLAB).exists() or "gitlab" in remotes:
            if "newslint" in self._text(self._top / pipeline.GITLAB):
                self._leave(self._top / pipeline.GITLAB, "runs newslint already")
            else:
                said = pipeline.job(paths, install=self._install)
                self._later.append(f"add to {pipeline.GITLAB}:\n{_indented(said)}")
        if not ((self._top / ".github").is_dir() or "github" in remotes):
            return
        for workflow in sorted((self._top / ".github" / "workflows").glob("*.y*ml")):
            if "newslint" in self._text(workflow):
                self._leave(workflow, "runs newslint already")
                return
        text = pipeline.workflow(paths, install=self._install, branch=self._tree.branch)
        yield _File(self._top / pipeline.WORKFLOW, text, text)

    def _text(self, path: Path) -> str:
        """A file as it is, for adding to it. Raises ConfigError."""
        try:
            return path.read_bytes().decode() if path.exists() else ""
        except OSError as error:
            raise ConfigError(f"{shown(path)}: {reason(error)}") from None
        except UnicodeDecodeError as error:
            raise ConfigError(f"{shown(path)}: not valid UTF-8 at byte {error.start}") from None

    def _write(self, file: _File) -> None:
        """Write a file, or show it. Raises ConfigError."""
        name, there = safe(shown(file.path)), file.path.exists()
        if self._dry_run:
            self._say(f"would {'add to' if there else 'write'} {name}:\n{_indented(file.new.strip(chr(10)))}")
            return
        try:
            if there:
                replace_file(file.path, file.text.encode())
            else:
                file.path.parent.mkdir(parents=True, exist_ok=True)
                with file.path.open("xb") as out:
                    out.write(file.text.encode())
        except OSError as error:
            raise ConfigError(f"{name}: can't be written: {reason(error)}") from None
        except TextFileError as error:
            raise ConfigError(f"{name}: {error}") from None
        self._say(f"{'added to' if there else 'wrote'} {name}")

    def _leave(self, path: Path, why: str) -> None:
        self._say(f"left {safe(shown(path))} as it is: {why}")

    # ---- what stands there today -------------------------------------------------------------------------------

    def _resolver(self) -> Resolver:
        """The configurations in force; those that a dry run would write are in its flags."""
        if not self._dry_run or self._settings is None:
            return Resolver()
        values = decode(tomllib.loads(self._settings), "newslint.toml", self._tree.folder)
        # Globs of flags are relative to the working directory.
        taken = {"site", "preset", *(["exclude"] if self._tree.folder == Path.cwd().resolve() else [])}
        return Resolver(isolated=True, flags=[(name, "newslint.toml", values[name]) for name in taken & values.keys()])

    def _lint(self) -> int:
        """Lint the articles, say what was found, write the baseline if there is to be one; how many articles fail?"""
        known = self._tree.folder / BASELINE
        taken = self._baseline and not self._dry_run and not known.exists()
        if self._baseline and known.exists():
            self._leave(known, "is there already")
        linters = Linters()
        policy = Policy(lambda config: linters.of(config).rules, update=taken)
        resolver = self._resolver() if not taken else Resolver(flags=[("baseline", "--baseline", str(known))])
        inputs = Inputs(self._paths, resolver, problem=self._problem)
        tally, rules, progress = Tally(), Counter[str](), Progress(True)
        jobs = worker_count("auto") if self._content.articles >= _MANY else 1
        parts = inputs.parts(here=jobs == 1)
        with closing(lint_parts(parts, linters, jobs, inputs.begin)) as results:
            for linted in results:
                verdict = linted.outcome.verdict
                policy.apply(verdict, linted.article, linted.config)
                if rejects(verdict):
                    rules.update({f"{one.rule} {one.name}" for one in failing(verdict, linted.config)})
                for line in tally.add(linted):
                    click.echo(safe(line), err=True)
                progress.advance()
        progress.stop()
        self._say(_numbers(tally.summary, rules))
        if taken:
            self._say("\n".join(f"wrote {line}" for line in policy.close(whole=True)))
        return tally.totals.rejected

    def _problem(self, problem: Problem) -> None:
        click.echo(safe(f"{problem.path}: {problem.message}"), err=True)

    # ---- what to do next ---------------------------------------------------------------------------------------

    def _conclude(self, files: list[_File], failing: int) -> None:
        check = f"newslint check {shell_words(self._paths)}"
        steps = [check]
        if failing:
            steps.append(f"{check} --baseline {shell_words([shown(self._tree.folder / BASELINE)])} --update-baseline")
        if self._tree.top is not None and self._hook:
            steps.append("pre-commit install")
        if files and self._tree.top is not None:
            known = [self._tree.folder / BASELINE] if self._baseline else []
            steps.append(f"git add {shell_words(shown(path) for path in (*(file.path for file in files), *known))}")
        self._say("next:\n" + _indented("\n".join(steps)))
        if failing:
            fail = "fails" if failing == 1 else "fail"
            self._say(
                f"{count(failing, 'article')} {fail}: mend them, or have all that known by the second command and\n"
                f'baseline = "{BASELINE}" in the configuration, which `newslint init --baseline` does at once'
            )
        for what in self._later:
            self._say(f"by hand: {what}")

    def _say(self, text: str) -> None:
        click.echo(text)


def _numbers(summary: Summary, rules: Counter[str]) -> str:
    """ "300 articles: 3 fail (HDR005 spam-slug-line in 2, …), 12 with warnings"."""
    decisions = summary.decisions
    worst = sorted(rules.items(), key=lambda counted: (-counted[1], counted[0]))[:_RULES]
    named = ", ".join(f"{rule} in {number:,}" for rule, number in worst)
    parts = [f"{decisions['fail']:,} fail{'s' * (decisions['fail'] == 1)}{f' ({named})' if named else ''}"]
    parts.append(f"{decisions['warn']:,} with warnings")
    if summary.known:
        parts.append(f"{count(summary.known, 'finding')} known")
    return f"{count(summary.articles, 'article')}: {', '.join(parts)}"


def _has_table(pyproject: Path) -> bool:
    """Has a pyproject.toml a [tool.newslint] table? Raises ConfigError where it is broken."""
    try:
        data = tomllib.loads(pyproject.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{shown(pyproject)}: {reason(error)}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{shown(pyproject)}: not valid TOML: {error}") from None
    return "newslint" in data.get("tool", {})


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.rstrip("\n").split("\n"))
