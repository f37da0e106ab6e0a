"""What fixing does to an article: residue goes, damage is repaired, and all the rest stays as it was."""

from __future__ import annotations

import pytest
from mending import ONE, SEE_ALSO, SHARE, SIGN_UP, TWO, fix

from linter import Linter
from linter.config import Config
from linter.edits import applied
from linter.fixing import Fixed, Fixer
from linter.model import Article
from linter.readers import article_from_text


def filled(text: str) -> str:
    """A pattern with the sentences that it names by {1} and {2}."""
    return text.format("", ONE, TWO)


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
    before, after = filled(before), filled(after)
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
    assert fix(filled(before), "html").source == filled(after)


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
