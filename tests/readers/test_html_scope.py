"""Which part of a page is its article: labels by the extractor over our own blocks."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

from linter import Config, Linter
from linter.model import Article, Link
from linter.readers import ReadOptions, Source, article_from_text, html, read
from linter.readers import _maintext as maintext
from linter.source import source_span

from .checks import lines, source_of

pytest.importorskip("trafilatura")

PROSE = (
    "The old bridge over the Arden will stay shut until June, because the flood has damaged its piers, said Mo Lund.",
    "She had the piers looked at by divers on Monday, and they found a crack as long as a man's arm in one of them.",
    "Until then a ferry takes people across, but no cars; those have to go round by Oxbrook, half an hour longer.",
    "The county had meant to mend the bridge next year. It will now ask the state for two million, Lund said.",
)
MENU = '<nav><ul><li><a href="/">Front page</a></li><li><a href="/s">Sport</a></li></ul></nav>'
FOOT = "<footer><p>Imprint &amp; terms</p><p>Follow us on Example</p><p>Advertisement</p></footer>"


def page(*paragraphs: str, before: str = MENU, after: str = FOOT, head: str = "<title>Bridge</title>") -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PROSE)
    return f"<html><head>{head}</head><body>{before}\n<article>\n{body}\n</article>\n{after}</body></html>"


def beside(article: Article) -> list[str]:
    assert article.beside is not None
    return [line for _, line in lines(article.beside)]


def test_a_page_is_split_into_its_article_and_what_stands_beside_it() -> None:
    article = article_from_text(page(), "html")
    assert lines(article) == [("paragraph", paragraph) for paragraph in PROSE]
    assert beside(article) == ["Front page", "Sport", "Imprint & terms", "Follow us on Example", "Advertisement"]
    assert article.beside
    assert source_of(article.beside, "Imprint & terms") == "Imprint &amp; terms"
    assert article.beside.source is article.source
    assert article.text == "\n\n".join(PROSE)


def test_what_the_extractor_drops_out_of_the_middle_of_the_article_counts() -> None:
    told = "Follow us on Facebook"
    article = article_from_text(page(*PROSE[:2], told, *PROSE[2:]), "html")
    assert [line for _, line in lines(article)] == [*PROSE[:2], told, *PROSE[2:]]


def test_a_paragraph_that_is_nothing_but_a_link_points_elsewhere() -> None:
    pointer, linked = (
        '<a href="/x">Ferry to Oxbrook sinks</a>',
        PROSE[1].replace("divers on", "<a href=/d>divers on</a>"),
    )
    article = article_from_text(page(PROSE[0], f"Read more: {pointer}", linked, *PROSE[2:]), "html")
    assert [line for _, line in lines(article)] == list(PROSE)
    assert beside(article)[2] == "Read more: Ferry to Oxbrook sinks"


def test_a_headline_that_stands_twice_counts_once() -> None:
    headline = "Flood shuts the old bridge over the Arden for months"
    crumb, heading = f"<div><span>{headline}</span></div>", f"<h1>{headline}</h1>"
    source = page(before=MENU + crumb).replace("<article>", f"<article>{heading}")
    article = article_from_text(source, "html")
    assert lines(article)[0] == ("heading", headline)
    assert article.text.count(headline) == beside(article).count(headline) == 1


@pytest.mark.parametrize(
    "source",
    [
        "<p>" + "</p><p>".join(PROSE) + "</p><nav>Menu</nav>",  # a piece of HTML, no page
        "<html><body><nav>Menu</nav><p>The bridge opened.</p></body></html>",  # too little to tell
        "<html><body>" + "<p>" * maintext._MOST_TAGS + page() + "</body></html>",  # too many tags
        "<html><body>\x00\ud800" + page() + "</body></html>",  # the extractor fails
        "<html><body>" + "<div>" * 3000 + page(),  # so deep that it finds nothing
    ],
    ids=["fragment", "short", "tags", "failing", "deep"],
)
def test_a_page_that_nobody_can_label_counts_as_a_whole(source: str) -> None:
    article = article_from_text(source, "html")
    assert article.beside is None
    assert "bridge" in article.text
    assert "Menu" in article.text or "Imprint" in article.text or "Front page" in article.text


def test_flat_pages_have_the_findings_and_points_of_their_text() -> None:
    text = (Path(__file__).parents[2] / "fixtures" / "farm" / "article.txt").read_text("utf-8")
    flat = "\n".join(f"<p>{line.replace('&', '&amp;')}</p>" for line in text.split("\n") if line.strip())
    linter = Linter(Config(ignore=["PRV", "STR013"]))
    plain, marked = linter.lint(text), linter.lint(f"<html><body>\n{flat}\n</body></html>", profile="html")
    assert plain.score is not None
    assert (marked.score, marked.words) == (plain.score, plain.words)
    assert [(f.rule, f.severity, f.points) for f in marked.findings] == [
        (f.rule, f.severity, f.points) for f in plain.findings
    ]


def test_findings_beside_the_article_cost_nothing_and_say_where_they_are() -> None:
    source = page(*PROSE, "Advertisement")
    verdict = Linter(Config(select=["INJ005"])).lint(source, profile="html")
    assert [
        (f.severity, f.points > 0, f.text, f.message.endswith(" (beside the article)")) for f in verdict.findings
    ] == [
        ("error", False, "Advertisement", False),
        ("info", False, "Advertisement", True),
    ]
    assert [f.start for f in verdict.findings] == [m.start() for m in re.finditer("Advertisement", source)]
    assert len({f.fingerprint for f in verdict.findings}) == 2
    assert verdict.words == len(" ".join(PROSE).split()) + 1


def test_comments_silence_what_stands_beside_the_article_as_well() -> None:
    silenced = FOOT.replace("<p>Adv", "\n<!-- newslint-disable-next-line INJ005 -->\n<p>Adv")
    outcome = Linter(Config(select=["INJ005"])).run(article_from_text(page(after=silenced), "html"))
    assert (outcome.verdict.findings, outcome.unused) == ([], [])


def test_with_the_scope_main_there_is_only_the_article() -> None:
    article = html.parse(page(), "-", ReadOptions(html_scope="main"))
    assert (article.text, article.beside) == ("\n\n".join(PROSE), None)


def test_the_labels_follow_the_extracted_text() -> None:
    article = article_from_text(
        "".join(f"<p>{one}</p>" for one in (*PROSE[:1], "Short.", PROSE[1], "Short.", PROSE[2])), "html"
    )
    assert article.blocks is not None
    numbers = list(range(len(article.blocks)))  # each block in an element of its own

    def labels(extracted: str, links: list[Link] | None = None) -> list[bool] | None:
        return maintext.labels("", article.text, article.blocks or [], numbers, links or [], lambda _: extracted)

    assert labels("\n".join([PROSE[0], PROSE[1], "Short.", PROSE[2]])) == [True, False, True, True, True]
    assert labels("\n".join([PROSE[0].upper(), "Short.", PROSE[1], PROSE[2]])) == [True, True, True, False, True]
    assert labels("\n".join([PROSE[2], PROSE[1], PROSE[0]])) == [True, False, True, False, True]
    everything = [Link("/", "", block.start, block.end) for block in article.blocks]
    assert labels("\n".join(PROSE[:3]), everything[:1]) == [False, False, True, False, True]
    assert labels("") is None
    assert labels(PROSE[0]) is None
    assert labels("x" * 1000) is None


def test_labels_take_linear_time() -> None:
    source = "<html><body>" + "<p>The bridge was closed on Monday, the mayor said {}.</p>" * 9000 + "</body></html>"
    start = time.process_time()
    article_from_text(source, "html")
    assert time.process_time() - start < 6


def _without_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintext, "available", lambda: False)


def test_without_the_extra_all_counts_and_one_note_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _without_extractor(monkeypatch)
    options, notes = ReadOptions(), []
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(page(), "utf-8")
        for article in read(Source(name, tmp_path / name), options):
            assert article.beside is None
            assert article.text.startswith("Front page\nSport\n\nThe old bridge")
            notes.append(article.note)
    assert notes == [html._UNLABELLED, None]
    assert "pip install 'newslint[html]'" in html._UNLABELLED


def test_without_the_extra_the_scope_main_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _without_extractor(monkeypatch)
    (tmp_path / "a.html").write_text(page(), "utf-8")
    (article,) = read(Source("a.html", tmp_path / "a.html"), ReadOptions(html_scope="main"))
    assert article.error == "reading the article alone of a page needs trafilatura: pip install 'newslint[html]'"


def test_the_extractor_is_loaded_for_pages_only() -> None:
    import subprocess

    code = (
        "import sys; from linter.readers import article_from_text as read\n"
        "read('a'); read('<p>a</p>', 'html'); print('trafilatura' in sys.modules)\n"
        f"read({page()!r}, 'html'); print('trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
    assert done.stderr == ""


def test_links_and_images_of_the_article_stand_in_its_text() -> None:
    linked = PROSE[1].replace("divers", '<a href="/d?a=1&amp;b=2" rel="NoFollow">divers</a>')
    article = article_from_text(page(PROSE[0], linked, *PROSE[2:], "<img src=x alt='A pier'>"), "html")
    assert article.page is not None
    (link,) = article.page.links
    assert (link.href, link.rel, article.text[link.start : link.end]) == ("/d?a=1&b=2", "nofollow", "divers")
    assert article.source[slice(*source_span(article.offsets, link.start, link.end))] == "divers"
    assert [image.alt for image in article.page.images] == ["A pier"]
