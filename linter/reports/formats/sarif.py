"""SARIF 2.1.0, for code scanning and editors: the worst findings, and all there is to know about their rules."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TextIO
from urllib.parse import quote

import msgspec

from linter.decision import alarms, breaks
from linter.model import Article, Confidence, Finding, Severity, Verdict
from linter.reports import ReportOptions, Summary, cifile, ranking, rulefacts, rulepage
from linter.reports.paper import safe
from linter.reports.ranking import Ranking
from linter.reports.verifying import how_to_verify
from linter.reports.words import count, place
from linter.rulefile import Rule
from linter.source import source_span, text_offset

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# GitHub refuses a run of more than 25,000 results, and of less keeps the 5,000 severest:
# https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
RESULTS = 5_000
# It refuses a file of more than 10 MB, compressed: …/troubleshooting-sarif-uploads/file-too-large. What results quote
# is limited so that 5,000 of them stay well below. A longer text is left out: a snippet is all of its region.
_SNIPPET = 500  # code points
_SHOWN = 1_024  # characters of a description: …/integrating-with-code-scanning/sarif-support-for-code-scanning
_ARTICLES = 1_000  # of those that don't pass
_UNREAD = 100  # inputs and records that are named

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
# GitHub sorts by these: how often a rule is right (of four grades), and how much it matters where it is.
_PRECISION: dict[Confidence, str] = {"certain": "very-high", "likely": "high", "hint": "medium"}
_PROBLEM: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_ROOT = "SRCROOT"
_RUN = {
    "columnKind": "unicodeCodePoints",
    "newlineSequences": ["\r\n", "\n", "\r"],
    "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
}
_Object = dict[str, Any]
_FAILS = "article-fails"
_FAILING: _Object = {
    "id": _FAILS,
    "shortDescription": {"text": "An article does not pass, whatever its findings."},
    "fullDescription": {"text": "Its score is under the least one that is accepted, or it has none and has to."},
    "help": {
        "text": "newslint check --explain-score shows what a score consists of; newslint config, what is accepted."
    },
    "defaultConfiguration": {"level": "error"},
    "properties": {"precision": "very-high", "problem.severity": "error"},
}
_MARKUP = re.compile(r"[<>&*_`~\[\]\\|#]")  # what a page or Markdown would not take for text
_LINK = re.compile(r"\](?=\()")  # [text](target) is a link in a message


class Report:
    """The `sarif` format. It is written at the end, for the worst results come first."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = False

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._repository = cifile.Repository()
        self._results: Ranking[_Object] = Ranking(RESULTS)
        self._articles: Ranking[_Object] = Ranking(_ARTICLES)
        self._unread: Ranking[_Object] = Ranking(_UNREAD)
        self._known: dict[str, Rule | None] = {}  # the rules of the findings so far
        self._rules: dict[str, _Object] = {}  # and what is told of them, in the order of their numbers
        self._broken = False

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Keep what is among the worst so far."""
        raised = alarms(verdict)
        for finding in raised:
            if finding.rule not in self._rules:
                rule = self._known[finding.rule] = self._options.rule(finding.rule)
                self._rules[finding.rule] = _descriptor(rule) if rule else _unknown(finding)
            make = partial(self._result, verdict, article, finding)
            self._results.add(ranking.badness(finding), make)
        because = cifile.failure(verdict)
        if because is not None:
            self._rules.setdefault(_FAILS, _FAILING)
            self._results.add(ranking.FAILING, partial(self._failure, verdict, because))
        if verdict.error is not None:
            self._broken |= breaks(verdict)
            self._unread.add((breaks(verdict),), partial(self._notification, verdict))
        if verdict.decision != "pass":
            self._articles.add(ranking.badness_of_article(verdict, raised), partial(_decided, verdict))

    def _result(self, verdict: Verdict, article: Article, finding: Finding) -> _Object:
        properties: _Object = {
            "category": finding.category,
            "confidence": finding.confidence,
            "points": finding.points,
            "related": finding.related,
        }
        if not cifile.placed(verdict, finding):
            properties |= {"field": finding.field, "start": finding.start, "end": finding.end}
        result = {
            "ruleId": finding.rule,
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(cifile.told(finding))},
            "locations": [self._location(verdict, finding)],
            "partialFingerprints": _fingerprints(verdict, finding.fingerprint),
            "properties": properties,
        }
        if _replaces(self._known[finding.rule], verdict, finding, article):
            result["fixes"] = [self._fix(verdict, finding)]
        return result

    def _failure(self, verdict: Verdict, because: str) -> _Object:
        """An article that fails without a finding that says why."""
        return {
            "ruleId": _FAILS,
            "level": "error",
            "message": {"text": _message(f"The article fails: {because}")},
            "locations": [self._location(verdict)],
            "partialFingerprints": _fingerprints(verdict, f"{_FAILS}/{cifile.unicode(place(verdict))}"),
            "properties": {"score": verdict.score},
        }

    def _notification(self, verdict: Verdict) -> _Object:
        """What could not be read."""
        return {
            "level": "error" if breaks(verdict) else "warning",
            "message": {"text": _message(f"{place(verdict)}: {safe(verdict.error or '')}")},
            "locations": [self._location(verdict)],
        }

    def _location(self, verdict: Verdict, finding: Finding | None = None) -> _Object:
        """Where it is in the file; where in the article, if it has no place of its own there."""
        physical: _Object = {"artifactLocation": self._artifact(verdict)}
        if finding and cifile.placed(verdict, finding):
            physical["region"] = _region(finding)
            if len(finding.text) <= _SNIPPET:
                physical["region"]["snippet"] = {"text": cifile.unicode(finding.text)}
            return {"physicalLocation": physical}
        if _has_line(verdict):
            physical["region"] = {"startLine": cifile.line_of(verdict)}
        return {"physicalLocation": physical, **_logical(verdict, finding)}

    def _artifact(self, verdict: Verdict) -> dict[str, str]:
        """The file, as seen from the top of the repository; one that is outside by its whole path."""
        path = self._repository.path(verdict.path)
        if path == cifile.STDIN:
            return {"uri": "stdin"}
        uri = quote(os.fsencode(path))
        return {"uri": f"file:///{uri.lstrip('/')}"} if Path(path).is_absolute() else {"uri": uri, "uriBaseId": _ROOT}

    def _fix(self, verdict: Verdict, finding: Finding) -> _Object:
        suggestion = cifile.unicode(finding.suggestion or "")
        replacement = {"deletedRegion": _region(finding), "insertedContent": {"text": suggestion}}
        return {
            "description": {"text": _message(f"Write '{safe(suggestion)}' instead")},
            "artifactChanges": [{"artifactLocation": self._artifact(verdict), "replacements": [replacement]}],
        }

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """Write the document."""
        driver = {
            "name": "newslint",
            "version": self._options.version,
            "rules": list(self._rules.values()),
            "properties": {"rulebook": self._options.rulebook, "scoreVersion": self._options.score_version},
        }
        run = {"tool": {"driver": driver}, "invocations": [self._invocation(summary)], **_RUN}
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": []}
        self._out.write(f"{_encoded(log)[:-2]}\n{_encoded(run)[:-1]},\n")
        self._out.write(f'"properties":{_encoded(self._properties(summary))},\n"results":[')
        index = {rule: number for number, rule in enumerate(self._rules)}
        for number, result in enumerate(self._results.worst_first()):
            indexed = {"ruleId": result["ruleId"], "ruleIndex": index[result["ruleId"]], **result}
            self._out.write((",\n" if number else "\n") + _encoded(indexed))
        self._out.write("\n]}]}\n")

    def _invocation(self, summary: Summary) -> _Object:
        notifications = self._unread.worst_first()
        if self._unread.left_out:
            notifications.append(_warning(f"{count(self._unread.left_out, 'more input')} could not be read"))
        if left_out := self._results.left_out:
            kept = f"{left_out:,} of {RESULTS + left_out:,} results are left out: this file has the worst"
            notifications.insert(0, _warning(kept))
        successful = not self._broken and not summary.interrupted
        return {"executionSuccessful": successful, "toolExecutionNotifications": notifications}

    def _properties(self, summary: Summary) -> _Object:
        """What the run adds up to, and the articles that don't pass, worst first."""
        return {
            "summary": summary,
            "resultsLeftOut": self._results.left_out,
            "articles": self._articles.worst_first(),
            "articlesLeftOut": self._articles.left_out,
        }


def _descriptor(rule: Rule) -> _Object:
    why = " ".join(safe(rule.why).split())
    helps = [rule.help.strip()] if rule.help else []
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": _cut(safe(rule.summary))},
        "fullDescription": {"text": _cut(why)},
        "help": {
            "text": cifile.unicode("\n\n".join([*helps, f"How to verify: {rulefacts.verification(rule)}"])),
            "markdown": rulepage.markdown(rule),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.category],
            "precision": _PRECISION[rule.confidence],
            "problem.severity": _PROBLEM[rule.severity],
        },
    }


def _unknown(finding: Finding) -> _Object:
    """What a finding says about its rule, where the rule is not at hand."""
    return {
        "id": finding.rule,
        "name": finding.name,
        "shortDescription": {"text": finding.name},
        "fullDescription": {
            "text": f"newslint does not know more of it than that it is a matter of {finding.category}."
        },
        "help": {"text": f"How to verify: {how_to_verify(finding.category)}."},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": [finding.category]},
    }


def _decided(verdict: Verdict) -> _Object:
    return {
        "article": cifile.unicode(place(verdict)),
        "decision": verdict.decision,
        "because": cifile.unicode(safe(verdict.because or "")),
        "score": verdict.score,
    }


def _region(finding: Finding) -> _Object:
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }


def _has_line(verdict: Verdict) -> bool:
    return verdict.record is None or verdict.source_line is not None


def _logical(verdict: Verdict, finding: Finding | None) -> _Object:
    """The record, the field, or both, as a logical location; nothing where it is a file as a whole."""
    names, kind = [], ""
    if verdict.record is not None:
        names, kind = [place(verdict)], "record"
    if finding and finding.field != "text":
        names, kind = [*names, finding.field], "field"
    elif finding and finding.start == finding.end:
        names, kind = [*names, "text"], "absence"
    if not names:
        return {}
    name = names[-1] if kind != "record" else str(verdict.record)
    return {"logicalLocations": [{"name": name, "fullyQualifiedName": "/".join(names), "kind": kind}]}


def _fingerprints(verdict: Verdict, own: str) -> dict[str, str]:
    """What a result is recognised by.

    GitHub looks at the hash of the line alone, and its upload works that out (and warns of any other); where there is
    no line, it takes what is given.
    """
    given = {"newslint/v1": own}
    return given if _has_line(verdict) else {**given, "primaryLocationLineHash": own}


def _replaces(rule: Rule | None, verdict: Verdict, finding: Finding, article: Article) -> bool:
    """Could the suggestion be written in the place of what is flagged, as it stands in the file?"""
    if not (rule and rule.fix and rule.fix.action == "replace" and finding.suggestion is not None):
        return False
    if not cifile.placed(verdict, finding) or verdict.path == cifile.STDIN:
        return False
    if article.profile != "text" and _MARKUP.search(finding.suggestion):
        return False
    if article.offsets is None:
        return True
    start = text_offset(article.offsets, finding.start)
    end = start + finding.end - finding.start
    return (
        source_span(article.offsets, start, end) == (finding.start, finding.end)
        and article.text[start:end] == finding.text
    )


def _warning(text: str) -> _Object:
    return {"level": "warning", "message": {"text": _message(text)}}


def _message(text: str) -> str:
    """A safe text as a message: a sentence without links."""
    return _LINK.sub("] ", cifile.unicode(text if text.endswith((".", "?", "!", "…")) else f"{text}."))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()
