"""What the fields of a verdict mean, for docs/formats.md. The names and types are those of `linter.model`."""

from __future__ import annotations

VERDICT = {
    "path": "the file as it was named, or `-`",
    "record": "of a dump: its number, from 0",
    "source_line": "of JSON lines and CSV: the line of the record, from 1",
    "id": "the record's id, where it has one",
    "url": "the article's address",
    "title": "its headline",
    "language": "its language, as a code; null where there is too little text to tell",
    "words": "how many words of its own it has",
    "score": "0 to 100; null where it has none, and `abstained` says why",
    "band": "the score in words: clean, minor issues, notable issues, serious issues, severe",
    "coverage": "how much of the scorecard could be assessed, 0 to 1",
    "confidence": "of the score: `none`, `low` (under 200 words), `normal`",
    "abstained": "why there is no score",
    "error": "what is wrong with the record or file; nothing else is told then",
    "decision": "`pass`, `warn` or `fail`, under the configuration of the run",
    "because": "the one reason of the decision; null where it passes",
    "genre": "as far as it bears on the score: opinion, satire, interview, live blog, …",
    "source": "what the user's own list says of the site; no part of the score",
    "categories": "the scorecard, by category",
    "reasons": "the findings that cost most, at most four, as places in `findings`",
    "findings": "the findings, in the order of the text",
}
FINDING = {
    "rule": "the rule's ID",
    "name": "the rule's name",
    "category": "where its points are lost: provenance, republication, language, sourcing, style",
    "severity": "`error`, `warning` or `info`",
    "confidence": "`certain`, `likely` or `hint`",
    "message": "what is wrong here",
    "field": "what the offsets are in: `text`, or the record's `title` or `author`; of files always the whole file",
    "start": "where it begins, in code points of the field as it was given, from 0",
    "end": "where it ends; this one is no part of it",
    "line": "its line, from 1",
    "column": "its column, from 1, in code points",
    "end_line": "the line of its end",
    "end_column": "the column of its end",
    "text": "what stands there: the field from `start` to `end`",
    "suggestion": "what should stand there instead, where the rule knows",
    "points": "the points that it costs; below 0, that it takes off",
    "related": "other rules that hit the same place, and are not listed by themselves",
    "fingerprint": "the same for the same finding of the same article, wherever it moves",
    "value": "true: a measure for the score's sake, and no alarm",
    "known": "`baseline` or `unchanged`: no alarm, for it was there before",
}
CATEGORY = {
    "lost": "points lost",
    "cap": "the most that can be lost",
    "assessed": "whether there was anything to assess",
    "why": "why there was not",
}
SOURCE = {
    "host": "the site",
    "label": "what the list calls it",
    "list": "the file's name",
}
