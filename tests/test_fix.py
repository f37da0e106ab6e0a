"""What fixing does to an article: residue goes, damage is repaired, and all the rest stays as it was."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from linter import Linter
from linter.config import Config
from linter.edits import applied
from linter.fixing import Fixed, Fixer
from linter.model import Article, Profile, Verdict
from linter.readers import article_from_text
from linter.rulebook import load_book

ONE = "The ferry was repaired in four days, and sails again."
TWO = "Its owner had feared that it would take until the autumn."
SIGN_UP = "Sign up for our morning newsletter and never miss a story"
SEE_ALSO = "See also: Ten Cheap Stocks To Buy Before Friday"
SHARE = "Facebook Twitter Pinterest WhatsApp"


@cache
def linter(preset: str = "scraped", **settings: object) -> Linter:
    return Linter(Config(preset=preset, time_limit=0, **settings))  # type: ignore[arg-type]


def fix(source: str | Article, profile: Profile = "text", *, unsafe: bool = False, preset: str = "scraped") -> Fixed:
    article = article_from_text(source, profile) if isinstance(source, str) else source
    return Fixer(linter(preset), unsafe=unsafe).fix(article)


def alarms(verdict: Verdict) -> Counter[str]:
    return Counter(finding.rule for finding in verdict.findings if not finding.value)


# ---- text ----------------------------------------------------------------------------------------------------------


def test_residue_goes_and_damage_is_repaired() -> None:
    source = (
        f"Ferry sails again\n\n{ONE}\n\nAdvertisement\n\n"
        f"The keeper&#39;s lamp cost &#163;40, the mayorâ€™s office said.\n\n{SIGN_UP}\n\n{SEE_ALSO}\n\n"
        f"It took four days.Sadly, it will sink again. Loading… The captain said so.\n\n{SHARE}"
    )
    fixed = fix(source)
    assert fixed.source == (
        f"Ferry sails again\n\n{ONE}\n\nThe keeper's lamp cost £40, the mayor’s office said.\n\n"
        "It took four days. Sadly, it will sink again. The captain said so."
    )
    assert fixed.fixed == {
        "TPL007": 2, "CAP003": 1, "CON004": 1, "ENC001": 1, "INJ001": 1, "INJ005": 1, "NWS001": 1, "SHR001": 1
    }  # fmt: skip
    assert (fixed.unsafe, fixed.left, fixed.undone) == ({}, {}, {})
    assert applied(source, fixed.edits) == fixed.source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{ONE}\n\nAdvertisement\n\n{TWO}\n", f"{ONE}\n\n{TWO}\n"),
        (f"{ONE}\nAdvertisement\n{TWO}\n", f"{ONE}\n{TWO}\n"),
        (f"{ONE}\n\n\nAdvertisement\n\n{TWO}\n", f"{ONE}\n\n\n{TWO}\n"),
        (f"{ONE}\nAdvertisement\n\n{TWO}\n", f"{ONE}\n\n{TWO}\n"),
        (f"{ONE}\n\nAdvertisement\n{TWO}\n", f"{ONE}\n\n{TWO}\n"),
        (f"{ONE}\r\n\r\nAdvertisement\r\n\r\n{TWO}\r\n", f"{ONE}\r\n\r\n{TWO}\r\n"),
        (f"{ONE}\r\n\r\n{TWO}\r\n\r\nAdvertisement", f"{ONE}\r\n\r\n{TWO}"),
        (f"{ONE}\n\n{TWO}\n\nAdvertisement", f"{ONE}\n\n{TWO}"),
        (f"{ONE}\n\n{TWO}\n\nAdvertisement\n", f"{ONE}\n\n{TWO}\n"),
        (f"{ONE}\n\n{TWO}\n\nAdvertisement\n\n", f"{ONE}\n\n{TWO}\n\n"),
        (f"Advertisement\n\n{ONE}\n\n{TWO}\n", f"{ONE}\n\n{TWO}\n"),
        (f"{ONE}\n\nAdvertisement\n\n{SIGN_UP}\n\n{TWO}\n", f"{ONE}\n\n{TWO}\n"),
        (f"{ONE}\n\n  --- Advertisement ---\n\n{TWO}\n", f"{ONE}\n\n{TWO}\n"),
        (f"{ONE}\r\rAdvertisement\r\r{TWO}\r", f"{ONE}\r\r{TWO}\r"),
    ],
)
def test_no_gap_is_left_where_lines_were_and_the_file_ends_as_it_did(before: str, after: str) -> None:
    assert fix(before).source == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{ONE} Story continues below {TWO}", f"{ONE} {TWO}"),
        (f"{ONE}  (Story continues below)  {TWO}", f"{ONE} {TWO}"),
        (f"{ONE} Loading…", ONE),
        (f"{ONE} Loading…\n\n{TWO}", f"{ONE}\n\n{TWO}"),
        (f"“{ONE}” Story continues below “{TWO}”", f"“{ONE}” “{TWO}”"),
    ],
)
def test_a_piece_between_sentences_goes_with_one_of_its_blanks(before: str, after: str) -> None:
    assert fix(before).source == after


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("The bridge, which was shut, Story continues below was opened again on Monday.", "INJ004"),
        (f"{ONE} Its engine was sent to… [+2184 chars]", "TYP007"),
        ("The chapel was rebuilt. Facebook Twitter WhatsApp Email It took eleven years, and nobody gave up.", "SHR001"),
        # the line is a paragraph that begins with a request
        (f"{ONE}\n\n{SIGN_UP} {ONE}\n\n{TWO}", "NWS001"),
        (f"{ONE}\n\n{SIGN_UP}. {ONE}\n\n{TWO}", "NWS001"),
    ],
)
def test_a_sentence_is_not_cut_and_what_can_t_be_mended_is_counted(source: str, rule: str) -> None:
    fixed = fix(source, unsafe=True)
    assert (fixed.source, fixed.left[rule]) == (source, 1)


def test_nothing_is_taken_out_where_nothing_would_be_left() -> None:
    fixed = fix("Advertisement", unsafe=True)
    assert (fixed.source, fixed.left) == ("Advertisement", {"INJ005": 1})
    assert fix(f"Advertisement\n\n{SIGN_UP}\n", unsafe=True).source != ""


def test_only_what_differs_is_replaced() -> None:
    source = "The mayorâ€™s office is in the cafÃ© on the corner.\n"
    assert [(source[start:end], new) for start, end, new in fix(source).edits] == [("â€™", "’"), ("Ã©", "é")]


def test_one_blank_is_enough_where_an_entity_stood_for_another() -> None:
    assert fix(f"The lamp was late,&nbsp; said the keeper.&nbsp;It burned. {ONE}").source == (
        f"The lamp was late, said the keeper. It burned. {ONE}"
    )


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (f"{ONE} It rose to nine &lt; ten feet.", "TPL007"),  # may be markup, where the text is shown
        (f"{ONE}\n\nThe ferryman said \u202egnihton\u202c, and left.", "ENC003"),  # reads otherwise without it
        (f"{ONE}\n\nRELATED: Here are some of the things that you may like to know about ferries:\n\n- nine\n", "INJ"),
        (f"{ONE}\n\nReading time: 7 min. | Views: 3 518 | June 4, 2021\n\n{TWO}\n\n{ONE}", "SHR002"),
        (f"{ONE}\n\n{TWO}\n\nAuthor: Mara Oduya | Reading time: 2 min. | Views: 1 204\n\n{TWO}\n\n{ONE}", "SHR002"),
        (f"Sure! Here is the rewritten article:\n\n{ONE}\n\n{TWO}\n", "AIR"),
    ],
)
def test_what_a_person_has_to_look_at_needs_to_be_asked_for(source: str, rule: str) -> None:
    fixed = fix(source)
    assert fixed.edits == []
    assert [name for name in fixed.unsafe if name.startswith(rule)]
    assert fix(source, unsafe=True).source != source


def test_a_finding_that_a_rule_thinks_less_bad_needs_to_be_asked_for() -> None:
    """The site's own request to subscribe is legitimate in its own posts: there it is an info."""
    source = f"{ONE}\n\n{TWO}\n\n{SIGN_UP}\n"
    assert fix(source, "markdown", preset="own").unsafe == {"NWS001": 1}
    assert fix(source, "markdown", preset="own").edits == []
    assert fix(source, "markdown", preset="scraped").source == f"{ONE}\n\n{TWO}\n"


def test_a_line_in_a_block_of_residue_that_a_rule_is_not_sure_of_keeps_the_block() -> None:
    related = "Related Stories\n\nMan Bites Dog In Harbour Row\nTen Recipes For A Cold Spring\n"
    assert fix(f"{ONE}\n\n{related}\n{TWO}\n").source == f"{ONE}\n\n{TWO}\n"
    with_source = f"{ONE}\n\n{TWO}\n\n{ONE}\n\n{related}Source: Oxbrook Herald\n"
    assert "Source: Oxbrook Herald" in fix(with_source).source


def test_an_edit_that_makes_room_for_another_alarm_is_taken_back() -> None:
    """With the blank, a share button stands by itself: that was no finding before."""
    source = f"Much of it works just like any other business.Click To Tweet\n\n{ONE}\n\n{TWO}\n"
    fixed = fix(source)
    assert (fixed.source, fixed.undone) == (source, {"CAP003": 1})


def test_suppressed_findings_do_not_exist_and_rules_that_are_off_mend_nothing() -> None:
    source = f"{ONE}\n\n<!-- newslint-disable-next-line -->\nAdvertisement\n\n{TWO}\n"
    assert fix(source, "markdown").edits == []
    off = Fixer(Linter(Config(ignore=["INJ005"]))).fix(article_from_text(f"{ONE}\n\nAdvertisement\n\n{TWO}\n"))
    assert (off.edits, off.left) == ([], {})


def test_an_article_that_can_t_be_read_is_left_as_it_is() -> None:
    assert fix(Article(text="", source="", error="no such file")) == Fixed("", error="no such file")


def test_the_fields_of_a_record_hold_while_its_text_is_mended() -> None:
    """Without its title, the first line would be the headline, and the second one no copy of it."""
    article = article_from_text(f"Ferry sails again after nine days\n\n{ONE}\n\nAdvertisement\n\n{TWO}\n")
    article.title, article.record, article.id = "Ferry sails again after nine days", 7, "a"
    assert fix(article).source == f"Ferry sails again after nine days\n\n{ONE}\n\n{TWO}\n"


# ---- Markdown ------------------------------------------------------------------------------------------------------

MARKDOWN = [
    (
        "---\ntitle: Advertisement\n---\n\n{1}\n\nAdvertisement\n\n{2}\n",
        "---\ntitle: Advertisement\n---\n\n{1}\n\n{2}\n",
    ),
    ("{1}\n\n**Advertisement**\n\n{2}\n", "{1}\n\n{2}\n"),
    ("{1}\n\n- Advertisement\n- nine boats\n- ten boats\n\n{2}\n", "{1}\n\n- nine boats\n- ten boats\n\n{2}\n"),
    ("{1}\n\n- Advertisement\n\n{2}\n", "{1}\n\n{2}\n"),
    ("{1}\n\n1. one boat\n2. Advertisement\n3. two boats\n\n{2}\n", "{1}\n\n1. one boat\n3. two boats\n\n{2}\n"),
    (
        "{1}\n\n## Related\n\n- Storm Closes Bridges Across The North\n- Old Mill Becomes A School\n\n{2}\n",
        "{1}\n\n{2}\n",
    ),
    ("{1}\n\n[Read more: Storm Closes Bridges](https://storm.example/x)\n\n{2}\n", "{1}\n\n{2}\n"),
    (
        "{1}\n\n[Read more: Storm Closes Bridges][storm]\n\n{2}\n\n[storm]: https://storm.example/x\n",
        "{1}\n\n{2}\n\n[storm]: https://storm.example/x\n",
    ),
    ("{1}  \nAdvertisement  \n{2}\n", "{1}  \n{2}\n"),
    ("{1}\n\nRead more:\nStorm Closes Bridges\n\n{2}\n", "{1}\n\n{2}\n"),
    (
        "The mayorâ€™s *boatâ€™s* [ownerâ€™s](x) `crewâ€™s` here.\n",
        "The mayor’s *boat’s* [owner’s](x) `crewâ€™s` here.\n",
    ),
    (
        "Sadly, **it sank in two.Then it rose again in May.** The mill was sold in [March,](x)and they left.\n",
        "Sadly, **it sank in two. Then it rose again in May.** The mill was sold in [March,](x) and they left.\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), MARKDOWN)
def test_markdown_is_left_in_one_piece(before: str, after: str) -> None:
    before, after = before.format("", ONE, TWO), after.format("", ONE, TWO)
    assert fix(before, "markdown", unsafe=True).source == after
    assert fix(before.replace("\n", "\r\n"), "markdown", unsafe=True).source == after.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "source",
    [
        f"{ONE}\n\n- a boat\n\nAdvertisement\n\n- a ship\n\n{TWO}\n",  # two lists would be one
        f"{ONE}\n\n![The ferry](ferry.png) Advertisement\n\n{TWO}\n",  # a picture of the article
        f"{ONE}\n\n<div>\nAdvertisement\n</div>\n\n{TWO}\n",  # half an element
        f"{ONE}\n\nAdvertisement\n---\n\n{TWO}\n",  # a heading's line would become a rule
    ],
)
def test_markdown_that_would_be_torn_is_left_as_it_is(source: str) -> None:
    fixed = fix(source, "markdown", unsafe=True)
    assert (fixed.source, fixed.left) == (source, {"INJ005": 1})


# ---- HTML ----------------------------------------------------------------------------------------------------------

PAGES = [
    ("<p>{1}</p>\n<div class='ad'>\n  <p><b>Advertisement</b></p>\n</div>\n<p>{2}</p>\n", "<p>{1}</p>\n<p>{2}</p>\n"),
    ("<p>{1}</p><p>Advertisement</p><p>{2}</p>", "<p>{1}</p><p>{2}</p>"),
    ("<p>{1}<br>Advertisement<br>{2}</p>", "<p>{1}<br>{2}</p>"),
    ("<p>{1}<br/>\nAdvertisement</p><p>{2}</p>", "<p>{1}</p><p>{2}</p>"),
    ("<p>{1}</p><ul><li>Advertisement<li>Boats</ul><p>{2}</p>", "<p>{1}</p><ul><li>Boats</ul><p>{2}</p>"),
    ("<p>{1}</p><p><img src=x>Advertisement</p><p>{2}</p>", "<p>{1}</p><p><img src=x></p><p>{2}</p>"),
    ("<p>{1}</p><p><script>x()</script>Advertisement</p><p>{2}</p>", "<p>{1}</p><p><script>x()</script></p><p>{2}</p>"),
    ("<p>{1}</p><p>Advertisement<!-- slot --></p><p>{2}</p>", "<p>{1}</p><p><!-- slot --></p><p>{2}</p>"),
    ("<p>{1}</p><main><p>Advertisement</p></main><p>{2}</p>", "<p>{1}</p><main></main><p>{2}</p>"),
    ("<p>{1}</p><p>Advertisement<p>{2}<p>{1}", "<p>{1}</p><p>{2}<p>{1}"),  # no closing tags
    ("<p>{1}</p><p><b>Advertisement</p><p>{2}</p>", "<p>{1}</p><p><b></p><p>{2}</p>"),  # bold goes on
    ("<p>{1} <em>Story continues below</em> {2}</p>", "<p>{1} {2}</p>"),
    (
        "<p>{1}</p><a href='x'><svg><path d='M0'/></svg><span>" + SEE_ALSO + "</span></a><p>{2}</p>",
        "<p>{1}</p><p>{2}</p>",
    ),
    (
        "<p>The mayor&acirc;&euro;&trade;s and the <b>may</b>orâ€™s R&amp;amp;D, he said. {1}</p>",
        "<p>The mayor’s and the <b>may</b>or’s R&amp;D, he said. {1}</p>",
    ),
    (
        "<p>It <b>took four days.</b>Sadly, it <a href=x>sank in two.</a><i>Then</i> it rose. {1}</p>",
        "<p>It <b>took four days.</b> Sadly, it <a href=x>sank in two.</a> <i>Then</i> it rose. {1}</p>",
    ),
]


@pytest.mark.parametrize(("before", "after"), PAGES)
def test_of_a_page_the_elements_go_that_hold_nothing_else(before: str, after: str) -> None:
    assert fix(before.format("", ONE, TWO), "html").source == after.format("", ONE, TWO)


def test_of_a_table_rows_go_and_no_single_cells() -> None:
    row = f"<tr><td>{ONE}</td><td>{TWO}</td></tr>"
    assert fix(f"<table>{row}<tr><td><p>Advertisement</p></td></tr></table>", "html").source == f"<table>{row}</table>"
    kept = fix(f"<table><tr><td><p>Advertisement</p></td><td><p>{ONE}</p></td></tr></table><p>{TWO}</p>", "html").source
    assert kept == f"<table><tr><td></td><td><p>{ONE}</p></td></tr></table><p>{TWO}</p>"


@pytest.mark.parametrize(
    "source",
    [
        f"{ONE}<div>Advertisement</div>{TWO}",  # two lines of text would run together
        "<div>" * 600 + f"<p>{ONE}</p><p>Advertisement</p><p>{TWO}</p>",  # deeper than a browser goes
    ],
)
def test_a_page_that_would_be_read_otherwise_is_left_as_it_is(source: str) -> None:
    fixed = fix(source, "html")
    assert (fixed.source, fixed.left) == (source, {"INJ005": 1})


def test_of_a_page_whose_article_nobody_knows_the_boxes_are_left_unless_asked_for() -> None:
    """They may be those that the page works with."""
    body = f"<p>{ONE}</p><p>{SIGN_UP}</p><p>The mayorâ€™s.</p>"
    page = f"<html><head><title>Ferry</title></head><body>{body}</body></html>"
    fixed = fix(page, "html")
    assert fixed.source == page.replace("â€™", "’")
    assert fixed.unsafe == {"NWS001": 1}
    assert SIGN_UP not in fix(page, "html", unsafe=True).source


def test_what_is_beside_the_article_of_a_page_is_left_alone() -> None:
    pytest.importorskip("trafilatura")
    story = "".join(f"<p>{ONE} {TWO} Paragraph {n} of the story tells of the ferry and its crew.</p>" for n in range(8))
    page = (
        f"<html><head><title>Ferry</title></head><body><nav><p>{SHARE}</p></nav><article><h1>Ferry</h1>{story}"
        f"<p>Advertisement</p>{story}</article><footer><p>{SIGN_UP}</p></footer></body></html>"
    )
    article = article_from_text(page, "html")
    assert article.beside is not None
    fixed = fix(article, unsafe=True)
    assert fixed.source == page.replace("<p>Advertisement</p>", "")
    assert fixed.left == {}


# ---- whatever the article is ---------------------------------------------------------------------------------------

RESIDUE = [
    "Advertisement", SIGN_UP, SEE_ALSO, SHARE, "Thank you for signing up!", "Post Views: 33", "Loading comments...",
    "Read more: Storm Closes Bridges Across The North", "Tags: oak, storm, city park", "Share", "Subscribe",
    "By signing up you accept our house rules and our privacy notice.", "Most Read", "Snow Expected On High Ground",
    "Story continues below", "Photo: Ines Falk", "© 2031 Oxbrook Herald", "Source: Oxbrook Herald", "Nine boats",
]  # fmt: skip
DAMAGED = [
    "The mayorâ€™s office is in the cafÃ© on the corner.", "The lamp cost &#163;40, oil &amp; wick included.",
    "It was mended in four days.Sadly, it will not sail again.", "The ferry\u200bman and the po\u043blice heard it.",
    "She said that it was an an honour to be asked,and left.", "They sank &lt; it. Loading… Then it rose.",
    "”â€œHe didnâ€™t.â€\x9d", "Rye &amp;amp;amp; wheat cost &amp;pound;3, he said.",
]  # fmt: skip
PROSE = [
    ONE, TWO, "“Nobody knew,” said Mara Oduya, who keeps the harbour’s books. “Nobody asked.”",
    "The bridge — all nine arches of it — was closed on Monday. Śnieg padał całą noc.",
    "A clerk counted them, three times over, and wrote the number into the book, in red.",
]  # fmt: skip
PARAGRAPHS = st.lists(
    st.one_of(st.sampled_from(RESIDUE), st.sampled_from(DAMAGED), st.sampled_from(PROSE)), min_size=1, max_size=7
)
BREAKS = st.sampled_from(["\n", "\r\n"])


def checked(source: str, profile: Profile, unsafe: bool) -> Fixed:
    """What became of an article, after what has to be true of all of them."""
    fixer = Fixer(linter(), unsafe=unsafe)
    article = article_from_text(source, profile)
    before = linter().run(article_from_text(source, profile)).verdict
    fixed = fixer.fix(article)
    after = linter().run(article_from_text(fixed.source, profile)).verdict
    assert applied(source, fixed.edits) == fixed.source
    assert not alarms(after) - alarms(before)
    assert bool(fixed.edits) == bool(fixed.fixed)
    again = fixer.fix(article_from_text(fixed.source, profile))
    assert (again.source, again.edits, again.fixed) == (fixed.source, [], {})
    for sentence in PROSE:  # none is touched; what residue goes is whole lines or whole sentences
        assert fixed.source.count(sentence) == source.count(sentence)
    return fixed


@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS, BREAKS, st.sampled_from(["\n\n", "\n", "\n\n\n"]), st.booleans(), st.booleans())
def test_any_text(paragraphs: list[str], newline: str, gap: str, ends: bool, unsafe: bool) -> None:
    source = (gap.join(paragraphs) + "\n" * ends).replace("\n", newline)
    fixed = checked(source, "text", unsafe)
    assert fixed.source.endswith(newline) == source.endswith(newline)
    assert not re.search(r"(?<!\r)\n" if newline == "\r\n" else "\r", fixed.source)
    assert newline * (len(gap) + 1) not in fixed.source
    if not fixed.left:
        assert "  " not in fixed.source


IN_MARKDOWN = ["{}", "- {}", "> {}", "**{}**", "## {}", "[{}](https://a.example/)", "1. {}", "[{}][one]", "<p>{}</p>"]
IN_PAGES = [
    "<p>{}</p>", "<div><p>{}</p></div>", "<ul><li>{}</li></ul>", "<blockquote><p>{}</p></blockquote>", "<h2>{}</h2>",
    '<p><b>{}</b></p>', '<p><a href="x">{}</a></p>', '<div><p><img src="x"/>{}</p></div>', "<p>{}<br/>x</p>",
    '<div class="box"><!-- slot --><p>{}</p></div>', "<table><tr><td>{}</td><td>x</td></tr></table>",
]  # fmt: skip


def wrapped(wrappers: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    texts = st.sampled_from([*RESIDUE, *DAMAGED, *PROSE])
    return st.lists(st.tuples(texts, st.sampled_from(wrappers)), min_size=1, max_size=7)


@settings(max_examples=40, deadline=None)
@given(wrapped(IN_MARKDOWN), BREAKS, st.booleans())
def test_any_markdown(paragraphs: list[tuple[str, str]], newline: str, unsafe: bool) -> None:
    source = "\n\n".join(wrapper.format(text) for text, wrapper in paragraphs) + "\n\n[one]: https://one.example/\n"
    source = f"---\ntitle: Ferry\n---\n\n{source}".replace("\n", newline)
    fixed = checked(source, "markdown", unsafe)
    assert fixed.source.startswith(f"---{newline}title: Ferry{newline}---{newline}{newline}")
    assert fixed.source.endswith(f"{newline}[one]: https://one.example/{newline}")
    assert newline * 3 not in fixed.source
    assert is_part(outline_of_markdown(fixed.source), outline_of_markdown(source))


def outline_of_markdown(source: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    return [token.type for token in tokens] + [child.type for token in tokens for child in token.children or []]


def is_part(some: list[str], everything: list[str]) -> bool:
    """Are these, in their order, among all?"""
    rest = iter(everything)
    return all(any(one == other for other in rest) for one in some)


@settings(max_examples=40, deadline=None)
@given(wrapped(IN_PAGES), st.sampled_from(["", "\n", "\r\n"]), st.booleans())
def test_any_page(paragraphs: list[tuple[str, str]], gap: str, unsafe: bool) -> None:
    texts = [(re.sub("[\x00-\x08\x7f-\x9f]", "", text), wrapper) for text, wrapper in paragraphs]  # which XML has not
    source = "<div>" + gap.join(wrapper.format(html.escape(text)) for text, wrapper in texts) + f"{gap}</div>"
    fixed = checked(source, "html", unsafe)
    before, after = ElementTree.fromstring(source), ElementTree.fromstring(fixed.source)  # well-formed, as it was
    tags = [[f"{element.tag} {element.attrib}" for element in tree.iter()] for tree in (after, before)]
    assert is_part(*tags)


@pytest.mark.parametrize("rule", [rule for rule in load_book().rules if rule.fix is not None], ids=lambda rule: rule.id)
def test_the_examples_of_every_rule_with_a_fix_are_mended_without_another_alarm(rule: object) -> None:
    for example in rule.examples.bad:  # type: ignore[attr-defined]
        if example.needs or example.lines:
            continue
        for unsafe in (False, True):

            def article(source: str, example: object = example) -> Article:
                read = article_from_text(source, example.profile)  # type: ignore[attr-defined]
                for name in ("title", "url", "author", "date"):
                    setattr(read, name, getattr(example, name) or getattr(read, name))
                return read

            fixed = fix(article(example.text), unsafe=unsafe)
            before, after = (alarms(linter().run(article(text)).verdict) for text in (example.text, fixed.source))
            assert not after - before
            assert fix(article(fixed.source), unsafe=unsafe).edits == []


def test_a_rule_that_replaces_says_by_what() -> None:
    """Without a suggestion there is nothing that a fix could put in the place of a finding."""
    for rule in load_book().rules:
        if rule.fix is None or rule.fix.action != "replace":
            continue
        alone = Linter(Config(select=[rule.id], time_limit=0))
        found = [
            finding.suggestion
            for example in rule.examples.bad
            for finding in alone.run(article_from_text(example.text, example.profile)).verdict.findings
        ]
        assert [text for text in found if text is not None], rule.id
