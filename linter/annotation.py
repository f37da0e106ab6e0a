"""What is added to a record: a verdict as fields whose names begin with `newslint_`."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from linter.model import Article, Finding, Verdict

PREFIX = "newslint_"
# The fields of the article itself, for records that come from no dump: a page, a text, an item of a feed.
ARTICLE_FIELDS = ("id", "url", "title", "author", "date", "publisher", "language", "text", "html")


class Annotation(msgspec.Struct, frozen=True, gc=False):
    """The verdict on one record. Of a record that could not be read only `error` and its place are told.

    `counts` says how often each rule hit; the points of the findings add up to 100 - `score`. `source` is the label
    that the user's own list gives the site. `rulebook` is the digest of all the rules there were: two records with
    different ones can't be compared.
    """

    path: str
    record: int | None
    language: str | None
    words: int
    score: int | None
    band: str | None
    coverage: float
    confidence: str
    abstained: str | None
    error: str | None
    decision: str
    because: str | None
    source: str | None
    counts: dict[str, int]
    findings: list[Finding]
    rulebook: str


NAMES = tuple(field.name for field in msgspec.structs.fields(Annotation))


def annotation(verdict: Verdict, rulebook: str) -> Annotation:
    """The annotation of a verdict that was reached with the rule book of this digest."""
    return Annotation(
        path=verdict.path, record=verdict.record, language=verdict.language, words=verdict.words, score=verdict.score,
        band=verdict.band, coverage=verdict.coverage, confidence=verdict.confidence, abstained=verdict.abstained,
        error=verdict.error, decision=verdict.decision, because=verdict.because,
        source=verdict.source.label if verdict.source else None,
        counts=dict(sorted(Counter(finding.rule for finding in verdict.findings).items())),
        findings=verdict.findings, rulebook=rulebook,
    )  # fmt: skip


def prefixed(note: Annotation) -> dict[str, Any]:
    """The annotation under the names it has in a record."""
    return {PREFIX + name: getattr(note, name) for name in NAMES}


def fields_of(article: Article) -> dict[str, Any]:
    """An article as a record: its source under `text`, or under `html`, so that newslint reads it as what it was."""
    told = {name: getattr(article, name, None) for name in ARTICLE_FIELDS}
    told["html" if article.profile == "html" else "text"] = article.source
    if article.profile == "html":
        told["text"] = None
    return told
