"""What checks see of an article: views, lines, zones, sentences, words, quotations."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds.checks import analysis_of, zones

from linter.model import Block, Form, Span

anything = st.text(
    st.one_of(
        st.sampled_from("aA.!? \n\r\t\"'“”‘’„«»-–—İıßſKﬁΣςé\u0301\xa0\u2009\u3000\u2028\x85\x1c\x00🙂👩‍🚀\U0010ffff"),
        st.characters(codec="utf-8"),
    )
)
QUICK = settings(deadline=None, max_examples=200)


# ---- views ---------------------------------------------------------------------------------------------------


@given(anything)
@QUICK
def test_plain_and_folded_have_the_length_of_the_text(text: str) -> None:
    analysis = analysis_of(text)
    assert len(analysis.plain) == len(analysis.folded) == len(text)
    for char, plain, folded in zip(text, analysis.plain, analysis.folded, strict=True):
        assert folded == plain.lower() or char in "Σ"  # the final sigma depends on its place
        assert plain == char or (char.isspace() and plain == " ") or char in "’‘ʼ“”„‐‑İ"


def test_typography_is_folded() -> None:
    analysis = analysis_of("“Don’t”\xa0İ‑ß „X‚")
    assert (analysis.plain, analysis.folded) == ('"Don\'t" I-ß "X‚', '"don\'t" i-ß "x‚')


# ---- lines ---------------------------------------------------------------------------------------------------


@given(anything)
@QUICK
def test_lines_cover_everything_but_white_space(text: str) -> None:
    analysis = analysis_of(text)
    end = 0
    for number, line in enumerate(analysis.lines):
        assert line.index == number
        assert line.start >= end
        assert not text[end : line.start].strip()
        piece = text[line.start : line.end]
        assert piece
        assert piece == piece.strip()
        assert "\n" not in piece
        if number:
            assert "\n" in text[end : line.start]
        assert all(analysis.line_at(at) is line for at in (line.start, line.end - 1, line.end))
        core = analysis.core(line)
        assert line.start <= core.start <= core.end <= line.end
        assert not any(char.isalnum() for char in text[line.start : core.start] + text[core.end : line.end])
        end = line.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("line", "core"),
    [
        ("» Read more «", "Read more"),
        ("•\t– Foo | ", "Foo"),
        ("🙂 “Foo”, bar! 🙂", "“Foo”, bar!"),
        ("(foo) ➤", "(foo)"),
        ("- $5 = £4 -", "$5 = £4"),
        ("#tag", "#tag"),
        ("-----", ""),
        ("...", "..."),
        ("foo_", "foo_"),
    ],
)
def test_the_core_is_the_wording(line: str, core: str) -> None:
    analysis = analysis_of(f"Above\n{line}\nBelow")
    span = analysis.core(analysis.lines[1])
    assert analysis.text[span.start : span.end] == core


@pytest.mark.parametrize("filler", ["-", " ", "| "])
def test_a_long_run_of_decoration_takes_no_time(filler: str) -> None:
    analysis = analysis_of("a" + filler * 12_000 + "b")
    start = time.process_time()
    analysis.core(analysis.lines[0])
    assert time.process_time() - start < 0.1


def test_blank_lines_between() -> None:
    analysis = analysis_of("\n\na\nb\n\n \n\r\nc")
    assert [analysis.blank_before(line) for line in analysis.lines] == [1, 0, 3]


# ---- zones ---------------------------------------------------------------------------------------------------

H, B, T = "head", "body", "tail"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (1, [B]),
        (2, [B, T]),
        (3, [H, B, T]),
        (4, [H, B, B, T]),
        (8, [H, H, B, B, B, B, T, T]),
        (11, [H, H, *[B] * 7, T, T]),
        (24, [*[H] * 6, *[B] * 12, *[T] * 6]),
        (40, [*[H] * 6, *[B] * 26, *[T] * 8]),
    ],
)
def test_head_and_tail_are_a_quarter_at_the_most(count: int, expected: list[str]) -> None:
    text = "\n\n".join(["A line with a stop."] * count)
    assert zones(text) == expected
    if count > 1:
        assert zones(f"A Headline\n\n{text}") == ["headline", *expected]


@given(st.integers(0, 80), st.booleans())
@QUICK
def test_texts_have_a_body(count: int, headline: bool) -> None:
    found = zones("A headline\n" * headline + "A line with a stop.\n" * count)
    assert (found.count("head") <= 6, found.count("tail") <= 8) == (True, True)
    assert all(found.count(zone) <= max(count // 4, 1) for zone in (H, T))
    assert B in found or not found


@pytest.mark.parametrize(
    ("text", "title", "zone", "headline"),
    [
        ("Ferry runs aground\n\nIt did.\n\nYes.", None, "headline", "Ferry runs aground"),
        ("It did run aground.\n\nIt did.\n\nYes.", None, "head", None),
        ("It did run aground!”\n\nIt did.\n\nYes.", None, "head", None),
        ("It did run aground\n\nIt did.\n\nYes.", "It did run aground.", "headline", "It did run aground."),
        ("IT DID “run” aground.\n\nIt did.\n\nYes.", "It did run aground", "headline", "It did run aground"),
        ("Another line\n\nIt did.\n\nYes.", "It did run aground", "head", "It did run aground"),
        ("word " * 31 + "\n\nIt did.\n\nYes.", None, "head", None),
        ("One line only", None, "body", None),
        ("", "A title", None, "A title"),
    ],
)
def test_headline(text: str, title: str | None, zone: str | None, headline: str | None) -> None:
    analysis = analysis_of(text, title=title)
    assert analysis.headline == headline
    assert [line.zone for line in analysis.lines][:1] == ([zone] if zone else [])


@pytest.mark.parametrize("byline", ["By Ines Falk", "Von Ines Falk", "WRITTEN BY Ines Falk", "Story by A. B."])
def test_bylines_stand_in_the_head(byline: str) -> None:
    text = f"A headline\n\n{byline}\n\nFoo.\n\n{byline}\n\nFoo.\n\nFoo.\n\nFoo.\n\nFoo."
    assert zones(text) == ["headline", "byline", *[B] * 5, T]
    assert zones(text.replace(byline, "By" + " the way," * 20)) == ["headline", H, *[B] * 5, T]


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("- foo", "list"), ("• foo", "list"), ("1. foo", "list"), ("12) foo", "list"), ("a) foo", "list"),
        ("-foo", "paragraph"), ("1.5 foo", "paragraph"), ("Foo", "paragraph"), ("-", "paragraph"),
    ],
)  # fmt: skip
def test_form_by_itself(line: str, form: Form) -> None:
    analysis = analysis_of(f"Foo\n{line}")
    assert analysis.form(analysis.lines[1]) == form


def test_form_by_the_reader() -> None:
    analysis = analysis_of("- Foo\n\nBar\nBaz", blocks=[Block(0, 5, "heading"), Block(7, 10, "quotation")])
    assert [analysis.form(line) for line in analysis.lines] == ["heading", "quotation", "paragraph"]


# ---- sentences -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentences",
    [
        ["One.", "Two!", "Three?!", "Four…", "five"],
        ["He met Dr. Who, Prof. Falk and J. R. Smith.", "They left."],
        ["The U.S. Army came at 6 p.m. on Monday.", "It left."],
        ["“It is late.”", "He left.", "(So did she.)", "Then 'he' said.'", "Right."],
        ["He paid 3.50 to example.org.", "Then he left."],
        ["No stop at all"],
        ["“Why?” he asked.", "“I don’t know.”"],
        ["It was on Jan. 3, at Harrow & Co. in town.", "It rained."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    text = "Above. Here.\n" + "  ".join(sentences) + "\nBelow."
    analysis = analysis_of(text)
    line = analysis.lines[1]
    found = list(analysis.sentences_in(line.start, line.end))
    if sentences[0].startswith("“Why?"):  # the two halves of a sentence around a question are not told apart
        sentences = ["“Why?”", "he asked.", "“I don’t know.”"]
    assert [text[start:end] for start, end in found] == sentences
    for span in found:
        assert analysis.sentence_at(span.start) == analysis.sentence_at(span.end - 1) == span


@pytest.mark.parametrize("text", ["Above.\nMr. Smith left.", "He left. Mr. Smith came."])
def test_a_sentence_may_begin_with_an_abbreviation(text: str) -> None:
    analysis = analysis_of(text)
    span = analysis.sentence_at(text.index("Smith"))
    assert text[span.start : span.end].startswith("Mr. Smith")


@given(anything)
@QUICK
def test_sentences_cover_their_line(text: str) -> None:
    analysis = analysis_of(text)
    for line in analysis.lines:
        end = line.start
        for sentence in analysis.sentences_in(line.start, line.end):
            assert sentence.start < sentence.end
            assert not text[end : sentence.start].strip()
            end = sentence.end
        assert end == line.end


# ---- quotations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “the [x] is here” on Monday.", True),
        ('He said "the [x] is here" on Monday.', True),
        ("He said ‘the [x] is here’ on Monday.", True),
        ("He said 'the [x] is here' on Monday.", True),
        ("Er sagte „das [x] ist da“ am Montag.", True),
        ("Il a dit « le [x] est là » lundi.", True),
        ("He said ‘she didn’t see the [x] here’ on Monday.", True),
        ("He said “the dog’s [x] isn’t here” on Monday.", True),
        ("He said “one” and [x] and “two”.", False),
        ("the dogs’ [x] isn’t the cats’", False),
        ("He doesn't say [x] and isn't here", False),
        ("He said “the [x] is here", False),
        ("“One\n[x] two”", False),
        ("[x]", False),
        ("“[x]”", True),
        ("“[x", False),
    ],
)
def test_is_quoted(text: str, quoted: bool) -> None:
    at = text.index("[x")
    assert analysis_of(text).is_quoted(at, at + 3) is quoted


def test_an_apostrophe_ends_no_quotation() -> None:
    text = "He said 'she didn't see the [x] here' on Monday."
    assert analysis_of(text).is_quoted(text.index("["), text.index("]"))


def test_a_block_quotation_is_quoted() -> None:
    text = "Foo bar\nFoo bar"
    assert analysis_of(text, blocks=[Block(0, 7, "quotation")]).is_quoted(0, 3)
    assert not analysis_of(text, blocks=[Block(0, 7, "quotation")]).is_quoted(8, 11)


# ---- words and topic -----------------------------------------------------------------------------------------


@given(anything)
@QUICK
def test_a_word_is_a_run_that_holds_a_letter_or_digit(text: str) -> None:
    analysis = analysis_of(text)
    assert analysis.words == sum(any(char.isalnum() for char in run) for run in analysis.folded.split())
    spans = [span for line in analysis.lines for span in analysis.token_spans(line)]
    assert [analysis.folded[start:end] for start, end in spans] == analysis.tokens == analysis.folded.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("a – b & c", 3), ("don't re-read 3.5 %", 3), ("… — *** 🙂", 0), ("½ ² ٣ _ _a_", 4), ("東京 は", 2)],
)
def test_words(text: str, words: int) -> None:
    assert analysis_of(text).words == words


@pytest.mark.parametrize(
    ("text", "least", "prose"),
    [
        ("The council met on Monday.", 5, True),
        ("The council met on “Monday”.”", 5, True),
        ("The council met on Monday.", 6, False),
        ("The council met on Monday", 5, False),
        ("Council, mayor, harbour, bridge, ferry.", 5, False),
    ],
)
def test_prose(text: str, least: int, prose: bool) -> None:
    analysis = analysis_of(text)
    assert analysis.is_prose(analysis.lines[0], least) is prose


@pytest.mark.parametrize(
    ("line", "fields", "shares"),
    [
        ("Harbours reopen", {}, True),
        ("Pop star weds", {}, False),
        ("Pop star weds", {"title": "A star is born"}, True),
        ("The and of", {}, False),
        ("Star star", {}, False),
    ],
)
def test_shares_topic(line: str, fields: dict[str, Any], shares: bool) -> None:
    text = f"The harbour was closed.\n{line}"
    assert analysis_of(text, **fields).shares_topic(24, len(text)) is shares


def test_count_of_words_outside_a_span() -> None:
    analysis = analysis_of("Cookies, (cookie) recook “Cook” cookery COOKIE")
    assert analysis.count_of(("cook",), Span(0, 8)) == 4
    assert analysis.count_of(("cookie", "rec"), Span(0, 0)) == 4
