"""Rules about an article's lines, repetitions and figures: what needs more than a short example to show."""

from __future__ import annotations

import subprocess
import sys
import time
from random import Random

import pytest

from linter import Config, Linter
from linter.analysis import Analysis
from linter.kinds import Found
from linter.lexicon import BUILTIN
from linter.model import Article, Finding
from linter.rulebook import compile_check, load_rules
from linter.scan import Plan

FOLDER = BUILTIN.parent / "structure"
RULES = {rule.id: rule for rule in load_rules(FOLDER, builtin=True)}
WORDS = (
    "council mill roof storm winter street mayor bridge ferry school hall garden letter tile wall lamp river wheel "
    "the a of to and in that was has had for on with who which because before never often next last old new long"
).split()
MENU = "\n\n".join("Home Weather SIGN_IN 12_comments Sport Music Menu Food MAPS Share Ten_things_to_see".split())
MENU = f"{MENU}\n\n".replace("_", " ") * 2


def prose(words: int, seed: int = 1) -> str:
    """Sentences of ten words drawn at random, five to a paragraph."""
    draw = Random(seed)
    sentences = [" ".join(draw.choices(WORDS, k=10)).capitalize() + "." for _ in range(words // 10)]
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))


def found(rule: str, text: str, **of_article: str) -> list[Finding]:
    article = {"profile": "text", "language": "en", **of_article}
    linter = Linter(Config(select=[rule], preview=True))
    return linter.lint(text, title=article.get("title"), profile=article["profile"]).findings  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_ordinary_prose_is_silent(rule: str) -> None:
    assert found(rule, prose(700)) == []


def test_a_page_of_data_is_an_error() -> None:
    data = "".join(
        chr(65 + (i * 7 + i // 26) % 26) + chr(97 + (i * 11 + i // 13) % 26) + str(i % 10) for i in range(340)
    )
    (finding,) = found("STR008", f"The mayor spoke. {data} It was late.")
    assert (finding.severity, finding.text) == ("error", data)
    assert found("STR008", f"The mayor spoke. {'-' * 1100} It was late.") == []
    assert found("STR008", f"The mayor spoke. https://mill.test/{data} It was late.") == []


def test_the_figures_that_are_out_of_bounds_are_named_with_their_bounds() -> None:
    (finding,) = found("STR012", "RED LAMPS 12 " * 80)
    assert (finding.start, finding.end, finding.text, finding.points, finding.value) == (0, 0, "", 0, True)
    figures = [
        "letter 0.67 (at least 0.8)", "stop words 0 (at least 2)", "different words 0.01 (at least 0.15)",
        "entropy of words 1.6 bits (at least 4)", "capitals 1.00 (at most 0.3)",
        "sentences 0 (at least 3 in 200 words)",
    ]  # fmt: skip
    assert [figure for figure in figures if figure not in finding.message] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [(0, None), (40, "nothing is counted"), (80, "no score"), (150, "low confidence"), (210, None)],
)
def test_what_is_too_short_for_what(words: int, said: str | None) -> None:
    messages = [finding.message for finding in found("STR010", prose(words))]
    assert len(messages) == (said is not None)
    assert said is None or said in messages[0]


def test_menus_beside_the_article_are_no_fault_of_it() -> None:
    pytest.importorskip("trafilatura")
    nav = "".join(f"<li><a href='/{n}'>{line}</a></li>" for n, line in enumerate(MENU.split("\n\n")) if line)
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in prose(400).split("\n\n"))
    page = f"<html><body><nav><ul>{nav}</ul></nav><article><h1>Mill</h1>{paragraphs}</article></body></html>"
    linter = Linter(Config(select=["STR"], preview=True))
    assert {f.rule for f in linter.lint(page, profile="html").findings} == {"STR013"}
    assert {"STR005", "STR011"} & {f.rule for f in linter.lint(MENU * 3).findings}


def test_textstat_is_imported_only_where_a_paragraph_stands_out() -> None:
    code = (
        "import sys; from linter import Linter; linter = Linter(); "
        "linter.lint(sys.stdin.read()); print('textstat' in sys.modules)"
    )
    paragraphs = prose(700).split("\n\n")
    joined = "\n\n".join(" ".join(paragraphs[at : at + 2]) for at in range(0, len(paragraphs), 2))
    hard = " ".join(["interdisciplinary organisational responsibilities characteristically and the"] * 14) + "."
    for text, imported in ((joined, "False"), (f"{joined}\n\n{hard.capitalize()}\n\n{prose(50)}", "True")):
        run = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == imported, text


NOTES = [
    "in 1412.[3] It burnt", "the mill[edit] was", "said[ citation needed ] and", "Arden.¹ It", "the roof⁴ fell",
    "hull.1 The engine turned.2 It stood", "they say,[4][5] and", "was here [1] and there [2] and", "nothing of it",
]  # fmt: skip


@pytest.mark.parametrize("note", NOTES)
def test_marks_of_notes_pass_their_gate(note: str) -> None:
    text = f"The mill was built {note} for a year."
    check = compile_check(RULES["STR003"])
    analysis = Analysis(Article(text=text, source=text))
    passed = dict(Plan([check]).scan(analysis)).get(0)
    everything = [(hit.start, hit.end) for hit in check.run(analysis, Found((), ()))]
    assert bool(everything) is bool(passed) is (note != NOTES[-1])


LONG = {
    "a megabyte of prose": prose(170_000),
    "ten thousand lines": "word here\n" * 10_000,
    "ten thousand long lines": (prose(10) + "\n") * 5000,
    "one line of repetitions": "the old mill and the wheel of the mill " * 20_000,
    "hashes": "# " * 200_000,
    "notes": "the mill.[1] " * 40_000,
    "no blank at all": "ab1" * 300_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_no_structure_rule_is_quadratic(name: str) -> None:
    linter = Linter(Config(select=["STR"], preview=True, time_limit=0))
    text = LONG[name]

    def seconds(part: str) -> float:
        begin = time.process_time()
        assert linter.lint(part).error is None
        return time.process_time() - begin

    quarter = text[: len(text) // 4]
    seconds(quarter)
    once = fourfold = float("inf")
    for _ in range(4):
        once, fourfold = min(once, seconds(quarter)), min(fourfold, seconds(text))
        if fourfold < 9 * once + 0.1:
            return
    pytest.fail(f"{once:.2f} s for a quarter, {fourfold:.2f} s for the whole")
