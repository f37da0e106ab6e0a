"""Completion in real shells: what they offer, and what they make of a line."""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from linter.cli.completion import SCRIPTS
from linter.cli.main import main
from linter.cli.values import named_rules
from linter.lexicon import BUILTIN
from linter.rulebook import load_book

from .conftest import Newslint

pty = pytest.importorskip("pty", reason="a terminal is needed")


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(shell), reason=f"{shell} is not installed")


@pytest.fixture
def here(project: Path, caches: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with some files, where `newslint` is a command, and the shells' scripts in the folder above."""
    command = project.parent / "bin" / "newslint"
    command.parent.mkdir()
    command.write_text(f"#!{sys.executable}\nfrom linter.cli.main import main\n\nmain()\n")
    command.chmod(0o755)
    for shell, script in SCRIPTS.items():
        (project.parent / f"script.{shell}").write_text(script)
    for name in ("article.md", "dump.jsonl", "two words.txt", "sub/inner.md"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).touch()
    monkeypatch.chdir(project)
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(caches))
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(project.parent))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return project


def offered(*words: str) -> dict[str, str | None]:
    """What click answers a shell with, for the last of the words behind `newslint`."""
    found = ShellComplete(main, {}, "newslint", "").get_completions(list(words[:-1]), words[-1])
    return {item.value if item.type == "plain" else f"<{item.type}>": item.help for item in found}


def test_what_is_offered(here: Path) -> None:
    rules = {"TST001", "TST002", "TST003"}
    assert {"check", "rules", "config", "completion"} <= set(offered(""))
    assert set(offered("rules", "")) == {"list", "show", "test"}
    assert set(offered("check", "--se")) == {"--seed", "--select"}
    assert set(offered("check", "a.md", "--fail-on", "")) == {"error", "warning", "info", "never"}
    assert set(offered("rules", "show", "tst")) == {"tst001", "tst002", "tst003"}
    assert set(offered("rules", "show", "")) == {rule.id for rule in load_book().rules} | rules  # no names yet
    assert offered("rules", "show", "stray-e") == {"stray-error": "TST001: A word that tests use."}
    assert set(offered("check", "--show", "see-also")) == {"see-also-injection"}
    for flag in ("--select", "--ignore", "--extend-select", "--extend-ignore"):
        assert set(offered("check", flag, "TST00")) == rules
    assert offered("check", "--select", "TS")["TST"] == "all 3 rules of TST"
    assert set(offered("check", "--ignore", "TST001,TST00")) == {"TST001,TST002", "TST001,TST003"}
    assert set(offered("check", "--ignore", "INJ,TS")) == {"INJ,TST", *(f"INJ,{rule}" for rule in rules)}
    assert "TST" not in offered("rules", "show", "TS")  # a family is no rule
    assert set(offered("check", "--output", "js")) == {"json:", "jsonl:"}
    assert set(offered("check", "--output", "report")) == {"<file>"}
    assert set(offered("check", "--output", "jsonl:sub/")) == {"jsonl:sub/inner.md"}
    assert set(offered("check", "--output", "jsonl:nowhere/")) == set()
    for words in (["check"], ["check", "--lines"], ["check", "--baseline"], ["learn-lines"], ["calibrate"]):
        assert set(offered(*words, "")) == {"<file>"}


def test_whatever_takes_a_file_is_completed_as_one() -> None:
    others = []
    for name in main.list_commands(click.Context(main)):
        command = main.get_command(click.Context(main), name)
        for parameter in command.params if command else ():
            takes_files = (parameter.metavar or "").rstrip(".").endswith(("FILE", "PATH", "DUMP", "STATE"))
            if takes_files and parameter.type.name not in ("path", "file", "directory", "report"):
                others.append((name, parameter.name))
    assert others == []


def in_fish(line: str) -> dict[str, str]:
    command = ["fish", "--no-config", "-c", f"source ../script.fish; complete --do-complete {shlex.quote(line)}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert done.stderr == ""
    return {value: says for value, _, says in (offer.partition("\t") for offer in done.stdout.splitlines())}


@needs("fish")
def test_fish_says_what_things_are_and_completes_paths(here: Path) -> None:
    assert in_fish("newslint che") == {"check": "Lint articles."}
    assert in_fish("newslint check --seed") == {"--seed": "Which N: the same for the same seed [0]."}  # with its comma
    assert in_fish("newslint rules show TST001") == {"TST001": "stray-error: A word that tests use."}
    assert set(in_fish("newslint check --ignore TST001,TST00")) == {"TST001,TST002", "TST001,TST003"}
    assert set(in_fish("newslint check --select=stray-e")) == {"--select=stray-error"}
    assert set(in_fish("newslint check art")) == {"article.md"}
    assert set(in_fish("newslint check article.md sub/")) == {"sub/inner.md"}
    assert set(in_fish("newslint check --config=newsl")) == {"--config=newslint.toml"}
    assert set(in_fish("newslint check --output sarif:s")) == {"sarif:sub/"}
    assert set(in_fish("~/bin/newslint conf")) == {"config"}


COMPLETED = {  # a line before Tab, and after it
    "newslint che": "newslint check ",
    "newslint rules show inj00": "newslint rules show inj00",
    "newslint rules show stray-w": "newslint rules show stray-warning ",
    "newslint check --select=stray-e": "newslint check --select=stray-error ",
    "newslint check --select TST001,stray-i": "newslint check --select TST001,stray-info ",
    "newslint check --output jsonl": "newslint check --output jsonl:",
    "newslint check --output sarif:dum": "newslint check --output sarif:dump.jsonl ",
    "newslint check tw": "newslint check two\\ words.txt ",
    "newslint check --config=newsl": "newslint check --config=newslint.toml ",
    "newslint check --lines du": "newslint check --lines dump.jsonl ",
    "../bin/newslint conf": "../bin/newslint config ",
    "~/bin/newslint conf": "~/bin/newslint config ",
}


@needs("bash")
def test_lines_completed_in_bash(here: Path) -> None:
    begin = (
        "bind 'set bell-style none'; eval \"$(newslint completion bash)\"; "
        "show() { printf '<%s>\\n' \"$READLINE_LINE\"; }; bind -x '\"\\C-xp\": show'"
    )
    with Terminal(["bash", "--norc", "--noprofile", "-i"], begin) as terminal:
        assert {line: terminal.completed(line) for line in COMPLETED} == COMPLETED
        terminal.completed("newslint check --output=js", tabs=3)
        assert re.search(r"json:\s+jsonl:", terminal.seen)


@needs("zsh")
def test_lines_completed_in_zsh(here: Path) -> None:
    begin = (
        'unsetopt beep; autoload -U compinit; compinit -u -D; eval "$(newslint completion zsh)"; '
        "show() { print -r -- \"<$BUFFER>\" }; zle -N show; bindkey '^Xp' show"
    )
    with Terminal(["zsh", "-f", "-i"], begin) as terminal:
        assert {line: terminal.completed(line) for line in COMPLETED} == COMPLETED
        terminal.completed("newslint rules show TST", tabs=2)
        assert "TST001  -- stray-error: A word that tests use." in terminal.seen
        terminal.completed("newslint check --output=js", tabs=2)
        assert re.search(r"json:\s+jsonl:", terminal.seen)


@needs("zsh")
def test_zsh_loads_the_script_from_its_path_too(here: Path) -> None:
    (here.parent / "functions").mkdir()
    shutil.copy(here.parent / "script.zsh", here.parent / "functions" / "_newslint")
    begin = (
        "unsetopt beep; fpath=($PWD/../functions $fpath); autoload -U compinit; compinit -u -D; "
        "show() { print -r -- \"<$BUFFER>\" }; zle -N show; bindkey '^Xp' show"
    )
    with Terminal(["zsh", "-f", "-i"], begin) as terminal:
        lines = ["newslint che", "newslint spl", "newslint conf"]
        assert [terminal.completed(line) for line in lines] == [
            "newslint check ",
            "newslint split ",
            "newslint config ",
        ]


class Terminal:
    """A shell in a terminal, in which a key, Control-X p, prints the line as it stands."""

    def __init__(self, command: list[str], begin: str) -> None:
        self._command, self._begin = command, begin
        self.seen = ""

    def __enter__(self) -> Terminal:
        self._process, self._terminal = pty.fork()
        if not self._process:
            os.environ.update(
                TERM="dumb" if self._command[0] == "bash" else "vt100", PS1="$ ", COLUMNS="200", LINES="500"
            )
            os.execvp(self._command[0], self._command)
        import fcntl
        import struct
        import termios

        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 500, 200, 0, 0))
        self._type(f"{self._begin}; echo rea''dy\n")
        self._until(r"ready\r?\n")
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._terminal)
        os.waitpid(self._process, 0)

    def completed(self, line: str, tabs: int = 1) -> str:
        """What Tab makes of a line; `seen` is what the shell showed meanwhile."""
        tab = "\t" * tabs
        self._type(f"\x15{line}{tab}\x18p")
        return self._until(r"<([^<>]*)>\r?\n")[1]

    def _type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def _until(self, pattern: str) -> re.Match[str]:
        self.seen, end = "", time.monotonic() + 20
        while not (found := re.search(pattern, self.seen)):
            ready, _, _ = select.select([self._terminal], [], [], max(0, end - time.monotonic()))
            assert ready, f"the shell shows {self.seen!r}"
            self.seen += os.read(self._terminal, 65536).decode(errors="replace")
        return found


def test_a_glance_at_the_files_finds_every_rule() -> None:
    rules = load_book().rules
    assert [rule[:2] for rule in named_rules([BUILTIN.parent])] == [(rule.id, rule.name) for rule in rules]
    assert [rule.summary for rule in named_rules([BUILTIN.parent])] == [rule.summary for rule in rules]


def test_broken_rules_and_configurations_stop_no_completion(here: Path) -> None:
    (here / "house-rules" / "broken.yaml").write_bytes(b"\xff")
    (here / "house-rules" / "odd.yaml").write_text("- a\n")
    assert [rule.id for rule in named_rules([here / "house-rules", here / "nowhere"])] == ["TST001", "TST002", "TST003"]
    (here / "newslint.toml").write_text("rules = 3")
    assert "INJ001" in offered("rules", "show", "INJ")


def test_it_is_quick(here: Path) -> None:
    """So that nobody waits for a key. Of the processor's time: the others that use it don't count."""
    best: dict[str, float] = {}
    for _ in range(2):
        for line in ("newslint check --se", "newslint rules show I", "newslint check --select INJ001,"):
            environment = {**os.environ, "COMP_WORDS": line, "COMP_CWORD": "-1", "_NEWSLINT_COMPLETE": "zsh_complete"}
            before = os.times()
            subprocess.run(["newslint"], env=environment, capture_output=True, check=True, timeout=60)
            after = os.times()
            spent = after.children_user - before.children_user + after.children_system - before.children_system
            best[line] = min(best.get(line, 9.9), spent)
    assert max(best.values()) < 0.3, best


def test_it_is_printed_and_the_help_says_how_to_install_it(newslint_here: Newslint) -> None:
    shown = newslint_here("completion", "--help").out
    for shell in SCRIPTS:
        assert f"newslint completion {shell}" in shown
        assert newslint_here("completion", shell).out == SCRIPTS[shell]
    assert newslint_here("completion", "tcsh").code == 2
