"""The sets of the evaluation data: their files and sides, and their records, read and linted as a user's dump is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from benchmarks.formats.corpus import UsageError
from benchmarks.score.figures import DataFile
from linter.api import Linter
from linter.config import Config
from linter.labelled.labels import Labels, as_label, value_of
from linter.model import Article, Verdict
from linter.readers import ReadOptions, Source, article_from_text, read

_BATCH = 64  # articles linted together
CLEAN, MARKDOWN, REWRITTEN, ANNOTATED = "clean_articles", "markdown_clean", "rewritten", "seed/article.txt"


class LabelledSet(Struct, frozen=True):
    """A set that people labelled. `by`: the field that stands for the publisher; `meaning`: of the two sides."""

    name: str
    file: str
    labels: Labels
    by: str
    meaning: tuple[str, str]


LABELLED = (
    LabelledSet(
        "webis",
        "labelled_webis_buzzfeed2016",
        Labels("label", frozenset(["reliable"]), frozenset(["unreliable"])),
        "source",
        ("mostly true", "mixture of true and false, mostly false, no factual content"),
    ),
    LabelledSet(
        "celebrity",
        "labelled_celebrity",
        Labels("label", frozenset(["reliable"]), frozenset(["unreliable"])),
        "meta.pair",
        ("entertainment press", "tabloids"),
    ),
    LabelledSet(
        "semeval",
        "labelled_semeval2019_hyperpartisan",
        Labels("meta.hyperpartisan", frozenset(["false"]), frozenset(["true"])),
        "site",
        ("not hyperpartisan", "hyperpartisan"),
    ),
)


class Scored(Struct):
    """An article of a set, its verdict, and the points that each rule cost it."""

    article: Article
    verdict: Verdict
    lost: dict[str, int]  # points by rule

    @property
    def score(self) -> int | None:
        """None where newslint abstains."""
        return self.verdict.score

    def field(self, name: str) -> str:
        """The value of a field of its record, "" where it has none."""
        return as_label(value_of(self.article.raw, name)) or ""


class Data:
    """The folder of the evaluation data. Every method raises UsageError. `every`: take each so-manieth record only."""

    def __init__(self, folder: Path, every: int = 1) -> None:
        self._folder, self._every = folder, every
        self._linter = Linter(Config(time_limit=0))
        self.rulebook = self._linter.rulebook.digest
        self.files: dict[str, DataFile] = {}

    def records(self, name: str) -> list[Article]:
        """The records of a set, with all their fields in `raw`."""
        path = self._folder / f"{name}.jsonl.gz"
        articles = []
        for article in read(Source(path.name, path), ReadOptions(keep=True)):
            if article.error is not None:
                at = "" if article.record is None else f", record {article.record}"
                raise UsageError(f"{path}{at}: {article.error}")
            articles.append(article)
        if not articles:
            raise UsageError(f"{path}: empty; expected a gzipped file of JSON lines")
        self._note(name, path, len(articles))
        return articles[:: self._every]

    def text(self, name: str) -> str:
        """The text of a file."""
        path = self._folder / name
        try:
            text = path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {(getattr(error, 'strerror', None) or 'not UTF-8').lower()}") from None
        self._note(name, path, 1)
        return text

    def _note(self, name: str, path: Path, articles: int) -> None:
        self.files[name] = DataFile(articles, hashlib.sha256(path.read_bytes()).hexdigest())

    def scored(self, articles: Iterable[Article]) -> list[Scored]:
        """The articles, linted with the default configuration."""
        found, waiting = [], iter(articles)
        while batch := list(islice(waiting, _BATCH)):
            for article, outcome in zip(batch, self._linter.run_all(batch), strict=True):
                verdict = outcome.verdict
                if verdict.error is not None:
                    raise UsageError(f"{article.path}, record {article.record}: {verdict.error}")
                found.append(Scored(article, verdict, _by_rule(verdict)))
        return found

    def clean(self) -> list[Scored]:
        """The clean articles."""
        return self.scored(self.records(CLEAN))

    def posts(self) -> list[Scored]:
        """The posts in Markdown, as files of a content repository."""
        return self.scored(article_from_text(record.source, "markdown") for record in self.records(MARKDOWN))

    def rewritten(self) -> tuple[list[Scored], list[Scored], list[Scored]]:
        """(what the farm made, the clean originals of that, controls)."""
        records = self.records(REWRITTEN)
        farm = [record for record in records if value_of(record.raw, "path") != "control"]
        controls = [record for record in records if value_of(record.raw, "path") == "control"]
        return self.scored(farm), self.scored(_originals(farm)), self.scored(controls)

    def annotated(self) -> Scored:
        """The scraped article that was annotated by hand."""
        return self.scored([article_from_text(self.text(ANNOTATED))])[0]


def _originals(farm: Iterable[Article]) -> Iterator[Article]:
    for record in farm:
        text, title = (value_of(record.raw, f"clean_{name}") for name in ("text", "title"))
        if not isinstance(text, str):
            raise UsageError(f"{REWRITTEN}.jsonl.gz, record {record.record}: no clean_text")
        article = article_from_text(text)
        article.title = title or article.title
        yield article


def _by_rule(verdict: Verdict) -> dict[str, int]:
    lost: dict[str, int] = {}
    for finding in verdict.findings:
        if finding.points:
            lost[finding.rule] = lost.get(finding.rule, 0) + finding.points
    return lost
