"""Every report over the same verdicts, compared as a whole."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from msgspec.structs import replace

from linter.model import Article, Category, Finding, SourceLabel, Verdict
from linter.reports import Lowest, ReportOptions, Summary, format_names, report_for
from linter.reports.verifying import BY_CATEGORY
from linter.rulefile import Bad, Examples, Good, Rule

SOURCE = "Ferry leaves later\n\nSign up for our letter\nand never miss a boat\n\nThe pier is closed.\n"
LETTER = "Sign up for our letter\nand never miss a boat"


def finding(text: str, line: int, column: int, **changes: Any) -> Finding:
    start = SOURCE.index(text) if text else 0
    lines = text.split("\n")
    given = Finding(
        rule="NWS001", name="newsletter-signup", category="republication", severity="warning", confidence="likely",
        message="'Sign up' asks for an address", field="text", start=start, end=start + len(text), line=line,
        column=column, end_line=line + len(lines) - 1, text=text, suggestion=None, points=0, related=[],
        end_column=len(lines[-1]) + (column if len(lines) == 1 else 1), fingerprint="00",
    )  # fmt: skip
    return replace(given, **changes)


ARTICLE = Article(text=SOURCE, source=SOURCE, path="ferry.txt", title="Ferry leaves later")
VERDICT = Verdict(
    path="ferry.txt", title="Ferry leaves later", language="en", words=140, score=84, band="minor issues",
    coverage=0.45, confidence="low",
    categories={
        "provenance": Category(0, 25, False), "republication": Category(16, 40, True),
        "language": Category(0, 35, False), "sourcing": Category(0, 25, True),
        "style": Category(0, 20, True),
    },
    findings=[
        finding(LETTER, 3, 1, points=12),
        finding("is closed", 6, 10, rule="GRM001", name="wrong-tense", severity="error", message="'is' should be 'was'",
                suggestion="was closed", points=3),
        finding("", 1, 1, rule="SRC003", name="no-named-source", severity="info", message="no source is named",
                points=1),
        finding("Ferry", 1, 1, rule="HDR009", name="title-case", severity="info", message="one word only",
                field="title"),
    ],
    reasons=[0, 1, 2],
)  # fmt: skip
ABSTAINED = Verdict(path="dump.jsonl", record=3, source_line=5, abstained="too short to score: 5 words, 100 are needed")
SUMMARY = Summary(
    articles=2, findings={"error": 1, "warning": 1, "info": 2}, scored=1, abstained=1,
    lowest=Lowest(84, "minor issues", "ferry.txt"),
)  # fmt: skip


LETTERS = Rule(
    id="NWS001", name="newsletter-signup", summary="A box was scraped.", why="Pages have boxes.", help="Cut the block.",
    message="'{match}' asks for an address", severity="warning", confidence="likely", category="republication",
    verify="see what the first page has", check={"kind": "pattern", "match": ["sign up"]},
    examples=Examples(
        bad=[Bad(text="Ferry late\n\nSign up\n", at=["3:1-3:8 warning"])],
        good=[Good(text="They sign up.", because="a sentence")],
    ),
)  # fmt: skip


def rendered(format: str, *verdicts: tuple[Verdict, Article], own: bool = False, **options: Any) -> str:
    out = io.StringIO()
    rule = {"NWS001": LETTERS}.get
    report = report_for(format)(
        out, ReportOptions(version="1", rulebook="abc", score_version="1", rule=rule, **options)
    )
    for verdict, article in verdicts:
        report.add(verdict, article, own=own)
    report.close(SUMMARY, own=own)
    return out.getvalue()


FRAMES = """\
ferry.txt:3:1: warning NWS001 newsletter-signup
3 | Sign up for our letter
  | ^^^^^^^^^^^^^^^^^^^^^^
4 | and never miss a boat
  | ^^^^^^^^^^^^^^^^^^^^^
  = 'Sign up' asks for an address
  = help: Cut the block.

ferry.txt:6:10: error GRM001 wrong-tense
6 | The pier is closed.
  |          ^^^^^^^^^
  = 'is' should be 'was'
  = instead: was closed

ferry.txt:1:1: info SRC003 no-named-source
 = no source is named

ferry.txt:1:1: info HDR009 title-case
1 | Ferry leaves later
  | ^^^^^
  = one word only (in the title)

"""
SCORE = """\
Score 84 of 100: minor issues (45% of the scorecard assessed)
Confidence low: the text is short
  provenance     not assessed
  republication  ████████████░░░░░░░░  -16 of 40
  language       not assessed
  sourcing       ████████████████████  0 of 25 lost
  style          ████████████████████  0 of 20 lost
"""
REASONS = """\
Largest reasons:
   -12  3:1 NWS001 newsletter-signup: 'Sign up' asks for an address
        text: Sign up for our letter and never miss a boat
        to verify: see what the first page has
    -3  6:10 GRM001 wrong-tense: 'is' should be 'was'
        text: is closed
        to verify: open the first publication, and see whether these words stand within its article
        there
    -1  absent SRC003 no-named-source: no source is named
        to verify: as for GRM001 above
Not assessed: provenance, language. The score says nothing about them.
"""
LEDGER = """\
The whole sum:
  republication, at most 40
   -12  3:1 NWS001 newsletter-signup: 'Sign up' asks for an address
    -3  6:10 GRM001 wrong-tense: 'is' should be 'was'
    -1  absent SRC003 no-named-source: no source is named
   -16  in republication
     0  in sourcing, at most 25
     0  in style, at most 20
     0  1 more finding costs nothing
   -16  in all: 100 - 16 = 84
"""
LINES = """\
ferry.txt:3:1: warning NWS001 'Sign up' asks for an address
ferry.txt:6:10: error GRM001 'is' should be 'was'
ferry.txt:1:1: info SRC003 no source is named
ferry.txt:1:1: info HDR009 one word only (in the title)
"""


def test_console_of_one_article() -> None:
    assert rendered("console", (VERDICT, ARTICLE)) == FRAMES + SCORE + REASONS


def test_console_with_every_point() -> None:
    assert rendered("console", (VERDICT, ARTICLE), explain_score=True) == FRAMES + SCORE + REASONS + LEDGER


def test_console_gives_the_reasons_that_the_verdict_names() -> None:
    many = [finding("", 1, 1, rule=f"SRC00{points}", points=points) for points in (1, 5, 3, 2, 4)]
    verdict = replace(VERDICT, findings=many, reasons=[1, 4, 2, 3])
    shown = rendered("console", (verdict, ARTICLE)).partition("Largest reasons:\n")[2]
    assert [line.split()[:3:2] for line in shown.splitlines() if line.lstrip().startswith("-")] == [
        *(["-5", "SRC005"], ["-4", "SRC004"], ["-3", "SRC003"], ["-2", "SRC002"]),
    ]


def test_console_of_a_sites_own_article() -> None:
    assert rendered("console", (VERDICT, ARTICLE), own=True) == FRAMES
    assert rendered("console", (VERDICT, ARTICLE), own=True, show_score=True) == FRAMES + SCORE + REASONS
    assert rendered("console", (VERDICT, ARTICLE), quiet=True) == FRAMES


def test_console_of_an_article_without_a_score() -> None:
    said = "dump.jsonl#3: no findings\nToo short to score: 5 words, 100 are needed\n"
    assert rendered("console", (ABSTAINED, ARTICLE)) == said


def test_console_of_several_articles() -> None:
    several = rendered("console", (VERDICT, ARTICLE), (ABSTAINED, ARTICLE))
    summary = "2 articles: 1 error, 1 warning, 2 infos; 1 scored, lowest 84 (minor issues) in ferry.txt\n"
    assert several == LINES + summary


def test_every_format_is_found_and_shows_the_findings() -> None:
    assert format_names() == [
        *("concise", "console", "github", "gitlab", "html", "json", "jsonl", "junit", "markdown", "sarif"),
    ]
    assert all("NWS001" in rendered(name, (VERDICT, ARTICLE)) for name in format_names())


def test_concise() -> None:
    dumped = replace(VERDICT, path="dump.jsonl", record=7)
    assert rendered("concise", (VERDICT, ARTICLE)) == LINES
    assert rendered("concise", (dumped, ARTICLE)) == LINES.replace("ferry.txt", "dump.jsonl#7")


def test_json_lines_have_the_keys_of_the_wire_format_in_order() -> None:
    line, other = rendered("jsonl", (VERDICT, ARTICLE), (ABSTAINED, ARTICLE)).splitlines()
    verdict = json.loads(line)
    assert list(verdict) == [
        *("path", "record", "source_line", "id", "url", "title", "language", "words", "score", "band", "coverage"),
        *("confidence", "abstained", "error", "decision", "because", "genre", "source", "categories"),
        *("reasons", "findings"),
    ]
    assert list(verdict["findings"][0]) == [
        *("rule", "name", "category", "severity", "confidence", "message", "field", "start", "end", "line", "column"),
        *("end_line", "end_column", "text", "suggestion", "points", "related", "fingerprint", "value", "known"),
    ]
    assert verdict["categories"]["sourcing"] == {"lost": 0, "cap": 25, "assessed": True, "why": None}
    assert [json.loads(other)[key] for key in ("record", "source_line", "score", "findings")] == [3, 5, None, []]


def test_json_is_the_same_objects_in_a_document() -> None:
    lines = rendered("jsonl", (VERDICT, ARTICLE), (ABSTAINED, ARTICLE)).splitlines()
    assert json.loads(rendered("json", (VERDICT, ARTICLE), (ABSTAINED, ARTICLE))) == {
        "schema_version": 1,
        "tool": {"name": "newslint", "version": "1"},
        "rulebook": "abc",
        "score_version": "1",
        "articles": [json.loads(line) for line in lines],
        "rules": {
            "GRM001": told("wrong-tense"),
            "HDR009": told("title-case"),
            "NWS001": {
                "name": "newsletter-signup",
                "summary": "A box was scraped.",
                "help": "Cut the block.",
                "verify": "see what the first page has",
            },
            "SRC003": told("no-named-source"),
        },
        "summary": {
            "articles": 2,
            "unreadable": 0,
            "findings": {"error": 1, "warning": 1, "info": 2},
            "scored": 1,
            "abstained": 1,
            "lowest": {"score": 84, "band": "minor issues", "path": "ferry.txt"},
            "sources": {},
            "decisions": {"pass": 0, "warn": 0, "fail": 0},
            "known": 0,
            "interrupted": False,
        },
    }
    empty = json.loads(rendered("json"))
    assert (empty["articles"], empty["rules"]) == ([], {})


def told(name: str) -> dict[str, str | None]:
    """What is known of a rule that the options don't know."""
    return {"name": name, "summary": "", "help": None, "verify": BY_CATEGORY["republication"]}


def test_json_of_a_path_that_is_not_unicode() -> None:
    odd = replace(ABSTAINED, path="caf\udce9.txt", record=None)
    assert json.loads(rendered("jsonl", (odd, ARTICLE)))["path"] == "caf?.txt"


@pytest.mark.parametrize("format", ["console", "concise"])
def test_no_report_lets_control_characters_through(format: str) -> None:
    bad = "x\x1b[2J\x9b1m\r\u202e"
    article = replace(ARTICLE, source=bad, text=bad, path=f"{bad}.txt")
    flagged = replace(finding("", 1, 1), text=bad, end=len(bad), end_column=len(bad) + 1)
    given = replace(flagged, message=bad, suggestion=bad)
    verdict = replace(
        VERDICT, path=article.path, findings=[given], abstained=bad, genre=bad, source=SourceLabel(bad, bad, bad),
        reasons=[0], categories={"style": Category(0, 20, False, bad)},
    )  # fmt: skip
    shown = rendered(format, (verdict, article), explain_score=True)
    assert not {character for character in shown if ord(character) < 32 or character in bad[1:2] + "\x9b\u202e"} - {
        "\n"
    }
    assert "x\\x1b[2J\\x9b1m \\u202e.txt:1:1: " in shown
