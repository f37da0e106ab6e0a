"""How many instructions of the processor linting an article takes: a figure that does not depend on what else runs.

    python -m benchmarks.instructions [--renew]

The articles are those of fixtures/rewritten, clean and rewritten. Valgrind's cachegrind counts the instructions of two
processes: one lints them once, the other twice, so that start-up and warm-up fall out of the difference. Words are
hashed alike in every run; two counts of the same code differ by a few thousandths. It takes about half a minute.

The figure depends on the interpreter, so benchmarks/instructions.json has one for each that it was counted with; a test
fails where it has grown by more than a tenth. --renew writes the figure of this interpreter, after a change that is
meant to cost more, that made it less, or that changed the fixtures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures" / "rewritten" / "articles.jsonl"
FILE = Path(__file__).with_name("instructions.json")
LIBRARIES = ("ahocorasick_rs", "google-re2", "msgspec", "rapidfuzz", "regex")  # what they do is counted as well
ALLOWED = 1.1  # times the figure
_REFERENCES = re.compile(r"I\s+refs:\s+([\d,]+)")


class CountError(Exception):
    """Why nothing could be counted, in one line."""


class Count(msgspec.Struct):
    """Instructions of one article in the mean, of so many articles, with those versions of the libraries."""

    per_article: int
    articles: int
    libraries: dict[str, str]


def interpreter() -> str:
    """What the figure depends on beside the code."""
    python = f"{platform.python_implementation()} {'.'.join(platform.python_version_tuple()[:2])}"
    return f"{python}, {platform.machine()}, {platform.python_compiler()}"


def texts() -> list[tuple[str, str]]:
    """The title and the text of each article."""
    rows = [json.loads(line) for line in FIXTURES.read_text("utf-8").splitlines()]
    return [(row[f"{kind}title"], row[f"{kind}text"]) for row in rows for kind in ("clean_", "")]


def lint(times: int) -> None:
    """Lint the articles so often, as a run over a dump does. What Valgrind counts."""
    from linter.config import Config
    from linter.parallel import lasting_linter
    from linter.readers import article_from_text

    linter = lasting_linter(Config(time_limit=0))
    for _ in range(times):
        articles = [article_from_text(text) for _, text in texts()]
        for article, (title, _) in zip(articles, texts(), strict=True):
            article.title = title
        for outcome in linter.run_all(articles):
            if outcome.verdict.error is not None:
                raise CountError(outcome.verdict.error)


def counted() -> Count:
    """The figure of this interpreter. Raises CountError."""
    if shutil.which("valgrind") is None:
        raise CountError("valgrind is not installed, and nothing else here counts instructions")
    with tempfile.TemporaryDirectory(prefix="newslint-instructions-") as name:
        folder = Path(name)
        _run([], 1, folder / "first")()  # what is compiled and kept for the next start is no part of the count
        files = [folder / f"{times}.log" for times in (1, 2)]
        for wait in [_run(_counter(file), times, file) for times, file in enumerate(files, 1)]:
            wait()
        once, twice = map(_references, files)
    articles = len(texts())
    return Count((twice - once) // articles, articles, {name: version(name) for name in LIBRARIES})


def _counter(log: Path) -> list[str]:
    return ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", f"--log-file={log}"]


def _run(counter: list[str], times: int, log: Path) -> Callable[[], None]:
    """Start a process that lints the articles; what comes back waits for its end."""
    command = [*counter, sys.executable, "-m", "benchmarks.instructions", "--lint", str(times)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)

    def wait() -> None:
        said = process.communicate()[1].strip().rpartition("\n")[2]
        if process.returncode != 0:
            raise CountError(f"linting the articles{' under valgrind' * bool(counter)} failed: {said}")

    return wait


def _references(log: Path) -> int:
    found = _REFERENCES.search(log.read_text("utf-8", "replace"))
    if found is None:
        raise CountError("valgrind said no count of instructions")
    return int(found[1].replace(",", ""))


def stored() -> dict[str, Count]:
    """The figures by interpreter."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, Count]) if FILE.exists() else {}


def save(figures: Mapping[str, Count]) -> None:
    """Write the figures."""
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(figures, order="sorted"), indent=2) + b"\n")


def main(arguments: list[str] | None = None) -> int:
    """Print the figure beside the one that is kept; 1 where it has grown too much, 2 where nothing can be counted."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.instructions", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--renew", action="store_true", help="keep the figure of this interpreter")
    parser.add_argument("--lint", type=int, metavar="TIMES", help="lint the articles so often and count nothing")
    options = parser.parse_args(arguments)
    try:
        if options.lint is not None:
            lint(options.lint)
            return 0
        now, before = counted(), stored().get(interpreter())
    except CountError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{now.per_article:,} instructions an article, {now.articles} articles; {interpreter()}")
    if before is not None:
        share = now.per_article / before.per_article - 1
        print(f"{before.per_article:,} in {FILE.name}: {share:+.1%}")
    if options.renew:
        save({**stored(), interpreter(): now})
        return 0
    return int(before is not None and now.per_article > ALLOWED * before.per_article)


if __name__ == "__main__":
    sys.exit(main())
