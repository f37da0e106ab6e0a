"""A summary in Markdown, for a comment on a pull request or for `$GITHUB_STEP_SUMMARY`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, TextIO

from msgspec import Struct

from linter.decision import alarms
from linter.model import SEVERITIES, Article, Finding, Verdict
from linter.reports import ReportOptions, RuleCount, Summary, cifile, ranking
from linter.reports.mdtext import code, text
from linter.reports.ranking import Ranking
from linter.reports.words import count, place, spot, summary_line

# GitHub refuses a comment of more than 65,536 characters ("body is too long"), and a step summary of more than 1 MiB:
# https://docs.github.com/en/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary
LIMIT = 65_536  # bytes, which are never fewer than characters
_RESERVE = 500  # bytes for what ends a section
_UP_TO = (0.4, 0.8, 1.0)  # of the limit: the table of articles, their findings, the table of rules
_ARTICLES = 50
_TOLD, _FINDINGS = 10, 10  # articles whose findings are listed, and how many of each
_RULES = 30
_CELL = 300  # code points
_MARK = "<!-- newslint -->"  # by which a comment is found again, to be replaced


class _Told(Struct):
    """What is told of an article that does not pass."""

    decision: str
    place: str
    title: str
    score: str
    because: str
    findings: list[str]
    more: int


class Report:
    """The `markdown` format. It is written at the end."""

    machine: ClassVar[bool] = True
    sums_up: ClassVar[bool] = True

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self._out = out
        self._options = options
        self._articles: Ranking[_Told] = Ranking(_ARTICLES)
        self._rules: dict[str, RuleCount] = {}

    def add(self, verdict: Verdict, article: Article, *, own: bool = False) -> None:
        """Keep an article that does not pass, where it is among the worst so far; count the alarms of all."""
        raised = alarms(verdict)
        for finding in raised:
            rule = self._rules.setdefault(finding.rule, RuleCount(finding.name))
            rule.hits += 1
            rule.severities[finding.severity] = rule.severities.get(finding.severity, 0) + 1
        for rule_id in {finding.rule for finding in raised}:
            self._rules[rule_id].articles += 1
        if verdict.decision != "pass":
            make = partial(self._told, verdict, raised, own)
            self._articles.add(ranking.badness_of_article(verdict, raised), make)

    def _told(self, verdict: Verdict, raised: list[Finding], own: bool) -> _Told:
        shown = verdict.score is not None and not (own and not self._shows_own)
        worst = sorted(raised, key=ranking.badness, reverse=True)[:_FINDINGS]
        return _Told(
            decision=verdict.decision,
            place=_cut(place(verdict)),
            title=_cut(verdict.title or ""),
            score=f"{verdict.score} ({verdict.band})" if shown else "",
            because=_cut(verdict.because or ""),
            findings=[_finding(finding) for finding in worst],
            more=len(raised) - len(worst),
        )

    @property
    def _shows_own(self) -> bool:
        return self._options.show_score or self._options.explain_score

    def close(self, summary: Summary, *, own: bool = False) -> None:
        """Write the verdict and its sections, each as long as it may be."""
        page = _Page()
        page.put(_MARK, f"## newslint: {_verdict(summary)}", "", text(summary_line(summary, own=own)), "")
        articles = self._articles.worst_first()
        if articles:
            self._put_articles(page, articles)
            _put_findings(page, [article for article in articles[:_TOLD] if article.findings])
        if self._rules:
            self._put_rules(page)
        self._out.write("\n".join(page.lines).rstrip("\n") + "\n")

    def _put_articles(self, page: _Page, articles: list[_Told]) -> None:
        page.put("### Articles that don't pass", "", "| | article | score | because |", "|---|---|---|---|")
        rows = (
            f"| {told.decision} | {text(told.place)}{f'<br>{text(told.title)}' if told.title else ''} "
            f"| {text(told.score)} | {text(told.because)} |"
            for told in articles
        )
        left = len(articles) - page.fill(rows, _UP_TO[0]) + self._articles.left_out
        page.put("", *([f"… and {count(left, 'more article')}", ""] if left else []))

    def _put_rules(self, page: _Page) -> None:
        ranked = sorted(self._rules.items(), key=lambda item: (-item[1].hits, item[0]))
        page.put("<details><summary>Rules by frequency</summary>", "")
        levels = list(reversed(SEVERITIES))
        page.put(f"| rule | findings | articles | {' | '.join(levels)} |", "|---|---:|---:|---:|---:|---:|")
        rows = (
            f"| {text(rule_id)} {text(rule.name)} | {rule.hits:,} | {rule.articles:,} | "
            f"{' | '.join(f'{rule.severities.get(level, 0):,}' for level in levels)} |"
            for rule_id, rule in ranked[:_RULES]
        )
        left = len(ranked) - page.fill(rows, _UP_TO[2])
        page.put("", *([f"… and {count(left, 'more rule')}", ""] if left else []), "</details>")


class _Page:
    """Lines, and how many bytes they are."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._size = 0

    def put(self, *lines: str) -> None:
        """Write lines that are short."""
        self.lines += lines
        self._size += sum(len(line.encode()) + 1 for line in lines)

    def fill(self, lines: Iterable[str], share: float) -> int:
        """Write lines as long as the page is shorter than a share of the limit; returns how many were."""
        written = 0
        for line in lines:
            if self._size + len(line.encode()) + 1 > share * LIMIT - _RESERVE:
                break
            self.put(line)
            written += 1
        return written


def _put_findings(page: _Page, articles: list[_Told]) -> None:
    """The findings of the worst articles: a heading and a list each."""
    if articles:
        page.put("### Findings in the worst of them" if articles[1:] else "### Findings", "")
    for told in articles:
        lines = [f"- {finding}" for finding in told.findings]
        if not page.fill([f"{_strong(told)}\n"], _UP_TO[1]):
            break
        left = len(lines) - page.fill(lines, _UP_TO[1]) + told.more
        page.put(*([f"- … and {count(left, 'more finding')}"] if left else []), "")


def _strong(told: _Told) -> str:
    return f"**{code(told.place)}**{f' {text(told.title)}' if told.title else ''}"


def _finding(finding: Finding) -> str:
    at = f", {spot(finding)}" if finding.field == "text" else ""  # the message names another field
    return f"{finding.severity} {text(finding.rule)} {text(finding.name)}{at}: {text(_cut(cifile.told(finding)))}"


def _verdict(summary: Summary) -> str:
    total, decisions = summary.articles + summary.unreadable, summary.decisions
    if not total:
        told = "no articles"
    elif decisions["fail"]:
        told = f"{decisions['fail']:,} of {count(total, 'article')} {'fails' if decisions['fail'] == 1 else 'fail'}"
    elif decisions["warn"]:
        told = f"no article fails, {decisions['warn']:,} of {total:,} with a warning"
    else:
        told = "the article passes" if total == 1 else f"all {total:,} articles pass"
    return f"{told} (interrupted)" if summary.interrupted else told


def _cut(value: str) -> str:
    return value if len(value) <= _CELL else f"{value[: _CELL - 1].rstrip()}…"
