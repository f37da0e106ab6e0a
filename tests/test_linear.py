"""No check may be quadratic: four times the text may take little more than four times the time."""

from __future__ import annotations

import time

import pytest

from benchmarks.formats.corpus import made
from linter import Linter
from linter.config import Config
from linter.costs import Costs
from linter.readers import article_from_text

PROSE = "The council said on Monday that it would not sell the old mill, and that the roof would be mended by May. "
PIECES = {
    "paragraphs": (PROSE * 3 + "\n\n", 400),
    "one long line": (PROSE, 1500),
    "short lines": ("word here\n", 12_000),
    "labels of advertisements": ("Advertisement\n\nSome text about it.\n\n", 3000),
    "share buttons": ("Facebook\n\n", 6000),
    "dashes before a word": ("-", 150_000),
    "full stops": (".", 150_000),
    "quotation marks": ("\"' ", 40_000),
    "glued sentences on one line": ("The camp.Families have gone ", 4000),
    "sentences glued to a name": ("We saw Oxenholm.Families had gone ", 3500),
    "mojibake": ("donâ€™t say ", 8000),
    "see-also lines": ("See also: The Ten Best Cats Of Rome\n\nHello there you.\n\n", 2000),
    "template variables on one line": ("{{ name }} ", 8000),
    "self-disclosures": ("As an AI language model, I think so. ", 3000),
    "one word": ("a", 150_000),
    "lost apostrophes": ("I don t know. ", 8000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PIECES)
def test_time_grows_with_the_length_alone(name: str) -> None:
    linter = Linter(Config(time_limit=0))
    piece, count = PIECES[name]

    def seconds(times: int) -> float:
        text = piece * (count * times) + " end"
        begin = time.process_time()
        assert linter.lint(text).error is None
        return time.process_time() - begin

    seconds(1)  # patterns are compiled, automata filled
    once = fourfold = float("inf")
    for _ in range(5):  # a quadratic check is one every time, a busy machine only now and then
        once, fourfold = min(once, seconds(1)), min(fourfold, seconds(4))
        if fourfold < 9 * once + 0.05:
            return
    pytest.fail(f"{once:.3f} s for {count} pieces, {fourfold:.3f} s for four times as many")


def megabyte() -> str:
    """Our own articles, one behind the other: names, figures and quotations of all kinds, and residue."""
    text = "\n\n".join(row.text for row in made(300))
    assert len(text) > 1_000_000
    return text[:1_000_000]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["one article", "lines cut short", "one line"])
def test_no_check_takes_more_than_its_share_of_a_megabyte(kind: str) -> None:
    text = megabyte()
    if kind == "lines cut short":
        text = "\n".join(" ".join(text[at : at + 50].split()) for at in range(0, 1_000_000, 50))
    elif kind == "one line":
        text = " ".join(text.split())
    part, whole = measured(text[: len(text) // 4]), measured(text)
    # What the quarter gives no reason to run has all the same to be done with a megabyte in no time.
    most = {what: 9 * part.get(what, 0.0) + 0.2 for what in whole}
    assert {what: (part.get(what), seconds) for what, seconds in whole.items() if seconds > most[what]} == {}


def measured(text: str) -> dict[str, float]:
    """The least of several runs over one article, by checks and what they share."""
    costs = Costs()
    linter = Linter(Config(time_limit=0), costs=costs)
    least: dict[str, float] = {}
    for _ in range(3):  # the first one compiles patterns
        costs.seconds.clear()
        assert linter.run(article_from_text(text)).verdict.error is None
        least = {what: min(seconds, least.get(what, seconds)) for what, seconds in costs.seconds.items()}
    return least
