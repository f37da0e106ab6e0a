"""Learned lines as a run loads them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter import Config, Linter
from linter.analysis import Analysis
from linter.config import ConfigError
from linter.corpus.learn import Learned, as_lexicon
from linter.corpus.templatelines import TemplateLines, load_template_lines
from linter.engine import Engine
from linter.lexicon import BUILTIN, parse_lexicon
from linter.model import Article
from linter.rulebook import load_rules

LEARNED = [
    Learned("", "for all sites", 40, 90),
    Learned("harbourpost.example", "get our morning letter", 41, 60),
    Learned("the mill row letter", "0 read this now", 3, 9),
]


def known(lines: TemplateLines, **fields: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for site in lines.of(Article(text="", source="", **fields)):
        assert {line.split()[0] for line in site.lines} == site.first_words
        found |= site.lines
    return found


def load(path: Path) -> TemplateLines:
    return load_template_lines(Config(lines=[str(path)]))


def test_what_was_learned_is_what_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("".join(as_lexicon(LEARNED, ["From: a dump"])), "utf-8")
    lines = pickle.loads(pickle.dumps(load(tmp_path / "lines.txt")))
    everywhere = {"for all sites": "40 of 90"}
    harbour, mill = {"get our morning letter": "41 of 60"}, {"0 read this now": "3 of 9"}
    assert known(lines) == known(lines, url="https://elsewhere.example/1") == everywhere
    assert known(lines, url="https://www.harbourpost.example/1") == everywhere | harbour
    assert known(lines, publisher="The Mill Row Letter") == everywhere | mill
    assert known(lines, url="http://harbourpost.example", publisher="The Mill Row Letter") == (
        everywhere | harbour | mill
    )
    assert lines.counts == {None: 1, "harbourpost.example": 1, "the mill row letter": 1}


def test_entries_by_hand_need_not_be_folded() -> None:
    lines = TemplateLines(parse_lexicon(["[Harbourpost.EXAMPLE]", "» Get OUR 7 letters!", "—"]))
    assert known(lines, url="https://harbourpost.example/") == {"get our 0 letters": ""}


def test_the_digest_tells_other_lines_apart(tmp_path: Path) -> None:
    one, other, same = (tmp_path / name for name in ("one.txt", "other.txt", "same.txt"))
    for path, text in ((one, "a line of it"), (other, "another line"), (same, "a line of it")):
        path.write_text(text, "utf-8")
    assert load(one).digest == load(same).digest != load(other).digest
    linter = Linter(Config(lines=[str(one)]))
    assert linter.template_lines is not None
    assert linter.template_lines.digest == load(one).digest
    assert Linter(Config()).template_lines is None


def test_a_file_without_lines_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("# nothing repeats here\n", "utf-8")
    assert load(tmp_path / "lines.txt").counts == {}


def test_a_file_that_cant_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "dump.gz").write_bytes(b"\x1f\x8b\x08\x00\xff\xfe")
    for name, problem in (
        ("missing.txt", "can't be read: no such file or directory"),
        (".", "not a regular file"),
        ("dump.gz", "not a lexicon of lines, as newslint learn-lines writes it"),
    ):
        path = str(tmp_path / name)
        with pytest.raises(ConfigError) as error:
            Linter(Config(lines=[path], origins={"lines": "newslint.toml"}))
        assert str(error.value) == f"newslint.toml: learned lines {path!r}: {problem}"


MARKS = st.text(st.sampled_from(" \t»•*–—-…“”\"'()[]!#>"), max_size=6)


@given(MARKS, MARKS, st.sampled_from([str.upper, str.lower, str.title]), st.integers(0, 10**9))
@settings(deadline=None, max_examples=200)
def test_a_line_is_flagged_however_it_is_decorated(
    before: str, after: str, case: Callable[[str], str], number: int
) -> None:
    line = f"{before}{case(f'read on – {number:,} more stories')}{after}".strip()
    text = f"The mill opens on Sunday.\n\nIt was closed for repairs.\n\n{line}\n\nThe flour is ground on Monday."
    article = Article(text=text, source=text, url="https://harbourpost.example", language="en")
    findings = ENGINE.lint(article).verdict.findings
    assert [(f.text, f.severity) for f in findings] == ([(line, "warning")] if not quoted(article, line) else [])


def quoted(article: Article, line: str) -> bool:
    """Quotations are left alone."""
    at = article.text.index(line)
    return Analysis(article).is_quoted(at, at + len(line))


ENGINE = Engine(
    load_rules(BUILTIN.parent / "corpus", builtin=True),
    template_lines=TemplateLines(parse_lexicon(["[harbourpost.example]", "read on - 0 more stories\t41 of 60"])),
)
