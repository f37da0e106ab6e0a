"""What kind of text an article is, and what is not asked of it."""

from __future__ import annotations

import pytest

from linter.analysis import Analysis
from linter.genre import Genre, genre_of
from linter.model import Article, Span

EVENT = """Bridge to stay shut until June

The bridge over the Arden will stay shut until June, the county said on Tuesday.

Its engineer, Mo Lund, told the council that divers had found a crack in one of the piers.
"""


def genre(text: str, title: str | None = None, url: str | None = None) -> Genre:
    return genre_of(Analysis(Article(text=text, source=text, title=title, url=url)))


def test_a_report_of_an_event_is_asked_everything() -> None:
    assert genre(EVENT) == Genre()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Opinion", "opinion"),
        ("OP-ED |", "opinion"),
        ("— Letters to the editor —", "opinion"),
        ("[Analysis]", "analysis"),
        ("Q&A", "interview"),
        ("LIVE UPDATES", "live blog"),
        ("Press release", "press release"),
        ("Satire", "satire"),
        ("Recipe", "recipe"),
        ("Long read", "feature"),
    ],
)
def test_a_label_on_a_line_of_its_own(label: str, name: str) -> None:
    for text in (f"{label}\n\n{EVENT}", EVENT.replace("\n\n", f"\n\n{label}\n\n", 1)):
        found = genre(text)
        assert found.name == name
        assert found.label is not None
        field, start, end = found.label
        assert (field, text[start:end].lower() in label.lower()) == ("text", True)
        assert found.unsourced == f"no event news: labelled {name}"
        assert found.unstyled == (f"labelled {name}" if name in ("opinion", "satire") else None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Opinion: the bridge must go", ("opinion", 0, 7)),
        ("The bridge must go | Opinion", ("opinion", 21, 28)),
        ("[Editorial] The bridge must go", ("opinion", 1, 10)),
        ("Review – a bridge too late", ("opinion", 0, 6)),
        ("The bridge must go (satire)", ("satire", 20, 26)),
        ("Interview - Mo Lund on the crack", ("interview", 0, 9)),
    ],
)
def test_a_label_in_the_headline(title: str, expected: tuple[str, int, int]) -> None:
    found = genre(EVENT, title)
    assert (found.name, found.label) == (expected[0], ("title", *expected[1:]))


@pytest.mark.parametrize(
    "title",
    [
        "Opinion polls show a lead for Lark",
        "Review of the bridge finds a crack",
        "Live music returns to the tower",
        "County: the bridge stays shut",
        "Letters from the front line go on sale",
        "Lund's column: what holds up a bridge",
    ],
)
def test_words_of_headlines_are_no_labels(title: str) -> None:
    assert genre(EVENT, title) == Genre()
    assert genre(f"{title}\n\n{EVENT}") == Genre()


def test_only_what_readers_see_is_a_label() -> None:
    assert genre(EVENT, url="https://example.org/opinion/2026/bridge") == Genre()
    assert genre(EVENT + "\nOpinion\n\nMore of it, said Mo Lund.\n" * 3 + "\n\nOpinion\n").name is None
    menu = "News\n\nOpinion\n\nSport\n\n"
    assert genre(f"{menu}{EVENT * 4}").name is None
    analysis = Analysis(Article(text=f"Opinion\n\n{EVENT}", source=""))
    analysis.residue = [Span(0, 7)]
    assert genre_of(analysis).name is None


def test_the_form_of_an_interview_a_live_blog_a_recipe() -> None:
    interview = "Mo Lund on the crack\n\n" + "Q: What did you see on Tuesday?\n\nA: A crack, and water.\n\n" * 3
    assert (genre(interview).name, genre(interview).label) == ("interview", None)
    assert genre(interview).unsourced == "no event news: it has the form of an interview"
    entries = "".join(f"1{n}:05 The council goes on, said Mo Lund.\n\n" for n in range(5))
    assert genre(f"Council debates the bridge\n\n{entries}").name == "live blog"
    parts = "Plum cake\n\n500 g plums\n\n2 cups flour\n\n1 tsp salt\n\n½ cup sugar\n\nBake it, said Ada Brook.\n"
    assert genre(parts).name == "recipe"
    assert genre(parts.replace("1 tsp salt\n\n½ cup sugar\n\n", "")).name is None


def test_the_marks_of_a_press_release() -> None:
    found = genre(f"OXBROOK, March 3 /PRNewswire/ -- {EVENT}")
    assert (found.name, found.unsourced) == ("press release", "no event news: it has the marks of a press release")
    assert found.unstyled is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Bridges are old. The one at Oxbrook, by Rosa Tindall, is the oldest of all.",
            "it has no day, and nobody says",
        ),
        ("The bridge was closed on Tuesday, and the ferry too.", "it names nobody"),
        ("I saw it fall on Tuesday. I told my wife Ada Brook, and we ran.", "it is told in the first person"),
        ("On Tuesday you can see your bridge again, said Mo Lund, if you have your papers.", "it speaks to the reader"),
    ],
)
def test_what_is_no_event_news(text: str, why: str) -> None:
    found = genre(text)
    assert found.name is None
    assert (found.unsourced or "").startswith(f"no event news: {why}")
    assert found.unstyled is None


def test_what_is_longer_than_reports_are_is_none() -> None:
    body = "The county said on Tuesday that Mo Lund of Oxbrook had seen it. "
    assert genre(body * 150) == Genre()  # 1,950 words
    assert genre(body * 160).unsourced == "no event news: it has more than 2,000 words"


def test_the_first_person_within_quotations_is_somebody_else() -> None:
    assert (
        genre('On Tuesday "I saw it fall, and I told my wife, and we ran to our car," said Mo Lund of Oxbrook.')
        == Genre()
    )


@pytest.mark.parametrize("text", ["", "\n", " " * 3_000_000, "a" * 3_000_000, "q: \n" * 100_000])
def test_odd_texts_take_no_time(text: str) -> None:
    assert genre(text).unsourced is not None
