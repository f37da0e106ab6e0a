"""Format by format and extractor by extractor: what comes out, and the time that it takes."""

from __future__ import annotations

import gc
import hashlib
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.formats.corpus import Corpus, corpus, rows_of
from benchmarks.formats.extractors import TOOLS, Extracted, Tool, looked_at
from benchmarks.formats.stored import FORMATS, Format, articles_in, missing, warc
from linter.config import Config
from linter.parallel import Linters, lint

PAGES = 200  # at most, for the extractors: they are slow


class Read(msgspec.Struct):
    """What one format gave: articles, bytes of their text, and the findings, in number and as a digest."""

    format: str
    library: str
    articles: int = 0
    file_size: int = 0
    text_size: int = 0
    findings: int = 0
    digest: str = ""
    times: dict[str, list[float]] = msgspec.field(default_factory=lambda: {"bare": [], "read": [], "lint": []})


class Results(msgspec.Struct):
    """All that was measured, what was left out for want of a library, and what should have agreed and did not."""

    formats: list[Read]
    extractors: list[Extracted]
    needs: list[str]
    wrong: list[str]


def timed(work: Callable[..., object], *given: object) -> float:
    """Seconds of the processor that `work(*given)` takes."""
    gc.collect()
    start = time.process_time()
    work(*given)
    return time.process_time() - start


class _Bench:
    """One configuration, one linter, and what went wrong with them."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self._config, self._linters = say, Config(), Linters()
        self._linters.of(self._config)
        self.wrong: list[str] = []

    def lint(self, paths: list[Path]) -> Iterator[Any]:
        """What comes out for each article of files, linted in the chunks of a run."""
        return lint(((self._config, article) for article in articles_in(paths)), self._linters, 1)

    def look(self, form: Format, paths: list[Path], expected: int) -> Read:
        """What a format gives, before anything is timed; the files are in the cache after it."""
        found, digest, errors = Read(form.name, form.library), hashlib.sha256(), Counter[str]()
        found.file_size = sum(path.stat().st_size for path in paths)
        for result in self.lint(paths):
            article, verdict = result.article, result.outcome.verdict
            found.articles += 1
            texts = [article.text, article.beside.text] if article.beside else [article.text]
            found.text_size += sum(len(text.encode()) for text in texts)
            found.findings += len(verdict.findings)
            marks = [(f.rule, f.severity, f.field, f.start, f.end, f.text, f.points) for f in verdict.findings]
            digest.update(msgspec.json.encode([article.id, article.title, verdict.score, marks]))
            if verdict.error:
                errors[verdict.error] += 1
        found.digest = digest.hexdigest()
        self.wrong += [f"{form.name}: {error} ({count} times)" for error, count in errors.items()]
        if found.articles != expected:
            self.wrong.append(f"{form.name}: {found.articles} articles, expected {expected}")
        return found

    def formats(self, given: Corpus, forms: list[Format], repeat: int) -> list[Read]:
        """Each format, one after the other in every round."""
        todo: list[tuple[Format, list[Path], Read]] = []
        for form in forms:
            self.say(f"writing and checking {form.name}")
            source = given.pages if form.pages else given.texts
            paths = form.write(rows_of(source), given.folder / f"{len(todo)}{form.suffix}")
            todo.append((form, paths, self.look(form, paths, sum(1 for _ in rows_of(source)))))
        gc.freeze()  # what there is by now stays; collecting before each measurement need not look through it
        for number in range(repeat):
            for form, paths, found in todo:
                self.say(f"round {number + 1} of {repeat}: {form.name}")
                found.times["bare"].append(timed(form.bare, paths))
                found.times["read"].append(timed(deque, articles_in(paths), 0))
                found.times["lint"].append(timed(deque, self.lint(paths), 0))
        return [found for _, _, found in todo]

    def extractors(self, given: Corpus, tools: dict[str, Tool], repeat: int) -> list[Extracted]:
        """Each extractor on the same pages, one after the other in every round."""
        path = given.folder / "pages.warc"
        warc(islice(rows_of(given.pages), PAGES), path)
        results = []
        for name, tool in tools.items():
            self.say(f"what {name} keeps")
            results.append(looked_at(name, tool(path), rows_of(given.pages)))
        for number in range(repeat):
            for found in results:
                self.say(f"round {number + 1} of {repeat}: {found.tool}")
                found.times.append(timed(deque, tools[found.tool](path), 0))
        counts = {found.tool: found.pages for found in results}
        if len(set(counts.values())) > 1:
            self.wrong.append(f"pages differ: {counts}")
        return results


def measure(count: int, repeat: int, data: Path | None = None, say: Callable[[str], None] = lambda _: None) -> Results:
    """Everything. Raises UsageError where the data is not what it should be."""
    with tempfile.TemporaryDirectory(prefix="newslint-formats-") as folder:
        say("making the corpus")
        given, bench = corpus(Path(folder), data, count), _Bench(say)
        lacking = {form.name: form.needs for form in FORMATS if missing(form.needs)}
        lacking |= {name: need for name, (lib, _) in TOOLS.items() for need in (lib, "fastwarc") if missing(need)}
        formats = bench.formats(given, [form for form in FORMATS if form.name not in lacking], repeat)
        tools = {name: tool for name, (_, tool) in TOOLS.items() if name not in lacking}
        extractors = bench.extractors(given, tools, repeat) if tools else []
    needs = [f"{name} needs {lib}: pip install {lib}" for name, lib in lacking.items()]
    return Results(formats, extractors, needs, bench.wrong + disagreements(formats))


def disagreements(found: list[Read]) -> list[str]:
    """Dumps hold the same records, so their findings have to be the same."""
    dumps = {form.name for form in FORMATS if form.dump}
    results = [result for result in found if result.format in dumps]
    return [
        f"{result.format}: other findings than {results[0].format} ({result.findings}, {results[0].findings})"
        for result in results
        if result.digest != results[0].digest
    ]
