"""What always holds of the score of whole articles, whatever stands in them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter import Linter, Verdict
from linter.config import Config
from linter.engine import Engine
from linter.readers import article_from_text
from linter.rulebook import active_rules, load_book

FIXTURES = Path(__file__).parent.parent / "fixtures"
QUICK = settings(deadline=None, max_examples=250)

# Lines as pages leave them in texts, one of each kind.
RESIDUE = [
    "Advertisement",
    "Story continues below advertisement",
    "Facebook Twitter Pinterest WhatsApp",
    "Share this:",
    "Sign up for our newsletter and get the best stories in your inbox every Friday!",
    "Subscribe now for full access",
    "READ MORE: Mayor says she will not run again after all",
    "Related: Five questions that you should ask before you buy a boat",
    "We use cookies to improve your experience. By continuing you agree to our cookie policy.",
    "Please enable JavaScript to view this page.",
    "Loading...",
    "Photo: Getty Images",
    "Image caption A view of the harbour on Monday",
    "5 min read",
    "3 hours ago",
    "Tags: harbour, ferry, council",
    "Copyright 2024 The Tellmouth Mail. All rights reserved.",
    "Follow us on Twitter and Facebook",
    "Leave a comment",
    "Your email address will not be published. Required fields are marked *",
    "{{ city_name }}",
    '[caption id="attachment_4411" align="alignnone" width="640"]',
    "Download our app to get breaking news alerts",
    "This article is for subscribers only. Log in to continue reading.",
    "Source: tellmouthbuzz.example",
    "pic.twitter.com/a8Hk2Lq0Zz",
    "The harbour isnâ€™t deep, he said â€” and itâ€™s cold.",
    "See also  Ten Ferries You Must Ride Before They Sink",
    "As an AI language model, I cannot give an opinion on this.",
]


def articles() -> list[str]:
    """Clean articles and their rewritten versions, each with its headline as its first line."""
    found = [(FIXTURES / name / "article.txt").read_text("utf-8") for name in ("clean", "own", "farm")]
    for row in map(json.loads, (FIXTURES / "rewritten" / "articles.jsonl").read_text("utf-8").splitlines()):
        found += [f"{row['title']}\n\n{row['text']}", f"{row['clean_title']}\n\n{row['clean_text']}"]
    return found


ARTICLES = articles()
LINTER = Linter()


def points(verdict: Verdict) -> dict[str, int]:
    return {name: sum(f.points for f in verdict.findings if f.category == name) for name in verdict.categories}


@given(
    st.sampled_from(ARTICLES), st.lists(st.tuples(st.sampled_from(RESIDUE), st.floats(0, 1)), min_size=1, max_size=4)
)
@QUICK
def test_adding_residue_never_raises_the_score(article: str, added: list[tuple[str, float]]) -> None:
    before = LINTER.lint(article)
    lines = article.split("\n\n")
    for line, where in added:
        lines.insert(1 + round(where * (len(lines) - 1)), line)
    after = LINTER.lint("\n\n".join(lines))
    assert before.score is not None
    assert after.score is not None
    assert after.score <= before.score


@pytest.mark.parametrize("number", range(len(ARTICLES)))
def test_every_point_is_a_finding_s(number: int) -> None:
    verdict = LINTER.lint(ARTICLES[number])
    assert verdict.score == 100 - sum(f.points for f in verdict.findings)
    assert {name: c.lost for name, c in verdict.categories.items()} == points(verdict)
    assert all(0 <= c.lost <= c.cap for c in verdict.categories.values())
    dearest = [verdict.findings[n].points for n in verdict.reasons]
    assert dearest == sorted((f.points for f in verdict.findings if f.points > 0), reverse=True)[:4]


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=3)
def test_the_order_of_rules_changes_nothing(dice: random.Random) -> None:
    rules = active_rules(load_book(), Config())
    dice.shuffle(rules)
    shuffled = Engine(rules)
    for text in ARTICLES[:12]:
        article = article_from_text(text, "text")
        assert shuffled.lint(article).verdict == LINTER.run(article).verdict


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty article"),
        ("\n \n", "empty article"),
        ("The ferry ran. " * 20, "too short to score: 60 words, 100 are needed"),
        (
            "Die Brücke bleibt bis Juni geschlossen, weil Taucher einen zweiten Riss gefunden haben. " * 15,
            "not scored: the language is 'de', the scorecard is for English",
        ),
        (
            "Results\n\n" + "".join(f"Oxbrook {n}\tLinden Quay {n // 2}\t{n} June\n" for n in range(60)),
            "not scored: most of it is not running prose (a list, a table, a menu)",
        ),
    ],
)
def test_what_can_not_be_scored_says_why(text: str, why: str) -> None:
    verdict = LINTER.lint(text)
    assert (verdict.score, verdict.band, verdict.coverage, verdict.confidence) == (None, None, 0.0, "none")
    assert verdict.abstained == why
    assert all((c.lost, c.assessed) == (0, False) for c in verdict.categories.values())
    assert all(f.points == 0 for f in verdict.findings)


def test_what_was_not_assessed_says_why() -> None:
    def told(text: str, config: Config | None = None) -> dict[str, str | None]:
        verdict = Linter(config).lint(text) if config else LINTER.lint(text)
        return {name: c.why for name, c in verdict.categories.items() if not c.assessed}

    page = "only a page with a head says where it comes from"
    assert told(ARTICLES[0]) == {"provenance": page}
    opinion = {"sourcing": "no event news: labelled opinion", "style": "labelled opinion"}
    assert told(f"Opinion\n\n{ARTICLES[0]}") == {"provenance": page, **opinion}
    off = "no rule for it is switched on"
    residue = told(ARTICLES[0], Config(select=["INJ", "NWS"]))
    assert residue == dict.fromkeys(("provenance", "language", "sourcing", "style"), off)
