"""What holds whatever is fixed: any text, any Markdown, any page, and the examples of every rule with a fix."""

from __future__ import annotations

import html
import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mending import ONE, SEE_ALSO, SHARE, SIGN_UP, TWO, fix, linter

from linter import Linter
from linter.config import Config
from linter.edits import applied
from linter.fixing import Fixed, Fixer
from linter.model import Article, Profile, Verdict
from linter.readers import article_from_text
from linter.rulebook import load_book

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


def alarms(verdict: Verdict) -> Counter[str]:
    return Counter(finding.rule for finding in verdict.findings if not finding.value)


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
