"""The linters that are compared: how each is configured, run and read.

Every one gets all the rules that it has, and the add-ons of package.json beside this file. `defect` is a word or two
that it certainly finds, where a probe is about something else than finding; it can stand inside a line.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

# Would change what a tool does or prints.
_UNSET = ("NO_COLOR", "FORCE_COLOR", "NEWSLINT_CACHE_DIR", "PYTEST_ADDOPTS", "GITHUB_ACTIONS", "CI", "TRAVIS")


class Done(NamedTuple):
    """A command as a person would type it, its exit code, and what it printed on both streams."""

    command: str
    code: int
    out: str
    err: str = ""

    @property
    def all(self) -> str:
        """Both streams."""
        return self.out + self.err


class Found(NamedTuple):
    """A finding: line and column from 1, as the tool counts; None where it gives no column."""

    line: int
    column: int | None
    says: str


Runner = Callable[[list[str], Path, str, dict[str, str]], Done]


class Box:
    """A folder to run a tool in."""

    def __init__(self, folder: Path, runner: Runner) -> None:
        self.folder, self._runner = folder, runner

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file of the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name: str) -> str:
        """A file of the folder; nothing where there is none."""
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def run(self, *command: str, stdin: str = "", **variables: str) -> Done:
        """Run a command there; the folder's own path is not told."""
        done = self._runner(list(command), self.folder, stdin, variables)
        return Done(self._told(done.command), done.code, self._told(done.out), self._told(done.err))

    def _told(self, text: str) -> str:
        return (
            text.replace(f"{self.folder.as_uri()}/", "").replace(f"{self.folder}/", "").replace(str(self.folder), ".")
        )


def process_runner(folders: list[Path]) -> Runner:
    """Runs commands as processes; `folders` come first in PATH."""

    def run(command: list[str], cwd: Path, stdin: str, variables: dict[str, str]) -> Done:
        environment = {key: value for key, value in os.environ.items() if key not in _UNSET and key[:4] != "GIT_"}
        path = os.pathsep.join([*map(str, folders), environment.get("PATH", os.defpath)])
        environment |= {"PATH": path, "COLUMNS": "100", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", **variables}
        environment |= {"npm_config_update_notifier": "false", "NO_UPDATE_NOTIFIER": "1"}
        done = subprocess.run(
            command, cwd=cwd, env=environment, input=stdin, capture_output=True, encoding="utf-8", timeout=300
        )
        return Done(shown(command), done.returncode, _plain(done.stdout), _plain(done.stderr))

    return run


def shown(command: list[str]) -> str:
    """A command as a person would type it."""
    return " ".join(f"'{word}'" if re.search(r"[\s*?;|&<>{}]", word) or not word else word for word in command)


def _plain(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*[A-Za-z]", "", text)


@contextmanager
def box(runner: Runner, modules: Path | None = None) -> Iterator[Box]:
    """A new box; `modules` are the node modules that tools in it see."""
    with tempfile.TemporaryDirectory(prefix="compare-") as name:
        folder = Path(name).resolve()
        if modules is not None:
            (folder / "node_modules").symlink_to(modules)
        yield Box(folder, runner)


class Tool:
    """One linter. `settings` are the files that switch on all it has, `helps` the commands that list its options."""

    name = ""
    package = ""
    addons: tuple[str, ...] = ()
    defect = ""
    in_dumps = ""  # the same for text in dumps, where that has to be another one
    settings: dict[str, str] = {}
    helps: tuple[tuple[str, ...], ...] = ()
    version_command: tuple[str, ...] = ()
    formats: dict[str, tuple[dict[str, str], tuple[str, ...], str]] = {}  # settings, flags, file; "-": standard output

    def prepare(self, box: Box, **settings: str) -> None:
        """Write its configuration."""
        for name, text in {**self.settings, **settings}.items():
            box.write(name, text)

    def lint(self, box: Box, *files: str) -> Done:
        """Lint files of the box, in the form that `findings` reads."""
        raise NotImplementedError

    def findings(self, box: Box, *files: str) -> dict[str, list[Found]]:
        """What it finds in files of the box, by their names."""
        found: dict[str, list[Found]] = {file: [] for file in files}
        for file, finding in self.read(box, self.lint(box, *files)):
            found.setdefault(file, []).append(finding)
        return found

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """The findings in what it printed."""
        raise NotImplementedError

    def version(self, box: Box) -> str:
        """Its version, as it says itself."""
        said = re.search(r"\d+\.\d+(\.\d+)*", box.run(*self.version_command).all)
        return said[0] if said else "unknown"

    def help(self, box: Box) -> list[Done]:
        """What it says about its options."""
        return [box.run(*command) for command in self.helps]


class Newslint(Tool):
    """newslint, as of this checkout."""

    name = package = "newslint"
    defect = "cafÃ©"
    in_dumps = "{{city_name}}"  # what reads feeds repairs the other one
    settings = {"newslint.toml": 'preset = "scraped"\npreview = true\n'}
    helps = (("newslint", "--help"), ("newslint", "check", "--help"))
    version_command = ("newslint", "--version")
    formats = {
        "json": ({}, ("--format", "json"), "-"),
        "sarif": ({}, ("--format", "sarif"), "-"),
        "junit": ({}, ("--format", "junit"), "-"),
        "github": ({}, ("--format", "github"), "-"),
        "gitlab": ({}, ("--format", "gitlab"), "-"),
        "html": ({}, ("--format", "html"), "-"),
    }

    def lint(self, box: Box, *files: str) -> Done:
        """With JSON lines, for positions."""
        return box.run("newslint", "check", *files, "--format", "jsonl")

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """Alarms only: what merely moves the score is left out."""
        for line in done.out.splitlines():
            verdict = json.loads(line)
            for finding in verdict["findings"]:
                if not finding["value"]:
                    says = f"{finding['rule']} {finding['message']}"
                    yield verdict["path"], Found(finding["line"], finding["column"], says)


class Textlint(Tool):
    """textlint with its rules for English that check wording."""

    name = package = "textlint"
    addons = ("write-good", "alex", "terminology", "common-misspellings", "stop-words", "prh", "filter-rule-comments")
    defect = "recieve"
    rules: dict[str, Any] = dict.fromkeys(
        ["write-good", "alex", "terminology", "common-misspellings", "stop-words"], True
    )
    settings = {".textlintrc.json": json.dumps({"rules": rules, "filters": {"comments": True}})}
    helps = (("textlint", "--help"),)
    version_command = ("textlint", "--version")
    formats = {
        "json": ({}, ("--format", "json"), "-"),
        "junit": ({}, ("--format", "junit"), "-"),
        "github": ({}, ("--format", "github"), "-"),
    }

    def lint(self, box: Box, *files: str) -> Done:
        """With JSON."""
        return box.run("textlint", "--format", "json", *files)

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """One object per file."""
        for result in json.loads(done.out or "[]"):
            for message in result["messages"]:
                says = f"{message['ruleId']}: {message['message']}"
                yield result["filePath"], Found(message["line"], message["column"], says)


class Proselint(Tool):
    """proselint with all its checks but the one that allows the commonest thousand words only."""

    name = package = "proselint"
    defect = "irregardless"
    settings = {"proselint.json": json.dumps({"max_errors": 100000})}
    helps = (("proselint", "--help"), ("proselint", "check", "--help"))
    version_command = ("proselint", "version")
    formats = {"json": ({}, ("--output-format", "json"), "-")}

    def lint(self, box: Box, *files: str) -> Done:
        """With JSON."""
        return box.run("proselint", "check", "--config", "proselint.json", "--output-format", "json", *files)

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """A list of diagnostics per file."""
        for file, result in json.loads(done.out)["result"].items():
            for found in result.get("diagnostics", []):
                yield file, Found(*found["pos"], f"{found['check_path']}: {found['message']}")


_MARKDOWN_RULES: dict[str, Any] = {"default": True, "MD013": False}


def _markdownlint(*formatters: str, **options: str) -> dict[str, str]:
    """A configuration with some formatters; the options are for the last of them."""
    listed = [[f"markdownlint-cli2-formatter-{name}", options if name == formatters[-1] else {}] for name in formatters]
    told = {"config": _MARKDOWN_RULES, "outputFormatters": listed, "noProgress": True, "noBanner": True}
    return {".markdownlint-cli2.jsonc": json.dumps(told)}


class Markdownlint(Tool):
    """markdownlint-cli2 with all rules but the length of lines, which in articles are paragraphs."""

    name = "markdownlint"
    package = "markdownlint-cli2"
    addons = (
        *("formatter-json", "formatter-sarif", "formatter-junit", "formatter-codequality", "formatter-template"),
        "rule-relative-links",
    )
    defect = "https://example.org/a"
    settings = _markdownlint("json")
    helps = (("markdownlint-cli2", "--help"),)
    version_command = ("markdownlint-cli2", "--help")
    formats = {
        "json": (_markdownlint("json"), (), "markdownlint-cli2-results.json"),
        "sarif": (_markdownlint("sarif"), (), "markdownlint-cli2-sarif.sarif"),
        "junit": (_markdownlint("junit"), (), "markdownlint-cli2-junit.xml"),
        "gitlab": (_markdownlint("codequality"), (), "markdownlint-cli2-codequality.json"),
        "github": (
            _markdownlint(
                "template",
                template="::error file=${fileName},line=${lineNumber}::${ruleName} ${ruleDescription}\n",
            ),
            (),
            "-",
        ),
    }

    def lint(self, box: Box, *files: str) -> Done:
        """With the formatter that writes JSON."""
        box.write("markdownlint-cli2-results.json", "[]")
        return box.run("markdownlint-cli2", *files)

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """A list in the file that the formatter writes."""
        for found in json.loads(box.read("markdownlint-cli2-results.json")):
            column = found["errorRange"][0] if found["errorRange"] else None
            says = f"{found['ruleNames'][0]} {found['ruleDescription']}"
            yield found["fileName"], Found(found["lineNumber"], column, says)


class WriteGood(Tool):
    """write-good, with the check that it leaves off."""

    name = package = "write-good"
    addons = ("schreib-gut",)
    defect = "clearly"
    helps = (("write-good", "--help"),)
    version_command = ("write-good", "--version")

    def lint(self, box: Box, *files: str) -> Done:
        """In the form that is meant for programs."""
        return box.run("write-good", "--parse", *files)

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """`file:line:column:reason`; columns count from 0."""
        for file, line, column, says in re.findall(r"^(.+?):(\d+):(\d+):(.*)$", done.out, re.MULTILINE):
            yield file, Found(int(line), int(column) + 1, says)


class Alex(Tool):
    """alex, with profanities that only may be meant."""

    name = package = "alex"
    addons = ("vfile-reporter-json",)
    defect = "mankind"
    settings = {".alexrc": json.dumps({"profanitySureness": 0, "noBinary": True})}
    helps = (("alex", "--help"),)
    version_command = ("alex", "--version")
    formats = {"json": ({}, ("--reporter=vfile-reporter-json",), "-")}

    def lint(self, box: Box, *files: str) -> Done:
        """With a reporter for JSON, which writes to stderr as all of them do."""
        return box.run("alex", "--reporter=vfile-reporter-json", *files)

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """A list of messages per file."""
        for file in json.loads(done.err or "[]"):
            for message in file["messages"]:
                yield file["path"], Found(message["line"], message["column"], message["reason"])


class Cspell(Tool):
    """CSpell with its usual dictionaries for English."""

    name = "CSpell"
    package = "cspell"
    addons = ("cspell-json-reporter", "dict-de-de")
    defect = "recieve"
    german = {"filename": "*.de.txt", "language": "de", "dictionaries": ["de-de"]}
    settings = {
        "cspell.json": json.dumps(
            {
                "version": "0.2",
                "language": "en",
                "import": ["@cspell/dict-de-de/cspell-ext.json"],
                "overrides": [german],
            }
        )
    }
    helps = (("cspell", "--help"), ("cspell", "lint", "--help"))
    version_command = ("cspell", "--version")
    formats = {"json": ({}, ("--reporter", "@cspell/cspell-json-reporter"), "-")}

    def lint(self, box: Box, *files: str) -> Done:
        """Its usual lines."""
        return box.run("cspell", "lint", "--no-progress", "--no-summary", *files)

    def read(self, box: Box, done: Done) -> Iterator[tuple[str, Found]]:
        """`file:line:column - Unknown word (…)`."""
        for file, line, column, says in re.findall(r"^(.+?):(\d+):(\d+) - (.*)$", done.out, re.MULTILINE):
            yield file, Found(int(line), int(column), says)


TOOLS: tuple[Tool, ...] = (Newslint(), Textlint(), Proselint(), Markdownlint(), WriteGood(), Alex(), Cspell())
