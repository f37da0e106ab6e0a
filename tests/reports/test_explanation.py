"""How a score is explained: values, credits, caps, what was not assessed, the user's own list; whole outputs."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linter.model import CATEGORIES, Category, SourceLabel, Verdict
from linter.reports.paper import columns
from linter.reports.verifying import BY_CATEGORY, how_to_verify
from linter.reports.words import wrapped

from .test_reports import ABSTAINED, ARTICLE, LETTER, finding, rendered

TITLE = "Shocking ferry scandal"
VERDICT = Verdict(
    path="ferry.txt", title=TITLE, language="en", words=240, score=51, band="serious issues", coverage=0.828,
    confidence="normal", genre="interview",
    source=SourceLabel("news.example.org", "blocked since the flood", "sources.txt"),
    categories={
        "provenance": Category(0, 25, False, "only a page with a head says where it comes from"),
        "republication": Category(40, 40, True),
        "language": Category(0, 35, True),
        "sourcing": Category(5, 25, True),
        "style": Category(4, 20, True),
    },
    findings=[
        finding("Ferry", 1, 1, rule="SRC007", name="dateline-credit", category="sourcing", severity="info",
                message="'Ferry' is a dateline", points=-2, value=True),
        finding(LETTER, 3, 1, points=24),
        finding("is closed", 6, 10, rule="INJ005", name="ad-label", severity="error", message="an empty label",
                points=16),
        finding("pier", 6, 5, rule="STY003", name="booster", category="style", severity="info", value=True,
                message="'pier' is counted as a booster; there are 2 in 240 words, and 1.0 in 1,000 are usual"),
        finding("", 1, 1, rule="SRC001", name="low-attribution", category="sourcing", severity="info", value=True,
                message="nobody says so: 0 attributions in 240 words, where 4.9 in 1,000 are usual", points=7),
        finding("Sign", 3, 1, rule="TYP001", name="odd-blank", category="language", severity="info"),
        replace(finding("Ferry", 1, 1, rule="STY002", name="sensational-wording", category="style", severity="info",
                        message="'Shocking' is sensational", points=4, value=True, field="title"),
                text="Shocking", end=8, end_column=9),
    ],
    reasons=[1, 2, 4, 6],
)  # fmt: skip
FRAMES = """\
ferry.txt:3:1: warning NWS001 newsletter-signup
3 | Sign up for our letter
  | ^^^^^^^^^^^^^^^^^^^^^^
4 | and never miss a boat
  | ^^^^^^^^^^^^^^^^^^^^^
  = 'Sign up' asks for an address
  = help: Cut the block.

ferry.txt:6:10: error INJ005 ad-label
6 | The pier is closed.
  |          ^^^^^^^^^
  = an empty label

ferry.txt:3:1: info TYP001 odd-blank
3 | Sign up for our letter
  | ^^^^
  = 'Sign up' asks for an address

"""
SCORE = """\
Score 51 of 100: serious issues (83% of the scorecard assessed)
Read as: interview
Source: news.example.org is 'blocked since the flood' in sources.txt (your list;
        not part of the score)
  provenance     not assessed: only a page with a head says where it comes from
  republication  ░░░░░░░░░░░░░░░░░░░░  -40 of 40
  language       ████████████████████  0 of 35 lost
  sourcing       ████████████████░░░░  -5 of 25
  style          ████████████████░░░░  -4 of 20
Largest reasons:
   -24  3:1 NWS001 newsletter-signup: 'Sign up' asks for an address
        text: Sign up for our letter and never miss a boat
        to verify: see what the first page has
   -16  6:10 INJ005 ad-label: an empty label
        text: is closed
        to verify: open the first publication, and see whether these words stand
        within its article there
    -7  absent SRC001 low-attribution: nobody says so: 0 attributions in 240
        words, where 4.9 in 1,000 are usual
        to verify: go through the article claim by claim; note who says so,
        where and when, and follow its links
    -4  title 1:1 STY002 sensational-wording: 'Shocking' is sensational
        to verify: read the sentence without these words or marks, and see
        whether it still reports as much
Not assessed: provenance. The score says nothing about it.
"""
SUM = """\
The whole sum:
  republication, at most 40
   -24  3:1 NWS001 newsletter-signup: 'Sign up' asks for an address
   -16  6:10 INJ005 ad-label: an empty label
   -40  in republication: the cap is reached, more would cost nothing
     0  in language, at most 35
  sourcing, at most 25
    -7  absent SRC001 low-attribution: nobody says so: 0 attributions in 240
        words, where 4.9 in 1,000 are usual
    +2  credit, 1:1 SRC007 dateline-credit: 'Ferry' is a dateline
    -5  in sourcing
  style, at most 20
    -4  title 1:1 STY002 sensational-wording: 'Shocking' is sensational
     0  6:5 STY003 booster: 'pier' is counted as a booster; there are 2 in 240
        words, and 1.0 in 1,000 are usual
    -4  in style
     0  1 more finding costs nothing
   -49  in all: 100 - 49 = 51
"""
PAIR = (VERDICT, replace(ARTICLE, title=TITLE))


def test_console_tells_how_a_score_came_about_and_how_to_check_it() -> None:
    assert rendered("console", PAIR, width=80) == FRAMES + SCORE


def test_the_whole_sum_is_shown_on_request() -> None:
    shown = rendered("console", PAIR, width=80, explain_score=True)
    assert shown == FRAMES + SCORE + SUM
    assert max(map(columns, shown.splitlines())) <= 80


def test_nothing_speaks_of_truth() -> None:
    shown = rendered("console", PAIR, explain_score=True).lower() + " ".join(BY_CATEGORY.values()).lower()
    assert not re.search(r"\b(?:fake|true|truth|false|misinformation|disinformation|lies?)\b", shown)


@given(st.data())
def test_the_printed_lines_add_up(data: st.DataObject) -> None:
    """Whatever the points: entries make subtotals, subtotals the total, and 100 minus that is the score."""
    findings, categories = [], {}
    for name in CATEGORIES:
        costs = data.draw(st.lists(st.integers(0, 6), max_size=3))
        credit = data.draw(st.integers(0, sum(costs)))
        for number, points in enumerate([*costs, -credit]):
            findings.append(finding("Ferry", 1, 1, category=name, rule=f"XXX00{number}", points=points,
                                    value=data.draw(st.booleans())))  # fmt: skip
        categories[name] = Category(sum(costs) - credit, 18, True)
    score = 100 - sum(category.lost for category in categories.values())
    verdict = replace(VERDICT, findings=findings, categories=categories, score=score, reasons=[])
    lines = rendered("console", (verdict, ARTICLE), explain_score=True).partition("The whole sum:\n")[2].splitlines()
    entries, subtotals = [], []
    for line in lines[:-1]:
        points, _, what = line.strip().partition("  ")
        if re.match(r"in [a-z]+", what):
            subtotals.append(int(points))
        elif re.fullmatch(r"[+-]?\d+", points):
            entries.append(int(points))
    last = re.fullmatch(r"\s*(\S+)  in all: 100 - (\d+) = (\d+)", lines[-1])
    assert last
    assert sum(entries) == sum(subtotals) == int(last[1]) == -int(last[2])
    assert int(last[3]) == 100 - int(last[2]) == verdict.score


def test_values_raise_no_alarm_in_lines() -> None:
    lines = [
        "ferry.txt:3:1: warning NWS001 'Sign up' asks for an address",
        "ferry.txt:6:10: error INJ005 an empty label",
        "ferry.txt:3:1: info TYP001 'Sign up' asks for an address",
    ]
    assert rendered("concise", PAIR).splitlines() == lines
    assert rendered("console", PAIR, PAIR).splitlines()[:-1] == lines * 2
    alone = replace(VERDICT, findings=[VERDICT.findings[4]], reasons=[])
    assert rendered("concise", (alone, ARTICLE)) == ""
    assert rendered("console", (alone, ARTICLE)).startswith("ferry.txt: no findings\nScore 51")


def test_machine_formats_list_values_with_what_to_do_about_each_rule() -> None:
    (line,) = rendered("jsonl", PAIR).splitlines()
    verdict = json.loads(line)
    assert [one["value"] for one in verdict["findings"]] == [True, False, False, True, True, False, True]
    assert sum(one["points"] for one in verdict["findings"]) == 100 - verdict["score"]
    assert verdict["categories"]["provenance"]["why"] == "only a page with a head says where it comes from"
    assert verdict["source"] == {
        "host": "news.example.org", "label": "blocked since the flood", "list": "sources.txt",
    }  # fmt: skip
    assert (verdict["genre"], verdict["reasons"]) == ("interview", [1, 2, 4, 6])
    document = json.loads(rendered("json", PAIR))
    assert document["articles"] == [verdict]
    assert list(document)[-3:] == ["articles", "rules", "summary"]
    assert list(document["rules"]) == sorted({one["rule"] for one in verdict["findings"]})
    assert document["rules"]["STY002"] == {
        "name": "sensational-wording", "summary": "", "help": None, "verify": BY_CATEGORY["style"],
    }  # fmt: skip


def test_json_has_the_rules_that_were_merged_into_a_finding() -> None:
    merged = replace(VERDICT.findings[2], related=["NWS001", "ZZZ001"])
    document = json.loads(rendered("json", (replace(VERDICT, findings=[merged], reasons=[]), ARTICLE)))
    assert {rule: told["verify"] for rule, told in document["rules"].items()} == {
        "INJ005": BY_CATEGORY["republication"],
        "NWS001": "see what the first page has",
    }


def test_statistics_and_show_count_values_as_such() -> None:
    header, *rows, _ = rendered("statistics", PAIR, PAIR).splitlines()
    assert header.split() == ["hits", "articles", "error", "warning", "info", "value", "rule", "name"]
    assert {row.split()[6]: row.split()[:6] for row in rows} == {
        "INJ005": ["2", "2", "2", "-", "-", "-"],
        "NWS001": ["2", "2", "-", "2", "-", "-"],
        "TYP001": ["2", "2", "-", "-", "2", "-"],
        **{rule: ["2", "2", "-", "-", "-", "2"] for rule in ("SRC001", "SRC007", "STY002", "STY003")},
    }
    only = replace(VERDICT, findings=VERDICT.findings[3:5])
    assert rendered("show", (only, replace(ARTICLE, title=TITLE))).splitlines() == [
        "ferry.txt:6:5: value …es later  Sign up for our letter and never miss a boat  The ⟦pier⟧ is closed.",
        "ferry.txt:1:1: value absent: nobody says so: 0 attributions in 240 words, where 4.9 in 1,000 are usual",
        "2 hits in 1 of 2 articles",
    ]


def test_the_list_is_told_beside_an_article_without_a_score_or_of_ones_own() -> None:
    listed = replace(ABSTAINED, source=SourceLabel("example.org", "ours", "mine.csv"))
    told = "Source: example.org is 'ours' in mine.csv (your list; not part of the score)\n"
    said = f"dump.jsonl#3: no findings\nToo short to score: 5 words, 100 are needed\n{told}"
    assert rendered("console", (listed, ARTICLE)) == said
    assert rendered("console", (listed, ARTICLE), own=True) == f"dump.jsonl#3: no findings\n{told}"
    assert rendered("console", (listed, ARTICLE), quiet=True) == ""


def test_what_was_measured_of_an_article_without_a_score() -> None:
    measured = replace(ABSTAINED, findings=[replace(VERDICT.findings[3], points=0)])
    assert rendered("console", (measured, ARTICLE), explain_score=True, width=80) == (
        "dump.jsonl#3: no findings\nToo short to score: 5 words, 100 are needed\nWhat was measured:\n"
        "     0  6:5 STY003 booster: 'pier' is counted as a booster; there are 2 in 240\n"
        "        words, and 1.0 in 1,000 are usual\n"
    )


def test_every_category_says_how_to_verify() -> None:
    assert list(BY_CATEGORY) == list(CATEGORIES)
    assert how_to_verify("style") == BY_CATEGORY["style"]
    assert how_to_verify("style", " Ask the\n author. ") == "Ask the author."


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=200), st.integers(2, 40))
def test_wrapped_lines_fit_and_keep_every_character(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(0 < columns(line) <= width or not columns(line.strip()) for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert wrapped("東京の渡し船 ferry", 8) == ["東京の渡", "し船", "ferry"]
