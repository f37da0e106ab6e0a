"""What the formats for machines are tested with: articles of every kind, one of them hostile in every field."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from linter.cli.tally import Tally
from linter.config import Config
from linter.decision import decide, is_own
from linter.engine import Outcome
from linter.fingerprint import Fingerprints
from linter.model import Article, Category, Finding, SourceLabel, Verdict
from linter.parallel import Linted
from linter.reports import ReportOptions, Summary, report_for
from linter.rulefile import Bad, Examples, Fix, Good, Level, Rule, When
from linter.source import LineIndex

# What XML, Markdown, HTML, workflow commands, terminals and encoders trip over.
HOSTILE = "<img src=x onerror=alert(1)> | @all [x](http://y)"
NASTY = "]]> &amp; ``` `x` %0A::error::, a:b \x00\x1b[2J\x9b\u202e\u2066\ufffe\ud800 $x$ #1 {0} \\ \"'"
ODD_PATH = "odd dir/a#b %41, x:y caf\udce9\n::error::.txt"
LIMITS = Config(min_score=60)


def _rule(rule_id: str, name: str, **changes: Any) -> Rule:
    given = Rule(
        id=rule_id, name=name, summary="A box was scraped.", help="Cut the block.", severity="warning",
        why="Pages have boxes.\nScrapers take them along.\n\nReaders see them twice.", message="'{match}' asks for it",
        confidence="likely", category="republication", check={"kind": "pattern", "match": ["sign up"]}, builtin=False,
        examples=Examples(
            bad=[
                Bad(text="Ferry late\n\nSign up\n", at=["3:1-3:8 warning"], title="Ferry", url="https://example.org/a"),
                Bad(text="No author\n", at=["1:1-1:1", "7:1-7:3 info"]),
            ],
            good=[Good(text="They sign up.", because="a sentence"), Good(text="Signs\nup", because="two lines")],
        ),
    )  # fmt: skip
    return replace(given, **changes)


RULES = {
    rule.id: rule
    for rule in (
        _rule("NWS001", "newsletter-signup", levels=[Level(when=When(preset="own", count=2), severity="info")],
              references=["The Harbour Guide, https://example.org/guide_(a)", HOSTILE]),
        _rule("GRM001", "wrong-tense", severity="error", confidence="certain", category="language", status="stable",
              fix=Fix(action="replace", safe=False), help=None, verify="see what the first page has"),
        _rule("ODD001", "odd-mark", severity="info", confidence="hint", category="style", summary=HOSTILE,
              why=f"# Not a heading\n- nor a list\n\n{HOSTILE}\n```\n{NASTY}", help=f"1. {HOSTILE} {NASTY}",
              verify=HOSTILE, options=["most_words"], fix=Fix(action="replace", safe=True), supports="odd",
              examples=Examples(
                  bad=[Bad(text=f"````\n{HOSTILE}\n{NASTY}\n", at=["2:1-2:50 info", "1:1-2:5"], title=HOSTILE),
                       Bad(text="| a | b |", at=["1:1-1:10"], author=NASTY)],
                  good=[Good(text="~~~\n</details>", because=HOSTILE), Good(text="`", because=NASTY)])),
        _rule("FIL001", "a-value", value=True),
    )
}  # fmt: skip


class _Writer:
    """Makes the findings of an article, with their real places."""

    def __init__(self, article: Article) -> None:
        self._article, self._prints = article, Fingerprints(article)

    def __call__(self, rule: str, text: str, message: str, *, field: str = "text", **changes: Any) -> Finding:
        source = self._article.source if field == "text" else getattr(self._article, field)
        start = source.index(text) if text else 0
        index = LineIndex(source)
        (line, column), (end_line, end_column) = index.position(start), index.position(start + len(text))
        known = RULES.get(rule)
        given = Finding(
            rule=rule, name=known.name if known else "no-named-source",
            category=known.category if known else "sourcing",
            severity=known.severity if known else "info", confidence=known.confidence if known else "hint",
            message=message, field=field, start=start, end=start + len(text), line=line, column=column,
            end_line=end_line, end_column=end_column, text=text, suggestion=None, points=0, related=[],
            fingerprint=self._prints.of(rule, text),
        )  # fmt: skip
        return replace(given, **changes)


def _article(path: str, source: str, **fields: Any) -> Article:
    return Article(text=source, source=source, path=path, **fields)


def _verdict(article: Article, findings: list[Finding], **fields: Any) -> Verdict:
    verdict = Verdict(
        path=article.path, record=article.record, source_line=article.source_line, id=article.id, url=article.url,
        title=article.title, words=len(article.source.split()), findings=findings, error=article.error, **fields,
    )  # fmt: skip
    decide(verdict, article, LIMITS)
    return verdict


def _ferry() -> tuple[Article, Verdict]:
    """Alarms on one line, on several, on one line twice, in the title, an absence; a value and known ones beside."""
    source = "Ferry leaves later\r\n\r\nSign up for our letter\r\nand never miss a boat\r\n\r\nThe pier is closed.\r\n"
    article = _article("news/ferry.txt", source, title="Ferry leaves later", url="https://example.org/ferry?a=1&b=2")
    write = _Writer(article)
    findings = [
        write("NWS001", "Sign up for our letter\r\nand never miss a boat", "'Sign up' asks for it", points=12,
              related=["SHR001"]),
        write("NWS001", "boat", "'boat' asks for it", severity="info", points=1),
        write("GRM001", "is closed", "'is' should be 'was'", suggestion="was closed", points=3),
        write("SRC003", "", "no source is named", points=1),
        write("ODD001", "Ferry", "one word only", field="title"),
        write("FIL001", "pier", "NEVER SHOWN: a value", points=4, value=True, severity="error"),
        write("NWS001", "closed", "NEVER SHOWN: in the baseline", points=2, known="baseline", severity="error"),
        write("NWS001", "The", "NEVER SHOWN: on an unchanged line", points=2, known="unchanged", severity="error"),
    ]  # fmt: skip
    return article, _verdict(article, findings, score=71, band="notable issues", coverage=0.45, confidence="low",
                             categories={"republication": Category(17, 40, True)},
                             source=SourceLabel("example.org", "ours", "mine.csv"))  # fmt: skip


def _hostile(path: str = ODD_PATH, **fields: Any) -> tuple[Article, Verdict]:
    source = f"🛳️ 東京 {HOSTILE}\n👩‍👩‍👧 {NASTY} end.\nstop {HOSTILE}"
    fields = {"title": HOSTILE, "author": NASTY, "url": HOSTILE, "id": NASTY, **fields}
    article = _article(path, source, **fields)
    write = _Writer(article)
    findings = [
        write("ODD001", HOSTILE, f"'{HOSTILE}' is odd", points=2, suggestion=f"{NASTY}\n{HOSTILE}"),
        write("NWS001", NASTY, f"'{NASTY}' asks for it", severity="error", points=9),
        write("ODD001", NASTY, f"'{NASTY}' is odd", field="author", suggestion=HOSTILE),
        write("NWS001", HOSTILE, f"'{HOSTILE}' asks for it", field="title"),
    ]
    return article, _verdict(article, findings, score=66, band="notable issues")


def specimens() -> list[tuple[Article, Verdict]]:
    """Articles and their verdicts, decided upon with a least score of 60."""
    own = _article("posts/our own.md", "Our letter\n\nSign up here.\n", profile="markdown", title="Our letter")
    low = _article("low.txt", "An article that only its score fails.")
    record = _article("dump.jsonl", "One.\nSign up now.", record=7, source_line=9, id="r-7", title="Seven")
    lineless = _article("dump.parquet", "Sign up now.", record=3)
    found = [
        _ferry(),
        _hostile(),
        _hostile("dump.jsonl", record=0, source_line=2),
        (own, _verdict(own, [_Writer(own)("NWS001", "Sign up", "'Sign up' asks for it", points=4)], score=96,
                       band="clean")),
        (low, _verdict(low, [], score=41, band="serious issues")),
        (record, _verdict(record, [_Writer(record)("NWS001", "Sign up", "'Sign up' asks for it")],
                          abstained="too short to score: 3 words, 100 are needed")),
        (lineless, _verdict(lineless, [_Writer(lineless)("GRM001", "now", "'now' is in the wrong tense")], score=80,
                            band="minor issues")),
    ]  # fmt: skip
    for path, error, fields in (
        ("gone.txt", f"can't be read: {NASTY}", {}),
        ("dump.jsonl", f"not valid JSON: {HOSTILE}", {"record": 8, "source_line": 10}),
        ("dump.jsonl", "internal error: IndexError", {"record": 9, "source_line": 11}),
    ):
        article = _article(path, "", error=error, **fields)
        found.append((article, _verdict(article, [])))
    clean = _article("clean.txt", "Nothing to say.")
    found.append((clean, _verdict(clean, [], score=100, band="clean")))
    return found


def summary_of(found: list[tuple[Article, Verdict]]) -> Summary:
    """What a run over them adds up to."""
    tally = Tally()
    for article, verdict in found:
        tally.add(Linted(LIMITS, article, Outcome(verdict, [])))
    return tally.summary


def render(format: str, found: list[tuple[Article, Verdict]] | None = None, **options: Any) -> str:
    """A whole report; the specimens by default."""
    found = specimens() if found is None else found
    out = io.StringIO()
    report = report_for(format)(
        out, ReportOptions(version="1.2.3", rulebook="abc", score_version="1", rule=RULES.get, **options)
    )
    for article, verdict in found:
        report.add(verdict, article, own=is_own(article, LIMITS))
    report.close(summary_of(found))
    return out.getvalue()


def written(format: str, file: Path) -> Path:
    """The report of the specimens, in a file as the command writes it."""
    file.write_text(render(format), encoding="utf-8", errors="backslashreplace", newline="\n")
    return file
