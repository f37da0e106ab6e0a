"""Who is timed: newslint in several settings, and the bare floor below it."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import re2

from benchmarks.formats.corpus import Row
from benchmarks.speed.corpus import Corpus, article_of
from linter.config import Config
from linter.parallel import Linters, lint
from linter.rulebook import load_book

ROOT = Path(__file__).parents[2]
ALL, FLOOR = "newslint", "re2"  # what the others are compared with
LONG_RUN = 3_000  # articles after which newslint works as it does in a long run: then its last automaton is built
_NOWHERE = r"[0-9]+ [a-z]+ \x00"  # RE2 has to read every byte for it, and finds nothing

Work = Callable[[], object]  # goes over all texts once; raises where an article can't be dealt with


class Contender(NamedTuple):
    """Something that is timed. `prepare` makes all that needs no text, and gives the work on the texts."""

    name: str  # for --only
    what: str  # in the table
    prepare: Callable[[Corpus], Work]
    needs: tuple[str, ...] = ()  # what has to be installed
    slow: bool = False  # runs on the first articles only
    outside: bool = False  # works in a process that it starts


def rules_of(category: str) -> list[str]:
    """The IDs of the stable rules of a category."""
    return [rule.id for rule in load_book().rules if rule.category == category and rule.status == "stable"]


def linting(rows: Sequence[Row], config: Config, linters: Linters) -> Work:
    """The work of linting articles in this process."""

    def work() -> None:
        for done in lint(((config, article_of(row)) for row in rows), linters, 1):
            if done.outcome.verdict.error is not None:
                raise RuntimeError(done.outcome.verdict.error)

    return work


def warm(work: Work, articles: int) -> None:
    """Do the work on so many articles as often as makes a long run."""
    for _ in range(-(-LONG_RUN // articles)):
        work()


def _newslint(corpus: Corpus, category: str | None) -> Work:
    config, linters = Config() if category is None else Config(select=rules_of(category)), Linters()
    linters.of(config)
    work = linting(corpus.rows, config, linters)
    warm(work, len(corpus.rows))
    return work


def _checking(corpus: Corpus) -> Work:
    command = [sys.executable, "-m", "linter", "check", str(corpus.path), "--isolated", "--format", "jsonl"]
    command += ["--jobs", "1", "--fail-on", "never", "--no-progress"]

    def work() -> None:
        with corpus.path.with_suffix(".out").open("wb") as out:
            done = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2])

    return work


def _scanning(corpus: Corpus) -> Work:
    scan = re2.Set.SearchSet()
    scan.Add(_NOWHERE)
    scan.Compile()
    return partial(_each, scan.Match, [row.text.encode() for row in corpus.rows])


def _each(call: Callable[[bytes], object], texts: list[bytes]) -> None:
    for text in texts:
        call(text)


def _reading(corpus: Corpus) -> Work:
    decoder = msgspec.json.Decoder(Row)

    def work() -> None:
        with corpus.path.open("rb") as lines:
            deque(map(decoder.decode, lines), 0)

    return work


NEWSLINT = (
    Contender(ALL, "newslint, all rules", partial(_newslint, category=None)),
    Contender("residue", "newslint, residue rules only", partial(_newslint, category="republication")),
    Contender("language", "newslint, language rules only", partial(_newslint, category="language")),
    Contender("command", "newslint check --jobs 1, JSONL to JSONL, start-up included", _checking, outside=True),
)
BARE = (
    Contender("read", "reading the same file: JSON lines by msgspec", _reading),
    Contender(FLOOR, "RE2, one pass for a pattern that nothing matches", _scanning),
)
