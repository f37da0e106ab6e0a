"""Which lines are learned, and which are not."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.template_lines import Dump
from linter.corpus import learn
from linter.corpus.counter import LineCounter
from linter.corpus.learn import Learned, Learner
from linter.model import Article, Profile
from linter.readers import article_from_text

NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
LETTER = "Get our morning letter"


def body(number: int) -> str:
    """A paragraph that stands in no other record."""
    word = f"{NUMBERS[number % 12]}{NUMBERS[number // 12 % 12]}{NUMBERS[number // 144]}"
    return f"The ferry {word} will leave from the pier of {word} an hour later, said the harbour office on Monday."


def records(count: int, *lines: str, site: str = "a.example", start: int = 0) -> list[Article]:
    """Records of a site, each with a paragraph of its own and the given lines below it."""
    texts = ["\n\n".join((body(number), body(number + 800), *lines)) for number in range(start, start + count)]
    return [Article(text=text, source=text, url=f"https://{site}/{n}") for n, text in enumerate(texts)]


def learned(articles: list[Article], **options: Any) -> list[tuple[str, str, int, int]]:
    learner = Learner(**options)
    for article in articles:
        learner.add(article)
    return [(one.site, one.line, one.records, one.of) for one in learner.learned()]


def test_three_records_and_two_percent_are_the_least() -> None:
    line = LETTER.lower()
    assert learned([*records(97), *records(3, LETTER, start=97)]) == [("a.example", line, 3, 100)]
    assert learned([*records(98), *records(2, LETTER, start=98)]) == []
    assert learned([*records(147), *records(3, LETTER, start=147)]) == [("a.example", line, 3, 150)]
    assert learned([*records(148), *records(3, LETTER, start=148)]) == []  # 2 % of 151 are more than three
    assert learned([*records(96), *records(4, LETTER, start=96)], least=5) == []
    assert learned([*records(90), *records(10, LETTER, start=90)], share=0.11) == []
    assert learned([*records(90), *records(10, LETTER, start=90)], share=0.1) == [("a.example", line, 10, 100)]


def test_sites_are_counted_apart() -> None:
    two = [*records(2, LETTER), *records(2, LETTER, site="b.example", start=2)]
    assert learned(two) == []
    assert learned(two, by="none") == [("", LETTER.lower(), 4, 4)]
    assert learned(two, by="publisher") == []
    more = [*records(3, LETTER, site="b.example"), *records(4, "Ask at the office!", LETTER, start=3)]
    assert learned(more) == [
        ("a.example", "ask at the office", 4, 4),
        ("a.example", "get our morning letter", 4, 4),
        ("b.example", "get our morning letter", 3, 3),
    ]


def test_a_line_counts_once_per_record() -> None:
    assert learned([*records(10), *records(2, LETTER, LETTER, f"» {LETTER.upper()}", start=10)]) == []


def test_numbers_case_and_decoration_make_no_difference() -> None:
    articles = [
        article
        for number, line in enumerate(["Read by 12 people", "» READ BY 3,400 people", "read by 7 people!"])
        for article in records(1, line, start=number)
    ]
    assert learned(articles) == [("a.example", "read by 0 people", 3, 3)]


def test_copies_of_a_record_do_not_count() -> None:
    one = records(1, "A line of its own", LETTER)
    again = [*one, *one, *one, *records(1, LETTER, start=1)]
    assert learned(again) == []
    long = "\n\n".join(body(number) for number in range(9))
    versions = [f"{long}\n\n{body(number)}\n\nUpdated by the night desk" for number in (20, 21, 22, 23)]
    assert learned([Article(text=text, source=text, url="https://a.example") for text in versions]) == []
    learner = Learner()
    for article in again:
        learner.add(article)
    assert (learner.copies, learner.records) == (2, {"a.example": 2})


def test_the_same_text_at_another_site_is_no_copy() -> None:
    both = [*records(3, LETTER), *records(3, LETTER, site="b.example")]
    assert [one[0] for one in learned(both)] == ["a.example", "b.example"]


def test_a_long_disclaimer_does_not_make_copies_of_short_records() -> None:
    long = f"{body(900)} {body(901)} {body(902)}"
    articles = records(5, long)
    assert [one[2:] for one in learned(articles)] == [(5, 5)]


@pytest.mark.parametrize(
    "line",
    [
        "Weather",
        "12 May 2031",
        "Monday, 3 April, 10:30 am",
        "2031 - 7 - 12",
        "“Nobody told us anything”",
        "»»»",
        "A b c",
    ],
)
def test_what_says_nothing_of_a_template_is_not_learned(line: str) -> None:
    assert learned(records(9, line)) == []


def test_two_words_must_stand_in_twice_as_many_records() -> None:
    assert learned(records(5, "Moira Bell")) == []
    assert learned(records(6, "Weather warning")) == [("a.example", "weather warning", 6, 6)]


def test_running_text_must_stand_in_twice_as_many_records_or_in_every_tenth() -> None:
    """A story's sequels repeat its background."""
    background = "The old quay was closed after the flood of 2029, in which three boats sank and nobody was hurt."

    def count(of: int, stood: int, line: str = background) -> int:
        return len(learned([*records(of - stood), *records(stood, line, start=of - stood)]))

    assert [count(60, 3), count(60, 5), count(60, 6), count(30, 3), count(31, 3)] == [0, 0, 1, 1, 0]
    assert count(60, 3, f"If you were there: {background}") == 1  # it speaks to readers
    assert count(60, 3, f"{background} “You could hear us,” said the harbour master.") == 0


def test_a_headline_is_no_line_of_a_template() -> None:
    articles = records(5)
    for article in articles:
        article.text = article.source = f"The week in the harbour\n\n{article.text}\n\n{article.url}"
        article.title = "The week in the harbour"
    assert learned(articles) == []


@pytest.mark.parametrize(
    ("profile", "form"),
    [("html", "<h2>{}</h2>"), ("html", "<blockquote>{}</blockquote>"), ("markdown", "## {}"), ("markdown", "> {}")],
)
def test_headings_and_quotations_are_not_learned(profile: Profile, form: str) -> None:
    def articles(form: str) -> list[Article]:
        texts = ["\n\n".join((body(n), form.format("What we know so far"), body(n + 800))) for n in range(5)]
        found = [article_from_text(text, profile) for text in texts]
        for article in found:
            article.publisher = "The Harbour Post"
        return found

    assert learned(articles(form)) == []
    if profile == "markdown":
        assert [one[1] for one in learned(articles("{}"))] == ["what we know so far"]


def test_records_without_a_site_are_left_out_and_counted() -> None:
    learner = Learner()
    for number in range(5):
        text = f"{body(number)}\n\n{LETTER}"
        learner.add(Article(text=text, source=text))
    assert (learner.siteless, learner.records, learner.learned()) == (5, {}, [])


def found_in(dump: Dump) -> list[Learned]:
    learner = Learner()
    for record in dump.records():
        learner.add(Article(text=record["text"], source=record["text"], title=record["title"], url=record["url"]))
    return learner.learned()


def test_a_generated_dump_gives_its_template_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    dump = Dump(900, seed=2, sites=6)
    lines = found_in(dump)
    found, truth = {(one.site, one.line) for one in lines}, dump.truth()
    assert len(truth) >= 15
    assert found - truth == set()
    assert [line for site, line in truth - found if dump.times(site, line) >= 6 or len(line.split()) < 12] == []
    assert len(found) >= 0.8 * len(truth)

    monkeypatch.setattr(learn, "LineCounter", lambda: LineCounter(300))
    assert found_in(Dump(900, seed=2, sites=6)) == lines
