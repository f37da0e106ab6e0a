"""What the table of the page shows and looks through: one row for each article."""

from __future__ import annotations

from msgspec import Struct

from linter.corpus.sites import host_of
from linter.decision import alarms
from linter.model import SEVERITIES, Article, Decision, Finding, Verdict

_TITLE, _ADDRESS = 300, 2_000  # code points that are kept
_MESSAGES = 40  # of one article that are looked through


class Row(Struct, omit_defaults=True):
    """One article. `alarms`: how many errors, warnings and infos; `rules`: their severities by rule, as bits.

    The bits: 1 info, 2 warning, 4 error. `first_line`: the title is the beginning of the text. `own`: there is a score
    that was not asked for. `unscored`: why there is none.
    """

    place: str
    decision: Decision
    because: str = ""
    title: str = ""
    first_line: bool = False
    url: str = ""
    host: str = ""
    label: str = ""  # what the user's list says of the site
    score: int | None = None
    own: bool = False
    unscored: str = ""
    words: int = 0
    alarms: list[int] = []
    rules: dict[str, int] = {}
    messages: list[str] = []


def row_of(verdict: Verdict, article: Article, *, scored: bool) -> Row:
    """The row of an article. `scored`: is its score to be shown?"""
    title = (verdict.title or "").strip()
    raised = alarms(verdict)
    return Row(
        place=verdict.path if verdict.record is None else f"{verdict.path}#{verdict.record}",
        decision=verdict.decision,
        because=verdict.because or "",
        title=_cut(title or _first_line(article.text), _TITLE),
        first_line=not title,
        url=(verdict.url or "")[:_ADDRESS],
        host=host_of(verdict.url) or "",
        label=verdict.source.label if verdict.source else "",
        score=verdict.score if scored else None,
        own=not scored,
        unscored="" if verdict.score is not None else verdict.error or verdict.abstained or "not scored",
        words=verdict.words,
        alarms=[sum(one.severity == severity for one in raised) for severity in reversed(SEVERITIES)],
        rules=_severities(raised),
        messages=list(dict.fromkeys(one.message for one in raised))[:_MESSAGES],
    )


def _severities(raised: list[Finding]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for one in raised:
        bits[one.rule] = bits.get(one.rule, 0) | 1 << SEVERITIES.index(one.severity)
    return bits


def _first_line(text: str) -> str:
    """The beginning of a text, up to the end of its first line that isn't empty."""
    start = text[: 20 * _TITLE].lstrip()
    return start.partition("\n")[0].strip()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
